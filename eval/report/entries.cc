#include "eval/report/entries.h"

#include <algorithm>

#include "data/error.h"
#include "eval/scoring/evaluation.h"

namespace recombine {
namespace {

GalleryEntry entry_of(const EpisodeSet& data,
                      const WrongAnswer& which,
                      const PredictionSet* predicted) {
  const Episode episode = data[which.item];
  const Example& example = episode.queries.at(static_cast<std::size_t>(which.query));
  GalleryEntry entry{cat(episode.id, " query ", which.query), example.input, example.output,
                     std::nullopt};
  if (predicted != nullptr) entry.answer = shown(predicted->find(episode.id, which.query));
  return entry;
}

FactEntry entry_of(const FactSet& data, const WrongAnswer& which, const PredictionSet* predicted) {
  FactEntry entry{data[which.item], std::nullopt};
  if (predicted != nullptr)
    entry.said = said(predicted->find(entry.item.id, which.query), data.records().vocabulary);
  return entry;
}

template <class Set>
auto entries_of(const Set& data,
                const std::vector<WrongAnswer>& chosen,
                const PredictionSet* predicted) {
  std::vector<decltype(entry_of(data, {}, predicted))> entries;
  entries.reserve(chosen.size());
  for (const WrongAnswer& which : chosen) entries.push_back(entry_of(data, which, predicted));
  return entries;
}

/// The first query of `count` items.
std::vector<WrongAnswer> spread(std::size_t size, int count) {
  std::vector<WrongAnswer> chosen;
  const auto shown_count = std::min(static_cast<std::size_t>(std::max(count, 0)), size);
  for (std::size_t i = 0; i < shown_count; ++i) chosen.push_back({i * size / shown_count, 0});
  return chosen;
}

}  // namespace

std::vector<GalleryEntry> wrong_entries(const EpisodeSet& data,
                                        const PredictionSet& predicted,
                                        int limit) {
  return entries_of(data, wrong_answers(data, predicted, limit), &predicted);
}

std::vector<FactEntry> wrong_entries(const FactSet& data,
                                     const PredictionSet& predicted,
                                     int limit) {
  return entries_of(data, wrong_answers(data, predicted, limit), &predicted);
}

std::vector<GalleryEntry> spread_entries(const EpisodeSet& data,
                                         const PredictionSet* predicted,
                                         int count) {
  auto chosen = spread(data.size(), count);
  std::erase_if(chosen, [&](const WrongAnswer& which) { return data[which.item].queries.empty(); });
  return entries_of(data, chosen, predicted);
}

std::vector<FactEntry> spread_entries(const FactSet& data,
                                      const PredictionSet* predicted,
                                      int count) {
  return entries_of(data, spread(data.size(), count), predicted);
}

}  // namespace recombine

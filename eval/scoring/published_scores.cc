#include "eval/scoring/published_scores.h"

#include <nlohmann/json.hpp>

namespace recombine {
namespace {

constexpr int kBatch = 200;

}  // namespace

void PublishedTally::Mean::add(double value) {
  sum += value;
  ++of;
}

PublishedTally::PublishedTally(std::span<const std::string_view> figures, std::string_view kind)
    : figures_(figures),
      valid_only_(kind == "llm"),
      sums_(figures.size()),
      batch_(figures.size()),
      batches_(figures.size()) {}

void PublishedTally::add_item(std::span<const QueryScore> queries) {
  if (valid_only_) {
    add_first(queries.front());
  } else {
    add_mean(queries);
  }
}

void PublishedTally::add_first(const QueryScore& query) {
  if (query.state != QueryState::kAnswered) return;
  ++counted_;
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += query.counts[i];
}

void PublishedTally::add_mean(std::span<const QueryScore> queries) {
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    Count sum;
    for (const QueryScore& query : queries) sum += query.counts[i];
    sums_[i] += sum;
    if (sum.of > 0) batch_[i].add(sum.share());
  }
  counted_ += queries.size();
  if (++in_batch_ == kBatch) close_batch();
}

void PublishedTally::close_batch() {
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    if (batch_[i].of > 0) batches_[i].add(batch_[i].value());
    batch_[i] = {};
  }
  in_batch_ = 0;
}

PublishedScores PublishedTally::finish() {
  if (in_batch_ > 0) close_batch();
  PublishedScores scores{{},
                         valid_only_ ? "valid" : "planned",
                         valid_only_ ? "first" : "all",
                         valid_only_ ? 0 : kBatch,
                         counted_,
                         ""};
  for (std::size_t i = 0; i < figures_.size(); ++i) {
    if (sums_[i].of == 0) continue;
    const double value = valid_only_ ? sums_[i].share() : batches_[i].value();
    scores.figures.emplace_back(figures_[i], value);
  }
  return scores;
}

Json to_json(const PublishedScores& scores) {
  Json figures = Json::object();
  for (const auto& [name, value] : scores.figures) figures[name] = value;
  Json json = {{"figures", figures},
               {"denominator", scores.denominator},
               {"queries", scores.queries},
               {"batch", scores.batch},
               {"counted", scores.counted}};
  if (!scores.note.empty()) json["note"] = scores.note;
  return json;
}

PublishedScores published_scores_of(const Json& json) {
  PublishedScores scores;
  for (const auto& [name, value] : json.at("figures").items())
    scores.figures.emplace_back(name, value.get<double>());
  scores.denominator = json.at("denominator").get<std::string>();
  scores.queries = json.at("queries").get<std::string>();
  scores.batch = whole<int>(json.at("batch"));
  scores.counted = whole<std::uint64_t>(json.at("counted"));
  scores.note = json.value("note", "");
  return scores;
}

}  // namespace recombine

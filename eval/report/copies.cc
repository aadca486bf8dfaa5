#include "eval/report/copies.h"

#include "data/error.h"
#include "eval/report/groups.h"
#include "eval/report/report.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

constexpr const char* kCopy = "copy";
constexpr const char* kFullEpisode = "full_episode";

void put_published(Json& split, const char* key, const std::optional<PublishedScores>& scores) {
  if (scores) split["published"][key] = to_json(*scores)["figures"];
}

/// The parts of PublishedScores that are not repeated for copies are those of the split.
std::optional<PublishedScores> published_of(const Json& split,
                                            const char* key,
                                            std::uint64_t counted) {
  const auto published = split.find("published");
  if (published == split.end() || !published->contains(key)) return std::nullopt;
  Json whole = *published;
  whole["figures"] = published->at(key);
  whole["queries"] = "all";
  whole["counted"] = counted;
  whole.erase("note");
  return published_scores_of(whole);
}

/// "exact 78.3 [77.0, 79.6] %, colour ...".
std::string figures_text(const Figures& figures) {
  std::string text;
  for (const auto& [name, interval] : figures)
    text += cat(text.empty() ? "" : ", ", figure_label(name), " ", percent(interval), " %");
  return text;
}

std::string published_text(const std::optional<PublishedScores>& scores) {
  if (!scores) return "";
  std::string text;
  for (const auto& [name, value] : scores->figures)
    text += cat(text.empty() ? "" : ", ", figure_label(name), " ", percent(value), " %");
  return cat("; as published: ", text);
}

}  // namespace

void put_copies(Json& split, const SplitScores& scores) {
  if (scores.whole_items) split[kWholeEpisodes] = to_json(*scores.whole_items);
  if (!scores.copies) return;
  const CopyScores& copies = *scores.copies;
  Json copy = group_json(copies.copies);
  copy["answered"] = copies.answered;
  copy["invalid"] = copies.invalid;
  copy["missing"] = copies.missing;
  split[kCopy] = std::move(copy);
  split[kFullEpisode] = group_json(copies.full_episode);
  put_published(split, kCopy, copies.published_copies);
  put_published(split, kFullEpisode, copies.published_full_episode);
}

void read_copies(const Json& split, SplitScores& scores) {
  const auto all = split.find(kWholeEpisodes);
  if (all != split.end()) scores.whole_items = interval_of(*all);
  const auto copy = split.find(kCopy);
  if (copy == split.end()) return;
  CopyScores copies;
  copies.answered = whole<std::uint64_t>(copy->at("answered"));
  copies.invalid = whole<std::uint64_t>(copy->at("invalid"));
  copies.missing = whole<std::uint64_t>(copy->at("missing"));
  copies.copies = group_of(*copy);
  copies.full_episode = group_of(split.at(kFullEpisode));
  copies.published_copies = published_of(split, kCopy, copies.copies.planned);
  copies.published_full_episode = published_of(split, kFullEpisode, copies.full_episode.planned);
  scores.copies = std::move(copies);
}

std::string copies_text(const std::string& split, const SplitScores& scores) {
  std::string text;
  if (scores.whole_items) {
    text += cat("\n", split, ": all queries exact in ", percent(*scores.whole_items),
                " % of the episodes\n");
  }
  if (!scores.copies) return text;
  const CopyScores& copies = *scores.copies;
  text += cat("\n", split, ", ", grouped(copies.copies.planned),
              " study pairs asked again (copy task): ", figures_text(copies.copies.figures),
              published_text(copies.published_copies), "\n");
  return text + cat("\n", split, ", full episode (queries and study pairs): ",
                    figures_text(copies.full_episode.figures),
                    published_text(copies.published_full_episode), "\n");
}

}  // namespace recombine

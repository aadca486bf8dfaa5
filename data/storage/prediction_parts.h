#pragma once
// Answers to one data set that lie in several files, each of which has a part of the items.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "data/error.h"
#include "data/storage/prediction.h"

namespace recombine {

/// Items of a data set, by index: begin .. end - 1.
struct PartItems {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
};

/// The items of a part of `items`. Parts begin where `at_a_time` items that are answered together
/// do, so that roundings are those of a single run. Throws InputError for more parts than that
/// leaves.
PartItems items_of(const PredictionPart& part, std::size_t items, std::int64_t at_a_time = 1);

/// How many of `items` are asked: the first `limit`, or all where that is 0 or more than there are.
inline std::size_t within_limit(std::uint64_t limit, std::size_t items) {
  return limit == 0 || limit >= items ? items : static_cast<std::size_t>(limit);
}

/// The same of a data set; `meta` names those that are asked, and says so, where they are not all.
template <class Set>
std::size_t plan_items(const Set& set, std::uint64_t limit, PredictionMeta& meta) {
  const std::size_t asked = within_limit(limit, set.size());
  if (asked == set.size()) return asked;
  meta.note = cat("the first ", asked, " of ", set.size(), " items");
  meta.planned_items.reserve(asked);
  for (std::size_t i = 0; i < asked; ++i) meta.planned_items.push_back(set[i].id);
  return asked;
}

/// The files of one file's worth of predictions, in the order of their parts.
struct PredictionFiles {
  PredictionMeta meta;  ///< of all of them: that of a single run
  std::vector<std::filesystem::path> files;
  std::vector<std::size_t> planned;  ///< queries of each file

  /// "p.0.jsonl", "p.0.jsonl and 3 more": for messages.
  std::string name() const;
};

/// Brings parts of the same answers together; the order is that of each first file. Throws
/// DataError, naming what is missing, where parts are; where a part comes twice; and as
/// read_prediction_meta() does.
std::vector<PredictionFiles> group_parts(std::span<const std::filesystem::path> files);

/// All rows, in the order of a single run: study pairs that were asked again come behind all
/// queries. Holds one file at a time. Throws DataError as read_predictions() does, and where a part
/// has not the rows that it planned: it is cut off, or no part.
void for_each_prediction(const PredictionFiles& files, const std::function<void(Prediction)>& take);

}  // namespace recombine

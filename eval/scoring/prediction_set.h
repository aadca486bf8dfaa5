#pragma once
// The answers to one data set, by item and query.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/storage/prediction.h"

namespace recombine {

struct PredictionFiles;

/// An item of a data set, with as many queries as it has, and study pairs that may be asked again.
struct Asked {
  std::string item;
  int queries = 0;
  int copies = 0;
};

class PredictionSet {
 public:
  /// Throws DataError, naming file and line, where a query is answered twice.
  PredictionSet(std::string file, PredictionMeta meta, std::vector<Prediction> predictions);
  /// Reads the file and its meta. Throws DataError.
  explicit PredictionSet(const std::filesystem::path& file);
  /// Reads files that are parts of it. Throws DataError.
  explicit PredictionSet(const PredictionFiles& files);
  ~PredictionSet();
  PredictionSet(const PredictionSet&) = delete;
  PredictionSet& operator=(const PredictionSet&) = delete;
  PredictionSet(PredictionSet&&) noexcept;
  PredictionSet& operator=(PredictionSet&&) noexcept;

  const std::string& file() const;
  const PredictionMeta& meta() const;
  /// A line of the file each.
  std::span<const Prediction> predictions() const;
  /// From now on every query of the data set was planned, whatever the meta says: what was not
  /// asked is not right.
  void plan_all();
  /// From now on only the first query of each item counts.
  void count_first_queries();
  bool first_queries_only() const;
  /// How many of the item's `queries` were to be answered and count, from the first on.
  int planned_queries(const std::string& item, int queries) const;
  /// Null where the query was not answered.
  const Prediction* find(const std::string& item, int query) const;
  /// Throws DataError, naming file and line, for an answer that is not among the planned queries of
  /// `asked`, all items of `folder`, nor, where the file has such, among the study pairs asked
  /// again, or a count of planned queries that is not the one recorded.
  void check_against(std::span<const Asked> asked, const std::filesystem::path& folder) const;

 private:
  struct State;
  int asked_queries(const std::string& item, int queries) const;

  std::unique_ptr<State> state_;
};

}  // namespace recombine

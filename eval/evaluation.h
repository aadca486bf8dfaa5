#pragma once
// Scores predictions against the data set that they answer.

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "data/prediction.h"
#include "eval/config.h"
#include "eval/report.h"

namespace recombine {

/// The answers to one data set, by item and query.
class AnswerBook {
 public:
  /// Throws DataError, naming file and line, where a query is answered twice.
  AnswerBook(std::string file, PredictionMeta meta, std::vector<Prediction> predictions);
  /// Reads the file and its meta. Throws DataError.
  explicit AnswerBook(const std::filesystem::path& file);
  ~AnswerBook();
  AnswerBook(const AnswerBook&) = delete;
  AnswerBook& operator=(const AnswerBook&) = delete;
  AnswerBook(AnswerBook&&) noexcept;
  AnswerBook& operator=(AnswerBook&&) noexcept;

  const std::string& file() const;
  const PredictionMeta& meta() const;
  /// How many of the episode's queries were to be answered, from the first on.
  int planned_queries(const Episode& episode) const;
  /// Null where the query was not answered.
  const Prediction* find(const std::string& item, int query) const;
  /// Throws DataError, naming file and line, for an answer that is not among the planned queries of
  /// the data set, or a count of planned queries that is not the one recorded.
  void check_against(const EpisodeSet& data) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Throws DataError where the book answers another data set.
void require_answers_to(const EpisodeSet& data, const AnswerBook& book);

/// How far the work is: episodes done.
using OnEpisode = std::function<void(std::size_t done)>;

/// Scores `book`, which must be for `data`: throws DataError where its digest is another, and as
/// check_against() does.
SplitScores evaluate(const EpisodeSet& data,
                     const AnswerBook& book,
                     const EvaluateConfig& config = {},
                     const OnEpisode& on_episode = {});

/// One report a predictor, in the order of the books: each book is matched, by its digest, to one
/// of the data sets under `folder`. Throws DataError where there is none, or where a predictor
/// answers one data set twice.
std::vector<Report> evaluate_all(const std::filesystem::path& folder,
                                 std::span<const AnswerBook> books,
                                 const EvaluateConfig& config = {},
                                 const OnEpisode& on_episode = {});

/// The name of the data set `name` (of data_set_names()) under `folder`: its folder's.
std::string split_name(const std::filesystem::path& folder, const std::string& name);

/// A query whose answer was not right.
struct WrongAnswer {
  std::size_t episode = 0;  ///< index in the data set
  int query = 0;
};

/// The first `limit` of them, at most one an episode.
std::vector<WrongAnswer> wrong_answers(const EpisodeSet& data, const AnswerBook& book, int limit);

}  // namespace recombine

#include "eval/scoring/prediction_set.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "data/error.h"
#include "data/storage/prediction_parts.h"

namespace recombine {

namespace {

std::vector<Prediction> rows_of_files(const PredictionFiles& files) {
  std::vector<Prediction> rows;
  for_each_prediction(files, [&](Prediction row) { rows.push_back(std::move(row)); });
  return rows;
}

}  // namespace

struct PredictionSet::State {
  struct Key {
    std::string_view item;  ///< of `predictions`
    int query = 0;

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      constexpr std::size_t kOdd = 0x9e3779b97f4a7c15U;  // spreads the queries of an item
      return std::hash<std::string_view>{}(key.item) + kOdd * static_cast<std::size_t>(key.query);
    }
  };

  std::string file;
  PredictionMeta meta;
  std::vector<Prediction> predictions;  ///< a line each
  std::unordered_map<Key, std::size_t, KeyHash> line_of;
  std::unordered_set<std::string> planned_items;
  bool first_only = false;
};

PredictionSet::PredictionSet(std::string file,
                             PredictionMeta meta,
                             std::vector<Prediction> predictions)
    : state_(new State{std::move(file), std::move(meta), std::move(predictions), {}, {}, false}) {
  State& state = *state_;
  state.planned_items.insert(state.meta.planned_items.begin(), state.meta.planned_items.end());
  state.line_of.reserve(state.predictions.size());
  for (std::size_t line = 0; line < state.predictions.size(); ++line) {
    const Prediction& prediction = state.predictions[line];
    const auto [place, added] =
        state.line_of.try_emplace(State::Key{prediction.item, prediction.query}, line);
    require_data(added, state.file, ":", line + 1, ": answers query ", prediction.query,
                 " of item ", prediction.item, ", which line ", place->second + 1,
                 " answers already; keep one");
  }
}

PredictionSet::PredictionSet(const std::filesystem::path& file)
    : PredictionSet(group_parts({&file, 1}).front()) {}

PredictionSet::PredictionSet(const PredictionFiles& files)
    : PredictionSet(files.name(), files.meta, rows_of_files(files)) {}

PredictionSet::~PredictionSet() = default;
PredictionSet::PredictionSet(PredictionSet&&) noexcept = default;
PredictionSet& PredictionSet::operator=(PredictionSet&&) noexcept = default;

const std::string& PredictionSet::file() const { return state_->file; }
const PredictionMeta& PredictionSet::meta() const { return state_->meta; }

std::span<const Prediction> PredictionSet::predictions() const { return state_->predictions; }

void PredictionSet::plan_all() {
  state_->planned_items.clear();
  state_->meta.planned_items.clear();
  state_->meta.queries_per_item = 0;
  state_->meta.planned = 0;
}

void PredictionSet::count_first_queries() { state_->first_only = true; }
bool PredictionSet::first_queries_only() const { return state_->first_only; }

int PredictionSet::planned_queries(const std::string& item, int queries) const {
  const int asked = asked_queries(item, queries);
  return state_->first_only ? std::min(asked, 1) : asked;
}

int PredictionSet::asked_queries(const std::string& item, int queries) const {
  const auto& items = state_->planned_items;
  if (!items.empty() && !items.contains(item)) return 0;
  const int planned = state_->meta.queries_per_item;
  return planned == 0 ? queries : std::min(planned, queries);
}

const Prediction* PredictionSet::find(const std::string& item, int query) const {
  const auto place = state_->line_of.find(State::Key{item, query});
  return place == state_->line_of.end() ? nullptr : &state_->predictions[place->second];
}

void PredictionSet::check_against(std::span<const Asked> asked,
                                  const std::filesystem::path& folder) const {
  struct Planned {
    int queries = 0;
    int first_copy = 0;
    int last = 0;  ///< behind the last copy
  };
  std::unordered_map<std::string, Planned> planned;
  std::uint64_t total = 0;
  for (const Asked& item : asked) {
    const int queries = asked_queries(item.item, item.queries);
    const bool copied = meta().copies && queries > 0;
    planned[item.item] = {queries, item.queries, item.queries + (copied ? item.copies : 0)};
    total += static_cast<std::uint64_t>(queries);
  }
  for (std::size_t line = 0; line < state_->predictions.size(); ++line) {
    const Prediction& prediction = state_->predictions[line];
    const auto place = planned.find(prediction.item);
    require_data(place != planned.end(), file(), ":", line + 1, ": item ", prediction.item,
                 " is not in ", folder.string());
    const Planned& own = place->second;
    const bool asked_again = prediction.query >= own.first_copy && prediction.query < own.last;
    require_data(asked_again || (prediction.query >= 0 && prediction.query < own.queries), file(),
                 ":", line + 1, ": query ", prediction.query, " of item ", prediction.item,
                 " was not planned; planned are the first ", own.queries);
  }
  for (const std::string& item : state_->planned_items) {
    require_data(planned.contains(item), file(), ": plans item ", item, ", which is not in ",
                 folder.string());
  }
  require_data(meta().planned == 0 || meta().planned == total, file(), ": plans ", meta().planned,
               " queries, but the planned items have ", total);
}

}  // namespace recombine

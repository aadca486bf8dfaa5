#include "eval/page/questions.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "eval/page/item_json.h"
#include "eval/scoring/family.h"
#include "eval/scoring/judging.h"

namespace recombine {
namespace {

/// What predictors make of a question: they differ, none has it right, all have.
constexpr std::size_t kKinds = 3;
using ByKind = std::array<std::vector<ChosenQuery>, kKinds>;

std::size_t kind_of(std::span<const Outcomes> right, std::size_t item, std::size_t query) {
  bool any_right = false;
  bool any_wrong = false;
  for (const Outcomes& one : right) {
    if (query >= one[item].size()) continue;
    (one[item][query] ? any_right : any_wrong) = true;
  }
  if (any_wrong) return any_right ? 0 : 1;
  return 2;
}

ByKind by_kind(std::span<const Outcomes> right) {
  ByKind kinds;
  for (std::size_t item = 0; !right.empty() && item < right.front().size(); ++item) {
    std::size_t queries = 0;
    for (const Outcomes& one : right) queries = std::max(queries, one[item].size());
    for (std::size_t query = 0; query < queries; ++query)
      kinds[kind_of(right, item, query)].push_back({item, static_cast<int>(query)});
  }
  return kinds;
}

/// What each kind gets of `limit`: half, a quarter and the rest, and what another leaves.
std::array<std::size_t, kKinds> quotas(const ByKind& kinds, std::size_t limit) {
  const std::array<std::size_t, kKinds> wanted = {limit / 2, limit / 4,
                                                  limit - limit / 2 - limit / 4};
  std::array<std::size_t, kKinds> given{};
  std::size_t left = limit;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    given[kind] = std::min(wanted[kind], kinds[kind].size());
    left -= given[kind];
  }
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const std::size_t more = std::min(left, kinds[kind].size() - given[kind]);
    given[kind] += more;
    left -= more;
  }
  return given;
}

/// By item, the queries that are shown.
using Shown = std::map<std::size_t, std::vector<int>>;

/// Those that a page of `limit` has, the examples among them.
std::set<ChosenQuery> with_examples(const PageSet& set,
                                    std::span<const Outcomes> right,
                                    std::size_t limit) {
  std::set<ChosenQuery> chosen;
  for (const ChosenQuery& one : chosen_queries(right, limit)) chosen.insert(one);
  for (const PageAnswers& answers : set.answers) {
    if (answers.examples == nullptr || limit == 0) continue;
    for (const auto& [kind, examples] : *answers.examples) {
      for (const ErrorExample& example : examples)
        chosen.insert({example.which.item, example.which.query});
    }
  }
  return chosen;
}

template <class Records>
class QuestionWriter {
 public:
  QuestionWriter(const DataSet<Records>& data, const PageSet& set) : data_(data), set_(set) {
    for (const PageAnswers& answers : set.answers) families_.emplace_back(data, *answers.predicted);
  }

  std::vector<Outcomes> right() const {
    std::vector<Outcomes> all(families_.size());
    for (const auto& item : data_) {
      check_interrupted("nothing was written; run it again");
      for (std::size_t i = 0; i < families_.size(); ++i) {
        std::vector<bool>& exact = all[i].emplace_back();
        for (const QueryScore& score : judged(i, item)) exact.push_back(score.exact());
      }
    }
    return all;
  }

  /// The item with these of its queries.
  template <class Item>
  Json question(const Item& item, const std::vector<int>& queries) const {
    std::vector<std::vector<QueryScore>> scores;
    for (std::size_t i = 0; i < families_.size(); ++i) {
      scores.push_back(judged(i, item));
      families_[i].explain(item, scores.back());
    }
    Json json = item_json(data_, item);
    for (const int query : queries) {
      Json asked = query_json(data_, item, query);
      for (const auto& of_one : scores) asked["answers"].push_back(answer_of(item, query, of_one));
      json["queries"].push_back(std::move(asked));
    }
    return json;
  }

 private:
  template <class Item>
  std::vector<QueryScore> judged(std::size_t place, const Item& item) const {
    return judge_item(families_[place], item, *set_.answers[place].predicted);
  }

  /// Null where it was not planned.
  template <class Item>
  Json answer_of(const Item& item, int query, const std::vector<QueryScore>& scores) const {
    if (std::cmp_greater_equal(query, scores.size())) return nullptr;
    return answer_json(data_, item, query, scores[static_cast<std::size_t>(query)]);
  }

  const DataSet<Records>& data_;
  const PageSet& set_;
  std::deque<FamilyOf<Records>> families_;
};

/// Takes the JSON's bytes away from the room; false where it does not fit.
bool take(std::size_t& room, const Json& json) {
  const std::size_t bytes = json.dump(-1, ' ', false, Json::error_handler_t::replace).size();
  if (bytes > room) return false;
  room -= bytes;
  return true;
}

/// {"shown", "items"} of the questions that there is room for.
template <class Records, class Chosen>
Json items_json(const QuestionWriter<Records>& writer,
                const DataSet<Records>& data,
                const Chosen& chosen,
                PageRoom& room) {
  Shown shown;
  for (const ChosenQuery& one : chosen) shown[one.item].push_back(one.query);
  Json items = Json::array();
  std::size_t count = 0;
  for (const auto& [index, queries] : shown) {
    const auto item = data[index];
    Json json = writer.question(item, queries);
    if (!take(room.bytes, json)) break;
    Json study = Json::object();
    put_study(study, item);
    if (!study.empty() && take(room.study, study)) json.update(study);
    items.push_back(std::move(json));
    count += queries.size();
  }
  return {{"shown", count}, {"items", std::move(items)}};
}

/// As many of `limit` questions as there is room for, spread over the set.
template <class Records>
Json fitted_items(const QuestionWriter<Records>& writer,
                  const DataSet<Records>& data,
                  const PageSet& set,
                  std::span<const Outcomes> right,
                  std::size_t limit,
                  PageRoom& room) {
  const PageRoom all = room;
  for (;;) {
    const auto chosen = with_examples(set, right, limit);
    room = all;
    Json json = items_json(writer, data, chosen, room);
    const auto shown = json["shown"].template get<std::size_t>();
    if (shown == chosen.size() || limit < 2) return json;
    limit = std::min(limit - 1, shown * 9 / 10);
  }
}

template <class Records>
Json set_json(const PageSet& set, const DataSet<Records>& data) {
  const Manifest& manifest = data.manifest();
  Json json = {{"name", set.name},          {"family", manifest.family},
               {"count", manifest.count},   {"digest", manifest.digest},
               {"recipe", manifest.recipe}, {"reports", Json::array()}};
  for (const PageAnswers& answers : set.answers) {
    require_answers_to(data, *answers.predicted);
    json["reports"].push_back(answers.report);
  }
  return json;
}

}  // namespace

std::vector<ChosenQuery> chosen_queries(std::span<const Outcomes> right, std::size_t limit) {
  const ByKind kinds = by_kind(right);
  const auto given = quotas(kinds, limit);
  std::vector<ChosenQuery> chosen;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    for (std::size_t i = 0; i < given[kind]; ++i)
      chosen.push_back(kinds[kind][i * kinds[kind].size() / given[kind]]);
  }
  std::ranges::sort(chosen);
  return chosen;
}

Json questions_json(const PageSet& set, std::size_t limit, PageRoom& room) {
  return open_set(set.folder, [&](const auto& data) {
    Json json = set_json(set, data);
    const QuestionWriter writer(data, set);
    const std::vector<Outcomes> right = writer.right();
    std::size_t asked = 0;
    for (const auto& kind : by_kind(right)) asked += kind.size();
    json["asked"] = asked;
    json.update(fitted_items(writer, data, set, right, limit, room));
    return json;
  });
}

Json chosen_questions_json(const PageSet& set,
                           std::span<const ChosenQuery> chosen,
                           PageRoom& room) {
  return open_set(set.folder, [&](const auto& data) {
    Json json = set_json(set, data);
    json.update(items_json(QuestionWriter(data, set), data, chosen, room));
    return json;
  });
}

}  // namespace recombine

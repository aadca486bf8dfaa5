#include "tools/suites/listing.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/set_names.h"

namespace recombine {
namespace {

Json task_json(const SuiteTask& task) {
  Json sets = Json::object();
  if (task.frozen) {
    for (const FrozenTask::Set& set : task.frozen->sets) sets[set.name] = set.count;
  }
  return {{"name", task.name},
          {"family", task.family()},
          {"axis", task.axis()},
          {"side", task.side() == 0 ? Json(nullptr) : Json(task.side())},
          {"certified", task.certified()},
          {"about", task.about},
          {"digest", task.frozen ? Json(task.frozen->digest) : Json(nullptr)},
          {"sets", std::move(sets)}};
}

std::string count_text(const SuiteTask& task, std::string_view set) {
  if (!task.frozen) return "-";
  const auto place = std::ranges::find(task.frozen->sets, set, &FrozenTask::Set::name);
  return place == task.frozen->sets.end() ? "-" : grouped(place->count);
}

}  // namespace

Json suite_json(const Suite& suite) {
  Json tasks = Json::array();
  for (const SuiteTask& task : suite.tasks) tasks.push_back(task_json(task));
  return {{"suite", suite.name}, {"tasks", std::move(tasks)}};
}

Table suite_table(const Suite& suite) {
  Table table{{"task"}, {}};
  table.header.insert(table.header.end(), kSplitSets.begin(), kSplitSets.end());
  table.header.emplace_back("about");
  for (const SuiteTask& task : suite.tasks) {
    auto& cells = table.rows.emplace_back();
    cells.push_back(task.name);
    for (const std::string_view set : kSplitSets) cells.push_back(count_text(task, set));
    cells.push_back(task.about);
  }
  return table;
}

}  // namespace recombine

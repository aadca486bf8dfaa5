#include "eval/census/by_set.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/dataset.h"
#include "eval/scoring/fact_world.h"
#include "eval/scoring/factors.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/held_out.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace {

constexpr std::size_t kNamedValues = 3;

/// A factor's values that train lacks and another set has.
std::vector<std::string> untrained_values(const std::map<std::string, FactorsBySet::Counts>& values,
                                          std::size_t train) {
  std::vector<std::string> untrained;
  for (const auto& [value, counts] : values) {
    if (counts[train] == 0) untrained.push_back(value);
  }
  return untrained;
}

/// "size 9 (1 episode elsewhere)"
std::string value_text(const std::string& value, const FactorsBySet::Counts& counts) {
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts) sum += count;
  return cat(value, " (", sum, " elsewhere)");
}

/// Factors of facts whose values many questions have; what is held out of training shows in the
/// last: the facts (head and relation) that longer questions and comparisons are made of.
constexpr std::array<std::string_view, 6> kWorldFactors = {
    "head", "first_relation", "last_relation", "bridge", "tail", "composed_fact"};

FactorValues token_texts(std::span<const Token> tokens, const FactVocabulary& vocabulary) {
  FactorValues values;
  values.reserve(tokens.size());
  for (const Token token : tokens) values.push_back(vocabulary.text(token));
  return values;
}

/// The facts that a question of several is made of, as texts of head and relation.
FactorValues composed_facts(const FactItem& item,
                            const QuestionParts& parts,
                            const FactVocabulary& vocabulary) {
  FactorValues values;
  if (parts.entities.size() > 1) {
    const std::string attribute = vocabulary.text(parts.relations.front());
    for (const Token entity : parts.entities) values.push_back(vocabulary.text(entity) + attribute);
  } else if (parts.relations.size() > 1) {
    for (const AtomicFact& fact : facts_on_path(item, vocabulary))
      values.push_back(vocabulary.text(fact.head) + vocabulary.text(fact.relation));
  }
  return values;
}

/// In the order of kWorldFactors.
std::vector<FactorValues> world_factor_values(const FactItem& item,
                                              const FactVocabulary& vocabulary) {
  const QuestionParts parts = parts_of(item.question(), vocabulary);
  if (parts.entities.empty() || parts.relations.empty())
    return std::vector<FactorValues>(kWorldFactors.size());
  const std::span<const Token> relations = parts.relations;
  const std::span<const Token> path = item.path;
  const auto bridges = path.size() > 2 ? path.subspan(1, path.size() - 2) : path.first(0);
  const auto tail = path.size() > 1 ? path.last(1) : path.first(0);
  return {token_texts(parts.entities, vocabulary),
          token_texts(relations.first(1), vocabulary),
          token_texts(relations.last(1), vocabulary),
          token_texts(bridges, vocabulary),
          token_texts(tail, vocabulary),
          composed_facts(item, parts, vocabulary)};
}

using Axes = std::vector<const Axis*>;

/// The axes along which the split holds out, but for the first one, which is the factor triplet,
/// and those that have the name of a factor.
Axes axes_beside_factors(const EpisodeSet&, const std::filesystem::path& folder) {
  Axes beside;
  for (const AxisLevels& held : levels_of_split(folder)) {
    const bool is_factor = held.axis == &axes().front() ||
                           std::ranges::find(grid_factors(), held.axis->name, &GridFactor::name) !=
                               grid_factors().end();
    if (!is_factor) beside.push_back(held.axis);
  }
  return beside;
}
Axes axes_beside_factors(const FactSet&, const std::filesystem::path&) { return {}; }

std::vector<std::string_view> factor_names(const EpisodeSet&, const Axes& axes) {
  std::vector<std::string_view> names;
  for (const GridFactor& factor : grid_factors()) names.push_back(factor.name);
  for (const Axis* axis : axes) names.push_back(axis->name);
  return names;
}
std::vector<std::string_view> factor_names(const FactSet&, const Axes&) {
  return {kWorldFactors.begin(), kWorldFactors.end()};
}

/// Levels as the values of a factor.
FactorValues known_levels(const Axis& axis, const Episode& episode) {
  FactorValues levels = axis.levels(episode);
  std::ranges::replace(levels, std::string(), std::string("unknown"));
  return levels;
}

/// A function of the set's items, which gives values in the order of factor_names().
auto values_by_factor(const EpisodeSet& data, const Axes& axes) {
  return [&axes, rules = rules_of(grids_of(data.manifest().recipe))](const Episode& episode) {
    std::vector<FactorValues> values = grid_factor_values(episode, rules);
    for (const Axis* axis : axes) values.push_back(known_levels(*axis, episode));
    return values;
  };
}
auto values_by_factor(const FactSet& data, const Axes&) {
  return [&data](const FactItem& item) {
    return world_factor_values(item, data.records().vocabulary);
  };
}

/// Counts an item of a set.
void add_values(const std::vector<FactorValues>& values, std::size_t set, FactorsBySet& result) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (const std::string& value : values[i]) {
      FactorsBySet::Counts& counts = result.factors[i].second[value];
      counts.resize(result.sets.size());
      ++counts[set];
    }
  }
}

template <class Set>
void count_one_set(const Set& data,
                   const Axes& axes,
                   std::size_t set,
                   int threads,
                   bool quiet,
                   FactorsBySet& result) {
  if (result.factors.empty()) {
    for (const std::string_view name : factor_names(data, axes))
      result.factors.emplace_back(name, std::map<std::string, FactorsBySet::Counts>{});
  }
  const auto values_of = values_by_factor(data, axes);
  Progress progress("factors", "items", data.size(), quiet);
  run_in_order(data.size(), threads, [&](std::size_t index) {
    return [&, index, values = values_of(data[index])] {
      check_interrupted("run it again");
      add_values(values, set, result);
      progress.update(index + 1);
    };
  });
}

/// Leaves out those of the last `count` factors whose values another one has in the same items: the
/// axis size is the factor shape_size.
void leave_out_repeated(FactorsBySet& result, std::size_t count) {
  auto& factors = result.factors;
  for (std::size_t place = factors.size() - count; place < factors.size();) {
    const auto here = factors.begin() + static_cast<std::ptrdiff_t>(place);
    const bool repeated = std::any_of(
        factors.begin(), here, [&](const auto& factor) { return factor.second == here->second; });
    if (repeated) {
      factors.erase(here);
    } else {
      ++place;
    }
  }
}

/// Whether each value is shown; otherwise their number alone is.
bool is_listed(const std::map<std::string, FactorsBySet::Counts>& values) {
  constexpr std::size_t kMostListed = 500;
  return values.size() <= kMostListed;
}

}  // namespace

FactorsBySet count_by_set(const std::filesystem::path& folder,
                          const std::vector<std::string>& names,
                          int threads,
                          bool quiet) {
  FactorsBySet result;
  result.sets = names;
  Axes axes;
  for (std::size_t set = 0; set < names.size(); ++set) {
    open_set(folder / names[set], [&](const auto& data) {
      if (set == 0) axes = axes_beside_factors(data, folder);
      count_one_set(data, axes, set, threads, quiet, result);
    });
  }
  leave_out_repeated(result, axes.size());
  return result;
}

std::string held_out_text(const FactorsBySet& counts) {
  const auto train = std::ranges::find(counts.sets, kTrainSet);
  if (train == counts.sets.end()) return "no set is called train: nothing to compare with";
  const auto place = static_cast<std::size_t>(train - counts.sets.begin());
  std::string text;
  std::string whole;
  for (const auto& [name, values] : counts.factors) {
    const std::vector<std::string> untrained = untrained_values(values, place);
    if (untrained.empty()) {
      whole += cat(whole.empty() ? "" : ", ", name);
      continue;
    }
    text += cat(text.empty() ? "train lacks " : "; ", untrained.size(), " of ", values.size(),
                " values of ", name);
    if (untrained.size() > kNamedValues) continue;
    for (std::size_t i = 0; i < untrained.size(); ++i)
      text += cat(i == 0 ? ": " : ", ", value_text(untrained[i], values.at(untrained[i])));
  }
  if (text.empty()) return cat("train has every value of ", whole);
  return whole.empty() ? text : cat(text, "; it has every value of ", whole);
}

Json to_json(const FactorsBySet& counts) {
  Json json = Json::object();
  for (const auto& [name, values] : counts.factors) {
    if (!is_listed(values)) continue;
    Json& factor = json[name] = Json::object();
    for (const auto& [value, by_set] : values) {
      for (std::size_t set = 0; set < counts.sets.size(); ++set)
        factor[value][counts.sets[set]] = by_set[set];
    }
  }
  return json;
}

Table table_of(const FactorsBySet& counts) {
  Table table;
  table.header = {"factor", "value"};
  table.header.insert(table.header.end(), counts.sets.begin(), counts.sets.end());
  for (const auto& [name, values] : counts.factors) {
    if (!is_listed(values)) continue;
    for (const auto& [value, by_set] : values) {
      std::vector<std::string> row = {name, value};
      for (const std::uint64_t count : by_set) row.push_back(count == 0 ? "-" : grouped(count));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace recombine

#include "eval/census/facts.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/hash.h"
#include "eval/scoring/fact_world.h"
#include "eval/scoring/factors.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

using Degrees = std::unordered_map<Token, std::uint64_t>;

constexpr std::size_t kLongTable = 24;  ///< rows above which a text has the extremes alone

DegreeSummary summary_of(const Degrees& degrees) {
  DegreeSummary summary;
  summary.entities = degrees.size();
  if (degrees.empty()) return summary;
  summary.least = UINT64_MAX;
  for (const auto& [entity, degree] : degrees) {
    summary.least = std::min(summary.least, degree);
    summary.most = std::max(summary.most, degree);
    summary.mean += static_cast<double>(degree);
  }
  summary.mean /= static_cast<double>(degrees.size());
  return summary;
}

CountTable histogram_of(const Degrees& degrees) {
  CountTable table;
  for (const auto& [entity, degree] : degrees) ++table[std::to_string(degree)];
  return table;
}

class FactCounter {
 public:
  explicit FactCounter(FactVocabulary vocabulary) : vocabulary_(std::move(vocabulary)) {
    for (const FactFactor& factor : fact_factors())
      result_.factors.emplace_back(factor.name, CountTable{});
    for (const char* kind : {"questions asked twice", "items recorded twice"})
      result_.duplicates[kind] = 0;
  }

  void add(const FactItem& item) {
    ++result_.count;
    for (std::size_t i = 0; i < result_.factors.size(); ++i) {
      for (const std::string& value : fact_factors()[i].values(item, vocabulary_))
        ++result_.factors[i].second[value];
    }
    const QuestionParts parts = parts_of(item.question(), vocabulary_);
    if (!parts.entities.empty()) heads_.insert(parts.entities.front());
    relations_.insert(parts.relations.begin(), parts.relations.end());
    if (const auto tail = last_of_answer(item, vocabulary_)) tails_.insert(*tail);
    for (const AtomicFact& fact : facts_on_path(item, vocabulary_)) facts_.insert(fact);
    auto& duplicates = result_.duplicates;
    duplicates["questions asked twice"] += questions_.insert(xxh3(item.id)).second ? 0 : 1;
    const std::uint64_t whole = xxh3(vocabulary_.text(item.tokens));
    duplicates["items recorded twice"] += items_.insert(whole).second ? 0 : 1;
  }

  FactStatistics result() const {
    FactStatistics result = result_;
    Degrees out;
    Degrees in;
    for (const AtomicFact& fact : facts_) {
      ++out[fact.head];
      if (vocabulary_.is_entity(fact.tail)) ++in[fact.tail];
    }
    result.distinct = {{"heads", heads_.size()},
                       {"relations", relations_.size()},
                       {"tails", tails_.size()},
                       {"facts", facts_.size()}};
    result.out_degree = summary_of(out);
    result.in_degree = summary_of(in);
    result.factors.emplace_back("out_degree", histogram_of(out));
    result.factors.emplace_back("in_degree", histogram_of(in));
    return result;
  }

 private:
  FactVocabulary vocabulary_;
  FactStatistics result_;
  std::unordered_set<Token> heads_;
  std::unordered_set<Token> relations_;
  std::unordered_set<Token> tails_;
  std::set<AtomicFact> facts_;
  std::unordered_set<std::uint64_t> questions_;  ///< hashes
  std::unordered_set<std::uint64_t> items_;
};

Json degree_json(const DegreeSummary& degree) {
  return {{"entities", degree.entities},
          {"min", degree.least},
          {"mean", degree.mean},
          {"max", degree.most}};
}

std::string degree_text(const char* name, const DegreeSummary& degree) {
  return cat(name, ": ", degree.least, " to ", degree.most, " facts, ", degree.mean,
             " on average, over ", grouped(degree.entities), " entities\n");
}

std::string factor_text(const std::string& name, const CountTable& counts, int width) {
  if (counts.size() <= kLongTable) return count_table_text(name, counts, sum_of(counts), width);
  const auto by_count = [](const auto& entry) { return entry.second; };
  const auto least = std::ranges::min_element(counts, {}, by_count);
  const auto most = std::ranges::max_element(counts, {}, by_count);
  return cat("\n", name, ": ", grouped(counts.size()), " values, from ", grouped(least->second),
             " (", least->first, ") to ", grouped(most->second), " (", most->first, ")\n");
}

}  // namespace

FactStatistics count_set(const FactSet& data, const std::function<void(std::size_t)>& on_item) {
  FactCounter counter(data.records().vocabulary);
  std::size_t done = 0;
  for (const FactItem& item : data) {
    counter.add(item);
    if (on_item) on_item(++done);
  }
  return counter.result();
}

Json to_json(const FactStatistics& statistics) {
  Json factors = Json::object();
  for (const auto& [name, counts] : statistics.factors) factors[name] = counts;
  Json distinct = Json::object();
  for (const auto& [name, count] : statistics.distinct) distinct[name] = count;
  return {
      {"count", statistics.count},
      {"factors", std::move(factors)},
      {"distinct", std::move(distinct)},
      {"degree",
       {{"out", degree_json(statistics.out_degree)}, {"in", degree_json(statistics.in_degree)}}},
      {"duplicates", statistics.duplicates}};
}

std::string to_text(const FactStatistics& statistics, int width) {
  std::string text = cat(grouped(statistics.count), " questions;");
  for (const auto& [name, count] : statistics.distinct)
    text += cat(" ", grouped(count), " ", name, name == "facts" ? "\n" : ",");
  for (const auto& [name, counts] : statistics.factors) {
    if (!counts.empty() && !name.ends_with("_degree")) text += factor_text(name, counts, width);
  }
  text += "\n" + degree_text("out-degree", statistics.out_degree);
  if (statistics.in_degree.entities > 0) text += degree_text("in-degree", statistics.in_degree);
  return text + count_table_text("duplicates", statistics.duplicates, statistics.count, width);
}

}  // namespace recombine

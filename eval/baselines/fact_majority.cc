// The answer that training gives most often where the question ends in the same relation.

#include <algorithm>
#include <map>
#include <tuple>

#include "eval/baselines/fact_baseline.h"
#include "eval/scoring/fact_world.h"

namespace recombine {
namespace {

using TokenAnswer = std::vector<Token>;
/// What questions are alike by: the last relation, and the lengths of question and answer.
using Kind = std::tuple<Token, std::size_t, std::size_t>;

std::optional<Kind> kind_of(std::span<const Token> question,
                            std::size_t places,
                            const FactVocabulary& vocabulary) {
  const auto relations = parts_of(question, vocabulary).relations;
  if (relations.empty()) return std::nullopt;
  return Kind{relations.back(), question.size(), places};
}

}  // namespace

FactAnswerer fact_majority(const FactSet& train) {
  const FactVocabulary vocabulary = train.records().vocabulary;
  std::map<Kind, std::map<TokenAnswer, std::uint64_t>> counts;
  for (const FactItem& item : train) {
    const auto answer = item.answer();
    const auto kind = kind_of(item.question(), answer.size(), vocabulary);
    if (kind) ++counts[*kind][TokenAnswer(answer.begin(), answer.end())];
  }
  std::map<Kind, TokenAnswer> most;
  for (const auto& [kind, answers] : counts) {
    // The first of the most common, by their tokens.
    most[kind] = std::ranges::max_element(answers, {}, [](const auto& entry) {
                   return entry.second;
                 })->first;
  }
  return [vocabulary, most](const FactTask& task) -> std::optional<TokenAnswer> {
    const auto kind = kind_of(task.question, task.places, vocabulary);
    const auto answer = kind ? most.find(*kind) : most.end();
    return answer == most.end() ? std::nullopt : std::optional(answer->second);
  };
}

}  // namespace recombine

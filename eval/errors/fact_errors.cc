#include "eval/errors/fact_errors.h"

#include <algorithm>
#include <string_view>

#include "eval/errors/kinds.h"

namespace recombine {
namespace {

/// Up to </a>, which is left out.
std::span<const Token> asked_tokens(const FactItem& item, const FactVocabulary& vocabulary) {
  const auto answer = item.answer();
  const auto end = std::ranges::find(answer, vocabulary.end());
  return answer.first(static_cast<std::size_t>(end - answer.begin()));
}

/// Whether `said` is what would have been asked for without noise.
bool is_clean(const FactItem& item, std::span<const Token> said) {
  return said.size() < item.path.size() &&
         std::ranges::equal(said, std::span(item.path).last(said.size()));
}

/// Whether an entity stands between head and tail, in the recorded answer or on the true path.
bool is_bridge(Token token,
               std::span<const Token> truth,
               const FactItem& item,
               const FactVocabulary& vocabulary) {
  const auto within = [&](std::span<const Token> tokens) {
    return std::ranges::find(tokens, token) != tokens.end();
  };
  const std::span<const Token> path = item.path;
  if (!vocabulary.is_entity(token)) return false;
  return within(truth.first(truth.size() - 1)) ||
         (path.size() > 2 && within(path.subspan(1, path.size() - 2)));
}

/// A label of the same attribute, a value, or an entity that the last relation leads to.
bool is_of_type(Token said,
                Token truth,
                const FactItem& item,
                const FactVocabulary& vocabulary,
                const LeadsTo& leads_to) {
  if (vocabulary.is_entity(truth)) {
    const auto question = item.question();
    const auto relation = std::find_if(question.rbegin(), question.rend(),
                                       [&](Token token) { return vocabulary.is_relation(token); });
    return vocabulary.is_entity(said) && relation != question.rend() && leads_to(*relation, said);
  }
  if (!vocabulary.compares() || truth < vocabulary.value(0) || said < vocabulary.value(0))
    return false;
  const Token labels = vocabulary.label(0, 0);
  if (truth < labels || said < labels) return truth < labels && said < labels;
  return (truth - labels) / 3 == (said - labels) / 3;
}

/// Of an answer that names its bridges.
std::string_view kind_of_chain(std::span<const Token> said,
                               std::span<const Token> truth,
                               const FactItem& item,
                               const FactVocabulary& vocabulary) {
  if (said.size() == 1 && said.front() == truth.back()) return error_kind::kBridgeLeftOut;
  const auto [wrong, right] = std::ranges::mismatch(said, truth);
  if (right == truth.end()) return error_kind::kWrongForm;
  if (wrong == said.end()) return error_kind::kAnswerIsBridge;
  if (right + 1 != truth.end()) return error_kind::kBridge;
  return is_bridge(*wrong, truth, item, vocabulary) ? error_kind::kAnswerIsBridge
                                                    : error_kind::kLastHop;
}

}  // namespace

ErrorVerdict explain_fact(const FactItem& item,
                          std::span<const Token> said,
                          const FactVocabulary& vocabulary,
                          const LeadsTo& leads_to) {
  const auto truth = asked_tokens(item, vocabulary);
  if (said.empty() || truth.empty()) return {error_kind::kNone, {}};
  const bool as_long = said.size() == truth.size();
  if (item.noisy && as_long && is_clean(item, said)) return {error_kind::kNoiseUndone, {}};
  const bool chain = truth.size() > 1 && vocabulary.is_entity(truth.front());
  if (chain) return {kind_of_chain(said, truth, item, vocabulary), {}};
  const Token last = said.back();
  if (last == truth.back()) return {error_kind::kWrongForm, {}};
  if (is_bridge(last, truth, item, vocabulary)) return {error_kind::kAnswerIsBridge, {}};
  if (is_of_type(last, truth.back(), item, vocabulary, leads_to))
    return {error_kind::kRightType, {}};
  return {error_kind::kNone, {}};
}

}  // namespace recombine

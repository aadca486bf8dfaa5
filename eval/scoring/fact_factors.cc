// The list of what questions about facts are told apart by.

#include <algorithm>
#include <array>

#include "eval/scoring/factors.h"

namespace recombine {
namespace {

FactorValues types(const FactItem& item, const FactVocabulary&) {
  return {std::string(type_name(item.type))};
}

FactorValues noises(const FactItem& item, const FactVocabulary&) {
  return {item.noisy ? "noisy" : "clean"};
}

/// Of comparisons: how the first entity stands to the second.
FactorValues orders(const FactItem& item, const FactVocabulary& vocabulary) {
  constexpr std::array kOrders = {"smaller", "equal", "larger"};
  const auto answer = item.answer();
  if (!vocabulary.compares() || answer.size() < 2) return {};
  const Token label = answer[answer.size() - 2];
  if (label < vocabulary.label(0, 0)) return {};
  return {kOrders.at((label - vocabulary.label(0, 0)) % kOrders.size())};
}

FactorValues hops(const FactItem& item, const FactVocabulary& vocabulary) {
  return {std::to_string(hops_of(item, vocabulary))};
}

FactorValues tokens(const FactItem& item, const FactVocabulary&) {
  return {std::to_string(item.tokens.size())};
}

FactorValues relations(const FactItem& item, const FactVocabulary& vocabulary) {
  FactorValues values;
  for (const Token token : item.question()) {
    if (vocabulary.is_relation(token)) values.push_back(vocabulary.text(token));
  }
  return values;
}

constexpr std::array kFactFactors = {
    FactFactor{"type", "what is asked and where it comes from", InReports::kAlways, types},
    FactFactor{"noise", "whether noise was drawn for the answer", InReports::kWhereItDiffers,
               noises},
    FactFactor{"order", "the answer to a comparison", InReports::kWhereItDiffers, orders},
    FactFactor{"hops", "facts that lead to the answer", InReports::kNever, hops},
    FactFactor{"tokens", "length of question and answer", InReports::kNever, tokens},
    FactFactor{"relation", "relations in questions", InReports::kNever, relations},
};

}  // namespace

std::span<const FactFactor> fact_factors() { return kFactFactors; }

int hops_of(const FactItem& item, const FactVocabulary& vocabulary) {
  return static_cast<int>(std::ranges::count_if(
      item.question(), [&](Token token) { return vocabulary.is_relation(token); }));
}

}  // namespace recombine

#include "eval/scoring/fact_scores.h"

#include <algorithm>
#include <span>

namespace recombine {
namespace {

std::string without_space(std::string_view text) {
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept), [](char c) {
    return std::string_view(" \t\r\n\v\f").find(c) == std::string_view::npos;
  });
  return kept;
}

/// The answer without its </a>.
std::span<const Token> body_of(const FactItem& item, const FactVocabulary& vocabulary) {
  const auto answer = item.answer();
  const auto end = std::ranges::find(answer, vocabulary.end());
  return answer.first(static_cast<std::size_t>(end - answer.begin()));
}

}  // namespace

FactAnswer read_fact_answer(std::string_view text, const FactVocabulary& vocabulary) {
  std::string said = without_space(text);
  if (said.empty()) return {{}, "no output"};
  const std::size_t end = said.find(vocabulary.text(vocabulary.end()));
  if (end != std::string::npos) said.resize(end);
  auto tokens = vocabulary.parse(said);
  if (!tokens) return {{}, "not tokens of the vocabulary"};
  return {std::move(*tokens), ""};
}

std::vector<std::size_t> bridge_places(const FactItem& item, const FactVocabulary& vocabulary) {
  const auto truth = body_of(item, vocabulary);
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place + 1 < truth.size(); ++place) {
    if (vocabulary.is_entity(truth[place])) places.push_back(place);
  }
  return places;
}

FactScore score_fact(const FactItem& item,
                     const FactAnswer& answer,
                     std::string_view forced,
                     const FactVocabulary& vocabulary) {
  const auto truth = body_of(item, vocabulary);
  const std::vector<Token>& said = answer.tokens;
  FactScore score;
  score.exact = answer.invalid.empty() && std::ranges::equal(said, truth);
  score.answer = !said.empty() && !truth.empty() && said.back() == truth.back();
  const auto bridges = bridge_places(item, vocabulary);
  if (bridges.empty()) return score;
  score.bridge = std::ranges::all_of(bridges, [&](std::size_t place) {
    return place < said.size() && said[place] == truth[place];
  });
  // Not cut at </a>: a place where </a> was likeliest is a place all the same.
  const auto likeliest = vocabulary.parse(without_space(forced));
  const std::size_t last = truth.size() - 1;
  score.answer_given_bridge =
      likeliest && last < likeliest->size() && likeliest->at(last) == truth[last];
  return score;
}

}  // namespace recombine

#pragma once
// How right the answer to a question about facts is (arXiv 2502.04667, as its code evaluates).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/fact_vocabulary.h"

namespace recombine {

/// What a predictor said.
struct FactAnswer {
  std::vector<Token> tokens;  ///< up to the first </a>, which is left out
  std::string invalid;        ///< why it is no answer; "" where it is one
};

/// Reads a text such as "<e_162><e_2></a>": white space is nothing, and all behind the first </a>
/// is dropped. Invalid where nothing was said, or something that is no token of `vocabulary`.
FactAnswer read_fact_answer(std::string_view text, const FactVocabulary& vocabulary);

/// Four answers to "is it right?". What does not apply to the item is absent.
struct FactScore {
  bool exact = false;          ///< all tokens up to </a>, as published
  std::optional<bool> bridge;  ///< all entities before the last token; absent where there are none
  bool answer = false;         ///< the last token, whatever stands before it
  /// The last token where the true ones stand before it; absent where there is no bridge.
  std::optional<bool> answer_given_bridge;

  friend bool operator==(const FactScore&, const FactScore&) = default;
};

/// The places of bridges in the answer of `item`, from its first token on: entities before the
/// last token (</a> aside).
std::vector<std::size_t> bridge_places(const FactItem& item, const FactVocabulary& vocabulary);

/// `answer` is what was said freely, `forced` the token that the predictor holds likeliest at each
/// place of the answer after the true tokens before it. Texts that are no tokens are wrong.
FactScore score_fact(const FactItem& item,
                     const FactAnswer& answer,
                     std::string_view forced,
                     const FactVocabulary& vocabulary);

}  // namespace recombine

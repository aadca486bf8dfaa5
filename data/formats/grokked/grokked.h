#pragma once
// The files of the published experiments with facts (arXiv 2405.15071 and 2502.04667):
// train.json, valid.json, test.json and vocab.json. Here: their items and tokens, as values.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/fact_vocabulary.h"
#include "data/json.h"

namespace recombine {

/// Tokens of a question of two hops, and of three.
inline constexpr std::size_t kTwoHopTokens = 3;
inline constexpr std::size_t kThreeHopTokens = 4;

/// Every file marks the noise of chains of two hops (train_noise), and chains of three hops have
/// both their halves.
enum class GrokkedFile {
  kTrain,     ///< train.json: types where entities are compared
  kValid,     ///< valid.json: as kTrain
  kTest,      ///< test.json: types everywhere
  kThreeHop,  ///< test_3hop_iid.json, test_3hop_ood.json: types and halves everywhere
};

/// Whether the answer names the bridges on the way, as a chain of thought does.
bool has_chain(const FactItem& item, const FactVocabulary& vocabulary);

/// Whether a question is an entity alone.
bool is_identity(const FactItem& item, const FactVocabulary& vocabulary);

/// Whether a question is a single fact: an entity with a relation or an attribute.
bool is_atomic(const FactItem& item, const FactVocabulary& vocabulary);

/// {"input_text": "<e_0><r_1>", "target_text": "<e_0><r_1><e_2></a>", ...}, spaced as Python's
/// json.dump, with its keys in the published order: texts, noise, halves, type. Throws DataError
/// for an answer of three hops without chain whose path is unknown.
std::string grokked_item(const FactItem& item, const FactVocabulary& vocabulary, GrokkedFile file);

/// What a row says; what it does not say is in the other rows.
struct GrokkedRow {
  FactItem item;  ///< id, tokens and prompt; its type where `type` is given; no path
  std::optional<FactType> type;
  std::optional<bool> noisy;
};

/// The published names of the types, and our own. Throws DataError where the row has the form of no
/// item of the vocabulary's task.
GrokkedRow parse_grokked_row(const Json& row, const FactVocabulary& vocabulary);

/// Tokens of vocab.json in their published order: entities, relations (attributes), values,
/// specials, labels. `chains` adds <b>, which the data with chains of thought has and never uses.
std::vector<std::string> grokked_tokens(const FactVocabulary& vocabulary, bool chains);

/// The way back, in any order, with or without <b>; the task is "comparison" also for "complex",
/// whose tokens are the same. Throws DataError for a token too many or too few.
FactVocabulary grokked_vocabulary(std::span<const std::string> tokens);

}  // namespace recombine

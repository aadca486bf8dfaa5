#pragma once
// A question about a world of facts: who is reached from an entity along one, two or three
// relations. (Two-hop questions with and without chain of thought, arXiv 2502.04667 and
// 2405.15071.)

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// What an item asks and where it comes from. Records hold the number: append only.
enum class FactType : std::uint8_t {
  kIdAtomic,       ///< a single fact that two-hop training facts are composed of
  kOodAtomic,      ///< a single fact that is trained, but never within a longer one
  kTrainInferred,  ///< a composed fact of the training set
  kTestIid,        ///< an unseen composition of ID facts
  kTestOod,        ///< an unseen composition of OOD facts
  kTrain3Hop,
  kTest3HopIid,
  kTest3HopOod,
  kTestHard,        ///< a comparison that only transitivity decides (arXiv 2405.15071, section 4)
  kTrainInferred2,  ///< a comparison of an ID with an OOD entity, trained in the hard task
  kIdentity,        ///< a question of an entity alone, which is its own answer: no hop
};

/// The `type` of the published files, by number: "id_atomic", ..., "test_inferred_ood", ...
inline constexpr std::array<std::string_view, 11> kFactTypes = {
    "id_atomic",         "ood_atomic",         "train_inferred", "test_inferred_iid",
    "test_inferred_ood", "train_3hop",         "test_iid_3hop",  "test_ood_3hop",
    "test_hard",         "train_inferred_ood", "identity"};

std::string_view type_name(FactType type);

using Token = std::uint32_t;

/// A question with its answer. A value.
struct FactItem {
  std::string id;  ///< entities and relations of the question, "e12.r7.r33": unique in a data set
  FactType type = FactType::kIdAtomic;
  std::vector<Token> tokens;  ///< question, answer (with its bridges, for chain of thought), </a>
  int prompt = 0;             ///< the first tokens, which are the question
  std::vector<Token> path;    ///< the true entities from the head on: h, b, t; empty if unknown
  bool noisy = false;         ///< whether noise was drawn for the answer (it may equal the truth)

  std::span<const Token> question() const { return std::span(tokens).first(prompt_size()); }
  /// What is asked for, </a> included.
  std::span<const Token> answer() const { return std::span(tokens).subspan(prompt_size()); }

  friend bool operator==(const FactItem&, const FactItem&) = default;

 private:
  std::size_t prompt_size() const { return static_cast<std::size_t>(prompt); }
};

}  // namespace recombine

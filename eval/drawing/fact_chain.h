#pragma once
// What a picture of a question shows from left to right.

#include <string>
#include <vector>

#include "eval/drawing/fact_scene.h"

namespace recombine {

/// Entities (or values), and the relations between them.
struct FactChain {
  std::vector<Token> nodes;
  std::vector<Token> relations;
  bool directed = true;  ///< comparisons are not
};

/// Head, bridges and tail; the two entities of a comparison; the head alone where the path is not
/// known.
FactChain chain_of(const FactItem& item, const FactVocabulary& vocabulary);

/// "e_12": a token without its brackets.
std::string short_text(Token token, const FactVocabulary& vocabulary);

/// A box of what was answered: its token, and whether it is right.
struct SaidNode {
  std::string text;
  BoxStyle style = BoxStyle::kFaint;
};

/// A box for each of the chain's nodes. Requires entry.said, and a directed chain.
std::vector<SaidNode> said_nodes(const FactEntry& entry,
                                 const FactChain& chain,
                                 const FactVocabulary& vocabulary);

}  // namespace recombine

#pragma once
// The tokens of a world of facts: every entity, relation and symbol is one.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/fact.h"
#include "data/json.h"

namespace recombine {

/// The three tasks of facts: "composition" (two and three hops), "comparison" (of two entities by
/// an attribute) and "complex" (comparisons that only transitivity decides).
inline constexpr std::array<std::string_view, 3> kFactTasks = {"composition", "comparison",
                                                               "complex"};

/// An axis along which a split of a world of facts holds out.
struct FactAxis {
  std::string_view name;     ///< "bridge"
  std::string_view meaning;  ///< what is held out, one line
};

inline constexpr std::array kFactAxes = std::to_array<FactAxis>({
    {"lambda",
     "facts that are never composed; train has --hold-out lambda=3.6 compositions a fact"},
    {"noise", "the same; train has --hold-out noise=0.4 false answers"},
    {"bridge", "entities that are never between two facts"},
    {"relation-pair", "two relations, one after the other"},
    {"relation-second", "relations that are never second, or later"},
    {"hops", "questions of four and five facts; train has two and three"},
    {"mixed-hops", "questions of a fact that is composed in train and one that never is"},
    {"entities", "entities that come to the world: no composition of train has them"},
});

/// Tokens are numbered: entities from 0, relations (attributes), </a>, and, where entities are
/// compared: <q>, <mask>, </q>, <a>, the values, three labels an attribute (smaller, equal,
/// larger).
struct FactVocabulary {
  std::string task = "composition";
  int entities = 0;
  int relations = 0;  ///< attributes, where entities are compared
  int values = 0;     ///< of an attribute, where entities are compared

  bool compares() const { return task != "composition"; }
  int size() const { return static_cast<int>(count()); }
  /// The size, also where an int cannot hold it.
  std::int64_t count() const;
  Token entity(int number) const { return static_cast<Token>(number); }
  Token relation(int number) const { return static_cast<Token>(entities + number); }
  Token end() const { return static_cast<Token>(entities + relations); }  ///< </a>
  Token question() const { return end() + 1; }                            ///< <q>
  Token mask() const { return end() + 2; }
  Token question_end() const { return end() + 3; }  ///< </q>
  Token answer() const { return end() + 4; }        ///< <a>
  Token value(int number) const { return end() + 5 + static_cast<Token>(number); }
  /// `order` 0: the first entity has the smaller value, 1: equal, 2: the larger.
  Token label(int attribute, int order) const {
    return value(values) + static_cast<Token>(3 * attribute + order);
  }

  bool is_entity(Token token) const { return token < relation(0); }
  bool is_relation(Token token) const { return token >= relation(0) && token < end(); }

  /// "<e_12>", "<r_7>" ("<attr_7>" where entities are compared), "</a>", "<3>", "<attr_7_2>".
  /// Requires token < size().
  std::string text(Token token) const;
  std::string text(std::span<const Token> tokens) const;
  /// The token with this text.
  std::optional<Token> find(std::string_view text) const;
  /// The tokens of a text without spaces between them, such as "<e_0><r_110><e_2></a>"; nothing
  /// where one is unknown.
  std::optional<std::vector<Token>> parse(std::string_view text) const;
  /// Entities and relations of a question: "e12.r7.r33".
  std::string id(std::span<const Token> question) const;

  friend bool operator==(const FactVocabulary&, const FactVocabulary&) = default;
};

Json to_json(const FactVocabulary& vocabulary);
/// Throws DataError for JSON that is none.
FactVocabulary fact_vocabulary(const Json& json);

}  // namespace recombine

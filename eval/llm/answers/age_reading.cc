#include "eval/llm/answers/age_reading.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "data/text.h"
#include "eval/llm/answers/marked_line.h"
#include "eval/llm/answers/signs.h"
#include "eval/llm/answers/thinking.h"

namespace recombine {
namespace {

constexpr int kSmaller = 0;
constexpr int kEqual = 1;
constexpr int kLarger = 2;

/// What is asked: entities as words ("e_3") and the number of the attribute.
struct AskedAges {
  std::vector<std::string> entities;
  int attribute = 0;
};

AskedAges asked_by(std::string_view item) {
  AskedAges asked;
  for (const std::string& part : split_text(item, '.')) {
    const std::string number = part.substr(1);
    if (part.front() == 'e') asked.entities.push_back("e_" + number);
    if (part.front() == 'r') asked.attribute = parse_number<int>(number).value_or(0);
  }
  return asked;
}

/// What a line says: an order, or a value; a reason where it says something else.
struct Said {
  std::optional<int> value;
  std::string reason;

  bool any() const { return value.has_value() || !reason.empty(); }
};

std::vector<std::string> age_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line) {
    if (c == '\\') continue;  // "e\_12", as Markdown writes it
    if (is_word(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool is_entity_word(const std::string& word) {
  return word.starts_with("e_") && parse_number<int>(word.substr(2)).has_value();
}

template <std::size_t kCount>
bool is_one_of(std::string_view word, const std::array<std::string_view, kCount>& known) {
  return std::ranges::find(known, word) != known.end();
}

/// The order that a word says; nothing for other words.
std::optional<int> order_said(const std::string& word, const AskedAges& asked) {
  static constexpr std::array<std::string_view, 3> kLess = {"younger", "smaller", "lower"};
  static constexpr std::array<std::string_view, 3> kSame = {"same", "equal", "equally"};
  static constexpr std::array<std::string_view, 6> kMore = {"older",  "elder",  "larger",
                                                            "bigger", "higher", "greater"};
  if (is_one_of(word, kLess)) return kSmaller;
  if (is_one_of(word, kSame)) return kEqual;
  if (is_one_of(word, kMore)) return kLarger;
  const std::string label = "attr_" + std::to_string(asked.attribute) + "_";
  if (!word.starts_with(label) || word.size() != label.size() + 1) return std::nullopt;
  const int order = word.back() - '0';
  return order >= kSmaller && order <= kLarger ? std::optional(order) : std::nullopt;
}

/// "not older", "not the same".
bool is_denied(const std::vector<std::string>& words, std::size_t at) {
  static constexpr std::array<std::string_view, 5> kDenials = {"not", "isn", "neither", "nor",
                                                               "never"};
  static constexpr std::array<std::string_view, 4> kBetween = {"the", "of", "any", "t"};
  std::size_t before = at;
  while (before > 0 && is_one_of(words[before - 1], kBetween)) --before;
  return before > 0 && is_one_of(words[before - 1], kDenials);
}

/// Whether the word at `at` speaks of the second entity: "e_8 is older", "the older one is e_8",
/// "younger than e_3".
bool is_turned(const std::vector<std::string>& words, std::size_t at, const AskedAges& asked) {
  const auto word = words.begin() + static_cast<std::ptrdiff_t>(at);
  const auto before = std::find_if(std::make_reverse_iterator(word), words.rend(), is_entity_word);
  if (before != words.rend()) return *before == asked.entities[1];
  const auto after = std::find_if(word, words.end(), is_entity_word);
  if (after == words.end()) return false;
  const bool than = word + 1 != words.end() && *(word + 1) == "than";
  return *after == asked.entities[than ? 0 : 1];
}

/// A line without the question that it repeats.
std::string_view without_question(std::string_view line) {
  const std::size_t mark = line.rfind('?');
  if (mark == std::string_view::npos || age_words(line.substr(mark)).empty()) return line;
  return line.substr(mark + 1);
}

Said order_in(std::string_view line, const AskedAges& asked) {
  static constexpr std::array<std::string_view, 13> kUndecided = {
      "cannot decide",        "can't decide",        "can not decide",         "cannot be decided",
      "cannot be determined", "can't be determined", "can not be determined",  "cannot determine",
      "undetermined",         "undecidable",         "not enough information", "insufficient",
      "impossible to"};
  for (const std::string_view words : kUndecided) {
    if (line.find(words) != std::string_view::npos) return {std::nullopt, "cannot decide"};
  }
  const std::vector<std::string> words = age_words(without_question(line));
  Said said;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto order = order_said(words[at], asked);
    if (!order || is_denied(words, at)) continue;
    const int own = is_turned(words, at, asked) ? kLarger - *order : *order;
    if (said.value.value_or(own) != own) return {std::nullopt, "two answers"};
    said.value = own;
  }
  return said;
}

/// The last number of a line that is no entity's.
Said value_in(std::string_view line, const FactVocabulary& vocabulary) {
  Said said;
  for (const std::string& word : age_words(line)) {
    const auto number = parse_number<int>(word);
    if (!number) continue;
    said = *number >= 0 && *number < vocabulary.values ? Said{*number, ""}
                                                       : Said{std::nullopt, "unknown value"};
  }
  return said;
}

Said said_in(std::string_view line, const AskedAges& asked, const FactVocabulary& vocabulary) {
  return asked.entities.size() > 1 ? order_in(line, asked) : value_in(line, vocabulary);
}

/// The published rule for a text that is all answer.
std::optional<int> published_order(std::string_view text, bool undecided_first) {
  const auto has = [&](std::string_view words) {
    return text.find(words) != std::string_view::npos;
  };
  if (undecided_first && has("cannot decide")) return std::nullopt;
  if (has("younger") != has("older")) return has("older") ? kLarger : kSmaller;
  return has("same age") ? std::optional(kEqual) : std::nullopt;
}

std::optional<int> read_strict_age(std::string_view text,
                                   const AskedAges& asked,
                                   const FactVocabulary& vocabulary) {
  constexpr std::string_view kFinal = "final answer:";
  constexpr std::string_view kOutput = "output:";
  const std::string lower = lower_case(text);
  if (asked.entities.size() > 1) {
    const std::size_t at = lower.rfind(kFinal);
    if (at == std::string::npos) return published_order(text, false);
    return published_order(std::string_view(lower).substr(at + kFinal.size()), true);
  }
  const std::size_t at = lower.rfind(kOutput);
  if (at == std::string::npos) return std::nullopt;
  const auto number = parse_number<int>(trim(std::string_view(lower).substr(at + kOutput.size())));
  return number && *number >= 0 && *number < vocabulary.values ? number : std::nullopt;
}

/// The tokens of an answer in the form of the data.
std::vector<Token> answer_tokens(int value, const AskedAges& asked, const FactVocabulary& v) {
  std::vector<Token> tokens;
  if (v.task == "complex") tokens.push_back(v.answer());
  tokens.push_back(asked.entities.size() > 1 ? v.label(asked.attribute, value) : v.value(value));
  return tokens;
}

}  // namespace

FactReading read_age(std::string_view text,
                     std::string_view item,
                     const FactVocabulary& vocabulary,
                     bool cut) {
  const AskedAges asked = asked_by(item);
  FactReading reading;
  const auto strict = read_strict_age(text, asked, vocabulary);
  reading.strict = strict.has_value();
  if (strict) reading.strictly = answer_tokens(*strict, asked, vocabulary);
  Spoken spoken = without_thinking(text);
  reading.thoughts = std::move(spoken.thoughts);
  if (trim(text).empty()) reading.reason = "empty answer";
  if (spoken.unfinished) reading.reason = "thinking never ended";
  if (!reading.reason.empty()) return reading;
  const std::string plain = lower_case(plain_signs(spoken.text));
  const auto found =
      last_answer(plain, [&](std::string_view line, std::optional<std::string_view> rest) {
        const Said said = said_in(rest.value_or(line), asked, vocabulary);
        // "e_3 is older, that is the answer"
        return rest && !said.any() ? said_in(line, asked, vocabulary) : said;
      });
  if (cut && !found.marked) {
    reading.reason = "cut off";
  } else if (found.said.value) {
    reading.entities = answer_tokens(*found.said.value, asked, vocabulary);
    reading.strictness = reading.entities == reading.strictly ? "strict"
                         : found.marked                       ? "marked"
                                                              : "last";
  } else if (!found.said.reason.empty()) {
    reading.reason = found.said.reason;
  } else {
    reading.reason = asked.entities.size() > 1 ? "no comparison" : "no number";
  }
  return reading;
}

}  // namespace recombine

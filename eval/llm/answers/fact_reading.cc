#include "eval/llm/answers/fact_reading.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "data/text.h"
#include "eval/llm/answers/marked_line.h"
#include "eval/llm/answers/signs.h"
#include "eval/llm/answers/thinking.h"

namespace recombine {
namespace {

/// The entities of a line; `plain`: whether there is nothing else; `unknown`: whether one is none
/// of the world.
struct LineReading {
  std::vector<Token> entities;
  bool plain = true;
  bool unknown = false;

  bool any() const { return unknown || !entities.empty(); }
};

/// `line` in lower case; "e\_12", as Markdown writes it, is e_12.
LineReading read_line(std::string_view line, const FactVocabulary& vocabulary) {
  LineReading reading;
  reading.plain = line.find('\\') == std::string_view::npos;
  std::string words(line);
  std::erase(words, '\\');
  for (std::size_t at = 0; at < words.size();) {
    if (!is_word(words[at])) {
      reading.plain =
          reading.plain && std::string_view(" \t\r").find(words[at]) != std::string::npos;
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < words.size() && is_word(words[end])) ++end;
    const std::string word = words.substr(at, end - at);
    at = end;
    if (const auto token = vocabulary.find("<" + word + ">");
        token && vocabulary.is_entity(*token)) {
      reading.entities.push_back(*token);
    } else {
      const bool number = word.starts_with("e_") && parse_number<int>(word.substr(2)).has_value();
      reading.unknown = reading.unknown || number;
      reading.plain = false;
    }
  }
  return reading;
}

/// The strict rule; nothing where it does not hold.
std::vector<Token> read_fact_strictly(std::string_view lower,
                                      std::size_t words,
                                      const FactVocabulary& v) {
  constexpr std::string_view kMarker = "output";
  const std::size_t marker = lower.find(kMarker);
  if (marker == std::string_view::npos) return {};
  std::string_view rest = lower.substr(marker + kMarker.size());
  if (rest.starts_with(":")) rest.remove_prefix(1);
  const LineReading line = read_line(rest.substr(0, rest.find('\n')), v);
  if (!line.plain || line.entities.size() != words) return {};
  return line.entities;
}

}  // namespace

FactReading read_fact(std::string_view text,
                      int words,
                      const FactVocabulary& vocabulary,
                      bool cut) {
  const auto count = static_cast<std::size_t>(words);
  FactReading reading;
  reading.strictly = read_fact_strictly(lower_case(text), count, vocabulary);
  reading.strict = !reading.strictly.empty();
  Spoken spoken = without_thinking(text);
  reading.thoughts = std::move(spoken.thoughts);
  const std::string plain = lower_case(plain_signs(spoken.text));
  if (trim(text).empty()) reading.reason = "empty answer";
  if (spoken.unfinished) reading.reason = "thinking never ended";
  if (!reading.reason.empty()) return reading;
  auto found = last_answer(plain, [&](std::string_view line, std::optional<std::string_view> rest) {
    return read_line(rest.value_or(line), vocabulary);
  });
  if (cut && !found.marked) {
    reading.reason = "cut off";
  } else if (found.said.unknown) {
    reading.reason = "unknown entity";
  } else if (found.said.entities.empty()) {
    reading.reason = "no entity";
  } else {
    auto& entities = found.said.entities;
    const std::size_t over = entities.size() - std::min(entities.size(), count);
    entities.erase(entities.begin(), entities.begin() + static_cast<std::ptrdiff_t>(over));
    reading.strictness = entities == reading.strictly ? "strict" : found.marked ? "marked" : "last";
    reading.entities = std::move(entities);
  }
  return reading;
}

}  // namespace recombine

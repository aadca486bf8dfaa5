#include "eval/llm/answers/fact_reading.h"

#include <algorithm>

#include "data/text.h"
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

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The strict rule; nothing where it does not hold.
std::vector<Token> read_strictly(std::string_view lower,
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

/// What follows the last mark of an answer in a line; nothing where it has none.
std::optional<std::string_view> behind_mark(std::string_view line) {
  std::optional<std::string_view> rest;
  for (const std::string_view mark : {"output", "answer", "result", "final"}) {
    const std::size_t at = line.rfind(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view behind = line.substr(at + mark.size());
    if (!rest || behind.size() < rest->size()) rest = behind;
  }
  return rest;
}

struct Found {
  LineReading line;
  bool marked = false;
};

/// The last line that names an answer and has entities (or the next line has), else the last with
/// any.
Found find_answer(const std::vector<std::string_view>& lines, const FactVocabulary& vocabulary) {
  Found found;
  bool open = false;  // the last mark had no entity behind it yet
  for (const std::string_view text : lines) {
    const auto rest = behind_mark(text);
    LineReading line = read_line(rest ? *rest : text, vocabulary);
    const bool any = !line.entities.empty() || line.unknown;
    if (!any && !rest && trim(text).empty()) continue;
    const bool marked = rest.has_value() || open;
    open = rest.has_value() && !any;
    if (any && (marked || !found.marked)) found = {std::move(line), marked};
  }
  return found;
}

}  // namespace

FactReading read_fact(std::string_view text,
                      int words,
                      const FactVocabulary& vocabulary,
                      bool cut) {
  const auto count = static_cast<std::size_t>(words);
  FactReading reading;
  reading.strictly = read_strictly(lower_case(text), count, vocabulary);
  reading.strict = !reading.strictly.empty();
  const Spoken spoken = without_thinking(text);
  const std::string plain = lower_case(plain_signs(spoken.text));
  if (trim(text).empty()) reading.reason = "empty answer";
  if (spoken.unfinished) reading.reason = "thinking never ended";
  if (!reading.reason.empty()) return reading;
  Found found = find_answer(lines_of(plain), vocabulary);
  if (cut && !found.marked) {
    reading.reason = "cut off";
  } else if (found.line.unknown) {
    reading.reason = "unknown entity";
  } else if (found.line.entities.empty()) {
    reading.reason = "no entity";
  } else {
    auto& entities = found.line.entities;
    const std::size_t over = entities.size() - std::min(entities.size(), count);
    entities.erase(entities.begin(), entities.begin() + static_cast<std::ptrdiff_t>(over));
    reading.strictness = entities == reading.strictly ? "strict" : found.marked ? "marked" : "last";
    reading.entities = std::move(entities);
  }
  return reading;
}

}  // namespace recombine

#include "eval/llm/answers/thought_marks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "data/text.h"

namespace recombine {
namespace {

constexpr auto kLone = LoneEnd::kThought;
constexpr auto kPaired = LoneEnd::kNothing;

constexpr std::string_view kFinal = "<|channel|>final<|message|>";

constexpr std::array kMarks = {
    ThoughtMarks{"channel", "<|channel|>analysis<|message|>", "<|end|>", kPaired, false, true, "",
                 kFinal},
    ThoughtMarks{"channel", "<|channel|>commentary<|message|>", "<|end|>", kPaired, false, true, "",
                 kFinal},
    ThoughtMarks{"channel", "<|channel>thought", "<channel|>"},
    ThoughtMarks{"channel", "analysis", "assistantfinal", kLone, true, true, "A"},
    ThoughtMarks{"unused94", "<unused94>", "<unused95>"},
    ThoughtMarks{"begin of thought", "<|begin_of_thought|>", "<|end_of_thought|>"},
    ThoughtMarks{"begin of thought", "<|start_of_thought|>", "<|end_of_thought|>"},
    ThoughtMarks{"start thinking", "<|start_thinking|>", "<|end_thinking|>"},
    ThoughtMarks{"inner prefix", "<|inner_prefix|>", "<|inner_suffix|>"},
    // A sentence that other models write, too, without its end.
    ThoughtMarks{"thought process", "here is my thought process:", "here is my response:", kPaired,
                 false, false},
    ThoughtMarks{"thought process", "here's my thought process:", "here's my response:", kPaired,
                 false, false},
    ThoughtMarks{"Thinking...", "thinking...", "...done thinking.", kLone, true, true, "\n"},
};

constexpr std::array<std::string_view, 24> kTags = {"think",
                                                    "thinking",
                                                    "thought",
                                                    "thoughts",
                                                    "reasoning",
                                                    "reason",
                                                    "reflection",
                                                    "scratchpad",
                                                    "analysis",
                                                    "seed:think",
                                                    "longcat_think",
                                                    "antthinking",
                                                    "antml:thinking",
                                                    "inner_monologue",
                                                    "internal_monologue",
                                                    "inner_thoughts",
                                                    "chain_of_thought",
                                                    "chain-of-thought",
                                                    "cot",
                                                    "thinking_process",
                                                    "thought_process",
                                                    "deliberation",
                                                    "brainstorm",
                                                    "brainstorming"};
constexpr std::string_view kDetails = "details";

/// Parts of names that people make up: <planning>, <self_reflection>, <reasoning_process>.
constexpr std::array<std::string_view, 11> kStems = {
    "think",    "thought",   "reason",    "reflect",   "scratch", "monologue",
    "analysis", "deliberat", "brainstor", "introspec", "planning"};
/// What speaks against it: <reasoned_answer>, <final_analysis>, <thinker>.
constexpr std::array<std::string_view, 11> kNoThoughts = {
    "answer",   "output", "final",   "result",  "solution", "response",
    "conclusi", "after",  "without", "thinker", "reasoner"};

constexpr std::size_t kTagName = kMarks.size();  ///< names of tags come behind those of marks

/// Brackets of tags; the shape says how sure it is that a tag is meant.
struct Brackets {
  std::string_view open;
  std::string_view close;
  bool attributes = false;  ///< may stand behind the name
  bool unclosed = true;     ///< a begin alone counts: of others a heading may be meant
};

constexpr std::array kBrackets = {
    Brackets{"<|", "|>", false, true},         Brackets{"<", ">", true, true},
    Brackets{"&lt;", "&gt;", false, true},     Brackets{"[", "]", false, false},
    Brackets{"\u25c1", "\u25b7", false, true}, Brackets{"\uff1c", "\uff1e", false, true},
};

bool is_name_sign(char c) { return is_word(c) || c == ':' || c == '-'; }

/// The stem of a name that is of a thought, though no list has it; "" of others.
std::string_view stem_of(std::string_view name) {
  const auto within = [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  };
  if (std::ranges::any_of(kNoThoughts, within)) return "";
  const auto found = std::ranges::find_if(kStems, within);
  return found == kStems.end() ? std::string_view() : *found;
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// What stands between two brackets of a tag.
struct TagName {
  std::string_view name;
  std::size_t behind = 0;  ///< the bracket that closes
  bool end = false;
};

/// Of angles also as Markdown escapes them and with blanks: "\<think\>", "<\/think>", "< think >".
TagName tag_name_at(std::string_view lower, std::size_t place, const Brackets& brackets) {
  TagName tag;
  const bool loose = brackets.attributes;
  if (loose) place = behind_blanks(lower, place);
  if (loose && lower.substr(place).starts_with("\\/")) ++place;
  tag.end = place < lower.size() && lower[place] == '/';
  place += tag.end ? 1 : 0;
  if (loose) place = behind_blanks(lower, place);
  const std::size_t begin = place;
  while (place < lower.size() && is_name_sign(lower[place])) ++place;
  tag.name = lower.substr(begin, place - begin);
  const std::size_t blanks = behind_blanks(lower, place);
  if (loose && blanks > place)
    place = lower.substr(blanks).starts_with(brackets.close)
                ? blanks
                : std::min(lower.find_first_of("<>\n", place), lower.size());
  if (loose && lower.substr(place).starts_with("\\>")) ++place;
  tag.behind = place;
  return tag;
}

/// Whether an open <details> hides an answer and no thought: its summary says so.
bool holds_answer(std::string_view lower, std::size_t behind) {
  constexpr std::size_t kFar = 200;
  std::string_view head = lower.substr(behind, kFar);
  const std::size_t summary = head.find("<summary>");
  if (summary == std::string_view::npos || !trim(head.substr(0, summary)).empty()) return false;
  head = head.substr(summary, head.find("</summary>") - summary);
  return std::ranges::any_of(
      std::array<std::string_view, 4>{"output", "answer", "solution", "result"},
      [&](std::string_view word) { return head.find(word) != std::string_view::npos; });
}

/// The mark of a name that people made up; nothing where it is not of a thought.
std::optional<MarkPlace> made_up_mark(MarkPlace mark, std::string_view name) {
  mark.kind = stem_of(name);
  if (mark.kind.empty()) return std::nullopt;
  const auto stem = static_cast<std::size_t>(std::ranges::find(kStems, mark.kind) - kStems.begin());
  mark.name = kTagName + kTags.size() + 1 + stem;
  mark.lone = mark.unclosed = false;
  return mark;
}

/// The mark of a tag between such brackets at `mark.at`, of a text in lower case.
std::optional<MarkPlace> mark_between(std::string_view lower,
                                      MarkPlace mark,
                                      const Brackets& brackets,
                                      std::string_view name) {
  const auto found = std::ranges::find(kTags, name);
  const bool details = name == kDetails && brackets.attributes;
  if (found == kTags.end() && !details) return made_up_mark(mark, name);
  if (details && !mark.end && holds_answer(lower, mark.at + mark.length)) return std::nullopt;
  mark.name = kTagName + static_cast<std::size_t>(found - kTags.begin());
  mark.kind = details ? kDetails : *found;
  // "[THINK]" is a token of a family of models, and no heading.
  mark.lone = mark.unclosed = (brackets.unclosed || name == "think") && !details;
  return mark;
}

/// The tag at `at`, of a text in lower case; nothing where there is none of a thought.
std::optional<MarkPlace> tag_at(std::string_view lower, std::size_t at) {
  for (const Brackets& brackets : kBrackets) {
    if (!lower.substr(at).starts_with(brackets.open)) continue;
    const auto [name, place, end] = tag_name_at(lower, at + brackets.open.size(), brackets);
    if (!lower.substr(place).starts_with(brackets.close)) continue;
    MarkPlace mark{.at = at, .length = place + brackets.close.size() - at, .end = end};
    return mark_between(lower, mark, brackets, name);
  }
  return std::nullopt;
}

bool followed_rightly(std::string_view text, std::size_t behind, std::string_view asked) {
  if (asked.empty()) return true;
  if (asked == "A") return behind < text.size() && text[behind] >= 'A' && text[behind] <= 'Z';
  return behind == text.size() || text[behind] == '\n' || text[behind] == '\r';
}

/// Pairs that end alike are one.
std::size_t pair_name(const ThoughtMarks& marks) {
  const auto first = std::ranges::find(kMarks, marks.end, &ThoughtMarks::end);
  return static_cast<std::size_t>(first - kMarks.begin());
}

/// The pair whose begin or end stands at `at`; `start` is where the text begins.
std::optional<MarkPlace> pair_at(std::string_view lower,
                                 std::string_view text,
                                 std::size_t at,
                                 std::size_t start) {
  const std::string_view rest = lower.substr(at);
  for (const ThoughtMarks& marks : kMarks) {
    const bool begins = (!marks.at_start || at == start) && rest.starts_with(marks.begin) &&
                        followed_rightly(text, at + marks.begin.size(), marks.begun_by);
    const bool answers = !marks.answer.empty() && rest.starts_with(marks.answer);
    if (!begins && !answers && !rest.starts_with(marks.end)) continue;
    MarkPlace place{at, marks.end.size(), pair_name(marks), !begins};
    if (begins) place.length = marks.begin.size();
    if (answers) place.length = marks.answer.size();
    place.lone = marks.lone == kLone;
    place.unclosed = marks.unclosed;
    place.kind = marks.kind;
    return place;
  }
  return std::nullopt;
}

}  // namespace

std::span<const ThoughtMarks> thought_marks() { return kMarks; }
std::span<const std::string_view> thought_tags() { return kTags; }

std::vector<MarkPlace> find_thought_marks(std::string_view text) {
  // First signs of all that is looked for: brackets, and of words "analysis", "here", "thinking",
  // "assistantfinal", "...done".
  constexpr std::string_view kFirst =
      "<[&\xe2\xef"
      "aht.";
  const std::string lower = lower_case(text);
  const std::size_t start = lower.find_first_not_of(" \t\r\n");
  std::vector<MarkPlace> places;
  for (std::size_t at = lower.find_first_of(kFirst); at != std::string::npos;) {
    auto place = pair_at(lower, text, at, start);
    if (!place) place = tag_at(lower, at);
    if (place) places.push_back(*place);
    at = lower.find_first_of(kFirst, at + (place ? place->length : 1));
  }
  return places;
}

}  // namespace recombine

#include "eval/llm/answers/label.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace recombine {
namespace {

constexpr std::size_t kReach = 160;  ///< bytes before a grid that can name it

constexpr std::array<std::string_view, 14> kAnswerWords = {
    "output", "answer",  "solution",  "result",   "prediction", "predicted", "final",
    "boxed",  "outcome", "corrected", "response", "outputs",    "solved",    "completed"};
constexpr std::array<std::string_view, 9> kQuestionWords = {"example",       "examples", "pair",
                                                            "pairs",         "study",    "training",
                                                            "demonstration", "given",    "recall"};
/// What may stand between "input" and a grid that it names.
constexpr std::array<std::string_view, 18> kFillers = {
    "grid", "matrix", "is", "was",   "as",   "given",  "again", "here", "the",
    "a",    "list",   "of", "lists", "json", "python", "text",  "test", "query"};
constexpr std::array<std::string_view, 12> kTakingBack = {
    "wait",       "actually", "sorry",     "oops",    "mistake",    "correction",
    "correcting", "instead",  "corrected", "recheck", "rechecking", "apologies"};

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

struct Word {
  std::string text;  ///< in lower case
  int line = 0;
};

std::vector<Word> words_in(std::string_view text) {
  std::vector<Word> words;
  int line = 0;
  bool inside = false;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (letter && !inside) words.push_back({"", line});
    if (letter) words.back().text += upper ? static_cast<char>(c - 'A' + 'a') : c;
    inside = letter;
    line += c == '\n' ? 1 : 0;
  }
  return words;
}

/// Whether the last words are "input" and fillers alone.
bool ends_as_input(const std::vector<Word>& words) {
  const auto last = std::find_if(words.rbegin(), words.rend(),
                                 [](const Word& word) { return !contains(kFillers, word.text); });
  return last != words.rend() && (last->text == "input" || last->text == "inputs");
}

bool asks_in_line(const std::vector<Word>& words, int line) {
  return std::ranges::any_of(words, [&](const Word& word) {
    return word.line == line && contains(kQuestionWords, word.text);
  });
}

}  // namespace

Label label_of(std::string_view before) {
  const std::size_t reach = std::min(before.size(), kReach);
  const std::vector<Word> words = words_in(before.substr(before.size() - reach));
  if (words.empty()) return Label::kPlain;
  if (ends_as_input(words)) return Label::kRestated;
  const auto named = std::find_if(words.rbegin(), words.rend(), [](const Word& word) {
    return contains(kAnswerWords, word.text) || contains(kQuestionWords, word.text);
  });
  if (named == words.rend()) return Label::kPlain;
  return asks_in_line(words, named->line) ? Label::kRestated : Label::kAnswer;
}

bool takes_back(std::string_view text) {
  constexpr std::size_t kFar = 2000;
  const std::vector<Word> words = words_in(text.substr(0, kFar));
  return std::ranges::any_of(words,
                             [](const Word& word) { return contains(kTakingBack, word.text); });
}

}  // namespace recombine

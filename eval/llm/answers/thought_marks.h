#pragma once
// Marks between which models write to themselves: the table, and where they stand in a text.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace recombine {

/// What an end means that no begin stands before.
enum class LoneEnd : std::uint8_t {
  kThought,  ///< all before it is thought: chat templates write the begin themselves
  kNothing,  ///< it ends answers as well, or stands in other texts
};

/// A pair of marks. Letters A to Z are as a to z.
struct ThoughtMarks {
  std::string_view kind;  ///< as reports count it
  std::string_view begin;
  std::string_view end;
  LoneEnd lone = LoneEnd::kThought;
  bool at_start = false;           ///< the begin counts at the start of the text alone
  bool unclosed = true;            ///< a begin without an end is a thought that never ended
  std::string_view begun_by = {};  ///< what must follow the begin, where it is a word of every day:
                                   ///< "\n" a line's end, "A" a capital letter
  std::string_view answer = {};    ///< begins the answer, and so ends a thought that has no end
};

/// Those that are no tags.
std::span<const ThoughtMarks> thought_marks();
/// Names of tags: <think>, [THINK], <|think|>, and with a '/' their ends.
std::span<const std::string_view> thought_tags();

/// A mark in a text.
struct MarkPlace {
  std::size_t at = 0;
  std::size_t length = 0;
  std::size_t name = 0;  ///< marks of one name belong together
  bool end = false;
  bool lone = true;      ///< of an end: all before it is thought where no begin stands before
  bool unclosed = true;  ///< of a begin
  std::string_view kind = {};
};

/// All marks of a text in their order; none lies within another. Linear in the text.
std::vector<MarkPlace> find_thought_marks(std::string_view text);

}  // namespace recombine

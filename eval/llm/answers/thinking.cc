#include "eval/llm/answers/thinking.h"

#include <algorithm>
#include <set>

#include "data/text.h"
#include "eval/llm/answers/thought_marks.h"

namespace recombine {
namespace {

/// Of begins that may be headings as well, those that have an end.
std::vector<MarkPlace> sure_marks(std::string_view text) {
  std::vector<MarkPlace> marks = find_thought_marks(text);
  std::set<std::size_t> ended;
  for (std::size_t i = marks.size(); i-- > 0;) {
    if (marks[i].end) ended.insert(marks[i].name);
    marks[i].unclosed = marks[i].unclosed || ended.contains(marks[i].name);
  }
  std::erase_if(marks, [](const MarkPlace& mark) { return !mark.end && !mark.unclosed; });
  return marks;
}

/// One walk from mark to mark.
class ThoughtWalk {
 public:
  explicit ThoughtWalk(std::string_view text) : text_(text) {}

  Spoken run() {
    for (const MarkPlace& mark : sure_marks(text_)) {
      if (mark.end) {
        end(mark);
      } else {
        begin(mark);
      }
    }
    spoken_.unfinished = !open_.empty();
    if (spoken_.unfinished) {
      const MarkPlace& open = open_.front();
      spoken_.text += text_.substr(at_, open.at - at_);
      add(open.kind, text_.substr(open.at + open.length));
    } else {
      spoken_.text += text_.substr(at_);
    }
    return std::move(spoken_);
  }

 private:
  void add(std::string_view kind, std::string_view text) {
    if (trim(text).empty()) return;
    auto& thoughts = spoken_.thoughts;
    if (thoughts.empty() || thoughts.back().kind != kind)
      thoughts.push_back({std::string(kind), ""});
    if (!thoughts.back().text.empty()) thoughts.back().text += '\n';
    thoughts.back().text += text;
  }

  // A begin within a thought of the same name is a word of it.
  void begin(const MarkPlace& mark) {
    const auto same = std::ranges::find(open_, mark.name, &MarkPlace::name);
    if (same == open_.end()) open_.push_back(mark);
  }

  void end(const MarkPlace& mark) {
    const auto same = std::ranges::find(open_, mark.name, &MarkPlace::name);
    if (same != open_.end()) {
      close(same, mark);
    } else if (!open_.empty() && mark.lone) {
      close(open_.begin(), mark);  // of another spelling
    } else if (mark.lone) {
      spoken_.text += text_.substr(at_, mark.at - at_);
      add(mark.kind, spoken_.text);
      spoken_.text.clear();
      at_ = mark.at + mark.length;
    }
  }

  /// What `first` began is over; nothing is removed before the outermost has ended.
  void close(std::vector<MarkPlace>::iterator first, const MarkPlace& mark) {
    if (first == open_.begin()) {
      spoken_.text += text_.substr(at_, first->at - at_);
      add(first->kind,
          text_.substr(first->at + first->length, mark.at - first->at - first->length));
      at_ = mark.at + mark.length;
    }
    open_.erase(first, open_.end());
  }

  std::string_view text_;
  Spoken spoken_;
  std::size_t at_ = 0;           ///< the text before is in `spoken_`
  std::vector<MarkPlace> open_;  ///< begins without their ends yet, no two of a name
};

}  // namespace

Spoken without_thinking(std::string_view text) { return ThoughtWalk(text).run(); }

}  // namespace recombine

#include "eval/llm/answers/literal.h"

#include <algorithm>
#include <charconv>

namespace recombine {
namespace {

constexpr int kDeepest = 100;
constexpr int kMostParts = 10000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<Literal> read() {
    auto value = this->value(0);
    skip();
    if (!value || at_ != text_.size()) return std::nullopt;
    return value;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  /// Blanks, and comments up to the end of their line.
  void skip() {
    while (at_ < text_.size()) {
      if (peek() == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (std::string_view(" \t\r\n\f\v").find(peek()) != std::string_view::npos) {
        ++at_;
      } else {
        return;
      }
    }
  }

  std::optional<Literal> value(int depth) {
    if (depth > kDeepest || ++parts_ > kMostParts) return std::nullopt;
    skip();
    if (take("[")) return items(']', Literal::Kind::kList, depth);
    if (take("(")) return items(')', Literal::Kind::kOther, depth);
    if (take("...")) return Literal{};
    if (peek() == '\'' || peek() == '"') return quoted();
    return number();
  }

  std::optional<Literal> items(char close, Literal::Kind kind, int depth) {
    Literal list;
    list.kind = kind;
    while (true) {
      skip();
      if (take({&close, 1})) return list;
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      list.items.push_back(std::move(*item));
      skip();
      if (!take(",") && peek() != close) return std::nullopt;
    }
  }

  std::optional<Literal> quoted() {
    const char quote = text_[at_++];
    Literal word;
    word.kind = Literal::Kind::kText;
    while (at_ < text_.size() && peek() != quote && peek() != '\n') {
      if (peek() == '\\') ++at_;
      if (at_ < text_.size()) word.text += text_[at_++];
    }
    if (peek() != quote) return std::nullopt;
    ++at_;
    return word;
  }

  // Python's whole numbers may not begin with a zero, unless they are all zeros; its underscores
  // and its other bases do not come up.
  std::optional<Literal> number() {
    double sign = 1;
    while (peek() == '-' || peek() == '+') {
      if (peek() == '-') sign = -sign;
      ++at_;
      skip();
    }
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    const bool whole = peek() != '.' && peek() != 'e' && peek() != 'E';
    const std::string_view digits = text_.substr(begin, at_ - begin);
    const bool zeros = digits.find_first_not_of('0') == std::string_view::npos;
    if (whole && digits.size() > 1 && digits.front() == '0' && !zeros) return std::nullopt;
    while (is_digit(peek()) || peek() == '.' || peek() == 'e' || peek() == 'E') ++at_;
    Literal result;
    result.kind = Literal::Kind::kNumber;
    const char* end = text_.data() + at_;
    const auto [stop, error] = std::from_chars(text_.data() + begin, end, result.number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    result.number *= sign;
    return result;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int parts_ = 0;
};

}  // namespace

std::optional<Literal> parse_literal(std::string_view text) { return Reader(text).read(); }

}  // namespace recombine

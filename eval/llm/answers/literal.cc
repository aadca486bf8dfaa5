#include "eval/llm/answers/literal.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>

namespace recombine {
namespace {

constexpr int kDeepest = 100;
constexpr int kMostParts = 10000;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();  ///< no colour

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }

/// Digits with single underscores between them, as Python has them; without these.
std::optional<std::string> plain_digits(std::string_view word, bool after_prefix) {
  std::string digits;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (word[at] != '_') {
      digits += word[at];
      continue;
    }
    const bool before = at == 0 ? after_prefix : std::isalnum(word[at - 1]) != 0;
    if (!before || at + 1 == word.size() || std::isalnum(word[at + 1]) == 0) return std::nullopt;
  }
  return digits;
}

std::optional<double> whole_of(std::string_view digits, int base) {
  double value = 0;
  for (const char c : digits) {
    const int digit = is_digit(c) ? c - '0' : is_small(c) ? c - 'a' + 10 : base;
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
  }
  if (digits.empty()) return std::nullopt;
  return value;
}

/// 16, 8 or 2 by a prefix of Python's, else 10.
int base_of(std::string_view word) {
  if (word.starts_with("0x")) return 16;
  if (word.starts_with("0o")) return 8;
  return word.starts_with("0b") ? 2 : 10;
}

/// The value of digits of base ten, a point and an exponent among them, as Python reads them.
std::optional<double> decimal_of(std::string_view digits, bool imaginary) {
  if (digits.empty() || digits.find_first_not_of("0123456789.e+-") != std::string_view::npos)
    return std::nullopt;
  // Whole numbers may not begin with a zero, unless they are all zeros.
  const bool whole = digits.find_first_of(".e") == std::string_view::npos;
  const bool zeros = digits.find_first_not_of('0') == std::string_view::npos;
  if (whole && !imaginary && digits.front() == '0' && digits.size() > 1 && !zeros)
    return std::nullopt;
  double value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  const bool tiny = digits.find("e-") != std::string_view::npos;
  if (error != std::errc{}) value = tiny ? 0 : kNoNumber;  // or infinite
  return imaginary && value != 0 ? kNoNumber : value;
}

/// The number that `word`, in lower case and without a sign, is in Python.
std::optional<Literal> number_of(std::string_view word) {
  Literal result;
  result.kind = Literal::Kind::kNumber;
  const int base = base_of(word);
  if (base == 10) result.imaginary = word.ends_with('j');
  if (base != 10) word.remove_prefix(2);
  if (result.imaginary) word.remove_suffix(1);
  const auto digits = plain_digits(word, base != 10);
  if (!digits) return std::nullopt;
  const auto value = base == 10 ? decimal_of(*digits, result.imaginary) : whole_of(*digits, base);
  if (!value) return std::nullopt;
  result.number = *value;
  return result;
}

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
    if (take("{")) return braces(depth);
    if (take("...")) return Literal{};
    if (const auto prefix = quote_prefix()) return words(*prefix);
    return sum();
  }

  std::optional<Literal> items(char close, Literal::Kind kind, int depth) {
    Literal list;
    list.kind = kind;
    bool tuple = false;
    while (true) {
      skip();
      if (take({&close, 1})) {
        // What one pair of brackets holds without a comma is itself.
        if (close == ')' && list.items.size() == 1 && !tuple) return list.items.front();
        return list;
      }
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      list.items.push_back(std::move(*item));
      skip();
      const bool comma = take(",");
      tuple = tuple || comma;
      if (!comma && peek() != close) return std::nullopt;
    }
  }

  /// A set, or a dictionary: no list, and no number.
  std::optional<Literal> braces(int depth) {
    while (true) {
      skip();
      if (take("}")) return Literal{};
      if (!value(depth + 1)) return std::nullopt;
      skip();
      if (take(":") && !value(depth + 1)) return std::nullopt;
      skip();
      if (!take(",") && peek() != '}') return std::nullopt;
    }
  }

  /// The letters before a quotation mark here: "", "r", "b", "u", "br", "rb"; nothing where no text
  /// begins.
  std::optional<std::string_view> quote_prefix() const {
    for (const std::string_view prefix : {"", "r", "b", "u", "br", "rb"}) {
      const std::string_view rest = text_.substr(at_);
      if (!rest.starts_with(prefix) || rest.size() == prefix.size()) continue;
      const char quote = rest[prefix.size()];
      if (quote == '\'' || quote == '"') return prefix;
    }
    return std::nullopt;
  }

  /// Texts one after the other are one text.
  std::optional<Literal> words(std::string_view prefix) {
    Literal all;
    const bool bytes = prefix.find('b') != std::string_view::npos;
    for (std::optional<std::string_view> next = prefix; next; next = quote_prefix()) {
      at_ += next->size();
      if (bytes != (next->find('b') != std::string_view::npos)) return std::nullopt;
      const auto word = quoted(next->find('r') != std::string_view::npos);
      if (!word) return std::nullopt;
      all.text += *word;
      skip();
    }
    all.kind = bytes ? Literal::Kind::kOther : Literal::Kind::kText;
    return all;
  }

  std::optional<std::string> quoted(bool raw) {
    const char quote = text_[at_++];
    const std::string_view thrice = quote == '"' ? R"(""")" : "'''";
    const std::string_view rest = text_.substr(at_ - 1);
    const bool block = rest.starts_with(thrice);
    const std::string_view close = block ? thrice : rest.substr(0, 1);
    at_ += block ? 2 : 0;
    std::string word;
    while (at_ < text_.size() && !text_.substr(at_).starts_with(close)) {
      if (peek() == '\n' && !block) return std::nullopt;
      if (peek() == '\\') {
        if (raw) word += '\\';
        ++at_;
      }
      if (at_ < text_.size()) word += text_[at_++];
    }
    if (!take(close)) return std::nullopt;
    return word;
  }

  /// A number, or a whole or broken one and an imaginary one: 3, -3.0, 3+0j.
  std::optional<Literal> sum() {
    auto left = signed_number();
    if (!left) return left;
    skip();
    if ((peek() != '+' && peek() != '-') || left->imaginary) return left;
    ++at_;
    skip();
    const auto right = number();
    if (!right || !right->imaginary) return std::nullopt;
    // Only a vanishing imaginary part leaves a colour.
    if (right->number != 0) left->number = kNoNumber;
    left->imaginary = true;
    return left;
  }

  std::optional<Literal> signed_number() {
    const bool minus = peek() == '-';
    if (minus || peek() == '+') ++at_;
    skip();
    auto made = number();
    if (made && minus) made->number = -made->number;
    return made;
  }

  std::optional<Literal> number() {
    const std::size_t begin = at_;
    const bool hex = text_.substr(at_).starts_with("0x");
    const auto signs_exponent = [&] {
      return (peek() == '+' || peek() == '-') && !hex && at_ > begin && text_[at_ - 1] == 'e';
    };
    while (is_digit(peek()) || is_small(peek()) || peek() == '_' || peek() == '.' ||
           signs_exponent())
      ++at_;
    return number_of(text_.substr(begin, at_ - begin));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int parts_ = 0;
};

}  // namespace

std::optional<Literal> parse_literal(std::string_view text) { return Reader(text).read(); }

}  // namespace recombine

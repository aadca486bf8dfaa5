#include "eval/llm/estimate.h"

#include <array>

#include "data/error.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

enum class Sign : std::uint8_t { kLetter, kDigit, kBlank, kOther, kBeyond };
constexpr std::size_t kSigns = 5;
/// How many of a kind make a token; 0: a whole run is one.
constexpr std::array<std::uint64_t, kSigns> kATokenEach = {6, 3, 0, 0, 2};

Sign sign_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return Sign::kBeyond;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Sign::kLetter;
  if (c >= '0' && c <= '9') return Sign::kDigit;
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' ? Sign::kBlank : Sign::kOther;
}

/// About what providers count for a picture; each has rules of its own.
std::uint64_t picture_tokens(const Question& question) {
  constexpr int kPixelsEach = 750;
  return static_cast<std::uint64_t>(question.image_height) *
         static_cast<std::uint64_t>(question.image_width) / kPixelsEach;
}

}  // namespace

double cost_of(std::uint64_t asked, std::uint64_t answered, const PromptPrices& prices) {
  constexpr double kMillion = 1e6;
  return (static_cast<double>(asked) * prices.in + static_cast<double>(answered) * prices.out) /
         kMillion;
}

std::uint64_t estimated_tokens(std::string_view text) {
  std::uint64_t tokens = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const Sign sign = sign_of(text[begin]);
    std::size_t end = begin + 1;
    while (end < text.size() && sign_of(text[end]) == sign) ++end;
    const std::uint64_t each = kATokenEach.at(static_cast<std::size_t>(sign));
    const bool taken = sign == Sign::kBlank && end - begin == 1 && end < text.size() &&
                       sign_of(text[end]) != Sign::kDigit;
    if (!taken) tokens += each == 0 ? 1 : (end - begin + each - 1) / each;
    begin = end;
  }
  return tokens;
}

void Estimate::add(const Question& question, const PromptConfig& config) {
  ++requests;
  asked += estimated_tokens(question.text) + picture_tokens(question);
  answered_least += estimated_tokens(question.target);
  answered_most += static_cast<std::uint64_t>(config.answer_tokens());
}

std::string to_text(const Estimate& estimate, const PromptConfig& config) {
  std::string text = cat("about ", grouped(estimate.asked), " tokens asked, ",
                         grouped(estimate.answered_least), " to ", grouped(estimate.answered_most),
                         " answered (an estimate: no provider's count)\n");
  const PromptPrices prices = config.prices();
  if (!prices.known()) return text;
  const double least = cost_of(estimate.asked, estimate.answered_least, prices);
  const double most = cost_of(estimate.asked, estimate.answered_most, prices);
  return text + cat("about ", money(least), " to ", money(most), " to pay, at ", prices.in, " and ",
                    prices.out, " a million tokens\n");
}

}  // namespace recombine

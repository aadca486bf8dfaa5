#pragma once
// Two predictors on the same items: what the pairing of their answers says of the difference.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "data/json.h"
#include "eval/scoring/config.h"
#include "eval/scoring/statistics.h"

namespace recombine {

/// An item that both were asked: how many of its queries each answered exactly, and alone so.
struct PairedItem {
  int queries = 0;
  int both_right = 0;
  int only_first = 0;
  int only_second = 0;
};

/// How often one of the two did better, and how likely so uneven a count is where neither is
/// better: the exact two-sided binomial test at one half (McNemar 1947).
struct Discordance {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  double p = 1;
  double p_holm = 1;  ///< corrected for all comparisons that were made beside it (Holm 1979)

  friend bool operator==(const Discordance&, const Discordance&) = default;
};

struct Comparison {
  std::string split;
  std::string data_digest;
  std::array<int, 2> reports{};      ///< places in the list of reports
  std::array<std::string, 2> names;  ///< of their predictors
  std::uint64_t items = 0;           ///< planned for both
  std::uint64_t queries = 0;
  std::uint64_t both_right = 0;
  std::uint64_t neither_right = 0;
  Discordance answers;  ///< by query: McNemar's test as usual, which takes answers as independent
  Discordance by_item;  ///< by item, where one has more queries right: an item is one draw
  Interval difference;  ///< exact of the first less exact of the second; items are resampled
  double smallest_difference = 0;  ///< that this set shows in four of five tries
  bool told_apart = false;  ///< by_item.p_holm is below 0.05, and 0 is outside of the interval

  friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// 2 P(X <= min(a, b)) for X binomial (a + b, 1/2), at most 1; 1 where both are 0.
double sign_test(std::uint64_t a, std::uint64_t b);

/// The p-values corrected by Holm's step-down method, in their order.
std::vector<double> holm(std::span<const double> p);

/// Counts, tests and interval of one pair; Holm's correction, the smallest difference and the
/// verdict are those of finish_comparisons(). Deterministic: the draws are those of (seed,
/// kBootstrap).
Comparison compare(std::span<const PairedItem> items, const EvaluateConfig& config);

/// What depends on how many comparisons there are. `errors`: the standard error of each difference.
void finish_comparisons(std::span<Comparison> comparisons, std::span<const double> errors);

/// The standard error of the difference, with an item as the unit.
double difference_error(std::span<const PairedItem> items);

Json to_json(const Comparison& comparison);
Comparison comparison_of(const Json& json);

}  // namespace recombine

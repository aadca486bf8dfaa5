#include "eval/scoring/comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/random.h"

namespace recombine {
namespace {

constexpr double kLevel = 0.05;
constexpr double kPower = 0.8;
constexpr std::uint32_t kPairedPart = 1;  // of the bootstrap's stream: apart from intervals

/// x with P(Z > x) = tail for a standard normal Z; tail is in (0, 1).
double normal_quantile(double tail) {
  return boost::math::quantile(boost::math::complement(boost::math::normal(), tail));
}

struct Sums {
  std::int64_t difference = 0;
  std::int64_t queries = 0;

  void add(const PairedItem& item) {
    difference += item.only_first - item.only_second;
    queries += item.queries;
  }
  double share() const {
    return queries == 0 ? 0 : static_cast<double>(difference) / static_cast<double>(queries);
  }
};

/// Where all items have the same difference, resampling says nothing: the interval of its size is
/// Wilson's with an item as the unit, on both sides of 0 where there is none.
Interval interval_of_alike(double difference, std::size_t items) {
  Interval size = wilson_interval(std::abs(difference), static_cast<double>(items));
  size.method = "wilson over items";
  if (difference == 0) size.low = -size.high;
  if (difference < 0) {
    std::swap(size.low, size.high);
    for (double* end : {&size.value, &size.low, &size.high}) *end = -*end;
  }
  return size;
}

Interval difference_interval(std::span<const PairedItem> items, const EvaluateConfig& config) {
  Sums all;
  for (const PairedItem& item : items) all.add(item);
  const bool alike = std::ranges::all_of(items, [&](const PairedItem& item) {
    return (item.only_first - item.only_second) * all.queries == all.difference * item.queries;
  });
  if (alike) return interval_of_alike(all.share(), items.size());
  std::vector<double> shares;
  for (int round = 0; round < config.resamples; ++round) {
    check_interrupted("nothing was written; run it again");
    CounterRandom random(config.seed, static_cast<std::uint64_t>(round), Stream::kBootstrap,
                         kPairedPart);
    Sums sums;
    for (std::size_t draw = 0; draw < items.size(); ++draw)
      sums.add(items[random.below(static_cast<std::uint32_t>(items.size()))]);
    shares.push_back(sums.share());
  }
  std::ranges::sort(shares);
  return {all.share(), percentile(shares, 0.025), percentile(shares, 0.975), 0.95,
          cat("paired bootstrap over items, ", config.resamples, " resamples")};
}

/// The fewest answers, all one way, that the exact test calls uneven at `level`.
double fewest_discordant(double level) { return std::ceil(1 - std::log2(level)); }

Json discordance_json(const Discordance& counts, const char* first, const char* second) {
  return {
      {first, counts.first}, {second, counts.second}, {"p", counts.p}, {"p_holm", counts.p_holm}};
}

Discordance discordance_of(const Json& json, const char* first, const char* second) {
  return {whole<std::uint64_t>(json.at(first)), whole<std::uint64_t>(json.at(second)),
          json.at("p").get<double>(), json.at("p_holm").get<double>()};
}

/// Corrects one of the tests of all comparisons.
void correct(std::span<Comparison> comparisons, Discordance Comparison::*test) {
  std::vector<double> p;
  for (const Comparison& comparison : comparisons) p.push_back((comparison.*test).p);
  const std::vector<double> corrected = holm(p);
  for (std::size_t i = 0; i < p.size(); ++i) (comparisons[i].*test).p_holm = corrected[i];
}

}  // namespace

double sign_test(std::uint64_t a, std::uint64_t b) {
  if (a + b == 0) return 1;
  const boost::math::binomial even(static_cast<double>(a + b), 0.5);
  return std::min(1.0, 2 * boost::math::cdf(even, static_cast<double>(std::min(a, b))));
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> corrected(p.size());
  double least = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const std::size_t i = order[rank];
    least = std::max(least, std::min(1.0, static_cast<double>(p.size() - rank) * p[i]));
    corrected[i] = least;
  }
  return corrected;
}

double difference_error(std::span<const PairedItem> items) {
  if (items.size() < 2) return 0;
  Sums all;
  for (const PairedItem& item : items) all.add(item);
  double squares = 0;
  for (const PairedItem& item : items) {
    const double rest = item.only_first - item.only_second - all.share() * item.queries;
    squares += rest * rest;
  }
  const auto n = static_cast<double>(items.size());
  return std::sqrt(n / (n - 1) * squares) / static_cast<double>(all.queries);
}

Comparison compare(std::span<const PairedItem> items, const EvaluateConfig& config) {
  Comparison result;
  for (const PairedItem& item : items) {
    const int wrong = item.queries - item.both_right - item.only_first - item.only_second;
    ++result.items;
    result.queries += static_cast<std::uint64_t>(item.queries);
    result.both_right += static_cast<std::uint64_t>(item.both_right);
    result.neither_right += static_cast<std::uint64_t>(wrong);
    result.answers.first += static_cast<std::uint64_t>(item.only_first);
    result.answers.second += static_cast<std::uint64_t>(item.only_second);
    result.by_item.first += item.only_first > item.only_second ? 1 : 0;
    result.by_item.second += item.only_first < item.only_second ? 1 : 0;
  }
  for (Discordance* test : {&result.answers, &result.by_item})
    test->p = sign_test(test->first, test->second);
  result.difference = difference_interval(items, config);
  return result;
}

void finish_comparisons(std::span<Comparison> comparisons, std::span<const double> errors) {
  correct(comparisons, &Comparison::answers);
  correct(comparisons, &Comparison::by_item);
  const double level = kLevel / static_cast<double>(std::max<std::size_t>(comparisons.size(), 1));
  const double reach = normal_quantile(level / 2) + normal_quantile(1 - kPower);
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    Comparison& one = comparisons[i];
    const double least =
        fewest_discordant(level) / static_cast<double>(std::max<std::uint64_t>(one.queries, 1));
    one.smallest_difference = std::min(1.0, std::max(reach * errors[i], least));
    const bool holds_zero = one.difference.low <= 0 && one.difference.high >= 0;
    one.told_apart = one.by_item.p_holm < kLevel && !holds_zero;
  }
}

Json to_json(const Comparison& comparison) {
  const auto side = [&](std::size_t i) {
    return Json{{"report", comparison.reports.at(i)}, {"name", comparison.names.at(i)}};
  };
  return {
      {"split", comparison.split},
      {"data_digest", comparison.data_digest},
      {"first", side(0)},
      {"second", side(1)},
      {"items", comparison.items},
      {"queries", comparison.queries},
      {"both_right", comparison.both_right},
      {"neither_right", comparison.neither_right},
      {"mcnemar", discordance_json(comparison.answers, "only_first", "only_second")},
      {"mcnemar_by_item", discordance_json(comparison.by_item, "first_better", "second_better")},
      {"difference", to_json(comparison.difference)},
      {"smallest_difference", comparison.smallest_difference},
      {"told_apart", comparison.told_apart}};
}

Comparison comparison_of(const Json& json) {
  Comparison result;
  result.split = json.at("split").get<std::string>();
  result.data_digest = json.at("data_digest").get<std::string>();
  const std::array<const Json*, 2> sides = {&json.at("first"), &json.at("second")};
  for (std::size_t i = 0; i < 2; ++i) {
    result.reports.at(i) = whole<int>(sides.at(i)->at("report"));
    result.names.at(i) = sides.at(i)->at("name").get<std::string>();
  }
  result.items = whole<std::uint64_t>(json.at("items"));
  result.queries = whole<std::uint64_t>(json.at("queries"));
  result.both_right = whole<std::uint64_t>(json.at("both_right"));
  result.neither_right = whole<std::uint64_t>(json.at("neither_right"));
  result.answers = discordance_of(json.at("mcnemar"), "only_first", "only_second");
  result.by_item = discordance_of(json.at("mcnemar_by_item"), "first_better", "second_better");
  result.difference = interval_of(json.at("difference"));
  result.smallest_difference = json.at("smallest_difference").get<double>();
  result.told_apart = json.at("told_apart").get<bool>();
  return result;
}

}  // namespace recombine

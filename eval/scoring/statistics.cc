#include "eval/scoring/statistics.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/random.h"

namespace recombine {
namespace {

constexpr double kNormalQuantile = 1.959963984540054;  // two-sided 95 %

Count sum_of(std::span<const std::vector<Count>> clusters, std::size_t figure) {
  Count sum;
  for (const auto& cluster : clusters) sum += cluster[figure];
  return sum;
}

/// The counts one behind the other, so that a draw touches one place of memory.
std::vector<Count> in_one_piece(std::span<const std::vector<Count>> clusters) {
  std::vector<Count> counts;
  counts.reserve(clusters.size() * clusters.front().size());
  for (const auto& cluster : clusters) counts.insert(counts.end(), cluster.begin(), cluster.end());
  return counts;
}

/// Per figure, its share in every resample, sorted.
std::vector<std::vector<double>> resample(std::span<const std::vector<Count>> clusters,
                                          std::uint64_t seed,
                                          int resamples) {
  const std::size_t figures = clusters.front().size();
  const std::vector<Count> counts = in_one_piece(clusters);
  std::vector<std::vector<double>> shares(figures);
  std::vector<Count> sums(figures);
  for (int round = 0; round < resamples; ++round) {
    check_interrupted("nothing was written; run it again");
    CounterRandom random(seed, static_cast<std::uint64_t>(round), Stream::kBootstrap);
    std::ranges::fill(sums, Count{});
    for (std::size_t draw = 0; draw < clusters.size(); ++draw) {
      const std::size_t drawn = random.below(static_cast<std::uint32_t>(clusters.size()));
      const Count* cluster = &counts[drawn * figures];
      for (std::size_t i = 0; i < figures; ++i) sums[i] += cluster[i];
    }
    for (std::size_t i = 0; i < figures; ++i) shares[i].push_back(sums[i].share());
  }
  for (auto& figure : shares) std::ranges::sort(figure);
  return shares;
}

/// Whether all clusters that count have one and the same share.
bool all_alike(std::span<const std::vector<Count>> clusters, std::size_t figure, const Count& sum) {
  return std::ranges::all_of(clusters, [&](const std::vector<Count>& cluster) {
    return cluster[figure].right * sum.of == sum.right * cluster[figure].of;
  });
}

}  // namespace

Json to_json(const Interval& interval) {
  return {{"value", interval.value},
          {"low", interval.low},
          {"high", interval.high},
          {"level", interval.level},
          {"method", interval.method}};
}

Interval interval_of(const Json& json) {
  for (const char* key : {"value", "low", "high"}) {
    const auto share = json.at(key).get<double>();
    require_data(share >= -1 && share <= 1, "a share is ", share,
                 "; must be 0 to 1 (a difference -1 to 1)");
  }
  return {json.at("value").get<double>(), json.at("low").get<double>(),
          json.at("high").get<double>(), json.at("level").get<double>(),
          json.at("method").get<std::string>()};
}

double percentile(std::span<const double> sorted, double part) {
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(part * last))];
}

Interval wilson_interval(double share, double n) {
  const double z2 = kNormalQuantile * kNormalQuantile;
  const double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half =
      kNormalQuantile / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  // Exact at the ends, where the formula leaves a rounding error.
  const double low = share <= 0 ? 0.0 : std::max(0.0, centre - half);
  const double high = share >= 1 ? 1.0 : std::min(1.0, centre + half);
  return {share, low, high, 0.95, "wilson"};
}

Interval wilson_interval(const Count& count) {
  if (count.of == 0) return {0, 0, 1, 0.95, "nothing counted"};
  return wilson_interval(count.share(), static_cast<double>(count.of));
}

std::vector<Interval> cluster_intervals(std::span<const std::vector<Count>> clusters,
                                        std::uint64_t seed,
                                        int resamples) {
  if (clusters.empty()) return {};
  const auto shares = resample(clusters, seed, resamples);
  std::vector<Interval> intervals;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const Count sum = sum_of(clusters, i);
    if (sum.of == 0) {
      intervals.push_back(wilson_interval(sum));
    } else if (all_alike(clusters, i, sum)) {
      const auto counted = std::ranges::count_if(
          clusters, [&](const std::vector<Count>& cluster) { return cluster[i].of > 0; });
      intervals.push_back(wilson_interval(sum.share(), static_cast<double>(counted)));
      intervals.back().method = "wilson over episodes";
    } else {
      intervals.push_back({sum.share(), percentile(shares[i], 0.025), percentile(shares[i], 0.975),
                           0.95, cat("bootstrap over episodes, ", resamples, " resamples")});
    }
  }
  return intervals;
}

}  // namespace recombine

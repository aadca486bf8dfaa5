#pragma once
// How sure a share is.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "data/json.h"

namespace recombine {

/// A share with the interval that it is in at confidence `level`.
struct Interval {
  double value = 0;
  double low = 0;
  double high = 0;
  double level = 0.95;
  std::string method;  ///< how the interval was made

  friend bool operator==(const Interval&, const Interval&) = default;
};

Json to_json(const Interval& interval);
/// The way back; throws Json::exception where it is none.
Interval interval_of(const Json& json);

/// A share as it was counted.
struct Count {
  std::uint64_t right = 0;
  std::uint64_t of = 0;

  double share() const {
    return of == 0 ? 0 : static_cast<double>(right) / static_cast<double>(of);
  }
  Count& operator+=(const Count& other) {
    right += other.right;
    of += other.of;
    return *this;
  }
  friend bool operator==(const Count&, const Count&) = default;
};

/// The score interval of Wilson (1927) at 95 %, for answers that are independent. 0..1 where
/// nothing was counted.
Interval wilson_interval(const Count& count);
/// The same of a share of `n` independent draws, n > 0.
Interval wilson_interval(double share, double n);

/// The value below which `part` of the sorted values are (nearest rank). Requires one value.
double percentile(std::span<const double> sorted, double part);

/// The interval of each of N shares, counted in clusters of answers that depend on each other (the
/// queries of an episode share its study pairs): percentiles of shares over clusters drawn with
/// replacement. Where all clusters are equally right, resampling says nothing, and the interval is
/// Wilson's with a cluster as the unit. Deterministic: the draws are those of (seed, kBootstrap).
/// All clusters have counts for the same shares. Requires resamples >= 1.
std::vector<Interval> cluster_intervals(std::span<const std::vector<Count>> clusters,
                                        std::uint64_t seed,
                                        int resamples);

}  // namespace recombine

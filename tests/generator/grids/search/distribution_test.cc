// Our stream has the distribution of the published one: the counts of the
// 100,000 published episodes, by Pearson's chi-square on 20,000 of ours.

#include <map>

#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"

namespace recombine {
namespace {

using Counts = std::map<std::string, double>;

constexpr int kEpisodes = 20000;

struct Observed {
  Counts shape_role, colour_role, indicator_role, triplets, sizes, indicators;
};

const Observed& observed() {
  static const Observed kObserved = [] {
    Observed counts;
    const EpisodeMaker maker(GridConfig{}, 4);
    for (int i = 0; i < kEpisodes; ++i) {
      const Grammar grammar = maker.make(static_cast<std::uint64_t>(i)).grammar;
      ++counts.shape_role[grammar.shape_rule().type];
      ++counts.colour_role[grammar.colour_rule().type];
      ++counts.indicator_role[grammar.indicator_rule().type];
      ++counts.triplets[triplet(grammar)];
      ++counts.sizes[std::to_string(grammar.role_shape.size() / 2)];
      ++counts.indicators[grammar.indicators[0].shape];
    }
    return counts;
  }();
  return kObserved;
}

/// Pearson's statistic of our counts against the published ones, both being samples.
double chi_square(const Counts& ours, const Counts& published) {
  double total = 0;
  for (const auto& [name, count] : published) total += count;
  double sum = 0;
  for (const auto& [name, count] : published) {
    const double expected = count * kEpisodes / total;
    const double found = ours.contains(name) ? ours.at(name) : 0;
    // The published counts vary as well: the difference has variance n p (1 + n / N).
    sum += (found - expected) * (found - expected) / (expected * (1 + kEpisodes / total));
  }
  return sum;
}

// Limits are the 99.99 % points of the chi-square distribution with (values - 1) degrees of
// freedom.
TEST(CounterStream, DrawsTypesForRolesAsThePublishedStreamDoes) {
  constexpr double kFourDegrees = 23.5;
  EXPECT_LT(chi_square(observed().shape_role, {{"set_color", 23138},
                                               {"translation", 22714},
                                               {"grow", 20814},
                                               {"mirror", 17660},
                                               {"rotation", 15674}}),
            kFourDegrees);
  EXPECT_LT(chi_square(observed().colour_role, {{"set_color", 24494},
                                                {"translation", 22783},
                                                {"grow", 18836},
                                                {"mirror", 17576},
                                                {"rotation", 16311}}),
            kFourDegrees);
  EXPECT_LT(chi_square(observed().indicator_role, {{"set_color", 24015},
                                                   {"translation", 22014},
                                                   {"grow", 21388},
                                                   {"mirror", 17345},
                                                   {"rotation", 15238}}),
            kFourDegrees);
}

TEST(CounterStream, DrawsTripletsAsThePublishedStreamDoes) {
  constexpr double kNineDegrees = 33.7;
  EXPECT_LT(chi_square(observed().triplets, {{"grow+set_color+translation", 19352},
                                             {"mirror+set_color+translation", 12541},
                                             {"grow+mirror+set_color", 12070},
                                             {"rotation+set_color+translation", 11165},
                                             {"grow+mirror+translation", 8814},
                                             {"grow+rotation+set_color", 8624},
                                             {"grow+rotation+translation", 8278},
                                             {"mirror+rotation+set_color", 7895},
                                             {"mirror+rotation+translation", 7361},
                                             {"grow+mirror+rotation", 3900}}),
            kNineDegrees);
}

TEST(CounterStream, DrawsShapesAsThePublishedStreamDoes) {
  constexpr double kEightDegrees = 31.8;
  constexpr double kNineDegrees = 33.7;
  EXPECT_LT(chi_square(observed().sizes, {{"1", 9783},
                                          {"2", 28296},
                                          {"3", 26076},
                                          {"4", 13935},
                                          {"5", 9991},
                                          {"6", 5277},
                                          {"7", 3435},
                                          {"8", 2027},
                                          {"9", 1180}}),
            kEightDegrees);
  EXPECT_LT(chi_square(observed().indicators, {{"00", 13859},
                                               {"0001", 11104},
                                               {"0010", 10974},
                                               {"1001", 9901},
                                               {"0011", 8937},
                                               {"011011", 9198},
                                               {"000110", 9065},
                                               {"001011", 9005},
                                               {"00011011", 8964},
                                               {"000111", 8993}}),
            kNineDegrees);
}

}  // namespace
}  // namespace recombine

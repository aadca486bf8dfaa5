// The solver where nothing says which rules a study pair shows.

#include "generator/grids/solver/hidden_sections.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "generator/grids/search/episode.h"
#include "generator/grids/split/split.h"

namespace recombine {
namespace {

Episode without_roles(Episode episode) {
  for (Example& example : episode.study) example.roles = kUnknownRoles;
  std::ranges::reverse(episode.study);
  return episode;
}

TEST(HiddenSections, AreReadFromThePictures) {
  const EpisodeMaker maker(GridConfig{}, 31);
  const RuleSpace space = published_rules();
  for (std::uint64_t index = 0; index < 200; ++index) {
    const Episode episode = reduce(maker.make(index), SplitConfig{});
    const Determination told = determine(episode, space);
    const Determination read = determine_by_pictures(without_roles(episode), space);
    EXPECT_EQ(read.explained, 10) << index;
    EXPECT_GE(read.programs, told.programs) << index;
    EXPECT_LE(read.determined, told.determined) << index;
  }
}

TEST(HiddenSections, AreReadWhateverTheRolesSay) {
  RuleSpace space = published_rules();
  space.any_order = true;
  const EpisodeMaker maker(GridConfig{}, 32);
  for (std::uint64_t index = 0; index < 20; ++index) {
    const Episode episode = reduce(maker.make(index), SplitConfig{});
    const Determination one = determine_by_pictures(episode, space);
    const Determination other = determine_by_pictures(without_roles(episode), space);
    EXPECT_EQ(one.programs, other.programs);
    EXPECT_EQ(one.determined, other.determined);
  }
}

TEST(HiddenSections, HaveTwoReadingsWhereNothingTellsTheIndicator) {
  // A cell moves to the right; painting it 1, or 2, shows nowhere. So either may be the object.
  const auto picture = [](std::string_view text) { return Grid::parse(text, 10); };
  Episode episode;
  episode.study = {{kUnknownRoles, picture("/000001"), picture("/0000001")},
                   {kUnknownRoles, picture("/////000002"), picture("/////0000002")}};
  const Grid query = picture("///1/////2");
  const Grid one_moved_and_grew = picture("//01/01/////2");
  const Grid two_moved_and_grew = picture("///1////02/02");
  episode.queries = {{kAllRoles, query, one_moved_and_grew},
                     {kAllRoles, query, two_moved_and_grew}};
  const Determination found = determine_by_pictures(episode, published_rules());
  EXPECT_EQ(found.programs, 10) << "each reading leaves the indicator five rules";
  EXPECT_EQ(found.determined, 0);
  EXPECT_EQ(found.explained, 2);
}

TEST(HiddenSections, HaveNoAnswerWhereAPairShowsNoRule) {
  const EpisodeMaker maker(GridConfig{}, 33);
  Episode episode = reduce(maker.make(0), SplitConfig{});
  const Colour stray = episode.grammar.role_colour == 5 ? 6 : 5;
  Grid nothing(10);  // neither the shape nor the colour of a role
  for (int place = 0; place < 10; ++place) nothing(place, place) = stray;
  episode.study.push_back({kShapeRole, nothing, nothing});
  const Determination found = determine_by_pictures(episode, published_rules());
  EXPECT_EQ(found.programs, 0);
  EXPECT_EQ(found.explained, 0);
}

}  // namespace
}  // namespace recombine

// What must hold of every transformation, and what each published one does.

#include "generator/grids/rules/transformation.h"

#include <ostream>

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/random.h"
#include "generator/grids/search/draw.h"

namespace recombine {

// gtest prints parameters with it: names without addresses.
void PrintTo(const Transformation* transformation,  // NOLINT(readability-identifier-naming)
             std::ostream* out) {
  *out << transformation->name;
}

namespace {

Object object_of(std::string_view picture) {
  const Grid grid = Grid::parse(picture, 8);
  Object object;
  for (int row = 0; row < 8; ++row) {
    for (int col = 0; col < 8; ++col) {
      if (grid(row, col) == 0) continue;
      object.cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
      object.colour = grid(row, col);
    }
  }
  return object;
}

/// The object after a rule such as {"translation", {{"direction", "x"}, {"step_size", "1"}}}.
std::optional<Object> apply(const Rule& rule, const Object& object) {
  return to_step(rule).apply(object);
}

class EveryTransformation : public testing::TestWithParam<const Transformation*> {
 protected:
  /// Calls `check(choice)` for every choice of parameters.
  template <class Check>
  void for_every_choice(const Check& check) const {
    const auto specs = GetParam()->parameters;
    ASSERT_LE(specs.size(), 2U);
    const int first = specs.empty() ? 1 : static_cast<int>(specs[0].values.size());
    const int second = specs.size() < 2 ? 1 : static_cast<int>(specs[1].values.size());
    for (int i = 0; i < first; ++i) {
      for (int j = 0; j < second; ++j) check(Step{GetParam(), {i, j}});
    }
  }

  static Object random_object(std::uint64_t item) {
    CounterRandom random(1, item, Stream::kSample);
    const int size = draw_integer(random, 1, 9);
    return {draw_walk(random, size, 10), static_cast<Colour>(draw_integer(random, 1, 9))};
  }
};

TEST_P(EveryTransformation, CommutesWithMoves) {
  for_every_choice([](const Step& step) {
    for (std::uint64_t item = 0; item < 30; ++item) {
      const Object object = random_object(item);
      const auto here = step.apply(object);
      const auto there = step.apply({object.cells.moved(3, -2), object.colour});
      ASSERT_EQ(here.has_value(), there.has_value());
      if (here) {
        EXPECT_EQ((Object{here->cells.moved(3, -2), here->colour}), *there);
      }
    }
  });
}

TEST_P(EveryTransformation, MovesTheSameCellsWhateverTheColour) {
  for_every_choice([](const Step& step) {
    for (std::uint64_t item = 0; item < 30; ++item) {
      const Object object = random_object(item);
      const auto one = step.apply({object.cells, 1});
      const auto nine = step.apply({object.cells, 9});
      ASSERT_EQ(one.has_value(), nine.has_value());
      if (one) {
        EXPECT_EQ(one->cells, nine->cells);
      }
    }
  });
}

TEST_P(EveryTransformation, IsPureAndLeavesSomething) {
  for_every_choice([](const Step& step) {
    for (std::uint64_t item = 0; item < 30; ++item) {
      const Object object = random_object(item);
      const auto result = step.apply(object);
      EXPECT_EQ(step.apply(object), result);
      if (result) {
        EXPECT_FALSE(result->cells.empty());
        EXPECT_LT(result->colour, kColours);
      }
    }
  });
}

TEST_P(EveryTransformation, ComesBackFromItsRule) {
  for_every_choice([](const Step& step) { EXPECT_EQ(to_step(to_rule(step)), step); });
}

INSTANTIATE_TEST_SUITE_P(List,
                         EveryTransformation,
                         testing::ValuesIn(transformations().begin(), transformations().end()),
                         [](const auto& instance) { return std::string(instance.param->name); });

TEST(Translation, MovesRightAndDown) {
  const Object object = object_of("3/33");
  EXPECT_EQ(apply({"translation", {{"direction", "x"}, {"step_size", "1"}}}, object),
            object_of("03/033"));
  EXPECT_EQ(apply({"translation", {{"direction", "y"}, {"step_size", "1"}}}, object),
            object_of("/3/33"));
}

TEST(Mirror, FlipsWithinTheBoundingBox) {
  EXPECT_EQ(apply({"mirror", {{"direction", "x"}}}, object_of("3/33")), object_of("33/3"));
  EXPECT_EQ(apply({"mirror", {{"direction", "y"}}}, object_of("3/33")), object_of("03/33"));
  EXPECT_EQ(apply({"mirror", {{"direction", "x"}}}, object_of("3/3")), std::nullopt);
}

TEST(Rotation, SwingsLeftAboutTheTopLeftCorner) {
  const Rule rule{"rotation", {{"rotation_type", "0"}}};
  EXPECT_EQ(apply(rule, object_of("0055")), object_of("005/005"));
  EXPECT_EQ(apply(rule, object_of("005/005")), object_of("055"));
  EXPECT_EQ(apply(rule, object_of("5")), std::nullopt);
  EXPECT_EQ(apply({"rotation", {{"rotation_type", "8"}}}, object_of("0055")),
            apply(rule, object_of("0055")));
}

TEST(SetColor, PaintsAndNeverFails) {
  const Rule rule{"set_color", {{"new_color", "2"}}};
  EXPECT_EQ(apply(rule, object_of("55")), object_of("22"));
  EXPECT_EQ(apply(rule, object_of("22")), object_of("22"));
}

TEST(Grow, AddsCellsUpOrLeft) {
  EXPECT_EQ(apply({"grow", {{"direction", "-x"}}}, object_of("/04")), object_of("04/04"));
  EXPECT_EQ(apply({"grow", {{"direction", "-y"}}}, object_of("/04")), object_of("/44"));
}

TEST(Grow, GivesNothingWhereTheCellsDoNotFit) {
  const Rule up{"grow", {{"direction", "-x"}}};
  const std::string row = "/44444444";
  std::string rows;  // seven of the grid's eight, from the second on
  for (int i = 0; i < 7; ++i) rows += row;
  const Object whole = object_of(row.substr(1) + rows);
  EXPECT_EQ(apply(up, object_of(rows)), whole) << "64 cells are a full set";
  EXPECT_EQ(apply(up, whole), std::nullopt);
}

TEST(Remove, DropsAnEdgeUnlessNothingIsLeft) {
  EXPECT_EQ(apply({"remove", {{"direction", "-x"}}}, object_of("44/4")), object_of("/4"));
  EXPECT_EQ(apply({"remove", {{"direction", "+y"}}}, object_of("44/4")), object_of("4/4"));
  EXPECT_EQ(apply({"remove", {{"direction", "-x"}}}, object_of("44")), std::nullopt);
}

TEST(Reshape, PutsAPatternAtTheCorner) {
  EXPECT_EQ(apply({"reshape", {{"pattern", "plus"}}}, object_of("/07")),
            object_of("/007/0777/007"));
}

TEST(FindTransformation, NamesTheNearest) {
  try {
    find_transformation("rotaton");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("'rotation'"), std::string::npos);
  }
}

}  // namespace
}  // namespace recombine

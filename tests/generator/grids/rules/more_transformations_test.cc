// What each transformation beyond the published ones does, drawn by hand.

#include <set>

#include <gtest/gtest.h>

#include "generator/grids/rules/transformation.h"

namespace recombine {
namespace {

struct Drawn {
  std::string_view type;
  std::string_view parameter;
  std::string_view value;
  std::string_view before;
  std::string_view after;  ///< "": nothing
};

constexpr int kDrawnSide = 9;

Object drawn_object(std::string_view picture) {
  const Grid grid = Grid::parse(picture, kDrawnSide);
  Object object;
  for (int row = 0; row < kDrawnSide; ++row) {
    for (int col = 0; col < kDrawnSide; ++col) {
      if (grid(row, col) == 0) continue;
      object.cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
      object.colour = grid(row, col);
    }
  }
  return object;
}

constexpr std::array kDrawn = std::to_array<Drawn>({
    {"transpose", "diagonal", "main", "333/003", "3/3/33"},
    {"transpose", "diagonal", "anti", "333/003", "33/03/03"},
    {"transpose", "diagonal", "main", "33/3", ""},
    {"scale", "factor", "2", "30/33", "3300/3300/3333/3333"},
    {"scale", "factor", "3", "/03", "/0333/0333/0333"},
    {"stretch", "lines", "rows", "30/33", "3/3/33/33"},
    {"stretch", "lines", "columns", "30/33", "33/3333"},
    {"compress", "lines", "rows", "3/3/33/33", "30/33"},
    {"compress", "lines", "columns", "33/3333", "30/33"},
    {"compress", "lines", "columns", "30/33", ""},
    {"hollow", "neighbours", "4", "333/333/333", "333/303/333"},
    {"hollow", "neighbours", "4", "030/333/030", "030/303/030"},
    {"hollow", "neighbours", "8", "030/333/030", ""},
    {"erode", "neighbours", "4", "030/333/030", "/03"},
    {"erode", "neighbours", "8", "3333/3333/3333", "/033"},
    {"erode", "neighbours", "8", "33", ""},
    {"dilate", "neighbours", "4", "/03", "030/333/030"},
    {"dilate", "neighbours", "8", "/033", "3333/3333/3333"},
    {"outline", "neighbours", "4", "/03", "030/303/030"},
    {"outline", "neighbours", "8", "/03", "333/303/333"},
    {"fill_holes", "neighbours", "4", "030/303/030", "030/333/030"},
    {"fill_holes", "neighbours", "8", "030/303/030", ""},
    {"fill_holes", "neighbours", "8", "333/303/333", "333/333/333"},
    {"crop", "side", "up", "33/03/33", "33/03"},
    {"crop", "side", "left", "333/003", "33"},
    {"crop", "side", "down", "33/03/33", "/03/33"},
    {"crop", "side", "right", "333/003", "033/003"},
    {"crop", "side", "right", "3/3", ""},
    {"duplicate", "side", "up", "//33/3", "33/3/33/3"},
    {"duplicate", "side", "left", "0033/003", "3333/303"},
    {"duplicate", "side", "down", "33/3", "33/3/33/3"},
    {"duplicate", "side", "right", "33/3", "3333/303"},
    {"unfold", "side", "up", "//33/3", "3/33/33/3"},
    {"unfold", "side", "left", "0033/003", "3333/033"},
    {"unfold", "side", "down", "33/3", "33/3/3/33"},
    {"unfold", "side", "right", "33/3", "3333/3003"},
    {"shear", "side", "right", "33/33/33", "33/033/0033"},
    {"shear", "side", "left", "0033/0033", "0033/033"},
    {"shear", "side", "down", "333", "3/03/003"},
    {"shear", "side", "up", "//333", "003/03/3"},
    {"zigzag", "side", "right", "3/3/3", "3/03/3"},
    {"zigzag", "side", "left", "03/03/03", "03/3/03"},
    {"zigzag", "side", "down", "333", "303/03"},
    {"zigzag", "side", "up", "/333", "03/303"},
    {"roll", "side", "right", "303/030", "33/003"},
    {"roll", "side", "left", "303/030", "033/3"},
    {"roll", "side", "down", "33/3/3", "3/33/3"},
    {"roll", "side", "up", "33/3/3", "3/3/33"},
    {"fall", "side", "down", "33/03/30/03", "00/03/33/33"},
    {"fall", "side", "up", "03/30/03", "33/03"},
    {"fall", "side", "left", "303/033", "33/33"},
    {"fall", "side", "right", "303/330", "033/033"},
    {"extend", "side", "up", "/30/33", "3/30/33"},
    {"extend", "side", "left", "003/033", "003/333"},
    {"extend", "side", "down", "30/33", "30/33/33"},
    {"extend", "side", "right", "30/33", "30/333"},
    {"jump", "side", "up", "//33/3", "33/3"},
    {"jump", "side", "left", "000333", "333"},
    {"jump", "side", "down", "33/3", "//33/3"},
    {"jump", "side", "right", "33/3", "0033/003"},
    {"stripes", "lines", "rows", "33/33/33", "33/00/33"},
    {"stripes", "lines", "columns", "3333/3333", "303/303"},
    {"checker", "cells", "even", "333/333/333", "303/030/303"},
    {"checker", "cells", "odd", "333/333/333", "030/303/030"},
    {"bounding_box", "part", "all", "300/003", "333/333"},
    {"bounding_box", "part", "border", "030/333/003", "333/303/333"},
    {"bounding_box", "part", "corners", "030/333/003", "303/000/303"},
    {"diagonal", "diagonal", "main", "333/303/333", "3/03/003"},
    {"diagonal", "diagonal", "anti", "3333/3333", "0033/33"},
    {"swap_edges", "lines", "rows", "333/03/3", "3/03/333"},
    {"swap_edges", "lines", "columns", "3/303/3", "003/303/003"},
    {"fill_between", "lines", "rows", "3003/03", "3333/03"},
    {"fill_between", "lines", "columns", "33/0/3", "33/3/3"},
    {"invert", "within", "box", "303/3", "030/033"},
    {"invert", "within", "rows", "303/3", "03"},
    {"invert", "within", "columns", "33/0/3", "/3"},
    {"invert", "within", "rows", "33/3", ""},
    {"part", "lines", "rows", "33/33/33", "33/33/00/33"},
    {"part", "lines", "columns", "33/33", "303/303"},
    {"part", "lines", "columns", "3/3", ""},
    {"bar", "direction", "right", "33/3", "333"},
    {"bar", "direction", "down", "33/3", "3/3/3"},
    {"bar", "direction", "down", "3/3", ""},
    {"shift_color", "amount", "1", "33", "44"},
    {"shift_color", "amount", "8", "33", "22"},
    {"shift_color", "amount", "2", "99", "22"},
    {"count_color", "counted", "cells", "77/7", "33/3"},
    {"count_color", "counted", "rows", "77/7/7/7", "44/4/4/4"},
    {"count_color", "counted", "columns", "777/7", "333/3"},
    {"count_color", "counted", "cells", "77777/77777", ""},
});

class DrawnTransformation : public testing::TestWithParam<Drawn> {};

TEST_P(DrawnTransformation, DoesWhatIsDrawn) {
  const Drawn& drawn = GetParam();
  const Rule rule{std::string(drawn.type),
                  {{std::string(drawn.parameter), std::string(drawn.value)}}};
  const auto result = to_step(rule).apply(drawn_object(drawn.before));
  ASSERT_EQ(result.has_value(), !drawn.after.empty());
  if (result) {
    EXPECT_EQ(*result, drawn_object(drawn.after));
  }
}

INSTANTIATE_TEST_SUITE_P(List,
                         DrawnTransformation,
                         testing::ValuesIn(kDrawn.begin(), kDrawn.end()),
                         [](const auto& instance) {
                           return std::string(instance.param.type) + "_" +
                                  std::to_string(instance.index);
                         });

TEST(DrawnTransformations, AreAllThatHaveNoTestOfTheirOwn) {
  const std::set<std::string_view> others = {"translation", "mirror", "rotation", "set_color",
                                             "grow",        "remove", "reshape"};
  std::set<std::string_view> drawn;
  for (const Drawn& one : kDrawn) drawn.insert(one.type);
  for (const Transformation* transformation : transformations())
    EXPECT_NE(drawn.contains(transformation->name), others.contains(transformation->name))
        << transformation->name;
}

// Nobody draws parameters that are equal to those of another type for ever.
TEST(DrawnTransformations, HaveAParameterWithSeveralValues) {
  for (const Transformation* transformation : transformations()) {
    ASSERT_FALSE(transformation->parameters.empty()) << transformation->name;
    EXPECT_GE(transformation->parameters[0].values.size(), 2U) << transformation->name;
  }
}

}  // namespace
}  // namespace recombine

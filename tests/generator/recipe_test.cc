// Recipes that a person may bring: what is wrong with them is bad data, told in one line.

#include "generator/facts/recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/remake.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class BadRecipe : public testing::Test {
 protected:
  /// What is said of a recipe, of one set or of a folder; nothing may be written.
  std::string refusal(const char* text) const {
    const Json recipe = Json::parse(text);
    WriteOptions options;
    options.folder = folder_ / "out";
    options.quiet = true;
    std::string message = message_of<DataError>([&] {
      if (is_folder_recipe(recipe)) {
        remake_folder(recipe, options);
      } else {
        remake(recipe, options);
      }
    });
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << text;
    return message;
  }

  TemporaryFolder folder_;
};

TEST_F(BadRecipe, IsNoObject) {
  for (const char* text : {"[]", "3", "null", "\"family\""})
    EXPECT_EQ(refusal(text), "recipe: is no JSON object") << text;
}

TEST_F(BadRecipe, OfASetHasAValueOfTheWrongKind) {
  for (const char* text : {
           R"({})",
           R"({"family": 5})",
           R"({"family": ["facts"]})",
           R"({"family": "grids", "stream": 5})",
           R"({"family": "grids", "stream": "counter", "seed": 1, "count": 2, "options": 5})",
           R"({"family": "grids", "stream": "counter", "seed": 1, "count": 2, "options": [5]})",
           R"({"family": "grids", "stream": "counter", "seed": 1, "count": "x", "options": {}})",
           R"({"family": "grids", "stream": "counter", "seed": -1, "count": 2, "options": {}})",
           R"({"family": "grids", "stream": "counter", "seed": 1, "count": 2.5, "options": {}})",
           R"({"family": "grids", "digest": 7})",
           R"({"family": "grids", "split": []})",
           R"({"family": "grids", "split": {"set": "train", "options": {}}, "parent": []})",
           R"({"family": "facts"})",
           R"({"family": "facts", "seed": 1.5, "set": "train", "options": {}})",
           R"({"family": "facts", "seed": 1, "set": 5, "options": {}})",
           R"({"family": "facts", "seed": 1, "set": "train", "options": {"entities": [1]}})",
       }) {
    EXPECT_THAT(refusal(text), StartsWith("recipe: ")) << text;
  }
}

TEST_F(BadRecipe, OfAFolderHasAValueOfTheWrongKind) {
  const auto with_sets = [](const char* sets) {
    return cat(R"({"family": "facts", "seed": 1, "options": {}, "sets": )", sets, "}");
  };
  for (const char* sets : {"[]", "5", R"({"train": 5})", R"({"train": {"count": "x"}})",
                           R"({"train": {"count": 1.5}})", R"({"train": {"digest": 7}})"}) {
    EXPECT_THAT(refusal(with_sets(sets).c_str()), StartsWith("recipe: sets")) << sets;
  }
  EXPECT_THAT(refusal(R"({"family": "grids", "sets": {}, "split": []})"),
              StartsWith("recipe: split must be an object"));
  EXPECT_THAT(refusal(R"({"family": "grids", "sets": {}})"), StartsWith("recipe: split must"));
  EXPECT_THAT(refusal(R"({"family": 5, "sets": {}})"), StartsWith("recipe: family"));
}

TEST_F(BadRecipe, NamesTheOptionAtFault) {
  EXPECT_THAT(refusal(R"({"family": "grids", "stream": "counter", "seed": 1, "count": 2,
                          "options": {"side": "wide"}})"),
              AllOf(StartsWith("recipe: "), HasSubstr("--side wide")));
  const auto split_with = [](const char* option, const char* value) {
    const Json recipe = {{"split", {{"set", "train"}, {"options", {{option, value}}}}},
                         {"parent", Json::object()}};
    return message_of<DataError>([&] { read_split_recipe(recipe); });
  };
  EXPECT_EQ(split_with("seed", "7"), "nothing thrown");
  EXPECT_THAT(split_with("seed", "x"), StartsWith("recipe: --seed x"));
  EXPECT_THAT(split_with("axis", "colours"), StartsWith("recipe: --axis colours"));
  EXPECT_EQ(split_with("size", "7"), "recipe: unknown option 'size'");
}

TEST_F(BadRecipe, IsNotOfWhatItsReaderMakes) {
  EXPECT_EQ(message_of<DataError>([] {
              read_grid_recipe(Json{{"family", "grids"}});
            }),
            "recipe: is not the recipe of generated grids");
  EXPECT_EQ(message_of<DataError>([] {
              read_fact_recipe(Json{{"family", "grids"}});
            }),
            "recipe: is not of facts");
  const Json above = {{"split", {{"set", "../../data"}, {"options", Json::object()}}},
                      {"parent", Json::object()}};
  EXPECT_EQ(message_of<DataError>([&] { read_split_recipe(above); }),
            "recipe: a split has no set '../../data'");
}

}  // namespace
}  // namespace recombine

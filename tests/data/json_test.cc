#include "data/json.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/carc/carc_config.h"
#include "data/formats/format.h"
#include "data/formats/json_list.h"
#include "data/formats/split_names.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

/// Lists within each other.
std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

/// As deep as overflows the stack where a Json of it is copied.
const std::string kDeep = nested(200'000);

TEST(ParseJson, GivesWhatTheLibraryGives) {
  for (const std::string_view text :
       {"null", "[]", R"({"b": [1, {"a": 2.5}], "a": "[[\"{", "b": 3})"}) {
    EXPECT_EQ(parse_json(text).dump(), Json::parse(text).dump()) << text;
    EXPECT_EQ(try_parse_json(text), Json::parse(text)) << text;
  }
  for (const std::string_view text : {"", "{", "[1,]", "[1] 2", "nul"}) {
    EXPECT_EQ(message_of<Json::parse_error>([&] { parse_json(text); }),
              message_of<Json::parse_error>([&] { return Json::parse(text); }))
        << text;
    EXPECT_TRUE(try_parse_json(text).is_discarded()) << text;
  }
}

TEST(ParseJson, RefusesWhatIsNestedTooDeeply) {
  EXPECT_EQ(parse_json(nested(kMaxJsonLevels)).dump(), nested(kMaxJsonLevels));
  const auto refusal = [](const std::string& text) {
    return message_of<Json::parse_error>([&] { parse_json(text); });
  };
  EXPECT_THAT(refusal(nested(kMaxJsonLevels + 1)), HasSubstr("nested deeper than 200 levels"));
  EXPECT_TRUE(try_parse_json(kDeep).is_discarded());
  std::string objects;
  for (int level = 0; level < 201; ++level) objects += R"({"[": )";
  EXPECT_THAT(refusal(objects + "1" + std::string(201, '}')), HasSubstr("nested deeper"));
}

TEST(ParseJson, CountsLevelsAndNotBrackets) {
  std::string many = "[";
  for (int i = 0; i < 1000; ++i) many += R"({"a": []}, )";
  EXPECT_EQ(parse_json(many + "0]").size(), 1001U);
  const std::string text = std::string(300, '[') + R"(\"\\)" + std::string(300, '{');
  EXPECT_EQ(parse_json(cat("[\"", text, "\"]")).size(), 1U);
}

TEST(WholeNumber, IsNothingElse) {
  EXPECT_EQ(whole_number(Json(7), "n", 9), 7U);
  EXPECT_EQ(whole_number(Json::parse("18446744073709551615"), "n"), 18446744073709551615U);
  for (const char* text : {"-1", "10", "3.9", "9.0", "\"7\"", "null", "true", "[7]", "4294967303",
                           "18446744073709551615"}) {
    EXPECT_EQ(message_of<DataError>([&] { whole_number(Json::parse(text), "n", 9); }),
              cat("n is ", Json::parse(text).dump(), "; must be a whole number from 0 to 9"));
  }
}

TEST(Whole, ReadsNoOtherNumber) {
  EXPECT_EQ(whole<int>(Json(-7)), -7);
  EXPECT_EQ(whole<std::int64_t>(Json::parse("-9223372036854775808")), INT64_MIN);
  EXPECT_EQ(whole<std::uint64_t>(Json::parse("18446744073709551615")), UINT64_MAX);
  for (const char* text : {"3.9", "1e300", "\"7\"", "null", "[7]", "18446744073709551616"}) {
    const Json value = Json::parse(text);
    EXPECT_THROW(whole<int>(value), Json::type_error) << text;
    EXPECT_THROW(whole<std::int64_t>(value), Json::type_error) << text;
    EXPECT_THROW(whole<std::uint64_t>(value), Json::type_error) << text;
  }
  EXPECT_THROW(whole<int>(Json::parse("2147483648")), Json::type_error);
  EXPECT_THROW(whole<std::int64_t>(Json::parse("9223372036854775808")), Json::type_error);
  EXPECT_THROW(whole<std::uint64_t>(Json::parse("-1")), Json::type_error);
}

TEST(Whole, ReadsMembersAndCounts) {
  const Json json = Json::parse(R"({"a": 3, "b": {"x": 1, "y": 2}, "c": {"x": -1}})");
  EXPECT_EQ(whole_or(json, "a", 5), 3U);
  EXPECT_EQ(whole_or(json, "none", 5), 5U);
  EXPECT_EQ(whole_counts(json["b"]), (std::map<std::string, std::uint64_t>{{"x", 1}, {"y", 2}}));
  EXPECT_THROW(whole_counts(json["c"]), Json::type_error);
  EXPECT_THROW(whole_counts(json["a"]), Json::type_error);
}

TEST(DeepJson, IsRefusedInAManifest) {
  const TemporaryFolder folder;
  write_file(
      folder / "manifest.json",
      cat(R"({"schema": "recombine.dataset/1", "family": "grids", "count": 0, "digest": "",)",
          R"("shards": [], "recipe": )", kDeep, "}"));
  const auto message = message_of<DataError>([&] { read_manifest(folder.path()); });
  EXPECT_THAT(message, HasSubstr("manifest.json: is not a manifest"));
  EXPECT_THAT(message, HasSubstr("nested deeper than 200 levels"));
}

TEST(DeepJson, IsRefusedByEveryImport) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "tasks");
  write_file(folder / "tasks/t.json", kDeep);
  write_file(folder / "x_challenges.json", kDeep);
  write_file(folder / "x_solutions.json", kDeep);
  write_file(folder / "x.jsonl", kDeep + "\n");
  std::filesystem::create_directory(folder / "world");
  write_file(folder / "world/vocab.json", kDeep);
  // Those of other formats are lines.
  const std::map<std::string_view, const char*> inputs = {
      {"arc", "tasks"}, {"arc-bundle", "x_challenges.json"}, {"grokked", "world"}};
  for (const Format& format : formats()) {
    if (format.import_data == nullptr) continue;
    const auto input = inputs.find(format.name);
    ImportJob job;
    job.in = folder / (input == inputs.end() ? "x.jsonl" : input->second);
    job.out = folder / "set";
    EXPECT_THAT(message_of<DataError>([&] { format.import_data(job); }),
                HasSubstr(": is nested deeper than 200 levels"))
        << format.name;
    EXPECT_FALSE(std::filesystem::exists(job.out)) << format.name;
  }
}

TEST(DeepJson, IsRefusedAsAnElementOfAList) {
  const TemporaryFolder folder;
  write_file(folder / "list.json", cat("[1, ", nested(kMaxJsonLevels - 1), "]"));
  const auto read = [&] {
    for_each_element(folder / "list.json", [](const Json&, std::uint64_t) {});
  };
  EXPECT_NO_THROW(read());
  write_file(folder / "list.json", cat("[1, ", nested(kMaxJsonLevels), "]"));
  EXPECT_THAT(message_of<DataError>(read),
              HasSubstr("list.json: item 1: is nested deeper than 200 levels"));
}

TEST(DeepJson, IsRefusedInAnOptionAndInASplit) {
  const Json recipe = {{"seed", 1}, {"count", 2}, {"options", {{"side", kDeep}}}};
  EXPECT_THROW(carc_generator_config(recipe), Json::parse_error);
  const TemporaryFolder folder;
  write_file(folder / "split.json", cat(R"({"seed": 1, "static": true, "sets": )", kDeep, "}"));
  EXPECT_FALSE(is_static_split(folder.path()));
  EXPECT_THROW(split_seed(folder.path()), DataError);
}

}  // namespace
}  // namespace recombine

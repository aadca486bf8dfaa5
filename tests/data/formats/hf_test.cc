// The Hub's folder: names that its library takes, and a card that declares every column.

#include "data/formats/hf/hf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/formats/hf/hf_names.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"
#include "tests/data/facts_world.h"
#include "tests/data/formats/episode.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using Names = std::vector<std::string>;

Names split_names(const Names& sets) { return hub_split_names(sets); }

TEST(HubNames, AreTheSetsOwnWhereTheyCanBe) {
  for (const char* name : {"train", "test_ood", "v1.2", "_x", "2024", "True", "a.b.c"}) {
    EXPECT_EQ(split_names({name}), Names{name});
  }
  EXPECT_EQ(split_names({""}), Names{"train"}) << "a set by itself";
}

TEST(HubNames, AreTheNearestThatTheLibraryTakes) {
  EXPECT_EQ(split_names({"test-ood"}), Names{"test_ood"});
  EXPECT_EQ(split_names({"my set"}), Names{"my_set"});
  EXPECT_EQ(split_names({"donn\u00e9es"}), Names{"donn_es"});
  EXPECT_EQ(split_names({"a..b"}), Names{"a._b"});
  EXPECT_EQ(split_names({"x."}), Names{"x_"});
  EXPECT_EQ(split_names({"..."}), Names{"_._"});
  EXPECT_EQ(split_names({"train[:10]"}), Names{"train__10_"});
  EXPECT_EQ(split_names({"a+b"}), Names{"a_b"});
  EXPECT_EQ(split_names({"all"}), Names{"all_"}) << "the library's word for all splits";
  EXPECT_EQ(split_names({"ALL"}), Names{"ALL_"});
  EXPECT_EQ(split_names({std::string(200, 'x')}), Names{std::string(100, 'x')});
}

TEST(HubNames, AreAllDifferent) {
  EXPECT_EQ(split_names({"a b", "a-b", "a_b", "a_b_2"}), (Names{"a_b_3", "a_b_4", "a_b", "a_b_2"}));
  EXPECT_EQ(split_names({"all", "all_"}), (Names{"all__2", "all_"}));
}

TEST(HubNames, AreTextInYaml) {
  EXPECT_EQ(yaml_name("test_ood"), "test_ood");
  EXPECT_EQ(yaml_name("_1"), "_1");
  for (const char* name : {"1", "1e3", "0x1f", "true", "No", "NULL", "y", "off"}) {
    EXPECT_EQ(yaml_name(name), cat('"', name, '"'));
  }
}

std::string card_of_facts(const std::vector<HfSplit>& splits) {
  Manifest manifest;
  manifest.family = "facts";
  return hf_card(splits, manifest);
}

TEST(HubCard, DeclaresEveryColumnOfItsRows) {
  Manifest manifest;
  std::string row;
  const auto expect_columns = [&](const char* family) {
    manifest.family = family;
    const std::string card = hf_card({{"train", 1}}, manifest);
    EXPECT_THAT(card, HasSubstr("dataset_info:\n- config_name: default\n  features:\n"));
    std::size_t at = 0;
    const Json columns = Json::parse(row);
    for (const auto& [key, value] : columns.items()) {
      const std::size_t found = card.find(cat("  - {name: ", key, ", "), at);
      ASSERT_NE(found, std::string::npos) << key;
      const std::string_view type = std::string_view(card).substr(found, card.find('\n', found));
      EXPECT_EQ(type.substr(0, type.find('\n')).find("list:") != std::string::npos,
                value.is_array())
          << key;
      at = found;
    }
  };
  append_hf_row(row, full_episode());
  expect_columns("grids");
  const SmallWorld world = composition_world(true);
  row.clear();
  append_hf_row(row, world.sets.at("train").front(), world.vocabulary);
  expect_columns("facts");
}

TEST(HubCard, SaysWhichNamesItChanged) {
  const std::string card = card_of_facts({{"train", 3}, {"my_set", 2, "my `set` | 1"}});
  EXPECT_THAT(card, HasSubstr("{split: my_set, path: data/my_set.jsonl}"));
  EXPECT_THAT(card, HasSubstr("| split | items | data set |\n| --- | --- | --- |\n"));
  EXPECT_THAT(card, HasSubstr("| train | 3 | \"train\" |\n"));
  EXPECT_THAT(card, HasSubstr("| my_set | 2 | \"my &#96;set&#96; &#124; 1\" |\n"));
  EXPECT_THAT(card, HasSubstr("names of sets were changed"));
  EXPECT_THAT(card_of_facts({{"train", 3}}), HasSubstr("| split | items |\n"));
}

TEST(HubCard, LeavesOutSplitsWithoutItemsAndSaysSo) {
  const std::string card = card_of_facts({{"train", 3}, {"test_hard", 0}});
  EXPECT_THAT(card, Not(HasSubstr("split: test_hard")));
  EXPECT_THAT(card, HasSubstr("| test_hard | 0 |\n"));
  EXPECT_THAT(card, HasSubstr("has no file"));
  EXPECT_THAT(card_of_facts({{"train", 3}}), Not(HasSubstr("has no file")));
}

/// Exports `folder` beside it.
fs::path hub_of(const fs::path& folder) {
  ExportJob job;
  job.folder = folder;
  job.out = folder.string() + "-hub";
  find_format("hf").export_data(job);
  return job.out;
}

TEST(HubFolder, TakesSetsOfAnyName) {
  const TemporaryFolder work;
  SmallWorld world = composition_world(true);
  SmallWorld odd{world.vocabulary, {}};
  for (const char* name : {"test ood", "1", "all", "\u00e9t\u00e9"})
    odd.sets[name] = world.sets.at("test_ood");
  odd.sets["none"] = {};
  write_world(odd, work / "odd");
  const fs::path hub = hub_of(work / "odd");
  const std::string card = read_file(hub / "README.md");
  for (const char* name : {"test_ood", "1", "all_", "_t_"}) {
    EXPECT_TRUE(fs::exists(hub / "data" / cat(name, ".jsonl"))) << name;
    EXPECT_THAT(card, HasSubstr(cat(yaml_name(name), ", path: data/", name, ".jsonl"))) << name;
  }
  EXPECT_FALSE(fs::exists(hub / "data/none.jsonl"));
}

TEST(HubFolder, IsRefusedWhereItWouldNotLoad) {
  const TemporaryFolder work;
  SetWriter(work / "empty/train", "grids").finish({{"family", "grids"}});
  EXPECT_THAT(message_of<DataError>([&] { hub_of(work / "empty"); }), HasSubstr("holds no item"));
  const SmallWorld world = composition_world(true);
  write_world({world.vocabulary, {{"a", world.sets.at("train")}}}, work / "mixed");
  fs::copy(work / "empty/train", work / "mixed/b", fs::copy_options::recursive);
  EXPECT_THAT(message_of<DataError>([&] { hub_of(work / "mixed"); }),
              HasSubstr("holds facts and grids"));
  EXPECT_FALSE(fs::exists(work / "mixed-hub"));
}

}  // namespace
}  // namespace recombine

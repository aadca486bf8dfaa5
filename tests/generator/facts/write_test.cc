#include "generator/facts/write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"
#include "generator/remake.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/facts/kept_world.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// 6 entities with 2 facts each: a world that a person can check.
FactConfig tiny_world() {
  FactConfig config;
  config.entities = 6;
  config.relations = 3;
  config.degree = 2;
  config.lambda = 0.5;
  config.ood_fraction = 0.3;
  config.test_fraction = 0.25;
  config.hops = 3;
  config.train_three_hop = 2;
  config.val_items = 2;
  return config;
}

std::string golden(const char* name) {
  return read_file(fs::path(source_folder()) / "tests/golden/facts" / name);
}

TEST(WriteWorld, GivesTheTinyWorldOfTheGoldenFile) {
  const KeptWorld world(tiny_world());
  const FactVocabulary vocabulary = tiny_world().vocabulary();
  std::string text;
  for (const WorldSet set : world_sets(tiny_world())) {
    for (const FactItem& item : world[set]) {
      text += cat(set_name(set), " ", type_name(item.type), " ", vocabulary.text(item.question()),
                  " ", vocabulary.text(item.answer()), "\n");
    }
  }
  EXPECT_EQ(text, golden("tiny.txt"));
}

TEST(WriteWorld, GivesTheDigestsOfTheGoldenFile) {
  FactConfig noisy = small_world();
  noisy.noise = 0.4;
  noisy.noise_hop = "both";
  noisy.noise_mode = "legacy";
  FactConfig complex = small_world();
  complex.task = "complex";
  std::string text;
  const auto add = [&](const char* name, const FactConfig& config) {
    for (const auto& [set, digest] : world_digests(config, true))
      text += cat(name, " ", set_name(set), " ", digest, "\n");
  };
  add("tiny", tiny_world());
  add("noisy", noisy);
  add("complex", complex);
  FactConfig identity = small_world();
  identity.cot = false;
  identity.identity = "entities";
  add("identity", identity);
  EXPECT_EQ(text, golden("digests.txt"));
}

TEST(WriteWorld, DescribesItsSetsAsTheyAreOnDisk) {
  const TemporaryFolder folder;
  const Json world = write_world(folder / "w", small_world(), false, true);
  EXPECT_EQ(Json::parse(read_file((folder / "w") / kWorldFile)), world);
  EXPECT_EQ(world.at("schema"), "recombine.world/1");
  EXPECT_EQ(world.at("seed"), 1860);
  EXPECT_EQ(world.at("options"), (Json{{"entities", "200"}, {"relations", "40"}}));
  const KeptWorld kept(small_world());
  EXPECT_EQ(world.at("pools").at("training_pool"), kept.pool("training_pool"));
  ASSERT_EQ(world.at("sets").size(), 8U);
  for (const WorldSet set : world_sets(small_world())) {
    const FactSet stored((folder / "w") / set_name(set));
    const Json& said = world.at("sets").at(std::string(set_name(set)));
    EXPECT_EQ(said.at("digest"), stored.manifest().digest);
    EXPECT_EQ(said.at("count"), stored.size());
    EXPECT_TRUE(std::ranges::equal(std::vector<FactItem>(stored.begin(), stored.end()), kept[set]))
        << set_name(set);
  }
}

TEST(WriteWorld, LeavesNothingBehindWhereItFails) {
  const TemporaryFolder folder;
  FactConfig config = small_world();
  config.lambda = 19;
  EXPECT_THROW(write_world(folder / "w", config, false, true), InputError);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(WriteWorld, ReplacesAWorldWhereItIsToldTo) {
  const TemporaryFolder folder;
  write_world(folder / "w", tiny_world(), false, true);
  EXPECT_THROW(write_world(folder / "w", tiny_world(), false, true), DataError);
  FactConfig other = tiny_world();
  other.seed = 2;
  EXPECT_EQ(write_world(folder / "w", other, true, true).at("seed"), 2);
}

TEST(Remake, GivesASetOfAWorldFromItsRecipe) {
  const TemporaryFolder folder;
  write_world(folder / "w", tiny_world(), false, true);
  for (const WorldSet set : world_sets(tiny_world())) {
    const Manifest manifest = read_manifest((folder / "w") / set_name(set));
    WriteOptions options;
    options.folder = folder / std::string(set_name(set));
    options.quiet = true;
    EXPECT_EQ(remake(manifest.recipe, options).digest, manifest.digest);
  }
}

TEST(FactRecipe, IsRefusedWhereItIsDamaged) {
  Json recipe = fact_recipe(tiny_world(), WorldSet::kTestOod);
  EXPECT_EQ(read_fact_recipe(recipe).config, tiny_world());
  EXPECT_EQ(read_fact_recipe(recipe).set, WorldSet::kTestOod);
  const auto error = [](const Json& json) {
    return message_of<DataError>([&] { read_fact_recipe(json); });
  };
  recipe["set"] = "test_hard";
  EXPECT_THAT(error(recipe), HasSubstr("no set 'test_hard'"));
  recipe["set"] = "train";
  recipe["options"]["degree"] = "9";
  EXPECT_THAT(error(recipe), HasSubstr("--degree 9"));
  recipe["options"] = {{"side", "9"}};
  EXPECT_THAT(error(recipe), HasSubstr("unknown option 'side'"));
  EXPECT_THAT(error(Json{{"family", "facts"}}), HasSubstr("recipe"));
}

class VerifyWorld : public testing::Test {
 protected:
  static FactConfig world() {
    FactConfig config = small_world();
    config.entities = 60;
    return config;
  }
  /// Names of the checks that fail.
  std::vector<std::string> failures() const {
    std::vector<std::string> failed;
    for (const Check& check : verify_folder(folder_ / "w", {true, true})) {
      if (!check.ok) failed.push_back(check.name);
    }
    return failed;
  }
  fs::path set(const std::string& name) const { return (folder_ / "w") / name; }

  /// Writes the set anew, as `change` leaves its items, with manifest and world.json to match.
  template <class Change>
  void change_set(const std::string& name, const Change& change) {
    std::vector<FactItem> items;
    Manifest manifest;
    {
      const FactSet stored(set(name));
      items.assign(stored.begin(), stored.end());
      manifest = stored.manifest();
    }
    change(items);
    fs::remove_all(set(name));
    SetWriter writer(set(name), "facts", manifest.vocabulary);
    for (const FactItem& item : items) writer.add(encode_fact(item));
    manifest = writer.finish(manifest.recipe);
    const fs::path file = (folder_ / "w") / kWorldFile;
    Json world = Json::parse(read_file(file));
    world["sets"][name] = {{"count", manifest.count}, {"digest", manifest.digest}};
    write_file(file, world.dump());
  }

  TemporaryFolder folder_;
};

TEST_F(VerifyWorld, FindsNothingInAWorldOfEachTask) {
  FactConfig noisy = world();
  noisy.noise = 0.3;
  noisy.noise_hop = "first";
  noisy.noise_mode = "legacy";
  FactConfig unspoken = noisy;
  unspoken.noise_hop = "both";
  unspoken.cot = false;
  FactConfig comparison = world();
  comparison.task = "comparison";
  FactConfig complex = world();
  complex.task = "complex";
  complex.probe_items = 50;
  for (const FactConfig& config : {tiny_world(), world(), noisy, unspoken, comparison, complex}) {
    write_world(folder_ / "w", config, true, true);
    EXPECT_THAT(failures(), testing::IsEmpty());
  }
}

TEST_F(VerifyWorld, FindsAManifestThatIsDamaged) {
  write_world(folder_ / "w", world(), false, true);
  const std::string text = read_file(set("val_id") / kManifestFile);
  write_file(set("val_id") / kManifestFile, "{");
  EXPECT_THAT(failures(), testing::ElementsAre("val_id: shards", "world.json", "paths", "pools",
                                               "overlap", "certificates"));
  write_file(set("val_id") / kManifestFile, text);
  write_file(set("train") / kManifestFile, "{");
  EXPECT_THAT(failures(), testing::ElementsAre("train: shards", "facts"));
}

TEST_F(VerifyWorld, FindsATrainedQuestionAmongTheTests) {
  write_world(folder_ / "w", world(), false, true);
  const FactItem trained = FactSet(set("train_inferred"))[0];
  change_set("test_id", [&](auto& items) { items.push_back(trained); });
  EXPECT_THAT(failures(), testing::ElementsAre("test_id: regeneration", "overlap"));
}

TEST_F(VerifyWorld, FindsAQuestionThatUsesAHeldOutFact) {
  write_world(folder_ / "w", world(), false, true);
  const FactItem held_out = FactSet(set("test_ood"))[0];
  change_set("train", [&](auto& items) {
    items.push_back(held_out);
    items.back().type = FactType::kTrainInferred;
  });
  EXPECT_THAT(failures(), testing::ElementsAre("train: regeneration", "pools", "overlap"));
}

TEST_F(VerifyWorld, FindsAFalseAnswerAndAFalsePath) {
  write_world(folder_ / "w", world(), false, true);
  change_set("test_ood", [](auto& items) { items[3].tokens[4] = (items[3].tokens[4] + 1) % 60; });
  change_set("val_id", [](auto& items) {
    items[5].tokens[4] = items[5].path[2] = (items[5].tokens[4] + 1) % 60;
  });
  EXPECT_THAT(failures(), testing::ElementsAre("val_id: regeneration", "test_ood: regeneration",
                                               "test_ood: answers", "paths", "certificates"));
}

TEST_F(VerifyWorld, FindsAFactThatIsMissingAndAProbeThatIsNotTrained) {
  write_world(folder_ / "w", world(), false, true);
  const FactItem probe = FactSet(set("id_atomic"))[7];
  change_set("train", [&](auto& items) { std::erase(items, probe); });
  EXPECT_THAT(failures(), testing::ElementsAre("train: regeneration", "facts"));
  write_world(folder_ / "w", world(), true, true);
  change_set("id_atomic", [](auto& items) { items[0].noisy = true; });
  EXPECT_THAT(failures(), testing::ElementsAre("id_atomic: regeneration", "probes"));
}

TEST_F(VerifyWorld, FindsAComparisonThatTheValuesContradict) {
  FactConfig config = world();
  config.task = "comparison";
  write_world(folder_ / "w", config, false, true);
  change_set("test_id", [](auto& items) {
    const Token first = items[0].tokens[5] - items[0].tokens[5] % 3;
    items[0].tokens[5] = items[0].tokens[5] == first ? first + 1 : first;
  });
  EXPECT_THAT(failures(), testing::IsSupersetOf({"test_id: regeneration", "paths"}));
}

TEST_F(VerifyWorld, FindsAWorldFileOfAnotherWorld) {
  write_world(folder_ / "w", world(), false, true);
  const fs::path file = (folder_ / "w") / kWorldFile;
  Json world = Json::parse(read_file(file));
  world["sets"]["test_id"]["count"] = 1;
  write_file(file, world.dump());
  EXPECT_THAT(failures(), testing::ElementsAre("world.json"));
}

}  // namespace
}  // namespace recombine

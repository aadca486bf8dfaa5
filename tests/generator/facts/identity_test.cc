// Entities that are asked for alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/dataset.h"
#include "data/storage/set_writer.h"
#include "generator/facts/verify.h"
#include "generator/facts/write.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

using testing::HasSubstr;

FactConfig with_identities(FactConfig config) {
  config.identity = "entities";
  return config;
}

TEST(Identities, AreTrainedBehindEverythingElse) {
  FactConfig config = small_world();
  config.hops = 3;
  config.train_three_hop = 20;
  const KeptWorld plain(config);
  const KeptWorld world(with_identities(config));
  for (const WorldSet set : world_sets(config)) {
    if (set == WorldSet::kTrain) continue;
    EXPECT_EQ(world[set], plain[set]) << set_name(set);
  }
  const auto& train = world[WorldSet::kTrain];
  const auto& was = plain[WorldSet::kTrain];
  ASSERT_EQ(train.size(), was.size() + 200);
  EXPECT_TRUE(std::equal(was.begin(), was.end(), train.begin()));
  EXPECT_EQ(ids_of(train).size(), train.size());
}

TEST(Identities, AreTheirOwnAnswers) {
  for (const bool cot : {true, false}) {
    FactConfig config = with_identities(small_world());
    config.cot = cot;
    const KeptWorld world(config);
    const std::vector<FactItem> items = world.trained(FactType::kIdentity);
    ASSERT_EQ(items.size(), 200U);
    const FactVocabulary vocabulary = config.vocabulary();
    for (Token entity = 0; entity < 200; ++entity) {
      const FactItem& item = items[entity];
      EXPECT_EQ(item.tokens, (std::vector<Token>{entity, entity, vocabulary.end()}));
      EXPECT_EQ(item.prompt, 1);
      EXPECT_EQ(item.path, std::vector<Token>{entity});
      EXPECT_EQ(item.id, "e" + std::to_string(entity));
      EXPECT_FALSE(item.noisy);
    }
  }
}

TEST(Identities, AreInWorldsWithAnAxisToo) {
  FactConfig config = with_identities(small_world());
  for (const char* axis : {"bridge", "hops", "mixed-hops"}) {
    config.axis = {axis};
    EXPECT_EQ(KeptWorld(config).trained(FactType::kIdentity).size(), 200U) << axis;
  }
}

TEST(Identities, AreOfCompositionsAlone) {
  FactConfig config = with_identities(small_world());
  for (const char* task : {"comparison", "complex"}) {
    config.task = task;
    EXPECT_THAT(message_of<InputError>([&] { config.validate(); }),
                HasSubstr("--identity entities: has no meaning for --task"));
  }
  config.task = "composition";
  config.identity = "relations";
  EXPECT_THAT(message_of<InputError>([&] { config.validate(); }),
              HasSubstr("--identity relations: must be none or entities"));
}

std::vector<std::string> failed_checks(const std::filesystem::path& world) {
  std::vector<std::string> failed;
  for (const Check& check : verify_folder(world, {true, true})) {
    if (!check.ok) failed.push_back(check.name + ": " + check.detail);
  }
  return failed;
}

TEST(Identities, AreVerified) {
  const TemporaryFolder folder;
  FactConfig config = with_identities(small_world());
  config.entities = 60;
  write_world(folder / "w", config, false, true);
  EXPECT_THAT(failed_checks(folder / "w"), testing::IsEmpty());
  config.axis = {"bridge"};
  write_world(folder / "axis", config, false, true);
  EXPECT_THAT(failed_checks(folder / "axis"), testing::IsEmpty());
}

TEST(Identities, AreMissedAndNotTakenForAnother) {
  const TemporaryFolder folder;
  FactConfig config = with_identities(small_world());
  config.entities = 60;
  write_world(folder / "w", config, false, true);
  const std::filesystem::path train = folder / "w/train";
  std::vector<FactItem> items;
  Manifest manifest;
  {
    const FactSet stored(train);
    items.assign(stored.begin(), stored.end());
    manifest = stored.manifest();
  }
  const auto write = [&] {
    std::filesystem::remove_all(train);
    SetWriter writer(train, "facts", manifest.vocabulary);
    for (const FactItem& item : items) writer.add(encode_fact(item));
    writer.finish(manifest.recipe);
  };
  const FactItem last = items.back();
  items.pop_back();
  write();
  EXPECT_THAT(failed_checks(folder / "w"),
              testing::Contains(HasSubstr("59 entities are trained alone; the options say 60")));
  items.push_back(last);
  items.back().tokens[1] = 3;  // another entity is said to be this one
  write();
  EXPECT_THAT(failed_checks(folder / "w"),
              testing::Contains(HasSubstr("the answer is not the path's")));
}

}  // namespace
}  // namespace recombine

// Entities that are asked for alone, in the published files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/formats/grokked/grokked.h"
#include "data/formats/jsonl/jsonl.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "tests/data/facts_world.h"
#include "tests/data/formats/grokked_files.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

FactItem alone(const FactVocabulary& vocabulary, Token entity) {
  FactItem item;
  item.type = FactType::kIdentity;
  item.tokens = {entity, entity, vocabulary.end()};
  item.prompt = 1;
  item.path = {entity};
  item.id = vocabulary.id(item.question());
  return item;
}

SmallWorld world_with_identities(bool chains) {
  SmallWorld world = composition_world(chains);
  for (Token entity = 0; entity < 30; ++entity)
    world.sets["train"].push_back(alone(world.vocabulary, entity));
  return world;
}

TEST(GrokkedIdentity, ComesBackAsTheSameRecordsAndFiles) {
  for (const bool chains : {true, false}) {
    const TemporaryFolder work;
    const SmallWorld world = world_with_identities(chains);
    write_world(world, work / "world");
    export_world(work / "world", work / "files");
    EXPECT_THAT(read_file(work / "files/train.json"),
                HasSubstr(R"({"input_text": "<e_7>", "target_text": "<e_7><e_7></a>"})"));
    EXPECT_TRUE(import_world(work / "files", work / "again").empty());
    const FactSet read(work / "again/train");
    const auto& items = world.sets.at("train");
    ASSERT_EQ(read.size(), items.size());
    for (std::size_t i = items.size() - 30; i < items.size(); ++i) EXPECT_EQ(read[i], items[i]);
    export_world(work / "again", work / "files2");
    for (const auto& entry : fs::directory_iterator(work / "files"))
      EXPECT_EQ(read_file(work / "files2" / entry.path().filename()), read_file(entry.path()));
  }
}

TEST(GrokkedIdentity, IsARowOfJsonLinesToo) {
  const FactVocabulary vocabulary = composition_world(true).vocabulary;
  const FactItem item = alone(vocabulary, 4);
  std::string text;
  append_jsonl_line(text, item, vocabulary);
  EXPECT_EQ(parse_jsonl_fact(text, vocabulary), item);
}

TEST(GrokkedIdentity, IsOfEntitiesAloneAndTrainedAlone) {
  const FactVocabulary vocabulary = composition_world(true).vocabulary;
  const auto refused = [&](const char* question, const char* target, const char* type) {
    const Json row = {{"input_text", question}, {"target_text", target}, {"type", type}};
    return message_of<DataError>([&] { parse_grokked_row(row, vocabulary); });
  };
  EXPECT_THAT(refused("<e_1><r_2><r_3>", "<e_1><r_2><r_3><e_4><e_5></a>", "identity"),
              HasSubstr("entities alone are called identity"));
  EXPECT_THAT(refused("<e_1>", "<e_1><e_1></a>", "train_inferred"),
              HasSubstr("entities alone are called identity"));
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  export_world(work / "world", work / "files");
  std::string test = read_file(work / "files/test.json");
  test.insert(1,
              R"({"input_text": "<e_7>", "target_text": "<e_7><e_7></a>", "type": "identity"}, )");
  write_file(work / "files/test.json", test);
  EXPECT_THAT(message_of<DataError>([&] { import_world(work / "files", work / "again"); }),
              HasSubstr("type \"identity\" does not belong in test.json"));
}

}  // namespace
}  // namespace recombine

#include "data/fact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/dataset.h"
#include "data/storage/set_writer.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

const FactVocabulary kWorld{"composition", 2000, 200, 0};
const FactVocabulary kComparison{"comparison", 1000, 20, 20};

/// Who is reached from e0 by r110 and r73, with a chain of thought.
FactItem two_hop() {
  FactItem item;
  item.type = FactType::kTestIid;
  item.tokens = {0, kWorld.relation(110), kWorld.relation(73), 162, 2, kWorld.end()};
  item.prompt = 3;
  item.path = {0, 162, 2};
  item.id = "e0.r110.r73";
  return item;
}

TEST(FactVocabulary, WritesTokensAsThePublishedFilesDo) {
  EXPECT_EQ(kWorld.text(two_hop().tokens), "<e_0><r_110><r_73><e_162><e_2></a>");
  EXPECT_EQ(kWorld.size(), 2201);
  EXPECT_EQ(kComparison.text(kComparison.label(19, 2)), "<attr_19_2>");
  EXPECT_EQ(kComparison.text(kComparison.value(7)), "<7>");
  EXPECT_EQ(kComparison.size(), 1000 + 20 + 5 + 20 + 60);
}

TEST(FactVocabulary, ReadsEveryTokenThatItWrites) {
  for (const FactVocabulary& vocabulary : {kWorld, kComparison}) {
    for (Token token = 0; token < static_cast<Token>(vocabulary.size()); ++token) {
      EXPECT_EQ(vocabulary.find(vocabulary.text(token)), token) << vocabulary.text(token);
    }
  }
}

TEST(FactVocabulary, KnowsNoOtherToken) {
  for (const char* text : {"<e_2000>", "<e_-1>", "<e_>", "<e_01>", "e_1", "<r_200>", "<q>", "<0>",
                           "<attr_1>", "<attr_1_0>", "", "<", "<e_1"}) {
    EXPECT_FALSE(kWorld.find(text)) << text;
  }
  for (const char* text : {"<attr_20>", "<attr_1_3>", "<attr__1>", "<20>", "<r_1>"}) {
    EXPECT_FALSE(kComparison.find(text)) << text;
  }
  EXPECT_FALSE(kWorld.parse("<e_1> <e_2>"));
  EXPECT_FALSE(kWorld.parse("<e_1><e_2"));
}

TEST(FactVocabulary, ComesBackFromJson) {
  EXPECT_EQ(fact_vocabulary(to_json(kComparison)), kComparison);
  EXPECT_THROW(fact_vocabulary({{"task", "guess"}}), DataError);
  EXPECT_THROW(fact_vocabulary(Json()), DataError);
}

TEST(FactItem, IsNamedByItsQuestion) {
  EXPECT_EQ(kWorld.id(two_hop().question()), "e0.r110.r73");
  const std::vector<Token> question = {kComparison.relation(3), kComparison.question(), 5,
                                       kComparison.mask(), 8};
  EXPECT_EQ(kComparison.id(question), "r3.e5.e8");
}

TEST(FactRecord, ComesBackAsItWas) {
  FactItem item = two_hop();
  EXPECT_EQ(decode_fact(encode_fact(item), kWorld), item);
  item.noisy = true;
  item.path.clear();
  item.type = FactType::kTrainInferred2;
  EXPECT_EQ(decode_fact(encode_fact(item), kWorld), item);
}

TEST(FactRecord, IsRefusedWhereItIsDamaged) {
  const std::string record = encode_fact(two_hop());
  for (std::size_t size = 0; size < record.size(); ++size) {
    EXPECT_THROW(decode_fact(std::string_view(record).substr(0, size), kWorld), DataError) << size;
  }
  EXPECT_THROW(decode_fact(record + "x", kWorld), DataError);
  EXPECT_THROW(decode_fact(record, FactVocabulary{"composition", 100, 10, 0}), DataError);
}

TEST(FactSet, IsARangeWithItsVocabulary) {
  const TemporaryFolder folder;
  SetWriter writer(folder / "facts", "facts", to_json(kWorld));
  for (int i = 0; i < 100; ++i) writer.add(encode_fact(two_hop()));
  writer.finish({{"family", "facts"}});
  const FactSet set(folder / "facts");
  EXPECT_EQ(set.records().vocabulary, kWorld);
  int count = 0;
  for (const FactItem& item : set) {
    EXPECT_EQ(item, two_hop());
    ++count;
  }
  EXPECT_EQ(count, 100);
  EXPECT_THROW(EpisodeSet(folder / "facts"), DataError);
}

TEST(FactSet, NamesTheBlockOfARecordThatIsNoFact) {
  const TemporaryFolder folder;
  SetWriter writer(folder / "facts", "facts", to_json(kWorld));
  writer.add("nonsense");
  writer.finish({{"family", "facts"}});
  const FactSet set(folder / "facts");
  try {
    set[0];
    ADD_FAILURE() << "read";
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("shard-00000-of-00001.rcb: block 0"));
  }
}

}  // namespace
}  // namespace recombine

// The published files of facts: their items and tokens, as values.

#include "data/formats/grokked/grokked.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/grokked/grokked_facts.h"
#include "tests/data/facts_world.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

const FactVocabulary kGrokkedWorld{"composition", 2000, 200, 0};
const FactVocabulary kComparison{"comparison", 1000, 20, 20};
const FactVocabulary kComplex{"complex", 1000, 20, 20};

FactItem two_hops(bool chains) {
  return composed(kGrokkedWorld, {0, 162, 2}, {110, 73}, chains, FactType::kTestIid);
}

TEST(GrokkedItem, IsWrittenAsPublished) {
  const FactItem atomic = composed(kGrokkedWorld, {0, 162}, {110}, true, FactType::kIdAtomic);
  EXPECT_EQ(grokked_item(atomic, kGrokkedWorld, GrokkedFile::kTrain),
            R"({"input_text": "<e_0><r_110>", "target_text": "<e_0><r_110><e_162></a>"})");
  EXPECT_EQ(grokked_item(two_hops(false), kGrokkedWorld, GrokkedFile::kTest),
            R"({"input_text": "<e_0><r_110><r_73>", )"
            R"("target_text": "<e_0><r_110><r_73><e_2></a>", "type": "test_inferred_iid"})");
  EXPECT_EQ(grokked_item(two_hops(true), kGrokkedWorld, GrokkedFile::kValid),
            R"({"input_text": "<e_0><r_110><r_73>", )"
            R"("target_text": "<e_0><r_110><r_73><e_162><e_2></a>", "train_noise": 0})");
}

TEST(GrokkedItem, SaysWhetherAChainOfTwoHopsIsNoisyInEveryFile) {
  FactItem item = two_hops(true);
  for (const GrokkedFile file : {GrokkedFile::kTrain, GrokkedFile::kValid}) {
    item.noisy = false;
    EXPECT_THAT(grokked_item(item, kGrokkedWorld, file), HasSubstr(R"(</a>", "train_noise": 0})"));
    item.noisy = true;
    EXPECT_THAT(grokked_item(item, kGrokkedWorld, file), HasSubstr(R"(</a>", "train_noise": 1})"));
    EXPECT_THAT(grokked_item(two_hops(false), kGrokkedWorld, file), Not(HasSubstr("train_noise")));
  }
  EXPECT_THAT(grokked_item(item, kGrokkedWorld, GrokkedFile::kTest),
              HasSubstr(R"(</a>", "train_noise": 1, "type": "test_inferred_iid"})"));
}

TEST(GrokkedItem, HasThePublishedTypesOfTheComplexTask) {
  const SmallWorld world = comparison_world(true);
  const auto type_in = [&](const char* set, const FactVocabulary& vocabulary) {
    const FactItem& item = world.sets.at(set).front();
    return Json::parse(grokked_item(item, vocabulary, GrokkedFile::kTrain))["type"];
  };
  EXPECT_EQ(type_in("train_inferred", world.vocabulary), "train_inferred_topleft");
  EXPECT_EQ(type_in("train_inferred_ood", world.vocabulary), "train_inferred_cross");
  EXPECT_EQ(type_in("test_hard", world.vocabulary), "test_hard");
  EXPECT_EQ(type_in("id_atomic", world.vocabulary), "id_atomic");
  const SmallWorld other = comparison_world(false);
  EXPECT_THAT(
      grokked_item(other.sets.at("train_inferred").front(), other.vocabulary, GrokkedFile::kTest),
      HasSubstr(R"("type": "train_inferred"})"));
}

TEST(GrokkedItem, HoldsBothHalvesOfThreeHops) {
  FactItem item = composed(kGrokkedWorld, {0, 1, 2, 3}, {4, 5, 6}, true, FactType::kTest3HopOod);
  EXPECT_EQ(grokked_item(item, kGrokkedWorld, GrokkedFile::kThreeHop),
            R"({"input_text": "<e_0><r_4><r_5><r_6>", )"
            R"("target_text": "<e_0><r_4><r_5><r_6><e_1><e_2><e_3></a>", )"
            R"("hop1": ["<e_0><r_4><r_5>", "<e_0><r_4><r_5><e_1><e_2></a>"], )"
            R"("hop2": ["<e_1><r_5><r_6>", "<e_1><r_5><r_6><e_2><e_3></a>"], )"
            R"("type": "test_ood_3hop"})");
  EXPECT_THAT(grokked_item(item, kGrokkedWorld, GrokkedFile::kTrain),
              testing::EndsWith(R"("<e_1><r_5><r_6><e_2><e_3></a>"]})"));
  item.path.clear();  // what it answers is enough
  EXPECT_THAT(grokked_item(item, kGrokkedWorld, GrokkedFile::kThreeHop), HasSubstr("hop2"));
  item = composed(kGrokkedWorld, {0, 1, 2, 3}, {4, 5, 6}, false, FactType::kTest3HopOod);
  EXPECT_THAT(grokked_item(item, kGrokkedWorld, GrokkedFile::kThreeHop),
              HasSubstr(R"("hop2": ["<e_1><r_5><r_6>", "<e_1><r_5><r_6><e_3></a>"])"));
  EXPECT_THAT(grokked_item(item, kGrokkedWorld, GrokkedFile::kTrain), Not(HasSubstr("hop1")));
  item.path.clear();
  EXPECT_THAT(
      message_of<DataError>([&] { grokked_item(item, kGrokkedWorld, GrokkedFile::kThreeHop); }),
      HasSubstr("\"e0.r4.r5.r6\""));
}

TEST(GrokkedItem, ComesBackForEveryTask) {
  for (const SmallWorld& world : {composition_world(true), composition_world(false),
                                  comparison_world(false), comparison_world(true)}) {
    for (const auto& [name, items] : world.sets) {
      for (FactItem item : items) {
        const std::string text = grokked_item(item, world.vocabulary, GrokkedFile::kTest);
        const GrokkedRow row = parse_grokked_row(Json::parse(text), world.vocabulary);
        const bool marked = item.prompt == 3 && has_chain(item, world.vocabulary);
        EXPECT_EQ(row.noisy, marked ? std::optional(item.noisy) : std::nullopt) << text;
        item.path.clear();
        item.noisy = false;
        ASSERT_EQ(row.item, item) << text;
        EXPECT_EQ(row.type, item.type);
      }
    }
  }
}

std::string refusal(const Json& row, const FactVocabulary& vocabulary = kGrokkedWorld) {
  return message_of<DataError>([&] { parse_grokked_row(row, vocabulary); });
}

Json row(const char* input, const char* target) {
  return {{"input_text", input}, {"target_text", target}};
}

TEST(GrokkedRow, IsRefusedWhereItHasNoForm) {
  EXPECT_THAT(refusal(Json::array()), HasSubstr("an object with \"input_text\""));
  EXPECT_THAT(refusal({{"input_text", "<e_0>"}}), HasSubstr("no \"target_text\""));
  EXPECT_THAT(refusal(row("<e_0> <r_1>", "")), HasSubstr("without blanks"));
  EXPECT_THAT(refusal(row("<e_0><r_200>", "")), HasSubstr("tokens of vocab.json"));
  EXPECT_THAT(refusal(row("<e_0><r_1>", "<e_0><r_2><e_1></a>")), HasSubstr("begin with"));
  EXPECT_THAT(refusal(row("<e_0><r_1>", "<e_0>")), HasSubstr("begin with"));
  for (const char* target : {"<e_0><r_1><e_2>", "<e_0><r_1></a>", "<e_0><r_1><e_2><e_3></a>"}) {
    EXPECT_THAT(refusal(row("<e_0><r_1>", target)), HasSubstr("no item of the composition task"));
  }
  const Json complex = row("<q><e_1><attr_2><mask></q>", "<q><e_1><attr_2><mask></q><a><3></a>");
  EXPECT_EQ(parse_grokked_row(complex, kComplex).item.id, "e1.r2");
  EXPECT_THAT(refusal(complex, kComparison), HasSubstr("no item of the comparison task"));
}

TEST(GrokkedRow, IsRefusedWhereItsTypeOrNoiseIsNone) {
  Json json = row("<e_0><r_1>", "<e_0><r_1><e_2></a>");
  json["type"] = "id_atom";
  EXPECT_THAT(refusal(json), HasSubstr("type \"id_atom\" is none"));
  json["type"] = "test_inferred_iid";
  EXPECT_THAT(refusal(json), HasSubstr("single facts alone"));
  json["type"] = "train_inferred_cross";
  EXPECT_THAT(refusal(json), HasSubstr("type \"train_inferred_cross\" is none"))
      << "of the complex task alone";
  json["type"] = "id_atomic";
  json["train_noise"] = 2;
  EXPECT_THAT(refusal(json), HasSubstr("train_noise is 2"));
  json["train_noise"] = .9;
  EXPECT_THAT(refusal(json), HasSubstr("train_noise is 0.9"));
}

TEST(GrokkedTokens, AreInThePublishedOrder) {
  const auto chains = grokked_tokens(kGrokkedWorld, true);
  EXPECT_EQ(chains.size(), 2207U);
  EXPECT_EQ(std::vector(chains.end() - 8, chains.end()),
            (std::vector<std::string>{"<r_199>", "<mask>", "<sep>", "<a>", "</a>", "<q>", "</q>",
                                      "<b>"}));
  EXPECT_EQ(grokked_tokens(kGrokkedWorld, false).size(), 2206U);
  const auto comparison = grokked_tokens(kComparison, false);
  EXPECT_EQ(comparison.size(), 1106U);
  EXPECT_EQ(comparison[1000], "<attr_0>");
  EXPECT_EQ(comparison[1020], "<0>");
  EXPECT_EQ(comparison[1040], "<mask>");
  EXPECT_EQ(comparison[1046], "<attr_0_0>");
  EXPECT_EQ(comparison.back(), "<attr_19_2>");
}

TEST(GrokkedTokens, ComeBackInAnyOrder) {
  for (const FactVocabulary& vocabulary : {kGrokkedWorld, kComparison}) {
    auto tokens = grokked_tokens(vocabulary, false);
    EXPECT_EQ(grokked_vocabulary(tokens), vocabulary);
    std::ranges::reverse(tokens);
    EXPECT_EQ(grokked_vocabulary(tokens), vocabulary);
  }
  EXPECT_EQ(grokked_vocabulary(grokked_tokens(kGrokkedWorld, true)), kGrokkedWorld);
}

TEST(GrokkedTokens, AreRefusedWhereOneIsTooManyOrTooFew) {
  const auto error_after = [](const auto& change) {
    auto tokens = grokked_tokens({"composition", 3, 2, 0}, true);
    change(tokens);
    return message_of<DataError>([&] { grokked_vocabulary(tokens); });
  };
  using Tokens = std::vector<std::string>;
  EXPECT_THAT(error_after([](Tokens& tokens) { tokens.clear(); }), HasSubstr("no entities"));
  EXPECT_THAT(error_after([](Tokens& tokens) { tokens[1] = "<e_7>"; }),
              HasSubstr("item 1: \"<e_7>\""));
  EXPECT_THAT(error_after([](Tokens& tokens) { tokens[2] = "<e_1>"; }),
              HasSubstr("item 2: \"<e_1>\" appears twice"));
  EXPECT_THAT(error_after([](Tokens& tokens) { tokens.emplace_back("<attr_0>"); }),
              HasSubstr("is no token"));
  EXPECT_THAT(error_after([](Tokens& tokens) { tokens.erase(tokens.begin() + 5); }),
              HasSubstr("lacks \"<mask>\""));
}

/// e0 -r0-> e1 -r1-> e2, and what is known of e1 -r1-> e2 once the first chain is trained.
FactType type_of_second_step(const FactItem& trained, std::vector<FactItem> probes) {
  std::vector<GrokkedRow> train(3);
  train[0].item = composed(kGrokkedWorld, {0, 1}, {0}, true, FactType::kIdAtomic);
  train[1].item = composed(kGrokkedWorld, {1, 2}, {1}, true, FactType::kIdAtomic);
  train[2].item = trained;
  decide_types(train, probes, kGrokkedWorld);
  EXPECT_EQ(train[0].item.type, FactType::kIdAtomic);
  EXPECT_EQ(train[2].item.type, FactType::kTrainInferred);
  return train[1].item.type;
}

TEST(GrokkedFacts, AreIdWhereALongerFactIsTrained) {
  const FactItem chain = composed(kGrokkedWorld, {0, 1, 2}, {0, 1}, true, FactType::kIdAtomic);
  FactItem ood = composed(kGrokkedWorld, {1, 2, 3}, {1, 2}, true, FactType::kTestOod);
  EXPECT_EQ(type_of_second_step(chain, {}), FactType::kIdAtomic);
  EXPECT_EQ(type_of_second_step(chain, {ood}), FactType::kOodAtomic);
  FactItem probe = composed(kGrokkedWorld, {1, 2}, {1}, true, FactType::kIdAtomic);
  EXPECT_EQ(type_of_second_step(chain, {ood, probe}), FactType::kIdAtomic);
  probe.type = FactType::kOodAtomic;
  EXPECT_EQ(type_of_second_step(chain, {probe}), FactType::kOodAtomic);
}

TEST(GrokkedFacts, AreNotMadeKnownByAFalseBridge) {
  std::vector<GrokkedRow> train(2);
  train[0].item = composed(kGrokkedWorld, {1, 2}, {1}, true, FactType::kIdAtomic);
  train[1].item = composed(kGrokkedWorld, {0, 1, 2}, {0, 1}, true, FactType::kIdAtomic);
  auto false_bridge = train;
  false_bridge[1].item.tokens[3] = 7;
  EXPECT_EQ(decide_types(train, {}, kGrokkedWorld), 0U);
  EXPECT_EQ(decide_types(false_bridge, {}, kGrokkedWorld), 1U);
}

TEST(GrokkedFacts, FindPathsAndFalseAnswers) {
  AtomicFacts facts(kGrokkedWorld);
  facts.add(composed(kGrokkedWorld, {0, 162}, {110}, true, FactType::kIdAtomic));
  EXPECT_TRUE(facts.path(two_hops(true)).empty());
  facts.add(composed(kGrokkedWorld, {162, 2}, {73}, true, FactType::kIdAtomic));
  for (const bool chains : {true, false}) {
    FactItem item = two_hops(chains);
    EXPECT_EQ(facts.path(item), item.path);
    EXPECT_FALSE(answers_falsely(item, kGrokkedWorld));
    item.tokens[3] = 5;
    EXPECT_TRUE(answers_falsely(item, kGrokkedWorld));
    item.path.clear();
    EXPECT_FALSE(answers_falsely(item, kGrokkedWorld));
  }
}

}  // namespace
}  // namespace recombine

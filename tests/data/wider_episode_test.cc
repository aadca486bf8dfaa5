// Episodes of more than three rules, or of an order of their own: names, records, files.

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/formats/carc/carc.h"
#include "data/formats/jsonl/jsonl.h"
#include "data/storage/codec.h"
#include "tests/data/formats/episode.h"

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr Roles kFourRoles = 15;

/// full_episode() with a second indicator, applied before all others.
Episode wider_episode() {
  Episode episode = full_episode();
  episode.grammar.rules.push_back({"mirror", {{"direction", "y"}}});
  episode.grammar.indicators.push_back({"0001", 7, 0, 2});
  episode.grammar.order = {3, 0, 1, 2};
  episode.queries = {example(kFourRoles, "0077/3/3/0005", "0077/3/3/0005")};
  return episode;
}

TEST(Roles, HaveNames) {
  EXPECT_EQ(section_name(kUnknownRoles), "unknown");
  EXPECT_EQ(section_name(kShapeRole | kIndicatorRole), "shape+indicator");
  EXPECT_EQ(section_name(first_roles(kMaxRoles)),
            "shape+colour+indicator+indicator2+indicator3+indicator4");
  EXPECT_TRUE(has_indicator(role_bit(5)));
  EXPECT_FALSE(has_indicator(kShapeRole | kColourRole));
}

TEST(StudySections, AreThoseOfFilesForThreeRoles) {
  EXPECT_TRUE(std::ranges::equal(study_sections(3), kStudySections));
  const std::vector<Roles> six = study_sections(6);
  EXPECT_EQ(six.size(), 6U + 15U);
  EXPECT_EQ(section_name(six.back()), "indicator3+indicator4");
}

TEST(Grammar, AppliesItsRulesInItsOrder) {
  const Grammar grammar = wider_episode().grammar;
  EXPECT_THAT(grammar.applied(kFourRoles), ElementsAre(3U, 0U, 1U, 2U));
  EXPECT_THAT(grammar.applied(kColourRole | role_bit(3)), ElementsAre(3U, 1U));
  EXPECT_THAT(full_episode().grammar.applied(kAllRoles), ElementsAre(0U, 1U, 2U));
  EXPECT_EQ(order_text(grammar), "indicator2-shape-colour-indicator");
  EXPECT_EQ(indicator_rules_text(grammar), "grow direction=-x; mirror direction=y");
  EXPECT_EQ(triplet(grammar), "grow+mirror+set_color+translation");
}

TEST(Grammar, IsTheSameTextOnlyWhereAllButPlacesIs) {
  const Grammar grammar = wider_episode().grammar;
  Grammar moved = grammar;
  moved.indicators[1].row = 2;
  EXPECT_EQ(text_without_places(moved), text_without_places(grammar));
  Grammar ordered = grammar;
  ordered.order = {0, 3, 1, 2};
  EXPECT_NE(text_without_places(ordered), text_without_places(grammar));
  Grammar recoloured = grammar;
  recoloured.indicators[1].colour = 8;
  EXPECT_NE(text_without_places(recoloured), text_without_places(grammar));
  EXPECT_EQ(text_without_places(Grammar{}), "");
}

TEST(WiderRecord, IsVersionTwoAndComesBackAsItWas) {
  const Episode episode = wider_episode();
  const std::string record = encode_episode(episode);
  // cereal's archive begins with the byte order.
  EXPECT_EQ(record.at(1), 2);
  EXPECT_EQ(decode_episode(record), episode);
  EXPECT_EQ(encode_episode(full_episode()).at(1), 1);
}

TEST(WiderRecord, HoldsAnOrderOfThreeRules) {
  Episode episode = full_episode();
  episode.grammar.order = {2, 1, 0};
  const std::string record = encode_episode(episode);
  EXPECT_EQ(record.at(1), 2);
  EXPECT_EQ(decode_episode(record), episode);
}

TEST(WiderRecord, IsRefusedWhereItIsCutOrItsOrderIsNone) {
  const std::string record = encode_episode(wider_episode());
  for (std::size_t size = 0; size < record.size(); ++size) {
    EXPECT_THROW(decode_episode(std::string_view(record).substr(0, size)), DataError) << size;
  }
  Episode twice = wider_episode();
  // 34 has the low bits of 2.
  for (const std::vector<int>& order : {std::vector{3, 0, 1, 1}, {3, 0, 1, 34}}) {
    twice.grammar.order = order;
    EXPECT_THAT([&] { decode_episode(encode_episode(twice)); },
                ThrowsMessage<DataError>(HasSubstr("each role once")));
  }
}

TEST(WiderJsonl, ComesBackAsItWas) {
  for (const Episode& episode : {wider_episode(), full_episode()}) {
    std::string line;
    append_jsonl_line(line, episode);
    EXPECT_EQ(line.find("further_indicators") != std::string::npos,
              episode.grammar.rules.size() > kUsualRoles);
    EXPECT_EQ(parse_jsonl_line(line), episode);
  }
}

TEST(WiderJsonl, IsRefusedWhereItsOrderIsNone) {
  std::string line;
  append_jsonl_line(line, wider_episode());
  const std::size_t place = line.find(R"("indicator2","shape")");
  ASSERT_NE(place, std::string::npos);
  line.replace(place, 12, "\"colour\"");
  EXPECT_THAT([&] { parse_jsonl_line(line); },
              ThrowsMessage<DataError>(HasSubstr("must name each role once")));
}

TEST(WiderCarc, IsRefused) {
  EXPECT_THAT([] { carc_line(wider_episode(), CarcForm::kSplit); },
              ThrowsMessage<DataError>(HasSubstr("three rules")));
}

}  // namespace
}  // namespace recombine

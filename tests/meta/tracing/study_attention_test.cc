#include "meta/tracing/study_attention.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "models/fast/fast.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/fixtures.h"
#include "tests/models/encoder_decoder/large_weights.h"

namespace recombine {
namespace {

/// Large random weights: attention is far from uniform.
std::shared_ptr<FastModel> random_fast() {
  ModelConfig config;
  config.width = 16;
  config.heads = 2;
  config.feed_forward = 32;
  config.layers = 1;
  config.patch = 3;
  auto model = std::make_shared<FastModel>(config, TaskShape{6, 6, 0, 0}, 1);
  enlarge(*model, 10);
  return model;
}

/// Each with its study pairs in another order.
std::vector<Episode> shuffled_episodes(int count) {
  std::vector<Episode> episodes = small_episodes(count);
  for (std::ptrdiff_t turn = 0; Episode & episode : episodes)
    std::rotate(episode.study.begin(), episode.study.begin() + turn++, episode.study.end());
  return episodes;
}

TEST(StudyAttention, IsThatOfTheSectionsWhereverTheirPairsStand) {
  const TemporaryFolder folder;
  const auto model = random_fast();
  const std::vector<Episode> episodes = shuffled_episodes(4);
  std::map<std::string, double> mean;
  for (const Episode& episode : episodes) {
    const EpisodeSet alone = write_set(folder / episode.id, {episode});
    for (const auto& [section, share] : study_attention(*model, alone, 1).sections)
      mean[section] += share / 4;
  }
  const EpisodeSet set = write_set(folder / "all", episodes);
  const StudyAttention all = study_attention(*model, set, 4);
  EXPECT_EQ(all.queries, 4U * 3);
  ASSERT_EQ(all.sections.size(), kStudySections.size());
  for (std::size_t i = 0; i < kStudySections.size(); ++i) {
    const auto& [section, share] = all.sections[i];
    EXPECT_EQ(section, section_name(kStudySections[i]));
    EXPECT_NEAR(share, mean.at(section), 1e-4) << section;
  }
}

TEST(StudyAttention, SaysWhereTheSectionsAreNotKnown) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes = small_episodes(2);
  for (Episode& episode : episodes) {
    for (Example& pair : episode.study) pair.roles = kUnknownRoles;
  }
  const StudyAttention all =
      study_attention(*random_fast(), write_set(folder / "set", episodes), 2);
  ASSERT_EQ(all.sections.size(), 1U);
  EXPECT_EQ(all.sections[0].first, "unknown");
  EXPECT_NEAR(all.sections[0].second, 1, 1e-4);
  EXPECT_NE(attention_markdown("set", all).find("does not say which section"), std::string::npos);
}

}  // namespace
}  // namespace recombine

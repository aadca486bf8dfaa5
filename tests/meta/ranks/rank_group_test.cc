#include "meta/ranks/rank_group.h"

#include <exception>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "data/error.h"
#include "meta/ranks/likeness.h"
#include "meta/ranks/meeting.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/ranks/rank_threads.h"

namespace recombine {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

TEST(RankGroup, SumsInTheOrderOfOneProcess) {
  // Several pieces, the last one smaller.
  constexpr std::int64_t kSize = 300001;
  std::vector<torch::Tensor> all = random_parts(6, kSize, 1);
  const torch::Tensor expected = all.front().clone();
  for (std::size_t i = 1; i < all.size(); ++i) expected.add_(all[i]);
  const torch::Tensor otherwise = (all[0] + all[1]) + (all[2] + all[3]) + (all[4] + all[5]);
  ASSERT_FALSE(torch::equal(expected, otherwise)) << "any order would do";
  for (const int ranks : {1, 2, 3, 6}) {
    expect_nothing(run_ranks(ranks, [&](RankGroup& group) {
      const std::vector<torch::Tensor> parts_of_all = random_parts(6, kSize, 1);
      const int each = 6 / ranks;
      const auto first = parts_of_all.begin() + group.rank() * each;
      const std::vector<torch::Tensor> own(first, first + each);
      for (int again = 0; again < 2; ++again) {
        std::vector<torch::Tensor> parts;
        parts.reserve(own.size());
        for (const torch::Tensor& part : own) parts.push_back(part.clone());
        group.sum(parts);
        EXPECT_TRUE(torch::equal(parts.front(), expected)) << ranks;
      }
      group.finish();
    }));
  }
}

TEST(RankGroup, SharesTextsValuesAndRows) {
  expect_nothing(run_ranks(3, [](RankGroup& group) {
    EXPECT_THAT(group.texts(std::string(static_cast<std::size_t>(group.rank()), 'x')),
                testing::ElementsAre("", "x", "xx"));
    const torch::Tensor values =
        group.together(1, [&] { return std::vector<double>{0.1 * group.rank()}; });
    EXPECT_EQ(values[2][0].item<double>(), 0.1 * 2);
    const torch::Tensor rows = torch::full({10, 2}, -1);
    const Share own = group.own_rows(10, 4);
    EXPECT_EQ(own.begin % 4, 0);
    rows.narrow(0, own.begin, own.end - own.begin).fill_(group.rank());
    group.share_rows(rows, 4);
    EXPECT_TRUE((rows >= 0).all().item<bool>());
    EXPECT_EQ(rows[9][1].item<int>(), 2);
    group.finish();
  }));
}

TEST(RankGroup, IsInterruptedAsOne) {
  const auto thrown = run_ranks(2, [](RankGroup& group) {
    EXPECT_THROW(group.together([&] {
      if (group.rank() == 1) throw Interrupted("as by a signal");
    }),
                 Interrupted);
    group.finish();
  });
  expect_nothing(thrown);
}

TEST(RankGroup, NamesTheRankThatStandsStill) {
  const auto thrown = run_ranks(
      3,
      [](RankGroup& group) {
        if (group.rank() == 1) std::this_thread::sleep_for(seconds(8));
        group.finish();
      },
      seconds(3));
  EXPECT_THAT(thrown[0], HasSubstr("rank 1 ("));
  EXPECT_THAT(thrown[0], HasSubstr("stands still"));
}

TEST(RankGroup, TellsWhyARankFailed) {
  const auto thrown = run_ranks(2, [](RankGroup& group) {
    if (group.rank() == 0) return group.finish();
    group.fail("DIR: no such folder");
  });
  EXPECT_THAT(thrown[0], HasSubstr("rank 1 ("));
  EXPECT_THAT(thrown[0], HasSubstr("): DIR: no such folder"));
}

TEST(RankGroup, NamesTheRankThatDoesNotCome) {
  const KeptStore kept = keep_store();
  const std::string message = message_of<RankLost>([&] {
    RankGroup({0, 2, 0, "127.0.0.1", kept.port, true, "0"}, seconds(1));
  });
  EXPECT_EQ(message, cat("rank 1: did not come to 127.0.0.1:", kept.port,
                         " within 1 seconds; start all 2 ranks"));
}

TEST(RankGroup, FindsNobodyWhereNobodyIs) {
  const std::string message = message_of<InputError>([&] {
    RankGroup({1, 2, 1, "127.0.0.1", 1, false, "0"}, seconds(1));
  });
  EXPECT_THAT(message, HasSubstr("rank 1: finds nobody at 127.0.0.1:1"));
}

TEST(RankGroup, NamesAHostThatNobodyKnows) {
  const std::string message = message_of<InputError>([&] {
    RankGroup({1, 2, 1, "nowhere.invalid", 29500, false, "0"}, seconds(1));
  });
  EXPECT_THAT(message, HasSubstr("rank 1: no address is known for the name nowhere.invalid"));
}

TEST(Likeness, NamesTheFirstThingThatARankHasOtherwise) {
  const auto thrown = run_ranks(3, [](RankGroup& group) {
    Likeness own = {{"--train.lr", "0.003"}, {"program", "0.2.0 (abc, release)"}};
    require_alike(group, own);
    if (group.rank() == 2) own["program"] = "0.2.0 (def, release)";
    require_alike(group, own);
  });
  EXPECT_THAT(thrown[0], HasSubstr("rank 2 ("));
  EXPECT_THAT(thrown[0], HasSubstr("its program is 0.2.0 (def, release), that of rank 0 "
                                   "0.2.0 (abc, release); start all ranks alike"));
}

}  // namespace
}  // namespace recombine

// Links between devices, by a stand-in on the CPU.

#include "meta/ranks/direct_links.h"

#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>

#include "data/error.h"
#include "tests/meta/ranks/rank_threads.h"

namespace recombine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using Coming = c10::intrusive_ptr<c10d::Work>;

/// As a sum is whose other rank is gone: NCCL does not notice.
class EndlessWork : public c10d::Work {
 public:
  bool isCompleted() override { return false; }
};

struct Calls {
  std::atomic<int> sums = 0;
  std::atomic<int> aborts = 0;
};

/// Sums by Gloo; instead of the second sum (the first is the trial) does `then`, if there is one.
class StandIn : public c10d::Backend {
 public:
  StandIn(c10::intrusive_ptr<c10d::Backend> gloo, Calls& calls, std::function<Coming()> then)
      : Backend(gloo->getRank(), gloo->getSize()),
        gloo_(std::move(gloo)),
        calls_(calls),
        then_(std::move(then)) {}
  const std::string getBackendName() const override { return "stand-in"; }  // NOLINT: as inherited
  Coming allreduce(std::vector<at::Tensor>& tensors,
                   const c10d::AllreduceOptions& options) override {
    ++calls_.sums;
    if (++own_sums_ == 2 && then_) return then_();
    return gloo_->allreduce(tensors, options);
  }
  void abort() override { ++calls_.aborts; }

 private:
  c10::intrusive_ptr<c10d::Backend> gloo_;
  Calls& calls_;
  std::function<Coming()> then_;
  int own_sums_ = 0;
};

Coming endless() { return c10::make_intrusive<EndlessWork>(); }

MakeLinks stand_in(Calls& calls, const std::function<Coming()>& then = nullptr) {
  return [&calls, then](const SharedStore& store, const RankPlace& place, milliseconds limit) {
    auto gloo = connect_ranks(store, place, std::chrono::duration_cast<seconds>(limit));
    return c10::make_intrusive<StandIn>(std::move(gloo), calls, then);
  };
}

/// Whole numbers, whose sum has no order.
void expect_whole_sum(RankGroup& group) {
  const torch::Tensor numbers = torch::arange(1000, torch::kFloat32);
  const int first = 2 * group.rank();
  const std::vector<torch::Tensor> parts = {numbers * first, numbers * (first + 1)};
  group.sum(parts);
  const int factors = 2 * group.count();
  EXPECT_TRUE(torch::equal(parts.front(), numbers * (factors * (factors - 1) / 2)));
}

TEST(DirectLinks, SumWhatLiesOnTheirDevice) {
  for (const int ranks : {1, 2, 3}) {
    Calls calls;
    expect_nothing(run_ranks(ranks, [&](RankGroup& group) {
      EXPECT_EQ(group.link_devices(torch::kCPU, stand_in(calls)), "");
      for (int again = 0; again < 2; ++again) expect_whole_sum(group);
      group.finish();
    }));
    EXPECT_EQ(calls.sums, ranks == 1 ? 0 : 3 * ranks);
    EXPECT_EQ(calls.aborts, ranks == 1 ? 0 : ranks);
  }
}

/// Those of a rank that is alone.
MakeLinks alone(Calls& calls) {
  return [&calls](const SharedStore& store, const RankPlace& place, milliseconds limit) {
    const auto own = c10::make_intrusive<c10d::PrefixStore>(std::to_string(place.rank), store);
    return stand_in(calls)(own, {0, 1, 0, place.host, place.port, true, ""}, limit);
  };
}

TEST(DirectLinks, AreOfOneDevice) {
  Calls calls;
  const KeptStore kept = keep_store();
  const RankPlace place{0, 1, 0, "127.0.0.1", kept.port, true, "0"};
  const DirectLinks links(alone(calls)(kept.store, place, seconds(5)), torch::kMeta, seconds(5));
  EXPECT_FALSE(links.reach(torch::ones({1})));
  EXPECT_TRUE(links.reach(torch::ones({1}, torch::kMeta)));
}

TEST(DirectLinks, WhereOneRankHasNoneAllGoOnThroughTheirHosts) {
  Calls calls;
  const MakeLinks make = [&](const SharedStore& store, const RankPlace& place, milliseconds limit) {
    require(place.rank != 1, "librecombine_cuda.so was built without NCCL");
    return alone(calls)(store, place, limit);
  };
  expect_nothing(run_ranks(2, [&](RankGroup& group) {
    const std::string problem = group.link_devices(torch::kCPU, make);
    EXPECT_THAT(problem, HasSubstr("rank 1 ("));
    EXPECT_THAT(problem, HasSubstr("): librecombine_cuda.so was built without NCCL"));
    expect_whole_sum(group);
    group.finish();
  }));
  EXPECT_EQ(calls.sums, 0);
}

TEST(DirectLinks, ThatDoNotWorkAreGivenUp) {
  Calls calls;
  expect_nothing(run_ranks(2, [&](RankGroup& group) {
    EXPECT_THAT(group.link_devices(torch::kCPU, alone(calls)),
                HasSubstr("): the sum of 2 ones is 1"));
    expect_whole_sum(group);
    group.finish();
  }));
  EXPECT_EQ(calls.aborts, 2);
}

TEST(DirectLinks, WhoseOtherEndIsGoneNameTheRank) {
  Calls calls;
  const auto begin = std::chrono::steady_clock::now();
  const auto thrown = run_ranks(
      3,
      [&](RankGroup& group) {
        EXPECT_EQ(group.link_devices(torch::kCPU, stand_in(calls, endless)), "");
        if (group.rank() == 1) return;
        group.sum({torch::ones({10})});
      },
      seconds(60));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(30)) << "waited until time was up";
  EXPECT_THAT(thrown[0], HasSubstr("rank 1 ("));
  EXPECT_THAT(thrown[0], HasSubstr("does not answer"));
  EXPECT_EQ(thrown[2], thrown[0]);
  EXPECT_EQ(calls.aborts, 3);
}

TEST(DirectLinks, ThatStandStillEndWhenTimeIsUp) {
  Calls calls;
  const auto thrown = run_ranks(
      2,
      [&](RankGroup& group) {
        EXPECT_EQ(group.link_devices(torch::kCPU, stand_in(calls, endless)), "");
        group.sum({torch::ones({10})});
      },
      seconds(3));
  EXPECT_THAT(thrown[0], HasSubstr("): no sum over the ranks within 3 seconds"));
  EXPECT_EQ(thrown[1], thrown[0]);
  EXPECT_EQ(calls.aborts, 2);
}

TEST(DirectLinks, ThatBreakNameTheRankAndOneThatIsWellSpeaks) {
  Calls calls;
  const auto fail = []() -> Coming { throw std::runtime_error("NCCL error: no way\na stack"); };
  std::vector<int> speakers;
  expect_nothing(run_ranks(2, [&](RankGroup& group) {
    const auto then = group.rank() == 0 ? std::function<Coming()>(fail) : endless;
    EXPECT_EQ(group.link_devices(torch::kCPU, stand_in(calls, then)), "");
    try {
      group.sum({torch::ones({10})});
      ADD_FAILURE() << "was summed";
    } catch (const RankLost& lost) {
      EXPECT_THAT(lost.what(), HasSubstr("rank 0 ("));
      EXPECT_THAT(lost.what(), testing::EndsWith("): NCCL error: no way"));
      if (lost.speaks()) speakers.push_back(group.rank());
    }
  }));
  EXPECT_EQ(speakers, std::vector<int>{1});
}

}  // namespace
}  // namespace recombine

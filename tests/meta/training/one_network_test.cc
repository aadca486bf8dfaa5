// One network for episodes of several sides and study sets: trained, killed, resumed, asked,
// traced.

#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "data/text.h"
#include "tests/data/temporary_folder.h"
#include "tests/meta/training/processes.h"

namespace recombine {
namespace {
namespace fs = std::filesystem;

int run_recombine(const std::string& words, const fs::path& said) {
  std::vector<std::string> all{built_program("recombine").string()};
  for (const std::string& word : split_text(words, ' ')) all.push_back(word);
  all.emplace_back("--quiet");
  return wait_for(start_process(all, said));
}

/// The bytes of the weights of a run's step 12, behind the header, which has the config.
std::string weights_of(const std::string& run) {
  const std::string file = read_file(fs::path(run) / "checkpoints/step-12/model.safetensors");
  std::uint64_t header = 0;
  std::memcpy(&header, file.data(), sizeof header);
  return file.substr(sizeof header + header);
}

/// Small episodes of sides 6 and 8 with two pairs of each section or three.
class OneNetwork : public testing::Test {
 protected:
  void SetUp() override {
    expect_done(
        cat("generate grids --episodes 240 --side 6 --further-sides 8 --study 2 "
            "--further-study 3 --queries 5 --min-shape-size 2 --max-shape-size 3 "
            "--shape-box 2 --out ",
            path("set")));
    expect_done(cat("split --data ", path("set"),
                    " --primitives -1 --compositions -1 --queries 5 --out ", path("split")));
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void expect_done(const std::string& words) const {
    EXPECT_EQ(run_recombine(words, folder_ / "said"), 0) << words << read_file(folder_ / "said");
  }
  std::vector<std::string> one_training(const std::string& out) const {
    return split_text(
        cat("train --quiet --data ", path("split"), " --out ", path(out),
            " --steps 60 --batch 4 --workers 1 --checkpoint-every 20 --validate-every 60 "
            "--validate-items 8 --queries-mix plain,copy --model.name executor --model.width 16 "
            "--model.heads 2 --model.feed-forward 32 --model.layers 1 --model.patch 2 "
            "--model.units sets --model.chains every --model.places relative --model.order found "
            "--model.sections hidden "
            "--study-mix all,no-primitives,no-compositions,three-shot,fewer --pad-to 8,10"),
        ' ');
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(OneNetwork, LearnsIsResumedAnswersAndIsTraced) {
  EXPECT_EQ(wait_for(start(one_training("whole"))), 0);
  const pid_t process = start(one_training("killed"));
  wait_until_there(fs::path(path("killed")) / "checkpoints" / "step-20");
  kill(process, SIGKILL);
  wait_for(process);
  EXPECT_EQ(wait_for(start({"train", "--quiet", "--out", path("killed"), "--resume"})), 0);
  expect_same_checkpoint(path("killed"), path("whole"), 60);

  // Every query of sets whose episodes differ, and of shots that were never split so.
  expect_done(cat("predict --run ", path("whole"), " --data ", path("split/test_ood"), " --out ",
                  path("mixed.jsonl")));
  expect_done(cat("evaluate --data ", path("split/test_ood"), " --predictions ",
                  path("mixed.jsonl"), " --out ", path("mixed.json")));
  expect_done(cat("generate grids --episodes 20 --side 12 --study 1 --queries 2 --seed 5 --out ",
                  path("large")));
  expect_done(cat("predict --run ", path("whole"), " --data ", path("large"), " --out ",
                  path("large.jsonl")));
  expect_done(cat("trace --run ", path("whole"), " --data ", path("large"), " --items 3 --out ",
                  path("trace")));
  EXPECT_THAT(read_file(path("trace/trace.json")), testing::HasSubstr("\"units\""));
}

TEST_F(OneNetwork, LearnsTheSameFromTriggersAsFromSectionsThatItIsTold) {
  expect_done(
      cat("generate grids --episodes 120 --side 6 --study 2 --queries 3 --min-shape-size 2 "
          "--max-shape-size 3 --shape-box 2 --out ",
          path("six")));
  const auto training = [&](const std::string& data, const std::string& sections) {
    return cat("train --data ", path(data), " --out ", path(sections + "-" + data),
               " --steps 12 --batch 4 --workers 1 --warmup 2 --validate-items 8 --queries-mix "
               "plain,copy --model.name executor --model.width 16 --model.heads 2 "
               "--model.feed-forward 32 --model.layers 1 --model.sections ",
               sections);
  };
  const std::string split = cat("split --data ", path("six"), " --queries 3 --out ");
  expect_done(split + path("ordered"));
  expect_done(split + path("shuffled") + " --shuffle-study");
  expect_done(training("ordered", "told"));
  expect_done(training("ordered", "triggers"));
  EXPECT_TRUE(weights_of(path("triggers-ordered")) == weights_of(path("told-ordered")));
  expect_done(training("shuffled", "triggers"));
  expect_done(cat("predict --run ", path("triggers-shuffled"), " --data ",
                  path("shuffled/test_ood"), " --copies --out ", path("p.jsonl")));
}

TEST_F(OneNetwork, IsRefusedWhereTheModelNeedsOneLayout) {
  std::vector<std::string> words = one_training("fixed");
  words = with(with(words, "--model.places", "absolute"), "--pad-to", "6");
  const fs::path said = path("said");
  EXPECT_EQ(wait_for(start(words, said)), 3);
  EXPECT_THAT(read_file(said), testing::HasSubstr("the training episodes have side"));
}

}  // namespace
}  // namespace recombine

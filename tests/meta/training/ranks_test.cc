// A training by several processes is that by one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/meta/training/ranks_fixtures.h"

namespace recombine {
namespace {
namespace fs = std::filesystem;

using testing::HasSubstr;

TEST_F(RanksOfATraining, LeaveTheBytesOfOneProcess) {
  for (const std::string model : {"executor", "fast"}) {
    const auto run = [&](const std::string& name, int ranks, int workers) {
      std::vector<std::string> words =
          and_also(short_training(name, workers), {"--model.name", model});
      if (ranks > 1) words = and_also(words, {"--ranks", std::to_string(ranks)});
      EXPECT_EQ(wait_for(start(words)), 0) << name;
      return name;
    };
    const std::string one = run(model + "-1x4", 1, 4);
    const std::string two = run(model + "-2x2", 2, 2);
    const std::string four = run(model + "-4x1", 4, 1);
    for (const std::string& name : {two, four}) {
      expect_same_run(name, one, 2);
      expect_same_run(name, one, 4);
      EXPECT_THAT(read_file(folder_ / name / "config.ini"), HasSubstr("\nworkers = 4\n"));
    }
    const Json info = RunFolder(folder_ / four).read_info();
    EXPECT_EQ(info.at("workers"), 4);
    EXPECT_EQ(info.at("ranks"), 4);
  }
}

TEST_F(RanksOfATraining, OfFactsLeaveThemToo) {
  const std::string world = folder_ / "world";
  ASSERT_EQ(wait_for(start_process({built_program("recombine").string(), "generate", "facts",
                                    "--quiet", "--entities", "40", "--relations", "8", "--degree",
                                    "4", "--lambda", "2", "--out", world})),
            0);
  const auto run = [&](const std::string& name, int ranks, int workers) {
    const std::vector<std::string> words = {"train",
                                            "--quiet",
                                            "--data",
                                            world,
                                            "--out",
                                            folder_ / name,
                                            "--model.name",
                                            "gpt",
                                            "--model.width",
                                            "16",
                                            "--model.heads",
                                            "2",
                                            "--model.feed-forward",
                                            "32",
                                            "--model.layers",
                                            "1",
                                            "--model.dropout",
                                            "0.2",
                                            "--steps",
                                            "4",
                                            "--batch",
                                            "10",
                                            "--log-every",
                                            "1",
                                            "--validate-items",
                                            "300",
                                            "--ranks",
                                            std::to_string(ranks),
                                            "--workers",
                                            std::to_string(workers)};
    EXPECT_EQ(wait_for(start(words)), 0) << name;
  };
  run("one", 1, 4);
  run("two", 2, 2);
  run("four", 4, 1);
  expect_same_run("two", "one", 4);
  expect_same_run("four", "one", 4);
}

TEST_F(RanksOfATraining, GoOnInAnotherNumber) {
  EXPECT_EQ(wait_for(start(short_training("whole", 4))), 0);
  const auto part = [&](const std::string& steps, const std::vector<std::string>& more) {
    return with(and_also(short_training("parts", 2), more), "--steps", steps);
  };
  // Interrupted once it has its first checkpoint, in the long training that it is begun as.
  const fs::path run = folder_ / "parts";
  const pid_t process = start(part("4", {"--ranks", "2"}));
  wait_until_there(run / "checkpoints" / "step-2");
  kill(process, SIGTERM);
  const int code = wait_for(process);
  EXPECT_TRUE(code == 130 || code == 0) << code;
  const std::vector<std::string> resume = {"train", "--quiet", "--out", run.string(), "--resume"};
  EXPECT_EQ(wait_for(start(and_also(resume, {"--ranks", "3"}))), 2) << "three cannot share four";
  EXPECT_EQ(wait_for(start(and_also(resume, {"--ranks", "4", "--workers", "2"}))), 2);
  EXPECT_EQ(wait_for(start(and_also(resume, {"--ranks", "4"}))), 0);
  expect_same_run("parts", "whole", 4);
}

/// As a starter gives it to each rank.
std::vector<std::string> torchrun_variables(int rank,
                                            int count,
                                            const std::string& host,
                                            int port) {
  return {cat("RANK=", rank), cat("WORLD_SIZE=", count), cat("LOCAL_RANK=", rank),
          cat("MASTER_ADDR=", host), cat("MASTER_PORT=", port)};
}

TEST_F(RanksOfATraining, MeetByTheVariablesOfTorchrunAndSlurm) {
  EXPECT_EQ(wait_for(start(short_training("one", 2))), 0);
  const int port = free_port();
  std::vector<pid_t> processes;
  for (const int rank : {1, 0}) {
    processes.push_back(
        start(short_training("torchrun", 1), {}, torchrun_variables(rank, 2, "localhost", port)));
  }
  for (const int rank : {1, 0}) {
    processes.push_back(start(short_training("slurm", 1), {},
                              {cat("SLURM_PROCID=", rank), "SLURM_NTASKS=2",
                               cat("SLURM_LOCALID=", rank), "SLURM_STEP_NUM_TASKS=2",
                               cat("SLURM_JOB_ID=", ::getpid()), "SLURM_JOB_NODELIST=localhost"}));
  }
  for (const pid_t process : processes) EXPECT_EQ(wait_for(process), 0);
  expect_same_run("torchrun", "one", 4);
  expect_same_run("slurm", "one", 4);
}

TEST_F(RanksOfATraining, OfAnotherConfigAreNamedInOneLine) {
  const int port = free_port();
  const auto rank = [&](int number, const std::string& rate) {
    return start(and_also(short_training("run", 1), {"--lr", rate}), folder_ / cat("said-", number),
                 torchrun_variables(number, 2, "127.0.0.1", port));
  };
  const pid_t first = rank(0, "0.003");
  const pid_t second = rank(1, "0.004");
  EXPECT_EQ(wait_for(first), 1);
  EXPECT_EQ(wait_for(second), 1);
  const std::vector<std::string> said = lines_of(folder_ / "said-0");
  ASSERT_EQ(said.size(), 1U);
  EXPECT_THAT(said.front(), HasSubstr(cat("process ", second,
                                          "): its --train.lr is 0.004, that "
                                          "of rank 0 0.003")));
  EXPECT_TRUE(lines_of(folder_ / "said-1").empty());
  EXPECT_FALSE(fs::exists(folder_ / "run"));
}

TEST_F(RanksOfATraining, WhoseBatchIsTooSmallAreRefusedInOneLine) {
  const fs::path said = folder_ / "said";
  EXPECT_EQ(wait_for(start(and_also(short_training("run", 2), {"--ranks", "4"}), said)), 2);
  EXPECT_EQ(lines_of(said),
            (std::vector<std::string>{"recombine train: --workers 2: on 4 ranks are 8, which must "
                                      "be at most --batch 6"}));
  EXPECT_EQ(wait_for(start(and_also(short_training("run", 1), {"--ranks", "2"}), said,
                           torchrun_variables(0, 2, "127.0.0.1", 1))),
            2);
  EXPECT_THAT(read_file(said), HasSubstr("--ranks 2: this is one of 2 ranks"));
}

/// Two network namespaces with a cable between them.
class Namespaces {
 public:
  Namespaces() : first_(cat("rb", ::getpid(), "a")), second_(cat("rb", ::getpid(), "b")) {
    made_ = ip({"netns", "add", first_}) && ip({"netns", "add", second_}) &&
            ip({"link", "add", first_, "netns", first_, "type", "veth", "peer", "name", second_,
                "netns", second_}) &&
            raise(first_, "10.213.7.1/24") && raise(second_, "10.213.7.2/24");
  }
  ~Namespaces() {
    for (const std::string& name : {first_, second_}) ip({"netns", "del", name});
  }
  Namespaces(const Namespaces&) = delete;
  Namespaces& operator=(const Namespaces&) = delete;

  bool are_there() const { return made_; }
  std::vector<std::string> inside(int number, std::vector<std::string> words) const {
    words.insert(words.begin(), {"ip", "netns", "exec", number == 0 ? first_ : second_,
                                 built_program("recombine-train").string()});
    return words;
  }

 private:
  static bool ip(std::vector<std::string> words) {
    words.insert(words.begin(), "ip");
    return wait_for(start_process(words, "/dev/null")) == 0;
  }
  static bool raise(const std::string& name, const std::string& address) {
    return ip({"-n", name, "addr", "add", address, "dev", name}) &&
           ip({"-n", name, "link", "set", name, "up"}) &&
           ip({"-n", name, "link", "set", "lo", "up"});
  }

  std::string first_;
  std::string second_;
  bool made_ = false;
};

TEST_F(RanksOfATraining, MeetOverTwoNetworkNamespaces) {
  if (::geteuid() != 0) GTEST_SKIP() << "making network namespaces needs root";
  const Namespaces two;
  if (!two.are_there()) GTEST_SKIP() << "ip netns makes no network namespaces here";
  EXPECT_EQ(wait_for(start(short_training("one", 4))), 0);
  const int port = free_port();
  std::vector<pid_t> processes;
  for (const int rank : {0, 1}) {
    processes.push_back(start_process(two.inside(rank, short_training("two", 2)), {},
                                      torchrun_variables(rank, 2, "10.213.7.1", port)));
  }
  for (const pid_t process : processes) EXPECT_EQ(wait_for(process), 0);
  expect_same_run("two", "one", 4);
}

}  // namespace
}  // namespace recombine

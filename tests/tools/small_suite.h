#pragma once
// A suite of one small task, made and answered by the program.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {

inline constexpr std::string_view kSmallTask =
    "# Held out: a colour or two.\n"
    "[grids]\nepisodes = 60\nside = 6\nstudy = 1\nqueries = 2\nmax-shape-size = 3\nshape-box = 2\n"
    "seed = 5\ncertify = true\n"
    "[split]\naxis = colour\ntest-fraction = 0.3\nid-fraction = 0.2\nprimitives = 1\n"
    "compositions = 1\nqueries = 2\n";

/// A suite of one task, its data, and answers of two baselines to it.
class SmallSuite : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(suite());
    write_file(suite() / "colour-6.ini", kSmallTask);
  }

  std::filesystem::path suite() const { return folder_ / "small"; }
  std::filesystem::path data() const { return folder_ / "data"; }
  std::filesystem::path answers() const { return folder_ / "answers"; }

  Outcome use(const std::string& part, std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"suite", part, "--suite", suite().string()};
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }
  Outcome make() const { return use("make", {"--out", data().string(), "--quiet"}); }

  void answer(const std::string& model,
              const std::filesystem::path& file,
              const char* set = "test_ood") const {
    std::filesystem::create_directories(file.parent_path());
    const Outcome outcome =
        recombine({"baseline", model, "--data", (data() / "colour-6" / set).string(), "--out",
                   file.string(), "--quiet"});
    ASSERT_EQ(outcome.code, kDone) << outcome.error;
  }
  void answer_all() const {
    for (const char* set : {"test_id", "test_ood"}) {
      for (const char* model : {"copy-input", "oracle"})
        answer(model, answers() / model / cat("colour-6.", set, ".jsonl"), set);
    }
  }

  TemporaryFolder folder_;
};

}  // namespace recombine

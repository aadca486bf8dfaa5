// Answers of a run by parts of the items, put together: the bytes of those to all.

#include <algorithm>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

/// In the folder; standard error goes to the file `said` there.
int program(const TemporaryFolder& folder, const std::string& words) {
  const std::string line = cat("cd '", folder.path().string(), "' && '", build_folder(),
                               "/bin/recombine' ", words, " --quiet >/dev/null 2>said");
  return WEXITSTATUS(std::system(line.c_str()));
}

void expect_parts_to_be_all(const TemporaryFolder& folder, const std::string& asked, int parts) {
  ASSERT_EQ(program(folder, cat("predict ", asked, " --threads 2 --out one.jsonl")), 0)
      << read_file(folder / "said");
  std::string files;
  for (int part = 0; part < parts; ++part) {
    const std::string file = cat("p", part, ".jsonl");
    ASSERT_EQ(program(folder, cat("predict ", asked, " --threads 1 --shard ", part, "/", parts,
                                  " --out ", file)),
              0)
        << read_file(folder / "said");
    files.insert(0, cat(file, " "));
  }
  ASSERT_EQ(program(folder, cat("merge ", files, " --out all.jsonl")), 0)
      << read_file(folder / "said");
  EXPECT_EQ(read_file(folder / "all.jsonl"), read_file(folder / "one.jsonl"));
  EXPECT_EQ(read_file(folder / "all.meta.json"), read_file(folder / "one.meta.json"));
}

TEST(PredictParts, OfEpisodesAreTheAnswersToAll) {
  const TemporaryFolder folder;
  ASSERT_EQ(program(folder,
                    "generate grids --episodes 600 --side 6 --study 2 --queries 2 "
                    "--min-shape-size 2 --max-shape-size 3 --shape-box 2 --out set"),
            0);
  ASSERT_EQ(program(folder, "split --data set --primitives 1 --compositions 1 --queries 2 --out s"),
            0);
  ASSERT_EQ(program(folder,
                    "train --data s --out run --steps 2 --warmup 1 --batch 4 --workers 1 "
                    "--validate-items 5 --queries-mix plain --model.width 16 --model.heads 2 "
                    "--model.feed-forward 32 --model.layers 1 --model.patch 3"),
            0)
      << read_file(folder / "said");
  expect_parts_to_be_all(folder, "--run run --data s/train --copies", 3);
  ASSERT_EQ(program(folder, "predict --run run --data s/train --limit 40 --out first.jsonl"), 0)
      << read_file(folder / "said");
  const std::string first = read_file(folder / "first.jsonl");
  EXPECT_EQ(std::ranges::count(first, '\n'), 40 * 2);
  EXPECT_TRUE(read_file(folder / "one.jsonl").starts_with(first));
  EXPECT_THAT(read_file(folder / "first.meta.json"), testing::HasSubstr("the first 40 of "));
#ifndef RECOMBINE_SANITIZED
  int refused = 0;
  for (const char* cap : {"20M", "60M", "100M", "150M", "200M", "300M"}) {
    const int code = program(
        folder, cat("predict --run run --data s/train --out capped.jsonl --force --memory ", cap));
    if (code == kDone) break;
    ++refused;
    EXPECT_EQ(code, kBadData) << cap;
    EXPECT_THAT(read_file(folder / "said"), testing::StartsWith("recombine predict: out of memory"))
        << cap;
  }
  EXPECT_GT(refused, 0) << "or nothing was capped";
#endif
  EXPECT_EQ(program(folder, "predict --run run --data s/train --shard 0/99 --out q.jsonl"),
            kWrongUse);
  EXPECT_THAT(read_file(folder / "said"), testing::HasSubstr("as 32 items are answered together"));
}

TEST(PredictParts, OfFactsAreTheAnswersToAll) {
  const TemporaryFolder folder;
  ASSERT_EQ(program(folder,
                    "generate facts --entities 60 --relations 8 --degree 6 --lambda 3 --out world"),
            0);
  ASSERT_EQ(program(folder,
                    "train --data world --out run --steps 2 --warmup 1 --batch 8 --workers 1 "
                    "--validate-items 5 --model.name gpt --model.width 16 --model.heads 2 "
                    "--model.layers 1"),
            0)
      << read_file(folder / "said");
  expect_parts_to_be_all(folder, "--run run --data world/train", 2);
}

}  // namespace
}  // namespace recombine

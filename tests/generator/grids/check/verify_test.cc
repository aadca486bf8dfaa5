// What verify makes of a split's split.json, and of an interruption.

#include "generator/grids/check/verify.h"

#include <csignal>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/codec.h"
#include "data/storage/file.h"
#include "data/storage/record_set.h"
#include "data/storage/set_writer.h"
#include "generator/facts/stored_world.h"
#include "generator/facts/verify.h"
#include "generator/facts/write.h"
#include "generator/verify.h"
#include "tests/data/formats/episode.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

/// Imported sets, of which nothing can be made again.
class VerifySplit : public testing::Test {
 protected:
  void SetUp() override {
    Grammar held_out = small_episode().grammar;
    held_out.shape_rule() = {"mirror", {{"direction", "x"}}};
    write_set("train", small_episode().grammar, 4);
    write_set("test_ood", held_out, 2);
  }

  void write_set(const char* name, const Grammar& grammar, int count) {
    SetWriter writer(folder_ / name, "grids");
    Episode episode = small_episode();
    episode.study.clear();
    episode.grammar = grammar;
    for (int i = 0; i < count; ++i) {
      episode.id = cat(name, "-e", i);
      writer.add(encode_episode(episode));
    }
    const Manifest manifest =
        writer.finish({{"family", "grids"}, {"import", {{"format", "carc"}, {"file", "x"}}}});
    sets_[name] = {{"count", manifest.count}, {"digest", manifest.digest}};
  }

  /// The checks that fail where split.json has this text.
  std::vector<std::string> failures(const std::string& text) const {
    write_file(folder_ / "split.json", text);
    std::vector<std::string> failed;
    for (const Check& check : verify_folder(folder_.path(), {true, true})) {
      if (!check.ok) failed.push_back(check.name);
    }
    return failed;
  }

  std::string described() const { return Json{{"sets", sets_}}.dump(); }

  TemporaryFolder folder_;
  Json sets_ = Json::object();
};

TEST_F(VerifySplit, FindsNothingWhereItsFileIsWhole) {
  EXPECT_THAT(failures(described()), testing::IsEmpty());
  EXPECT_THAT(failures(R"({"seed": 1, "imported": {"train": "a.jsonl", "test_ood": "b.jsonl"}})"),
              testing::IsEmpty());
}

TEST_F(VerifySplit, FindsAFileThatIsDamaged) {
  for (const char* text : {"", "{", "{}", "[]", R"({"sets": {}})", R"({"sets": [1, 2]})",
                           R"({"sets": {"train": 1, "test_ood": 2}})",
                           R"({"imported": {"train": "a.jsonl", "test_id": "b.jsonl"}})"}) {
    EXPECT_THAT(failures(text), testing::ElementsAre("split.json")) << text;
  }
}

TEST_F(VerifySplit, FindsAFileOfAnotherSplit) {
  const Json good = sets_;
  sets_["train"]["count"] = 5;
  EXPECT_THAT(failures(described()), testing::ElementsAre("split.json"));
  sets_ = good;
  sets_["test_ood"]["digest"] = "sha256:0";
  EXPECT_THAT(failures(described()), testing::ElementsAre("split.json"));
}

/// Ends the program, with 7 where `work` listens to a signal.
template <class Work>
void interrupt(const Work& work) {
  catch_interrupts();
  std::raise(SIGINT);
  try {
    work();
  } catch (const Interrupted&) {
    std::_Exit(7);
  }
  std::_Exit(1);
}

using VerifyDeathTest = VerifySplit;

TEST_F(VerifyDeathTest, ListensBeforeItsFirstCheck) {
  const auto verify = [&] { verify_folder(folder_ / "train", {true, true}); };
  EXPECT_EXIT(interrupt(verify), testing::ExitedWithCode(7), "");
}

TEST_F(VerifyDeathTest, ListensWithinTheChecksOfASplit) {
  const auto check = [&] { check_split(folder_.path(), {"train", "test_ood"}); };
  EXPECT_EXIT(interrupt(check), testing::ExitedWithCode(7), "");
}

TEST(VerifyWorldDeathTest, ListensWithinEveryLongCheck) {
  const TemporaryFolder folder;
  FactConfig config = small_world();
  config.entities = 60;
  const fs::path place = folder / "w";
  write_world(place, config, false, true);
  const std::vector<std::string> names = data_set_names(place);
  const StoredWorld world(place, names);
  const FactSet train(place / "train");
  const auto open = [&] { StoredWorld(place, names); };
  EXPECT_EXIT(interrupt(open), testing::ExitedWithCode(7), "");
  EXPECT_EXIT(interrupt([&] { world.check_paths(); }), testing::ExitedWithCode(7), "");
  EXPECT_EXIT(interrupt([&] { world.check_pools(); }), testing::ExitedWithCode(7), "");
  EXPECT_EXIT(interrupt([&] { world.check_probes(); }), testing::ExitedWithCode(7), "");
  EXPECT_EXIT(interrupt([&] { world.check_overlap(); }), testing::ExitedWithCode(7), "");
  EXPECT_EXIT(interrupt([&] { check_fact_answers(train); }), testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace recombine

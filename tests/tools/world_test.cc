// A world of facts from its options to other tools' files and back, as a person types it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/storage/record_set.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class World : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  Outcome generate(const std::string& name, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {
        "generate", "facts",    "--entities", "60",      "--relations", "12",      "--degree",
        "6",        "--lambda", "3",          "--quiet", "--out",       path(name)};
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }

  TemporaryFolder folder_;
};

TEST_F(World, ThatIsWholeIsLeftByResume) {
  const Outcome made = generate("world");
  const auto before = std::filesystem::last_write_time(folder_ / "world/world.json");
  const Outcome again = generate("world", {"--resume"});
  EXPECT_EQ(again.code, kDone) << again.error;
  EXPECT_EQ(again.out, made.out);
  EXPECT_EQ(std::filesystem::last_write_time(folder_ / "world/world.json"), before);
  EXPECT_EQ(generate("world", {"--resume", "--seed", "5"}).code, kBadData);
  std::filesystem::remove(folder_ / "world/val_id/shard-00000-of-00001.rcb");
  const Outcome damaged = generate("world", {"--resume"});
  EXPECT_EQ(damaged.code, kBadData);
  EXPECT_THAT(damaged.error, HasSubstr("is missing"));
  std::filesystem::remove_all(folder_ / "world/val_id");
  const Outcome less = generate("world", {"--resume"});
  EXPECT_EQ(less.code, kBadData);
  EXPECT_THAT(less.error, HasSubstr("says that val_id is beside it, which is missing"));
}

TEST_F(World, IsVerifiedAsMadeAndAsImported) {
  ASSERT_EQ(generate("world").code, kDone);
  EXPECT_EQ(recombine({"verify", path("world"), "--quiet"}).code, kDone);
  ASSERT_EQ(
      recombine({"export", path("world"), "--format", "grokked", "--out", path("files"), "--quiet"})
          .code,
      kDone);
  ASSERT_EQ(recombine({"import", "--format", "grokked", "--in", path("files"), "--out",
                       path("again"), "--quiet"})
                .code,
            kDone);
  const Outcome verified = recombine({"verify", path("again"), "--quiet"});
  EXPECT_EQ(verified.code, kDone) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("imported"));
}

TEST_F(World, IsNotVerifiedWhereItsOodSetsShareQuestions) {
  ASSERT_EQ(generate("world", {"--axis", "bridge"}).code, kDone);
  std::filesystem::remove_all(folder_ / "world/val_ood");
  std::filesystem::copy(folder_ / "world/test_ood", folder_ / "world/val_ood",
                        std::filesystem::copy_options::recursive);
  Json world = Json::parse(read_file(folder_ / "world/world.json"));
  world["sets"]["val_ood"] = world["sets"]["test_ood"];
  write_file(folder_ / "world/world.json", world.dump(2));
  const Outcome verified = recombine({"verify", path("world"), "--quiet"});
  EXPECT_EQ(verified.code, kAnswerIsNo) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("questions are in val_ood and test_ood"));
}

TEST_F(World, IsSplitByWhatItsAxesReadAlone) {
  ASSERT_EQ(generate("world").code, kDone);
  const auto split = [&](const std::string& axis, const std::vector<std::string>& more) {
    std::vector<std::string> words = {"split", "--data",   path("world"), "--axis", axis,
                                      "--out", path("w2"), "--force",     "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  };
  for (const char* axis : {"lambda", "noise", "hops", "mixed-hops"}) {
    for (const char* option : {"--seed", "--test-fraction"}) {
      const Outcome refused = split(axis, {option, option[2] == 's' ? "7" : "0.5"});
      EXPECT_EQ(refused.code, kWrongUse) << axis << option;
      EXPECT_THAT(refused.error, HasSubstr(cat("--axis ", axis, ": nothing is drawn for it")));
    }
  }
  EXPECT_EQ(split("bridge", {"--seed", "7", "--test-fraction", "0.3"}).code, kDone);
  const Outcome twice = split("lambda", {"--hold-out", "lambda=2,lambda=3"});
  EXPECT_EQ(twice.code, kWrongUse);
  EXPECT_THAT(twice.error, HasSubstr("--hold-out lambda=2,lambda=3: lambda has one level"));
  const Outcome beyond = split("noise", {"--hold-out", "noise=1.4"});
  EXPECT_EQ(beyond.code, kWrongUse);
  EXPECT_THAT(beyond.error, HasSubstr("--hold-out noise=1.4: --noise 1.4"));
  const Outcome two = split("lambda,bridge", {});
  EXPECT_EQ(two.code, kWrongUse);
  EXPECT_THAT(two.error, HasSubstr("--axis lambda,bridge: lambda and noise hold out"));
}

TEST_F(World, IsNotVerifiedWhereASetIsOfAnother) {
  ASSERT_EQ(generate("world").code, kDone);
  ASSERT_EQ(generate("other", {"--seed", "7"}).code, kDone);
  std::filesystem::remove_all(folder_ / "world" / "test_ood");
  std::filesystem::rename(folder_ / "other" / "test_ood", folder_ / "world" / "test_ood");
  const Outcome verified = recombine({"verify", path("world"), "--quiet"});
  EXPECT_EQ(verified.code, kAnswerIsNo) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("FAILED"));
}

TEST_F(World, IsNotVerifiedWhereItsFileSaysWhatItsSetsDoNot) {
  ASSERT_EQ(generate("world", {"--axis", "bridge"}).code, kDone);
  const std::filesystem::path file = folder_ / "world/world.json";
  const std::string text = read_file(file);
  for (const auto& [was, is] : std::vector<std::pair<std::string, std::string>>{
           {"recombine.world/1", "recombine.world/9"},
           {R"("seed": 1860)", R"("seed": 1)"},
           {R"("degree": "6")", R"("degree": "7")"},
           {R"("entities": 60)", R"("entities": 61)"}}) {
    std::string other = text;
    ASSERT_NE(other.find(was), std::string::npos) << was;
    other.replace(other.find(was), was.size(), is);
    write_file(file, other);
    const Outcome verified = recombine({"verify", path("world"), "--quiet"});
    EXPECT_EQ(verified.code, kAnswerIsNo) << is << verified.out;
    EXPECT_THAT(verified.out, HasSubstr("FAILED")) << is;
  }
  write_file(file, text);
  EXPECT_EQ(recombine({"verify", path("world"), "--quiet"}).code, kDone);
}

TEST_F(World, IsMadeAgainFromTheRecipeOfASet) {
  ASSERT_EQ(generate("world", {"--noise", "0.2", "--noise-hop", "second"}).code, kDone);
  ASSERT_EQ(recombine({"export", path("world/train"), "--format", "recipe", "--out",
                       path("recipe.json"), "--quiet"})
                .code,
            kDone);
  const Outcome made =
      recombine({"generate", "--recipe", path("recipe.json"), "--out", path("train"), "--quiet"});
  EXPECT_EQ(made.code, kDone) << made.error;
}

TEST_F(World, IsTheSameTwice) {
  ASSERT_EQ(generate("one").code, kDone);
  ASSERT_EQ(generate("two", {"--threads", "2"}).code, kDone);
  EXPECT_EQ(read_file(path("one/world.json")), read_file(path("two/world.json")));
  EXPECT_EQ(generate("one").code, kBadData);
}

TEST_F(World, HasTheDigestsOfTheGoldenFile) {
  const Outcome made = generate("world", {"--hops", "3", "--noise", "0.2", "--noise-hop", "both"});
  ASSERT_EQ(made.code, kDone) << made.error;
  std::string digests;
  for (const std::string& name : data_set_names(folder_ / "world"))
    digests += name + " " + read_manifest(folder_ / "world" / name).digest + "\n";
  EXPECT_EQ(digests, read_file(source_folder() + "/tests/golden/world.txt"));
}

TEST_F(World, NamesTheOptionAtFault) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> faults = {
      {{"--degree", "20"}, "--degree"},     {{"--lambda", "1000"}, "--lambda"},
      {{"--noise", "0.2"}, "--noise"},      {{"--hops", "5"}, "--hops"},
      {{"--episodes", "10"}, "--episodes"}, {{"--task", "guess"}, "--task"},
  };
  for (const auto& [options, name] : faults) {
    const Outcome refused = generate("world", options);
    EXPECT_EQ(refused.code, kWrongUse) << name;
    EXPECT_THAT(refused.error, HasSubstr(name));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "world")) << name;
  }
}

}  // namespace
}  // namespace recombine

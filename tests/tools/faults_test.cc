// One clear line and the right exit code for what goes wrong between a person and a disk.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/json.h"
#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

class Faults : public testing::Test {
 protected:
  Outcome generate(const std::string& out, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words = {"generate", "grids",   "--episodes", "150",
                                      "--out",    path(out), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return recombine(words);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  fs::path shard(const std::string& set) const { return folder_ / set / shard_file_name(0, 1); }

  static void expect_one_line(const Outcome& outcome, int code, const std::string& text) {
    EXPECT_EQ(outcome.code, code) << outcome.error;
    EXPECT_THAT(outcome.error, StartsWith("recombine "));
    EXPECT_THAT(outcome.error, HasSubstr(text));
    EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
  }

  TemporaryFolder folder_;
};

TEST_F(Faults, OfOptionsAreWrongUse) {
  expect_one_line(generate("a", {"--side", "3"}), kWrongUse, "--side 3");
  expect_one_line(generate("a", {"--queries", "200"}), kWrongUse, "--queries 200");
  expect_one_line(generate("a", {"--types", "shear,bend,grow"}), kWrongUse, "--types");
  expect_one_line(generate("a", {"--stream", "mersenne"}), kWrongUse, "--stream mersenne");
  expect_one_line(generate("a", {"--shard", "7/7"}), kWrongUse, "--shard 7/7");
  expect_one_line(generate("a", {"--shards", "0"}), kWrongUse, "--shards 0");
  expect_one_line(recombine({"generate", "gird", "--episodes", "1", "--out", path("a")}), kWrongUse,
                  "gird");
  expect_one_line(recombine({"generate", "grids", "--episodes", "1"}), kWrongUse, "--out");
  expect_one_line(recombine({"genrate"}), kWrongUse, "'generate'");
  expect_one_line(recombine({"list", "modls"}), kWrongUse, "'models'");
  EXPECT_FALSE(fs::exists(folder_ / "a"));
}

TEST_F(Faults, OfAFormatForTheOtherFamilyAreWrongUse) {
  ASSERT_EQ(generate("a").code, kDone);
  expect_one_line(recombine({"export", path("a"), "--format", "grokked", "--out", path("b")}),
                  kWrongUse, "holds grids; for grids: carc, ");
  EXPECT_FALSE(fs::exists(folder_ / "b"));
}

TEST_F(Faults, OfASearchThatCannotEndAreBounded) {
  const auto outcome = generate("a", {"--side", "5", "--queries", "25", "--max-restarts", "300"});
  expect_one_line(outcome, kWrongUse, "--max-restarts 300");
  EXPECT_FALSE(fs::exists(folder_ / "a"));
}

TEST_F(Faults, OfAnIniNameFileAndLine) {
  write_file(folder_ / "bad.ini", "[grids]\nsied = 6\n");
  expect_one_line(generate("a", {"--config", path("bad.ini")}), kWrongUse,
                  "bad.ini:2: unknown key 'sied'");
  expect_one_line(generate("a", {"--config", path("none.ini")}), kBadData, "none.ini");
}

TEST_F(Faults, AreNoneOfTheMarksAndBlanksOfAnIni) {
  const std::string text = "[grids]\r\n\r\n  \r\nside = 7\r\n";
  std::string wide = "\xff\xfe";
  for (const char c : text) wide += std::string{c, '\0'};
  for (const std::string& bytes : {text, "\xef\xbb\xbf" + text, "\n\n" + text, wide}) {
    write_file(folder_ / "a.ini", bytes);
    const Outcome outcome = generate("a", {"--config", path("a.ini"), "--force"});
    ASSERT_EQ(outcome.code, kDone) << outcome.error;
    EXPECT_THAT(read_file(folder_ / "a/manifest.json"), HasSubstr("\"side\": \"7\""));
  }
  write_file(folder_ / "a.ini", "\xef\xbb\xbf[grids]\nsied = 6\n");
  expect_one_line(generate("a", {"--config", path("a.ini")}), kWrongUse,
                  "a.ini:2: unknown key 'sied'");
}

TEST_F(Faults, OfAValueInAnIniNameFileAndLine) {
  write_file(folder_ / "a.ini", "[grids]\n\nstream = countr\n");
  expect_one_line(generate("a", {"--config", path("a.ini")}), kWrongUse,
                  path("a.ini") + ":3: stream countr: must be");
}

TEST_F(Faults, OfARecipeNameIt) {
  for (const char* text : {"{}", "[]", "3", "{", R"({"family":"grids","stream":5})",
                           R"({"family":"facts","seed":1,"options":{"entities":[1]}})",
                           R"({"family":"grids","sets":{"train":5},"split":[]})"}) {
    write_file(folder_ / "r.json", text);
    expect_one_line(recombine({"generate", "--recipe", path("r.json"), "--out", path("a")}),
                    kBadData, path("r.json") + ": ");
  }
  EXPECT_FALSE(fs::exists(folder_ / "a"));
}

TEST_F(Faults, OfPredictionsThatAreThereAreRefused) {
  ASSERT_EQ(generate("a").code, kDone);
  write_file(folder_ / "p.meta.json", "mine");
  const std::vector<std::string> words = {"baseline", "majority",      "--data", path("a"),
                                          "--out",    path("p.jsonl"), "--quiet"};
  expect_one_line(recombine(words), kBadData, "p.meta.json: exists already");
  EXPECT_EQ(read_file(folder_ / "p.meta.json"), "mine");
}

TEST_F(Faults, OfOneOfTwoOutputsLeaveNeither) {
  ASSERT_EQ(generate("a").code, kDone);
  ASSERT_EQ(
      recombine({"baseline", "majority", "--data", path("a"), "--out", path("p.jsonl"), "--quiet"})
          .code,
      kDone);
  const std::vector<std::string> words = {
      "evaluate", "--data",       path("a"), "--predictions",   path("p.jsonl"),
      "--out",    path("r.json"), "--html",  path("no/r.html"), "--quiet"};
  expect_one_line(recombine(words), kBadData, "r.html");
  EXPECT_FALSE(fs::exists(folder_ / "r.json"));
}

TEST_F(Faults, OfAFlippedByteAreBadData) {
  ASSERT_EQ(generate("a").code, kDone);
  std::string bytes = read_file(shard("a"));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_file(shard("a"), bytes);
  expect_one_line(recombine({"split", "--data", path("a"), "--out", path("s"), "--quiet"}),
                  kBadData, "block 1");
  EXPECT_FALSE(fs::exists(folder_ / "s"));
  EXPECT_FALSE(fs::exists(folder_ / "s.part"));
  const Outcome verified = recombine({"verify", path("a"), "--json", "--quiet"});
  EXPECT_EQ(verified.code, kAnswerIsNo);
  EXPECT_FALSE(Json::parse(verified.out).at("ok").get<bool>());
}

TEST_F(Faults, OfACutOrMissingShardAreBadData) {
  ASSERT_EQ(generate("a").code, kDone);
  const std::string bytes = read_file(shard("a"));
  write_file(shard("a"), bytes.substr(0, bytes.size() / 2));
  expect_one_line(recombine({"stats", path("a"), "--quiet"}), kBadData, "shard-00000-of-00001.rcb");
  fs::remove(shard("a"));
  expect_one_line(recombine({"stats", path("a"), "--quiet"}), kBadData, "is missing");
  expect_one_line(recombine({"stats", path("nothing"), "--quiet"}), kBadData, "nothing");
}

TEST_F(Faults, OfAnOutputThatIsThereAreRefused) {
  ASSERT_EQ(generate("a").code, kDone);
  expect_one_line(generate("a"), kBadData, "--force");
  EXPECT_EQ(generate("a", {"--force", "--seed", "3"}).code, kDone);
}

TEST_F(Faults, OfAnOutputThatCannotBeWrittenLeaveNothing) {
  write_file(folder_ / "file", "text");
  expect_one_line(generate("file/a"), kBadData, "file/a");
  expect_one_line(
      recombine({"generate", "grids", "--episodes", "5", "--out", "/proc/none", "--quiet"}),
      kBadData, "/proc/none");
  ASSERT_EQ(generate("a").code, kDone);
  expect_one_line(recombine({"split", "--data", path("a"), "--out", path("file/s"), "--quiet"}),
                  kBadData, "file/s");
}

TEST_F(Faults, OfPredictionsForAnotherDataSetAreRefused) {
  ASSERT_EQ(generate("a").code, kDone);
  ASSERT_EQ(generate("b", {"--seed", "2"}).code, kDone);
  ASSERT_EQ(recombine({"baseline", "copy-input", "--data", path("a"), "--out", path("p.jsonl"),
                       "--quiet"})
                .code,
            kDone);
  EXPECT_EQ(
      recombine({"evaluate", "--data", path("a"), "--predictions", path("p.jsonl"), "--quiet"})
          .code,
      kDone);
  expect_one_line(
      recombine({"evaluate", "--data", path("b"), "--predictions", path("p.jsonl"), "--quiet"}),
      kBadData, "p.jsonl");
}

TEST_F(Faults, OfARecipeThatGivesAnotherDigestSayNo) {
  ASSERT_EQ(generate("a").code, kDone);
  ASSERT_EQ(
      recombine({"export", path("a"), "--format", "recipe", "--out", path("r.json"), "--quiet"})
          .code,
      kDone);
  EXPECT_EQ(recombine({"generate", "--recipe", path("r.json"), "--out", path("b"), "--quiet"}).code,
            kDone);
  Json recipe = Json::parse(read_file(folder_ / "r.json"));
  recipe["seed"] = 5;
  write_file(folder_ / "r.json", recipe.dump());
  expect_one_line(
      recombine({"generate", "--recipe", path("r.json"), "--out", path("c"), "--quiet"}),
      kAnswerIsNo, "digest");
  expect_one_line(recombine({"generate", "--recipe", path("a/manifest.json"), "--out", path("c")}),
                  kBadData, "holds a recipe and is none");
}

TEST(Program, HelpsWithEveryVerb) {
  EXPECT_THAT(recombine({"--help"}).out, HasSubstr("generate"));
  EXPECT_THAT(recombine({"--version"}).out, StartsWith("recombine "));
  for (const VerbEntry& verb : plain_verbs()) {
    const Outcome help = recombine({std::string(verb.name), "--help"});
    EXPECT_EQ(help.code, kDone) << verb.name;
    EXPECT_THAT(help.out, StartsWith("usage: recombine " + std::string(verb.name)));
    EXPECT_EQ(recombine({"help", std::string(verb.name)}).out, help.out);
  }
}

TEST(Program, NamesItsLibraries) {
  const Outcome outcome = recombine({"--version", "--verbose"});
  EXPECT_EQ(outcome.code, kDone);
  for (const char* name : {"recombine ", "\n  TBB ", "\n  OpenSSL ", "\n  zstd ", "\n  Boost 1."})
    EXPECT_THAT(outcome.out, HasSubstr(name));
  EXPECT_EQ(recombine({"--version", "--all"}).code, kWrongUse);
}

TEST(Program, PrintsConfigsThatItReads) {
  const TemporaryFolder folder;
  const Outcome printed = recombine({"config", "print", "generate", "--side", "8"});
  EXPECT_EQ(printed.code, kDone);
  write_file(folder / "c.ini", printed.out);
  const Outcome again =
      recombine({"config", "print", "generate", "--config", (folder / "c.ini").string()});
  EXPECT_THAT(again.out, HasSubstr("side = 8"));
}

TEST(Program, SaysWhatConfigPrintWantsToKnow) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"config"},
                                                {"config", "print"},
                                                {"config", "print", "--seed", "1"}}) {
    const Outcome outcome = recombine(words);
    EXPECT_EQ(outcome.code, kWrongUse);
    EXPECT_THAT(outcome.error, HasSubstr("usage: recombine config print <verb> [options]"));
  }
}

TEST(Program, PrintsNoConfigThatTheVerbWouldRefuse) {
  const auto refused = [](std::vector<std::string> words, const std::string& text) {
    words.insert(words.begin(), {"config", "print"});
    const Outcome outcome = recombine(words);
    EXPECT_EQ(outcome.code, kWrongUse) << outcome.out;
    EXPECT_THAT(outcome.error, HasSubstr(text));
    EXPECT_EQ(outcome.out, "");
  };
  refused({"generate", "grids", "--stream", "countr"}, "--stream countr");
  refused({"generate", "grids", "--side", "3"}, "--side 3");
  refused({"generate", "facts", "--hops", "9"}, "--hops 9");
  refused({"generate", "bogus"}, "bogus");
  refused({"split", "--protocol", "mine"}, "--protocol");
  refused({"train", "--model.bounding-box", "maybe"}, "'maybe' belongs to no option");
  refused({"verify", "folder"}, "'folder' belongs to no option");
  refused({"evaluate", "--resamples", "1"}, "--resamples 1");
  refused({"prompts", "--provider", "openia"}, "did you mean openai");
  EXPECT_EQ(recombine({"config", "print", "prompts"}).code, kDone) << "the beginning of a config";
}

TEST(Program, RepeatsAVerbThatIsNone) {
  EXPECT_THAT(recombine({"help", "trian"}).error,
              HasSubstr("no such verb 'trian'; did you mean 'train'?"));
  EXPECT_THAT(recombine({"trian"}).error, HasSubstr("'trian'"));
  EXPECT_EQ(recombine({"help", "bogus"}).error,
            "recombine help: no such verb 'bogus' (recombine --help)\n");
  EXPECT_EQ(recombine({"help", "--help"}).out, recombine({"--help"}).out);
}

TEST(Program, HelpsWithConfigs) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"config", "--help"}, {"help", "config"}}) {
    const Outcome outcome = recombine(words);
    EXPECT_EQ(outcome.code, kDone) << outcome.error;
    EXPECT_THAT(outcome.out, HasSubstr("recombine config print <verb>"));
  }
  EXPECT_THAT(recombine({"--help"}).out, HasSubstr("\n  config "));
  EXPECT_THAT(recombine({"config", "print", "split", "--help"}).out, StartsWith("usage: "));
}

TEST(Program, ListsWhatThereIs) {
  const Json lists = Json::parse(recombine({"list", "--json"}).out);
  EXPECT_GE(lists.at("transformations").size(), 7U) << "the published ones";
  for (const char* kind : {"families", "models", "axes", "formats", "baselines", "learners"}) {
    EXPECT_FALSE(lists.at(kind).empty()) << kind;
  }
}

}  // namespace
}  // namespace recombine

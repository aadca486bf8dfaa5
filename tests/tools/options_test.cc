#include "tools/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "data/text.h"
#include "generator/facts/config.h"
#include "generator/grids/config.h"
#include "generator/grids/run_config.h"
#include "tests/data/temporary_folder.h"
#include "tools/sections.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Own {
  std::string out;
  bool force = false;
  Names files;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("out", self.out, "a folder");
    visit("force", self.force, "replace");
    visit("files", self.files, "some files");
  }
};

/// An INI file but for its comments, which say where a value is from.
std::vector<std::string> without_comments(const std::string& text) {
  std::vector<std::string> lines = split_text(text, '\n');
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("#"); });
  return lines;
}

class OptionsOfAVerb : public testing::Test {
 protected:
  OptionsOfAVerb() {
    options_.add(own_);
    options_.add_section("grids", run_);
    options_.add_section("grids", grids_);
    options_.own_section("grids");
  }

  std::string error_of(const std::vector<std::string>& words) {
    return message_of<InputError>([&] { options_.parse(words); });
  }

  Own own_;
  GridRunConfig run_;
  GridConfig grids_;
  FactConfig facts_;
  Options options_;
};

TEST_F(OptionsOfAVerb, ComeFromTheCommandLine) {
  const auto positional = options_.parse({"grids", "--side", "6", "--grids.queries=4", "--force",
                                          "--out", "x", "--files", "a", "b", "--seed", "7"});
  EXPECT_EQ(positional, std::vector<std::string>{"grids"});
  EXPECT_EQ(grids_.side, 6);
  EXPECT_EQ(grids_.queries, 4);
  EXPECT_EQ(run_.seed, 7U);
  EXPECT_TRUE(own_.force);
  EXPECT_EQ(own_.files, (Names{"a", "b"}));
}

TEST_F(OptionsOfAVerb, MayHaveValuesThatBeginWithADash) {
  options_.parse({"--parameters", "grow.direction=-x|+y", "--out", "-"});
  EXPECT_EQ(grids_.parameters, Names{"grow.direction=-x|+y"});
  EXPECT_EQ(own_.out, "-");
}

TEST_F(OptionsOfAVerb, TakeTheCommandLineOverLaterFilesOverEarlierOnes) {
  const TemporaryFolder folder;
  write_file(folder / "a.ini", "# study\n[grids]\nside = 7\nqueries = 3\nstudy = 2\n");
  write_file(folder / "b.ini", "[grids]\nqueries = 5\n\n[train]\nsteps = 10\n");
  options_.parse({"--study", "9", "--config", (folder / "a.ini").string(), "--config",
                  (folder / "b.ini").string()});
  EXPECT_EQ(grids_.side, 7);
  EXPECT_EQ(grids_.queries, 5);
  EXPECT_EQ(grids_.study, 9);
}

TEST_F(OptionsOfAVerb, PassOverCommentsOfEitherKind) {
  options_.read_ini(
      "; study\n[grids]\n;side = 3\n  ; side = 4 # twice\nside = 7\r\n# ; queries = 2\n;", "a.ini");
  EXPECT_EQ(grids_.side, 7);
  EXPECT_EQ(grids_.queries, GridConfig().queries);
  EXPECT_EQ(options_.located("--side 7: is odd"), "a.ini:5: side 7: is odd");
  options_.read_ini("[grids]\nparameters = grow.direction=-x;+y\n", "b.ini");
  EXPECT_EQ(grids_.parameters, Names{"grow.direction=-x;+y"}) << "no comment within a line";
}

TEST_F(OptionsOfAVerb, NameTheNearestForAnUnknownOne) {
  EXPECT_THAT(error_of({"--sidde", "6"}), HasSubstr("did you mean 'side'"));
  EXPECT_THAT(error_of({"--side", "six"}), HasSubstr("whole number"));
  EXPECT_THAT(error_of({"--side"}), HasSubstr("side"));
}

TEST_F(OptionsOfAVerb, NameAWrongValueAsItWasTyped) {
  EXPECT_THAT(error_of({"--side", "six"}), StartsWith("--side six: "));
  EXPECT_THAT(error_of({"--grids.side", "six"}), StartsWith("--grids.side six: "));
}

TEST_F(OptionsOfAVerb, MayStandAloneWhereTheyAreSwitches) {
  options_.add_section("facts", facts_);
  options_.family_sections({"grids", "facts"});
  EXPECT_EQ(options_.parse({"facts", "--cot", "off", "--force", "word"}), (Names{"facts", "word"}));
  EXPECT_FALSE(facts_.cot);
  options_.parse({"facts", "--cot", "--out", "x"});
  EXPECT_TRUE(facts_.cot);
  EXPECT_EQ(options_.parse({"--cot", "facts"}), Names{"facts"});
  EXPECT_EQ(error_of({"facts", "--cot", "maybe"}), "--cot maybe: must be on or off");
}

TEST_F(OptionsOfAVerb, LeaveOtherWordsToAVerbWithoutFamilies) {
  FactConfig facts;
  Options options;
  options.add_section("facts", facts);
  options.own_section("facts");
  EXPECT_EQ(options.parse({"--cot", "export"}), Names{"export"});
}

TEST_F(OptionsOfAVerb, CheckEverySectionOfAFile) {
  const TemporaryFolder folder;
  const auto error = [&](const std::string& text) {
    write_file(folder / "a.ini", text);
    return error_of({"--config", (folder / "a.ini").string()});
  };
  EXPECT_THAT(error("[grids]\nside = 6\nsidde = 6\n"),
              HasSubstr("a.ini:3: unknown key 'sidde' in [grids]; did you mean 'side'"));
  EXPECT_THAT(error("[gird]\nside = 6\n"),
              HasSubstr("a.ini:2: unknown section [gird]; did you mean 'grids'"));
  EXPECT_THAT(error("[train]\nlearning-rate = 6\n"), HasSubstr("a.ini:2: unknown key"));
  EXPECT_THAT(error("[train]\nsteps = many\n"), HasSubstr("a.ini:2"));
  EXPECT_THAT(error("side = 6\n"), HasSubstr("before the first"));
  EXPECT_THAT(error("[grids\nside\n"), HasSubstr("a.ini"));
}

TEST_F(OptionsOfAVerb, PrintAnIniThatGivesTheSameOptions) {
  options_.parse({"--side", "6", "--types", "grow,mirror,rotation", "--max-tries", "77"});
  const std::string text = options_.ini_text();
  EXPECT_THAT(text, HasSubstr("(command line)"));
  GridConfig again;
  GridRunConfig run;
  Options other;
  other.add_section("grids", run);
  other.add_section("grids", again);
  other.read_ini(text, "printed");
  EXPECT_EQ(again, grids_);
  EXPECT_EQ(run, run_);
  EXPECT_EQ(without_comments(other.ini_text()), without_comments(text));
}

TEST_F(OptionsOfAVerb, GoOnWithAListThatIsGivenTwice) {
  options_.parse({"--files", "a", "b", "--files", "c", "--types", "grow", "--types", "mirror"});
  EXPECT_EQ(own_.files, (Names{"a", "b", "c"}));
  EXPECT_EQ(grids_.types, Names{"mirror"}) << "a key of a file: the later value wins";
}

struct Renamed {
  std::string episodes = "auto";
  bool indicator = true;
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("episodes", self.episodes, "where from", {.was = {"learner"}, .sought_as = {"origin"}});
    visit("indicator", self.indicator, "is known", {.was = {"scene"}});
    visit("threads", self.threads, "", {.retired = "there is one"});
  }
};

class OlderNames : public testing::Test {
 protected:
  OlderNames() {
    options_.add_section("train", renamed_);
    options_.own_section("train");
  }

  Renamed renamed_;
  Options options_;
};

TEST_F(OlderNames, AreReadWithANote) {
  const TemporaryFolder folder;
  const std::string file = (folder / "a.ini").string();
  write_file(file, "[train]\nlearner = stored\n");
  options_.parse({"--config", file, "--train.scene", "off"});
  EXPECT_EQ(renamed_.episodes, "stored");
  EXPECT_FALSE(renamed_.indicator);
  EXPECT_EQ(options_.notes(), (Names{file + ":2: learner is called episodes now",
                                     "--train.scene is called --train.indicator now"}));
  EXPECT_THAT(options_.ini_text(), HasSubstr("\nepisodes = stored\n"));
}

TEST_F(OlderNames, AreKnownToWhoeverMistypesThem) {
  const auto nearest = [](Options& options, const std::string& word) {
    return message_of<InputError>([&] { options.parse({word, "x"}); });
  };
  EXPECT_THAT(nearest(options_, "--lerner"), HasSubstr("did you mean 'episodes'"));
  Options other;
  other.add_section("model", renamed_);
  EXPECT_THAT(nearest(other, "--scene"), HasSubstr("did you mean 'model.indicator'"));
  EXPECT_THAT(nearest(options_, "--origin"), HasSubstr("did you mean 'episodes'"));
  EXPECT_THAT(nearest(other, "--indicater"), HasSubstr("did you mean 'model.indicator'"));
  EXPECT_THAT(nearest(other, "--model.scnee"), HasSubstr("did you mean 'model.indicator'"));
  EXPECT_EQ(nearest(options_, "--zzzzzzzz"), "unknown option --zzzzzzzz");
  EXPECT_EQ(similar_key("train", "lerner"), "episodes");
  EXPECT_EQ(similar_key("model", "frme"), "bounding-box");
  EXPECT_EQ(similar_key("train", "zzzzzzzz"), "");
}

TEST_F(OlderNames, GiveWayToWhatComesLater) {
  options_.parse({"--learner", "stored", "--episodes", "fresh"});
  EXPECT_EQ(renamed_.episodes, "fresh");
  options_.parse({"--episodes", "fresh", "--learner", "stored"});
  EXPECT_EQ(renamed_.episodes, "stored");
}

TEST_F(OlderNames, OfWhatDoesNothingAreAcceptedAndShownNowhere) {
  options_.parse({"--threads", "3"});
  EXPECT_EQ(options_.notes(), Names{"--threads changes nothing: there is one"});
  EXPECT_THAT(options_.ini_text(), testing::Not(HasSubstr("threads")));
  EXPECT_THAT(options_.help_text(), testing::Not(HasSubstr("threads")));
}

TEST(Sections, TakeOlderNamesAndNameNoneOfThem) {
  EXPECT_TRUE(is_section_key("train", "learner"));
  EXPECT_TRUE(is_section_key("model", "scene"));
  EXPECT_TRUE(is_section_key("facts", "threads"));
  EXPECT_FALSE(is_section_key("model", "learner"));
  EXPECT_THAT(section_keys("train"), testing::Not(testing::Contains("learner")));
  EXPECT_THAT(section_keys("facts"), testing::Not(testing::Contains("threads")));
}

/// Which model reads an option is said by its notes, and its help does not say it again.
TEST(Sections, HaveHelpsWithoutReadersInFront) {
  for (const std::string& section : section_names()) {
    for (const Field& field : section_fields(section)) {
      for (const char* reader : {"executor:", "fast:", "grids:", "facts:", "reference"})
        EXPECT_FALSE(field.help.starts_with(reader)) << section << "." << field.name;
    }
  }
}

TEST_F(OptionsOfAVerb, AreFoundInTheFileThatSetThem) {
  const TemporaryFolder folder;
  const std::string file = (folder / "a.ini").string();
  write_file(file, "# study\n[grids]\nside = 3\n");
  options_.parse({"--config", file, "--queries", "200"});
  EXPECT_EQ(options_.located("--side 3: is small"), file + ":3: side 3: is small");
  EXPECT_EQ(options_.located("--grids.side: is small"), file + ":3: grids.side: is small");
  EXPECT_EQ(options_.located("--queries 200: are many"), "--queries 200: are many");
  EXPECT_EQ(options_.located("--study 0: is small"), "--study 0: is small");
  EXPECT_EQ(options_.located("no option"), "no option");
}

TEST_F(OptionsOfAVerb, PrintNoIniThatWouldBeReadOtherwise) {
  options_.parse({"--stream", "a#b"});
  EXPECT_THAT(message_of<InputError>([&] { options_.ini_text(); }),
              HasSubstr("--grids.stream a#b: '#' begins a comment"));
}

TEST_F(OptionsOfAVerb, AreAllInTheHelp) {
  const std::string help = options_.help_text();
  for (const Field& field : describe(GridConfig{})) EXPECT_THAT(help, HasSubstr("--" + field.name));
  EXPECT_THAT(help, HasSubstr("--force"));
}

TEST(Sections, HaveKeysOfTheContract) {
  const auto keys = section_keys("grids");
  for (const char* key :
       {"side", "study", "queries", "episodes", "seed", "stream", "threads", "shards"}) {
    EXPECT_THAT(keys, testing::Contains(key));
  }
  EXPECT_THAT(section_keys("split"),
              testing::IsSupersetOf({"axis", "protocol", "seed", "id-fraction", "min-func-examples",
                                     "primitives", "compositions", "queries", "few-shots"}));
  EXPECT_THAT(section_keys("model"),
              testing::IsSupersetOf({"name", "width", "heads", "layers", "vocabulary"}));
  EXPECT_THAT(
      section_keys("train"),
      testing::IsSupersetOf({"steps", "batch", "micro-batch", "workers", "episodes", "queries-mix",
                             "optimizer", "lr", "seed", "device", "precision", "validate-every"}));
}

}  // namespace
}  // namespace recombine

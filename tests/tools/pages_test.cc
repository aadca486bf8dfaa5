// The pages and completions that the program prints of itself.

#include "tools/pages.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "data/text.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"
#include "tests/tools/program.h"
#include "tools/sections.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsSupersetOf;

bool is_there(const std::string& program) {
  return std::system(cat("command -v ", program, " > /dev/null 2>&1").c_str()) == 0;  // NOLINT
}

TEST(MarkdownPage, IsDocsCliMd) {
  EXPECT_TRUE(read_file(fs::path(source_folder()) / "docs" / "CLI.md") ==
              recombine({"help", "--markdown"}).out)
      << "recombine help --markdown > docs/CLI.md";
}

TEST(MarkdownPage, HasEveryVerbAndKey) {
  const std::string page = markdown_page();
  for (const VerbPage& verb : verb_pages()) {
    EXPECT_THAT(page, HasSubstr(cat("\n### ", verb.entry.name, "\n")));
    for (const Options::Described& option : verb.options)
      EXPECT_THAT(
          page, HasSubstr(cat("`", option.section.empty() ? "--" : "", option.field.name, "` |")));
  }
  for (const std::string& section : section_names()) {
    for (const std::string& key : section_keys(section))
      EXPECT_THAT(page, HasSubstr("| `" + key + "` |")) << section;
  }
}

TEST(ManPage, ShowsWithoutWarnings) {
  if (!is_there("man") || !is_there("groff")) GTEST_SKIP() << "no man here";
  const TemporaryFolder folder;
  const std::string page = (folder / "recombine.1").string();
  const std::string said = (folder / "said").string();
  write_file(page, recombine({"help", "--man"}).out);
  ASSERT_EQ(std::system(cat("LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l ", page, " 2> ", said,
                            " > ", page, ".txt")
                            .c_str()),  // NOLINT
            0);
  EXPECT_EQ(read_file(said), "");
  EXPECT_THAT(read_file(page + ".txt"), HasSubstr("EXIT STATUS"));
}

/// What bash offers for the last of `words`.
Names bash_offers(const Names& words) {
  const TemporaryFolder folder;
  const std::string script = (folder / "recombine.bash").string();
  const std::string offers = (folder / "offers").string();
  write_file(script, recombine({"completion", "bash"}).out);
  std::string command = cat(". ", script, "; COMP_WORDS=(recombine");
  for (const std::string& word : words) command += cat(" \"", word, "\"");
  command += cat("); COMP_CWORD=", words.size(),
                 R"(; _recombine; printf "%s\n" "${COMPREPLY[@]}" > )", offers);
  EXPECT_EQ(std::system(cat("bash -c '", command, "'").c_str()), 0);  // NOLINT
  return split_text(read_file(offers), '\n');
}

TEST(BashCompletion, Completes) {
  EXPECT_THAT(bash_offers({"tr"}), testing::UnorderedElementsAre("train", "trace"));
  EXPECT_EQ(bash_offers({"train", "--sched"}), Names{"--schedule"});
  EXPECT_EQ(bash_offers({"train", "--schedule", "c"}), (Names{"constant", "chained"}));
  EXPECT_EQ(bash_offers({"train", "--train.schedule", "l"}), Names{"linear"});
  EXPECT_EQ(bash_offers({"train", "--model.name", "ex"}), Names{"executor"});
  EXPECT_THAT(bash_offers({"predict", "--checkpoint", ""}), IsSupersetOf({"last", "best"}));
  EXPECT_EQ(bash_offers({"generate", "g"}), Names{"grids"});
  EXPECT_EQ(bash_offers({"generate", "grids", "--str"}), Names{"--stream"});
  EXPECT_EQ(bash_offers({"config", "print", "spl"}), Names{"split"});
  EXPECT_EQ(bash_offers({"train", "--force", "--model.stat"}), Names{"--model.state"});
  EXPECT_EQ(bash_offers({"train", "--model.bounding-box", "of"}), Names{"off"});
  EXPECT_EQ(bash_offers({"generate", "--force", "f"}), Names{"facts"});
  EXPECT_EQ(bash_offers({"bench", "at"}), Names{"attention"});
  EXPECT_EQ(bash_offers({"train", "--out", "x"}), Names{}) << "files are bash's own";
}

TEST(ZshCompletion, IsReadByZsh) {
  const std::string script = recombine({"completion", "zsh"}).out;
  EXPECT_THAT(script, testing::StartsWith("#compdef recombine\n"));
  if (!is_there("zsh")) GTEST_SKIP() << "no zsh here";
  const TemporaryFolder folder;
  write_file(folder / "_recombine", script);
  EXPECT_EQ(std::system(cat("zsh -n ", (folder / "_recombine").string()).c_str()), 0);  // NOLINT
}

TEST(Completion, KnowsTwoShells) {
  EXPECT_EQ(recombine({"completion", "fish"}).code, kWrongUse);
  EXPECT_EQ(recombine({"completion"}).code, kWrongUse);
  for (const Names& words : {Names{"completion", "--help"}, {"help", "completion"}}) {
    const Outcome help = recombine(words);
    EXPECT_EQ(help.code, kDone);
    EXPECT_THAT(help.out, HasSubstr("source <(recombine completion bash)"));
  }
}

}  // namespace
}  // namespace recombine

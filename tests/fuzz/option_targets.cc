// INI files and command lines.

#include <algorithm>
#include <memory>

#include "data/error.h"
#include "data/text.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"
#include "tools/command.h"
#include "tools/run_config.h"
#include "tools/suites/suite.h"

namespace recombine {
namespace {

/// As a run's config.ini and as `generate` reads it, up to the work.
void read_ini(std::string_view bytes) {
  Options options;
  RunConfig run;
  run.bind(options);
  options.read_ini(std::string(bytes), "a.ini");
  options.ini_text();
  run.validate();
}

/// Words, a line each: the first names the verb. Files are not read.
void read_words(std::string_view bytes) {
  std::vector<std::string> words = split_text(bytes, '\n');
  if (words.empty()) return;
  std::erase_if(words, [](const std::string& word) {
    return word.find("--c") != std::string::npos;  // --config, in any shortness
  });
  if (words.empty()) return;
  const auto entries = plain_verbs();
  const auto entry = std::ranges::find(entries, words.front(), &VerbEntry::name);
  if (entry == entries.end()) throw InputError("no such verb");
  const std::unique_ptr<Verb> verb = entry->make();
  Options options;
  verb->declare(options);
  Call call;
  call.positional = options.parse({words.begin() + 1, words.end()});
  call.options = &options;
  verb->check(call);
  options.help_text();
  options.ini_text();
}

/// A task of a suite of one's own.
void read_suite_task(std::string_view bytes) {
  scratch_file("suite-task/a-6.ini", bytes);
  open_suite((scratch_folder() / "suite-task").string());
}

/// The digests beside a sound task.
void read_suite_digests(std::string_view bytes) {
  scratch_file("suite-digests/facts.ini", "# Held out: facts.\n[facts]\nhops = 2\n");
  scratch_file(cat("suite-digests/", kSuiteDigests), bytes);
  open_suite((scratch_folder() / "suite-digests").string());
}

std::vector<std::string> word_seeds() {
  return {"generate\ngrids\n--side\n6\n--types=shear,grow\n--out\na\n--force",
          "generate\nfacts\n--facts.hops\n3\n--cot\noff\n--quiet",
          "split\n--data\na\n--out\nb\n--hold-out\nsize=9",
          "evaluate\n--data\na\n--predictions\np.jsonl\nq.jsonl\n--out\nr.json",
          "prompts\n--provider\nopenai\n--limit\n3"};
}

}  // namespace

std::vector<FuzzTarget> option_targets() {
  return {
      {"ini", read_ini,
       [] {
         return std::vector<std::string>{
             "# a comment\n[grids]\nside = 7\ntypes = grow,mirror\nepisodes=5\n\n[train]\nsteps = "
             "10\n\n[model]\nname = fast\n",
             "[split]\r\nseed = 18446744073709551615\r\naxis = size\r\n"};
       }},
      {"words", read_words, word_seeds},
      {"suite-task", read_suite_task,
       [] {
         return std::vector<std::string>{
             "# Held out: a colour.\n[grids]\nepisodes = 60\nside = 6\nstudy = 1\n[split]\naxis = "
             "colour\ntest-fraction = 0.3\n",
             "# Held out: facts.\n[facts]\nentities = 60\nhops = 2\n"};
       }},
      {"suite-digests", read_suite_digests,
       [] { return std::vector<std::string>{"# frozen\nfacts sha256:00 train=40 test_ood=5\n"}; }},
  };
}

}  // namespace recombine

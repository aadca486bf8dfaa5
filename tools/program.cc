// Runs a verb and turns every failure into one line and an exit code.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <system_error>

#include "data/progress.h"
#include "data/text.h"
#include "data/version.h"
#include "data/visible_text.h"
#include "tools/command.h"
#include "tools/libraries.h"
#include "tools/memory_cap.h"
#include "tools/own_input.h"
#include "tools/pages.h"
#include "tools/torch_verbs.h"

namespace recombine {
namespace {

constexpr const char* kIntroduction =
    "Recombine: can a small network recombine rules that it has learned?\n\n"
    "usage: recombine <verb> [--config FILE.ini]... [--key value | --section.key value]...\n"
    "       recombine help <verb>\n\nverbs:\n";

constexpr const char* kPages =
    "\npages: `recombine help --markdown` (all verbs and options), `recombine help --man`,\n"
    "`recombine completion bash` and `recombine completion zsh`.\n";

constexpr const char* kConfigHelp =
    "usage: recombine config print <verb> [--config FILE.ini]... [--key value]...\n\n"
    "What the options of a verb amount to, as an INI file that --config reads: every key with\n"
    "what it is and where its value comes from (default, a file and its line, command line).\n"
    "`recombine config print train --config configs/grids-mini.ini > my.ini` begins one's own.\n";

constexpr const char* kCompletionHelp =
    "usage: recombine completion bash|zsh\n\n"
    "A script that completes verbs, options and their values; an installed package has both in\n"
    "their usual places. For one shell: `source <(recombine completion bash)`.\n";

/// Whether the words are a verb's name and `--help`.
bool asks_for_help(const std::vector<std::string>& words) {
  return words.size() == 2 && (words[1] == "--help" || words[1] == "-h");
}

void print_verbs(std::ostream& out) {
  out << kIntroduction;
  const auto line = [&](std::string_view name, std::string_view summary) {
    out << "  " << name << std::string(name.size() < 13 ? 13 - name.size() : 1, ' ') << summary
        << "\n";
  };
  for (const VerbEntry& verb : plain_verbs()) line(verb.name, verb.summary);
  for (const VerbEntry& verb : torch_verbs()) line(verb.name, verb.summary);
  line("config", "what the options of a verb amount to: config print <verb> [...]");
  out << "\nA data set, a run and a report are folders and files that a person can open; "
         "`generate`,\n"
         "`split`, `train`, `predict`, `evaluate` and `leaderboard` follow one another.\n"
      << kPages;
}

const VerbEntry& find_verb(std::span<const VerbEntry> verbs, const std::string& name) {
  std::vector<std::string> known;
  for (const auto& list : {verbs, plain_verbs(), torch_verbs()}) {
    for (const VerbEntry& verb : list) {
      if (verb.name == name) return verb;
      known.emplace_back(verb.name);
    }
  }
  const std::string similar = similar_name(name, known);
  throw InputError(cat("no such verb '", name, "'",
                       similar.empty() ? "" : cat("; did you mean '", similar, "'?"),
                       " (recombine --help)"));
}

int print_help(const VerbEntry& entry, const Options& options) {
  std::cout << "usage: recombine " << entry.name << " " << entry.usage << "\n\n"
            << entry.help << "\n"
            << options.help_text();
  return kDone;
}

/// `completion bash`: a script for a shell.
int print_completion(const std::vector<std::string>& words) {
  if (asks_for_help(words)) {
    std::cout << kCompletionHelp;
    return kDone;
  }
  require(words.size() == 2, "usage: recombine completion bash|zsh");
  std::cout << completion(words[1]);
  return kDone;
}

int print_page(const std::string& page) {
  std::cout << page;
  return kDone;
}

/// `--version`, and with `--verbose` a line for each library: what a report of a fault should have.
int print_version(const std::vector<std::string>& words) {
  const bool verbose = words.size() == 2 && words[1] == "--verbose";
  require(words.size() == 1 || verbose, "usage: recombine --version [--verbose]");
  std::cout << "recombine " << tool_version() << "\n";
  if (!verbose) return kDone;
  for (const Library& library : used_libraries())
    std::cout << "  " << library.name << " " << library.version << "\n";
  return kDone;
}

/// Throws InputError for a word that is no option and none that the verb knows: `config print`
/// runs nothing that would say so.
void check_words(const VerbEntry& entry, const std::vector<std::string>& words) {
  const Names known = entry.words == nullptr ? Names{} : entry.words();
  for (const std::string& word : words) {
    require(std::ranges::find(known, word) != known.end(), "'", word,
            "' belongs to no option (a flag is on or off); usage: recombine config print ",
            entry.name, " [options]");
  }
}

/// The words that may be paths: not those that the verb knows, such as "facts".
std::vector<std::string> paths_among(const VerbEntry& entry, std::vector<std::string> words) {
  const Names known = entry.words == nullptr ? Names{} : entry.words();
  std::erase_if(words, [&](const std::string& word) {
    return std::ranges::find(known, word) != known.end();
  });
  return words;
}

/// What is to be done with a verb.
enum class Purpose : std::uint8_t { kRun, kHelp, kConfig };

/// `words` is what follows the verb.
int use_verb(const VerbEntry& entry, const std::vector<std::string>& words, Purpose purpose) {
  const std::unique_ptr<Verb> verb = entry.make();
  Options options;
  verb->declare(options);
  Call call;
  call.positional = options.parse(words);
  for (const std::string& note : options.notes())
    std::cerr << "recombine " << entry.name << ": note: " << note << "\n";
  call.options = &options;
  call.quiet = options.quiet();
  if (purpose == Purpose::kHelp || options.help()) return print_help(entry, options);
  try {
    if (purpose == Purpose::kRun) {
      refuse_own_input(options, paths_among(entry, call.positional));
      cap_memory(options.memory());
      return verb->run(call);
    }
    verb->check(call);
    check_words(entry, call.positional);
    std::cout << options.ini_text();
    return kDone;
  } catch (const InputError& error) {
    throw InputError(options.located(error.what()));
  }
}

/// `config print <verb> [...]`: what the options amount to, as INI.
int print_config(std::span<const VerbEntry> verbs, const std::vector<std::string>& words) {
  if (asks_for_help(words)) {
    std::cout << kConfigHelp;
    return kDone;
  }
  require(words.size() >= 3 && words[1] == "print" && !words[2].starts_with("-"),
          "usage: recombine config print <verb> [options]");
  return use_verb(find_verb(verbs, words[2]), {words.begin() + 3, words.end()}, Purpose::kConfig);
}

/// Whether the words ask for the list of verbs: "help", and "help" of what is no verb.
bool asks_for_verbs(const std::vector<std::string>& words) {
  static const std::vector<std::string> kNoVerbs = {"--help", "-h", "help"};
  if (words[0] == "help")
    return words.size() == 1 || std::ranges::find(kNoVerbs, words[1]) != kNoVerbs.end();
  return words[0] == "--help" || words[0] == "-h";
}

int dispatch(std::span<const VerbEntry> verbs, const std::vector<std::string>& words) {
  if (words.empty() || asks_for_verbs(words)) {
    print_verbs(words.empty() ? std::cerr : std::cout);
    return words.empty() ? kWrongUse : kDone;
  }
  if (words[0] == "--version") return print_version(words);
  if (words[0] == "config") return print_config(verbs, words);
  if (words[0] == "completion") return print_completion(words);
  if (words[0] == "help" && words[1] == "--markdown") return print_page(markdown_page());
  if (words[0] == "help" && words[1] == "--man") return print_page(man_page());
  if (words[0] == "help" && words[1] == "config") return print_config(verbs, {"config", "--help"});
  if (words[0] == "help" && words[1] == "completion")
    return print_completion({"completion", "--help"});
  if (words[0] == "help") return use_verb(find_verb(verbs, words[1]), {}, Purpose::kHelp);
  return use_verb(find_verb(verbs, words[0]), {words.begin() + 1, words.end()}, Purpose::kRun);
}

/// The first line alone: libraries append backtraces.
std::string first_line(const std::string& text) {
  const auto end = text.find('\n');
  return end == std::string::npos ? text : text.substr(0, end);
}

}  // namespace

std::string tool_version() {
  return cat(version_text(), " (", git_revision(), ", ", build_type(), ")");
}

const std::string& only_positional(const Call& call, std::string_view what) {
  require(call.positional.size() == 1, "takes one argument: ", what,
          call.positional.empty() ? "" : "; got ", join_text(call.positional, " "));
  return call.positional.front();
}

int run_program(int argc, char** argv, std::span<const VerbEntry> verbs) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string name = words.empty() || words[0].starts_with("-") ? "" : " " + words[0];
  const auto report = [&](const std::exception& error, ExitCode code) {
    std::cout.flush();
    std::cerr << "recombine" << name << ": " << visible_text(first_line(error.what())) << "\n";
    return code;
  };
  try {
    catch_interrupts();
    const int code = dispatch(verbs, words);
    std::cout.flush();
    if (!std::cout) throw DataError("standard output: cannot be written");
    return code;
  } catch (const InputError& error) {
    return report(error, kWrongUse);
  } catch (const DataError& error) {
    return report(error, kBadData);
  } catch (const Interrupted& error) {
    return report(error, kInterrupted);
  } catch (const std::bad_alloc&) {
    return report(std::runtime_error("out of memory"), kBadData);
  } catch (const std::system_error& error) {
    // A thread that there is no memory for.
    const bool memory = error.code() == std::errc::resource_unavailable_try_again ||
                        error.code() == std::errc::not_enough_memory;
    return report(memory ? std::runtime_error("out of memory, or too many threads")
                         : std::runtime_error(error.what()),
                  kBadData);
  } catch (const std::exception& error) {
    // LibTorch's own error, whose type this program does not know.
    const bool memory =
        std::string_view(error.what()).find("can't allocate memory") != std::string_view::npos;
    return report(memory ? std::runtime_error("out of memory") : std::runtime_error(error.what()),
                  kBadData);
  }
}

}  // namespace recombine

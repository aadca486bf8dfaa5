#pragma once
// What a verb is. A verb that needs no Torch is one file tools/verbs/<verb>.cc with a line in
// tools/verbs.cc; one that needs it is tools/torch/<verb>.cc with a line in tools/torch/verbs.cc.
//
//   struct SplitOptions {            // options of the verb alone, with fields() as every config
//     std::string data;
//     ...
//   };
//   class SplitVerb : public Verb {
//    public:
//     void declare(Options& options) override {
//       options.add(own_);                      // --data, --out: command line only
//       options.add_section("split", config_);  // [split] in a file; --split.seed on the line
//       options.own_section("split");           // ... whose keys need no prefix here: --seed
//     }
//     int run(const Call& call) override { ... }
//   };
//   std::unique_ptr<Verb> make_split() { return std::make_unique<SplitVerb>(); }

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/options.h"

namespace recombine {

/// What is left when the options have been read into the verb's configs.
struct Call {
  std::vector<std::string> positional;  ///< words that belong to no option: "grids", a folder
  const Options* options = nullptr;     ///< for ini_text()
  bool quiet = false;                   ///< --quiet: no progress
};

class Verb {
 public:
  virtual ~Verb() = default;
  /// Names every option and binds it to a member.
  virtual void declare(Options& options) = 0;
  /// Throws InputError for values that the work would refuse before it reads anything: what
  /// `config print` checks.
  virtual void check(const Call& /*call*/) const {}
  /// Does the work; standard output carries the result alone. Returns an ExitCode; throws
  /// InputError and DataError, whose text main prints as one line.
  virtual int run(const Call& call) = 0;
};

struct VerbEntry {
  std::string_view name;
  std::string_view usage;    ///< what follows the name: "DIR [--all] [--json]"
  std::string_view summary;  ///< one line for the list of verbs
  std::string_view help;     ///< paragraphs above the option table of `<verb> --help`
  std::unique_ptr<Verb> (*make)();
  Names (*words)() = nullptr;  ///< the words that may follow the name, where they are known
};

/// The names that `recombine list <kind>` prints. Requires a known kind. (tools/verbs/list.cc)
Names listed_names(std::string_view kind);

/// The verbs of the Torch-free program, in the order of the help. (tools/verbs.cc)
std::span<const VerbEntry> plain_verbs();

/// The one positional argument that a verb takes; throws InputError, showing `what`, otherwise.
const std::string& only_positional(const Call& call, std::string_view what);

/// Version, git revision and build type: "0.2.0 (1a2b3c4, release)".
std::string tool_version();

/// Runs `argv` as `recombine <verb> ...` over `verbs`; all errors become one line and an exit code.
int run_program(int argc, char** argv, std::span<const VerbEntry> verbs);

/// Replaces this process by recombine-train where `argv` names a verb that lives there; returns
/// otherwise. Ends the process with one line where it, or an installed one's LibTorch, is missing.
void hand_over_to_torch(int argc, char** argv);

}  // namespace recombine

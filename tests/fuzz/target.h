#pragma once
// Parsers under arbitrary bytes: what the fuzzer (fuzzer.cc) and the replay test call.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

struct FuzzTarget {
  std::string name;
  /// Gives the bytes to a parser. Returns, or throws InputError or DataError: anything else, and a
  /// call that takes seconds, is a finding.
  std::function<void(std::string_view bytes)> run;
  /// Sound inputs, made by the program's own writers: where a search begins.
  std::function<std::vector<std::string>()> seeds;
};

/// All targets. To add one: a line in the list of its part of the tree.
std::vector<FuzzTarget> fuzz_targets();

/// Its parts, a source each.
std::vector<FuzzTarget> storage_targets();
std::vector<FuzzTarget> text_targets();
std::vector<FuzzTarget> format_targets();
std::vector<FuzzTarget> generator_targets();
std::vector<FuzzTarget> answer_targets();
std::vector<FuzzTarget> report_targets();
std::vector<FuzzTarget> option_targets();

/// The target of that name; throws InputError, naming the nearest, where there is none.
FuzzTarget find_fuzz_target(std::string_view name);

/// Seeds of a target, and what its folder of tests/fuzz/corpus holds: findings, and what the
/// search cannot make.
std::vector<std::string> corpus_of(const FuzzTarget& target);

/// Runs the target; refusals are what it may throw. Throws std::logic_error for one that shows the
/// number of an error of the JSON library.
void run_fuzz_target(const FuzzTarget& target, std::string_view bytes);

}  // namespace recombine

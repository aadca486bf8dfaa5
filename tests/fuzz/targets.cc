// The list of targets, and what is common to them.

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "data/text.h"
#include "tests/fuzz/target.h"
#include "tests/places.h"

namespace recombine {

std::vector<FuzzTarget> fuzz_targets() {
  std::vector<FuzzTarget> all;
  for (const auto& part : {storage_targets(), text_targets(), format_targets(), generator_targets(),
                           answer_targets(), report_targets(), option_targets()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

FuzzTarget find_fuzz_target(std::string_view name) {
  const std::vector<FuzzTarget> all = fuzz_targets();
  const auto found = std::ranges::find(all, name, &FuzzTarget::name);
  if (found != all.end()) return *found;
  std::vector<std::string> known;
  known.reserve(all.size());
  for (const FuzzTarget& target : all) known.push_back(target.name);
  throw InputError(cat("no target '", name, "'; did you mean '", nearest_name(name, known),
                       "'? known: ", join_text(known, ", ")));
}

std::vector<std::string> corpus_of(const FuzzTarget& target) {
  std::vector<std::string> corpus = target.seeds();
  const auto folder = std::filesystem::path(source_folder()) / "tests/fuzz/corpus" / target.name;
  if (std::filesystem::exists(folder)) {
    for (const auto& file : visible_entries(folder)) corpus.push_back(read_file(file));
  }
  return corpus;
}

namespace {

/// A refusal is an answer, if it speaks our words: see json_words().
void check_refusal(const std::exception& refusal) {
  const std::string words = refusal.what();
  if (words.find("json.exception") != std::string::npos)
    throw std::logic_error("a library's words: " + words);
}

}  // namespace

void run_fuzz_target(const FuzzTarget& target, std::string_view bytes) {
  try {
    target.run(bytes);
  } catch (const InputError& error) {
    check_refusal(error);
  } catch (const DataError& error) {
    check_refusal(error);
  }
}

}  // namespace recombine

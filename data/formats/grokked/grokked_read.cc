// Reads a folder of the published experiments with facts.

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/grokked/grokked_facts.h"
#include "data/formats/grokked/grokked_folder.h"
#include "data/formats/grokked/grokked_sets.h"
#include "data/formats/json_list.h"
#include "data/storage/folder.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// The questions of a set, each of which may be asked once.
class Questions {
 public:
  void add(std::string_view set, const FactItem& item) {
    const bool is_new = seen_.insert(cat(set, ' ', item.id)).second;
    require_data(is_new, "\"", item.id, "\" is asked twice in ", set);
  }

 private:
  std::unordered_set<std::string> seen_;
};

FactVocabulary read_vocabulary(const fs::path& file) {
  std::vector<std::string> tokens;
  for_each_element(
      file, [&](const Json& token, std::uint64_t) { tokens.push_back(token.get<std::string>()); });
  try {
    return grokked_vocabulary(tokens);
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

/// Reads rows; `done` counts them over all files.
class Reader {
 public:
  explicit Reader(const ImportJob& job) : job_(job) {}

  GrokkedFolder read() {
    folder_.vocabulary = read_vocabulary(job_.in / "vocab.json");
    read_train();
    read_probes("test.json", probe_sets(folder_.vocabulary.task));
    for (const ThreeHopFile& file : kThreeHopFiles) {
      if (!fs::exists(compressed_or_plain(job_.in / file.file))) continue;
      folder_.three_hop_sets.push_back(file.set);
      read_probes(file.file, {&file.set, 1});
    }
    return std::move(folder_);
  }

 private:
  GrokkedRow parse(const Json& json) {
    GrokkedRow row = parse_grokked_row(json, folder_.vocabulary);
    const bool composed =
        !is_atomic(row.item, folder_.vocabulary) && !is_identity(row.item, folder_.vocabulary);
    if (composed) {
      const bool chain = has_chain(row.item, folder_.vocabulary);
      require_data(chain == chains_.value_or(chain), "\"", row.item.id, "\" is answered with",
                   chain ? "" : "out", " a chain of thought, and items before it are not so");
      chains_ = chain;
    }
    job_.watch(++done_, 0);
    return row;
  }

  void read_train() {
    static constexpr std::array<std::string_view, 4> kTrained = {
        "id_atomic", "ood_atomic", "train_inferred", "train_inferred_ood"};
    const auto trained = [&] {
      const bool complex = folder_.vocabulary.task == "complex";
      return std::span(kTrained).first(complex ? kTrained.size() : kTrained.size() - 1);
    };
    Questions questions;
    for_each_element(job_.in / "train.json", [&](const Json& json, std::uint64_t index) {
      if (index == 0 && folder_.vocabulary.compares() && asks_in_brackets(json)) {
        folder_.vocabulary.task = "complex";
      }
      GrokkedRow row = parse(json);
      require_data(row.type || !folder_.vocabulary.compares(),
                   "has no type; comparisons in train.json have one");
      if (row.type) check_type(*row.type, "train.json", trained());
      questions.add(kTrainSet, row.item);
      folder_.train.push_back(std::move(row));
    });
    require_data(!folder_.train.empty(), (job_.in / "train.json").string(), ": holds no item");
  }

  /// Questions of the complex task end with </q>.
  static bool asks_in_brackets(const Json& json) {
    return json.is_object() && json.value("input_text", "").ends_with("</q>");
  }

  void read_probes(std::string_view file, std::span<const std::string_view> sets) {
    Questions questions;
    for_each_element(job_.in / file, [&](const Json& json, std::uint64_t) {
      GrokkedRow row = parse(json);
      require_data(row.type.has_value(), "has no type; those of ", file, " have one");
      check_type(*row.type, file, sets);
      questions.add(probe_set(*row.type), row.item);
      folder_.marked.push_back(row.noisy.has_value());
      row.item.noisy = row.noisy.value_or(false);
      folder_.probes.push_back(std::move(row.item));
    });
  }

  void check_type(FactType type,
                  std::string_view file,
                  std::span<const std::string_view> sets) const {
    require_data(std::ranges::find(sets, probe_set(type)) != sets.end(), "type \"", type_name(type),
                 "\" does not belong in ", file, " of the ", folder_.vocabulary.task, " task");
  }

  const ImportJob& job_;
  GrokkedFolder folder_;
  std::optional<bool> chains_;
  std::uint64_t done_ = 0;
};

/// Paths, and noise where the row says nothing of it. A training probe is then as noisy as in
/// train.json.
void find_truth(GrokkedFolder& folder) {
  AtomicFacts facts(folder.vocabulary);
  for (const GrokkedRow& row : folder.train) facts.add(row.item);
  for (const FactItem& item : folder.probes) facts.add(item);
  std::unordered_set<std::string> noisy;
  for (GrokkedRow& row : folder.train) {
    row.item.path = facts.path(row.item);
    row.item.noisy = row.noisy.value_or(answers_falsely(row.item, folder.vocabulary));
    if (row.item.noisy) noisy.insert(row.item.id);
  }
  for (std::size_t i = 0; i < folder.probes.size(); ++i) {
    FactItem& item = folder.probes[i];
    item.path = facts.path(item);
    if (folder.marked[i]) continue;
    item.noisy = probe_set(item.type) == "train_inferred"
                     ? noisy.contains(item.id)
                     : answers_falsely(item, folder.vocabulary);
  }
}

void decide_folder_types(GrokkedFolder& folder, const ImportJob& job) {
  const std::uint64_t undecided = decide_types(folder.train, folder.probes, folder.vocabulary);
  if (undecided == 0) return;
  job.note(cat((job.in / "train.json").string(), ": ", undecided,
               " atomic facts are part of no longer item and not in test.json; called ID"));
}

void compare_valid(const GrokkedFolder& folder, const ImportJob& job) {
  const fs::path file = job.in / "valid.json";
  if (!fs::exists(compressed_or_plain(file))) return;
  std::unordered_set<std::string> tests;
  for (const FactItem& item : folder.probes) {
    if (item.type == FactType::kTestOod) tests.insert(folder.vocabulary.text(item.tokens));
  }
  std::uint64_t others = 0;
  for_each_element(file, [&](const Json& json, std::uint64_t) {
    const FactItem item = parse_grokked_row(json, folder.vocabulary).item;
    others += tests.contains(folder.vocabulary.text(item.tokens)) ? 0 : 1;
  });
  if (others == 0) return;
  job.note(cat(file.string(), ": ", others, " items are no OOD tests of test.json; left out"));
}

}  // namespace

GrokkedFolder read_grokked_folder(const ImportJob& job) {
  require_data(fs::is_directory(job.in), job.in.string(),
               ": is no folder with train.json, test.json and vocab.json");
  GrokkedFolder folder = Reader(job).read();
  find_truth(folder);
  decide_folder_types(folder, job);
  compare_valid(folder, job);
  return folder;
}

}  // namespace recombine

#pragma once
// Predictors of facts without training. They know the training set that lies beside the set that
// they answer. To add one: a file beside this one, and its declaration and line in registry.cc.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/storage/dataset.h"
#include "data/storage/prediction.h"
#include "eval/scoring/fact_world.h"

namespace recombine {

/// What a predictor may see of an item: never the answer, nor the path to it.
struct FactTask {
  std::span<const Token> question;
  std::size_t places = 0;  ///< tokens of the answer, </a> included
};

/// The answer, </a> included; nothing where there is none.
using FactAnswerer = std::function<std::optional<std::vector<Token>>(const FactTask&)>;

struct FactBaseline {
  std::string_view name;
  std::string_view summary;
  std::string_view no_answer;  ///< why there is none, where there is none
  FactAnswerer (*learn)(const FactSet& train);
};

std::span<const FactBaseline> fact_baselines();

/// Throws InputError, naming the nearest, where there is none of that name for facts.
const FactBaseline& find_fact_baseline(std::string_view name);

/// The ceiling: follows the atomic facts of the training set.
FactAnswerer fact_lookup(const FactSet& train);
/// The same of facts that are not on disk.
FactAnswerer fact_lookup(const FactVocabulary& vocabulary, std::span<const AtomicFact> facts);

/// How a baseline of facts is asked.
struct FactBaselineRun {
  std::string split;  ///< name of the set, for the record
  PredictionPart part = {};
  std::uint64_t limit = 0;  ///< items that are asked, the first ones; 0: all
};

/// Writes the answers to `run.part` of `data` as a prediction file. Throws DataError where no
/// training set of the same world lies beside `data`.
void write_baseline(const FactBaseline& baseline,
                    const FactSet& data,
                    const FactBaselineRun& run,
                    const std::filesystem::path& out,
                    const std::function<void(std::size_t done)>& on_item = {});

}  // namespace recombine

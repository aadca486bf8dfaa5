#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/manifest.h"
#include "meta/batches/fact_batches.h"
#include "meta/run/open_run.h"
#include "meta/validation/fact_validation.h"

namespace recombine {
namespace {

/// Sets that are watched, where the world has them.
constexpr std::array<const char*, 8> kWatched = {"val_id",        "val_ood",        "id_atomic",
                                                 "ood_atomic",    "train_inferred", "test_3hop_iid",
                                                 "test_3hop_ood", "test_hard"};

}  // namespace

RunData open_fact_run(const std::filesystem::path& folder,
                      const TrainConfig& config,
                      torch::Device device) {
  require(config.episodes != "fresh",
          "--episodes fresh: is for grids; facts are one world, on disk");
  const FactSet train(folder / "train");
  FactTensors facts = load_facts(train, 0);
  RunData data;
  data.task.tokens = facts.vocabulary.size();
  data.task.length = static_cast<int>(facts.longest());
  data.source = {{"folder", folder.string()},
                 {"learner", "stored"},
                 {"items", train.size()},
                 {"digest", train.manifest().digest},
                 {"recipe", train.manifest().recipe}};
  for (const char* name : kWatched) {
    if (!std::filesystem::exists(folder / name / kManifestFile)) continue;
    const FactSet set(folder / name);
    if (set.empty()) continue;
    FactTensors items = load_facts(set, static_cast<std::uint64_t>(config.validate_items));
    require_data(items.vocabulary == facts.vocabulary, set.folder().string(),
                 ": is of another world than ", train.folder().string());
    data.task.length = std::max(data.task.length, static_cast<int>(items.longest()));
    data.source["validation"][name] = set.manifest().digest;
    data.validation.push_back(make_fact_validation(name, std::move(items)));
  }
  data.batches = make_fact_batches(facts.to(device), config.seed);
  return data;
}

}  // namespace recombine

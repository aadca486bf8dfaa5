#include "generator/facts/noise_draws.h"

#include <memory>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/set_names.h"
#include "data/storage/manifest.h"
#include "generator/facts/chains.h"
#include "generator/facts/recipe.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// A world without its items.
class Draws {
 public:
  explicit Draws(const FactConfig& config) : graph_(make_graph(config)), walk_(graph_, config) {}
  Draws(const Draws&) = delete;  // the walk refers to the graph
  Draws& operator=(const Draws&) = delete;
  ~Draws() = default;

  /// Noise is drawn for what is trained, and never for its tests.
  bool drawn(const FactItem& item) const {
    const auto question = item.question();
    if (item.type != FactType::kTrainInferred || question.size() != 3) return false;
    const int first = slot_of(item, question[0], question[1]);
    return walk_.draws_noise(question[0], first,
                             slot_of(item, graph_.fact(question[0], first).tail, question[2]));
  }

 private:
  int slot_of(const FactItem& item, Token head, Token relation) const {
    require_data(head < graph_.entities(), item.id, ": is no question of its recipe's world");
    int slot = 0;
    while (slot < graph_.degree && graph_.fact(head, slot).relation != relation) ++slot;
    require_data(slot < graph_.degree, item.id, ": is no question of its recipe's world");
    return slot;
  }

  FactGraph graph_;
  ChainWalk walk_;
};

}  // namespace

std::function<bool(const FactItem&)> noise_draws(const FactConfig& config) {
  const auto draws = std::make_shared<const Draws>(config);
  return [draws](const FactItem& item) { return draws->drawn(item); };
}

std::function<bool(const FactItem&)> noise_draws_of(const fs::path& folder) {
  const fs::path train = folder / kTrainSet;
  if (!fs::exists(train / kManifestFile)) return nullptr;
  const Json recipe = read_manifest(train).recipe;
  if (!recipe.is_object() || !recipe.contains("options")) return nullptr;
  const FactConfig config = read_fact_recipe(recipe).config;
  if (config.noise == 0 || config.noise_mode != "legacy" || config.task != "composition")
    return nullptr;
  return noise_draws(config);
}

}  // namespace recombine

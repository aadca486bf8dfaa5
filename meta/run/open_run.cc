#include "meta/run/open_run.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "data/error.h"
#include "data/family.h"
#include "data/storage/manifest.h"
#include "models/device/precision.h"

namespace recombine {
namespace {

void require_fits(const TrainConfig& config, torch::Device device) {
  parse_precision(config.precision, device);
  // A recorded step has micro-batches of one size.
  require(device.is_cpu() || config.micro_batch == 0 || config.batch % config.micro_batch == 0,
          "--micro-batch ", config.micro_batch, ": must divide --batch ", config.batch,
          " on a GPU");
}

struct Opener {
  std::string_view family;
  RunData (*open)(const std::filesystem::path& folder,
                  const ModelConfig& model,
                  const TrainConfig& config,
                  torch::Device device);
};

// To add a family: a line.
constexpr std::array<Opener, 2> kOpeners = {
    {{kGrids.name, open_grid_run},
     {kFacts.name, [](const std::filesystem::path& folder,
                      const ModelConfig&,
                      const TrainConfig& config,
                      torch::Device device) { return open_fact_run(folder, config, device); }}}};

}  // namespace

RunData open_run(const DataOrigin& origin,
                 const ModelConfig& model,
                 const TrainConfig& config,
                 torch::Device device) {
  require_fits(config, device);
  if (const auto* recipe = std::get_if<FreshRecipe>(&origin))
    return open_fresh_run(*recipe, model, config, device);
  const auto& folder = std::get<std::filesystem::path>(origin);
  const bool is_set = std::filesystem::exists(folder / kManifestFile);
  require_data(!is_set || std::filesystem::exists(folder / "train"), folder.string(),
               ": is one set, and training needs sets apart; recombine split makes them");
  const std::string family = read_manifest(folder / "train").family;
  const auto* const opener = std::ranges::find(kOpeners, family, &Opener::family);
  require_data(opener != kOpeners.end(), folder.string(), ": nothing learns from the family '",
               family, "'");
  return opener->open(folder, model, config, device);
}

}  // namespace recombine

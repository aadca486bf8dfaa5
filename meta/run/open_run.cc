#include "meta/run/open_run.h"

#include "data/error.h"
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

}  // namespace

RunData open_run(const DataOrigin& origin,
                 const ModelConfig& model,
                 const TrainConfig& config,
                 torch::Device device) {
  require_fits(config, device);
  if (const auto* recipe = std::get_if<FreshRecipe>(&origin))
    return open_fresh_run(*recipe, model, config, device);
  const auto& folder = std::get<std::filesystem::path>(origin);
  const bool facts = read_manifest(folder / "train").family == "facts";
  return facts ? open_fact_run(folder, config, device)
               : open_grid_run(folder, model, config, device);
}

}  // namespace recombine

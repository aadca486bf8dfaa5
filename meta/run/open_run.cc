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

RunData open_run(const DataRequest& request, const TrainConfig& config, torch::Device device) {
  require_fits(config, device);
  const bool facts =
      request.folder != "fresh" &&
      read_manifest(std::filesystem::path(request.folder) / "train").family == "facts";
  return facts ? open_fact_run(request, config, device) : open_grid_run(request, config, device);
}

}  // namespace recombine

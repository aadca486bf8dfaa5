#include "meta/run_data.h"

#include "data/manifest.h"

namespace recombine {

RunData open_run_data(const DataRequest& request, const TrainConfig& config, torch::Device device) {
  const bool facts =
      request.folder != "fresh" &&
      read_manifest(std::filesystem::path(request.folder) / "train").family == "facts";
  return facts ? open_fact_run(request, config, device) : open_grid_run(request, config, device);
}

}  // namespace recombine

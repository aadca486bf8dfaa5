#include "meta/training/same_state.h"

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/hash.h"

namespace recombine {
namespace {

torch::Tensor on_host(const torch::Tensor& tensor) { return tensor.detach().cpu().contiguous(); }

void share_tensor(RankGroup& group, const torch::Tensor& tensor) {
  const torch::Tensor here = on_host(tensor);
  group.share(here, 0);
  torch::Tensor(tensor.detach()).copy_(here);
}

std::string checksum(const Model& model) {
  std::string sums;
  for (const Weight& weight : model.weights()) {
    const torch::Tensor here = on_host(weight.tensor);
    sums += hex(xxh3({static_cast<const char*>(here.data_ptr()), here.nbytes()}));
  }
  return hex(xxh3(sums));
}

}  // namespace

void share_state(RankGroup& group, Model& model, Optimiser& optimiser, RunState& state) {
  if (group.count() == 1) return;
  const torch::NoGradGuard no_gradients;
  state = run_state(Json::parse(group.texts(to_json(state).dump()).front()));
  for (const Weight& weight : model.weights()) share_tensor(group, weight.tensor);
  const std::map<std::string, torch::Tensor> tensors = optimiser.state();
  for (const auto& [name, tensor] : tensors) share_tensor(group, tensor);
  optimiser.load_state(tensors);
}

void require_same_weights(RankGroup& group, const Model& model) {
  if (group.count() == 1) return;
  const std::vector<std::string> sums = group.texts(checksum(model));
  for (int rank = 1; rank < group.count(); ++rank) {
    if (sums[static_cast<std::size_t>(rank)] == sums.front()) continue;
    throw RankLost(cat(group.name(rank),
                       ": its weights are no longer those of rank 0; train on "
                       "machines with processors of one kind"),
                   group.rank() == 0);
  }
}

}  // namespace recombine

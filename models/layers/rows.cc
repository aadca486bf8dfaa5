#include "models/layers/rows.h"

#include <map>
#include <utility>

namespace recombine {

torch::Tensor row_index(const std::vector<std::int64_t>& rows, torch::Device device) {
  using Key = std::pair<std::vector<std::int64_t>, std::string>;
  thread_local std::map<Key, torch::Tensor> known;
  torch::Tensor& index = known[{rows, device.str()}];
  if (!index.defined()) index = torch::tensor(rows, torch::kInt64).to(device);
  return index;
}

torch::Tensor take_rows(const torch::Tensor& tensor, const std::vector<std::int64_t>& rows) {
  bool follows = true;
  for (std::size_t i = 1; i < rows.size(); ++i) follows = follows && rows[i] == rows[i - 1] + 1;
  if (follows) return tensor.narrow(0, rows.front(), static_cast<std::int64_t>(rows.size()));
  return tensor.index_select(0, row_index(rows, tensor.device()));
}

}  // namespace recombine

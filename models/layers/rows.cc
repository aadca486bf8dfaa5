#include "models/layers/rows.h"

#include <map>
#include <utility>

namespace recombine {

torch::Tensor row_index(const std::vector<std::int64_t>& rows, torch::Device device) {
  const auto made = [&] { return torch::tensor(rows, torch::kInt64).to(device); };
  if (device.is_cpu()) return made();
  using Key = std::pair<std::vector<std::int64_t>, std::string>;
  thread_local std::map<Key, torch::Tensor> kept;
  const Key key{rows, device.str()};
  const auto found = kept.find(key);
  if (found != kept.end()) return found->second;
  // Nothing is ever dropped: a recorded step goes on reading what it was recorded with.
  return kept.size() < kKeptLists ? kept.emplace(key, made()).first->second : made();
}

torch::Tensor take_rows(const torch::Tensor& tensor, const std::vector<std::int64_t>& rows) {
  bool follows = true;
  for (std::size_t i = 1; i < rows.size(); ++i) follows = follows && rows[i] == rows[i - 1] + 1;
  if (follows) return tensor.narrow(0, rows.front(), static_cast<std::int64_t>(rows.size()));
  return tensor.index_select(0, row_index(rows, tensor.device()));
}

}  // namespace recombine

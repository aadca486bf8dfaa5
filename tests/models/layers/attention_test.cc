#include "models/layers/attention.h"

#include <cmath>

#include <gtest/gtest.h>

namespace recombine {
namespace {

/// Head by head, as the formula says.
torch::Tensor plain(const torch::Tensor& q,
                    const torch::Tensor& k,
                    const torch::Tensor& v,
                    std::int64_t heads,
                    const torch::Tensor& bias) {
  std::vector<torch::Tensor> mixed;
  const std::int64_t size = q.size(2) / heads;
  for (std::int64_t head = 0; head < heads; ++head) {
    const auto head_of = [&](const torch::Tensor& x) { return x.narrow(2, head * size, size); };
    const torch::Tensor scores =
        head_of(q).matmul(head_of(k).transpose(1, 2)) / std::sqrt(static_cast<double>(size));
    mixed.push_back((scores + bias[head]).softmax(-1).matmul(head_of(v)));
  }
  return torch::cat(mixed, 2);
}

TEST(Attend, IsSoftmaxAttentionHeadByHead) {
  torch::manual_seed(1);
  const torch::Tensor q = torch::randn({2, 3, 8});
  const torch::Tensor k = torch::randn({2, 5, 8});
  const torch::Tensor v = torch::randn({2, 5, 8});
  const torch::Tensor bias = torch::randn({4, 3, 5});
  EXPECT_TRUE(torch::allclose(attend(q, k, v, 4, bias), plain(q, k, v, 4, bias), 1e-4, 1e-5));
  EXPECT_TRUE(torch::allclose(attend(q, k, v, 2, {}), plain(q, k, v, 2, torch::zeros({2, 3, 5})),
                              1e-4, 1e-5));
}

}  // namespace
}  // namespace recombine

#pragma once
// What models/fused/attention.h has for the CPU, on a GPU: attention by ATen's kernels, whose logs
// of the softmax's sums let the softmax be computed over some keys at a time.

#include "models/fused/attention.h"

namespace recombine {

/// Whether what is below takes it: float32 or bfloat16 on a GPU, without a bias, heads of whole
/// groups of eight numbers.
bool fits_gpu(const Attention& attention);

/// As attended() and attention_gradients(): flash attention in bfloat16, memory-efficient attention
/// in float32.
Attended attended_on_gpu(const Attention& attention);
AttentionGradients attention_gradients_on_gpu(const Attention& attention,
                                              const Attended& whole,
                                              const torch::Tensor& dmixed);

}  // namespace recombine

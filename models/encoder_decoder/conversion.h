#pragma once
// A trained encoder-decoder with another vocabulary, or read in another way.

#include "models/encoder_decoder/encoder_decoder.h"

namespace recombine {

/// Copies the weights of `from` to `to`, whose sizes must be the same but for the vocabulary: of
/// the full tables the compact vocabulary keeps the rows of the patches that occur, so that its
/// logits are some of those before. Throws InputError where there is no such way.
void convert_weights(const EncoderDecoder& from, EncoderDecoder& to);

/// Rows of the full tables that the compact ones have, in their order [141] int64.
torch::Tensor compact_rows();

}  // namespace recombine

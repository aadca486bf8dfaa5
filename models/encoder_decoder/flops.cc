#include "models/layers/flops.h"

#include "models/encoder_decoder/encoder_decoder.h"

namespace recombine {

double encoder_decoder_training_flops(const ModelConfig& config,
                                      const TaskShape& shape,
                                      int queries,
                                      int encodings) {
  const TransformerSizes x = transformer_sizes(config, shape.side);
  const PatchTokens tokens(config, patch_vocabulary(config), shape.side);
  const double query = x.patches + 1;
  const double study = shape.study * (2 * x.patches + 2);
  const double seen = study + query;
  const double asked = queries * query;
  const double study_sees = encodings > 1 ? seen : study;
  const double encoder = encodings * x.block(study, study_sees) + x.block(asked, seen);
  const double decoder = x.block(asked, query) + x.linear(asked, 2) + x.attention(asked, seen) +
                         x.linear(encodings * study + asked, 2);
  return with_backward(x.encoder * encoder + x.decoder * decoder +
                       2 * asked * x.width * static_cast<double>(tokens.outputs()));
}

}  // namespace recombine

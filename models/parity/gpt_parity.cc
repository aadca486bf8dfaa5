#include "data/error.h"
#include "models/gpt/gpt.h"
#include "models/parity/golden.h"

namespace recombine {
namespace {

GptModel gpt_model_of(const Golden& golden) {
  ModelConfig config;
  config.name = "gpt";
  config.width = golden.count("d_model");
  config.heads = golden.count("heads");
  config.layers = golden.count("layers");
  config.positions = golden.count("positions");
  config.vocabulary_multiple = 1;
  const torch::Tensor& hidden = golden.tensor("w.blocks.0.fc.bias");
  config.feed_forward = static_cast<int>(hidden.numel());
  config.validate();
  TaskShape task;
  task.tokens = golden.count("vocab");
  task.length = config.positions;
  golden.check_weights(gpt_parameters(config, task));
  return {config, task, 0};
}

}  // namespace

std::vector<ParityRow> gpt_parity(const Golden& golden, torch::Device device) {
  GptModel model = gpt_model_of(golden);
  golden.load_weights(model);
  model.to(device);
  const torch::Tensor tokens = golden.tensor("in.tokens").to(device);  // [B, T]
  require_data(tokens.dim() == 2 && tokens.size(1) <= model.shape().length &&
                   tokens.min().item<std::int64_t>() >= 0 &&
                   tokens.max().item<std::int64_t>() < model.shape().tokens,
               "in.tokens: must be rows of at most ", model.shape().length, " tokens below ",
               model.shape().tokens);
  std::vector<ParityRow> rows;
  {
    const torch::NoGradGuard guard;
    const torch::Tensor last = model.states(tokens, [&](int layer, const torch::Tensor& x) {
      const std::string name = cat("out.residual.", layer);
      if (golden.tensors().contains(name))
        rows.push_back(compare_tensors(name, x, golden.tensor(name), kLogitTolerance));
      return x;
    });
    rows.push_back(compare_tensors("out.logits", model.read_out(last), golden.tensor("out.logits"),
                                   kLogitTolerance));
  }
  const std::int64_t prompt = golden.count("prompt_tokens");
  require_data(prompt >= 1 && prompt < tokens.size(1), "prompt_tokens: must be 1..",
               tokens.size(1) - 1);
  const torch::Tensor each = torch::ones({tokens.size(0)}, tokens.options());
  const FactBatch facts{tokens, each * prompt, each * tokens.size(1), tokens.size(1) - prompt};
  const Batch batch{facts, torch::ones({})};
  model.loss_of(batch).backward();
  compare_gradients(golden, model, rows);
  compare_losses(golden, model, batch, rows);
  return rows;
}

}  // namespace recombine

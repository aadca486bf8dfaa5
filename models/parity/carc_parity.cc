#include <charconv>

#include "data/error.h"
#include "data/text.h"
#include "models/encoder_decoder/reference.h"
#include "models/layers/patches.h"
#include "models/parity/golden.h"

namespace recombine {
namespace {

using torch::Tensor;

ReferenceModel carc_model_of(const Golden& golden) {
  ModelConfig config;
  config.name = "reference";
  config.width = golden.count("d_model");
  config.heads = golden.count("heads");
  config.feed_forward = golden.count("ff");
  config.encoder_layers = golden.count("encoder_layers");
  config.decoder_layers = golden.count("decoder_layers");
  config.zero_patch_weight = golden.number("zero_patch_weight");
  config.vocabulary = "full";
  config.validate();
  const Tensor& rows = golden.tensor("w.positional_encoding.row_embed");
  require_data(rows.dim() == 2, "w.positional_encoding.row_embed: must have a row a patch row");
  TaskShape task;
  task.side = static_cast<int>(rows.size(0)) * config.patch;
  task.study = golden.count("study");
  const PatchTokens tokens(config, PatchVocabulary::kFull, task.side);
  golden.check_weights(encoder_decoder_parameters(config, task, tokens));
  return {config, task, 0};
}

/// tokens [R, G] of whole grids -> [R, R, R]; what is no patch becomes kNoCell.
Tensor grids_of(const ReferenceModel& model, const Tensor& tokens) {
  return from_patches(model.tokens().to_patches(tokens.unsqueeze(-1)), model.shape().side, 2);
}

void require_tokens(const char* name, const Tensor& ours, const Tensor& wanted) {
  require_data(ours.equal(wanted), name,
               ": is not the sequence of whole grids that the published tokenizer makes");
}

/// The grids behind in.source [R, T], in.target_in [R, A] and in.target_out [R, A]: an episode with
/// one query a row.
GridBatch batch_of(const Golden& golden, const ReferenceModel& model) {
  const PatchTokens& tokens = model.tokens();
  const std::int64_t g = tokens.patches();
  const std::int64_t k = model.shape().study;
  const std::int64_t n = model.shape().side;
  const std::int64_t rows = golden.tensor("in.source").size(0);
  const Tensor& source =
      golden.tensor("in.source", {rows, k * tokens.study_length() + tokens.query_length()});
  const Tensor& read = golden.tensor("in.target_in", {rows, g + 1});
  const Tensor& written = golden.tensor("in.target_out", {rows, g + 1});
  const Tensor sides =
      source.narrow(1, 0, k * tokens.study_length()).reshape({rows * k * 2, g + 1});
  GridBatch batch;
  batch.study = k == 0 ? torch::empty({rows, 0, 2, n, n}, torch::kUInt8)
                       : grids_of(model, sides.narrow(1, 0, g)).view({rows, k, 2, n, n});
  batch.query_inputs = grids_of(model, source.narrow(1, k * tokens.study_length(), g)).unsqueeze(1);
  batch.query_outputs = grids_of(model, written.narrow(1, 0, g)).unsqueeze(1);
  require_tokens("in.source",
                 torch::cat({tokens.study(batch.study).squeeze(-1),
                             tokens.queries(batch.query_inputs).squeeze(-1)},
                            1),
                 source);
  require_tokens("in.target_in", tokens.answers(batch.query_outputs).squeeze(-1), read);
  const Tensor ends = torch::full({rows, 1}, kEndToken, torch::kInt64);
  require_tokens("in.target_out", torch::cat({read.narrow(1, 1, g), ends}, 1), written);
  return batch;
}

/// The number after `word` in `text`, or a list of them with commas between.
std::vector<std::int64_t> numbers_after(const std::string& text,
                                        const std::string& word,
                                        const std::string& between) {
  const std::size_t at = text.find(word);
  require_data(at != std::string::npos, "the metadata's 'logits_sample' has no '", word, "'");
  std::vector<std::int64_t> numbers;
  const char* end = text.data() + text.size();
  for (const char* next = text.data() + at + word.size();; next += between.size()) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(next, end, number);
    require_data(error == std::errc() && number >= 0,
                 "the metadata's 'logits_sample' has no number after '", word, "'");
    numbers.push_back(number);
    next = stop;
    if (std::string_view(next, static_cast<std::size_t>(end - next)).substr(0, between.size()) !=
        between)
      return numbers;
  }
}

/// Compares the logits that the file keeps: all, or at some positions and of some tokens.
void compare_logits(const Golden& golden, const Tensor& logits, std::vector<ParityRow>& rows) {
  if (golden.tensors().contains("out.logits"))
    rows.push_back(
        compare_tensors("out.logits", logits, golden.tensor("out.logits"), kLogitTolerance));
  if (golden.tensors().contains("out.logits_sample")) {
    const std::string text = golden.text("logits_sample");
    const auto positions = numbers_after(text, "positions ", ",");
    const auto ids = numbers_after(text, "ids ", "..");
    require_data(ids.size() == 2 && ids[0] <= ids[1] && ids[1] < logits.size(2) &&
                     std::ranges::max(positions) < logits.size(1),
                 "the metadata's 'logits_sample' is beyond the logits");
    const Tensor some = logits.index_select(1, torch::tensor(positions).to(logits.device()))
                            .narrow(2, ids[0], ids[1] - ids[0] + 1);
    rows.push_back(compare_tensors("out.logits_sample", some, golden.tensor("out.logits_sample"),
                                   kLogitTolerance));
  }
  require_data(!rows.empty(), "tensor 'out.logits_sample' is missing");
  if (!golden.tensors().contains("out.argmax")) return;
  // Two tokens may be as good as equal: how far is the file's choice below ours?
  const Tensor chosen =
      golden.tensor("out.argmax", {logits.size(0), logits.size(1)}).to(logits.device());
  const Tensor below = logits.amax(-1) - logits.gather(-1, chosen.unsqueeze(-1)).squeeze(-1);
  rows.push_back({"out.argmax", below.max().item<double>(), 2 * kLogitTolerance});
}

}  // namespace

std::vector<ParityRow> carc_parity(const Golden& golden, torch::Device device) {
  ReferenceModel model = carc_model_of(golden);
  golden.load_weights(model);
  GridBatch batch = batch_of(golden, model);
  model.to(device);
  for (Tensor* grids : {&batch.study, &batch.query_inputs, &batch.query_outputs})
    *grids = grids->to(device);
  std::vector<ParityRow> rows;
  {
    const torch::NoGradGuard guard;
    compare_logits(golden, model.logits(batch), rows);
  }
  const Batch all{batch, torch::ones({})};
  model.loss_of(all).backward();
  compare_gradients(golden, model, rows);
  compare_losses(golden, model, all, rows);
  return rows;
}

}  // namespace recombine

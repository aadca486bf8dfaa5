#include "meta/validation/fact_answers.h"

#include <algorithm>
#include <vector>

#include "data/error.h"

namespace recombine {
namespace {

constexpr std::int64_t kHops = 3;
constexpr std::int64_t kThreeHopTokens = 8;  ///< h r1 r2 r3 b c t </a>

/// Two-hop items: columns of three-hop items, then </a>.
FactTensors two_hop_facts(const FactTensors& three, const std::vector<std::int64_t>& columns) {
  const torch::Tensor picked = torch::tensor(columns, torch::kInt64);
  const torch::Tensor end = torch::full(
      {three.size(), 1}, static_cast<std::int64_t>(three.vocabulary.end()), torch::kInt32);
  FactTensors two{three.vocabulary, torch::cat({three.tokens.index_select(1, picked), end}, 1),
                  torch::full_like(three.prompt, 3), torch::full_like(three.length, 6), 3};
  return two;
}

}  // namespace

FactAnswers answer_facts(WorkerThreads& workers,
                         Replicas& replicas,
                         const FactTensors& facts,
                         Decoding decoding,
                         const AnswerWatch& watch) {
  FactAnswers all{torch::zeros({facts.size(), facts.answer}, torch::kInt64),
                  torch::empty({facts.size()}, torch::kFloat)};
  const std::int64_t stride = kItemsAtATime * replicas.count();
  const Share own = replicas.group().own_rows(facts.size(), kItemsAtATime);
  const auto end = static_cast<std::int64_t>(facts.vocabulary.end());
  const AnsweringScope scope(replicas);
  const auto answer = [&](int worker) {
    if (worker >= replicas.count()) return;
    const torch::InferenceMode no_gradients;
    FactModel& model = as_fact_model(replicas.model(worker));
    for (std::int64_t first = own.begin + worker * kItemsAtATime; first < own.end;
         first += stride) {
      const std::int64_t count = std::min(kItemsAtATime, own.end - first);
      const torch::Tensor rows =
          torch::arange(first, first + count, torch::kInt64).to(facts.tokens.device());
      FactBatch batch = facts.batch(rows);
      for (torch::Tensor* tensor : {&batch.tokens, &batch.prompt, &batch.length})
        *tensor = tensor->to(replicas.device());
      const FactAnswers some =
          decoding == Decoding::kForced ? model.predict(batch) : model.decode(batch, end);
      all.tokens.narrow(0, first, count).copy_(some.tokens);
      all.log_probability.narrow(0, first, count).copy_(some.log_probability);
      if (watch) watch(count);
    }
  };
  replicas.group().together([&] { workers.run(answer); });
  for (const torch::Tensor& tensor : {all.tokens, all.log_probability})
    replicas.group().share_rows(tensor, kItemsAtATime);
  return all;
}

FactAnswers answer_decomposed(WorkerThreads& workers,
                              Replicas& replicas,
                              const FactTensors& facts,
                              const AnswerWatch& watch) {
  const bool fits =
      facts.longest() == kThreeHopTokens && (facts.length == kThreeHopTokens).all().item<bool>();
  require(fits, "--decode decomposed: needs a set of three-hop items with chains of thought");
  const FactAnswers first = answer_facts(workers, replicas, two_hop_facts(facts, {0, 1, 2, 4, 5}),
                                         Decoding::kForced, watch);
  const FactAnswers second = answer_facts(workers, replicas, two_hop_facts(facts, {4, 2, 3, 5, 6}),
                                          Decoding::kForced, watch);
  const torch::Tensor end = torch::full(
      {facts.size(), 1}, static_cast<std::int64_t>(facts.vocabulary.end()), torch::kInt64);
  return {torch::cat({first.tokens.narrow(1, 0, kHops - 1), second.tokens.narrow(1, 1, 1), end}, 1),
          first.log_probability + second.log_probability};
}

void write_answers(const std::vector<std::string>& ids,
                   const FactTensors& facts,
                   const FactAnswers& answers,
                   const FactAnswers& forced,
                   PredictionWriter& writer) {
  const torch::Tensor counts = (facts.length - facts.prompt).to(torch::kCPU, torch::kInt64);
  const auto* count = counts.data_ptr<std::int64_t>();
  const auto* log_probability = answers.log_probability.data_ptr<float>();
  std::int64_t row = 0;
  for (const std::string& id : ids) {
    Prediction prediction;
    prediction.item = id;
    prediction.text = answer_text(answers, facts.vocabulary, row);
    prediction.forced =
        forced_text(forced, facts.vocabulary, row, static_cast<std::size_t>(count[row]));
    prediction.log_probability = log_probability[row];
    writer.write(prediction);
    ++row;
  }
}

std::string answer_text(const FactAnswers& answers,
                        const FactVocabulary& vocabulary,
                        std::int64_t row) {
  const std::int64_t places = answers.tokens.size(1);
  const auto* tokens = answers.tokens.data_ptr<std::int64_t>() + row * places;
  std::string text;
  for (std::int64_t place = 0; place < places; ++place) {
    const auto token = static_cast<Token>(tokens[place]);
    text += vocabulary.text(token);
    if (token == vocabulary.end()) break;
  }
  return text;
}

std::string forced_text(const FactAnswers& answers,
                        const FactVocabulary& vocabulary,
                        std::int64_t row,
                        std::size_t count) {
  const auto* tokens = answers.tokens.data_ptr<std::int64_t>() + row * answers.tokens.size(1);
  std::string text;
  for (std::size_t place = 0; place < count; ++place)
    text += vocabulary.text(static_cast<Token>(tokens[place]));
  return text;
}

}  // namespace recombine

#include "meta/validation/fact_validation.h"

#include <utility>

#include "meta/validation/fact_answers.h"

namespace recombine {
namespace {

using torch::Tensor;

class FactValidation : public ValidationSet {
 public:
  FactValidation(std::string name, FactTensors facts)
      : name_(std::move(name)), facts_(std::move(facts)) {}

  const std::string& name() const override { return name_; }
  Validated validate(WorkerThreads& workers,
                     Replicas& replicas,
                     const AnswerWatch& watch) const override {
    const FactAnswers forced = answer_facts(workers, replicas, facts_, Decoding::kForced, watch);
    const FactAnswers greedy = answer_facts(workers, replicas, facts_, Decoding::kGreedy, watch);
    return {score_facts(facts_, forced, greedy), {}};
  }

 private:
  std::string name_;
  FactTensors facts_;
};

double share_of(const Tensor& flags) { return flags.to(torch::kDouble).mean().item<double>(); }

}  // namespace

Scores score_facts(const FactTensors& facts, const FactAnswers& forced, const FactAnswers& greedy) {
  const Tensor count = (facts.length - facts.prompt).to(torch::kInt64).to(torch::kCPU);  // [M]
  const Tensor prompt = facts.prompt.to(torch::kInt64).to(torch::kCPU);
  const Tensor place = torch::arange(facts.answer, torch::kInt64).unsqueeze(0);  // [1, A]
  const Tensor at = (prompt.unsqueeze(1) + place).clamp_max(facts.longest() - 1);
  const Tensor truth = facts.tokens.to(torch::kCPU).to(torch::kInt64).gather(1, at);  // [M, A]
  const Tensor right = forced.tokens == truth;
  const Tensor last = (count - 2).unsqueeze(1);  // place of the last entity, before </a>
  const Tensor has_bridge = last.squeeze(1) > 0;
  Scores scores = {{"exact", share_of(right.logical_or(place >= count.unsqueeze(1)).all(1))}};
  if (has_bridge.any().item<bool>()) {
    const Tensor bridge = right.logical_or(place >= last).all(1);
    scores.emplace_back("bridge", share_of(bridge.masked_select(has_bridge)));
  }
  const Tensor own = greedy.tokens.gather(1, last) == truth.gather(1, last);
  scores.emplace_back("answer", share_of(own));
  scores.emplace_back("answer_given_bridge", share_of(right.gather(1, last)));
  const Tensor loss = -forced.log_probability.to(torch::kDouble).sum() / count.sum();
  scores.emplace_back("loss", loss.item<double>());
  scores.emplace_back("items", static_cast<double>(facts.size()));
  return scores;
}

std::unique_ptr<ValidationSet> make_fact_validation(std::string name, FactTensors facts) {
  return std::make_unique<FactValidation>(std::move(name), std::move(facts));
}

}  // namespace recombine

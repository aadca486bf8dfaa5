#pragma once
// The model `executor`: a vector for each rule, inferred from the pairs that show it, and one
// network that is run once a rule. It composes by construction. Letters: docs/GLOSSARY.md.

#include <optional>
#include <utility>
#include <vector>

#include "models/executor/grid_tokens.h"
#include "models/executor/inferred_rule.h"
#include "models/executor/plan.h"
#include "models/executor/rule_execution.h"
#include "models/executor/rule_inference.h"
#include "models/executor/rule_orders.h"
#include "models/executor/section_sorter.h"
#include "models/executor/state_store.h"
#include "models/model.h"

namespace recombine {

/// The name of the weight that is the library.
inline constexpr const char* kLibraryWeight = "library.vectors";

/// How a batch is answered.
struct AnsweringWay {
  bool learns = false;            ///< whether the queries are learned from: by every chain of units
  RuleOrder order = kUsualOrder;  ///< in which the episodes apply their rules
  bool leave_out = false;         ///< an asked study pair is no evidence for its own answer
};

/// For each rule in the order shape, colour, indicator:
/// infer (rule_inference.h): a transformer over the tokens of one pair (input and output grid)
/// makes a vector of every pair that shows the rule; their mean makes the rule vector;
/// execute (rule_execution.h): a second transformer, set by the rule vector, turns every grid that
/// waits for the rule into the next one, whose cells point at cells of the present grid or at a
/// colour.
/// A pair of two rules is evidence for the later one, with the earlier one run on its input.
/// Where units are sets of rules (units.h), what is inferred and run at once is any set of rules
/// that the study set shows together. Grids between two rules are soft. Where a pair's rules come
/// from its section, the model is told the sections, as other models are by a pair's position; or,
/// with sections hidden, it finds them (section_sorter.h), whatever the order of the pairs.
class ExecutorModel : public GridModel {
 public:
  ExecutorModel(const ModelConfig& config, const TaskShape& shape, std::uint64_t seed);

  torch::Tensor loss(const GridBatch& batch) override;
  GridAnswers predict(const GridBatch& batch) override;
  bool follows_rules() const override { return true; }
  std::vector<AfterRule> follow_rules(const GridBatch& given) const override;
  std::vector<Roles> found_sections(const GridBatch& batch) const override;

  /// The batch as the other functions want it: where sections are hidden, the pairs in the order in
  /// which the model finds them to show the sections; else as it is.
  GridBatch with_sections_sorted(const GridBatch& batch) const;

  EpisodeIndicator indicator_of(const GridBatch& batch) const;
  /// The indicators of these rules together; of rules that have none, the first one, for a model
  /// of one indicator knows it of every grid.
  EpisodeIndicator indicators_of(const GridBatch& batch, Roles roles) const;

  /// grids [B, items, N, N] uint8 -> [items, B, G, 10 P].
  torch::Tensor soft_grids_of(const torch::Tensor& grids) const;

  /// What a query of all rules is run by, in this order, each from all its evidence: for any number
  /// of items.
  std::vector<InferredUnit> infer(const GridBatch& batch, const RuleOrder& order) const;
  std::vector<InferredUnit> infer(const GridBatch& batch) const {
    return infer(batch, kUsualOrder);
  }

  /// The soft grids that answer the queries, in their order: [Q, B, G, 10 P]. Sections are told.
  torch::Tensor soft_answers(const GridBatch& batch, const AnsweringWay& way) const;

  /// The network that runs a rule.
  const RuleExecution& execution() const { return execution_; }

  /// soft_grids [Q, B, G, 10 P] -> their most probable grids.
  GridAnswers most_probable(const torch::Tensor& soft_grids) const;

  /// Whether there is a soft grid after each rule.
  bool has_grids_between() const { return config().state != "latent"; }
  /// Whether the order of an episode's rules is found.
  bool finds_orders() const { return config().order == "found"; }
  /// Whether a rule is a vector.
  bool has_vectors() const { return config().conditioning == "vector"; }
  /// Whether grids of this side are read as they are, and not in windows (windows.h).
  bool reads_whole(std::int64_t side) const {
    return side == shape().side || config().places == "relative";
  }
  /// Whether study sets are explained by rules that it knows (rule_search.h).
  bool has_library() const { return config().library > 0; }
  /// Those rules, [L, D].
  const torch::Tensor& library() const { return table().at(kLibraryWeight); }

 private:
  /// What has become of the items of a batch.
  struct Run {
    ExecutorPlan plan;
    EpisodeIndicator indicator;
    torch::Tensor given;  ///< [I, B, G, 10 P]
    StateStore states;
    std::vector<InferredUnit> units;  ///< of each turn, from all evidence
  };

  /// Checks the config and makes the weights, to which the parts below are bound.
  GridShape make(std::uint64_t seed);
  /// Runs every item by its units, in their order.
  Run run(const GridBatch& batch,
          const std::vector<QueryKind>& kinds,
          const AnsweringWay& way) const;
  /// Final soft grids of the items that answer, [Q, B, G, 10 P], and which query each row answers.
  std::pair<torch::Tensor, std::vector<std::int64_t>> answer(const GridBatch& batch,
                                                             const AnsweringWay& way) const;
  /// Of the one episode of the batch.
  RuleOrder order_of(const GridBatch& batch) const;
  /// As the config says, of episodes in the usual order.
  AnsweringWay usual_way(bool learns) const {
    return {.learns = learns, .order = kUsualOrder, .leave_out = config().leave_out};
  }

  GridShape grid_;
  IndicatorFinder find_indicator_;
  RuleInference infer_rule_;
  RuleExecution execution_;
  std::optional<SectionSorter> sorter_;  ///< where sections are hidden
};

/// Every parameter of the model, in storage order.
std::vector<ParameterSpec> executor_parameters(const ModelConfig& config, const TaskShape& task);

/// As training_flops() of models/entry.h.
double executor_training_flops(const ModelConfig& config,
                               const TaskShape& shape,
                               const std::vector<Roles>& study,
                               const std::vector<QueryKind>& queries);

}  // namespace recombine

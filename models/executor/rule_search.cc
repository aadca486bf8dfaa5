#include "models/executor/rule_search.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

#include "data/error.h"
#include "models/executor/section_search.h"
#include "models/executor/study_runs.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

using torch::Tensor;

/// Rules that are kept of a role once the pairs that show it alone have been looked at.
constexpr std::int64_t kKeptRules = 4;
/// Chains that are run on pairs of more than two rules, once others have compared them.
constexpr std::int64_t kKeptChains = 64;
/// Chains of all rules that are run where no pair shows fewer.
constexpr double kMostChains = 1e5;
/// Explanations that answer together, and how probable one must be beside the likeliest.
constexpr std::size_t kMostExplanations = 8;
constexpr double kLeastWeight = 0.05;

/// What the rule of a role may be.
struct Candidates {
  Tensor vectors;                     ///< [K, D]
  std::vector<std::int64_t> library;  ///< [K] as in FoundRules
  Tensor score;                       ///< [K]: log-probability of the pairs of this rule alone
};

/// Roles in the order in which their rules are applied.
using Order = std::vector<std::size_t>;

std::size_t roles_of(const std::vector<Roles>& study) {
  const unsigned all = std::accumulate(study.begin(), study.end(), 0U, std::bit_or<>{});
  return std::max(kUsualRoles, static_cast<std::size_t>(std::bit_width(all)));
}

class RuleSearch {
 public:
  RuleSearch(const ExecutorModel& model, const GridBatch& batch)
      : model_(model), runs_(model, batch) {
    const std::size_t roles = roles_of(batch.study_roles);
    // What a model infers is of as many rules as it was trained with.
    const bool infers = roles == kUsualRoles;
    const std::vector<InferredUnit> inferred =
        infers ? model.infer(batch) : std::vector<InferredUnit>{};
    for (std::size_t role = 0; role < roles; ++role) {
      const bool shown = std::ranges::any_of(batch.study_roles,
                                             [role](Roles pair) { return has_role(pair, role); });
      require(shown, "the model executor: no study pair shows the rule of the ", role_name(role));
      rules_.push_back(candidates(role, inferred));
    }
  }

  /// The likeliest explanations, the likeliest first.
  std::vector<FoundRules> best() {
    std::vector<FoundRules> best;
    for (const Order& order : answered_orders(model_, rules_.size())) {
      const double less = best.empty() ? 0 : kUnusualOrder;
      for (FoundRules& found : best_in(order)) {
        found.log_probability -= less;
        best.push_back(std::move(found));
      }
      std::ranges::stable_sort(best, std::greater<>{}, &FoundRules::log_probability);
      best.resize(std::min(best.size(), kMostExplanations));
    }
    return best;
  }

 private:
  Candidates candidates(std::size_t role, const std::vector<InferredUnit>& inferred) const {
    const Tensor& library = model_.library();
    Candidates all{.vectors = library, .library = {}, .score = {}};
    for (std::int64_t i = 0; i < library.size(0); ++i) all.library.push_back(i);
    all.score = torch::zeros({library.size(0)}, library.options());
    const std::vector<int> alone = runs_.pairs_of(role_bit(role));
    if (alone.empty()) return all;
    for (const InferredUnit& unit : inferred) {
      if (unit.unit != role_bit(role) || !unit.rule.defined()) continue;
      all.vectors = at::cat({library, unit.rule.vectors.reshape({1, -1})});
      all.library.push_back(-1);
      all.score = torch::zeros({all.vectors.size(0)}, library.options());
    }
    for (const int pair : alone)
      all.score = all.score + runs_.likelihood(pair, runs_.run_all(pair, {all.vectors}));
    const auto [score, places] = all.score.topk(std::min(kKeptRules, all.score.size(0)));
    Candidates kept{.vectors = all.vectors.index_select(0, places), .library = {}, .score = score};
    for (std::int64_t i = 0; i < places.size(0); ++i)
      kept.library.push_back(
          all.library.at(static_cast<std::size_t>(places[i].item<std::int64_t>())));
    return kept;
  }

  std::int64_t count(std::size_t role) const { return rules_[role].vectors.size(0); }

  /// What has one number for each candidate of some roles, as one for each chain.
  Tensor along(const Tensor& numbers, const std::vector<std::size_t>& roles) const {
    std::vector<std::int64_t> shape(rules_.size(), 1);
    for (const std::size_t role : roles) shape[role] = count(role);
    return numbers.reshape(shape);
  }

  /// Log-probability of the pairs that show these two rules alone, applied in this order, for each
  /// candidate of the role that comes first among roles, then of the other.
  const Tensor& both(std::size_t first, std::size_t second) {
    const auto known = both_.find({first, second});
    if (known != both_.end()) return known->second;
    Tensor sum = torch::zeros({count(first), count(second)}, rules_[first].score.options());
    for (const int pair : runs_.pairs_of(static_cast<Roles>(role_bit(first) | role_bit(second)))) {
      const Tensor made = runs_.run_all(pair, {rules_[first].vectors, rules_[second].vectors});
      sum = sum + runs_.likelihood(pair, made).view_as(sum);
    }
    if (first > second) sum = sum.t();
    return both_.emplace(std::pair{first, second}, sum).first->second;
  }

  std::vector<FoundRules> best_in(const Order& order) {
    Tensor sum;  // a dimension a role
    for (std::size_t role = 0; role < rules_.size(); ++role) {
      const Tensor own = along(rules_[role].score, {role});
      sum = sum.defined() ? sum + own : own;
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (std::size_t j = i + 1; j < order.size(); ++j) {
        const std::size_t low = std::min(order[i], order[j]);
        const std::size_t high = std::max(order[i], order[j]);
        sum = sum + along(both(order[i], order[j]), {low, high});
      }
    }
    Tensor scores = sum.flatten();
    std::vector<int> further;
    for (std::size_t pair = 0; pair < runs_.study().size(); ++pair) {
      if (std::popcount(runs_.study()[pair]) > 2) further.push_back(static_cast<int>(pair));
    }
    if (further.size() == runs_.study().size()) {
      // Nothing has compared the chains yet.
      scores = scores + by_all(order, further.front());
      further.erase(further.begin());
    }
    Tensor chains = torch::arange(scores.size(0), torch::kInt64);
    if (!further.empty()) {
      std::tie(scores, chains) = scores.topk(std::min(kKeptChains, scores.size(0)));
      chains = chains.cpu();
      for (const int pair : further) {
        const Tensor made = runs_.run_each(pair, vectors_of(order, pair, chains));
        scores = scores + runs_.likelihood(pair, made);
      }
    }
    const auto kept = std::min(static_cast<std::int64_t>(kMostExplanations), scores.size(0));
    const auto [most, places] = scores.topk(kept);
    std::vector<FoundRules> best;
    for (std::int64_t i = 0; i < kept; ++i) {
      const auto chain = chains[places[i].item<std::int64_t>()].item<std::int64_t>();
      best.push_back(found(order, chain, most[i].item<double>()));
    }
    return best;
  }

  /// Log-probability of a pair of all rules for each chain.
  Tensor by_all(const Order& order, int pair) const {
    std::vector<Tensor> vectors;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> turns(order.size());
    double chains = 1;
    for (const Candidates& rule : rules_) chains *= static_cast<double>(rule.library.size());
    require(chains <= kMostChains, "the model executor: a library of ", model_.config().library,
            " rules makes ", chains, " chains of ", rules_.size(),
            " rules, too many to run; show pairs of one rule or two as well");
    for (std::size_t turn = 0; turn < order.size(); ++turn) {
      vectors.push_back(rules_[order[turn]].vectors);
      shape.push_back(count(order[turn]));
      turns[order[turn]] = static_cast<std::int64_t>(turn);
    }
    return runs_.likelihood(pair, runs_.run_all(pair, vectors))
        .view(shape)
        .permute(turns)
        .flatten();
  }

  /// Which candidate of each role a chain has.
  std::vector<std::int64_t> candidates_of(std::int64_t chain) const {
    std::vector<std::int64_t> places(rules_.size());
    for (std::size_t role = rules_.size(); role-- > 0;) {
      places[role] = chain % count(role);
      chain /= count(role);
    }
    return places;
  }

  /// chains [M] -> of each rule that the pair shows, in the order of application, [M, D].
  std::vector<Tensor> vectors_of(const Order& order, int pair, const Tensor& chains) const {
    const Roles roles = runs_.study()[static_cast<std::size_t>(pair)];
    std::vector<Tensor> vectors;
    for (const std::size_t role : order) {
      if (!has_role(roles, role)) continue;
      std::vector<std::int64_t> rows;
      for (std::int64_t i = 0; i < chains.size(0); ++i)
        rows.push_back(candidates_of(chains[i].item<std::int64_t>())[role]);
      vectors.push_back(take_rows(rules_[role].vectors, rows));
    }
    return vectors;
  }

  FoundRules found(const Order& order, std::int64_t chain, double score) const {
    FoundRules found{.chain = {}, .library = {}, .log_probability = score};
    const std::vector<std::int64_t> places = candidates_of(chain);
    for (const std::size_t role : order) {
      const Tensor vector = rules_[role].vectors[places[role]].view({1, 1, -1});
      found.chain.push_back(
          {.unit = role_bit(role), .rule = {.vectors = vector, .tokens = {}, .unseen = {}}});
      found.library.push_back(rules_[role].library[static_cast<std::size_t>(places[role])]);
    }
    return found;
  }

  const ExecutorModel& model_;
  StudyRuns runs_;
  std::vector<Candidates> rules_;  ///< of each role
  std::map<std::pair<std::size_t, std::size_t>, Tensor> both_;
};

}  // namespace

std::vector<FoundRules> find_rules(const ExecutorModel& model, const GridBatch& batch) {
  const torch::NoGradGuard guard;
  std::vector<FoundRules> found = RuleSearch(model, batch).best();
  double sum = 0;
  for (FoundRules& rules : found) {
    rules.weight = std::exp(rules.log_probability - found.front().log_probability);
    if (rules.weight < kLeastWeight) rules.weight = 0;
    sum += rules.weight;
  }
  std::erase_if(found, [](const FoundRules& rules) { return rules.weight == 0; });
  for (FoundRules& rules : found) rules.weight /= sum;
  return found;
}

}  // namespace recombine

#include "generator/facts/config.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "data/error.h"
#include "data/fact_vocabulary.h"
#include "data/text.h"

namespace recombine {
namespace {

// Choices among candidates are drawn by words of 32 bits.
constexpr double kMostCandidates = 4294967295.0;

/// Chains of `hops` facts, or pairs of entities with an attribute.
double candidates(const FactConfig& config) {
  const double entities = config.entities;
  if (config.task != "composition") return entities * entities * config.relations;
  double chains = entities;
  for (int hop = 0; hop < config.hops; ++hop) chains *= config.degree;
  return chains;
}

/// A token is numbered by an int.
void require_numbered(const FactConfig& config) {
  const FactVocabulary vocabulary = config.vocabulary();
  const std::string values = vocabulary.compares() ? cat(", --values ", config.values) : "";
  require(vocabulary.count() <= std::numeric_limits<int>::max(), "--entities ", config.entities,
          ", --relations ", config.relations, values, ": give ", vocabulary.count(),
          " tokens; at most ", std::numeric_limits<int>::max(), " are possible");
}

void validate_composition(const FactConfig& config) {
  require(config.degree <= config.relations, "--degree ", config.degree,
          ": must be at most --relations ", config.relations,
          ", as an entity has a relation once at most");
  require(config.noise == 0 || config.noise_hop != "none", "--noise ", config.noise,
          ": needs --noise-hop first, second or both, which says what to replace");
  require(config.noise == 0 || config.noise_hop != "first" || config.cot,
          "--noise-hop first: needs --cot on, as the answer has no bridge without");
  require(config.train_three_hop == 0 || config.hops == 3 || config.has_axis("hops"),
          "--train-three-hop ", config.train_three_hop, ": needs --hops 3 or --axis hops");
}

/// Throws InputError for an axis beside what it cannot have.
void validate_axis(const FactConfig& config) {
  const std::string axis = "--axis " + join_text(config.axis, ",");
  for (const std::string& name : config.axis)
    require(std::ranges::count(config.axis, name) == 1, "--axis: names ", name, " twice");
  require(!config.has_axis("noise") || config.noise > 0, axis,
          ": needs --noise and --noise-hop (split: --hold-out noise=0.4)");
  if (!config.holds_out_by_axis()) return;
  require(config.hops == 2, "--hops ", config.hops, ": ", axis,
          " says itself how many facts a question has; leave --hops out");
  require(config.noise_mode == "clean", "--noise-mode ", config.noise_mode, ": with ", axis,
          " noise is clean");
  require(!config.has_axis("mixed-hops") || config.ood_fraction > 0, axis,
          ": needs an --ood-fraction above 0, of facts that are never composed");
  require(config.relations >= 2, "--relations ", config.relations, ": ", axis, " needs two");
}

void validate_comparison(const FactConfig& config) {
  const std::string because = cat(": has no meaning for --task ", config.task);
  require(config.axis.empty(), "--axis", because);
  require(config.noise == 0, "--noise ", config.noise, because);
  require(config.hops == 2, "--hops ", config.hops, because);
  require(config.train_three_hop == 0, "--train-three-hop ", config.train_three_hop, because);
  require(!config.permutations, "--permutations", because);
  require(config.identity == "none", "--identity ", config.identity, because);
  require(config.task != "complex" || config.lambda == FactConfig{}.lambda, "--lambda ",
          config.lambda, because, "; --sample-fraction says how much is trained");
}

}  // namespace

void FactConfig::validate() const {
  check_fields(*this);
  require(lambda <= kMostCandidates, "--lambda ", lambda, ": must be at most ", kMostCandidates);
  vocabulary().compares() ? validate_comparison(*this) : validate_composition(*this);
  validate_axis(*this);
  require(candidates(*this) <= kMostCandidates, "--entities ", entities, ": gives ",
          candidates(*this), " questions; at most ", kMostCandidates, " are possible");
  require_numbered(*this);
}

bool FactConfig::has_axis(std::string_view name) const {
  return std::ranges::find(axis, name) != axis.end();
}

bool FactConfig::holds_out_by_axis() const {
  return std::ranges::any_of(
      axis, [](const std::string& name) { return name != "lambda" && name != "noise"; });
}

FactVocabulary FactConfig::vocabulary() const {
  return {task, entities, relations, task == "composition" ? 0 : values};
}

}  // namespace recombine

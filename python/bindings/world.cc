#include "python/bindings/world.h"

#include <algorithm>
#include <array>

#include "python/bindings/parts.h"
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/storage/fact_codec.h"
#include "data/text.h"
#include "eval/scoring/fact_world.h"
#include "generator/facts/recipe.h"

namespace recombine::python {

using Records = std::vector<std::string>;

/// A world's config and the records of each set, which its items share.
struct World::Made : public WorldSink {
  explicit Made(FactConfig of) : config(std::move(of)) {
    for (auto& records : sets) records = std::make_shared<Records>();
  }

  FactConfig config;
  std::array<std::shared_ptr<Records>, kWorldSetNames.size()> sets = {};
  std::shared_ptr<FactOrigin> origin = {};

  std::shared_ptr<Records> of(WorldSet set) const { return sets.at(static_cast<std::size_t>(set)); }
  void put(WorldSet set, const FactItem& item) override { of(set)->push_back(encode_fact(item)); }
};

namespace {

std::vector<AtomicFact> facts_in(const Records& records, const FactVocabulary& vocabulary) {
  std::vector<AtomicFact> facts;
  for (const std::string& record : records) {
    if (const auto fact = atomic_fact(decode_fact(record, vocabulary), vocabulary))
      facts.push_back(*fact);
  }
  return facts;
}

/// One set.
class WorldItems : public ItemSource {
 public:
  WorldItems(std::shared_ptr<const Records> records,
             std::shared_ptr<const FactOrigin> origin,
             std::string recipe)
      : records_(std::move(records)), origin_(std::move(origin)), recipe_(std::move(recipe)) {}

  std::uint64_t size() const override { return records_->size(); }
  std::vector<std::string> records(std::span<const std::uint64_t> indices, int) override {
    std::vector<std::string> kept;
    kept.reserve(indices.size());
    for (const std::uint64_t index : indices) kept.push_back((*records_)[index]);
    return kept;
  }
  std::string family() const override { return std::string(kFacts.name); }
  std::string recipe() const override { return recipe_; }
  std::shared_ptr<const FactOrigin> fact_origin() const override { return origin_; }

 private:
  std::shared_ptr<const Records> records_;
  std::shared_ptr<const FactOrigin> origin_;
  std::string recipe_;
};

}  // namespace

World::World(FactConfig config) {
  auto made = std::make_shared<Made>(std::move(config));
  make_world(made->config, *made, [](std::uint64_t, std::uint64_t) { check_signals(); });
  made->origin = std::make_shared<FactOrigin>();
  made->origin->vocabulary = made->config.vocabulary();
  // It is called through its owner, which therefore is there, and is not held by it.
  made->origin->learn = [train = made->of(WorldSet::kTrain), origin = made->origin.get()] {
    return fact_lookup(origin->vocabulary, facts_in(*train, origin->vocabulary));
  };
  made_ = std::move(made);
}

const FactConfig& World::config() const { return made_->config; }

std::vector<std::string> set_names_of(const FactConfig& config) {
  std::vector<std::string> names;
  for (const WorldSet set : world_sets(config)) names.emplace_back(set_name(set));
  return names;
}

std::shared_ptr<ItemSource> World::set(const std::string& name) const {
  for (const WorldSet set : world_sets(made_->config)) {
    if (set_name(set) != name) continue;
    return std::make_shared<WorldItems>(made_->of(set), made_->origin,
                                        fact_recipe(made_->config, set).dump());
  }
  const std::vector<std::string> known = set_names_of(made_->config);
  throw InputError(cat("set ", name, ": must be one of ", join_text(known, ", ")));
}

}  // namespace recombine::python

#include "python/bindings/world.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/storage/fact_codec.h"
#include "data/text.h"
#include "eval/scoring/fact_world.h"
#include "generator/facts/recipe.h"

namespace recombine::python {

struct World::Made {
  explicit Made(FactConfig of) : config(std::move(of)) {}

  FactConfig config;
  std::array<std::vector<std::string>, kWorldSetNames.size()> records = {};  ///< by set
  std::shared_ptr<FactOrigin> origin = {};

  const std::vector<std::string>& of(WorldSet set) const {
    return records.at(static_cast<std::size_t>(set));
  }
};

namespace {

using Records = std::array<std::vector<std::string>, kWorldSetNames.size()>;

class KeptRecords : public WorldSink {
 public:
  explicit KeptRecords(Records& records) : records_(records) {}
  void put(WorldSet set, const FactItem& item) override {
    records_.at(static_cast<std::size_t>(set)).push_back(encode_fact(item));
  }

 private:
  Records& records_;
};

std::vector<AtomicFact> facts_in(const std::vector<std::string>& records,
                                 const FactVocabulary& vocabulary) {
  std::vector<AtomicFact> facts;
  for (const std::string& record : records) {
    if (const auto fact = atomic_fact(decode_fact(record, vocabulary), vocabulary))
      facts.push_back(*fact);
  }
  return facts;
}

/// One set, which keeps its world alive.
class WorldItems : public ItemSource {
 public:
  WorldItems(std::shared_ptr<const std::vector<std::string>> records,
             std::shared_ptr<const FactOrigin> origin,
             std::string recipe)
      : records_(std::move(records)), origin_(std::move(origin)), recipe_(std::move(recipe)) {}

  std::uint64_t size() const override { return records_->size(); }
  std::vector<std::string> records(std::span<const std::uint64_t> indices,
                                   int,
                                   const Pause&) override {
    std::vector<std::string> kept;
    kept.reserve(indices.size());
    for (const std::uint64_t index : indices) kept.push_back((*records_)[index]);
    return kept;
  }
  std::string family() const override { return std::string(kFacts.name); }
  std::string recipe() const override { return recipe_; }
  std::shared_ptr<const FactOrigin> fact_origin() const override { return origin_; }

 private:
  std::shared_ptr<const std::vector<std::string>> records_;
  std::shared_ptr<const FactOrigin> origin_;
  std::string recipe_;
};

}  // namespace

World::World(FactConfig config, const Pause& pause) {
  auto made = std::make_shared<Made>(std::move(config));
  KeptRecords sink(made->records);
  make_world(made->config, sink, [&](std::uint64_t, std::uint64_t) { pause(); });
  made->origin = std::make_shared<FactOrigin>();
  made->origin->vocabulary = made->config.vocabulary();
  made->origin->learn = [weak = std::weak_ptr<const Made>(made)] {
    const auto world = weak.lock();
    require(world != nullptr, "solve: the world of this question is gone; keep its data set");
    const FactVocabulary& vocabulary = world->origin->vocabulary;
    return fact_lookup(vocabulary, facts_in(world->of(WorldSet::kTrain), vocabulary));
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
    return std::make_shared<WorldItems>(
        std::shared_ptr<const std::vector<std::string>>(made_, &made_->of(set)), made_->origin,
        fact_recipe(made_->config, set).dump());
  }
  const std::vector<std::string> known = set_names_of(made_->config);
  throw InputError(cat("set ", name, ": must be one of ", join_text(known, ", ")));
}

}  // namespace recombine::python

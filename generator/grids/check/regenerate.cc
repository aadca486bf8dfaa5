#include "generator/grids/check/regenerate.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/codec.h"
#include "data/text.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/fixed_rules.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/search/published.h"
#include "generator/grids/search/twin.h"
#include "generator/grids/split/split_run.h"
#include "generator/grids/split/static_split.h"

namespace recombine {
namespace {

/// "e73412" -> 73412.
std::uint64_t number_of(std::string_view id) {
  const auto index = parse_number<std::uint64_t>(id.substr(id.empty() ? 0 : 1));
  require_data(id.starts_with("e") && index.has_value(), "'", id,
               "' is no id of a generated episode");
  return *index;
}

/// The place of an episode in its set: of twins 2 k and 2 k + 1, where they are "ek" and "ekt".
std::uint64_t index_of(const std::string& id, bool twins) {
  if (!twins || !twin_id(id)) return number_of(id);
  const bool changed = is_changed_twin(id);
  return 2 * number_of(changed ? std::string_view(id).substr(0, id.size() - 1) : id) +
         (changed ? 1 : 0);
}

/// Episodes as generate makes them.
class EpisodeSource {
 public:
  virtual ~EpisodeSource() = default;
  virtual Episode make(std::uint64_t index, int attempt) = 0;
  virtual bool in_order() const = 0;
  /// Whether the episodes are twins.
  virtual bool twins() const { return false; }
};

class Counter : public EpisodeSource {
 public:
  explicit Counter(const GridRecipe& recipe)
      : maker_(recipe.grids, recipe.run.seed), twins_(recipe.grids.twins) {}
  Episode make(std::uint64_t index, int attempt) override { return maker_.make(index, attempt); }
  bool in_order() const override { return false; }
  bool twins() const override { return twins_; }

 private:
  EpisodeMaker maker_;
  bool twins_;
};

class Published : public EpisodeSource {
 public:
  explicit Published(const GridRecipe& recipe) : maker_(recipe.grids, recipe.run.seed) {}
  Episode make(std::uint64_t index, int) override {
    require_data(index >= made_, "episodes of the published stream must stand in order");
    for (; made_ < index; ++made_) {
      check_interrupted("run it again");  // there may be a hundred thousand before it
      maker_.next();
    }
    ++made_;
    return maker_.next();
  }
  bool in_order() const override { return true; }

 private:
  PublishedMaker maker_;
  std::uint64_t made_ = 0;
};

class Whole : public Regenerator {
 public:
  explicit Whole(std::unique_ptr<EpisodeSource> source) : source_(std::move(source)) {}
  std::string record_of(const Episode& stored) override {
    return encode_episode(source_->make(index_of(stored.id, source_->twins()), stored.attempt));
  }
  bool in_order() const override { return source_->in_order(); }

 private:
  std::unique_ptr<EpisodeSource> source_;
};

class Reduced : public Regenerator {
 public:
  Reduced(std::unique_ptr<EpisodeSource> source, SplitConfig config)
      : source_(std::move(source)), config_(std::move(config)) {}
  std::string record_of(const Episode& stored) override {
    const Episode episode = source_->make(index_of(stored.id, source_->twins()), stored.attempt);
    return encode_episode(reduce_for_set(episode, config_));
  }
  bool in_order() const override { return source_->in_order(); }

 private:
  std::unique_ptr<EpisodeSource> source_;
  SplitConfig config_;
};

/// Items of static data: pairs of its few episodes.
class Pairs : public Regenerator {
 public:
  explicit Pairs(EpisodeSource& source) {
    for (std::uint64_t i = 0; i < kFixedEpisodes; ++i) episodes_.push_back(source.make(i, 0));
  }
  std::string record_of(const Episode& stored) override {
    const auto dot = std::min(stored.id.find('.'), stored.id.size());
    const auto place = parse_number<std::size_t>(
        std::string_view(stored.id).substr(std::min(dot + 1, stored.id.size())));
    const std::uint64_t index = number_of(std::string_view(stored.id).substr(0, dot));
    require_data(place.has_value() && index < episodes_.size(), "'", stored.id,
                 "' is no id of a pair of static data");
    return encode_episode(static_item(episodes_[index], *place));
  }
  bool in_order() const override { return false; }

 private:
  std::vector<Episode> episodes_;
};

std::unique_ptr<EpisodeSource> make_source(const Json& recipe) {
  const GridRecipe made = read_grid_recipe(recipe);
  if (made.run.stream == "published") return std::make_unique<Published>(made);
  return std::make_unique<Counter>(made);
}

}  // namespace

std::unique_ptr<Regenerator> make_regenerator(const Json& recipe) {
  if (recipe.contains("stream")) return std::make_unique<Whole>(make_source(recipe));
  if (!recipe.contains("split")) return nullptr;
  SplitRecipe split = read_split_recipe(recipe);
  if (!split.parent.contains("stream") || split.config.shuffle_study) return nullptr;
  if (grids_of(split.parent).fixed_rules)
    return std::make_unique<Pairs>(*make_source(split.parent));
  return std::make_unique<Reduced>(make_source(split.parent), split.config);
}

std::string no_regenerator_text(const Json& recipe) {
  if (!recipe.contains("split")) return "not made from a recipe: nothing to compare with";
  const SplitRecipe split = read_split_recipe(recipe);
  if (split.parent.contains("split"))
    return "a split of a split, which is not made again from a recipe: nothing to compare with";
  if (!split.parent.contains("stream"))
    return "a split of a set that is not made from a recipe: nothing to compare with";
  return "its study pairs are shuffled, so no episode is made again alone; generate --recipe makes "
         "the whole set again and compares its digest";
}

}  // namespace recombine

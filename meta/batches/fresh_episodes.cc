#include "meta/batches/fresh_episodes.h"

#include <span>

#include "data/error.h"
#include "data/random.h"
#include "data/text.h"

namespace recombine {
namespace {

/// Far more than rare triplets need; reached only where a wanted triplet can never be made.
constexpr int kAttempts = 100000;

/// Of the split stream, whose piece 0 says which episodes are held out.
constexpr std::uint32_t kShufflePart = 1;

std::uint64_t data_seed(std::uint64_t seed, FreshUse use) {
  CounterRandom random(seed, 0, Stream::kFresh, static_cast<std::uint32_t>(use));
  const std::uint64_t high = random.word();
  return (high << 32U) | random.word();
}

std::set<std::string> wanted_triplets(const FreshRecipe& recipe, FreshUse use) {
  const Names& types = recipe.grids.types;
  const TripletSplit triplets = split_triplets(types, recipe.split);
  const auto& wanted = use == FreshUse::kValidateOod ? triplets.test : triplets.train;
  require(!wanted.empty(), "--grids.types: ", types.size(), " types give no triplet that is ",
          use == FreshUse::kValidateOod ? "held out" : "trained", "; name at least 4");
  return {wanted.begin(), wanted.end()};
}

}  // namespace

FreshEpisodes::FreshEpisodes(const FreshRecipe& recipe, std::uint64_t seed, FreshUse use)
    : split_(recipe.split),
      data_seed_(data_seed(seed, use)),
      maker_(recipe.grids, data_seed_),
      wanted_(wanted_triplets(recipe, use)) {
  split_.validate();
  require(split_.is_systematicity(), "--split.axis ", join_text(split_.axis, ","),
          ": fresh episodes hold out systematicity alone; generate a data set and split it");
}

Episode FreshEpisodes::make(std::uint64_t index) const {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const Episode episode = maker_.make(index, attempt);
    if (!wanted_.contains(triplet(episode.grammar))) continue;
    Episode kept = reduce(episode, split_);
    if (split_.shuffle_study) {
      CounterRandom random(data_seed_, index, Stream::kSplit, kShufflePart);
      shuffle(random, std::span(kept.study));
    }
    return kept;
  }
  throw InputError(cat("[grids]: no episode of a wanted triplet in ", kAttempts,
                       " attempts; allow more types or larger grids"));
}

}  // namespace recombine

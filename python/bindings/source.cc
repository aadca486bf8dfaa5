#include "python/bindings/source.h"

#include <algorithm>
#include <numeric>

#include "python/bindings/parts.h"

#include "data/error.h"
#include "data/json.h"
#include "data/reading/in_order.h"
#include "data/storage/dataset.h"
#include "data/storage/hash.h"
#include "data/storage/shard.h"
#include "eval/scoring/fact_world.h"
#include "generator/grids/search/grid_source.h"

namespace recombine::python {
namespace {

constexpr std::size_t kPart = 16;            ///< items of one piece of parallel work
constexpr std::uint64_t kDigestPart = 8192;  ///< records that are held at a time

/// A data set on disk.
class StoredItems : public ItemSource {
 public:
  explicit StoredItems(const std::string& folder) : set_(folder, read_manifest(folder).family) {
    const Manifest& manifest = set_.manifest();
    if (manifest.family == kFacts.name) {
      facts_ = std::make_shared<FactOrigin>();
      facts_->vocabulary = fact_vocabulary(manifest.vocabulary);
      if (const auto train = training_folder(set_.folder()))
        facts_->learn = [train = *train] { return fact_lookup(FactSet(train)); };
    } else {
      episodes_ = std::make_shared<EpisodeOrigin>(manifest.recipe.dump());
    }
  }

  std::uint64_t size() const override { return set_.size(); }
  std::vector<std::string> records(std::span<const std::uint64_t> indices, int threads) override {
    std::vector<std::string> read(indices.size());
    for_parts(indices.size(), threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) read[i] = set_.record(indices[i]);
    });
    return read;
  }
  std::string family() const override { return set_.manifest().family; }
  std::string recipe() const override { return set_.manifest().recipe.dump(); }
  std::shared_ptr<const EpisodeOrigin> episode_origin() const override { return episodes_; }
  std::shared_ptr<const FactOrigin> fact_origin() const override { return facts_; }
  std::string known_digest() const override { return set_.manifest().digest; }

 private:
  RecordSet set_;
  std::shared_ptr<const EpisodeOrigin> episodes_;
  std::shared_ptr<FactOrigin> facts_;
};

}  // namespace

const RuleSpace& EpisodeOrigin::rules() const {
  if (rules_ == nullptr) {
    const GridConfig grids = recipe.empty() ? GridConfig{} : grids_of(parse_json(recipe));
    rules_ = std::make_unique<const RuleSpace>(rules_of(grids));
  }
  return *rules_;
}

const FactAnswerer& FactOrigin::answerer() const {
  if (!answerer_) {
    require(static_cast<bool>(learn),
            "solve: the training facts behind this question are not known; take it from "
            "recombine.facts(...) or from a folder that has its world's train beside it");
    answerer_ = learn();
  }
  return answerer_;
}

void for_parts(std::size_t count,
               int threads,
               const std::function<void(std::size_t begin, std::size_t end)>& work) {
  if (count <= kPart) return work(0, count);
  std::size_t next = 0;
  stream_in_order(threads, [&]() -> WorkPart {
    if (next >= count) return {};
    const std::size_t begin = next;
    next = std::min(count, begin + kPart);
    return [&work, begin, end = next]() -> UseResult {
      work(begin, end);
      return check_signals;
    };
  });
}

std::string digest_of(ItemSource& source, std::uint64_t count, int threads) {
  Sha256 digest;
  for (std::uint64_t first = 0; first < count; first += kDigestPart) {
    std::vector<std::uint64_t> indices(std::min(kDigestPart, count - first));
    std::iota(indices.begin(), indices.end(), first);
    add_to_digest(digest, source.records(indices, threads));
  }
  return "sha256:" + digest.hex_digest();
}

std::shared_ptr<ItemSource> open_stored(const std::string& folder) {
  return std::make_shared<StoredItems>(folder);
}

}  // namespace recombine::python

#include "meta/validation/gallery.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "data/error.h"
#include "eval/drawing/item_scene.h"
#include "meta/validation/grid_answers.h"

namespace recombine {
namespace {

constexpr std::int64_t kEntries = 8;

}  // namespace

Png answer_gallery(const std::string& name,
                   const EpisodeTensors& episodes,
                   const torch::Tensor& grids) {
  const std::int64_t shown = std::min(kEntries, episodes.size());
  const auto pairs = episodes.queries.narrow(0, 0, shown).to(torch::kCPU).contiguous();
  std::vector<GalleryEntry> entries;
  for (std::int64_t episode = 0; episode < shown; ++episode) {
    const std::int64_t query = episode * episodes.shape.queries;
    entries.push_back({cat(name, " ", episode), grid_at(pairs, 2 * query),
                       grid_at(pairs, 2 * query + 1),
                       ShownAnswer{answer_at(grids, query), kNoPatch}});
  }
  return gallery_png(entries);
}

}  // namespace recombine

#include "meta/batches/episode_groups.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "models/entry.h"

namespace recombine {
namespace {

bool says_nothing(const std::vector<Roles>& sections) {
  return !sections.empty() && sections.front() == kUnknownRoles;
}

/// Whether as many pairs are of each section, as far as both say it; each in any order.
bool same_study(const std::vector<Roles>& a, const std::vector<Roles>& b) {
  if (a.size() != b.size()) return false;
  return says_nothing(a) || says_nothing(b) || std::ranges::is_permutation(a, b);
}

constexpr std::int64_t kFirstRows = 64;  ///< room of a group that is not the first

/// Tensors that rows are added to.
class GrowingGroup {
 public:
  GrowingGroup(const EpisodeShape& shape, std::int64_t room)
      : tensors_(empty_episodes(shape, room)), like_(shape) {}

  /// Whether an episode of this shape is one of the group's.
  bool has(const EpisodeShape& shape) const {
    return shape.side == like_.side && shape.queries == like_.queries &&
           same_study(shape.study_roles, like_.study_roles);
  }

  std::int64_t add(const Episode& episode) {
    if (rows_ == tensors_.size()) grow();
    set_row(tensors_, rows_, episode);
    return rows_++;
  }

  EpisodeTensors finish() {
    for (torch::Tensor* tensor : {&tensors_.study, &tensors_.queries, &tensors_.spare}) {
      if (rows_ < tensor->size(0)) *tensor = tensor->narrow(0, 0, rows_).clone();
    }
    return std::move(tensors_);
  }

 private:
  void grow() {
    const EpisodeTensors more = empty_episodes(tensors_.shape, 2 * rows_);
    more.study.narrow(0, 0, rows_).copy_(tensors_.study);
    more.queries.narrow(0, 0, rows_).copy_(tensors_.queries);
    more.spare.narrow(0, 0, rows_).copy_(tensors_.spare);
    tensors_ = more;
  }

  EpisodeTensors tensors_;
  EpisodeShape like_;
  std::int64_t rows_ = 0;
};

class GroupLoader {
 public:
  GroupLoader(std::int64_t episodes, bool with_spare)
      : episodes_(episodes), with_spare_(with_spare) {}

  EpisodeGroups::Place add(const Episode& episode) {
    EpisodeShape shape = episode_shape(episode);
    if (!with_spare_) shape.spare = 0;
    const auto known =
        std::ranges::find_if(groups_, [&](const GrowingGroup& group) { return group.has(shape); });
    const auto number = static_cast<std::size_t>(known - groups_.begin());
    if (known == groups_.end())
      groups_.emplace_back(shape, groups_.empty() ? episodes_ : std::min(episodes_, kFirstRows));
    return {number, groups_[number].add(episode)};
  }

  std::vector<EpisodeTensors> finish() {
    std::vector<EpisodeTensors> all;
    for (GrowingGroup& group : groups_) all.push_back(group.finish());
    return all;
  }

 private:
  std::int64_t episodes_;
  bool with_spare_;
  std::vector<GrowingGroup> groups_;
};

}  // namespace

EpisodeGroups EpisodeGroups::to(torch::Device device) const {
  EpisodeGroups moved;
  moved.places = places;
  for (const EpisodeTensors& group : groups) moved.groups.push_back(group.to(device));
  return moved;
}

EpisodeGroups EpisodeGroups::copies() const {
  EpisodeGroups asked;
  asked.places = places;
  for (const EpisodeTensors& group : groups) asked.groups.push_back(group.copies());
  return asked;
}

std::uint64_t EpisodeGroups::queries() const {
  std::int64_t sum = 0;
  for (const EpisodeTensors& group : groups) sum += group.size() * group.shape.queries;
  return static_cast<std::uint64_t>(sum);
}

EpisodeGroups one_group(EpisodeTensors episodes) {
  EpisodeGroups all;
  for (std::int64_t row = 0; row < episodes.size(); ++row) all.places.push_back({0, row});
  all.groups.push_back(std::move(episodes));
  return all;
}

EpisodeGroups load_groups(const EpisodeSet& set,
                          PartItems items,
                          bool with_spare,
                          PairOrder order,
                          const EpisodeVisit& visit) {
  EpisodeGroups loaded;
  GroupLoader loader(static_cast<std::int64_t>(items.size()), with_spare);
  read_episodes(set, items, order, visit,
                [&](const Episode& episode) { loaded.places.push_back(loader.add(episode)); });
  loaded.groups = loader.finish();
  return loaded;
}

EpisodeGroups load_groups(const EpisodeSet& set,
                          std::uint64_t items,
                          bool with_spare,
                          PairOrder order,
                          const EpisodeVisit& visit) {
  return load_groups(set, first_of_set(set, items), with_spare, order, visit);
}

void require_one_study(const ModelConfig& model,
                       const EpisodeGroups& episodes,
                       const std::string& where) {
  if (find_model(model.name).reads_any_study(model)) return;
  const std::vector<Roles>& first = episodes.groups.front().shape.study_roles;
  for (const EpisodeTensors& group : episodes.groups)
    require_data(same_study(first, group.shape.study_roles), where,
                 ": its episodes have different study pairs, and the model ", model.name,
                 " needs the same sections in all of them");
}

}  // namespace recombine

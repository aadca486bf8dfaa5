#include "meta/batches/episode_tensors.h"

#include <algorithm>
#include <array>
#include <climits>
#include <numeric>
#include <utility>

#include "data/error.h"
#include "data/triggers.h"
#include "models/entry.h"

namespace recombine {
namespace {

/// Writes both grids of an example; returns where the next one goes.
std::uint8_t* put_example(std::uint8_t* to, const Example& example) {
  to = std::copy(example.input.cells().begin(), example.input.cells().end(), to);
  return std::copy(example.output.cells().begin(), example.output.cells().end(), to);
}

std::uint8_t* row_of(const torch::Tensor& tensor, std::int64_t row) {
  return tensor.data_ptr<std::uint8_t>() + row * tensor.stride(0);
}

int spare_of(const Episode& episode, Roles section) {
  return static_cast<int>(
      std::count_if(episode.spare.begin(), episode.spare.end(),
                    [&](const Example& example) { return example.roles == section; }));
}

void put_spare(std::uint8_t* to, const Episode& episode, int wanted) {
  for (const Roles section : kStudySections) {
    int left = wanted;
    for (const Example& example : episode.spare) {
      if (example.roles != section || left == 0) continue;
      to = put_example(to, example);
      --left;
    }
  }
}

bool unknown(const EpisodeShape& shape) {
  return !shape.study_roles.empty() && shape.study_roles.front() == kUnknownRoles;
}

/// Whether they differ in the order of their study pairs alone, or in what is known of it.
bool same_sections(const EpisodeShape& one, const EpisodeShape& all) {
  if (one.study_roles.size() != all.study_roles.size()) return false;
  return unknown(all) || unknown(one) ||
         std::ranges::is_permutation(one.study_roles, all.study_roles);
}

std::vector<Example> untold(std::vector<Example> pairs) {
  for (Example& pair : pairs) pair.roles = kUnknownRoles;
  return pairs;
}

Triggers triggers_of(const Episode& episode) {
  std::vector<Grid> asked;
  asked.reserve(episode.queries.size());
  for (const Example& query : episode.queries) asked.push_back(query.input);
  const std::vector<Triggers> possible = possible_triggers(episode.study, asked);
  require_data(!possible.empty(), "episode ", episode.id,
               ": its queries have no shape, colour and one further object in common that say "
               "which rules its study pairs show (--model.sections triggers); so have episodes of "
               "three rules that all queries need, without bystanders");
  return possible.front();
}

/// The episode with what is known of its sections in this order.
Episode known_in(Episode episode, PairOrder order) {
  if (order != PairOrder::kByTriggers) return episode;
  const Triggers triggers = triggers_of(episode);
  episode.study = with_roles(untold(std::move(episode.study)), triggers);
  episode.spare = with_roles(untold(std::move(episode.spare)), triggers);
  return episode;
}

/// Pairs by their sections, those of a section as they stand.
std::vector<std::size_t> places_of(const std::vector<Example>& study, PairOrder order) {
  std::vector<std::size_t> places(study.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (order == PairOrder::kAsStored) return places;
  std::ranges::stable_sort(places, {}, [&](std::size_t place) {
    return std::ranges::find(kStudySections, study[place].roles) - kStudySections.begin();
  });
  return places;
}

}  // namespace

PairOrder pair_order(const ModelConfig& model) {
  const ModelEntry& entry = find_model(model.name);
  if (!entry.reads_sections(model)) return PairOrder::kAsStored;
  return entry.reads_triggers(model) ? PairOrder::kByTriggers : PairOrder::kBySection;
}

Episode in_order(Episode episode, PairOrder order) {
  if (order == PairOrder::kAsStored) return episode;
  episode = known_in(std::move(episode), order);
  std::vector<Example> study;
  study.reserve(episode.study.size());
  for (const std::size_t place : places_of(episode.study, order))
    study.push_back(episode.study[place]);
  episode.study = std::move(study);
  return episode;
}

std::vector<std::size_t> places_in_order(const Episode& episode, PairOrder order) {
  return places_of(known_in(episode, order).study, order);
}

void read_episodes(const EpisodeSet& set,
                   PartItems items,
                   PairOrder order,
                   const EpisodeVisit& visit,
                   const EpisodeVisit& take) {
  try {
    for (std::size_t i = 0; i < items.size(); ++i) {
      Episode episode = set[items.begin + i];
      if (visit) visit(episode);
      take(in_order(std::move(episode), order));
    }
  } catch (const DataError& error) {
    const std::string folder = set.folder().string();
    const std::string text = error.what();
    throw DataError(text.rfind(folder, 0) == 0 ? text : folder + ": " + text);
  }
}

PartItems first_of_set(const EpisodeSet& set, std::uint64_t items) {
  require_data(!set.empty(), set.folder().string(), ": has no episodes");
  return {0, items == 0 ? set.size() : std::min<std::size_t>(items, set.size())};
}

EpisodeShape episode_shape(const Episode& episode) {
  int spare = INT_MAX;
  for (const Roles section : kStudySections) spare = std::min(spare, spare_of(episode, section));
  EpisodeShape shape{episode.side(), static_cast<int>(episode.study.size()),
                     static_cast<int>(episode.queries.size()), spare};
  for (const Example& example : episode.study) shape.study_roles.push_back(example.roles);
  shape.own_order = !episode.grammar.order.empty();
  shape.rules = static_cast<int>(episode.grammar.rules.size());
  const Roles all = episode.grammar.all_roles();
  shape.fewer_rules = std::ranges::any_of(episode.queries, [all](const Example& query) {
    return query.roles != kUnknownRoles && query.roles != all;
  });
  return shape;
}

void require_readable(const ModelConfig& model, const EpisodeShape& shape) {
  const bool usual = shape.rules == static_cast<int>(kUsualRoles);
  if (usual && !shape.own_order && !shape.fewer_rules) return;
  check_episodes(model, {.study = shape.study,
                         .roles = shape.study_roles,
                         .learns = false,
                         .own_order = shape.own_order,
                         .fewer_rules = shape.fewer_rules,
                         .rules = shape.rules});
}

EpisodeTensors EpisodeTensors::to(torch::Device device) const {
  return {shape, study.to(device), queries.to(device), spare.to(device)};
}

EpisodeTensors EpisodeTensors::copies() const {
  EpisodeShape asked = shape;
  asked.queries = shape.study;
  for (int pair = 0; pair < shape.study; ++pair)
    asked.query_kinds.push_back({shape.study_roles[static_cast<std::size_t>(pair)], pair});
  return {asked, study, study, spare};
}

EpisodeTensors empty_episodes(const EpisodeShape& shape, std::int64_t episodes) {
  const std::int64_t side = shape.side;
  return {shape, torch::empty({episodes, shape.study, 2, side, side}, torch::kUInt8),
          torch::empty({episodes, shape.queries, 2, side, side}, torch::kUInt8),
          torch::empty({episodes, kSections, shape.spare, 2, side, side}, torch::kUInt8)};
}

void set_row(EpisodeTensors& tensors, std::int64_t row, const Episode& episode) {
  EpisodeShape shape = episode_shape(episode);
  if (shape.study_roles != tensors.shape.study_roles && same_sections(shape, tensors.shape)) {
    // A shuffled study set: where a section stands differs from episode to episode.
    tensors.shape.study_roles.assign(shape.study_roles.size(), kUnknownRoles);
    shape.study_roles = tensors.shape.study_roles;
  }
  // What one episode of a set asks of a model, the set asks.
  shape.own_order = tensors.shape.own_order = tensors.shape.own_order || shape.own_order;
  shape.fewer_rules = tensors.shape.fewer_rules = tensors.shape.fewer_rules || shape.fewer_rules;
  const bool enough = shape.spare >= tensors.shape.spare;
  shape.spare = tensors.shape.spare;
  require_data(enough && shape == tensors.shape, "episode ", episode.id, ": has side ", shape.side,
               ", ", shape.study, " study pairs and ", shape.queries,
               " queries; all episodes of a set must have those of the first: ", tensors.shape.side,
               ", ", tensors.shape.study, " and ", tensors.shape.queries,
               ", the same sections, and as many spare pairs");
  std::uint8_t* to = row_of(tensors.study, row);
  for (const Example& example : episode.study) to = put_example(to, example);
  to = row_of(tensors.queries, row);
  for (const Example& example : episode.queries) to = put_example(to, example);
  put_spare(row_of(tensors.spare, row), episode, tensors.shape.spare);
}

EpisodeTensors pack_episodes(const std::vector<Episode>& episodes) {
  EpisodeTensors tensors =
      empty_episodes(episode_shape(episodes.front()), static_cast<std::int64_t>(episodes.size()));
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    set_row(tensors, static_cast<std::int64_t>(i), episodes[i]);
  }
  return tensors;
}

EpisodeTensors load_episodes(const EpisodeSet& set,
                             std::uint64_t items,
                             bool with_spare,
                             PairOrder order,
                             const EpisodeVisit& visit) {
  return load_episodes(set, first_of_set(set, items), with_spare, order, visit);
}

EpisodeTensors load_episodes(const EpisodeSet& set,
                             PartItems items,
                             bool with_spare,
                             PairOrder order,
                             const EpisodeVisit& visit) {
  EpisodeTensors tensors;
  std::int64_t row = 0;
  read_episodes(set, items, order, visit, [&](const Episode& episode) {
    if (row == 0) {
      EpisodeShape shape = episode_shape(episode);
      if (!with_spare) shape.spare = 0;
      tensors = empty_episodes(shape, static_cast<std::int64_t>(items.size()));
    }
    set_row(tensors, row++, episode);
  });
  return tensors;
}

}  // namespace recombine

#include "generator/grids/verify.h"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "data/codec.h"
#include "data/dataset.h"
#include "data/error.h"
#include "data/file.h"
#include "data/formats/split_names.h"
#include "data/hash.h"
#include "data/progress.h"
#include "generator/grids/grid_source.h"
#include "generator/grids/regenerate.h"
#include "generator/grids/solver.h"
#include "generator/in_order.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAdvice = "run it again";

/// Indices of the episodes to look at: all, the first ones, or some spread evenly.
std::vector<std::size_t> chosen(std::size_t size, bool all, bool first) {
  std::vector<std::size_t> indices;
  const std::size_t count = all ? size : std::min<std::size_t>(size, kSampledEpisodes);
  for (std::size_t i = 0; i < count; ++i) indices.push_back(all || first ? i : i * size / count);
  return indices;
}

}  // namespace

std::string check_episodes(const EpisodeSet& set, const VerifyOptions& options) {
  const auto regenerator = make_regenerator(set.manifest().recipe);
  if (!regenerator) return "not made from a recipe: nothing to compare with";
  const bool in_order = regenerator->in_order();
  const auto indices = chosen(set.size(), options.all, in_order);
  Progress progress("regenerate", "episodes", indices.size(), options.quiet);
  run_in_order(indices.size(), in_order ? 1 : options.threads, [&](std::size_t i) {
    const Episode stored = set[indices[i]];
    require_data(regenerator->record_of(stored) == encode_episode(stored), set.folder().string(),
                 ": ", stored.id, " is not what its recipe gives");
    return [&, i] {
      check_interrupted(kAdvice);
      progress.update(i + 1);
    };
  });
  return cat(indices.size(), " of ", set.size(), " episodes made again, equal");
}

std::string check_answers(const EpisodeSet& set, const VerifyOptions& options) {
  const auto says_roles = [](const Episode& episode) {
    return std::ranges::any_of(episode.study,
                               [](const Example& e) { return e.roles != kUnknownRoles; });
  };
  if (!set.empty() && set[0].study.empty())
    return "no study pairs: nothing that the solver could find the rules from";
  if (set.empty() || !says_roles(set[0]))
    return "the study pairs do not say which rules they show: nothing to solve";
  const RuleSpace space = rules_of(grids_of(set.manifest().recipe));
  const auto indices = chosen(set.size(), options.all, false);
  Progress progress("solve", "episodes", indices.size(), options.quiet);
  int queries = 0;
  std::uint64_t unique = 0;
  run_in_order(indices.size(), options.threads, [&](std::size_t i) {
    const Episode episode = set[indices[i]];
    const Determination found = determine(episode, space);
    require_data(found.programs > 0, set.folder().string(), ": ", episode.id,
                 ": no three rules explain its study pairs");
    require_data(found.solved == found.queries, set.folder().string(), ": ", episode.id,
                 ": the solver's answer differs in ", found.queries - found.solved, " queries");
    return [&, i, found] {
      check_interrupted(kAdvice);
      progress.update(i + 1);
      unique += found.programs == 1 ? 1 : 0;
      queries += found.queries;
    };
  });
  return cat(queries, " queries of ", indices.size(), " episodes solved; ", unique,
             " episodes have one program only");
}

/// The episodes without their ids.
std::vector<std::string> contents_of(const EpisodeSet& set) {
  std::vector<std::string> contents;
  for (Episode episode : set) {
    check_interrupted(kAdvice);
    episode.id.clear();
    contents.push_back(encode_episode(episode));
  }
  return contents;
}

/// Validation is the test set, as published; nothing else is in two sets.
std::string check_static_split(const fs::path& folder) {
  const EpisodeSet test(folder / "test_ood");
  require_data(contents_of(EpisodeSet(folder / "val_ood")) == contents_of(test), folder.string(),
               ": val_ood is not test_ood, as it is in the published split of static data");
  // "e3.12" is a pair of the combination e3; the ids of an import say no combination.
  const auto combination = [](const Episode& item) {
    return item.id.substr(0, std::min(item.id.find('.'), item.id.size()));
  };
  std::set<std::string> asked;
  std::set<std::string> held_out;
  for (const Episode& item : test) {
    asked.insert(item.id);
    if (combination(item) != item.id) held_out.insert(combination(item));
  }
  const EpisodeSet train(folder / "train");
  for (const Episode& item : train) {
    check_interrupted(kAdvice);
    require_data(!asked.contains(item.id), folder.string(), ": ", item.id,
                 " is in train and in test_ood");
    require_data(!held_out.contains(combination(item)) || item.queries.at(0).roles != kAllRoles,
                 folder.string(), ": ", item.id, " is of a combination held out, and trained");
  }
  return cat(train.size(), " items trained, ", asked.size(), " held out; ",
             held_out.empty() ? "" : cat(held_out.size(), " combinations held out; "),
             "val_ood is test_ood, as published");
}

std::string check_split_file(const fs::path& folder, const std::vector<std::string>& names) {
  const fs::path file = folder / "split.json";
  const std::string text = read_file(file);
  try {
    const Json split = parse_json(text);
    const bool imported = split.contains("imported");
    const Json& sets = split.at(imported ? "imported" : "sets");
    require_data(sets.size() == names.size(), file.string(), ": names ", sets.size(),
                 " sets; there are ", names.size());
    for (const std::string& name : names) {
      const Json& set = sets.at(name);
      if (imported) continue;
      const Manifest manifest = read_manifest(folder / name);
      require_data(set.at("digest") == manifest.digest && set.at("count") == manifest.count,
                   file.string(), ": another ", name, " is meant");
    }
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not describe a split (", error.what(), ")"));
  }
  return cat(names.size(), " sets, as described");
}

std::string check_split(const fs::path& folder, const std::vector<std::string>& names) {
  if (is_static_split(folder)) return check_static_split(folder);
  std::map<std::string, std::string> seen;
  std::map<std::string, std::string> grids;
  std::set<std::string> trained;
  std::set<std::string> held_out;
  std::uint64_t shared_grids = 0;
  for (const std::string& name : names) {
    for (const Episode& episode : EpisodeSet(folder / name)) {
      check_interrupted(kAdvice);
      const auto [place, fresh] = seen.emplace(episode.id, name);
      require_data(fresh, folder.string(), ": ", episode.id, " is in ", place->second, " and in ",
                   name);
      (name.ends_with("_ood") ? held_out : trained).insert(triplet(episode.grammar));
      Episode content = episode;
      content.id.clear();
      const auto [same, first] = grids.emplace(sha256(encode_episode(content)), name);
      shared_grids += first || same->second == name ? 0 : 1;
    }
  }
  for (const std::string& triplet : held_out) {
    require_data(!trained.contains(triplet), folder.string(), ": ", triplet,
                 " is held out and trained");
  }
  require_data(shared_grids == 0, folder.string(), ": ", shared_grids,
               " episodes are equal across sets");
  return cat(seen.size(), " episodes in ", names.size(), " sets, none in two; ", held_out.size(),
             " triplets held out, ", trained.size(), " trained");
}

}  // namespace recombine

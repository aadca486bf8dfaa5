#include "generator/grids/check/verify.h"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/split_names.h"
#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "generator/grids/check/regenerate.h"
#include "generator/grids/check/solver.h"
#include "generator/grids/search/grid_source.h"
#include "generator/writer/in_order.h"

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

/// The rules to look for in the chosen episodes of a set.
struct KnownRules {
  RuleSpace space;
  std::vector<bool> covers;  ///< a chosen episode: whether its rules are known to be in the space
};

/// Those of the set's recipe. An import says none: the published ones, and what its episodes name.
KnownRules rules_for(const EpisodeSet& set, const std::vector<std::size_t>& indices) {
  const Json& recipe = set.manifest().recipe;
  KnownRules rules{rules_of(grids_of(recipe)), std::vector<bool>(indices.size(), true)};
  if (says_grids(recipe)) return rules;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    check_interrupted(kAdvice);
    rules.covers[i] = add_rules_of(set[indices[i]].grammar, rules.space);
  }
  return rules;
}

/// What the solver has found in the episodes of a set.
class SolverTally {
 public:
  void add(const Determination& found) {
    ++episodes_;
    queries_ += static_cast<std::uint64_t>(found.queries);
    open_ += static_cast<std::uint64_t>(found.queries - found.determined);
    unique_ += found.programs == 1 ? 1 : 0;
  }
  void add_unknown() { ++unknown_; }

  std::string text() const {
    if (episodes_ == 0) return cat("the rules of ", unknown_, " episodes are not known");
    std::string text = cat(queries_, " queries of ", episodes_, " episodes solved; ", unique_,
                           " episodes have one program only");
    if (open_ > 0)
      text += cat("; ", open_, " queries have more than one answer, the recorded one among them");
    if (unknown_ > 0) text += cat("; the rules of ", unknown_, " episodes are not known");
    return text;
  }

 private:
  std::uint64_t episodes_ = 0;
  std::uint64_t queries_ = 0;
  std::uint64_t open_ = 0;  ///< queries of more than one answer
  std::uint64_t unique_ = 0;
  std::uint64_t unknown_ = 0;  ///< episodes that were not solved, of rules that are not known
};

/// Throws DataError unless rules explain the study pairs and give every recorded output.
void require_solved(const Determination& found, const std::string& place) {
  require_data(found.programs > 0, place, ": no three rules explain its study pairs");
  require_data(found.explained == found.queries, place, ": the recorded output of ",
               found.queries - found.explained, " of ", found.queries,
               " queries is none that the rules of its study pairs give");
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
  const EpisodeSet test(folder / kTestOodSet);
  require_data(contents_of(EpisodeSet(folder / kValOodSet)) == contents_of(test), folder.string(),
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

}  // namespace

std::string check_episodes(const EpisodeSet& set, const VerifyOptions& options) {
  const Json& recipe = set.manifest().recipe;
  const auto regenerator = make_regenerator(recipe);
  if (!regenerator) return no_regenerator_text(recipe);
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
  const auto indices = chosen(set.size(), options.all, false);
  const KnownRules rules = rules_for(set, indices);
  Progress progress("solve", "episodes", indices.size(), options.quiet);
  SolverTally tally;
  run_in_order(indices.size(), options.threads, [&](std::size_t i) {
    const Episode episode = set[indices[i]];
    const Determination found = determine(episode, rules.space);
    const bool solved = found.programs > 0 && found.explained == found.queries;
    if (rules.covers[i]) require_solved(found, cat(set.folder().string(), ": ", episode.id));
    return [&, i, found, solved] {
      check_interrupted(kAdvice);
      progress.update(i + 1);
      if (solved) {
        tally.add(found);
      } else {
        tally.add_unknown();
      }
    };
  });
  return tally.text();
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

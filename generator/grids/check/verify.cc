#include "generator/grids/check/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/split_names.h"
#include "data/json_words.h"
#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/text.h"
#include "data/triggers.h"
#include "generator/grids/check/regenerate.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/solver/solver.h"
#include "generator/grids/split/held_out.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAdvice = "run it again";

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
    rules.covers[i] = add_rules_of(set[indices[i]], rules.space);
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
  require_data(found.programs > 0, place, ": no rules explain its study pairs");
  require_data(found.explained == found.queries, place, ": the recorded output of ",
               found.queries - found.explained, " of ", found.queries,
               " queries is none that the rules of its study pairs give");
}

/// Whether some study pair says which rules it shows, or its inputs do.
bool shows_roles(const Episode& episode) {
  const auto says = [](const Example& pair) { return pair.roles != kUnknownRoles; };
  if (std::ranges::any_of(episode.study, says)) return true;
  std::vector<Grid> asked;
  for (const Example& query : episode.queries) asked.push_back(query.input);
  return !possible_triggers(episode.study, asked).empty();
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

std::vector<std::size_t> episodes_to_check(std::size_t size, bool all, bool first) {
  std::vector<std::size_t> indices;
  const std::size_t count = all ? size : std::min<std::size_t>(size, kSampledEpisodes);
  for (std::size_t i = 0; i < count; ++i) indices.push_back(all || first ? i : i * size / count);
  return indices;
}

std::string check_episodes(const EpisodeSet& set, const VerifyOptions& options) {
  const Json& recipe = set.manifest().recipe;
  const auto regenerator = make_regenerator(recipe);
  if (!regenerator) return no_regenerator_text(recipe);
  const bool in_order = regenerator->in_order();
  const auto indices = episodes_to_check(set.size(), options.all, in_order);
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
  if (!set.empty() && set[0].study.empty())
    return "no study pairs: nothing that the solver could find the rules from";
  if (set.empty() || !shows_roles(set[0]))
    return "the study pairs do not say which rules they show: nothing to solve";
  const auto indices = episodes_to_check(set.size(), options.all, false);
  const KnownRules rules = rules_for(set, indices);
  Progress progress("solve", "episodes", indices.size(), options.quiet);
  SolverTally tally;
  run_in_order(indices.size(), options.threads, [&](std::size_t i) {
    const Episode episode = set[indices[i]];
    const Determination found = determine(episode, rules.space);
    const bool solved = found.programs > 0 && found.explained == found.queries;
    // Roles that had to be guessed may be others.
    if (rules.covers[i] && !lacks_roles(episode.study))
      require_solved(found, cat(set.folder().string(), ": ", episode.id));
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

namespace {

/// Which triplets are on which side of a split that holds out triplets.
class TripletSides {
 public:
  void add(const std::string& set, const std::string& types) {
    (set.ends_with("_ood") ? held_out_ : trained_).insert(types);
  }
  /// "2 triplets held out, 8 trained".
  std::string text(const fs::path& folder) const {
    for (const std::string& triplet : held_out_) {
      require_data(!trained_.contains(triplet), folder.string(), ": ", triplet,
                   " is held out and trained");
    }
    return cat(held_out_.size(), " triplets held out, ", trained_.size(), " trained");
  }

 private:
  std::set<std::string> trained_;
  std::set<std::string> held_out_;
};

/// "; 24 triplets held out, 96 trained; size: ...": what is left out on each axis.
std::string held_out_text(const fs::path& folder,
                          const std::vector<AxisLevels>& held,
                          const TripletSides& triplets) {
  std::string text;
  const bool by_triplets = held.empty() || held.front().axis->name == axes().front().name;
  // Sets that were put together by hand may hold out anything.
  if (by_triplets && fs::exists(folder / "split.json")) text = "; " + triplets.text(folder);
  for (const AxisLevels& one : std::span(held).subspan(by_triplets && !held.empty() ? 1 : 0))
    text += cat("; ", one.axis->name, ": ", one.test.size(), " levels held out, ", one.train.size(),
                " trained");
  return text;
}

}  // namespace

std::string check_split(const fs::path& folder,
                        const std::vector<std::string>& names,
                        int threads) {
  if (is_static_split(folder)) return check_static_split(folder);
  const std::vector<AxisLevels> held = levels_of_split(folder);
  std::map<std::string, std::string> seen;
  std::map<std::string, std::string> grids;
  TripletSides triplets;
  std::uint64_t shared_grids = 0;
  for (const std::string& name : names) {
    const EpisodeSet set(folder / name);
    const SplitSide wanted = name.ends_with("_ood") ? SplitSide::kHeldOut : SplitSide::kTrained;
    run_in_order(set.size(), threads, [&](std::size_t index) {
      Episode episode = set[index];
      const std::string id = std::exchange(episode.id, "");
      const bool placed = held.empty() || side_of(episode, held) == wanted;
      return [&, id, placed, types = triplet(episode.grammar),
              sum = sha256(encode_episode(episode))] {
        check_interrupted(kAdvice);
        const auto [place, fresh] = seen.emplace(id, name);
        require_data(fresh, folder.string(), ": ", id, " is in ", place->second, " and in ", name);
        triplets.add(name, types);
        require_data(placed, folder.string(), ": ", id, " of ", name, " is ",
                     wanted == SplitSide::kHeldOut ? "not held out" : "held out and trained",
                     " by what split.json says of its axes");
        const auto [same, first] = grids.emplace(sum, name);
        shared_grids += first || same->second == name ? 0 : 1;
      };
    });
  }
  const std::string held_out = held_out_text(folder, held, triplets);
  require_data(shared_grids == 0, folder.string(), ": ", shared_grids,
               " episodes are equal across sets");
  return cat(seen.size(), " episodes in ", names.size(), " sets, none in two", held_out);
}

}  // namespace recombine

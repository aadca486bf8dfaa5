#include "generator/grids/check/audit.h"

#include <algorithm>
#include <bit>
#include <map>
#include <span>
#include <utility>

#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/hash.h"
#include "generator/grids/check/canonical.h"
#include "generator/grids/check/shared_keys.h"
#include "generator/grids/rules/bystanders.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/solver/solver.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAgain = "run it again";

/// Pairs that more episodes have than this say little of any two of them.
constexpr std::size_t kRareRun = 8;
/// So many rare pairs in common are no chance.
constexpr std::uint32_t kTellingRare = 4;

/// Of rules, shapes and colours, but not of the indicators' places; 0 where they are not all known.
std::uint64_t key_of(const Grammar& grammar) {
  const std::string text = text_without_places(grammar);
  return text.empty() ? 0 : xxh3(text);
}

bool is_whole(const Grammar& grammar) {
  return !grammar.role_shape.empty() && grammar.role_colour != 0 &&
         grammar.indicators.front().colour != 0;
}

/// "; in train too: val_ood 1, test_ood 2": how many questions of the other sets train has.
std::string trained_text(const std::map<std::string, std::uint64_t>& trained) {
  std::string text;
  for (const auto& [name, count] : trained)
    text += cat(text.empty() ? "; in train too: " : ", ", name, " ", count);
  return text;
}

}  // namespace

SplitAudit::SplitAudit(const fs::path& folder,
                       const std::vector<std::string>& names,
                       const VerifyOptions& options)
    : folder_(folder.string()), names_(names) {
  std::size_t total = 0;
  for (const std::string& name : names) total += sets_.emplace_back(folder / name).size();
  Progress progress("audit", "episodes", total, options.quiet);
  std::size_t set = 0;
  for (const EpisodeSet& data : sets_) {
    run_in_order(data.size(), options.threads, [&](std::size_t index) {
      return [&, keys = keys_of(set, index)] {
        check_interrupted(kAgain);
        add(keys);
        progress.update(episodes_.size());
      };
    });
    ++set;
  }
}

SplitAudit::Keys SplitAudit::keys_of(std::size_t set, std::size_t index) const {
  const Episode episode = sets_[set][index];
  // Other bystanders make no other episode.
  const Colour beside = is_whole(episode.grammar) ? bystander_colour(episode) : Colour{0};
  const auto canonical = [&](const Example& example) {
    return canonical_key(without_bystanders(example, beside));
  };
  const Episode plain = beside == 0 ? Episode() : without_bystanders(episode, beside);
  const Episode& seen = beside == 0 ? episode : plain;
  Keys keys;
  keys.episode = {canonical_key(seen.study, seen.queries),
                  is_whole(episode.grammar) ? key_of(episode.grammar) : 0,
                  static_cast<std::uint32_t>(index), static_cast<std::uint16_t>(set),
                  static_cast<std::uint16_t>(episode.study.size() + episode.queries.size())};
  const std::uint64_t rules = key_of(episode.grammar);
  std::size_t place = 0;
  const auto add_pair = [&](const Example& example, bool asked) {
    keys.pairs.push_back(canonical(example));
    if (asked) {
      keys.queries.push_back({picture_key(example.input), picture_key(example), keys.pairs.back(),
                              keys.episode.index, keys.episode.set,
                              static_cast<std::uint16_t>(place), rules});
    }
    ++place;
  };
  for (const Example& example : episode.queries) add_pair(example, true);
  for (const Example& example : episode.study)
    add_pair(example, std::popcount(unsigned{example.roles}) > 2);
  return keys;
}

void SplitAudit::add(const Keys& keys) {
  const auto number = static_cast<std::uint32_t>(episodes_.size());
  episodes_.push_back(keys.episode);
  queries_.insert(queries_.end(), keys.queries.begin(), keys.queries.end());
  for (const std::uint64_t pair : keys.pairs) pairs_.push_back({pair, number, keys.episode.set});
}

std::string SplitAudit::place_of(const EpisodeKey& key) const {
  return cat(names_[key.set], ": ", sets_[key.set][key.index].id);
}

std::string SplitAudit::place_of(const QueryKey& key) const {
  const Episode episode = sets_[key.set][key.index];
  const std::size_t asked = episode.queries.size();
  return cat(names_[key.set], ": ", episode.id, key.place < asked ? " query " : " study pair ",
             key.place < asked ? key.place : key.place - asked);
}

std::string SplitAudit::check_episodes() {
  std::uint64_t small = 0;
  std::uint64_t images = 0;
  std::string first;
  for_each_shared(episodes_, &EpisodeKey::canonical, [&](std::span<const EpisodeKey> alike) {
    if (alike.front().pairs < kTellingPairs) {
      ++small;
    } else if (images++ == 0) {
      const auto [one, other] = std::ranges::minmax_element(alike, {}, &EpisodeKey::set);
      first = cat(place_of(*one), " and ", place_of(*other));
    }
  });
  require_data(images == 0, folder_, ": ", first,
               " are one episode, turned, mirrored, recoloured or in another order; there are ",
               images, " such");
  std::string text = cat("none of ", episodes_.size(),
                         " is one of another set turned, mirrored, recoloured or in another order");
  if (small > 0)
    text += cat("; of fewer than ", kTellingPairs, " pairs ", small, " are, which is chance");
  return text;
}

/// Whether the study pairs of the episode do not give the answer that it records; not where they or
/// its rules are unknown.
bool SplitAudit::is_foreign(const QueryKey& key) const {
  Episode episode = sets_[key.set][key.index];
  if (key.place >= episode.queries.size() || episode.queries[key.place].output.side() == 0)
    return false;
  const Json& recipe = sets_[key.set].manifest().recipe;
  RuleSpace space = rules_of(grids_of(recipe));
  if (!says_grids(recipe) && !add_rules_of(episode, space)) return false;
  episode.queries = {episode.queries[key.place]};
  const Determination found = determine(episode, space);
  return found.programs > 0 && found.explained == 0;
}

std::string SplitAudit::check_queries() {
  std::uint64_t inputs = 0;
  std::uint64_t turned = 0;
  std::uint64_t whole = 0;
  std::map<std::string, std::uint64_t> trained;
  for_each_shared(queries_, &QueryKey::input, [&](std::span<const QueryKey>) { ++inputs; });
  for_each_shared(queries_, &QueryKey::canonical, [&](std::span<const QueryKey>) { ++turned; });
  for_each_shared(queries_, &QueryKey::whole, [&](std::span<const QueryKey> alike) {
    check_interrupted(kAgain);
    ++whole;
    const auto of_train = [&](const QueryKey& key) { return names_[key.set] == kTrainSet; };
    const bool in_train = std::ranges::any_of(alike, of_train);
    for (const QueryKey& key : alike) {
      if (in_train && !of_train(key)) ++trained[names_[key.set]];
      const auto same = std::ranges::find_if(alike, [&](const QueryKey& other) {
        return other.set != key.set && other.grammar == key.grammar && key.grammar != 0;
      });
      if (same != alike.end()) {
        throw DataError(cat(folder_, ": ", place_of(key), " is asked in ", place_of(*same),
                            " too, with the same rules"));
      }
      require_data(!is_foreign(key), folder_, ": ", place_of(key), " is of ",
                   place_of(key.set == alike.front().set ? alike.back() : alike.front()),
                   ": its own study pairs do not give its answer");
    }
  });
  return cat("none of ", queries_.size(), " is asked in two sets with the same rules; by chance ",
             whole, " are with other rules and the same answer, ", inputs, " with any answer, ",
             turned, " up to symmetries and colours", trained_text(trained));
}

std::string SplitAudit::count_near_duplicates() {
  std::vector<std::uint32_t> rare(episodes_.size());
  std::vector<std::uint64_t> in_common;  // two episodes, a number for each rare pair of both
  for_each_run(pairs_, &PairKey::canonical, [&](std::span<PairKey> run) {
    std::ranges::sort(run, {}, &PairKey::episode);
    const auto end = std::unique(
        run.begin(), run.end(),
        [](const PairKey& one, const PairKey& other) { return one.episode == other.episode; });
    const std::span<const PairKey> alike(run.begin(), end);
    if (alike.size() > kRareRun) return;
    for (const PairKey& one : alike) {
      ++rare[one.episode];
      for (const PairKey& other : alike) {
        if (one.episode < other.episode && one.set != other.set)
          in_common.push_back(std::uint64_t{one.episode} << 32U | other.episode);
      }
    }
  });
  std::ranges::sort(in_common);
  std::uint64_t near = 0;
  for (auto at = in_common.begin(); at != in_common.end();) {
    const auto end = std::upper_bound(at, in_common.end(), *at);
    const auto shared = static_cast<std::uint32_t>(end - at);
    const std::uint32_t fewer = std::min(rare[*at >> 32U], rare[*at & 0xFFFFFFFFU]);
    if (shared >= kTellingRare && 2 * shared >= fewer) ++near;
    at = end;
  }
  std::uint64_t grammars = 0;
  for_each_shared(episodes_, &EpisodeKey::grammar, [&](std::span<const EpisodeKey> alike) {
    if (alike.front().grammar != 0) ++grammars;
  });
  return cat(near, " pairs of episodes of two sets share half of their rarer pairs, ", grammars,
             " grammars are in two sets");
}

}  // namespace recombine

#include "generator/facts/stored_world.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/formats/schemas.h"
#include "data/json_words.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "generator/facts/axis_check.h"
#include "generator/facts/selection.h"
#include "generator/facts/write.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAdvice = "run it again";

bool is_atomic(const FactItem& item) {
  return item.type == FactType::kIdAtomic || item.type == FactType::kOodAtomic;
}

/// Whether an item asks for more than a fact, or an entity, alone.
bool is_composed(const FactItem& item) {
  return !is_atomic(item) && item.type != FactType::kIdentity;
}

std::uint64_t packed(Token entity, Token relation) {
  return (static_cast<std::uint64_t>(entity) << 32U) | relation;
}

/// The entities and relations that a question names, in order.
std::vector<Token> names_in(const FactItem& item, const FactVocabulary& vocabulary) {
  std::vector<Token> names;
  for (const Token token : item.question()) {
    if (token < vocabulary.end()) names.push_back(token);
  }
  return names;
}

/// Sorted hashes of the questions of a set (or of its whole records); throws DataError where one is
/// there twice.
std::vector<std::uint64_t> hashes_of(const FactSet& set, bool whole) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(set.size());
  for (const FactItem& item : set) {
    check_interrupted(kAdvice);
    hashes.push_back(xxh3(whole ? encode_fact(item) : item.id));
  }
  std::ranges::sort(hashes);
  require_data(std::ranges::adjacent_find(hashes) == hashes.end(), set.folder().string(),
               ": a question is there twice");
  return hashes;
}

std::size_t shared(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::vector<std::uint64_t> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both.size();
}

}  // namespace

StoredWorld::StoredWorld(fs::path folder, std::vector<std::string> names)
    : folder_(std::move(folder)), names_(std::move(names)) {
  const FactSet train(folder_ / set_name(WorldSet::kTrain));
  vocabulary_ = train.records().vocabulary;
  config_ = read_fact_recipe(train.manifest().recipe).config;
  learn(train);
  trained_atomic_ = known_.size();
  // Held-out values are asked for and not trained in the complex task.
  if (config_.task == "complex") learn(FactSet(folder_ / set_name(WorldSet::kOodAtomic)));
}

void StoredWorld::learn(const FactSet& set) {
  for (const FactItem& item : set) {
    check_interrupted(kAdvice);
    identities_ += item.type == FactType::kIdentity ? 1 : 0;
    if (!is_atomic(item)) continue;
    const std::vector<Token> names = names_in(item, vocabulary_);
    require_data(names.size() == 2, set.folder().string(), ": ", item.id, ": is no atomic fact");
    const Known fact{item.tokens[item.tokens.size() - 2], item.type == FactType::kOodAtomic};
    const bool fresh = known_.emplace(packed(names[0], names[1]), fact).second;
    require_data(fresh, set.folder().string(), ": ", item.id, ": is there twice");
  }
}

const StoredWorld::Known* StoredWorld::find(const Question& question) const {
  const auto place = known_.find(packed(question.first, question.second));
  return place == known_.end() ? nullptr : &place->second;
}

bool StoredWorld::is_ood(const Question& question) const {
  const Known* known = find(question);
  return known == nullptr || known->ood;  // all ID facts are trained
}

std::vector<StoredWorld::Question> StoredWorld::facts_of(const FactItem& item) const {
  const std::vector<Token> names = names_in(item, vocabulary_);
  if (vocabulary_.compares()) return {{names.at(1), names.at(0)}, {names.at(2), names.at(0)}};
  std::vector<Question> facts;
  for (std::size_t hop = 1; hop < names.size(); ++hop)
    facts.emplace_back(item.path.at(hop - 1), names[hop]);
  return facts;
}

template <class Visit>
void StoredWorld::for_each(const Visit& visit) const {
  for (const std::string& name : names_) {
    for (const FactItem& item : FactSet(folder_ / name)) {
      check_interrupted(kAdvice);
      visit(item, (folder_ / name).string() + ": " + item.id);
    }
  }
}

std::string StoredWorld::check_facts() const {
  const bool compares = vocabulary_.compares();
  const auto entities = static_cast<std::uint64_t>(config_.entities);
  const auto relations = static_cast<std::uint64_t>(config_.relations);
  const std::uint64_t all =
      entities * (compares ? relations : static_cast<std::uint64_t>(config_.degree));
  const bool composes_all = config_.holds_out_by_axis() && !config_.has_axis("mixed-hops");
  const std::uint64_t ood = composes_all ? 0
                            : compares   ? relations * rounded_share(config_.ood_fraction, entities)
                                         : rounded_share(config_.ood_fraction, all);
  const auto held_out = static_cast<std::uint64_t>(
      std::ranges::count_if(known_, [](const auto& known) { return known.second.ood; }));
  const std::uint64_t wanted = config_.task == "complex" ? all - ood : all;
  require_data(trained_atomic_ == wanted, folder_.string(), ": ", trained_atomic_,
               " atomic facts are trained; the options say ", wanted);
  const std::uint64_t most = config_.task == "complex" ? std::min(ood, config_.probe_items) : ood;
  require_data(held_out == most, folder_.string(), ": ", held_out,
               " atomic facts are held out; the options say ", most);
  const std::uint64_t alone = config_.identity == "none" ? 0 : entities;
  require_data(identities_ == alone, folder_.string(), ": ", identities_,
               " entities are trained alone; the options say ", alone);
  const std::string more = alone == 0 ? "" : cat("; ", alone, " entities trained alone");
  return cat(trained_atomic_, " atomic facts trained, each once; ", held_out, " held out", more);
}

namespace {

/// Throws DataError where world.json says of this key what its sets do not.
void check_same(const Json& world, const char* key, const Json& of_set, const std::string& file) {
  require_data(world.at(key) == of_set, file, ": says another ", key,
               " than its sets do: ", world.at(key).dump(), ", not ", of_set.dump());
}

}  // namespace

std::string StoredWorld::check_description() const {
  const fs::path file = folder_ / kWorldFile;
  try {
    const Json world = parse_json(read_file(file));
    const Json schema = world.value("schema", Json(kWorldSchema));
    require_data(schema == kWorldSchema, file.string(), ": schema is ", schema.dump(), ", not \"",
                 kWorldSchema, "\"");
    const Json& sets = world.at("sets");
    require_data(sets.size() == names_.size(), file.string(), ": names ", sets.size(),
                 " sets; there are ", names_.size());
    for (const std::string& name : names_) {
      const Manifest manifest = read_manifest(folder_ / name);
      const Json& set = sets.at(name);
      require_data(set.at("digest") == manifest.digest && set.at("count") == manifest.count,
                   file.string(), ": another ", name, " is meant");
      check_same(world, "vocabulary", manifest.vocabulary, file.string());
      for (const char* key : {"seed", "options"}) {  // an import has neither
        if (manifest.recipe.contains(key))
          check_same(world, key, manifest.recipe.at(key), file.string());
      }
    }
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not describe a world (", json_words(error), ")"));
  }
  return cat(names_.size(), " sets, as described");
}

void StoredWorld::require_path(const FactItem& item, const std::string& place) const {
  require_data(item.path.size() == item.question().size(), place,
               ": the path does not fit the question");
  const std::vector<Question> facts = facts_of(item);
  for (std::size_t hop = 0; hop < facts.size(); ++hop) {
    const Known* known = find(facts[hop]);
    require_data(known != nullptr && known->answer == item.path[hop + 1], place,
                 ": the path leaves the trained facts at hop ", hop + 1);
  }
}

/// Whether both values are known; throws DataError where the answer is not what they give.
bool StoredWorld::agrees(const FactItem& item, const std::string& place) const {
  const auto facts = facts_of(item);
  const Known* x = find(facts[0]);
  const Known* y = find(facts[1]);
  if (x == nullptr || y == nullptr) return false;
  const int order = x->answer < y->answer ? 0 : x->answer == y->answer ? 1 : 2;
  const auto attribute = static_cast<int>(facts[0].second - vocabulary_.relation(0));
  require_data(item.tokens[item.tokens.size() - 2] == vocabulary_.label(attribute, order), place,
               ": the answer is not what the values give");
  return true;
}

std::string StoredWorld::check_paths() const {
  std::uint64_t checked = 0;
  std::uint64_t unknown = 0;
  for_each([&](const FactItem& item, const std::string& place) {
    if (!vocabulary_.compares()) {
      require_path(item, place);
      ++checked;
    } else if (!is_atomic(item)) {
      ++(agrees(item, place) ? checked : unknown);
    }
  });
  if (!vocabulary_.compares()) return cat(checked, " paths follow trained facts");
  return cat(checked, " comparisons agree with the values; the values of ", unknown,
             " are not stored");
}

std::string StoredWorld::check_pools() const {
  if (config_.holds_out_by_axis()) {
    return check_axis_sides(folder_, names_, config_, [&](Token entity, Token relation) {
      return is_ood({entity, relation});
    });
  }
  const bool leaks =
      config_.noise > 0 && config_.noise_mode == "legacy" && config_.noise_hop != "second";
  std::uint64_t checked = 0;
  std::uint64_t leaked = 0;
  for_each([&](const FactItem& item, const std::string& place) {
    if (!is_composed(item)) return;
    const auto facts = facts_of(item);
    const auto ood = static_cast<std::size_t>(
        std::ranges::count_if(facts, [&](const Question& fact) { return is_ood(fact); }));
    ++checked;
    const bool held_out = item.type == FactType::kTestOod || item.type == FactType::kTest3HopOod ||
                          item.type == FactType::kTestHard;
    const std::size_t wanted = held_out                                 ? facts.size()
                               : item.type == FactType::kTrainInferred2 ? 1
                                                                        : 0;
    // Without chain of thought an item does not say that a false bridge persisted.
    const bool may_leak = leaks && facts.size() == 2 && (item.noisy || !config_.cot);
    const bool leak = may_leak && wanted == 0 && ood == 1;
    require_data(ood == wanted || leak, place, ": uses ", ood, " facts that are held out; ",
                 type_name(item.type), " uses ", wanted);
    leaked += leak ? 1 : 0;
  });
  const std::string rest =
      leaked == 0 ? "" : cat("; ", leaked, " leak a second fact, as legacy noise does");
  return cat(checked, " questions use the facts of their pools", rest);
}

std::string StoredWorld::check_probes() const {
  const auto train = hashes_of(FactSet(folder_ / set_name(WorldSet::kTrain)), true);
  std::string found;
  for (const WorldSet set : {WorldSet::kIdAtomic, WorldSet::kOodAtomic, WorldSet::kTrainInferred,
                             WorldSet::kTrainInferredOod}) {
    const std::string name(set_name(set));
    if (std::ranges::find(names_, name) == names_.end()) continue;
    const auto probe = hashes_of(FactSet(folder_ / name), true);
    const bool untrained = set == WorldSet::kOodAtomic && config_.task == "complex";
    const std::size_t wanted = untrained ? 0 : probe.size();
    require_data(shared(train, probe) == wanted, folder_.string(), ": of ", name, " ",
                 shared(train, probe), " items are trained and not ", wanted);
    found += (found.empty() ? "" : ", ") + name;
  }
  return found + ": as trained";
}

std::string StoredWorld::check_overlap() const {
  const auto questions = [&](WorldSet set) {
    return hashes_of(FactSet(folder_ / set_name(set)), false);
  };
  const auto train = questions(WorldSet::kTrain);
  std::uint64_t tested = 0;
  for (const WorldSet set : world_sets(config_)) {
    const std::string_view name = set_name(set);
    if (!name.starts_with("val_") && !name.starts_with("test_")) continue;
    const auto asked = questions(set);
    require_data(shared(train, asked) == 0, folder_.string(), ": ", shared(train, asked),
                 " questions of ", name, " are trained");
    tested += asked.size();
  }
  const auto require_apart = [&](WorldSet one, WorldSet other) {
    const std::size_t both = shared(questions(one), questions(other));
    require_data(both == 0, folder_.string(), ": ", both, " questions are in ", set_name(one),
                 " and ", set_name(other));
  };
  require_apart(WorldSet::kValId, WorldSet::kTestId);
  // Without an axis OOD sets are drawn from one pool, each for itself.
  const bool by_axis = config_.holds_out_by_axis();
  if (by_axis) require_apart(WorldSet::kValOod, WorldSet::kTestOod);
  return cat("none of ", tested, " tested questions is trained; val_id and test_id share none",
             by_axis ? ", nor do val_ood and test_ood" : "");
}

}  // namespace recombine

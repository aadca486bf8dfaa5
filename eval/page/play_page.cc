#include "eval/page/play_page.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/drawing/fact_chain.h"
#include "eval/page/item_json.h"
#include "eval/page/page.h"
#include "eval/page/questions.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 8> kPlayScripts = {"base.js",    "swatches.js", "words.js",
                                                          "cards.js",   "board.js",    "trail.js",
                                                          "compare.js", "play.js"};
constexpr std::size_t kMostFacts = 50000;

std::vector<ChosenQuery> spread_items(std::size_t size, std::size_t count) {
  std::vector<ChosenQuery> chosen;
  const std::size_t shown = std::min(size, count);
  for (std::size_t i = 0; i < shown; ++i) chosen.push_back({i * size / shown, 0});
  return chosen;
}

using FactsByHead = std::map<Token, std::vector<AtomicFact>>;

/// The entities that `heads` lead to.
std::set<Token> led_to(const std::set<Token>& heads, const FactsByHead& world) {
  std::set<Token> tails;
  for (const Token head : heads) {
    const auto facts = world.find(head);
    if (facts == world.end()) continue;
    for (const AtomicFact& fact : facts->second) tails.insert(fact.tail);
  }
  return tails;
}

Json around(const EpisodeSet&, std::span<const ChosenQuery>) { return Json::object(); }

/// By entity, [relation, entity] of the facts that lead from it: of the entities that a person can
/// come to on the way.
Json around(const FactSet& data, std::span<const ChosenQuery> chosen) {
  const FactVocabulary& vocabulary = data.records().vocabulary;
  FactsByHead world;
  for (const AtomicFact& fact : facts_beside(data)) world[fact.head].push_back(fact);
  std::set<Token> reached;
  for (const ChosenQuery& one : chosen) {
    const FactChain chain = chain_of(data[one.item], vocabulary);
    if (!chain.directed) {  // of a comparison both entities, and no further
      reached.insert(chain.nodes.begin(), chain.nodes.end());
      continue;
    }
    std::set<Token> heads = {chain.nodes.front()};
    for (std::size_t hop = 0; hop < chain.relations.size(); ++hop) {
      reached.insert(heads.begin(), heads.end());
      heads = led_to(heads, world);
    }
  }
  Json json = Json::object();
  std::size_t count = 0;
  for (const Token head : reached) {
    const auto facts = world.find(head);
    if (facts == world.end() || count > kMostFacts) continue;
    Json& list = json[short_text(head, vocabulary)];
    for (const AtomicFact& fact : facts->second) {
      list.push_back({short_text(fact.relation, vocabulary), short_text(fact.tail, vocabulary)});
      ++count;
    }
  }
  return json;
}

}  // namespace

std::string play_page(const std::filesystem::path& folder,
                      std::size_t questions,
                      std::span<const PredictionSet> answers,
                      const PageLook& look) {
  PageSet set{folder, split_name(folder, ""), {}};
  Json names = Json::array();
  for (const PredictionSet& predicted : answers) {
    set.answers.push_back({&predicted, names.size(), nullptr});
    names.push_back(predicted.meta().predictor.name);
  }
  Json data = {{"palettes", palettes_json()},
               {"patterns", patterns_json()},
               {"kinds", error_kinds_json()},
               {"look", look_json(look)},
               {"names", std::move(names)}};
  open_set(folder, [&](const auto& items) {
    require_answers(items.manifest(), folder);
    require_data(!items.empty(), folder.string(), ": has no items to play");
    const auto chosen = spread_items(items.size(), questions);
    PageRoom room{.study = 3'000'000};
    data["facts"] = around(items, chosen);
    data["sets"] = {chosen_questions_json(set, chosen, room)};
  });
  const std::string title = cat("Play ", set.name);
  return whole_page(title, filled("play.html", {}), data, kPlayScripts);
}

}  // namespace recombine

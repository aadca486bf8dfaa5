#pragma once
// What a model found out about study sets that nobody told it: which rules each pair shows, and in
// which order they are applied.

#include <span>
#include <string>
#include <vector>

#include "data/episode.h"
#include "data/json.h"
#include "models/model.h"

namespace recombine {

/// Of one episode of three rules. The two rules that no indicator tells have the names by which
/// most sections are right: a search that looks at outputs cannot know which of them is called
/// shape.
struct FoundStudy {
  std::string episode;
  std::vector<Roles> sections;  ///< [S] of the pairs as they are stored; empty: they were told
  std::vector<Roles> truth;     ///< [S]; empty: not known
  std::vector<int> order;       ///< of the roles, in which they were run
  bool order_known = false;     ///< whether it can be said if an order leads to the outputs
  bool order_leads = false;     ///< whether it leads every query to its output
  bool exchanged = false;       ///< whether the model has the two names the other way round

  std::size_t right_sections() const;
};

/// Of an episode as it is stored: `sections` are those that the model found, `run` what
/// GridModel::follow_rules() ran.
FoundStudy found_study(const Episode& episode,
                       std::vector<Roles> sections,
                       std::span<const AfterRule> run);

/// What the model ran, its rules by the names of `study`.
std::vector<AfterRule> named_run(const FoundStudy& study, std::vector<AfterRule> run);

/// {"sets","sets_right","pairs","pairs_right","sections":{name:{"pairs","right"}},"episodes":[...]}
/// and, of a model that finds orders, "orders" and "orders_right": docs/FORMAT.md, "Traces". Study
/// sets whose pairs all show all rules have nothing to find. Where nothing was found: null.
Json to_json(std::span<const FoundStudy> studies, bool finds_orders);

/// Sentences and a table of the sections; "" where nothing was found.
std::string found_markdown(const Json& found);

}  // namespace recombine

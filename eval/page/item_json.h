#pragma once
// Items and answers as the scripts of pages read them: short, since there are thousands.

#include <span>
#include <string>
#include <vector>

#include "data/episode.h"
#include "data/fact_vocabulary.h"
#include "data/json.h"
#include "data/storage/dataset.h"
#include "eval/scoring/query_score.h"

namespace recombine {

/// The text form of Grid::parse without the background at the ends of rows and grid.
std::string trimmed_text(const Grid& grid);

/// How grids look at first; a person may choose otherwise.
struct PageLook {
  std::string palette = "official";  ///< a name of palette_named()
  std::string marks = "none";        ///< on coloured cells: "none", "digits", "patterns"
};

Json look_json(const PageLook& look);

/// The palettes' colours by name: {"official": ["#000000", ...], ...}.
Json palettes_json();
/// By colour, the lines of its pattern: [[x, y, to x, to y], ...] in parts of a cell.
Json patterns_json();
/// By family, what each kind of error is: {"grids": {"wrong_side": "a grid of another size", ...}}.
Json error_kinds_json();

/// {"id", "side", "size": cells of the role's shape, "rules": by role, "group": the triplet,
/// "queries": []}.
Json item_json(const EpisodeSet& data, const Episode& episode);
/// Adds "study": [roles, input, output] each.
void put_study(Json& item, const Episode& episode);
/// {"query", "in", "out"}.
Json query_json(const EpisodeSet& data, const Episode& episode, int query);
/// 1: right, 0: missing, else {"kind", "changes", "why": it is no answer, or "out": the grid,
/// "side": where it has another}.
Json answer_json(const EpisodeSet& data,
                 const Episode& episode,
                 int query,
                 const QueryScore& score);

/// {"id", "group": the type, "nodes", "relations", "directed", "noisy", "queries": []}.
Json item_json(const FactSet& data, const FactItem& item);
inline void put_study(Json&, const FactItem&) {}
/// {"query": 0, "in": the question, "out": the answer}.
Json query_json(const FactSet& data, const FactItem& item, int query);
/// 1: right, 0: missing, else {"kind", "why": it is no answer, "out": what was said, "verdict",
/// "nodes": [text, style] of the path as it was said}.
Json answer_json(const FactSet& data, const FactItem& item, int query, const QueryScore& score);

}  // namespace recombine

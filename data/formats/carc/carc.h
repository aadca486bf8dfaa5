#pragma once
// Compositional-ARC's JSON lines, in both of their forms (the paper's repository,
// all_episodes.jsonl and its split files). Spacing and order of keys are those of Python's
// json.dumps.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "data/json.h"
#include "data/storage/manifest.h"

namespace recombine {

enum class CarcForm {
  kGenerator,  ///< pairs by section, as generated
  kSplit,      ///< study_examples in one list, as the split files have them
};

/// Appends an episode as a line, its end included. The generator form holds the pairs of the six
/// study sections. Throws DataError where a study example names none of them.
void append_carc_line(std::string& text, const Episode& episode, CarcForm form);
std::string carc_line(const Episode& episode, CarcForm form);

/// What reading a line found, beside the episode.
struct CarcLine {
  Episode episode;  ///< colours and shapes of its grammar are not in the file: 0 and ""
  CarcForm form = CarcForm::kGenerator;
  bool old_rotation = false;  ///< a rotation_type 8, which means the same as 0
};

/// Reads the text of a line, in either form. Throws DataError for anything else. The roles of a
/// split line's study examples are found as name_roles() says.
CarcLine parse_carc_line(std::string_view text, std::string id);

/// The same of a line that has the usual keys alone, each once, without an id: several times as
/// fast. Nothing for all others, bad ones among them. (carc_fast.cc)
std::optional<CarcLine> fast_carc_line(std::string_view text);

/// The same of any line, without fast_carc_line(), which must agree with it.
CarcLine carc_line_from_json(const Json& json);

/// Fills in what follows from the rest of a line: the roles of the study examples of a split line,
/// and whether a rotation is an old one.
void finish_carc_line(CarcLine& line);

/// The sections of study examples that stand in the published order (p of each one-rule section, q
/// of each two-rule section, then k queries shown as few-shot examples), found by which inputs hold
/// an indicator beside the object; the smallest k wins. All unknown where no p, q, k fit.
std::vector<Roles> infer_roles(std::span<const Example> study);

/// Gives the study examples of a split line their roles: those of infer_roles() where the triggers
/// that the queries show do not contradict them; where they do, or the order is another (shuffled),
/// those of the triggers, where these are the only ones.
void name_roles(Episode& episode);

/// The 8-connected sets of coloured cells of a grid.
int count_objects(const Grid& grid);

/// Key of a study section in the generator form: "shape_color_transformation".
std::string_view carc_section(Roles roles);

/// The form in which a set should be exported: split where its recipe has a split, or where it was
/// imported from a split file.
CarcForm natural_form(const Manifest& manifest);

}  // namespace recombine

#pragma once
// The episode of tests/golden/formats, and where those files are.

#include <filesystem>
#include <string>
#include <vector>

#include "data/episode.h"
#include "tests/places.h"

namespace recombine {

inline Example example(Roles roles, std::string_view input, std::string_view output) {
  return {roles, Grid::parse(input, 4), Grid::parse(output, 4)};
}

/// translation x / set_color 1 / grow -x; a pair in each study section, two queries.
inline Episode small_episode() {
  Episode episode;
  episode.id = "e0";
  episode.grammar.shape_rule() = {"translation", {{"direction", "x"}, {"step_size", "1"}}};
  episode.grammar.colour_rule() = {"set_color", {{"new_color", "1"}}};
  episode.grammar.indicator_rule() = {"grow", {{"direction", "-x"}}};
  episode.study = {
      example(kStudySections[0], "4/4", "04/04"),
      example(kStudySections[1], "33", "11"),
      example(kStudySections[2], "/66//0005", "66/66//0005"),
      example(kStudySections[3], "3/3", "01/01"),
      example(kStudySections[4], "/4/4/0005", "04/04/04/0005"),
      example(kStudySections[5], "//33/0005", "/11/11/0005"),
  };
  episode.queries = {
      example(kAllRoles, "/3/3/0005", "01/01/01/0005"),
      example(kAllRoles, "/03/03/0005", "001/001/001/0005"),
  };
  return episode;
}

/// With everything that an episode can hold.
inline Episode full_episode() {
  Episode episode = small_episode();
  episode.id = "e17";
  episode.attempt = 2;
  episode.grammar.role_shape = "0010";
  episode.grammar.role_colour = 3;
  episode.grammar.indicators[0].shape = "00";
  episode.grammar.indicators[0].colour = 5;
  episode.grammar.indicators[0].row = 3;
  episode.grammar.indicators[0].col = 3;
  episode.spare = {example(kColourRole, "0033", "0011"), example(kUnknownRoles, "1", "1")};
  return episode;
}

inline std::filesystem::path golden_format(const std::string& name) {
  return std::filesystem::path(source_folder()) / "tests/golden/formats" / name;
}

}  // namespace recombine

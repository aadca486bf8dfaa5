#include "eval/drawing/trail_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"

namespace recombine {
namespace {

std::vector<std::string> grid_texts(const std::vector<Grid>& grids) {
  std::vector<std::string> texts;
  texts.reserve(grids.size());
  for (const Grid& grid : grids) texts.push_back(to_text(grid));
  return texts;
}

std::vector<Grid> grids_of(const Json& texts, int side) {
  std::vector<Grid> grids;
  for (const Json& text : texts) grids.push_back(Grid::parse(text.get<std::string>(), side));
  return grids;
}

/// Calls read(), and says of which part of a file what it throws is.
template <class Read>
auto read_part_of(const char* part, const Read& read) {
  try {
    return read();
  } catch (const Json::exception&) {
    throw DataError(cat(part, ": is not as recombine trace writes it"));
  } catch (const InputError& error) {
    throw DataError(cat(part, ": ", error.what()));
  }
}

void check(const Trail& trail) {
  const auto cells =
      static_cast<std::size_t>(trail.input.side()) * static_cast<std::size_t>(trail.input.side());
  require_data(trail.answers.size() == trail.truths.size() &&
                   trail.rules.size() == trail.truths.size() &&
                   (trail.copied.empty() || trail.copied.size() == trail.truths.size()),
               "trails: need an answer, a truth and a name for each rule");
  for (const std::vector<int>& copied : trail.copied) {
    require_data(
        copied.size() == cells &&
            std::ranges::all_of(copied,
                                [&](int cell) { return cell >= -1 && std::cmp_less(cell, cells); }),
        "trails: copied: needs a cell, or -1, for each cell of a grid");
  }
}

}  // namespace

Json to_json(const Trail& trail) {
  Json json = {{"title", trail.title},
               {"side", trail.input.side()},
               {"input", to_text(trail.input)},
               {"rules", trail.rules},
               {"answers", grid_texts(trail.answers)},
               {"truths", grid_texts(trail.truths)}};
  if (!trail.copied.empty()) json["copied"] = trail.copied;
  return json;
}

Trail trail_of(const Json& json) {
  return read_part_of("trails", [&] {
    const int side = whole<int>(json.at("side"));
    Trail trail{json.at("title").get<std::string>(),
                Grid::parse(json.at("input").get<std::string>(), side),
                json.at("rules").get<std::vector<std::string>>(),
                grids_of(json.at("answers"), side),
                grids_of(json.at("truths"), side),
                {}};
    for (const Json& cells : json.value("copied", Json::array())) {
      auto& copied = trail.copied.emplace_back();
      for (const Json& cell : cells) copied.push_back(whole<int>(cell));
    }
    check(trail);
    return trail;
  });
}

Json to_json(const PointCloud& cloud) {
  return {{"name", cloud.name},
          {"colour", cloud.colour},
          {"form", cloud.form},
          {"points", cloud.points}};
}

PointCloud cloud_of(const Json& json) {
  return read_part_of("vectors", [&] {
    PointCloud cloud{json.at("name").get<std::string>(), whole<int>(json.at("colour")),
                     whole<int>(json.at("form")),
                     json.at("points").get<std::vector<std::pair<double, double>>>()};
    require_data(cloud.colour >= 0, "vectors: colour: must be 0 or more");
    return cloud;
  });
}

}  // namespace recombine

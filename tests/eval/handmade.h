#pragma once
// A small data set, made by hand, for the tests of scores.

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "data/storage/prediction.h"
#include "data/storage/set_writer.h"

namespace recombine {

inline Grid handmade_grid(std::string_view text) { return Grid::parse(text, 6); }

/// Paints 3 to 2 and moves to the right; every query's output is "022".
inline Episode handmade_episode(const std::string& id, int queries) {
  Episode episode;
  episode.id = id;
  episode.grammar.shape_rule() = {"translation", {{"direction", "x"}, {"step_size", "1"}}};
  episode.grammar.colour_rule() = {"set_color", {{"new_color", "2"}}};
  episode.grammar.indicator_rule() = {"grow", {{"direction", "-x"}}};
  episode.grammar.role_shape = "0001";
  episode.study = {{kShapeRole, handmade_grid("44"), handmade_grid("044")},
                   {kColourRole, handmade_grid("3"), handmade_grid("2")}};
  for (int query = 0; query < queries; ++query) {
    Grid input = handmade_grid("33");
    input(5, query) = 7;
    episode.queries.push_back({kAllRoles, input, handmade_grid("022")});
  }
  return episode;
}

inline EpisodeSet write_set(const std::filesystem::path& folder,
                            const std::vector<Episode>& episodes) {
  SetWriter writer(folder, "grids");
  for (const Episode& episode : episodes) writer.add(encode_episode(episode));
  writer.finish({{"family", "grids"}, {"import", {{"format", "test"}}}});
  return EpisodeSet(folder);
}

/// Every query of `data` answered by `output`.
inline std::vector<Prediction> answer_all(const EpisodeSet& data, const std::string& output) {
  std::vector<Prediction> predictions;
  for (const Episode& episode : data) {
    for (std::size_t query = 0; query < episode.queries.size(); ++query) {
      Prediction prediction;
      prediction.item = episode.id;
      prediction.query = static_cast<int>(query);
      prediction.output = handmade_grid(output);
      predictions.push_back(prediction);
    }
  }
  return predictions;
}

inline PredictionMeta meta_for(const EpisodeSet& data, const std::string& name = "tester") {
  PredictionMeta meta;
  meta.predictor.kind = "model";
  meta.predictor.name = name;
  meta.predictor.parameters = 1234567;
  meta.data_digest = data.manifest().digest;
  return meta;
}

}  // namespace recombine

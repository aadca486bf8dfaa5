#include "meta/tracing/study_attention.h"

#include <algorithm>
#include <iomanip>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/drawing/heat_map.h"
#include "eval/tables/table.h"
#include "meta/batches/episode_tensors.h"

namespace recombine {
namespace {

using SharesByRoles = std::map<Roles, double>;

/// Adds a query's shares [S], which may be a sum over queries, to the sections of the study pairs.
void add_shares(const torch::Tensor& shares, const Episode& episode, SharesByRoles& to) {
  for (std::size_t pair = 0; pair < episode.study.size(); ++pair)
    to[episode.study[pair].roles] += shares[static_cast<std::int64_t>(pair)].item<double>();
}

/// Each section that there are pairs of, by name, with its part of `sums`.
std::vector<std::pair<std::string, double>> by_section(const SharesByRoles& sums,
                                                       std::uint64_t queries) {
  std::vector<Roles> order(kStudySections.begin(), kStudySections.end());
  order.insert(order.end(), {kAllRoles, kUnknownRoles});
  std::vector<std::pair<std::string, double>> sections;
  for (const Roles roles : order) {
    const auto sum = sums.find(roles);
    if (sum == sums.end()) continue;
    sections.emplace_back(section_name(roles), sum->second / static_cast<double>(queries));
  }
  return sections;
}

}  // namespace

StudyAttention study_attention(const GridModel& model, const EpisodeSet& set, std::uint64_t count) {
  const torch::InferenceMode no_gradients;
  const EpisodeTensors episodes = load_episodes(set, count, false);
  require_readable(model.config(), episodes.shape);
  StudyAttention attention;
  SharesByRoles sums;
  for (std::int64_t first = 0; first < episodes.size(); first += kEpisodesAtATime) {
    const std::int64_t some = std::min(kEpisodesAtATime, episodes.size() - first);
    const torch::Tensor queries = episodes.queries.narrow(0, first, some);
    const torch::Tensor shares = model.attention_to_study({episodes.study.narrow(0, first, some),
                                                           queries.select(2, 0).contiguous(),
                                                           {}});  // [B, Q, S]
    require(shares.defined(), "the model ", model.config().name,
            " cannot be traced; of the models for grids, fast and executor can");
    if (first == 0) attention.first = shares[0][0].clone();
    for (std::int64_t i = 0; i < some; ++i)
      add_shares(shares[i].sum(0), set[static_cast<std::uint64_t>(first + i)], sums);
    attention.queries += static_cast<std::uint64_t>(shares.size(0) * shares.size(1));
  }
  attention.sections = by_section(sums, attention.queries);
  return attention;
}

Json to_json(const StudyAttention& attention) {
  Json sections = Json::object();
  for (const auto& [name, share] : attention.sections) sections[name] = share;
  Json pairs = Json::array();
  for (std::int64_t pair = 0; pair < attention.first.size(0); ++pair)
    pairs.push_back(attention.first[pair].item<double>());
  return {{"queries", attention.queries}, {"sections", sections}, {"first_query", pairs}};
}

void write_attention_picture(const std::string& set,
                             const StudyAttention& attention,
                             const std::filesystem::path& folder) {
  HeatMap sections{cat(set, ": attention to the study set, by section"), {}, {"share"}, {}};
  for (const auto& [name, share] : attention.sections) {
    sections.rows.push_back(name);
    sections.shares.push_back({share});
  }
  HeatMap pairs{"the first query, by study pair", {"share"}, {}, {{}}};
  for (std::int64_t pair = 0; pair < attention.first.size(0); ++pair) {
    pairs.columns.push_back(cat("pair ", pair + 1));
    pairs.shares[0].push_back(attention.first[pair].item<double>());
  }
  const std::vector<HeatMap> maps = {sections, pairs};
  write_file(folder / cat("attention-", set, ".png"), heat_map_png(maps).bytes);
}

std::string attention_markdown(const std::string& set, const StudyAttention& attention) {
  Table table{{"section", "share of attention"}, {}};
  for (const auto& [name, share] : attention.sections) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << share;
    table.rows.push_back({name, text.str()});
  }
  const bool unknown =
      !attention.sections.empty() && attention.sections.back().first == section_name(kUnknownRoles);
  return cat("## ", set, "\n\n", attention.queries,
             " queries: how the cross-attention of their patches, over all heads and decoder "
             "blocks, is shared between the sections of the study set.",
             unknown ? " The data does not say which section each pair shows." : "", "\n\n",
             markdown_text(table), "\n");
}

}  // namespace recombine

#include "meta/tracing/study_attention.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/file.h"
#include "eval/drawing/heat_map.h"
#include "eval/table.h"
#include "meta/episode_table.h"

namespace recombine {
namespace {

double& share_of_section(StudyAttention& attention, const std::string& section) {
  const auto found =
      std::ranges::find(attention.sections, section, [](const auto& s) { return s.first; });
  if (found != attention.sections.end()) return found->second;
  return attention.sections.emplace_back(section, 0).second;
}

}  // namespace

StudyAttention study_attention(FastModel& model, const EpisodeSet& set, std::uint64_t count) {
  const torch::InferenceMode no_gradients;
  const EpisodeTable table = load_table(set, count, false);
  StudyAttention attention;
  torch::Tensor sum;  // [S]
  for (std::int64_t first = 0; first < table.size(); first += kEpisodesAtATime) {
    const std::int64_t some = std::min(kEpisodesAtATime, table.size() - first);
    const torch::Tensor queries = table.queries.narrow(0, first, some);
    const torch::Tensor shares = model.attention_to_study(
        {table.study.narrow(0, first, some), queries.select(2, 0).contiguous(), {}});  // [B, Q, S]
    if (!sum.defined()) {
      attention.first = shares[0][0].clone();
      sum = torch::zeros({shares.size(2)});
    }
    sum = sum + shares.flatten(0, 1).sum(0);
    attention.queries += static_cast<std::uint64_t>(shares.size(0) * shares.size(1));
  }
  const Episode episode = set[0];
  for (std::size_t pair = 0; pair < episode.study.size(); ++pair) {
    share_of_section(attention, std::string(section_name(episode.study[pair].roles))) +=
        sum[static_cast<std::int64_t>(pair)].item<double>() /
        static_cast<double>(attention.queries);
  }
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
  return cat("## ", set, "\n\n", attention.queries,
             " queries: how the cross-attention of their patches, over all heads and decoder "
             "blocks, is shared between the sections of the study set.\n\n",
             markdown_text(table), "\n");
}

}  // namespace recombine

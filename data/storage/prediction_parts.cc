#include "data/storage/prediction_parts.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/shard.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// Files that belong together, by part.
struct PartGroup {
  Json meta;  ///< what all of them say
  std::map<int, std::pair<fs::path, PredictionMeta>> parts;
  int of = 1;
};

/// What the parts of one run have in common.
Json common_of(PredictionMeta meta) {
  meta.part = {};
  meta.planned = 0;
  meta.date = "-";
  return to_json(meta);
}

std::string missing_parts(const PartGroup& group) {
  std::vector<std::string> missing;
  for (int number = 0; number < group.of; ++number) {
    if (!group.parts.contains(number)) missing.push_back(cat(number, "/", group.of));
  }
  return join_text(missing, ", ");
}

/// Why the group's first file does not belong to another group of as many parts; "" where there is
/// none.
std::string why_apart(const PartGroup& group, const std::vector<PartGroup>& groups) {
  for (const PartGroup& other : groups) {
    if (other.of != group.of || other.meta == group.meta) continue;
    const auto place = Json::diff(other.meta, group.meta).front().at("path").get<std::string>();
    return cat("; ", other.parts.begin()->second.first.string(),
               " is of other answers: they differ in ", place.substr(1));
  }
  return "";
}

void require_complete(const PartGroup& group, const std::vector<PartGroup>& groups) {
  const auto& [number, first] = *group.parts.begin();
  require_data(group.parts.size() == static_cast<std::size_t>(group.of), first.first.string(),
               ": is part ", number, "/", group.of, " of the answers; missing are ",
               missing_parts(group), ": make them by the same command with --shard",
               why_apart(group, groups));
}

PredictionFiles files_of(const PartGroup& group) {
  PredictionFiles all{group.parts.begin()->second.second, {}, {}};
  all.meta.part = {};
  all.meta.planned = 0;
  for (const auto& [number, part] : group.parts) {
    all.files.push_back(part.first);
    all.planned.push_back(static_cast<std::size_t>(part.second.planned));
    all.meta.planned += part.second.planned;
    all.meta.date = std::max(all.meta.date, part.second.date);
  }
  return all;
}

}  // namespace

PartItems items_of(const PredictionPart& part, std::size_t items, std::int64_t at_a_time) {
  const auto piece = static_cast<std::size_t>(at_a_time);
  const std::size_t pieces = (items + piece - 1) / piece;
  const auto most = std::max<std::size_t>(pieces, 1);
  require(static_cast<std::size_t>(part.of) <= most, "--shard ", part.number, "/", part.of,
          ": the set has at most ", most, " parts",
          at_a_time > 1 ? cat(", as ", at_a_time, " items are answered together") : "");
  const auto bound = [&](int number) {
    return std::min<std::size_t>(shard_begin(pieces, number, part.of) * piece, items);
  };
  return {bound(part.number), bound(part.number + 1)};
}

std::string PredictionFiles::name() const {
  const std::string first = files.front().string();
  return files.size() == 1 ? first : cat(first, " and ", files.size() - 1, " more");
}

std::vector<PredictionFiles> group_parts(std::span<const fs::path> files) {
  std::vector<PartGroup> groups;
  for (const fs::path& file : files) {
    PredictionMeta meta = read_prediction_meta(file);
    const Json common = common_of(meta);
    const PredictionPart part = meta.part;
    auto group = std::ranges::find_if(groups, [&](const PartGroup& known) {
      return part.of > 1 && known.of == part.of && known.meta == common;
    });
    if (group == groups.end()) group = groups.insert(groups.end(), {common, {}, part.of});
    const auto [place, added] =
        group->parts.try_emplace(part.number, std::pair(file, std::move(meta)));
    require_data(added, file.string(), ": is part ", part.number, "/", part.of, ", as ",
                 place->second.first.string(), " is; keep one");
  }
  std::vector<PredictionFiles> all;
  for (const PartGroup& group : groups) {
    require_complete(group, groups);
    all.push_back(files_of(group));
  }
  return all;
}

void for_each_prediction(const PredictionFiles& files,
                         const std::function<void(Prediction)>& take) {
  const bool one = files.files.size() == 1;
  const bool copies = files.meta.copies && !one;
  for (const bool asked_again : {false, true}) {
    if (asked_again && !copies) break;
    for (std::size_t i = 0; i < files.files.size(); ++i) {
      std::vector<Prediction> rows = read_predictions(files.files[i]);
      const std::size_t planned = files.planned[i];
      require_data(one || rows.size() == planned || (copies && rows.size() > planned),
                   files.files[i].string(), ": has ", rows.size(), " answers of ", planned,
                   "; make the part again");
      const std::size_t begin = asked_again ? planned : 0;
      const std::size_t end = copies && !asked_again ? planned : rows.size();
      for (std::size_t row = begin; row < end; ++row) take(std::move(rows[row]));
    }
  }
}

}  // namespace recombine

#include "tests/faults/scenario.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/storage/create_folder.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/storage/prediction.h"
#include "data/storage/shard.h"
#include "generator/facts/write.h"
#include "generator/grids/search/grid_source.h"
#include "generator/writer/writer.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kEpisodes = 70;  // two blocks

Manifest generate(const fs::path& folder, std::uint64_t seed, bool force, bool resume) {
  GridConfig grids;
  grids.side = 5;
  grids.study = 1;
  grids.queries = 1;
  grids.max_shape_size = 2;
  GridRunConfig run;
  run.seed = seed;
  run.episodes = kEpisodes;
  WriteOptions options;
  options.folder = folder;
  options.count = kEpisodes;
  options.threads = 1;
  options.quiet = true;
  options.force = force;
  options.resume = resume;
  return write_data_set(*make_grid_source(grids, run), options).value();
}

/// The digest of the records that are there.
std::string digest_of(const fs::path& folder) {
  const RecordSet set(folder, kGrids.name);
  Sha256 digest;
  std::vector<std::string> records;
  for (std::size_t i = 0; i < set.size(); ++i) records.emplace_back(set.record(i));
  add_to_digest(digest, records);
  return "sha256:" + digest.hex_digest();
}

/// Whether the set is whole and that of the seed.
bool is_set(const fs::path& folder, const std::string& digest) {
  return fs::exists(folder / kManifestFile) && read_manifest(folder).digest == digest &&
         digest_of(folder) == digest;
}

std::string digest_of_seed(std::uint64_t seed, const fs::path& beside) {
  static std::map<std::uint64_t, std::string> known;
  if (known.contains(seed)) return known[seed];
  const fs::path folder = beside.string() + "-made";
  known[seed] = generate(folder, seed, false, false).digest;
  fs::remove_all(folder);
  return known[seed];
}

Scenario file_scenario() {
  const auto judge = [](const fs::path& folder) {
    const std::string text = fs::exists(folder / "a") ? read_file(folder / "a") : "";
    if (text == std::string(3000, 'o')) return Found::kOld;
    return text == std::string(5000, 'n') ? Found::kNew : Found::kWrong;
  };
  return {"file", [](const fs::path& folder) { write_file(folder / "a", std::string(3000, 'o')); },
          [](const fs::path& folder) { write_file(folder / "a", std::string(5000, 'n')); }, judge};
}

/// By which --force knows a folder that it may replace.
const std::string kOurs = R"({"schema": "recombine.dataset/1"})";

std::string folder_text(const fs::path& folder) {
  std::string text;
  for (const char* name : {"manifest.json", "train/x"})
    text += fs::exists(folder / name) ? read_file(folder / name) : "-";
  return text;
}

void fill_folder(const fs::path& folder, const std::string& text, bool force) {
  AtomicFolder out(folder, force);
  create_folder(out.part() / "train");
  write_file(out.part() / "train/x", text);
  write_file(out.part() / "manifest.json", kOurs + text);
  out.commit();
}

Scenario folder_scenario(bool force) {
  const auto prepare = [force](const fs::path& folder) {
    if (force) fill_folder(folder / "set", "old", false);
  };
  const auto judge = [force](const fs::path& folder) {
    const std::string text = folder_text(folder / "set");
    if (text == kOurs + "newnew") return Found::kNew;
    return text == (force ? kOurs + "oldold" : "--") ? Found::kOld : Found::kWrong;
  };
  return {force ? "folder that replaces another" : "folder", prepare,
          [force](const fs::path& folder) { fill_folder(folder / "set", "new", force); }, judge};
}

/// A set that was begun is resumed, and must come out as the one that was not interrupted.
Found judge_set(const fs::path& folder, bool force) {
  const fs::path set = folder / "set";
  const std::string wanted = digest_of_seed(1, folder);
  if (is_set(set, wanted)) return Found::kNew;
  const bool old = force && is_set(set, digest_of_seed(2, folder));
  if (!old && fs::exists(set / kManifestFile)) return Found::kWrong;
  const bool begun = fs::exists(set) || fs::exists(folder / "set.part");
  generate(set, 1, force, true);
  if (!is_set(set, wanted)) return Found::kWrong;
  if (old) return Found::kOld;
  return begun ? Found::kUnfinished : Found::kOld;
}

Scenario set_scenario(bool force) {
  return {force ? "data set that replaces another" : "data set",
          [force](const fs::path& folder) {
            if (force) generate(folder / "set", 2, false, false);
          },
          [force](const fs::path& folder) { generate(folder / "set", 1, force, false); },
          [force](const fs::path& folder) { return judge_set(folder, force); }};
}

void predict(const fs::path& file, const std::string& name) {
  PredictionMeta meta;
  meta.predictor = {.kind = "baseline", .name = name};
  meta.data_digest = "sha256:" + name;
  meta.date = "2026-01-31";
  PredictionWriter writer(file, meta);
  for (int query = 0; query < 30; ++query) {
    Prediction row;
    row.item = name;
    row.query = query;
    row.invalid = "none";
    writer.write(row);
  }
  writer.finish();
}

/// Rows and meta of the same predictor, or what no reader takes for predictions.
Found judge_predictions(const fs::path& folder) {
  const fs::path file = folder / "p.jsonl";
  if (!fs::exists(meta_file(file))) return Found::kUnfinished;
  const std::string name = read_prediction_meta(file).predictor.name;
  const std::vector<Prediction> rows = read_predictions(file);
  for (const Prediction& row : rows) {
    if (row.item != name) return Found::kWrong;
  }
  if (rows.size() != 30) return Found::kWrong;
  return name == "new" ? Found::kNew : Found::kOld;
}

Scenario prediction_scenario() {
  return {"predictions", [](const fs::path& folder) { predict(folder / "p.jsonl", "old"); },
          [](const fs::path& folder) { predict(folder / "p.jsonl", "new"); }, judge_predictions};
}

void export_as(const fs::path& folder, const char* format) {
  ExportJob job;
  job.folder = folder / "set";
  job.out = folder / "out";
  find_format(format).export_data(job);
}

std::string bytes_of(const fs::path& path) {
  if (!fs::is_directory(path)) return fs::exists(path) ? read_file(path) : "";
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files[entry.path().filename().string()] = read_file(entry.path());
  }
  std::string text;
  for (const auto& [name, bytes] : files) text.append(name).append("\n").append(bytes);
  return text;
}

Scenario export_scenario(const char* format) {
  const auto judge = [format](const fs::path& folder) {
    const std::string text = bytes_of(folder / "out");
    fs::remove_all(folder / "out");
    if (text.empty()) return Found::kOld;
    export_as(folder, format);
    return text == bytes_of(folder / "out") ? Found::kNew : Found::kWrong;
  };
  return {std::string("export of ") + format,
          [](const fs::path& folder) { generate(folder / "set", 1, false, false); },
          [format](const fs::path& folder) { export_as(folder, format); }, judge};
}

}  // namespace

std::vector<Scenario> scenarios() {
  return {file_scenario(),     folder_scenario(false),  folder_scenario(true),
          set_scenario(false), set_scenario(true),      prediction_scenario(),
          answer_scenario(),   export_scenario("carc"), export_scenario("hf")};
}

}  // namespace recombine

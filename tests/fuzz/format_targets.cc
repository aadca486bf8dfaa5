// What data/formats reads: files of other tools.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/arc/arc.h"
#include "data/formats/carc/carc.h"
#include "data/formats/carc/carc_config.h"
#include "data/formats/format.h"
#include "data/formats/lines.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "tests/fuzz/fixtures.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

void import_from(std::string_view format, const fs::path& in) {
  ImportJob job;
  job.in = in;
  job.out = scratch_place("imported/out");
  job.threads = 1;
  find_format(format).import_data(job);
}

fs::path export_to(std::string_view format, const fs::path& set, const std::string& name) {
  ExportJob job;
  job.folder = set;
  job.out = scratch_place("exported/" + name);
  find_format(format).export_data(job);
  return job.out;
}

/// As import reads a line, and the fast reader beside the one that it must agree with.
void read_carc_line(std::string_view bytes) {
  if (const std::optional<CarcLine> fast = fast_carc_line(bytes)) {
    CarcLine slow = carc_line_from_json(json_from_text(bytes));
    if (fast->episode != slow.episode || fast->form != slow.form)
      throw std::logic_error("two readers of a line do not agree");
  }
  const CarcLine line = parse_carc_line(bytes, "e0");
  const Episode again = parse_carc_line(carc_line(line.episode, CarcForm::kSplit), "e0").episode;
  if (again.queries != line.episode.queries) throw std::logic_error("queries differ");
}

std::vector<std::string> carc_seeds() {
  return {golden_text("formats/carc_generator.jsonl"), golden_text("formats/carc_split.jsonl")};
}

/// Configs are made of recipes and of split.json, which anybody may have written.
void make_carc_configs(std::string_view bytes) {
  const Json json = json_from_text(bytes);
  try {
    carc_generator_config(json);
  } catch (const Json::exception&) {  // NOLINT(bugprone-empty-catch): as it may
  } catch (const DataError&) {        // NOLINT(bugprone-empty-catch)
  }
  try {
    carc_split_config(json, {});
  } catch (const Json::exception&) {  // NOLINT(bugprone-empty-catch)
  }
}

void read_arc(std::string_view bytes) {
  const Episode episode = episode_from_arc(json_from_text(bytes), "e0");
  arc_challenge(episode);
  if (!is_answered(episode)) return;
  const Episode again = episode_from_arc(json_from_text(arc_task(episode)), "e0");
  if (again.queries != episode.queries) throw std::logic_error("queries differ");
}

std::vector<std::string> bundle_seeds() {
  static const fs::path kFolder = export_to("arc-bundle", fuzz_grids(), "bundle");
  return {read_file(kFolder / "tasks_challenges.json").substr(0, 4000),
          "{\"t1\": " + golden_text("formats/arc_task.json") + "}"};
}

void read_bundle(std::string_view bytes) {
  import_from("arc-bundle", scratch_file("bundle/tasks_challenges.json", bytes));
}

std::vector<std::string> jsonl_seeds() {
  static const fs::path kGridFile = export_to("jsonl", fuzz_grids(), "grids.jsonl");
  static const fs::path kFactFile = export_to("jsonl", fuzz_world() / "val_id", "facts.jsonl");
  const std::string grids = read_file(kGridFile);
  return {grids.substr(0, grids.find('\n') + 1), read_file(kFactFile)};
}

/// A folder of the published facts, one file of which has these bytes.
void read_grokked(const std::string& file, std::string_view bytes) {
  static const fs::path kSound = export_to("grokked", fuzz_world(), "grokked");
  const fs::path folder = scratch_place("grokked");
  fs::copy(kSound, folder, fs::copy_options::recursive);
  scratch_file("grokked/" + file, bytes);
  import_from("grokked", folder);
}

FuzzTarget grokked_target(const std::string& name) {
  const std::string file = name + ".json";
  return {
      "grokked-" + name, [file](std::string_view bytes) { read_grokked(file, bytes); },
      [file] {
        return std::vector{read_file(export_to("grokked", fuzz_world(), "grokked-seeds") / file)};
      }};
}

}  // namespace

std::vector<FuzzTarget> format_targets() {
  return {
      {"carc", read_carc_line, carc_seeds},
      {"carc-file",
       [](std::string_view bytes) { import_from("carc", scratch_file("carc/a.jsonl", bytes)); },
       carc_seeds},
      {"carc-config", make_carc_configs,
       [] {
         return std::vector{read_manifest(fuzz_grids()).recipe.dump(),
                            read_file(fuzz_split() / "split.json")};
       }},
      {"arc", read_arc, [] { return std::vector{golden_text("formats/arc_task.json")}; }},
      {"arc-bundle", read_bundle, bundle_seeds},
      {"jsonl",
       [](std::string_view bytes) { import_from("jsonl", scratch_file("jsonl/a.jsonl", bytes)); },
       jsonl_seeds},
      grokked_target("train"),
      grokked_target("test"),
      grokked_target("vocab"),
  };
}

}  // namespace recombine

// The list of formats. To add one: a declaration and a line.

#include <array>
#include <vector>

#include "data/error.h"
#include "data/family.h"
#include "data/formats/format.h"
#include "data/storage/record_set.h"
#include "data/text.h"

namespace recombine {

void export_carc(const ExportJob& job);
void import_carc(const ImportJob& job);
void export_carc_config(const ExportJob& job);
void export_arc(const ExportJob& job);
void import_arc(const ImportJob& job);
void export_arc_bundle(const ExportJob& job);
void import_arc_bundle(const ImportJob& job);
void export_hf(const ExportJob& job);
void export_parquet(const ExportJob& job);
void export_jsonl(const ExportJob& job);
void import_jsonl(const ImportJob& job);
void export_recipe(const ExportJob& job);
void export_grokked(const ExportJob& job);
void import_grokked(const ImportJob& job);

namespace {

constexpr std::array kFormats = {
    Format{"carc", "Compositional-ARC's JSON lines, byte for byte; three files for a split",
           kGrids.name, export_carc, import_carc},
    Format{"carc-config",
           "the config file beside Compositional-ARC's JSON lines, of a set or a split",
           kGrids.name, export_carc_config, nullptr},
    Format{"arc", "ARC tasks, a file an episode: study pairs in train, queries in test",
           kGrids.name, export_arc, import_arc},
    Format{"arc-bundle", "ARC tasks in one file of challenges and one of solutions", kGrids.name,
           export_arc_bundle, import_arc_bundle},
    Format{"hf", "a folder for the Hugging Face Hub: JSON lines and a data-set card", "any",
           export_hf, nullptr},
    Format{"parquet", "tables with the columns of hf, a file a set, for pandas and its kin", "any",
           export_parquet, nullptr},
    Format{"jsonl", "all that an item holds, a line each, every key in every row", "any",
           export_jsonl, import_jsonl},
    Format{"recipe", "the few lines of JSON from which `generate --recipe` makes the set again",
           "any", export_recipe, nullptr},
    Format{"grokked", "train.json, valid.json, test.json and vocab.json of the published facts",
           kFacts.name, export_grokked, import_grokked},
};

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format& find_format(std::string_view name) {
  std::vector<std::string> known;
  for (const Format& format : kFormats) {
    if (format.name == name) return format;
    known.emplace_back(format.name);
  }
  throw InputError(cat("--format ", name, ": is no format; did you mean ",
                       nearest_name(name, known), "? known: ", join_text(known, ", ")));
}

void require_family(const Format& format, const std::filesystem::path& folder) {
  const std::string family = read_manifest(folder / data_set_names(folder).front()).family;
  if (format.family == "any" || format.family == family) return;
  std::vector<std::string> known;
  for (const Format& other : kFormats) {
    if (other.family == "any" || other.family == family) known.emplace_back(other.name);
  }
  throw InputError(cat("--format ", format.name, ": is for ", format.family, ", and ",
                       folder.string(), " holds ", family, "; for ", family, ": ",
                       join_text(known, ", ")));
}

}  // namespace recombine

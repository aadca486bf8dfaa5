// Data sets to and from Compositional-ARC's JSON lines.

#include <array>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/carc/carc.h"
#include "data/formats/format.h"
#include "data/formats/import_set.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/formats/split_names.h"
#include "data/storage/dataset.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

CarcForm form_of(const ExportJob& job, const fs::path& folder) {
  if (job.form == "generator") return CarcForm::kGenerator;
  if (job.form == "split") return CarcForm::kSplit;
  require(job.form == "auto", "--form ", job.form, ": must be auto, generator or split");
  return natural_form(read_manifest(folder));
}

void export_file(const ExportJob& job, const fs::path& folder, const fs::path& out) {
  const CarcForm form = form_of(job, folder);
  const auto append = [form](std::string& text, const Episode& episode) {
    append_carc_line(text, episode, form);
  };
  export_lines(job, folder, out, {append, nullptr});
}

void import_file(const ImportJob& job) {
  ImportedSet set(job.out, job.force);
  std::optional<CarcForm> form;
  bool old_rotation = false;
  const std::string prefix = job.set_name.empty() ? "" : job.set_name + "-";
  for_each_line(job.in, job.threads, [&](std::string_view text, std::uint64_t index) -> UseResult {
    const CarcLine line = parse_carc_line(text, cat(prefix, "e", index));
    return [&, index, id = line.episode.id, its_form = line.form, old = line.old_rotation,
            record = encode_episode(line.episode)]() mutable {
      require_data(form.value_or(its_form) == its_form,
                   "is in the other of the two forms than the lines before it");
      form = its_form;
      old_rotation = old_rotation || old;
      set.add(id, std::move(record));
      job.watch(index + 1, 0);
    };
  });
  if (old_rotation) {
    job.note(cat(job.in.string(), ": rotation_type 8 is kept; it means the same as 0"));
  }
  Json recipe = import_recipe("carc", job.in);
  recipe["import"]["form"] = form == CarcForm::kSplit ? "split" : "generator";
  set.finish(recipe);
}

}  // namespace

CarcForm natural_form(const Manifest& manifest) {
  const Json& recipe = manifest.recipe;
  const bool imported_split = recipe.contains("import") &&
                              recipe["import"].value("form", "generator") == std::string("split");
  return imported_split || recipe.contains("split") ? CarcForm::kSplit : CarcForm::kGenerator;
}

void export_carc(const ExportJob& job) {
  const std::vector<std::string> names = data_set_names(job.folder);
  if (names.front().empty()) {
    export_file(job, job.folder, job.out);
    return;
  }
  OutputFolder folder(job.out, job.force);
  for (const std::string& name : names) {
    const auto file =
        published_split_file(name, split_seed(job.folder), is_static_split(job.folder));
    if (file) export_file(job, job.folder / name, folder.part() / *file);
  }
  folder.finish();
}

void import_carc(const ImportJob& job) {
  if (!fs::is_directory(job.in)) {
    import_file(job);
    return;
  }
  const std::vector<PublishedSplitFile> files = published_split_files(job.in);
  require_data(!files.empty(), job.in.string(),
               ": no {train,val,test}[_static]_systematicity[_seed_S].jsonl[.gz] in this folder");
  AtomicFolder folder(job.out, job.force);
  for (const PublishedSplitFile& file : files) {
    ImportJob one = job;
    one.in = file.path;
    one.out = folder.part() / file.set;
    one.set_name = file.set;
    import_file(one);
  }
  write_file(folder.part() / "split.json", imported_split_json(files));
  folder.commit();
}

}  // namespace recombine

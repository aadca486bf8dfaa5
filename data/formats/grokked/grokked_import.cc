// A folder of the published experiments with facts as a world of our own.

#include <map>

#include <nlohmann/json.hpp>

#include "data/formats/grokked/grokked_folder.h"
#include "data/formats/grokked/grokked_sets.h"
#include "data/formats/import_set.h"
#include "data/formats/schemas.h"
#include "data/storage/fact_codec.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"

namespace recombine {
namespace {

using Sets = std::map<std::string_view, std::vector<const FactItem*>>;

/// The sets in the folder; those of test.json are there even where they are empty.
Sets sets_of(const GrokkedFolder& folder) {
  Sets sets;
  for (const GrokkedRow& row : folder.train) sets[kTrainSet].push_back(&row.item);
  for (const std::string_view set : probe_sets(folder.vocabulary.task)) sets[set];
  for (const std::string_view set : folder.three_hop_sets) sets[set];
  for (const FactItem& item : folder.probes) sets[probe_set(item.type)].push_back(&item);
  return sets;
}

/// What is known of the world: where it came from, and its sets.
Json world_json(const ImportJob& job, const FactVocabulary& vocabulary, Json sets) {
  return {{"schema", kWorldSchema},
          {"family", FactRecords::kFamily},
          {"imported", {{"format", "grokked"}, {"folder", name_of(job.in)}}},
          {"vocabulary", to_json(vocabulary)},
          {"sets", std::move(sets)}};
}

}  // namespace

void import_grokked(const ImportJob& job) {
  AtomicFolder out(job.out, job.force);
  const GrokkedFolder folder = read_grokked_folder(job);
  Json sets = Json::object();
  for (const auto& [name, items] : sets_of(folder)) {
    SetWriter writer(out.part() / name, std::string(FactRecords::kFamily),
                     to_json(folder.vocabulary));
    for (const FactItem* item : items) writer.add(encode_fact(*item));
    const Manifest manifest = writer.finish(import_recipe("grokked", job.in, FactRecords::kFamily));
    sets[std::string(name)] = {{"count", manifest.count}, {"digest", manifest.digest}};
  }
  write_file(out.part() / "world.json",
             world_json(job, folder.vocabulary, std::move(sets)).dump(2) + "\n");
  out.commit();
}

}  // namespace recombine

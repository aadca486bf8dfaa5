// The recipe of a data set with the digest that making it again must give.

#include <nlohmann/json.hpp>

#include "data/formats/format.h"
#include "data/formats/output.h"
#include "data/manifest.h"

namespace recombine {

void export_recipe(const ExportJob& job) {
  const Manifest manifest = read_manifest(job.folder);
  const Json json = {{"schema", "recombine.recipe/1"},
                     {"family", manifest.family},
                     {"count", manifest.count},
                     {"digest", manifest.digest},
                     {"recipe", manifest.recipe}};
  OutputFile file(job.out, job.force);
  file.write(json.dump(2) + "\n");
  file.finish();
}

}  // namespace recombine

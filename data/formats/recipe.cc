// The recipe of a data set with the digest that making it again must give.

#include <nlohmann/json.hpp>

#include "data/formats/format.h"
#include "data/formats/output.h"
#include "data/manifest.h"

namespace recombine {

void export_recipe(const ExportJob& job) {
  const Manifest manifest = read_manifest(job.folder);
  Json recipe = manifest.recipe;
  recipe["digest"] = manifest.digest;
  OutputFile file(job.out, job.force);
  file.write(recipe.dump(2) + "\n");
  file.finish();
}

}  // namespace recombine

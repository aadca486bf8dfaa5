// Exports of sets without items, which a split may have.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/formats/format.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

TEST(ArcBundle, OfAnEmptySetIsJson) {
  const TemporaryFolder folder;
  SetWriter(folder / "set", "grids").finish({{"family", "grids"}});
  ExportJob job;
  job.folder = folder / "set";
  job.out = folder / "out";
  find_format("arc-bundle").export_data(job);
  for (const char* name : {"tasks_challenges.json", "tasks_solutions.json"}) {
    EXPECT_EQ(try_parse_json(read_file(job.out / name)), Json::object()) << name;
  }
}

}  // namespace
}  // namespace recombine

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/places.h"
#include "tests/tree/rules.h"
#include "tests/tree/sources.h"

namespace recombine::tree {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Files& whole_tree() {
  static const Files kTree = read_tree(source_folder());
  return kTree;
}

TEST(Layering, HoldsInTheTree) {
  const Files sources = sources_of(whole_tree());
  ASSERT_GT(sources.size(), 20U);
  EXPECT_THAT(layering_violations(sources), IsEmpty());
}

TEST(Layering, HasNoCircleOfHeaders) {
  EXPECT_THAT(include_cycle(sources_of(whole_tree())), IsEmpty());
}

TEST(Layering, LetsArrowsPointDownOnly) {
  EXPECT_TRUE(may_include("generator/grids/search/episode.cc", "data/grid.h"));
  EXPECT_TRUE(may_include("eval/baselines/oracle.cc", "generator/grids/solver/solver.h"));
  EXPECT_TRUE(may_include("meta/training/trainer.cc", "models/model.h"));
  EXPECT_FALSE(may_include("data/grid.cc", "generator/grids/rules/cells.h"));
  EXPECT_FALSE(may_include("generator/grids/search/episode.cc", "eval/report/report.h"));
  EXPECT_FALSE(may_include("eval/report/report.cc", "models/config.h"));
  EXPECT_FALSE(may_include("models/model.cc", "eval/report/report.h"));
  EXPECT_FALSE(may_include("models/model.cc", "generator/grids/search/episode.h"));
  EXPECT_FALSE(may_include("eval/report/report.cc", "tools/command.h"));
  EXPECT_FALSE(may_include("tests/eval/report/report_test.cc", "models/model.h"));
}

TEST(Layering, KeepsGridsAndFactsApart) {
  EXPECT_FALSE(may_include("generator/grids/search/episode.cc", "generator/facts/graph.h"));
  EXPECT_FALSE(may_include("generator/facts/graph.cc", "generator/grids/search/episode.h"));
  EXPECT_TRUE(may_include("generator/families.cc", "generator/grids/search/episode.h"));
}

TEST(Layering, ShowsTorchToTheSecondProgramAlone) {
  EXPECT_FALSE(may_include("tools/verbs/list.cc", "models/model.h"));
  EXPECT_TRUE(may_include("tools/verbs/list.cc", "models/config.h"));
  EXPECT_TRUE(may_include("tools/torch/train.cc", "models/model.h"));
  EXPECT_FALSE(may_include_library("tools/verbs/list.cc", "torch/torch.h"));
  EXPECT_TRUE(may_include_library("tools/torch/train.cc", "torch/torch.h"));
  EXPECT_FALSE(may_include_library("eval/report/report.cc", "ATen/ATen.h"));
}

TEST(Layering, KeepsLibrariesWhereTheyAreNeeded) {
  EXPECT_TRUE(may_include_library("data/grid.cc", "vector"));
  EXPECT_TRUE(may_include_library("tools/options.cc", "boost/program_options.hpp"));
  EXPECT_FALSE(may_include_library("data/fields.cc", "boost/program_options.hpp"));
  EXPECT_FALSE(may_include_library("data/storage/hash.cc", "boost/crc.hpp"));
  EXPECT_FALSE(may_include_library("meta/training/trainer.cc", "tbb/parallel_pipeline.h"));
  EXPECT_FALSE(may_include_library("data/grid.cc", "opencv2/core.hpp"));
  EXPECT_FALSE(may_include_library("data/grid.cc", "some_new_library/api.h"));
}

TEST(Layering, FindsAPlantedViolationAndItsLine) {
  const Files planted = {{"data/a.h", "#pragma once\n#include <vector>\n"},
                         {"data/b.cc", "#include \"data/a.h\"\n\n#  include \"eval/c.h\" // why\n"},
                         {"eval/c.h", "#include <opencv2/core.hpp>\n#include \"c.h\"\n"}};
  EXPECT_THAT(layering_violations(planted),
              ElementsAre("data/b.cc:3: may not include \"eval/c.h\"",
                          "eval/c.h:1: may not include <opencv2/core.hpp>",
                          "eval/c.h:2: no file \"c.h\" from the tree's root"));
}

TEST(Layering, FindsAPlantedCircle) {
  const Files planted = {{"data/a.h", "#include \"data/b.h\"\n"},
                         {"data/b.h", "#include \"data/c.h\"\n"},
                         {"data/c.h", "#include \"data/b.h\"\n"}};
  EXPECT_THAT(include_cycle(planted), ElementsAre("data/b.h", "data/c.h", "data/b.h"));
  EXPECT_THAT(include_cycle({{"data/a.h", "#include \"data/b.h\"\n"}, {"data/b.h", ""}}),
              IsEmpty());
}

}  // namespace
}  // namespace recombine::tree

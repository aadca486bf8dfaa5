#include "tests/tree/rooms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/places.h"

namespace recombine::tree {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Files& files_of_the_tree() {
  static const Files kTree = read_tree(source_folder());
  return kTree;
}

TEST(Rooms, DoNotNeedEachOther) {
  EXPECT_THAT(two_way_pairs(sources_of(files_of_the_tree())), IsEmpty());
}

TEST(Rooms, AreNoHeaps) { EXPECT_THAT(heaps(sources_of(files_of_the_tree()), 48), IsEmpty()); }

TEST(Rooms, DefineEveryTypeOnce) {
  EXPECT_THAT(types_defined_twice(sources_of(files_of_the_tree())), IsEmpty());
}

TEST(Rooms, HaveProseOfAHundredColumns) {
  EXPECT_THAT(wide_prose(files_of_the_tree(), 100), IsEmpty());
}

TEST(TwoWayPairs, AreFoundBetweenNeighbours) {
  EXPECT_THAT(two_way_pairs({{"a/x/p.h", "#include \"a/y/q.h\"\n"},
                             {"a/y/q.h", ""},
                             {"a/y/deep/r.cc", "#include \"a/x/p.h\"\n"}}),
              ElementsAre("a/x/p.h <-> a/y/deep/r.cc"));
  EXPECT_THAT(two_way_pairs({{"a/x/p.h", "#include \"a/y/q.h\"\n"}, {"a/y/q.h", ""}}), IsEmpty());
}

TEST(TwoWayPairs, AreFoundBetweenAFolderAndOneWithin) {
  const Files climbing = {{"a/front.h", "#include \"a/x/p.h\"\n"},
                          {"a/base.h", ""},
                          {"a/x/p.h", "#include \"a/base.h\"\n"}};
  EXPECT_THAT(two_way_pairs(climbing), ElementsAre("a/front.h <-> a/x/p.h"));
}

TEST(TwoWayPairs, LetARegistryNameWhatIsBelow) {
  EXPECT_THAT(two_way_pairs({{"a/registry.cc", "#include \"a/x/p.h\"\n"},
                             {"a/base.h", ""},
                             {"a/x/p.h", "#include \"a/base.h\"\n"}}),
              IsEmpty());
}

TEST(Heaps, AreFoldersWithTooManySourcesOfTheirOwn) {
  const Files files = {{"a/x.h", ""}, {"a/y.h", ""}, {"a/b/z.h", ""}, {"tests/a/v.cc", ""}};
  EXPECT_THAT(heaps(files, 1), ElementsAre("a: 2"));
  EXPECT_THAT(heaps(files, 2), IsEmpty());
}

TEST(TypesDefinedTwice, AreFoundAcrossFolders) {
  const Files files = {{"a/x.h", "namespace recombine {\nstruct Same {\n};\nclass Known;\n"},
                       {"b/y.h", "namespace recombine {\nclass Same : public Known {\n};\n"}};
  EXPECT_THAT(types_defined_twice(files), ElementsAre("recombine::Same: a/x.h, b/y.h"));
}

TEST(TypesDefinedTwice, LeaveUnnamedAndOtherNamespacesAlone) {
  const Files files = {
      {"a/x.h", "namespace recombine {\nstruct Same {\n};\n"},
      {"b/y.cc", "namespace recombine {\nnamespace {\nstruct Same {\n};\n}  // namespace\n"},
      {"c/z.h", "namespace recombine::fused {\nstruct Same {\n};\n"},
      {"d/w.h", "namespace recombine {\nstruct Same;\n"}};
  EXPECT_THAT(types_defined_twice(files), IsEmpty());
}

TEST(WideProse, IsWhatWouldNotFit) {
  const std::string wide(8, 'x');
  EXPECT_THAT(wide_prose({{"a.md", "short\n" + wide + "\n"}, {"b.txt", wide}}, 7),
              ElementsAre("a.md:2: 8"));
}

TEST(WideProse, LeavesTablesCodeAndLinksAlone) {
  EXPECT_THAT(wide_prose({{"a.md", "| table | wide |\n```\nlong code\n```\n![p](image.png)\n"}}, 7),
              IsEmpty());
}

TEST(WideProse, CountsCharactersAndNotBytes) {
  EXPECT_THAT(wide_prose({{"a.md", "äöüäöüä\n"}}, 7), IsEmpty());
}

}  // namespace
}  // namespace recombine::tree

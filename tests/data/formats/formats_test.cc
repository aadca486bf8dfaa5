// What must hold for every format of the list, over data sets on disk.

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/formats/import_set.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "tests/data/facts_world.h"
#include "tests/data/formats/episode.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A data set of the small episode under several ids.
fs::path make_set(const fs::path& folder, int count, const std::string& prefix = "e") {
  ImportedSet set(folder, false);
  for (int i = 0; i < count; ++i) {
    Episode episode = small_episode();
    episode.id = prefix + std::to_string(i);
    set.add(episode);
  }
  // With what a recipe of generated grids has, for the formats that read it.
  set.finish({{"family", "grids"},
              {"seed", 7},
              {"options", {{"side", "4"}}},
              {"import", {{"file", "none"}}}});
  return folder;
}

fs::path make_split(const fs::path& folder) {
  for (const char* name : {"train", "val_id", "val_ood", "test_ood"}) make_set(folder / name, 3);
  write_file(folder / "split.json", R"({"seed": 1870})");
  return folder;
}

std::map<std::string, std::string> contents(const fs::path& path) {
  if (!fs::is_directory(path)) return {{"", read_file(path)}};
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (!entry.is_directory()) {
      files[fs::relative(entry.path(), path).string()] = read_file(entry.path());
    }
  }
  return files;
}

/// A format with a family that it is for.
struct FormatOf {
  std::string name;
  std::string family;
};

std::ostream& operator<<(std::ostream& out, const FormatOf& format) {
  return out << format.name << " of " << format.family;
}

/// What a format is given: a data set, or the world that grokked wants.
fs::path make_data(const FormatOf& format, const fs::path& folder) {
  if (format.family == "grids") return make_set(folder, 70);
  write_world(composition_world(true), folder);
  return format.name == "grokked" ? folder : folder / "train";
}

class EveryFormat : public testing::TestWithParam<FormatOf> {
 protected:
  const std::string& name() const { return GetParam().name; }
  const Format& format() const { return find_format(name()); }
  /// Two formats read the manifest alone.
  bool reads_items() const { return name() != "recipe" && name() != "carc-config"; }
  static ExportJob export_job(const fs::path& from, const fs::path& to) {
    ExportJob job;
    job.folder = from;
    job.out = to;
    return job;
  }

  TemporaryFolder folder_;
};

TEST_P(EveryFormat, ReportsProgressAndRefusesToOverwrite) {
  ExportJob job = export_job(make_data(GetParam(), folder_ / "set"), folder_ / "out");
  std::vector<std::pair<std::uint64_t, std::uint64_t>> heard;
  job.watch = [&](std::uint64_t done, std::uint64_t total) { heard.emplace_back(done, total); };
  format().export_data(job);
  if (reads_items()) {
    ASSERT_GT(heard.size(), 1U);
    EXPECT_TRUE(std::ranges::is_sorted(heard));
    EXPECT_EQ(heard.back().first, heard.back().second);
  }
  EXPECT_FALSE(contents(job.out).empty());
  EXPECT_THROW(format().export_data(job), DataError);
  job.force = true;
  const auto before = contents(job.out);
  format().export_data(job);
  EXPECT_EQ(contents(job.out), before);
}

TEST_P(EveryFormat, LeavesNothingBehindWhereTheDataIsBad) {
  const fs::path set = make_data(GetParam(), folder_ / "set");
  fs::resize_file(set / (name() == "grokked" ? "train" : "") / "shard-00000-of-00001.rcb", 100);
  const ExportJob job = export_job(set, folder_ / "out");
  if (reads_items()) {
    EXPECT_THROW(format().export_data(job), DataError);
    EXPECT_FALSE(fs::exists(job.out));
    EXPECT_FALSE(fs::exists(job.out.string() + ".part"));
  }
  EXPECT_THROW(format().export_data(export_job(folder_ / "none", folder_ / "out2")), DataError);
}

class EveryWayBack : public EveryFormat {};

TEST_P(EveryWayBack, GivesTheSameBytesAgain) {
  const ExportJob first = export_job(make_data(GetParam(), folder_ / "set"), folder_ / "out");
  format().export_data(first);
  ImportJob in;
  in.in = name() == "arc-bundle" ? first.out / "tasks_challenges.json" : first.out;
  in.out = folder_ / "again";
  format().import_data(in);
  EXPECT_THROW(format().import_data(in), DataError);  // exists already
  const ExportJob second = export_job(in.out, folder_ / "out2");
  format().export_data(second);
  EXPECT_EQ(contents(second.out), contents(first.out));
}

std::vector<FormatOf> formats_by_family(bool with_import) {
  std::vector<FormatOf> all;
  for (const Format& format : formats()) {
    if (with_import && format.import_data == nullptr) continue;
    for (const char* family : {"grids", "facts"}) {
      if (format.family == "any" || format.family == family) {
        all.push_back({std::string(format.name), family});
      }
    }
  }
  return all;
}

std::string test_name(const testing::TestParamInfo<FormatOf>& format) {
  std::string text = format.param.name + "_" + format.param.family;
  std::ranges::replace(text, '-', '_');
  return text;
}

INSTANTIATE_TEST_SUITE_P(Formats,
                         EveryFormat,
                         testing::ValuesIn(formats_by_family(false)),
                         test_name);
INSTANTIATE_TEST_SUITE_P(Formats,
                         EveryWayBack,
                         testing::ValuesIn(formats_by_family(true)),
                         test_name);

TEST(Formats, NameTheNearestForAnUnknownOne) {
  try {
    find_format("crac");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean carc?"));
  }
}

TEST(Formats, RefuseDataOfTheOtherFamilyAndNameWhatWorks) {
  const TemporaryFolder work;
  make_set(work / "grids", 1);
  write_world(composition_world(true), work / "facts");
  for (const Format& format : formats()) {
    for (const std::string family : {"grids", "facts"}) {
      const auto check = [&] { require_family(format, work / family); };
      if (format.family == "any" || format.family == family) {
        EXPECT_NO_THROW(check()) << format.name;
      } else {
        EXPECT_THAT(message_of<InputError>(check),
                    HasSubstr(cat("holds ", family, "; for ", family, ": ")));
      }
    }
  }
  EXPECT_THAT(message_of<InputError>([&] { require_family(find_format("arc"), work / "facts"); }),
              testing::ContainsRegex("for facts: .*hf.*jsonl.*recipe.*grokked"));
}

TEST(Formats, WriteEverySetOfAWorld) {
  const TemporaryFolder work;
  const SmallWorld world = composition_world(true);
  write_world(world, work / "world");
  ExportJob job;
  job.folder = work / "world";
  for (const char* name : {"jsonl", "hf"}) {
    job.out = work / name;
    find_format(name).export_data(job);
    const fs::path files = job.out / (std::string(name) == "hf" ? "data" : "");
    for (const auto& [set, items] : world.sets) {
      const std::string text = read_file(files / (set + ".jsonl"));
      EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), items.size()) << set;
    }
  }
}

TEST(CarcFormat, WritesAndReadsTheThreeSplitFiles) {
  const TemporaryFolder work;
  ExportJob job;
  job.folder = make_split(work / "split");
  job.out = work / "files";
  job.form = "split";
  find_format("carc").export_data(job);
  const auto files = contents(job.out);
  EXPECT_EQ(files.size(), 3U);
  EXPECT_TRUE(files.contains("val_systematicity_seed_1870.jsonl"));

  ImportJob in;
  in.in = job.out;
  in.out = work / "again";
  find_format("carc").import_data(in);
  EXPECT_EQ(EpisodeSet(in.out / "test_ood")[2].id, "test_ood-e2");
  ExportJob again;  // the form is found by itself
  again.folder = in.out;
  again.out = work / "files2";
  find_format("carc").export_data(again);
  EXPECT_EQ(contents(again.out), files);
}

TEST(CarcFormat, NamesFileAndLineOfABadOne) {
  const TemporaryFolder work;
  const std::string good = read_file(golden_format("carc_generator.jsonl"));
  ImportJob in;
  in.in = work / "cut.jsonl";
  in.out = work / "set";
  write_file(in.in, good.substr(0, good.size() - 40));
  try {
    find_format("carc").import_data(in);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("cut.jsonl:2: "));
    EXPECT_THAT(error.what(), HasSubstr("may be cut off"));
  }
  EXPECT_FALSE(fs::exists(in.out));
  EXPECT_FALSE(fs::exists(in.out.string() + ".part"));
}

TEST(CarcFormat, RefusesAMixtureOfForms) {
  const TemporaryFolder work;
  ImportJob in;
  in.in = work / "mixed.jsonl";
  in.out = work / "set";
  write_file(in.in, read_file(golden_format("carc_generator.jsonl")) +
                        read_file(golden_format("carc_split.jsonl")));
  EXPECT_THROW(find_format("carc").import_data(in), DataError);
}

TEST(CarcFormat, TellsOfOldRotations) {
  const TemporaryFolder work;
  std::vector<std::string> notes;
  ImportJob in;
  in.in = golden_format("carc_generator.jsonl");
  in.out = work / "set";
  in.note = [&](const std::string& text) { notes.push_back(text); };
  find_format("carc").import_data(in);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes.front(), HasSubstr("rotation_type 8"));
}

TEST(ImportedSet, RefusesIdsTwiceAndIdsThatAreNoFileNames) {
  const TemporaryFolder work;
  ImportedSet set(work / "set", false);
  set.add(small_episode());
  EXPECT_THROW(set.add(small_episode()), DataError);
  for (const char* id : {"", "../up", "a/b", ".hidden", "a b"}) {
    EXPECT_THROW(require_file_name(id), DataError) << id;
  }
  EXPECT_NO_THROW(require_file_name("007bbfb7.x_1-2"));
}

}  // namespace
}  // namespace recombine

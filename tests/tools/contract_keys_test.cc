// The keys that the contract promises of what the Torch-free verbs write and print.

#include "tests/data/contract_keys.h"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/text.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"
#include "tools/bench.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

/// Twelve episodes in two shards, a small world, and answers to both.
class ContractKeys : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    run({"generate", "grids", "--episodes", "12", "--shards", "2", "--out", path("grids")});
    run({"generate", "facts", "--entities", "40", "--relations", "8", "--degree", "5", "--lambda",
         "1", "--out", path("world")});
    run({"baseline", "copy-input", "--data", path("grids"), "--out", path("grids.jsonl")});
    run({"baseline", "lookup", "--data", path("world/test_ood"), "--out", path("facts.jsonl")});
  }

  static std::string path(const std::string& name) {
    static const TemporaryFolder kFolder;
    return (kFolder / name).string();
  }
  static Json json_of(const std::string& name) { return parse_json(read_file(path(name))); }

  /// What the program prints.
  static std::string run(std::vector<std::string> words) {
    words.emplace_back("--quiet");
    const Outcome outcome = recombine(words);
    EXPECT_EQ(outcome.code, kDone) << outcome.error;
    EXPECT_EQ(outcome.error, "");
    return outcome.out;
  }
};

TEST_F(ContractKeys, AreInAManifest) {
  for (const char* set : {"grids", "world/train", "world/test_ood"}) {
    const Json json = json_of(std::string(set) + "/manifest.json");
    expect_keys(
        json, {"/schema", "/family", "/count", "/digest", "/recipe", "/tool/version", "/tool/git"});
    EXPECT_EQ(json.at("schema"), "recombine.dataset/1");
    EXPECT_EQ(json.at("digest").get<std::string>().substr(0, 7), "sha256:");
    std::uint64_t count = 0;
    for (const Json& shard : json.at("shards")) {
      expect_keys(shard, {"/file", "/count", "/bytes", "/checksum"});
      const fs::path file = fs::path(path(set)) / shard.at("file").get<std::string>();
      EXPECT_EQ(shard.at("bytes"), fs::file_size(file)) << file;
      count += shard.at("count").get<std::uint64_t>();
    }
    EXPECT_EQ(json.at("count"), count) << set;
  }
  EXPECT_EQ(json_of("grids/manifest.json").at("shards").size(), 2U);
}

TEST_F(ContractKeys, AreInPredictions) {
  for (const std::string name : {"grids", "facts"}) {
    const std::vector<std::string> lines = split_text(read_file(path(name + ".jsonl")), '\n');
    ASSERT_FALSE(lines.empty());
    const Json first = parse_json(lines.front());
    expect_keys(first, {"/item", "/query", "/output", "/invalid", "/log_probability"});
    for (const std::string& line : lines) {
      const Json row = parse_json(line);
      EXPECT_EQ(row.size(), first.size()) << line;
      for (const auto& key : first.items()) EXPECT_TRUE(row.contains(key.key())) << line;
    }
    const Json meta = json_of(name + ".meta.json");
    expect_keys(meta, {"/predictor/kind", "/predictor/name", "/data_digest", "/planned"});
    EXPECT_EQ(meta.at("schema"), "recombine.predictions/1");
  }
}

TEST_F(ContractKeys, AreInAReport) {
  const auto report_of = [](const std::string& data, const std::string& name) {
    return parse_json(
        run({"evaluate", "--data", path(data), "--predictions", path(name), "--json"}));
  };
  for (const Json& json : {report_of("grids", "grids.jsonl"), report_of("world", "facts.jsonl")}) {
    expect_keys(json, {"/predictor/kind", "/predictor/name", "/data_digest", "/family"});
    EXPECT_EQ(json.at("schema"), "recombine.report/1");
    for (const Json& split : json.at("splits")) {
      expect_keys(split, {"/planned", "/answered", "/invalid", "/missing", "/by"});
      expect_interval(split, "/exact");
      expect_interval(split, "/exact_of_valid");
      for (const char* figure : {"/color", "/shape"}) {
        if (json.at("family") == "grids") expect_interval(split, figure);
      }
      for (const char* figure : {"/bridge", "/answer"}) {
        if (json.at("family") == "facts") expect_interval(split, figure);
      }
    }
  }
}

TEST_F(ContractKeys, AreInWhatVerbsPrint) {
  const Json verified = parse_json(run({"verify", path("grids"), "--json"}));
  EXPECT_EQ(verified.at("ok"), true);
  EXPECT_GE(verified.at("checks").size(), 3U);
  for (const Json& check : verified.at("checks")) expect_keys(check, {"/name", "/ok", "/detail"});
  const Json counted = parse_json(run({"stats", path("grids"), "--json"}));
  EXPECT_EQ(counted.at("count"), 12);
  expect_keys(counted, {"/factors/triplet"});
}

TEST_F(ContractKeys, AreInABenchmark) {
  const std::array<VerbEntry, 1> verbs = {
      {{"bench", "", "", "", [] {
          return make_bench_verb({{"work", "", [](const BenchOptions&) {
                                     return std::vector<Measurement>{
                                         {"work/plainly", 2, "items per second", "", 1},
                                         {"work", 5, "items per second", "work/plainly", 2.5}};
                                   }}});
        }}}};
  const Outcome outcome = recombine({"bench", "--json"}, verbs);
  ASSERT_EQ(outcome.code, kDone) << outcome.error;
  const Json json = parse_json(outcome.out);
  ASSERT_EQ(json.at("benchmarks").size(), 2U);
  for (const Json& row : json.at("benchmarks")) {
    expect_keys(row, {"/name", "/value", "/unit", "/base", "/ratio"});
    EXPECT_EQ(row.at("base"), "work/plainly");
  }
  EXPECT_EQ(json.at("benchmarks").at(1).at("ratio"), 2.5);
}

}  // namespace
}  // namespace recombine

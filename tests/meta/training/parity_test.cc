// recombine parity as a person types it: the first program hands over to the one with LibTorch.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/safetensors.h"
#include "tests/data/contract_keys.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// What a process returns and prints.
struct Ended {
  int code = -1;
  std::string out;
};

Ended parity_of(const fs::path& file, const std::string& options = "") {
  const fs::path program = fs::path(build_folder()) / "bin" / "recombine";
  const std::string command =
      cat("'", program.string(), "' parity '", file.string(), "' ", options, " 2>&1");
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  Ended ended;
  if (pipe == nullptr) return ended;
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) {
    ended.out += static_cast<char>(byte);
  }
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  return ended;
}

fs::path golden_file() { return fs::path(source_folder()) / "tests/golden/gpt_small.safetensors"; }

TEST(Parity, IsThatOfTheGoldenFile) {
  const Ended ended = parity_of(golden_file());
  EXPECT_EQ(ended.code, 0) << ended.out;
  EXPECT_THAT(ended.out, HasSubstr("ok      "));
  EXPECT_THAT(ended.out, Not(HasSubstr("FAILED")));
  const Ended json = parity_of(golden_file(), "--json");
  EXPECT_EQ(json.code, 0) << json.out;
  EXPECT_EQ(parse_json(json.out).at("ok"), true);
  for (const Json& check : parse_json(json.out).at("checks")) {
    expect_keys(check, {"/name", "/ok", "/detail"});
  }
}

TEST(Parity, IsNotThatOfAChangedFile) {
  const TemporaryFolder folder;
  SafeTensors golden = read_safetensors(golden_file());
  std::string& bytes = golden.tensors.at("out.logits").bytes;
  float number = 0;
  std::memcpy(&number, bytes.data(), sizeof(number));
  number += 0.01F;
  std::memcpy(bytes.data(), &number, sizeof(number));
  write_safetensors(folder / "changed.safetensors", golden);
  const Ended ended = parity_of(folder / "changed.safetensors");
  EXPECT_EQ(ended.code, 1) << ended.out;
  EXPECT_THAT(ended.out, HasSubstr("FAILED"));
  const Ended json = parity_of(folder / "changed.safetensors", "--json");
  EXPECT_EQ(json.code, 1) << json.out;
  EXPECT_EQ(parse_json(json.out).at("ok"), false);
}

TEST(Parity, IsNotAskedOfAFileThatIsNotThere) {
  const TemporaryFolder folder;
  const Ended ended = parity_of(folder / "none.safetensors");
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.out, testing::StartsWith("recombine parity: "));
  EXPECT_EQ(std::ranges::count(ended.out, '\n'), 1) << ended.out;
}

}  // namespace
}  // namespace recombine

// Checkpoints that a disk or a stranger damaged: read, or refused with one line (what the fuzzer
// does for parsers that need no LibTorch).

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "models/checkpoint.h"
#include "tests/data/temporary_folder.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/reseal.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {

constexpr std::uint64_t kDamages = 200;  ///< of each file

class DamagedCheckpoint : public testing::TestWithParam<const char*> {
 protected:
  DamagedCheckpoint() {
    model_->loss(tiny_batch()).backward();
    optimiser_->step(1);
    save_checkpoint(folder_, *model_, *optimiser_, {{"step", 7}, {"best", {{"step", 5}}}});
  }

  /// What is neither read nor refused throws.
  void load(const std::string& bytes) const {
    write_file(folder_ / GetParam(), bytes);
    try {
      load_checkpoint(folder_, *model_, optimiser_.get());
    } catch (const DataError& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  }

  TemporaryFolder run_;
  std::filesystem::path folder_ = run_ / "step-7";
  std::shared_ptr<GridModel> model_ = make_grid_model(tiny_config(), kTinyShape, 1);
  std::unique_ptr<Optimiser> optimiser_ = make_optimiser(model_->weights(), {.name = "muon"});
};

TEST_P(DamagedCheckpoint, IsReadOrRefused) {
  const std::string sound = read_file(folder_ / GetParam());
  const bool sealed = std::string_view(GetParam()).ends_with(".safetensors");
  const std::vector<std::string> others = {read_file(folder_ / "state.json")};
  load("");
  for (std::uint64_t number = 0; number < kDamages; ++number) {
    const std::string bytes = mutated(sound, others, number);
    ASSERT_NO_THROW(load(bytes)) << number;
    if (sealed) {
      ASSERT_NO_THROW(load(reseal_safetensors(bytes))) << number;
    }
  }
  ASSERT_NO_THROW(load(std::string(300, '[') + std::string(300, ']')));
}

TEST_P(DamagedCheckpoint, IsRefusedWhereverItIsCut) {
  const std::string sound = read_file(folder_ / GetParam());
  for (std::size_t size = 0; size + 1 < sound.size(); size += 1 + sound.size() / 100) {
    write_file(folder_ / GetParam(), sound.substr(0, size));
    EXPECT_THROW(load_checkpoint(folder_, *model_, optimiser_.get()), DataError) << size;
  }
}

std::string name_of_file(const testing::TestParamInfo<const char*>& file) {
  const std::string name = file.param;
  return name.substr(0, name.find('.'));
}

INSTANTIATE_TEST_SUITE_P(EachFile,
                         DamagedCheckpoint,
                         testing::Values("model.safetensors",
                                         "optimizer.safetensors",
                                         "state.json"),
                         name_of_file);

}  // namespace
}  // namespace recombine

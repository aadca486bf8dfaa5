#include "models/checkpoint.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/safetensors.h"
#include "tests/data/temporary_folder.h"
#include "tests/models/fixtures.h"

namespace recombine {
namespace {
namespace fs = std::filesystem;

class Checkpoint : public testing::Test {
 protected:
  Checkpoint()
      : model_(make_grid_model(tiny_config(), kTinyShape, 1)),
        optimiser_(make_optimiser(model_->weights(), {.name = "muon"})) {
    model_->loss(tiny_batch()).backward();
    optimiser_->step(1);
    save_checkpoint(folder_, *model_, *optimiser_, {{"step", 7}});
  }

  /// Changes the model file and tells what loading it then complains about.
  std::string complaint_after(const std::function<void(SafeTensors&)>& change) const {
    SafeTensors content = read_safetensors(folder_ / "model.safetensors");
    change(content);
    write_safetensors(folder_ / "model.safetensors", content);
    try {
      load_checkpoint(folder_, *make_grid_model(tiny_config(), kTinyShape, 2), nullptr);
    } catch (const DataError& error) {
      return error.what();
    }
    return "none";
  }

  TemporaryFolder run_;
  fs::path folder_ = run_ / "step-7";
  std::shared_ptr<GridModel> model_;
  std::unique_ptr<Optimiser> optimiser_;
};

TEST_F(Checkpoint, BringsBackWeightsOptimiserAndState) {
  const auto other = make_grid_model(tiny_config(), kTinyShape, 2);
  const auto optimiser = make_optimiser(other->weights(), {.name = "muon"});
  EXPECT_EQ(load_checkpoint(folder_, *other, optimiser.get()), (Json{{"step", 7}}));
  for (std::size_t i = 0; i < other->parameters().size(); ++i) {
    EXPECT_TRUE(torch::equal(other->parameters()[i], model_->parameters()[i])) << i;
  }
  for (const auto& [name, tensor] : optimiser_->state()) {
    EXPECT_TRUE(torch::equal(optimiser->state().at(name), tensor)) << name;
  }
}

TEST_F(Checkpoint, LeavesNothingBesideItself) {
  save_checkpoint(folder_, *model_, *optimiser_, {{"step", 8}});
  EXPECT_EQ(load_checkpoint(folder_, *model_, nullptr).at("step"), 8);
  EXPECT_EQ(std::distance(fs::directory_iterator(run_.path()), fs::directory_iterator()), 1);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 3);
}

TEST_F(Checkpoint, SaysWhatModelItIs) {
  const auto metadata = read_safetensors(folder_ / "model.safetensors").metadata;
  EXPECT_EQ(metadata.at("format"), "pt");
  const Json config = Json::parse(metadata.at("config"));
  EXPECT_EQ(config.at("name"), "fast");
  EXPECT_EQ(config.at("width"), "16");
  EXPECT_EQ(config.at("side"), "4");
}

TEST_F(Checkpoint, NamesTheTensorThatIsMissing) {
  EXPECT_THAT(complaint_after([](SafeTensors& content) { content.tensors.erase("head.bias"); }),
              testing::EndsWith("model.safetensors: tensor 'head.bias' is missing"));
}

TEST_F(Checkpoint, NamesTheTensorThatIsLeftOver) {
  EXPECT_THAT(complaint_after([](SafeTensors& content) {
                content.tensors["tail"] = {"F32", {0}, ""};
              }),
              testing::HasSubstr("tensor 'tail' is none of this model's"));
}

TEST_F(Checkpoint, NamesTheTensorOfAnotherShape) {
  EXPECT_THAT(complaint_after([](SafeTensors& content) {
                content.tensors["head.bias"].shape = {4, 10};
              }),
              testing::HasSubstr("tensor 'head.bias' is [4, 10]; this model needs [40]"));
}

TEST_F(Checkpoint, NamesTheTensorOfAnotherType) {
  EXPECT_THAT(
      complaint_after([](SafeTensors& content) { content.tensors["head.bias"].dtype = "I32"; }),
      testing::HasSubstr("tensor 'head.bias' is I32 and not F32"));
}

TEST_F(Checkpoint, ThatIsNotThereIsBadData) {
  EXPECT_THROW(load_checkpoint(folder_ / "none", *model_, nullptr), DataError);
}

TEST_F(Checkpoint, OfAnotherOptimiserIsBadData) {
  save_checkpoint(folder_, *model_, *make_optimiser(model_->weights(), {.name = "adamw"}), {});
  EXPECT_THROW(load_checkpoint(folder_, *model_, optimiser_.get()), DataError);
}

}  // namespace
}  // namespace recombine

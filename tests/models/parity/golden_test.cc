#include "models/parity/golden.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/safetensors.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

using testing::HasSubstr;

/// Made by a GPT-2 of PyTorch in float32, and by its nn.Transformer.
std::string golden_file() { return source_folder() + "/tests/golden/gpt_small.safetensors"; }
std::string carc_file() { return source_folder() + "/tests/golden/carc_small.safetensors"; }

bool all_ok(const std::vector<ParityRow>& rows) {
  return std::ranges::all_of(rows, &ParityRow::ok);
}

std::vector<ParityRow> parity_after(const std::function<void(SafeTensors&)>& change,
                                    const std::string& file = golden_file()) {
  const TemporaryFolder folder;
  SafeTensors content = read_safetensors(file);
  change(content);
  write_safetensors(folder / "changed.safetensors", content);
  return parity(folder / "changed.safetensors", torch::kCPU);
}

std::string complaint_after(const std::function<void(SafeTensors&)>& change,
                            const std::string& file = golden_file()) {
  try {
    parity_after(change, file);
  } catch (const DataError& error) {
    return error.what();
  }
  return "none";
}

void put_float(StoredTensor& tensor, std::size_t place, float value) {
  std::memcpy(tensor.bytes.data() + place * sizeof(float), &value, sizeof(float));
}

TEST(Parity, HoldsWithTheGoldenFile) {
  const std::vector<ParityRow> rows = parity(golden_file(), torch::kCPU);
  ASSERT_EQ(rows.size(), 8U);  // a layer, logits, a gradient, five losses
  for (const ParityRow& row : rows) EXPECT_TRUE(row.ok()) << row.name << " " << row.difference;
}

TEST(Parity, HoldsWithTheGoldenFileOfGrids) {
  const std::vector<ParityRow> rows = parity(carc_file(), torch::kCPU);
  ASSERT_EQ(rows.size(), 11U);  // logits, their best, four gradients, five losses
  for (const ParityRow& row : rows) EXPECT_TRUE(row.ok()) << row.name << " " << row.difference;
}

TEST(Parity, IsLostWhereOneWeightOfTheGridModelIsAnother) {
  for (const char* name : {"w.transformer.encoder.layers.0.linear1.bias",
                           "w.positional_encoding.col_embed", "w.out.weight"}) {
    EXPECT_FALSE(all_ok(parity_after(
        [&](SafeTensors& content) { put_float(content.tensors[name], 20, 1.5F); }, carc_file())))
        << name;
  }
}

TEST(Parity, RefusesGridsThatAreNone) {
  const auto spoilt = [](const char* tensor) {
    return complaint_after(
        [&](SafeTensors& content) {
          const std::int64_t end = 2;
          std::memcpy(content.tensors[tensor].bytes.data() + 3 * sizeof end, &end, sizeof end);
        },
        carc_file());
  };
  EXPECT_THAT(spoilt("in.source"), HasSubstr("in.source: is not the sequence of whole grids"));
  EXPECT_THAT(spoilt("in.target_in"), HasSubstr("in.target_in: is not the sequence"));
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata["study"] = "3"; }, carc_file()),
              HasSubstr("is [1, 130, 16] and not [1, 182, 16]"));
  EXPECT_THAT(
      complaint_after([](SafeTensors& c) { c.metadata["logits_sample"] = "all"; }, carc_file()),
      HasSubstr("'logits_sample' has no 'positions '"));
}

TEST(Parity, IsLostWhereOneWeightIsAnother) {
  EXPECT_FALSE(all_ok(parity_after([](SafeTensors& content) {
    put_float(content.tensors["w.blocks.1.fc.weight"], 100, 1.5F);
  })));
}

TEST(Parity, IsLostWhereALossIsAnother) {
  EXPECT_FALSE(all_ok(parity_after([](SafeTensors& content) {
    content.metadata["losses"] = "[4.13, 4.0555, 3.98, 3.9, 3.0]";
  })));
}

TEST(Parity, RefusesAFileWithoutATensor) {
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.tensors.erase("w.blocks.1.proj.bias"); }),
              HasSubstr("changed.safetensors: tensor 'w.blocks.1.proj.bias' is missing"));
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.tensors.erase("out.logits"); }),
              HasSubstr("'out.logits' is missing"));
}

TEST(Parity, RefusesATensorOfAnotherShape) {
  EXPECT_THAT(complaint_after([](SafeTensors& c) {
                c.tensors["w.wpe.weight"].shape = {5, 64};
              }),
              HasSubstr("tensor 'w.wpe.weight' is [5, 64] and not [10, 32]"));
}

TEST(Parity, RefusesATensorThatIsNoneOfTheModel) {
  EXPECT_THAT(
      complaint_after([](SafeTensors& c) { c.tensors["w.more"] = c.tensors["w.ln_f.bias"]; }),
      HasSubstr("tensor 'w.more' is none of the model"));
}

TEST(Parity, RefusesNumbersThatAreNone) {
  EXPECT_THAT(complaint_after([](SafeTensors& c) {
                put_float(c.tensors["w.ln_f.weight"], 3, std::numeric_limits<float>::quiet_NaN());
              }),
              HasSubstr("tensor 'w.ln_f.weight' holds numbers that are not finite"));
}

TEST(Parity, RefusesMetadataThatSaysNothing) {
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata.erase("positions"); }),
              HasSubstr("neither 'encoder_layers' nor 'positions'"));
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata["heads"] = "four"; }),
              HasSubstr("'heads' is 'four' and not a number"));
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata.erase("lr"); }),
              HasSubstr("has no 'lr'"));
}

TEST(Parity, RefusesSizesThatAreNotThoseOfTheTensors) {
  // Before a model of that size is made: none of these would fit into memory.
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata["vocab"] = "1000000"; }),
              HasSubstr("tensor 'w.wte.weight' is"));
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata["layers"] = "1000"; }),
              HasSubstr("tensor 'w.blocks.2."));
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata["layers"] = "1e300"; }),
              HasSubstr("'layers' is '1e300' and not a whole number"));
  EXPECT_THAT(complaint_after([](SafeTensors& c) { c.metadata["study"] = "1000000"; }, carc_file()),
              HasSubstr("tensor 'w."));
}

TEST(Parity, RefusesAFileThatIsCutOff) {
  const TemporaryFolder folder;
  const std::string bytes = read_file(golden_file());
  write_file(folder / "cut.safetensors", bytes.substr(0, bytes.size() - 100));
  try {
    parity(folder / "cut.safetensors", torch::kCPU);
    ADD_FAILURE() << "read";
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("cut.safetensors"));
  }
}

TEST(ParityRow, IsNotOkForWhatIsNoNumber) {
  EXPECT_FALSE((ParityRow{"x", std::numeric_limits<double>::quiet_NaN(), 1}).ok());
  EXPECT_FALSE(compare_tensors("x", torch::zeros({2}), torch::zeros({3}), 1).ok());
}

}  // namespace
}  // namespace recombine

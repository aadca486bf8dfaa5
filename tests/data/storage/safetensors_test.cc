#include "data/storage/safetensors.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

SafeTensors example() {
  SafeTensors content;
  content.tensors["bytes"] = {"U8", {3}, std::string("\1\2\3", 3)};
  content.tensors["matrix"] = {"F32", {1, 2}, std::string("\0\0\200?\0\0\0@", 8)};
  content.tensors["empty"] = {"F32", {0, 4}, ""};
  content.metadata["format"] = "pt";
  return content;
}

/// A file with this header, as it stands, and this data.
std::string file_of(const std::string& header, const std::string& data) {
  std::string bytes(8, '\0');
  bytes[0] = static_cast<char>(header.size());
  return bytes + header + data;
}

/// What decoding complains about; empty where it does not.
std::string complaint(const std::string& bytes) {
  try {
    decode_safetensors(bytes);
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

TEST(Safetensors, ComeBackAsTheyWere) {
  EXPECT_EQ(decode_safetensors(encode_safetensors(example())), example());
}

TEST(Safetensors, StandInTheFileByElementSizeThenName) {
  const std::string bytes = encode_safetensors(example());
  const std::string header = R"({"__metadata__":{"format":"pt"},)"
                             R"("empty":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]},)"
                             R"("matrix":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
                             R"("bytes":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}})";
  const std::size_t padded = (header.size() + 7) / 8 * 8;
  EXPECT_EQ(static_cast<unsigned char>(bytes[0]), padded);
  EXPECT_EQ(bytes.substr(8, padded), header + std::string(padded - header.size(), ' '));
  EXPECT_EQ(bytes.substr(8 + padded), std::string("\0\0\200?\0\0\0@\1\2\3", 11));
}

TEST(Safetensors, AreRefusedWhenCutAnywhere) {
  const std::string bytes = encode_safetensors(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_NE(complaint(bytes.substr(0, size)), "") << "cut to " << size << " bytes";
  }
  EXPECT_THAT(complaint(bytes + "x"), testing::HasSubstr("after its last tensor"));
}

TEST(Safetensors, AreRefusedWithOverlapsAndHoles) {
  const auto two = [](const char* offsets) {
    return file_of(std::string(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)") +
                       R"("b":{"dtype":"U8","shape":[2],"data_offsets":)" + offsets + "}}",
                   "abcd");
  };
  EXPECT_EQ(complaint(two("[2,4]")), "");
  EXPECT_THAT(complaint(two("[1,3]")), testing::HasSubstr("tensor 'b' begins at 1"));
  EXPECT_THAT(complaint(two("[3,5]")), testing::HasSubstr("tensor 'b' begins at 3"));
}

TEST(Safetensors, AreRefusedWhenSizesDoNotFit) {
  const auto one = [](const char* rest) {
    return file_of(std::string(R"({"a":{"dtype":)") + rest + "}}", "abcd");
  };
  EXPECT_EQ(complaint(one(R"("F32","shape":[1],"data_offsets":[0,4])")), "");
  EXPECT_THAT(complaint(one(R"("F32","shape":[2],"data_offsets":[0,4])")),
              testing::HasSubstr("takes 4 bytes; its shape needs 8"));
  EXPECT_THAT(complaint(one(R"("F99","shape":[1],"data_offsets":[0,4])")),
              testing::HasSubstr("unknown type F99"));
  EXPECT_THAT(complaint(one(R"("F32","shape":[-1],"data_offsets":[0,4])")),
              testing::HasSubstr("impossible shape"));
  EXPECT_THAT(complaint(one(R"("F32","shape":[4294967296,4294967296],"data_offsets":[0,4])")),
              testing::HasSubstr("impossible shape"));
  EXPECT_THAT(complaint(one(R"("F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0])")),
              testing::HasSubstr("impossible shape"));
  for (const char* shape : {"[1.5]", "[1e300]", "[18446744073709551615]", R"(["1"])"}) {
    const std::string entry = std::string(R"("F32","shape":)") + shape + R"(,"data_offsets":[0,4])";
    EXPECT_THAT(complaint(one(entry.c_str())), testing::HasSubstr("damaged header")) << shape;
  }
  EXPECT_THAT(complaint(one(R"("F32","shape":[1])")), testing::HasSubstr("damaged header"));
}

TEST(Safetensors, AreRefusedWithANameTwice) {
  const std::string entry = R"("a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
  EXPECT_EQ(complaint(file_of("{" + entry + "}", "")), "");
  EXPECT_THAT(complaint(file_of("{" + entry + "," + entry + "}", "")),
              testing::HasSubstr("a name twice"));
}

TEST(Safetensors, AreRefusedWithAHeaderThatIsNone) {
  EXPECT_THAT(complaint(file_of("[]", "")), testing::HasSubstr("does not begin with {"));
  EXPECT_THAT(complaint(file_of("{\"a\":", "")), testing::HasSubstr("damaged header"));
  EXPECT_THAT(complaint(file_of("{\"a\":" + std::string(201, '['), "")),
              testing::HasSubstr("header is nested deeper than 200 levels"));
  EXPECT_THAT(complaint(std::string(64, '\377')), testing::HasSubstr("not a safetensors file"));
}

TEST(Safetensors, NameTheFileThatIsBad) {
  const TemporaryFolder folder;
  const std::string file = folder / "bad.safetensors";
  write_file(file, "no");
  EXPECT_THAT([&] { read_safetensors(file); },
              testing::ThrowsMessage<DataError>(testing::StartsWith(file + ": is cut off")));
}

}  // namespace
}  // namespace recombine

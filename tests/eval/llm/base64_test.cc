#include "eval/llm/base64.h"

#include <gtest/gtest.h>

namespace recombine {
namespace {

// RFC 4648, section 10.
TEST(Base64, EncodesTheTextsOfItsStandard) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, EncodesEveryByte) {
  EXPECT_EQ(base64(std::string("\0\xff\xfe", 3)), "AP/+");
  EXPECT_EQ(base64(std::string(1000, '\xff')).size(), 1336U);
}

}  // namespace
}  // namespace recombine

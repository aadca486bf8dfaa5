#include "data/json_words.h"

#include <stdexcept>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"

namespace recombine {
namespace {

/// What is said of the error that reading throws.
template <class Read>
std::string said(Read read) {
  try {
    read();
  } catch (const std::exception& error) {
    return json_words(error);
  }
  return "nothing was thrown";
}

TEST(JsonWords, NameTheKeyThatIsMissing) {
  const Json object = {{"seed", 7}};
  EXPECT_EQ(said([&] { object.at("version"); }), "no \"version\"");
  EXPECT_EQ(said([&] { object.at(""); }), "no \"\"");
}

TEST(JsonWords, AreWithoutTheNumberOfTheError) {
  const Json text = "seven";
  EXPECT_EQ(said([&] { text.get<int>(); }), "type must be number, but is string");
  EXPECT_EQ(said([&] { whole<std::uint64_t>(text); }),
            "must be a whole number from 0, and is string");
  const std::string cut = said([] { parse_json("{"); });
  EXPECT_EQ(cut.rfind("parse error", 0), 0U) << cut;
}

TEST(JsonWords, LeaveOtherErrorsAsTheyAre) {
  EXPECT_EQ(said([] { throw DataError("[json] is no key 'x' not found"); }),
            "[json] is no key 'x' not found");
}

}  // namespace
}  // namespace recombine

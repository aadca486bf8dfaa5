// What is read out of the files that come back.

#include "eval/llm/answers/response_set.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kDeep = 300000;  // deeper than a stack is long

std::string nested() { return std::string(kDeep, '[') + std::string(kDeep, ']'); }

/// A row of Anthropic's results.
Json row_of(const std::string& id) {
  const Json words = {{"type", "text"}, {"text", "output: 1"}};
  const Json message = {{"content", Json::array({words})}, {"stop_reason", "end_turn"}};
  return {{"custom_id", id}, {"result", {{"type", "succeeded"}, {"message", message}}}};
}

class ResponseFiles : public testing::Test {
 protected:
  ResponseFiles() {
    std::filesystem::create_directories(folder_ / "p");
    for (const char* id : {"a", "b"}) plan_.requests.push_back({id, id, 0, 0});
  }

  ResponseSet read(const std::string& text) {
    write_file(folder_ / "r.json", text);
    ResponseSet responses(plan_, folder_ / "p",
                          [&](const std::string& line) { notes_.push_back(line); });
    const bool any = responses.read(folder_ / "r.json");
    EXPECT_EQ(any, responses.counts().rows > 0);
    return responses;
  }

  TemporaryFolder folder_;
  PromptPlan plan_;
  std::vector<std::string> notes_;
};

TEST_F(ResponseFiles, MayBeOneRowOverManyLines) {
  const ResponseSet responses = read(row_of("a").dump(2) + "\n");
  ASSERT_NE(responses.find("a"), nullptr);
  EXPECT_EQ(responses.find("a")->text, "output: 1");
  EXPECT_EQ(responses.counts().rows, 1U);
  EXPECT_EQ(responses.counts().damaged, 0U);
  EXPECT_THAT(notes_, ElementsAre());
}

TEST_F(ResponseFiles, MayBeAListOverManyLines) {
  const ResponseSet responses = read(Json::array({row_of("a"), row_of("b")}).dump(2));
  EXPECT_EQ(responses.counts().rows, 2U);
}

TEST_F(ResponseFiles, AreReadByLinesWhereTheFirstIsCut) {
  const ResponseSet responses = read("{\"custom_id\": \"b\n" + row_of("a").dump() + "\n");
  EXPECT_EQ(responses.counts().rows, 1U);
  EXPECT_EQ(responses.counts().damaged, 1U);
}

TEST_F(ResponseFiles, SayThatOneRowIsOfNobody) {
  EXPECT_EQ(read(Json{{"one", 1}, {"two", 2}}.dump(2)).counts().rows, 0U);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("is a row of none of the known providers")));
}

TEST_F(ResponseFiles, LeaveOutRowsThatAreNestedTooDeep) {
  const ResponseSet responses =
      read("{\"custom_id\":" + nested() + ",\"response\":null}\n" + row_of("a").dump() + "\n");
  EXPECT_EQ(responses.counts().rows, 1U);
  EXPECT_EQ(responses.counts().damaged, 1U);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json:1: is nested deeper than 200 levels")));
}

TEST_F(ResponseFiles, AreRefusedWhereTheWholeIsNestedTooDeep) {
  EXPECT_EQ(read("{\"custom_id\":\n" + nested() + ",\"response\":null}\n").counts().rows, 0U);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json:1: is not JSON"),
                                  HasSubstr("r.json:2: is nested deeper than 200 levels")));
}

using ResponseFilesDeathTest = ResponseFiles;

TEST_F(ResponseFilesDeathTest, StopBeingReadWhereThatIsInterrupted) {
  const auto work = [&] {
    catch_interrupts();
    std::raise(SIGINT);
    try {
      read(row_of("a").dump() + "\n");
    } catch (const Interrupted& error) {
      std::fputs(error.what(), stderr);
      std::exit(7);
    }
    std::exit(0);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "nothing was written; run it again");
}

}  // namespace
}  // namespace recombine

// What is read out of the files that come back.

#include "eval/llm/answers/response_book.h"

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

class ResponseBookFiles : public testing::Test {
 protected:
  ResponseBookFiles() {
    std::filesystem::create_directories(folder_ / "p");
    for (const char* id : {"a", "b"}) plan_.requests.push_back({id, id, 0, 0});
  }

  ResponseBook read(const std::string& text) {
    write_file(folder_ / "r.json", text);
    ResponseBook book(plan_, folder_ / "p",
                      [&](const std::string& line) { notes_.push_back(line); });
    const bool any = book.read(folder_ / "r.json");
    EXPECT_EQ(any, book.counts().rows > 0);
    return book;
  }

  TemporaryFolder folder_;
  PromptPlan plan_;
  std::vector<std::string> notes_;
};

TEST_F(ResponseBookFiles, MayBeOneRowOverManyLines) {
  const ResponseBook book = read(row_of("a").dump(2) + "\n");
  ASSERT_NE(book.find("a"), nullptr);
  EXPECT_EQ(book.find("a")->text, "output: 1");
  EXPECT_EQ(book.counts().rows, 1U);
  EXPECT_EQ(book.counts().damaged, 0U);
  EXPECT_THAT(notes_, ElementsAre());
}

TEST_F(ResponseBookFiles, MayBeAListOverManyLines) {
  const ResponseBook book = read(Json::array({row_of("a"), row_of("b")}).dump(2));
  EXPECT_EQ(book.counts().rows, 2U);
}

TEST_F(ResponseBookFiles, AreReadByLinesWhereTheFirstIsCut) {
  const ResponseBook book = read("{\"custom_id\": \"b\n" + row_of("a").dump() + "\n");
  EXPECT_EQ(book.counts().rows, 1U);
  EXPECT_EQ(book.counts().damaged, 1U);
}

TEST_F(ResponseBookFiles, SayThatOneRowIsOfNobody) {
  EXPECT_EQ(read(Json{{"one", 1}, {"two", 2}}.dump(2)).counts().rows, 0U);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("is a row of none of the known providers")));
}

TEST_F(ResponseBookFiles, LeaveOutRowsThatAreNestedTooDeep) {
  const ResponseBook book =
      read("{\"custom_id\":" + nested() + ",\"response\":null}\n" + row_of("a").dump() + "\n");
  EXPECT_EQ(book.counts().rows, 1U);
  EXPECT_EQ(book.counts().damaged, 1U);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json:1: is nested deeper than 200 levels")));
}

TEST_F(ResponseBookFiles, AreRefusedWhereTheWholeIsNestedTooDeep) {
  EXPECT_EQ(read("{\"custom_id\":\n" + nested() + ",\"response\":null}\n").counts().rows, 0U);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json:1: is not JSON"),
                                  HasSubstr("r.json:2: is nested deeper than 200 levels")));
}

using ResponseBookFilesDeathTest = ResponseBookFiles;

TEST_F(ResponseBookFilesDeathTest, StopBeingReadWhereThatIsInterrupted) {
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

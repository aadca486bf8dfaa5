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
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json:1: ends inside a value"),
                                  HasSubstr("r.json:2: is nested deeper than 200 levels")));
}

TEST_F(ResponseFiles, MayHoldHalvesOfCharactersAndNumbersThatJsonHasNot) {
  Json row = row_of("a");
  row["logprobs"] = "@";
  std::string text = row.dump();
  text.replace(text.find("\"@\""), 3, "[NaN, -Infinity]");
  text.replace(text.find("output: 1"), 9, "hi \\ud83d output: 1\xe9");
  const ResponseSet responses = read(text + "\n" + row_of("b").dump() + "\n");
  ASSERT_NE(responses.find("a"), nullptr);
  EXPECT_EQ(responses.find("a")->text, "hi \ufffd output: 1\ufffd");
  EXPECT_EQ(responses.counts().mends, (JsonMends{1, 1, 2, 0}));
  EXPECT_EQ(responses.counts().rows, 2U);
  EXPECT_THAT(notes_, ElementsAre());
}

TEST_F(ResponseFiles, MayBeUtf16WithoutAMark) {
  std::string wide;
  for (const char c : row_of("a").dump() + "\r\n\r\n" + row_of("b").dump()) wide += {c, '\0'};
  EXPECT_EQ(read(wide).counts().rows, 2U);
  EXPECT_THAT(notes_, ElementsAre());
}

TEST_F(ResponseFiles, MayBeValuesOneAfterTheOtherOverManyLines) {
  const std::string rows = row_of("a").dump(1) + "\n" + row_of("b").dump(1) + "\n";
  const ResponseSet responses = read(rows + row_of("a").dump(1).substr(0, 40));
  EXPECT_EQ(responses.counts().rows, 2U);
  EXPECT_EQ(responses.counts().damaged, 1U);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json: value 3: ends inside a value")));
}

TEST_F(ResponseFiles, MayBeAListThatIsCut) {
  for (const int indent : {-1, 0, 2}) {
    notes_.clear();
    const std::string list = Json::array({row_of("a"), row_of("b"), row_of("a")}).dump(indent);
    const ResponseSet responses = read(list.substr(0, list.size() - 30));
    EXPECT_EQ(responses.counts().rows, 2U);
    EXPECT_EQ(responses.counts().damaged, 1U);
    EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json: value 3: ends inside a value")));
  }
}

TEST_F(ResponseFiles, SayWhatIsWrongWithALineThatIsNotCut) {
  const std::string good = row_of("a").dump() + "\n";
  read(good + "{'custom_id': 'b'}\n" + good + row_of("b").dump() + "," + row_of("b").dump() + "\n");
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("r.json:2: is not JSON from byte 2 on: 'custom_id'"),
                                  HasSubstr("r.json:4: is not JSON from byte")));
}

TEST_F(ResponseFiles, AreNoArchives) {
  EXPECT_THROW(read(std::string("PK\x03\x04") + row_of("a").dump()), DataError);
}

TEST_F(ResponseFiles, MayBeTextsInAnyEncodingBesideHiddenFiles) {
  const auto folder = folder_ / "answers";
  std::filesystem::create_directories(folder);
  write_file(folder / "a.txt", std::string("\xff\xfe") + std::string("o\0k\0", 4));
  write_file(folder / "b.txt", "caf\xe9");
  write_file(folder / "._a.txt", "x");
  write_file(folder / "Thumbs.db", "x");
  write_file(folder / ".DS_Store", std::string("\0\1", 2));
  ResponseSet responses(plan_, folder_ / "p",
                        [&](const std::string& line) { notes_.push_back(line); });
  EXPECT_TRUE(responses.read(folder));
  EXPECT_EQ(responses.find("a")->text, "ok");
  EXPECT_EQ(responses.find("b")->text, "caf\ufffd");
  EXPECT_EQ(responses.counts().mends.bytes, 1U);
  EXPECT_THAT(notes_, ElementsAre());
}

TEST_F(ResponseFiles, NameTextsThatAreNone) {
  const auto folder = folder_ / "answers";
  std::filesystem::create_directories(folder);
  write_file(folder / "a.txt", std::string("out\0put: [[1]]", 14));
  ResponseSet responses(plan_, folder_ / "p",
                        [&](const std::string& line) { notes_.push_back(line); });
  EXPECT_FALSE(responses.read(folder));
  EXPECT_EQ(responses.find("a"), nullptr);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("a.txt: is no text: it holds zero bytes")));
}

TEST_F(ResponseFiles, TellRepeatsFromTheSameAnswerTwice) {
  const auto row = [](const char* id, const char* message, const char* text) {
    Json json = row_of(id);
    json["result"]["message"]["id"] = message;
    json["result"]["message"]["content"][0]["text"] = text;
    return json.dump() + "\n";
  };
  const ResponseSet responses =
      read(row("a", "m1", "x") + row("a", "m1", "x") + row("a", "m2", "x") + row("b", "m3", "x") +
           row("b", "m4", "y") + row("b", "m5", "z"));
  EXPECT_EQ(responses.find_all("a").size(), 2U);
  EXPECT_EQ(responses.find_all("b").size(), 3U);
  EXPECT_EQ(responses.find("b")->text, "x");
  EXPECT_EQ(responses.counts().repeated, 4U);
  EXPECT_EQ(responses.counts().contradicting, 1U);
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
      std::_Exit(7);
    }
    std::_Exit(0);
  };
  EXPECT_EXIT(work(), testing::ExitedWithCode(7), "nothing was written; run it again");
}

}  // namespace
}  // namespace recombine

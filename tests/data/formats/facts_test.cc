// Facts as JSON lines: our own, and those for the Hugging Face Hub.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/formats/hf/hf.h"
#include "data/formats/jsonl/jsonl.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "tests/data/facts_world.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

const FactVocabulary kWorld{"composition", 2000, 200, 0};

FactItem noisy_item() {
  FactItem item = composed(kWorld, {0, 162, 2}, {110, 73}, true, FactType::kTrainInferred);
  item.tokens[4] = 9;
  item.noisy = true;
  return item;
}

std::string line_of(const FactItem& item, const FactVocabulary& vocabulary) {
  std::string text;
  append_jsonl_line(text, item, vocabulary);
  return text;
}

TEST(JsonlOfFacts, SaysAllOfAnItem) {
  EXPECT_EQ(
      line_of(noisy_item(), kWorld),
      R"({"id": "e0.r110.r73", "type": "train_inferred", )"
      R"("question": ["<e_0>", "<r_110>", "<r_73>"], "answer": ["<e_162>", "<e_9>", "</a>"], )"
      R"("input_text": "<e_0><r_110><r_73>", )"
      R"("target_text": "<e_0><r_110><r_73><e_162><e_9></a>", )"
      R"("path": ["<e_0>", "<e_162>", "<e_2>"], "noisy": true, "vocabulary": )"
      R"({"task":"composition","entities":2000,"relations":200,"values":0}})"
      "\n");
}

TEST(JsonlOfFacts, LosesNothingOfAnyTask) {
  for (const SmallWorld& world : {composition_world(true), composition_world(false),
                                  comparison_world(false), comparison_world(true)}) {
    for (const auto& [name, items] : world.sets) {
      for (const FactItem& item : items) {
        const std::string line = line_of(item, world.vocabulary);
        ASSERT_EQ(jsonl_vocabulary(line), world.vocabulary);
        ASSERT_EQ(parse_jsonl_fact(line, world.vocabulary), item) << line;
      }
    }
  }
}

TEST(JsonlOfFacts, RefusesRowsThatAreNotOurs) {
  const Json good = Json::parse(line_of(noisy_item(), kWorld));
  const auto error_with = [&](const char* pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    return message_of<DataError>([&] { parse_jsonl_fact(bad.dump(), kWorld); });
  };
  EXPECT_THAT(error_with("/id", "e1.r2"), HasSubstr("the question gives \"e0.r110.r73\""));
  EXPECT_THAT(error_with("/type", "guess"), HasSubstr("type \"guess\" is none"));
  EXPECT_THAT(error_with("/question/1", "<r_200>"), HasSubstr("\"<r_200>\" is no token"));
  EXPECT_THAT(error_with("/answer", Json::array()), HasSubstr("no answer"));
  EXPECT_THAT(error_with("/path/1", "<r_1>"), HasSubstr("must be entities"));
  EXPECT_THAT(error_with("/noisy", "no"), HasSubstr("wrong kind"));
  EXPECT_THAT(error_with("/vocabulary/entities", 1999), HasSubstr("another vocabulary"));
  Json lacking = good;
  lacking.erase("path");
  EXPECT_THAT(message_of<DataError>([&] { parse_jsonl_fact(lacking.dump(), kWorld); }),
              HasSubstr("no \"path\""));
}

TEST(JsonlOfFacts, RefusesQuestionsAndAnswersWithoutAForm) {
  const Json good = Json::parse(line_of(noisy_item(), kWorld));
  const auto error_with = [&](const Json& question, const Json& answer, const char* id) {
    Json bad = good;
    bad["question"] = question;
    bad["answer"] = answer;
    bad["id"] = id;
    bad["path"] = Json::array();
    return message_of<DataError>([&] { parse_jsonl_fact(bad.dump(), kWorld); });
  };
  const Json answer = {"<e_2>", "</a>"};
  EXPECT_EQ(error_with({"<e_0>", "<r_1>"}, answer, "e0.r1"), "nothing thrown");
  const char* const no_form = "has the form of no item of the composition task";
  EXPECT_THAT(error_with({"<e_0>", "<e_1>"}, answer, "e0.e1"), HasSubstr(no_form));
  EXPECT_THAT(error_with(Json::array({"<r_1>"}), answer, "r1"), HasSubstr(no_form));
  EXPECT_THAT(error_with(Json::array({"</a>"}), answer, ""), HasSubstr(no_form));
  EXPECT_THAT(error_with({"<e_0>", "<r_1>"}, {"<e_2>", "<e_3>"}, "e0.r1"), HasSubstr(no_form));
}

TEST(JsonlOfFacts, ComesBackAsTheSameDataSet) {
  const TemporaryFolder work;
  write_world(composition_world(true), work / "world");
  ExportJob job;
  job.folder = work / "world/train";
  job.out = work / "train.jsonl";
  find_format("jsonl").export_data(job);
  ImportJob in;
  in.in = job.out;
  in.out = work / "again";
  find_format("jsonl").import_data(in);
  const Manifest again = read_manifest(in.out);
  EXPECT_EQ(again.family, "facts");
  EXPECT_EQ(again.recipe["family"], "facts");
  EXPECT_EQ(again.digest, read_manifest(job.folder).digest);
}

TEST(JsonlOfFacts, NamesTheLineOfABadRow) {
  const TemporaryFolder work;
  const std::string line = line_of(noisy_item(), kWorld);
  ImportJob in;
  in.in = work / "facts.jsonl";
  in.out = work / "set";
  write_file(in.in, line + line);
  EXPECT_THAT(message_of<DataError>([&] { find_format("jsonl").import_data(in); }),
              HasSubstr("facts.jsonl:2: id \"e0.r110.r73\" appears twice"));
  EXPECT_FALSE(std::filesystem::exists(in.out));
}

TEST(HfOfFacts, HasTheSameColumnsInEveryRow) {
  std::string full;
  append_hf_row(full, noisy_item(), kWorld);
  const Json row = Json::parse(full);
  EXPECT_EQ(row["question"], "<e_0> <r_110> <r_73>");
  EXPECT_EQ(row["answer"], "<e_162> <e_9> </a>");
  EXPECT_EQ(row["path"], "<e_0> <e_162> <e_2>");
  const SmallWorld comparison = comparison_world(false);
  std::string other;
  append_hf_row(other, comparison.sets.at("test_ood").front(), comparison.vocabulary);
  const Json second = Json::parse(other);
  ASSERT_EQ(row.size(), second.size());
  for (const auto& [key, value] : row.items()) EXPECT_EQ(value.type(), second[key].type()) << key;
}

TEST(HfOfFacts, CardIsOfFacts) {
  Manifest manifest;
  manifest.family = "facts";
  const std::string card = hf_card({{"train", 900}}, manifest);
  EXPECT_THAT(card, HasSubstr("pretty_name: Compositional questions over a world of facts"));
  EXPECT_THAT(card, HasSubstr("| split | items |"));
  EXPECT_THAT(card, Not(HasSubstr("grid")));
}

}  // namespace
}  // namespace recombine

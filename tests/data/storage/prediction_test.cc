#include "data/storage/prediction.h"

#include <iterator>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/compressed.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

PredictionMeta some_meta() {
  PredictionMeta meta;
  meta.predictor = {"model", "fast", 1234, {{"chosen_by", "val_id"}}};
  meta.data_digest = "sha256:00";
  meta.split = "test_ood";
  meta.planned = 3;
  return meta;
}

TEST(Predictions, ComeBackAsTheyWere) {
  const TemporaryFolder folder;
  PredictionWriter writer(folder / "p.jsonl", some_meta());
  writer.write({"e1", 0, Grid::parse("12/3", 5), "", "", -1.25, ""});
  writer.write({"e1", 1, std::nullopt, "", "no grid in the answer", std::nullopt, ""});
  writer.finish();
  const auto read = read_predictions(folder / "p.jsonl");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].output, Grid::parse("12/3", 5));
  EXPECT_EQ(read[0].log_probability, -1.25);
  EXPECT_FALSE(read[1].output.has_value());
  EXPECT_EQ(read[1].invalid, "no grid in the answer");
  const PredictionMeta meta = read_prediction_meta(folder / "p.jsonl");
  EXPECT_EQ(meta.predictor.parameters, 1234U);
  EXPECT_EQ(meta.predictor.details.at("chosen_by"), "val_id");
  EXPECT_EQ(meta.planned, 3U);
  EXPECT_TRUE(std::regex_match(meta.date, std::regex("20[0-9]{2}-[01][0-9]-[0-3][0-9]")))
      << meta.date;
}

TEST(Predictions, KeepTheDateThatTheyHave) {
  const TemporaryFolder folder;
  PredictionMeta meta = some_meta();
  meta.date = "2025-01-31";
  PredictionWriter(folder / "p.jsonl", meta).finish();
  EXPECT_EQ(read_prediction_meta(folder / "p.jsonl").date, "2025-01-31");
}

TEST(Predictions, HaveTheKeysOfTheContractInEveryRow) {
  const TemporaryFolder folder;
  PredictionWriter writer(folder / "p.jsonl", some_meta());
  writer.write({"e1", 0, Grid::parse("1", 2), "", "", std::nullopt, ""});
  writer.finish();
  EXPECT_EQ(read_file(folder / "p.jsonl"),
            "{\"item\":\"e1\",\"query\":0,\"output\":[[1,0],[0,0]],\"invalid\":null,\"log_"
            "probability\":null}\n");
  EXPECT_TRUE(std::filesystem::exists(folder / "p.meta.json"));
}

TEST(Predictions, OfFactsHaveWhatWasForcedInEveryRow) {
  const TemporaryFolder folder;
  PredictionMeta meta = some_meta();
  meta.family = "facts";
  PredictionWriter writer(folder / "p.jsonl", meta);
  Prediction prediction{"e1.r2", 0, std::nullopt, "<e_3></a>", "", std::nullopt, "<e_4></a>"};
  writer.write(prediction);
  prediction.forced.clear();
  writer.write(prediction);
  writer.finish();
  const std::string text = read_file(folder / "p.jsonl");
  EXPECT_TRUE(text.starts_with(R"({"item":"e1.r2","query":0,"output":"<e_3></a>",)"
                               R"("forced":"<e_4></a>","invalid":null,"log_probability":null})"))
      << text;
  EXPECT_THAT(text, HasSubstr(R"("forced":null)"));
  const auto read = read_predictions(folder / "p.jsonl");
  EXPECT_EQ(read.at(0).text, "<e_3></a>");
  EXPECT_EQ(read.at(0).forced, "<e_4></a>");
  EXPECT_EQ(read.at(1).forced, "");
  EXPECT_EQ(read_prediction_meta(folder / "p.jsonl").family, "facts");
}

TEST(Predictions, AreNotThereUntilFinished) {
  const TemporaryFolder folder;
  {
    PredictionWriter(folder / "p.jsonl", some_meta())
        .write({"e1", 0, std::nullopt, "", "cut", std::nullopt, ""});
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Predictions, NameFileAndLineOfWhatIsWrong) {
  const TemporaryFolder folder;
  const std::string good = "{\"item\":\"e1\",\"query\":0,\"output\":null,\"invalid\":null}\n";
  for (const std::string bad :
       {"{", "[]", "{\"item\":1}", R"({"item":"e","query":0,"output":[[1],[2]],"invalid":null})",
        R"({"item":"e","query":0,"output":[[12]],"invalid":null})"}) {
    write_file(folder / "p.jsonl", good + bad + "\n");
    EXPECT_THAT(message_of<DataError>([&] { read_predictions(folder / "p.jsonl"); }),
                HasSubstr("p.jsonl:2"))
        << bad;
  }
}

TEST(Predictions, WithoutTheFileBesideThemAreRefusedByName) {
  const TemporaryFolder folder;
  const auto said = [&] {
    return message_of<DataError>([&] { read_prediction_meta(folder / "p.jsonl"); });
  };
  EXPECT_THAT(said(), HasSubstr("p.jsonl: cannot be read (no such file)"));
  write_file(folder / "p.jsonl", "");
  EXPECT_THAT(said(), HasSubstr("p.jsonl: lacks p.meta.json beside it"));
  write_file(folder / "p.meta.json", "{}");
  EXPECT_THAT(said(), HasSubstr("p.meta.json: "));
}

TEST(Predictions, AreReadAsOtherProgramsWriteThem) {
  const TemporaryFolder folder;
  const auto read = [&](const std::string& bytes) {
    write_file(folder / "p.jsonl", bytes);
    return read_predictions(folder / "p.jsonl");
  };
  const std::string row = R"({"item": "e1", "query": 0, "output": [[3]], "invalid": null})";
  const std::vector<std::string> forms = {
      "\xef\xbb\xbf" + row + "\n", "\n\n" + row + "\n  \n", row + "\r\n\r\n",      row,
      gzip_of(row + "\n"),         zstd_of(row + "\n"),     utf16_of(row + "\r\n")};
  for (const std::string& bytes : forms) {
    const std::vector<Prediction> rows = read(bytes);
    ASSERT_EQ(rows.size(), 1U) << bytes;
    EXPECT_EQ(rows[0].output, Grid::parse("3", 1));
  }
  write_file(folder / "p.jsonl", "\n" + row + "\n\n{\n");
  EXPECT_THAT(message_of<DataError>([&] { read_predictions(folder / "p.jsonl"); }),
              HasSubstr("p.jsonl:4: "));
  PredictionWriter(folder / "q.jsonl", some_meta()).finish();
  write_file(folder / "q.meta.json", "\xef\xbb\xbf" + read_file(folder / "q.meta.json"));
  EXPECT_EQ(read_prediction_meta(folder / "q.jsonl").planned, some_meta().planned);
}

TEST(Predictions, HaveNoLogProbabilityThatIsNoNumber) {
  const TemporaryFolder folder;
  for (const char* form :
       {R"({"item":"e1","query":0,"output":[[3]],"invalid":null,"log_probability":)",
        R"({"log_probability": )"}) {
    for (const char* value : {"NaN", "-Infinity", "Infinity", "1e999", "-1e999", "nan", "null"}) {
      const bool first = std::string_view(form).starts_with(R"({"item)");
      const char* rest =
          first ? "}" : R"(, "item": "e1", "query": 0, "output": [[3]], "invalid": null})";
      write_file(folder / "p.jsonl", cat(form, value, rest, "\n"));
      const std::vector<Prediction> rows = read_predictions(folder / "p.jsonl");
      ASSERT_EQ(rows.size(), 1U) << value;
      EXPECT_EQ(rows[0].output, Grid::parse("3", 1)) << value;
      EXPECT_FALSE(rows[0].log_probability.has_value()) << value;
    }
  }
}

TEST(Predictions, RefuseNumbersThatAreNotWhole) {
  const TemporaryFolder folder;
  const auto refusal = [&](const char* query, const char* cell) {
    write_file(folder / "p.jsonl", cat(R"({"item":"e","query":)", query, R"(,"output":[[)", cell,
                                       R"(]],"invalid":null})", "\n"));
    return message_of<DataError>([&] { read_predictions(folder / "p.jsonl"); });
  };
  EXPECT_EQ(refusal("0", "9"), "nothing thrown");
  for (const char* cell : {"3.9", "0.0", "10", "-1", "\"1\"", "4294967297", "null"}) {
    EXPECT_THAT(refusal("0", cell), HasSubstr(cat("p.jsonl:1: a cell of output is ", cell)));
  }
  for (const char* query : {"0.9", "1.0", "-1", "4294967296", "\"0\"", "null"}) {
    EXPECT_THAT(refusal(query, "1"), HasSubstr(cat("p.jsonl:1: query is ", query)));
  }
}

TEST(Predictions, SayWhichValueIsOfAnotherType) {
  const TemporaryFolder folder;
  const auto refusal = [&](const char* key, const char* value) {
    Json row = {{"item", "e"}, {"query", 0}, {"output", nullptr}, {"invalid", nullptr}};
    row[key] = parse_json(value);
    write_file(folder / "p.jsonl", row.dump() + "\n");
    return message_of<DataError>([&] { read_predictions(folder / "p.jsonl"); });
  };
  const std::string place = (folder / "p.jsonl").string() + ":1: ";
  EXPECT_EQ(refusal("item", "5"), place + R"("item" must be a text; it is of JSON's type number)");
  EXPECT_EQ(refusal("output", "true"),
            place + R"("output" must be a grid, a text or null; it is of JSON's type boolean)");
  EXPECT_EQ(refusal("invalid", "[1]"),
            place + R"("invalid" must be a text or null; it is of JSON's type array)");
  EXPECT_EQ(refusal("forced", "{}"),
            place + R"("forced" must be a text or null; it is of JSON's type object)");
  EXPECT_EQ(refusal("log_probability", "\"-1\""),
            place + R"("log_probability" must be a number or null; it is of JSON's type string)");
  write_file(folder / "p.jsonl", "[]\n");
  EXPECT_EQ(message_of<DataError>([&] { read_predictions(folder / "p.jsonl"); }),
            place + "an object was expected, not JSON's type array");
  write_file(folder / "p.jsonl", "{\"item\":\"e\",\"query\":0,\"output\":null}\n");
  EXPECT_EQ(message_of<DataError>([&] { read_predictions(folder / "p.jsonl"); }),
            place + "no \"invalid\"");
}

TEST(Predictions, HaveAMetaOfTheirOwn) {
  EXPECT_EQ(meta_file("out/p.jsonl"), "out/p.meta.json");
  EXPECT_EQ(meta_file("out/p"), "out/p.meta.json");
  EXPECT_EQ(meta_file("p.v1"), "p.v1.meta.json");
  EXPECT_EQ(meta_file("p.v1.jsonl"), "p.v1.meta.json");
  EXPECT_EQ(meta_file("out/p.jsonl.gz"), "out/p.meta.json");
  EXPECT_EQ(meta_file("p.v1.jsonl.zst"), "p.v1.meta.json");
  EXPECT_EQ(meta_file("p.gz"), "p.gz.meta.json");
  EXPECT_EQ(file_beside("out.d/p.json", ".texts.jsonl"), "out.d/p.json.texts.jsonl");
  const TemporaryFolder folder;
  for (const char* name : {"one", "two"}) {
    PredictionMeta meta = some_meta();
    meta.predictor.name = name;
    PredictionWriter(folder / (std::string("p.") + name), meta).finish();
  }
  EXPECT_EQ(read_prediction_meta(folder / "p.one").predictor.name, "one");
  EXPECT_EQ(read_prediction_meta(folder / "p.two").predictor.name, "two");
}

TEST(Predictions, TakeTheReadingsOfWhatStoodThereWithThem) {
  const TemporaryFolder folder;
  PredictionWriter(folder / "p.jsonl", some_meta()).finish();
  write_file(readings_file(folder / "p.jsonl"), "{}");
  write_file(readings_file(folder / "other.jsonl"), "{}");
  PredictionWriter(folder / "p.jsonl", some_meta()).finish();
  EXPECT_FALSE(std::filesystem::exists(folder / "p.readings.json"));
  EXPECT_TRUE(std::filesystem::exists(folder / "other.readings.json"));
}

TEST(Predictions, AreRefusedWhereEitherFileExists) {
  const TemporaryFolder folder;
  EXPECT_NO_THROW(refuse_existing_predictions(folder / "p.jsonl", false));
  for (const char* name : {"p.jsonl", "p.meta.json"}) {
    write_file(folder / name, "mine");
    EXPECT_THAT(
        message_of<DataError>([&] { refuse_existing_predictions(folder / "p.jsonl", false); }),
        HasSubstr(cat(name, ": exists already")));
    EXPECT_NO_THROW(refuse_existing_predictions(folder / "p.jsonl", true));
    std::filesystem::remove(folder / name);
  }
}

TEST(Predictions, LeaveNoMetaOfRowsThatCannotBeWritten) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "p.jsonl");
  EXPECT_THROW(PredictionWriter(folder / "p.jsonl", some_meta()).finish(), DataError);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1)
      << "neither a meta nor a part";
}

TEST(Predictions, GetNoNameWhereTheirMetaCannotBeWritten) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "p.meta.json.part");
  EXPECT_THROW(PredictionWriter(folder / "p.jsonl", some_meta()).finish(), DataError);
  EXPECT_FALSE(std::filesystem::exists(folder / "p.jsonl"));
}

}  // namespace
}  // namespace recombine

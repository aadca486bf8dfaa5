// Texts of any kind: encodings, compressions, JSON.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/fact_vocabulary.h"
#include "data/fast_json.h"
#include "data/formats/json_list.h"
#include "data/formats/lines.h"
#include "data/grid.h"
#include "data/reading/lenient_json.h"
#include "data/reading/text_encoding.h"
#include "data/storage/metrics.h"
#include "data/storage/text_file.h"
#include "tests/data/compressed.h"
#include "tests/fuzz/fixtures.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"

namespace recombine {
namespace {

constexpr std::size_t kMostText = std::size_t{16} << 20U;

/// Not beyond kMostText: a few bytes may hold gigabytes.
void read_any_text(std::string_view bytes) {
  TextPieces pieces(scratch_file("text/a.txt", bytes));
  std::string text;
  while (text.size() < kMostText && pieces.next(text)) continue;
  decode_text(std::string(bytes));
  std::uint64_t replaced = 0;
  valid_utf8(bytes, replaced);
}

std::vector<std::string> text_seeds() {
  const std::string plain = "one\r\ntwo \xc3\xa4\n\n{\"a\": [1, 2]}\n";
  return {plain,
          "\xef\xbb\xbf" + plain,
          utf16_of("one\ntwo\n"),
          gzip_of(plain),
          zstd_of(plain),
          gzip_of(plain) + gzip_of("more"),
          zstd_of(plain) + zstd_of("more")};
}

/// Both readers must say the same of a text that both read.
void read_json(std::string_view bytes) {
  const std::optional<Json> fast = fast_json(bytes);
  const Json slow =
      too_deep_at(bytes) > 0 ? Json(Json::value_t::discarded) : Json::parse(bytes, nullptr, false);
  if (fast && *fast != slow) throw std::logic_error("two readers of JSON do not agree");
  const Json json = json_from_text(bytes);
  json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void read_lenient(std::string_view bytes) {
  read_lenient_json(bytes);
  json_values(bytes);
  cut_list_values(bytes);
  for_each_text_line(bytes, [](std::string_view, std::uint64_t) {});
}

std::vector<std::string> json_seeds() {
  return {
      R"({"a": [1, -2.5e3, null, true, "x\u00e4\n"], "b": {"c": {}}, "d": 18446744073709551615})",
      R"([[0, 1], [2, 0]])", R"({"a": NaN, "b": "\ud83d", "c": 1e999})",
      "{\"a\": 1}\n{\"a\": 2}\n[", std::string(300, '[') + std::string(300, ']')};
}

void read_list(std::string_view bytes) {
  for_each_element(scratch_file("list/a.json", bytes), [](const Json&, std::uint64_t) {});
}

void read_metric_rows(std::string_view bytes) {
  read_metrics(scratch_file("metrics/metrics.jsonl", bytes),
               [](const Json& row, std::string_view) { row.at("step").get<std::uint64_t>(); });
}

void read_vocabulary(std::string_view bytes) {
  const FactVocabulary vocabulary = fact_vocabulary(json_from_text(bytes));
  const auto size = static_cast<Token>(std::min<std::int64_t>(vocabulary.count(), 300));
  for (Token token = 0; token < size; ++token) {
    if (vocabulary.find(vocabulary.text(token)) != token)
      throw std::logic_error("a token is not found by its text");
  }
}

/// Rows of digits with a slash between them; the side is what the first byte says.
void read_grid_text(std::string_view bytes) {
  if (bytes.empty()) return;
  const int side = 1 + static_cast<std::uint8_t>(bytes[0]) % kMaxSide;
  const Grid grid = Grid::parse(bytes.substr(1), side);
  if (Grid::parse(to_text(grid), side) != grid) throw std::logic_error("grid: differs");
}

}  // namespace

std::vector<FuzzTarget> text_targets() {
  return {
      {"text", read_any_text, text_seeds},
      {"json", read_json, json_seeds},
      {"lenient-json", read_lenient, json_seeds},
      {"json-list", read_list,
       [] {
         return std::vector<std::string>{R"([{"a": 1}, {"b": [2]}, 3])", "[]"};
       }},
      {"metrics", read_metric_rows,
       [] {
         return std::vector<std::string>{"{\"step\": 1, \"loss\": 0.5}\n{\"step\": 2}\n{\"ste"};
       }},
      {"vocabulary", read_vocabulary,
       [] { return std::vector{to_json(fuzz_vocabulary()).dump()}; }},
      {"grid-text", read_grid_text,
       [] {
         return std::vector<std::string>{"\3/3/3/0005", "\2120/300"};
       }},
  };
}

}  // namespace recombine

#include "eval/scoring/reading_notes.h"

#include <fstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/reading/text_encoding.h"
#include "data/storage/file.h"
#include "data/storage/prediction.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// A JSON value as a text: strings as they are, null as "".
std::string plain(const Json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// The value of "strictness", which older files call otherwise.
const Json& strictness_in(const Json& json, const char* older) {
  const auto place = json.find("strictness");
  return place != json.end() ? *place : json.at(older);
}

Tokens tokens_of(const Json& json) {
  return {whole<std::uint64_t>(json.at("asked")), whole<std::uint64_t>(json.at("answered"))};
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

void AnswerTexts::add(const Json& row) {
  AnswerText text{plain(strictness_in(row, "rung")), plain(row.at("text"))};
  texts_[{row.at("item").get<std::string>(), whole<int>(row.at("query"))}] = std::move(text);
}

void AnswerTexts::read_lines(const fs::path& file) {
  std::ifstream stream(file);
  require_data(stream.good(), file.string(), ": cannot be read");
  std::string line;
  for (std::uint64_t number = 1; std::getline(stream, line); ++number) {
    try {
      add(parse_json(line));
    } catch (const Json::exception& failure) {
      throw DataError(cat(file.string(), ":", number, ": is no text of an answer (",
                          json_words(failure),
                          R"(); a line has "item", "query", "strictness" and "text")"));
    }
  }
}

void AnswerTexts::read_readings(const fs::path& file) {
  const std::string text = read_file(file);
  try {
    const Json json = parse_json(text);
    for (const Json& row : json.at("answers")) add(row);
    if (const auto tokens = json.find("tokens"); tokens != json.end()) tokens_ = tokens_of(*tokens);
    if (const auto cost = json.find("cost"); cost != json.end()) cost_ = cost->get<double>();
  } catch (const Json::exception& failure) {
    throw DataError(
        cat(file.string(), ": does not say how answers were read (", json_words(failure), ")"));
  }
}

AnswerTexts AnswerTexts::beside(const fs::path& predictions) {
  AnswerTexts found;
  std::error_code error;
  const fs::path lines = file_beside(predictions, ".texts.jsonl");
  const fs::path readings = readings_file(predictions);
  if (fs::exists(lines, error)) found.read_lines(lines);
  if (fs::exists(readings, error)) found.read_readings(readings);
  return found;
}

const AnswerText* AnswerTexts::find(const std::string& item, int query) const {
  if (texts_.empty()) return nullptr;  // as of all that are no language models
  const auto place = texts_.find({item, query});
  return place == texts_.end() ? nullptr : &place->second;
}

std::string beginning_of(const std::string& text) {
  constexpr std::size_t kBytes = 300;
  std::string begin(first_characters(text, kBytes));
  if (text.size() > kBytes) begin += "...";
  for (char& c : begin) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return begin;
}

void put_reading_notes(Json& json, const ReadingNotes& notes) {
  Json unread = Json::array();
  for (const UnreadAnswer& answer : notes.unread) {
    unread.push_back({{"item", answer.item},
                      {"query", answer.query},
                      {"reason", answer.reason},
                      {"text", text_or_null(answer.text)}});
  }
  json["invalid_answers"] = std::move(unread);
  for (const auto& [strictness, count] : notes.strictness)
    json["strictness"][strictness] = {{"answers", count.answers}, {"exact", count.exact}};
  if (notes.tokens)
    json["tokens"] = {{"asked", notes.tokens->asked}, {"answered", notes.tokens->answered}};
  if (notes.cost) json["cost"] = *notes.cost;
}

ReadingNotes reading_notes_of(const Json& json) {
  ReadingNotes notes;
  const Json unread = json.value("invalid_answers", Json::array());
  for (const Json& row : unread) {
    notes.unread.push_back({row.at("item").get<std::string>(), whole<int>(row.at("query")),
                            row.at("reason").get<std::string>(), plain(row.at("text"))});
  }
  const bool read = json.contains("strictness") || json.contains("rungs");
  const Json counts = read ? strictness_in(json, "rungs") : Json::object();
  for (const auto& [strictness, count] : counts.items())
    notes.strictness[strictness] = {whole<std::uint64_t>(count.at("answers")),
                                    whole<std::uint64_t>(count.at("exact"))};
  const auto tokens = json.find("tokens");
  if (tokens != json.end()) notes.tokens = tokens_of(*tokens);
  if (const auto cost = json.find("cost"); cost != json.end()) notes.cost = cost->get<double>();
  return notes;
}

}  // namespace recombine

#include "eval/answers/reading.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/file.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSchema = "recombine.readings/1";
constexpr std::size_t kKeptBytes = 20000;

/// The beginning of a text, never half a sign of UTF-8.
std::string beginning(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U) --bytes;
  return std::string(text.substr(0, bytes));
}

Json usage_json(const Usage& usage) {
  return {{"asked", usage.asked}, {"answered", usage.answered}, {"reasoning", usage.reasoning}};
}

std::string reading_text(const Reading& reading) {
  const Json json = {{"id", reading.id},
                     {"item", reading.item},
                     {"query", reading.query},
                     {"state", reading.state},
                     {"rung", reading.rung},
                     {"reason", reading.reason},
                     {"strict", reading.strict},
                     {"strict_differs", reading.differs},
                     {"strict_reason", reading.strict_reason},
                     {"detail", reading.detail},
                     {"tokens", usage_json(reading.usage)},
                     {"text", beginning(reading.text, kKeptBytes)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Reading reading_of(const Json& json) {
  Reading reading;
  reading.id = json.at("id").get<std::string>();
  reading.item = json.at("item").get<std::string>();
  reading.query = json.at("query").get<int>();
  reading.state = json.at("state").get<std::string>();
  reading.rung = json.at("rung").get<std::string>();
  reading.reason = json.at("reason").get<std::string>();
  reading.detail = json.at("detail").get<std::string>();
  reading.text = json.at("text").get<std::string>();
  return reading;
}

/// One line, for a list.
std::string in_one_line(std::string_view text, std::size_t bytes) {
  std::string line = beginning(trim(text), bytes);
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line.size() < trim(text).size() ? line + "..." : line;
}

}  // namespace

void AnswerCounts::add(const Reading& reading) {
  ++planned;
  ++states[reading.state];
  if (!reading.rung.empty()) ++rungs[reading.rung];
  if (!reading.reason.empty()) ++reasons[reading.reason];
  read += reading.rung.empty() ? 0 : 1;
  strict += reading.strict ? 1 : 0;
  differs += reading.differs ? 1 : 0;
  usage.asked += reading.usage.asked;
  usage.answered += reading.usage.answered;
  usage.reasoning += reading.usage.reasoning;
}

fs::path readings_file(const fs::path& predictions) {
  fs::path file = predictions;
  return file.replace_extension(".readings.json");
}

void write_readings(const fs::path& predictions,
                    const AnswerCounts& counts,
                    const std::vector<Reading>& readings) {
  const Json head = {{"schema", kSchema},
                     {"planned", counts.planned},
                     {"states", counts.states},
                     {"read", counts.read},
                     {"rungs", counts.rungs},
                     {"reasons", counts.reasons},
                     {"strict", counts.strict},
                     {"strict_differs", counts.differs},
                     {"tokens", usage_json(counts.usage)}};
  std::string text = head.dump(2);
  text.resize(text.size() - 2);
  AtomicFile file(readings_file(predictions));
  file.write(text + ",\n  \"answers\": [");
  bool first = true;
  for (const Reading& reading : readings) {
    file.write(cat(first ? "\n    " : ",\n    ", reading_text(reading)));
    first = false;
  }
  file.write("\n  ]\n}\n");
  file.commit();
}

std::vector<Reading> unread_answers(const fs::path& predictions, std::size_t limit) {
  const fs::path file = readings_file(predictions);
  std::vector<Reading> unread;
  if (!fs::exists(file)) return unread;
  try {
    const Json whole = Json::parse(read_file(file));
    for (const Json& json : whole.at("answers")) {
      Reading reading = reading_of(json);
      const bool came = reading.state == "answered" || reading.state == "cut off";
      if (came && reading.rung.empty()) unread.push_back(std::move(reading));
      if (unread.size() == limit) break;
    }
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not tell how answers were read (", error.what(),
                        "); import them again"));
  }
  return unread;
}

std::string unread_text(const fs::path& predictions) {
  constexpr std::size_t kShown = 5;
  constexpr std::size_t kShownBytes = 300;
  const std::vector<Reading> unread = unread_answers(predictions, kShown);
  if (unread.empty()) return "";
  std::string text = cat(predictions.string(), ": answers that were not read, the first ",
                         unread.size(), " (all in ", readings_file(predictions).string(), ")\n");
  for (const Reading& reading : unread) {
    text += cat("  ", reading.item, " query ", reading.query, ": ", reading.reason, ": ",
                in_one_line(reading.text, kShownBytes), "\n");
  }
  return text;
}

}  // namespace recombine

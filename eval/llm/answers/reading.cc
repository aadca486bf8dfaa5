#include "eval/llm/answers/reading.h"

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/storage/prediction.h"
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
                     {"strictness", reading.strictness},
                     {"reason", reading.reason},
                     {"strict", reading.strict},
                     {"strict_differs", reading.differs},
                     {"strict_reason", reading.strict_reason},
                     {"detail", reading.detail},
                     {"tokens", usage_json(reading.usage)},
                     {"text", beginning(reading.text, kKeptBytes)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void AnswerCounts::add(const Reading& reading) {
  ++planned;
  ++states[reading.state];
  if (!reading.strictness.empty()) ++strictness[reading.strictness];
  if (!reading.reason.empty()) ++reasons[reading.reason];
  read += reading.strictness.empty() ? 0 : 1;
  strict += reading.strict ? 1 : 0;
  differs += reading.differs ? 1 : 0;
  usage.asked += reading.usage.asked;
  usage.answered += reading.usage.answered;
  usage.reasoning += reading.usage.reasoning;
}

fs::path readings_file(const fs::path& predictions) {
  return file_beside(predictions, ".readings.json");
}

void write_readings(const fs::path& predictions,
                    const AnswerCounts& counts,
                    const std::vector<Reading>& readings) {
  Json head = {{"schema", kSchema},
               {"planned", counts.planned},
               {"states", counts.states},
               {"read", counts.read},
               {"strictness", counts.strictness},
               {"reasons", counts.reasons},
               {"strict", counts.strict},
               {"strict_differs", counts.differs},
               {"tokens", usage_json(counts.usage)}};
  if (counts.cost) head["cost"] = *counts.cost;
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

}  // namespace recombine

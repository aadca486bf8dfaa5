#include "eval/llm/answers/reading.h"

#include <set>

#include <nlohmann/json.hpp>

#include "data/reading/text_encoding.h"
#include "data/storage/prediction.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kSchema = "recombine.readings/1";
constexpr std::size_t kKeptBytes = 20000;

Json usage_json(const Usage& usage) {
  return {{"asked", usage.asked}, {"answered", usage.answered}, {"reasoning", usage.reasoning}};
}

/// The thoughts, up to a number of bytes of all together.
Json thoughts_json(const std::vector<Thought>& thoughts) {
  Json list = Json::array();
  std::size_t left = kKeptBytes;
  for (const Thought& thought : thoughts) {
    const std::string_view kept = first_characters(thought.text, left);
    left -= kept.size();
    list.push_back({{"kind", thought.kind}, {"bytes", thought.text.size()}, {"text", kept}});
  }
  return list;
}

Json mends_json(const JsonMends& mends) {
  return {{"surrogates", mends.surrogates},
          {"bytes", mends.bytes},
          {"numbers", mends.numbers},
          {"controls", mends.controls}};
}

/// A provider's word as a name of a count.
std::string ended_name(const std::string& word) {
  constexpr std::size_t kLongest = 60;
  return std::string(word.empty() ? "not said" : first_characters(word, kLongest));
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
                     {"ended", reading.ended},
                     {"answers", reading.answers},
                     {"tokens", usage_json(reading.usage)},
                     {"thoughts", thoughts_json(reading.thoughts)},
                     {"text", first_characters(reading.text, kKeptBytes)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void AnswerCounts::add(const Reading& reading) {
  ++planned;
  ++states[reading.state];
  if (reading.answers > 0) ++ended[ended_name(reading.ended)];
  std::set<std::string> kinds;
  for (const Thought& thought : reading.thoughts) kinds.insert(thought.kind);
  for (const std::string& kind : kinds) ++thoughts[kind];
  several += reading.answers > 1 ? 1 : 0;
  if (!reading.strictness.empty()) ++strictness[reading.strictness];
  if (!reading.reason.empty()) ++reasons[reading.reason];
  read += reading.strictness.empty() ? 0 : 1;
  strict += reading.strict ? 1 : 0;
  differs += reading.differs ? 1 : 0;
  usage.asked += reading.usage.asked;
  usage.answered += reading.usage.answered;
  usage.reasoning += reading.usage.reasoning;
}

std::unique_ptr<AtomicFile> begin_readings(const fs::path& predictions,
                                           const AnswerCounts& counts,
                                           const JsonMends& mends,
                                           const std::vector<Reading>& readings) {
  Json head = {{"schema", kSchema},
               {"planned", counts.planned},
               {"states", counts.states},
               {"ended", counts.ended},
               {"read", counts.read},
               {"strictness", counts.strictness},
               {"reasons", counts.reasons},
               {"thoughts", counts.thoughts},
               {"repeats", {{"counts", counts.repeats}, {"requests", counts.several}}},
               {"mended", mends_json(mends)},
               {"strict", counts.strict},
               {"strict_differs", counts.differs},
               {"tokens", usage_json(counts.usage)}};
  if (counts.cost) head["cost"] = *counts.cost;
  std::string text = head.dump(2, ' ', false, Json::error_handler_t::replace);
  text.resize(text.size() - 2);
  auto file = std::make_unique<AtomicFile>(readings_file(predictions));
  file->write(text + ",\n  \"answers\": [");
  bool first = true;
  for (const Reading& reading : readings) {
    file->write(cat(first ? "\n    " : ",\n    ", reading_text(reading)));
    first = false;
  }
  file->write("\n  ]\n}\n");
  file->sync();
  return file;
}

}  // namespace recombine

#include "data/formats/json_list.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/storage/folder.h"
#include "data/storage/text_file.h"

namespace recombine {

JsonListFile::JsonListFile(const std::filesystem::path& path) : file_(path) { file_.write("["); }

void JsonListFile::add(std::string_view element) {
  if (!empty_) file_.write(", ");
  empty_ = false;
  file_.write(element);
}

void JsonListFile::finish() {
  file_.write("]");
  file_.commit();
}

void for_each_element(const std::filesystem::path& file,
                      const std::function<void(const Json&, std::uint64_t)>& take) {
  using Event = Json::parse_event_t;
  std::uint64_t index = 0;
  const auto on_event = [&](int depth, Event event, Json& value) {
    if (depth == 0)
      require_data(event == Event::array_start || event == Event::array_end, "is no JSON array");
    const bool opens = event == Event::array_start || event == Event::object_start;
    require_data(!opens || static_cast<std::size_t>(depth) < kMaxJsonLevels,
                 "is nested deeper than ", kMaxJsonLevels, " levels");
    const bool whole =
        event == Event::value || event == Event::object_end || event == Event::array_end;
    if (depth != 1 || !whole) return true;
    take(value, index);
    ++index;
    return false;  // was handed on: the array need not hold it
  };
  const std::string text = read_text_file(compressed_or_plain(file));
  const std::string place = file.string() + ": ";
  try {
    [[maybe_unused]] const Json rest = Json::parse(text, on_event);
  } catch (const DataError& error) {
    throw DataError(cat(place, "item ", index, ": ", error.what()));
  } catch (const Json::parse_error& error) {
    const bool cut = error.byte > text.size();
    throw DataError(cat(place, "item ", index, ": is not JSON from byte ", error.byte, " on",
                        cut ? "; the file may be cut off" : ""));
  } catch (const Json::exception& error) {
    throw DataError(
        cat(place, "item ", index, ": a value is of the wrong kind (", json_words(error), ")"));
  }
}

}  // namespace recombine

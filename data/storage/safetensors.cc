#include "data/storage/safetensors.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/json_words.h"
#include "data/storage/block.h"
#include "data/storage/file.h"

namespace recombine {
namespace {

constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;

struct Entry {
  std::string name;
  StoredTensor tensor;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// The header's JSON; throws DataError where a name stands twice or it is nested too deeply.
Json parse_header(std::string_view text) {
  std::vector<std::set<std::string>> open;
  bool twice = false;
  const auto watch = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key)
      twice |= !open.back().insert(value.get<std::string>()).second;
    return true;
  };
  require_data(text.starts_with("{"), "its header does not begin with {");
  require_data(too_deep_at(text) == 0, "its header is nested deeper than ", kMaxJsonLevels,
               " levels");
  Json header = Json::parse(text, watch);
  require_data(!twice, "its header has a name twice");
  return header;
}

Entry parse_entry(const std::string& name, const Json& json) {
  const Json& shape = json.at("shape");
  require_data(shape.is_array(), "tensor '", name, "' has no list of sizes");
  std::vector<std::int64_t> sizes;
  for (const Json& size : shape) sizes.push_back(whole<std::int64_t>(size));
  Entry entry{name,
              {json.at("dtype").get<std::string>(), std::move(sizes), {}},
              whole<std::uint64_t>(json.at("data_offsets").at(0)),
              whole<std::uint64_t>(json.at("data_offsets").at(1))};
  const std::uint64_t element = dtype_bytes(entry.tensor.dtype);
  require_data(element > 0, "tensor '", name, "' has the unknown type ", entry.tensor.dtype);
  std::uint64_t bytes = element;
  std::uint64_t stride =
      element;  // as bytes, but of sizes that are at least 1: readers multiply both
  for (const std::int64_t size : entry.tensor.shape) {
    constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 50U;
    const auto room = static_cast<std::uint64_t>(std::max<std::int64_t>(size, 1));
    require_data(size >= 0 && stride <= kMostBytes / room, "tensor '", name,
                 "' has an impossible shape");
    stride *= room;
    bytes *= static_cast<std::uint64_t>(size);
  }
  require_data(entry.begin <= entry.end && entry.end - entry.begin == bytes, "tensor '", name,
               "' takes ", entry.end - entry.begin, " bytes; its shape needs ", bytes);
  return entry;
}

SafeTensors take_tensors(const Json& header, std::string_view data) {
  SafeTensors content;
  std::vector<Entry> entries;
  for (const auto& [name, json] : header.items()) {
    if (name == "__metadata__") {
      content.metadata = json.get<std::map<std::string, std::string>>();
    } else {
      entries.push_back(parse_entry(name, json));
    }
  }
  std::ranges::stable_sort(entries, {},
                           [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
  std::uint64_t at = 0;
  for (Entry& entry : entries) {
    require_data(entry.begin == at, "tensor '", entry.name, "' begins at ", entry.begin,
                 ", and the one before ends at ", at);
    require_data(entry.end <= data.size(), "is cut off within tensor '", entry.name, "'");
    entry.tensor.bytes = data.substr(entry.begin, entry.end - entry.begin);
    at = entry.end;
    content.tensors[entry.name] = std::move(entry.tensor);
  }
  require_data(at == data.size(), "has ", data.size() - at, " bytes after its last tensor");
  return content;
}

}  // namespace

std::size_t dtype_bytes(const std::string& dtype) {
  static const std::map<std::string, std::size_t> kBytes = {
      {"F64", 8},  {"I64", 8}, {"U64", 8}, {"F32", 4}, {"I32", 4}, {"U32", 4}, {"F16", 2},
      {"BF16", 2}, {"I16", 2}, {"U16", 2}, {"I8", 1},  {"U8", 1},  {"BOOL", 1}};
  const auto found = kBytes.find(dtype);
  return found == kBytes.end() ? 0 : found->second;
}

std::string encode_safetensors(const SafeTensors& content) {
  std::vector<const std::pair<const std::string, StoredTensor>*> order;
  for (const auto& entry : content.tensors) order.push_back(&entry);
  std::ranges::stable_sort(order, std::greater<>(),
                           [](const auto* entry) { return dtype_bytes(entry->second.dtype); });
  Json header = Json::object();
  if (!content.metadata.empty()) header["__metadata__"] = content.metadata;
  std::uint64_t at = 0;
  for (const auto* entry : order) {
    const StoredTensor& tensor = entry->second;
    header[entry->first] = {{"dtype", tensor.dtype},
                            {"shape", tensor.shape},
                            {"data_offsets", {at, at + tensor.bytes.size()}}};
    at += tensor.bytes.size();
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  std::string bytes;
  put_u64(bytes, text.size());
  bytes += text;
  for (const auto* entry : order) bytes += entry->second.bytes;
  return bytes;
}

SafeTensors decode_safetensors(std::string_view bytes) {
  require_data(bytes.size() >= 8, "is cut off (no header)");
  const std::uint64_t size = get_u64(bytes, 0);
  require_data(size <= kMaxHeaderBytes, "claims a header of ", size,
               " bytes: not a safetensors file");
  require_data(size <= bytes.size() - 8, "is cut off within its header");
  try {
    return take_tensors(parse_header(bytes.substr(8, size)), bytes.substr(8 + size));
  } catch (const Json::exception& error) {
    throw DataError(cat("has a damaged header (", json_words(error), ")"));
  }
}

SafeTensors read_safetensors(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  try {
    return decode_safetensors(bytes);
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

void write_safetensors(const std::filesystem::path& file, const SafeTensors& content) {
  write_file(file, encode_safetensors(content));
}

}  // namespace recombine

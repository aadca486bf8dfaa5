#include "data/storage/shard_layout.h"

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/hash.h"

namespace recombine {
namespace {

constexpr std::string_view kMagic = "RECOMBIN";
constexpr std::string_view kEndMagic = "RCBINDEX";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kEntryBytes = 20;

ShardTrailer parse_fields(std::string_view trailer) {
  return {get_u64(trailer, 0), get_u64(trailer, 8), get_u32(trailer, 16)};
}

/// Blocks must follow one another, by place and by what they hold: reading goes by the index alone.
void require_whole(const std::vector<IndexEntry>& index, const ShardTrailer& trailer) {
  const char* const fault = "has an index that does not fit its blocks";
  std::uint64_t next = index.empty() ? 0 : index.front().first_index;
  std::uint64_t records = 0;
  for (std::size_t i = 0; i < index.size(); ++i) {
    const std::uint64_t begin = i == 0 ? kShardHeaderBytes : index[i - 1].offset + 1;
    require_data(index[i].offset >= begin && index[i].offset < trailer.index_offset, fault);
    require_data(index[i].first_index == next && index[i].records > 0, fault);
    next += index[i].records;
    records += index[i].records;
  }
  require_data(records == trailer.records, fault);
}

}  // namespace

std::string shard_header(std::uint64_t first_index) {
  std::string bytes(kMagic);
  put_u32(bytes, kVersion);
  put_u32(bytes, 0);
  put_u64(bytes, first_index);
  put_u64(bytes, xxh3(bytes));
  return bytes;
}

void check_shard_header(std::string_view bytes) {
  require_data(bytes.size() >= kShardHeaderBytes && bytes.starts_with(kMagic), "is not a shard");
  require_data(get_u32(bytes, 8) == kVersion, "has shard version ", get_u32(bytes, 8),
               "; this program reads version ", kVersion);
  require_data(get_u64(bytes, 24) == xxh3(bytes.substr(0, 24)), "has a damaged header");
}

std::string shard_footer(const std::vector<IndexEntry>& index,
                         std::uint64_t index_offset,
                         std::uint64_t records) {
  std::string bytes;
  for (const IndexEntry& entry : index) {
    put_u64(bytes, entry.offset);
    put_u64(bytes, entry.first_index);
    put_u32(bytes, entry.records);
  }
  put_u64(bytes, index_offset);
  put_u64(bytes, records);
  put_u32(bytes, static_cast<std::uint32_t>(index.size()));
  put_u32(bytes, 0);
  put_u64(bytes, xxh3(bytes));
  bytes += kEndMagic;
  return bytes;
}

ShardTrailer parse_shard_trailer(std::string_view bytes) {
  require_data(bytes.size() >= kShardTrailerBytes && bytes.ends_with(kEndMagic),
               "is cut off (no index at its end)");
  return parse_fields(bytes.substr(bytes.size() - kShardTrailerBytes));
}

std::vector<IndexEntry> parse_shard_index(std::string_view bytes, std::string_view trailer) {
  const std::string whole = std::string(bytes) + std::string(trailer.substr(0, 24));
  require_data(get_u64(trailer, 24) == xxh3(whole), "has a damaged index");
  require_data(bytes.size() == kEntryBytes * get_u32(trailer, 16), "has an index of another size");
  std::vector<IndexEntry> index;
  for (std::size_t at = 0; at < bytes.size(); at += kEntryBytes) {
    index.push_back({get_u64(bytes, at), get_u64(bytes, at + 8), get_u32(bytes, at + 16)});
  }
  require_whole(index, parse_fields(trailer));
  return index;
}

}  // namespace recombine

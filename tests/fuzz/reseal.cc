#include "tests/fuzz/reseal.h"

#include <algorithm>

#include "data/storage/block.h"
#include "data/storage/hash.h"
#include "data/storage/shard_layout.h"
#include "tests/data/compressed.h"

namespace recombine {
namespace {

constexpr std::string_view kBlockMark = "RCBK";
constexpr std::size_t kStoredBytesAt = 20;
constexpr std::size_t kHeaderSumAt = 24;
constexpr std::size_t kTrailerSumAt = 24;
constexpr std::size_t kSumBytes = 8;

void set_u64(std::string& bytes, std::size_t at, std::uint64_t value) {
  std::string number;
  put_u64(number, value);
  bytes.replace(at, number.size(), number);
}

}  // namespace

std::string reseal_block(std::string block) {
  if (block.size() < kBlockHeaderBytes) return block;
  const std::string_view whole = block;
  std::string sums;
  put_u64(sums, xxh3(whole.substr(0, kBlockHeaderBytes - kSumBytes)));
  put_u64(sums, xxh3(whole.substr(kBlockHeaderBytes)));
  set_u64(block, kBlockHeaderBytes - kSumBytes, xxh3(sums));
  return block;
}

std::string block_of_payload(std::string_view raw, std::uint32_t records) {
  const std::string payload = zstd_of(raw);
  std::string block(kBlockMark);
  put_u32(block, records);
  put_u64(block, 0);
  put_u32(block, static_cast<std::uint32_t>(raw.size()));
  put_u32(block, static_cast<std::uint32_t>(payload.size()));
  put_u64(block, 0);
  put_u64(block, 0);
  return reseal_block(block + payload);
}

std::vector<std::size_t> block_places(std::string_view shard) {
  std::vector<std::size_t> places;
  for (std::size_t at = shard.find(kBlockMark); at != std::string_view::npos;
       at = shard.find(kBlockMark, at + 1)) {
    places.push_back(at);
  }
  return places;
}

std::string reseal_shard(std::string bytes) {
  if (bytes.size() < kShardHeaderBytes + kShardTrailerBytes) return bytes;
  set_u64(bytes, kHeaderSumAt, xxh3(std::string_view(bytes).substr(0, kHeaderSumAt)));
  for (const std::size_t at : block_places(bytes)) {
    if (bytes.size() - at < kBlockHeaderBytes) continue;
    const std::size_t stored = get_u32(bytes, at + kStoredBytesAt);
    if (stored > bytes.size() - at - kBlockHeaderBytes) continue;
    const std::size_t size = kBlockHeaderBytes + stored;
    bytes.replace(at, size, reseal_block(bytes.substr(at, size)));
  }
  const std::size_t trailer = bytes.size() - kShardTrailerBytes;
  const std::uint64_t index = std::min<std::uint64_t>(get_u64(bytes, trailer), trailer);
  const std::string_view sealed =
      std::string_view(bytes).substr(index, trailer + kTrailerSumAt - index);
  set_u64(bytes, trailer + kTrailerSumAt, xxh3(sealed));
  return bytes;
}

std::string reseal_safetensors(std::string bytes) {
  const std::size_t end = bytes.rfind('}');
  if (end == std::string::npos || end < kSumBytes) return bytes;
  set_u64(bytes, 0, end + 1 - kSumBytes);
  return bytes;
}

}  // namespace recombine

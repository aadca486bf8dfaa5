#include "data/storage/block.h"

#include <new>

#include <zstd.h>
#include <zstd_errors.h>

#include "data/error.h"
#include "data/storage/hash.h"
#include "data/storage/shard.h"

namespace recombine {
namespace {

constexpr std::uint32_t kBlockMagic = 0x4B424352;  // "RCBK"
constexpr int kCompressionLevel = 1;
constexpr std::uint32_t kMaxPayload = 1U << 30U;
constexpr std::uint32_t kTrustedRaw = 1U << 24U;
constexpr std::uint32_t kMostTimes = 256;  ///< no records of ours are packed half as well

/// Of the header without its last field, and of the payload: a moved or patched header is found
/// too.
std::uint64_t block_checksum(std::string_view header, std::string_view payload) {
  std::string sums;
  put_u64(sums, xxh3(header.substr(0, kBlockHeaderBytes - 8)));
  put_u64(sums, xxh3(payload));
  return xxh3(sums);
}

/// What zstd says it wrote. That it found no memory says nothing of the bytes: std::bad_alloc.
std::size_t written(std::size_t result, const char* trouble) {
  if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation) throw std::bad_alloc();
  require_data(ZSTD_isError(result) == 0, trouble);
  return result;
}

/// The sizes of header and frame are compared first: a few bytes can claim a gigabyte.
std::string decompress(std::string_view payload, std::uint32_t raw_bytes) {
  require_data(ZSTD_getFrameContentSize(payload.data(), payload.size()) == raw_bytes,
               "cannot be decompressed (its sizes differ)");
  std::string raw(raw_bytes, '\0');
  constexpr const char* kTrouble = "cannot be decompressed";
  const std::size_t size =
      written(ZSTD_decompress(raw.data(), raw.size(), payload.data(), payload.size()), kTrouble);
  require_data(size == raw.size(), kTrouble);
  return raw;
}

}  // namespace

void put_u32(std::string& bytes, std::uint32_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift);
}

void put_u64(std::string& bytes, std::uint64_t value) {
  for (unsigned shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(value >> shift);
}

std::uint32_t get_u32(std::string_view bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;)
    value = (value << 8U) | static_cast<std::uint8_t>(bytes[offset + i]);
  return value;
}

std::uint64_t get_u64(std::string_view bytes, std::size_t offset) {
  return get_u32(bytes, offset) | (static_cast<std::uint64_t>(get_u32(bytes, offset + 4)) << 32U);
}

std::string encode_block(std::uint64_t first_index, const std::vector<std::string>& records) {
  std::string raw;
  for (const std::string& record : records) put_u32(raw, static_cast<std::uint32_t>(record.size()));
  for (const std::string& record : records) raw += record;
  std::string payload(ZSTD_compressBound(raw.size()), '\0');
  payload.resize(written(
      ZSTD_compress(payload.data(), payload.size(), raw.data(), raw.size(), kCompressionLevel),
      "a block cannot be compressed"));
  std::string block;
  put_u32(block, kBlockMagic);
  put_u32(block, static_cast<std::uint32_t>(records.size()));
  put_u64(block, first_index);
  put_u32(block, static_cast<std::uint32_t>(raw.size()));
  put_u32(block, static_cast<std::uint32_t>(payload.size()));
  put_u64(block, 0);  // reserved
  put_u64(block, block_checksum(block + std::string(8, '\0'), payload));
  return block + payload;
}

BlockHeader parse_block_header(std::string_view bytes) {
  require_data(bytes.size() >= kBlockHeaderBytes, "is cut off");
  require_data(get_u32(bytes, 0) == kBlockMagic, "does not begin as a block");
  BlockHeader header;
  header.records = get_u32(bytes, 4);
  header.first_index = get_u64(bytes, 8);
  header.raw_bytes = get_u32(bytes, 16);
  header.stored_bytes = get_u32(bytes, 20);
  require_data(header.raw_bytes <= kMaxPayload && header.stored_bytes <= kMaxPayload &&
                   header.records <= header.raw_bytes / 4 && header.records <= kBlockRecords,
               "has impossible sizes");
  require_data(
      header.raw_bytes <= kTrustedRaw || header.raw_bytes / kMostTimes <= header.stored_bytes,
      "holds more than ", kTrustedRaw >> 20U, " MiB and over ", kMostTimes,
      " times what it takes in the file, as a block does that is made to fill memory");
  return header;
}

std::vector<std::string> decode_block(std::string_view block) {
  const BlockHeader header = parse_block_header(block);
  require_data(block.size() == kBlockHeaderBytes + header.stored_bytes, "is cut off");
  const std::string_view payload = block.substr(kBlockHeaderBytes);
  require_data(get_u64(block, kBlockHeaderBytes - 8) == block_checksum(block, payload),
               "is damaged (checksum differs)");
  const std::string raw = decompress(payload, header.raw_bytes);
  std::vector<std::string> records;
  records.reserve(header.records);
  std::size_t offset = std::size_t{4} * header.records;
  for (std::uint32_t i = 0; i < header.records; ++i) {
    const std::size_t size = get_u32(raw, std::size_t{4} * i);
    require_data(offset + size <= raw.size(), "has a record past its end");
    records.push_back(raw.substr(offset, size));
    offset += size;
  }
  require_data(offset == raw.size(), "has bytes after its last record");
  return records;
}

}  // namespace recombine

#pragma once
// The block of a shard: header, then compressed records (docs/FORMAT.md, "Blocks").

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// Little-endian numbers at the end of `bytes`.
void put_u32(std::string& bytes, std::uint32_t value);
void put_u64(std::string& bytes, std::uint64_t value);
/// Requires that the bytes are there.
std::uint32_t get_u32(std::string_view bytes, std::size_t offset);
std::uint64_t get_u64(std::string_view bytes, std::size_t offset);

inline constexpr std::size_t kBlockHeaderBytes = 40;

struct BlockHeader {
  std::uint64_t first_index = 0;  ///< of the first record, in the data set
  std::uint32_t records = 0;
  std::uint32_t raw_bytes = 0;     ///< of the payload before compression
  std::uint32_t stored_bytes = 0;  ///< of the payload as it stands in the file
};

/// Reads and checks a header; throws DataError, whose text says what is wrong.
BlockHeader parse_block_header(std::string_view bytes);

/// The records of a whole block (header and payload); throws DataError.
std::vector<std::string> decode_block(std::string_view block);

}  // namespace recombine

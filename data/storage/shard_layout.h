#pragma once
// The head and the foot of a shard file (docs/FORMAT.md, "Shards").

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

inline constexpr std::size_t kShardHeaderBytes = 32;
inline constexpr std::size_t kShardTrailerBytes = 40;

struct IndexEntry {
  std::uint64_t offset = 0;       ///< of the block, from the start of the file
  std::uint64_t first_index = 0;  ///< of its first record, in the data set
  std::uint32_t records = 0;
};

struct ShardTrailer {
  std::uint64_t index_offset = 0;
  std::uint64_t records = 0;
  std::uint32_t blocks = 0;
};

std::string shard_header(std::uint64_t first_index);
/// Throws DataError, whose text says what is wrong.
void check_shard_header(std::string_view bytes);

/// Index and trailer.
std::string shard_footer(const std::vector<IndexEntry>& index,
                         std::uint64_t index_offset,
                         std::uint64_t records);
/// Reads the last kShardTrailerBytes of a file; throws DataError.
ShardTrailer parse_shard_trailer(std::string_view bytes);
/// Reads the index (from index_offset to the trailer) and checks it against the trailer.
std::vector<IndexEntry> parse_shard_index(std::string_view bytes, std::string_view trailer);

}  // namespace recombine

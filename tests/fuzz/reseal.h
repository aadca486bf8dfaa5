#pragma once
// Checksums put right again after a mutation, so that what lies below them is reached.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// A shard whose header, blocks and index have the checksums that their bytes ask for, as far as
/// they can be found.
std::string reseal_shard(std::string bytes);

/// A block whose checksum is that of its bytes.
std::string reseal_block(std::string block);

/// The block of any payload: `records` is what its header says of it.
std::string block_of_payload(std::string_view raw, std::uint32_t records);

/// Where the blocks of a shard lie.
std::vector<std::size_t> block_places(std::string_view shard);

/// A safetensors file whose length of the header is that of the JSON which it begins with.
std::string reseal_safetensors(std::string bytes);

}  // namespace recombine

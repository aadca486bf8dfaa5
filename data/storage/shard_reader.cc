#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/shard.h"
#include "data/storage/shard_layout.h"

namespace recombine {
namespace {

std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> serial = 0;
  return ++serial;
}

}  // namespace

struct ShardReader::State {
  std::string name;
  int descriptor = -1;
  std::uint64_t serial = next_serial();
  std::uint64_t size = 0;
  ShardTrailer trailer;
  std::vector<IndexEntry> index;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (descriptor >= 0) ::close(descriptor);
  }

  std::string read(std::uint64_t offset, std::uint64_t count) const {
    require_data(offset <= size && count <= size - offset, "is cut off");
    std::string bytes(count, '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t got = ::pread(descriptor, bytes.data() + done, bytes.size() - done,
                                  static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      require_data(got > 0, "cannot be read (", got < 0 ? std::strerror(errno) : "it ends early",
                   ")");
      done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

  void open() {
    descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    require_data(descriptor >= 0, "cannot be read (", std::strerror(errno), ")");
    size = static_cast<std::uint64_t>(::lseek(descriptor, 0, SEEK_END));
    require_data(size >= kShardHeaderBytes + kShardTrailerBytes, "is cut off");
    check_shard_header(read(0, kShardHeaderBytes));
    const std::string end = read(size - kShardTrailerBytes, kShardTrailerBytes);
    trailer = parse_shard_trailer(end);
    const std::uint64_t index_end = size - kShardTrailerBytes;
    require_data(trailer.index_offset <= index_end, "has a damaged index");
    index = parse_shard_index(read(trailer.index_offset, index_end - trailer.index_offset), end);
  }

  std::uint64_t block_end(std::size_t number) const {
    return number + 1 < index.size() ? index[number + 1].offset : trailer.index_offset;
  }
};

ShardReader::ShardReader(const std::filesystem::path& file) : state_(std::make_unique<State>()) {
  state_->name = file.string();
  try {
    state_->open();
  } catch (const DataError& error) {
    throw DataError(cat(state_->name, ": ", error.what()));
  }
}

ShardReader::~ShardReader() = default;

std::uint64_t ShardReader::count() const { return state_->trailer.records; }

std::uint64_t ShardReader::serial() const { return state_->serial; }

std::size_t ShardReader::blocks() const { return state_->index.size(); }

std::uint64_t ShardReader::first_index() const {
  return state_->index.empty() ? 0 : state_->index.front().first_index;
}

std::string ShardReader::stored_block(std::size_t number) const {
  try {
    const IndexEntry& entry = state_->index[number];
    std::string bytes = state_->read(entry.offset, state_->block_end(number) - entry.offset);
    const BlockHeader header = parse_block_header(bytes);
    require_data(header.first_index == entry.first_index && header.records == entry.records,
                 "is not the block that the index names");
    return bytes;
  } catch (const DataError& error) {
    throw DataError(cat(state_->name, ": block ", number, " ", error.what()));
  }
}

std::vector<std::string> ShardReader::block(std::size_t number) const {
  const std::string bytes = stored_block(number);
  try {
    return decode_block(bytes);
  } catch (const DataError& error) {
    throw DataError(cat(state_->name, ": block ", number, " ", error.what()));
  }
}

std::pair<std::size_t, std::size_t> ShardReader::find(std::uint64_t index) const {
  const std::uint64_t wanted = state_->index.front().first_index + index;
  const auto after = std::ranges::upper_bound(state_->index, wanted, {}, &IndexEntry::first_index);
  const auto number = static_cast<std::size_t>(after - state_->index.begin()) - 1;
  return {number, static_cast<std::size_t>(wanted - state_->index[number].first_index)};
}

}  // namespace recombine

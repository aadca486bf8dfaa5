#include "data/storage/shard.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/file.h"
#include "data/storage/shard_layout.h"
#include "data/storage/writer_lock.h"

namespace recombine {
namespace fs = std::filesystem;

void add_to_digest(Sha256& digest, const std::vector<std::string>& records) {
  std::string bytes;
  for (const std::string& record : records) {
    put_u32(bytes, static_cast<std::uint32_t>(record.size()));
    bytes += record;
  }
  digest.add(bytes);
}

std::string shard_file_name(int shard, int shards) {
  std::array<char, 64> name{};
  std::snprintf(name.data(), name.size(), "shard-%05d-of-%05d.rcb", shard, shards);
  return name.data();
}

std::uint64_t shard_begin(std::uint64_t count, int shard, int shards) {
  const auto k = static_cast<std::uint64_t>(shard);
  const auto all = static_cast<std::uint64_t>(shards);
  return count / all * k + count % all * k / all;
}

ShardInfo describe_shard(const fs::path& file) {
  const ShardReader reader(file);
  return {file.filename().string(), reader.count(), fs::file_size(file),
          "xxh3:" + hex(xxh3_file(file))};
}

namespace {

/// A whole block of an interrupted part.
struct KeptBlock {
  std::size_t bytes = 0;  ///< as it stands in the file
  std::vector<std::string> records;
};

}  // namespace

struct ShardWriter::State {
  fs::path file;
  fs::path part;
  int descriptor = -1;
  std::uint64_t first_index = 0;
  std::uint64_t records = 0;
  std::uint64_t offset = 0;
  std::vector<IndexEntry> index;
  std::optional<WriterLock> lock;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (descriptor >= 0) ::close(descriptor);
  }

  void append(std::string_view bytes) {
    write_all(descriptor, bytes, file);
    offset += bytes.size();
  }

  /// As many of the `count` bytes from `begin` on as there are.
  std::string read(std::uint64_t begin, std::size_t count) const {
    std::string bytes(count, '\0');
    std::size_t done = 0;
    while (done < count) {
      const ssize_t got =
          ::pread(descriptor, bytes.data() + done, count - done, static_cast<off_t>(begin + done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
  }

  /// The block at `offset`, of a part that a run left; nothing where it is torn, or the last of a
  /// shard, which may be short.
  std::optional<KeptBlock> next_whole_block() const {
    try {
      std::string block = read(offset, kBlockHeaderBytes);
      const BlockHeader header = parse_block_header(block);
      if (header.first_index != first_index + records || header.records != kBlockRecords)
        return std::nullopt;
      const auto end =
          static_cast<std::uint64_t>(std::max<off_t>(::lseek(descriptor, 0, SEEK_END), 0));
      if (header.stored_bytes + offset + kBlockHeaderBytes > end) return std::nullopt;
      block += read(offset + kBlockHeaderBytes, header.stored_bytes);
      return KeptBlock{block.size(), decode_block(block)};
    } catch (const DataError&) {
      return std::nullopt;
    }
  }
};

ShardWriter::ShardWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ShardWriter::~ShardWriter() = default;
ShardWriter::ShardWriter(ShardWriter&&) noexcept = default;

ShardWriter::ShardWriter(const fs::path& file, std::uint64_t first_index)
    : state_(std::make_unique<State>()) {
  state_->file = file;
  state_->part = file.string() + ".part";
  state_->first_index = first_index;
  state_->lock.emplace(lock_beside(file), file);
  state_->descriptor =
      ::open(state_->part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  require_data(state_->descriptor >= 0, file.string(), ": cannot be written");
  try {
    state_->append(shard_header(first_index));
  } catch (...) {
    discard();  // no destructor runs
    throw;
  }
}

ShardWriter ShardWriter::resume(const fs::path& file,
                                std::uint64_t first_index,
                                const std::function<void(std::vector<std::string>)>& kept) {
  const fs::path part = file.string() + ".part";
  auto state = std::make_unique<State>();
  state->lock.emplace(lock_beside(file), file);
  state->descriptor = ::open(part.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (state->descriptor < 0 || state->read(0, kShardHeaderBytes) != shard_header(first_index)) {
    state.reset();  // with its lock
    return {file, first_index};
  }
  state->file = file;
  state->part = part;
  state->first_index = first_index;
  state->offset = kShardHeaderBytes;
  while (auto block = state->next_whole_block()) {
    state->index.push_back({state->offset, first_index + state->records, kBlockRecords});
    state->offset += block->bytes;
    state->records += block->records.size();
    if (kept) kept(std::move(block->records));
  }
  const auto end = static_cast<off_t>(state->offset);
  require_data(
      ::ftruncate(state->descriptor, end) == 0 && ::lseek(state->descriptor, end, SEEK_SET) == end,
      part.string(), ": cannot be written");
  return ShardWriter(std::move(state));
}

std::uint64_t ShardWriter::records() const { return state_->records; }

void ShardWriter::add_block(std::string_view block, std::uint32_t count) {
  state_->index.push_back({state_->offset, state_->first_index + state_->records, count});
  state_->append(block);
  state_->records += count;
}

ShardInfo ShardWriter::finish() {
  state_->append(shard_footer(state_->index, state_->offset, state_->records));
  require_data(::fsync(state_->descriptor) == 0, state_->file.string(), ": cannot be written");
  publish_file(state_->part, state_->file);
  state_->lock.reset();
  return describe_shard(state_->file);
}

void ShardWriter::discard() {
  std::error_code ignored;
  fs::remove(state_->part, ignored);
}

}  // namespace recombine

#include "data/storage/shard.h"

#include <array>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/file.h"
#include "data/storage/shard_layout.h"

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

struct ShardWriter::State {
  fs::path file;
  fs::path part;
  int descriptor = -1;
  std::uint64_t first_index = 0;
  std::uint64_t records = 0;
  std::uint64_t offset = 0;
  std::vector<IndexEntry> index;
  std::vector<std::string> kept;

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
};

ShardWriter::ShardWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ShardWriter::~ShardWriter() = default;
ShardWriter::ShardWriter(ShardWriter&&) noexcept = default;

ShardWriter::ShardWriter(const fs::path& file, std::uint64_t first_index)
    : state_(std::make_unique<State>()) {
  state_->file = file;
  state_->part = file.string() + ".part";
  state_->first_index = first_index;
  state_->descriptor = ::open(state_->part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  require_data(state_->descriptor >= 0, file.string(), ": cannot be written");
  try {
    state_->append(shard_header(first_index));
  } catch (...) {
    discard();  // no destructor runs
    throw;
  }
}

ShardWriter ShardWriter::resume(const fs::path& file, std::uint64_t first_index) {
  const fs::path part = file.string() + ".part";
  if (!fs::exists(part)) return {file, first_index};
  const std::string bytes = read_file(part);
  if (!bytes.starts_with(shard_header(first_index))) return {file, first_index};
  auto state = std::make_unique<State>();
  state->file = file;
  state->part = part;
  state->first_index = first_index;
  state->offset = kShardHeaderBytes;
  // Whole blocks are kept; the first that is not whole ends them.
  try {
    while (true) {
      const auto rest = std::string_view(bytes).substr(state->offset);
      const BlockHeader header = parse_block_header(rest);
      const std::size_t size = kBlockHeaderBytes + header.stored_bytes;
      if (header.first_index != first_index + state->records || header.records != kBlockRecords)
        break;
      const auto records = decode_block(rest.substr(0, size));
      state->index.push_back({state->offset, header.first_index, header.records});
      state->kept.insert(state->kept.end(), records.begin(), records.end());
      state->offset += size;
      state->records += header.records;
    }
  } catch (const DataError&) {
  }
  state->descriptor = ::open(part.c_str(), O_RDWR | O_CLOEXEC);
  const auto end = static_cast<off_t>(state->offset);
  require_data(state->descriptor >= 0 && ::ftruncate(state->descriptor, end) == 0 &&
                   ::lseek(state->descriptor, end, SEEK_SET) == end,
               part.string(), ": cannot be written");
  return ShardWriter(std::move(state));
}

std::vector<std::string> ShardWriter::kept() { return std::exchange(state_->kept, {}); }

void ShardWriter::add_block(std::string_view block, std::uint32_t count) {
  state_->index.push_back({state_->offset, state_->first_index + state_->records, count});
  state_->append(block);
  state_->records += count;
}

ShardInfo ShardWriter::finish() {
  state_->append(shard_footer(state_->index, state_->offset, state_->records));
  require_data(::fsync(state_->descriptor) == 0, state_->file.string(), ": cannot be written");
  publish_file(state_->part, state_->file);
  return describe_shard(state_->file);
}

void ShardWriter::discard() {
  std::error_code ignored;
  fs::remove(state_->part, ignored);
}

}  // namespace recombine

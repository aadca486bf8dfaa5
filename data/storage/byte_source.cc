#include "data/storage/byte_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "data/error.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 18U;
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";
constexpr std::string_view kZstdSkipped = "\x2a\x4d\x18";  // behind a byte 0x50 to 0x5f

bool is_zstd(std::string_view begin) {
  const bool skipped = begin.size() > 4 &&
                       (static_cast<unsigned char>(begin[0]) & 0xF0U) == 0x50U &&
                       begin.substr(1).starts_with(kZstdSkipped);
  return skipped || begin.starts_with(kZstdMagic);
}

/// The stored bytes that are next, and where the decompressed ones go.
struct Flow {
  std::string_view in;
  char* place = nullptr;
  std::size_t room = 0;
};

}  // namespace

struct ByteSource::Decoder {
  Decoder() = default;
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  virtual const char* name() const = 0;
  /// Takes from flow.in and writes to flow.place what it can. Throws DataError, with what is wrong
  /// alone, for bytes that are no such stream.
  virtual void step(Flow& flow) = 0;
  /// Whether the stored bytes may end here.
  virtual bool at_end() const = 0;
};

namespace {

class GzipDecoder : public ByteSource::Decoder {
 public:
  GzipDecoder() {
    constexpr int kGzipAlone = 16;
    if (inflateInit2(&stream_, MAX_WBITS + kGzipAlone) != Z_OK) throw std::bad_alloc();
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  const char* name() const override { return "gzip"; }
  bool at_end() const override { return between_; }

  void step(Flow& flow) override {
    if (between_ && !begin_member(flow)) return;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): zlib reads it alone
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(flow.in.data()));
    stream_.avail_in = static_cast<uInt>(flow.in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(flow.place);
    stream_.avail_out = static_cast<uInt>(flow.room);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    flow.in.remove_prefix(flow.in.size() - stream_.avail_in);
    flow.place += flow.room - stream_.avail_out;
    flow.room = stream_.avail_out;
    between_ = result == Z_STREAM_END;
    members_ += between_ ? 1 : 0;
    const bool good = result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
    require_data(good, stream_.msg != nullptr ? stream_.msg : "not gzip");
  }

 private:
  /// Members may follow each other, and zeros may follow the last, as tape writers fill their
  /// blocks. False where nothing is left of flow.in.
  bool begin_member(Flow& flow) {
    if (members_ > 0)
      flow.in.remove_prefix(std::min(flow.in.find_first_not_of('\0'), flow.in.size()));
    if (flow.in.empty()) return false;
    require_data(flow.in.front() == kGzipMagic.front(), "other bytes follow its end");
    inflateReset(&stream_);
    between_ = false;
    return true;
  }

  z_stream stream_{};
  bool between_ = true;  ///< no member is begun and not ended
  std::size_t members_ = 0;
};

class ZstdDecoder : public ByteSource::Decoder {
 public:
  ZstdDecoder() : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }
  ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }
  ZstdDecoder(const ZstdDecoder&) = delete;
  ZstdDecoder& operator=(const ZstdDecoder&) = delete;

  const char* name() const override { return "zstd"; }
  bool at_end() const override { return at_end_; }

  void step(Flow& flow) override {
    if (flow.in.empty() && at_end_) return;  // it would await another frame
    ZSTD_inBuffer in{flow.in.data(), flow.in.size(), 0};
    ZSTD_outBuffer out{flow.place, flow.room, 0};
    const std::size_t result = ZSTD_decompressStream(stream_, &out, &in);
    if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation) throw std::bad_alloc();
    require_data(ZSTD_getErrorCode(result) != ZSTD_error_frameParameter_windowTooLarge,
                 "its window is over 128 MiB; compress it again without --long");
    require_data(ZSTD_isError(result) == 0, ZSTD_getErrorName(result));
    flow.in.remove_prefix(in.pos);
    flow.place += out.pos;
    flow.room -= out.pos;
    at_end_ = result == 0;
  }

 private:
  ZSTD_DStream* stream_;
  bool at_end_ = true;
};

}  // namespace

struct ByteSource::State {
  fs::path path;
  int descriptor = -1;
  std::array<char, kReadBytes> buffer{};
  std::string_view stored;        ///< of the buffer, not yet handed on
  bool ended = false;             ///< of the file
  std::uint64_t bytes_taken = 0;  ///< of the file so far
  std::uint64_t bytes_given = 0;  ///< that the decoder has made of them
  std::unique_ptr<Decoder> decoder;

  explicit State(fs::path file) : path(std::move(file)) {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    const bool readable =
        descriptor >= 0 && ::fstat(descriptor, &status) == 0 && !S_ISDIR(status.st_mode);
    if (readable) return;
    const char* why = descriptor >= 0 || errno != ENOENT ? "not a readable file" : "no such file";
    if (descriptor >= 0) ::close(descriptor);
    throw DataError(cat(path.string(), ": cannot be read (", why, ")"));
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ::close(descriptor); }

  std::size_t read_stored(char* place, std::size_t most) {
    while (true) {
      const ssize_t got = ::read(descriptor, place, most);
      if (got < 0 && errno == EINTR) continue;
      require_data(got >= 0, path.string(), ": cannot be read (", std::strerror(errno), ")");
      ended = got == 0 && most > 0;
      bytes_taken += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
  }

  /// More stored bytes behind those that are left, which are less than half of the buffer.
  void refill() {
    std::ranges::copy(stored, buffer.begin());
    const std::size_t got = read_stored(buffer.data() + stored.size(), kReadBytes - stored.size());
    stored = {buffer.data(), stored.size() + got};
  }

  std::size_t read_plain(char* place, std::size_t most) {
    const std::size_t taken = std::min(most, stored.size());
    std::memcpy(place, stored.data(), taken);
    stored.remove_prefix(taken);
    std::size_t filled = taken;
    while (filled < most && !ended) filled += read_stored(place + filled, most - filled);
    return filled;
  }

  std::size_t read_decoded(char* place, std::size_t most) {
    Flow flow;
    flow.in = stored;
    flow.place = place;
    flow.room = most;
    while (flow.room > 0) {
      if (flow.in.empty() && !ended) {
        stored = {};
        refill();
        flow.in = stored;
      }
      const std::size_t room = flow.room;
      const std::size_t left = flow.in.size();
      step(flow);
      bytes_given += room - flow.room;
      refuse_bomb();
      const bool moved = flow.room < room || flow.in.size() < left;
      if (!moved && ended && flow.in.empty()) break;
    }
    stored = flow.in;
    const bool whole = flow.room == 0 || decoder->at_end();
    require_data(whole, path.string(), ": is cut off: its ", decoder->name(), " data have no end");
    return most - flow.room;
  }

  void refuse_bomb() const {
    require_data(
        bytes_given <= kTrustedInflation || bytes_given / kMostInflationTimes <= bytes_taken,
        path.string(), ": holds more than ", kTrustedInflation >> 20U, " MiB and over ",
        kMostInflationTimes, " times its own size in ", decoder->name(),
        " form, as a file does that is made to fill memory; decompress it first where it ",
        "is meant so");
  }

  void step(Flow& flow) const {
    try {
      decoder->step(flow);
    } catch (const DataError& error) {
      throw DataError(
          cat(path.string(), ": is damaged: ", decoder->name(), " (", error.what(), ")"));
    }
  }
};

ByteSource::ByteSource(const fs::path& path) : state_(std::make_unique<State>(path)) {
  while (state_->stored.size() < kZstdMagic.size() && !state_->ended) state_->refill();
  if (state_->stored.starts_with(kGzipMagic)) state_->decoder = std::make_unique<GzipDecoder>();
  if (is_zstd(state_->stored)) state_->decoder = std::make_unique<ZstdDecoder>();
}

ByteSource::~ByteSource() = default;
ByteSource::ByteSource(ByteSource&&) noexcept = default;

std::size_t ByteSource::read(char* place, std::size_t most) {
  return compressed() ? state_->read_decoded(place, most) : state_->read_plain(place, most);
}

bool ByteSource::compressed() const { return state_->decoder != nullptr; }
const fs::path& ByteSource::path() const { return state_->path; }

}  // namespace recombine

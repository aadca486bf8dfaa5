#include "data/storage/event_file.h"

#include <atomic>
#include <bit>
#include <utility>

#include <boost/crc.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/file.h"
#include "data/storage/varint.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr auto kFlushAfter = std::chrono::seconds(5);

// Field numbers of tensorflow.Event and the messages inside it.
enum EventField : std::uint32_t {
  kWallTime = 1,
  kStep = 2,
  kFileVersion = 3,
  kSummary = 5,
  kSession = 7
};
enum ValueField : std::uint32_t { kTag = 1, kScalar = 2, kImage = 4, kTensor = 8, kMetadata = 9 };

std::string varint(std::uint64_t value) {
  std::string bytes;
  put_varint(bytes, value);
  return bytes;
}

std::string number_field(std::uint32_t field, std::uint64_t value) {
  return varint(field << 3U) + varint(value);
}

std::string bytes_field(std::uint32_t field, std::string_view bytes) {
  return varint(field << 3U | 2U) + varint(bytes.size()) + std::string(bytes);
}

std::string double_field(std::uint32_t field, double value) {
  std::string bytes = varint(field << 3U | 1U);
  put_u64(bytes, std::bit_cast<std::uint64_t>(value));
  return bytes;
}

std::string float_field(std::uint32_t field, float value) {
  std::string bytes = varint(field << 3U | 5U);
  put_u32(bytes, std::bit_cast<std::uint32_t>(value));
  return bytes;
}

/// The type of a value by its text, and the value as google.protobuf.Value.
std::pair<std::uint64_t, std::string> protobuf_value(const std::string& text) {
  enum Type : std::uint64_t { kText = 1, kTruth = 2, kNumber = 3 };
  if (text == "true" || text == "false") return {kTruth, number_field(4, text == "true" ? 1 : 0)};
  if (const auto number = parse_number<double>(text)) return {kNumber, double_field(2, *number)};
  return {kText, bytes_field(3, text)};
}

std::string event_head(std::uint64_t step) {
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  return double_field(kWallTime, now.count()) + number_field(kStep, step);
}

std::string new_file_name() {
  static std::atomic<int> files{0};
  std::string host(256, '\0');
  if (gethostname(host.data(), host.size() - 1) != 0) host = "localhost";
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
      std::chrono::system_clock::now().time_since_epoch());
  return cat("events.out.tfevents.", seconds.count(), ".", host.c_str(), ".", getpid(), ".",
             files++);
}

}  // namespace

std::uint32_t masked_crc32c(std::string_view bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return std::rotr(static_cast<std::uint32_t>(crc.checksum()), 15) + 0xA282EAD8U;
}

std::string frame_event(std::string_view event) {
  std::string framed;
  put_u64(framed, event.size());
  put_u32(framed, masked_crc32c(framed));
  framed += event;
  put_u32(framed, masked_crc32c(event));
  return framed;
}

EventFile::EventFile(const std::filesystem::path& folder, std::uint64_t first_step)
    : path_(folder / new_file_name()),
      descriptor_(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)),
      flushed_(std::chrono::steady_clock::now()) {
  require_data(descriptor_ >= 0, path_.string(),
               ": cannot be written; is the folder there and yours?");
  record(event_head(0) + bytes_field(kFileVersion, "brain.Event:2"));
  const std::string session_start = number_field(1, 1);
  record(event_head(first_step) + bytes_field(kSession, session_start));
  flush();
}

EventFile::~EventFile() {
  try {
    flush();
  } catch (const std::exception&) {
    pending_.clear();  // a destructor must not throw; whoever needs to know calls flush()
  }
  close(descriptor_);
}

void EventFile::scalar(std::uint64_t step, std::string_view tag, double value_of_tag) {
  value(step, bytes_field(kTag, tag) + float_field(kScalar, static_cast<float>(value_of_tag)));
}

void EventFile::image(std::uint64_t step, std::string_view tag, const Png& image) {
  constexpr std::uint64_t kRgb = 3;
  const std::string message = number_field(1, static_cast<std::uint64_t>(image.height)) +
                              number_field(2, static_cast<std::uint64_t>(image.width)) +
                              number_field(3, kRgb) + bytes_field(4, image.bytes);
  value(step, bytes_field(kTag, tag) + bytes_field(kImage, message));
}

void EventFile::text(std::uint64_t step, std::string_view tag, std::string_view text) {
  constexpr std::uint64_t kString = 7;  // DT_STRING
  const std::string plugin = bytes_field(1, bytes_field(1, "text"));
  const std::string shape = bytes_field(2, bytes_field(2, number_field(1, 1)));
  const std::string tensor = number_field(1, kString) + shape + bytes_field(8, text);
  value(step,
        bytes_field(kTag, tag) + bytes_field(kTensor, tensor) + bytes_field(kMetadata, plugin));
}

void EventFile::plugin(std::string_view tag, std::string_view data) {
  constexpr std::uint64_t kFloat = 1;  // DT_FLOAT
  const std::string metadata = bytes_field(1, bytes_field(1, "hparams") + bytes_field(2, data));
  const std::string tensor = number_field(1, kFloat) + bytes_field(2, "");
  value(0,
        bytes_field(kTag, tag) + bytes_field(kTensor, tensor) + bytes_field(kMetadata, metadata));
}

// The messages are those of tensorboard/plugins/hparams/{plugin_data,api}.proto.
void EventFile::hyper_parameters(const NamedValues& values, std::span<const std::string> metrics) {
  enum PluginField : std::uint32_t { kExperiment = 2, kSessionStart = 3 };
  std::string experiment;
  std::string session;
  for (const auto& [name, text] : values) {
    const auto& [type, wire] = protobuf_value(text);
    experiment += bytes_field(4, bytes_field(1, name) + number_field(4, type));
    session += bytes_field(1, bytes_field(1, name) + bytes_field(2, wire));
  }
  for (const std::string& metric : metrics)
    experiment += bytes_field(5, bytes_field(1, bytes_field(2, metric)));
  plugin("_hparams_/experiment", bytes_field(kExperiment, experiment));
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  plugin("_hparams_/session_start_info",
         bytes_field(kSessionStart, session + double_field(5, now.count())));
}

void EventFile::value(std::uint64_t step, const std::string& value) {
  record(event_head(step) + bytes_field(kSummary, bytes_field(1, value)));
}

void EventFile::record(std::string_view event) {
  pending_ += frame_event(event);
  if (std::chrono::steady_clock::now() - flushed_ >= kFlushAfter) flush();
}

void EventFile::flush() {
  write_all(descriptor_, pending_, path_);
  pending_.clear();
  flushed_ = std::chrono::steady_clock::now();
}

}  // namespace recombine

#pragma once
// What a run tells TensorBoard: scalars, pictures and texts over steps (docs/FORMAT.md, "Event
// files").

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "data/png.h"
#include "data/storage/ini_values.h"

namespace recombine {

/// Appends to a new `events.out.tfevents.<seconds>.<host>.<process>.<number>` in a folder. What was
/// added is on disk after flush(), after a few seconds, and when the file is closed. Not
/// thread-safe. All failures to write are DataErrors that name the file.
class EventFile {
 public:
  /// Viewers forget what earlier files of the folder hold from `first_step` on: a resumed run
  /// replaces the steps that it repeats. Throws DataError where the file cannot be made.
  EventFile(const std::filesystem::path& folder, std::uint64_t first_step);
  ~EventFile();
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;

  void scalar(std::uint64_t step, std::string_view tag, double value);
  void image(std::uint64_t step, std::string_view tag, const Png& image);
  /// Viewers show `text` as Markdown.
  void text(std::uint64_t step, std::string_view tag, std::string_view text);
  /// What viewers compare runs by: values of options (numbers and truths as such, else text), and
  /// the tags of the scalars that are the outcome. For the beginning of a run.
  void hyper_parameters(const NamedValues& values, std::span<const std::string> metrics);
  void flush();

  const std::filesystem::path& path() const { return path_; }

 private:
  void value(std::uint64_t step, const std::string& value);
  void plugin(std::string_view tag, std::string_view data);
  void record(std::string_view event);

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::string pending_;
  std::chrono::steady_clock::time_point flushed_;
};

/// A record of an event file: length, its checksum, the event, its checksum.
std::string frame_event(std::string_view event);

/// CRC-32C (Castagnoli), rotated and offset as record files have it.
std::uint32_t masked_crc32c(std::string_view bytes);

}  // namespace recombine

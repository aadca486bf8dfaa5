#pragma once
// Requests on disk, split into files that a provider takes.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eval/llm/provider.h"

namespace recombine {

/// A file of requests, as the folder's description lists it.
struct WrittenFile {
  std::string file;
  std::uint64_t requests = 0;
  std::uint64_t bytes = 0;
};

class RequestWriter {
 public:
  /// Files go into `folder`, which is there; `form` must outlive the writer.
  RequestWriter(std::filesystem::path folder, const RequestFiles& form);
  ~RequestWriter();
  RequestWriter(const RequestWriter&) = delete;
  RequestWriter& operator=(const RequestWriter&) = delete;

  /// `text` is the request as it stands in the file. Throws InputError where it alone is over the
  /// provider's limit.
  void add(const Question& question, std::string_view text);
  /// Ends the last file; all files in order.
  const std::vector<WrittenFile>& finish();

 private:
  void close();
  void write(std::string_view bytes);
  bool fits(std::string_view text) const;

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace recombine

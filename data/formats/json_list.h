#pragma once
// JSON arrays as Python's json.dump writes them, all on one line, an element at a time.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "data/json.h"
#include "data/storage/file.h"

namespace recombine {

/// A file that holds one array. It appears whole, on finish(), or not at all.
class JsonListFile {
 public:
  explicit JsonListFile(const std::filesystem::path& path);

  /// Appends an element: its JSON text.
  void add(std::string_view element);
  void finish();

 private:
  AtomicFile file_;
  bool empty_ = true;
};

/// Hands every element of the array in `file` and its number, from 0, to `take`, and holds one of
/// them at a time. Throws DataError where the file is no such array; a DataError that `take` throws
/// gets "file: item N: " in front, and so does a value of another kind than `take` asks for.
void for_each_element(const std::filesystem::path& file,
                      const std::function<void(const Json& element, std::uint64_t index)>& take);

}  // namespace recombine

#pragma once
// The safetensors format: named tensors behind a JSON header. Without Torch.
// (github.com/huggingface/safetensors, README, "Format")

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace recombine {

struct StoredTensor {
  std::string dtype;  ///< "F32", "I64", "U8", ...
  std::vector<std::int64_t> shape;
  std::string bytes;  ///< row-major, little-endian

  friend bool operator==(const StoredTensor&, const StoredTensor&) = default;
};

struct SafeTensors {
  std::map<std::string, StoredTensor> tensors;
  std::map<std::string, std::string> metadata;

  friend bool operator==(const SafeTensors&, const SafeTensors&) = default;
};

/// Bytes of one element; 0 for a dtype that is not known.
std::size_t dtype_bytes(const std::string& dtype);

/// The whole file as Python's library writes it: by falling element size, then name; the header
/// padded with spaces to a multiple of 8.
std::string encode_safetensors(const SafeTensors& content);

/// Throws DataError, whose text says what is wrong: cut off, overlapping or with holes, sizes that
/// do not fit shapes, names twice, an unreasonable header.
SafeTensors decode_safetensors(std::string_view bytes);

/// Both throw DataError that names the file.
SafeTensors read_safetensors(const std::filesystem::path& file);
void write_safetensors(const std::filesystem::path& file, const SafeTensors& content);

}  // namespace recombine

#pragma once
// Items as NumPy arrays.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "python/bindings/source.h"
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "data/episode.h"

namespace recombine::python {

using ByteArray = nanobind::ndarray<nanobind::numpy, std::uint8_t>;
using TokenArray = nanobind::ndarray<nanobind::numpy, std::int32_t>;

/// Memory that an array will own; filled by any thread, without the interpreter.
template <class Number>
struct Filled {
  std::vector<std::size_t> shape;
  std::unique_ptr<Number[]> numbers;

  explicit Filled(std::vector<std::size_t> of) : shape(std::move(of)) {
    std::size_t size = 1;
    for (const std::size_t length : shape) size *= length;
    numbers.reset(new Number[size]);
  }

  /// Needs the interpreter.
  nanobind::ndarray<nanobind::numpy, Number> array() {
    Number* const data = numbers.release();
    const nanobind::capsule owner(
        data, [](void* memory) noexcept { delete[] static_cast<Number*>(memory); });
    return {data, shape.size(), shape.data(), owner};
  }
};

/// [n, 2, N, N]: input and output of each example.
ByteArray pairs_array(std::span<const Example> examples, int side);
/// [n]: 1 the shape rule, 2 the colour rule, 4 the indicator rule; 0 unknown.
ByteArray roles_array(std::span<const Example> examples);
/// [N, N].
ByteArray grid_array(const Grid& grid);

/// What must be equal for episodes to lie in one array.
struct EpisodeSizes {
  std::size_t study = 0;
  std::size_t queries = 0;
  std::size_t side = 0;

  friend bool operator==(const EpisodeSizes&, const EpisodeSizes&) = default;
};

/// The episodes of records: study [B, S, 2, N, N], queries [B, Q, 2, N, N], roles [B, S]. Throws
/// InputError where they have different sizes.
struct EpisodeBatch {
  Filled<std::uint8_t> study;
  Filled<std::uint8_t> queries;
  Filled<std::uint8_t> roles;

  EpisodeBatch(std::span<const std::string> records, int threads);

 private:
  EpisodeBatch(std::span<const std::string> records, const EpisodeSizes& sizes, int threads);
};

/// The questions of records: tokens [B, T], filled up with -1, then three arrays [B].
struct FactBatch {
  Filled<std::int32_t> tokens;
  Filled<std::int32_t> lengths;
  Filled<std::int32_t> prompts;
  Filled<std::int32_t> types;

  FactBatch(std::span<const std::string> records, const FactVocabulary& vocabulary, int threads);
};

}  // namespace recombine::python

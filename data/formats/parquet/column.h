#pragma once
// A column of a Parquet file: its values of one group of rows, and how they are written.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/formats/columns.h"
#include "data/formats/parquet/thrift.h"

namespace recombine {

/// The elements of the schema that a column is made of.
std::vector<CompactStruct> schema_of(const TableColumn& column);

/// Values of a column until they are written. A value's `repeated` says which of its lists goes on:
/// 0 begins a row, `lists` adds to the innermost list.
class ColumnBuffer {
 public:
  explicit ColumnBuffer(const TableColumn& column) : column_(column) {}

  void add_text(std::string_view value, int repeated);
  void add_digit(int value, int repeated);
  void add_truth(bool value);
  /// A row whose outermost list is empty.
  void add_empty() { add_levels(0, 0); }

  std::size_t size() const { return entries_; }
  /// Appends the pages of all values to `bytes`, which begin at `offset` of the file, and forgets
  /// them. Returns the chunk's description and adds its size before compression to `raw_bytes`.
  CompactStruct write(std::string& bytes, std::int64_t offset, std::int64_t& raw_bytes);

 private:
  void add_levels(int repeated, int defined);
  std::string values() const;
  std::string page() const;

  TableColumn column_;
  std::size_t entries_ = 0;
  std::string repeated_;  ///< a level a byte
  std::string defined_;
  std::string plain_;  ///< of text as it is written, else a value a byte
};

}  // namespace recombine

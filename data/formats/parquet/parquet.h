#pragma once
// Tables of Parquet (https://parquet.apache.org), for which Debian has no library: as much of the
// format as our columns need. Pages are compressed by zstd; digits have a dictionary.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/formats/format.h"
#include "data/formats/output.h"
#include "data/formats/parquet/column.h"

namespace recombine {

/// Writes a table, some ten thousand rows at a time.
class ParquetWriter {
 public:
  /// `file` must outlive the writer.
  ParquetWriter(OutputFile& file, std::span<const TableColumn> columns);

  /// Where the next row's values go.
  ColumnBuffer& column(std::size_t number) { return buffers_[number]; }
  /// Ends a row: every column must have got its values.
  void end_row();
  void finish();

 private:
  void write(std::string_view bytes);
  void write_group();

  OutputFile& file_;
  std::vector<CompactStruct> schema_;
  std::vector<ColumnBuffer> buffers_;
  std::vector<CompactStruct> groups_;
  std::int64_t offset_ = 0;
  std::int64_t rows_ = 0;
  std::int64_t group_rows_ = 0;
};

/// Writes the set in `folder` to `out`, with the columns of the format hf.
void export_parquet_set(const ExportJob& job,
                        const std::filesystem::path& folder,
                        const std::filesystem::path& out);

}  // namespace recombine

#pragma once
// Tables for people: the same cells as aligned text, Markdown, CSV or HTML.

#include <string>
#include <string_view>
#include <vector>

#include "eval/scoring/statistics.h"

namespace recombine {

/// All rows have as many cells as the header.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row_styles = {};  ///< a class a row, in HTML alone; none: all plain
};

/// Columns aligned by spaces: the first to the left, the others to the right. Where lines would be
/// longer than `width` characters, the columns that have no room stand below, after the first one
/// again; 0: no line is too long.
std::string aligned_text(const Table& table, int width = 0);
std::string markdown_text(const Table& table);
/// RFC 4180: fields with commas, quotes or line breaks in quotes.
std::string csv_text(const Table& table);
/// A `<table>`, whose columns sort on a click where it stands in a page (eval/page). `style`: "" or
/// "published".
std::string html_table(const Table& table, std::string_view style = "");

/// Text with the five characters that HTML reserves written as entities.
std::string html_escape(std::string_view text);

/// "78.3": a share in per cent.
std::string percent(double share);
/// "78.3 [77.0, 79.6]".
std::string percent(const Interval& interval);
/// "85,460".
std::string grouped(std::uint64_t number);
/// An amount with two decimals: "1.50".
std::string money(double amount);
/// "37 s", "9 min 45 s", "1 h 02 min".
std::string duration(double seconds);

}  // namespace recombine

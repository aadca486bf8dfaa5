#include "eval/tables/table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "data/error.h"
#include "data/visible_text.h"

namespace recombine {
namespace {

using Row = std::vector<std::string>;

/// Characters, not bytes.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::size_t> column_widths(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < table.header.size(); ++column) {
    std::size_t width = width_of(table.header[column]);
    for (const Row& row : table.rows) width = std::max(width, width_of(row[column]));
    widths.push_back(width);
  }
  return widths;
}

std::string aligned_row(const Row& row, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t column = 0; column < row.size(); ++column) {
    const std::string gap(widths[column] - width_of(row[column]), ' ');
    if (column > 0) line += "  ";
    line += column == 0 ? row[column] + gap : gap + row[column];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string markdown_row(const Row& row) {
  std::string line = "|";
  for (std::string cell : row) {
    for (std::size_t bar = cell.find('|'); bar != std::string::npos;
         bar = cell.find('|', bar + 2)) {
      cell.replace(bar, 1, "\\|");
    }
    line += cat(" ", cell, " |");
  }
  return line + "\n";
}

std::string csv_row(const Row& row) {
  std::string line;
  for (std::size_t column = 0; column < row.size(); ++column) {
    std::string cell = row[column];
    if (cell.find_first_of(",\"\n\r") != std::string::npos) {
      for (std::size_t quote = cell.find('"'); quote != std::string::npos;
           quote = cell.find('"', quote + 2)) {
        cell.insert(quote, 1, '"');
      }
      cell = cat('"', cell, '"');
    }
    line += (column == 0 ? "" : ",") + cell;
  }
  return line + "\r\n";
}

/// Columns from `first` on that have room beside column 0: at least one. Where they end.
std::size_t fitting_end(const std::vector<std::size_t>& widths,
                        std::size_t first,
                        std::size_t width) {
  std::size_t used = widths.front();
  std::size_t end = first;
  while (end < widths.size() && (end == first || used + 2 + widths[end] <= width))
    used += 2 + widths[end++];
  return end;
}

/// ` class="name"`; nothing for no name.
std::string class_text(std::string_view name) {
  return name.empty() ? "" : cat(" class=\"", name, "\"");
}

std::string html_row(const Row& row, std::string_view tag, std::string_view style) {
  std::string line = cat("<tr", class_text(style), ">");
  for (const std::string& cell : row)
    line += cat("<", tag, ">", html_escape(visible_text(cell)), "</", tag, ">");
  return line + "</tr>\n";
}

std::string format_number(const char* format, double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

}  // namespace

std::string aligned_text(const Table& table, int width) {
  const auto widths = column_widths(table);
  std::string text;
  std::size_t first = 1;
  do {
    const std::size_t end =
        width > 0 ? fitting_end(widths, first, static_cast<std::size_t>(width)) : widths.size();
    const auto part = [&](const auto& all) {
      std::remove_cvref_t<decltype(all)> some(all.begin(), all.begin() + 1);
      some.insert(some.end(), all.begin() + static_cast<std::ptrdiff_t>(first),
                  all.begin() + static_cast<std::ptrdiff_t>(end));
      return some;
    };
    if (first > 1) text += "\n";
    text += aligned_row(part(table.header), part(widths));
    for (const Row& row : table.rows) text += aligned_row(part(row), part(widths));
    first = end;
  } while (first < widths.size());
  return text;
}

std::string markdown_text(const Table& table) {
  std::string text = markdown_row(table.header) + "| --- |";
  for (std::size_t column = 1; column < table.header.size(); ++column) text += " ---: |";
  text += "\n";
  for (const Row& row : table.rows) text += markdown_row(row);
  return text;
}

std::string csv_text(const Table& table) {
  std::string text = csv_row(table.header);
  for (const Row& row : table.rows) text += csv_row(row);
  return text;
}

std::string html_table(const Table& table, std::string_view style) {
  std::string text = cat("<table", class_text(style), ">\n<thead>",
                         html_row(table.header, "th", ""), "</thead>\n<tbody>\n");
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    text += html_row(table.rows[i], "td", table.row_styles.empty() ? "" : table.row_styles.at(i));
  return text + "</tbody>\n</table>\n";
}

std::string html_escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string percent(double share) { return format_number("%.1f", 100 * share); }

std::string percent(const Interval& interval) {
  return cat(percent(interval.value), " [", percent(interval.low), ", ", percent(interval.high),
             "]");
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (auto place = static_cast<int>(text.size()) - 3; place > 0; place -= 3) {
    text.insert(static_cast<std::size_t>(place), ",");
  }
  return text;
}

std::string money(double amount) { return format_number("%.2f", amount); }

std::string duration(double seconds) {
  const auto whole = std::max(0L, std::lround(seconds));
  if (whole < 60) return cat(whole, " s");
  const auto two_digits = [](long number) { return cat(number < 10 ? "0" : "", number); };
  if (whole < 3600) return cat(whole / 60, " min ", two_digits(whole % 60), " s");
  return cat(whole / 3600, " h ", two_digits(whole / 60 % 60), " min");
}

}  // namespace recombine

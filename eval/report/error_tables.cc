#include "eval/report/error_tables.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "data/error.h"
#include "data/family.h"

namespace recombine {
namespace {

std::uint64_t wrong_answers_of(const ErrorCounts& errors) {
  std::uint64_t sum = 0;
  for (const auto& [kind, count] : errors) sum += count;
  return sum;
}

/// "123 (4.5 %)", or "-" for none.
std::string share_cell(std::uint64_t count, std::uint64_t wrong) {
  if (count == 0) return "-";
  const double share = static_cast<double>(count) / static_cast<double>(wrong);
  return cat(grouped(count), " (", percent(share), " %)");
}

Table kinds_table(const Report& report) {
  Table table{{"wrong answers"}, {}};
  std::vector<std::string> sums = {"all"};
  for (const auto& [name, scores] : report.splits) {
    table.header.push_back(name);
    sums.push_back(grouped(wrong_answers_of(scores.all.errors)));
  }
  table.rows.push_back(std::move(sums));
  for (const ErrorKind& kind : error_kinds(report.family)) {
    std::vector<std::string> row = {std::string(kind.name)};
    bool any = false;
    for (const auto& [name, scores] : report.splits) {
      const ErrorCounts& errors = scores.all.errors;
      const auto found = errors.find(std::string(kind.name));
      const std::uint64_t count = found == errors.end() ? 0 : found->second;
      row.push_back(share_cell(count, wrong_answers_of(errors)));
      any = any || count > 0;
    }
    if (any) table.rows.push_back(std::move(row));
  }
  if (table.rows.size() == 1) table.rows.clear();
  return table;
}

struct ConfusedRule {
  std::uint64_t answers = 0;
  std::array<std::string, 4> cells;  ///< split, role, right rule, shown rule
};

Table rules_table(const Report& report, std::size_t most) {
  std::vector<ConfusedRule> rules;
  for (const auto& [split, scores] : report.splits) {
    for (const auto& [role, truths] : scores.rule_confusion) {
      for (const auto& [truth, shown] : truths) {
        for (const auto& [rule, answers] : shown)
          rules.push_back({answers, {split, figure_label(role), truth, rule}});
      }
    }
  }
  std::ranges::stable_sort(rules, std::ranges::greater{}, &ConfusedRule::answers);
  rules.resize(std::min(rules.size(), most));
  Table table{{"split", "role", "right", "shown", "answers"}, {}};
  for (const ConfusedRule& rule : rules) {
    const auto& [split, role, truth, shown] = rule.cells;
    table.rows.push_back({split, role, truth, shown, grouped(rule.answers)});
  }
  return table;
}

}  // namespace

std::span<const ErrorKind> error_kinds(std::string_view family) {
  return family == kFacts.name ? fact_error_kinds() : grid_error_kinds();
}

std::vector<Table> error_tables(const Report& report, std::size_t most_rules) {
  std::vector<Table> tables = {kinds_table(report), rules_table(report, most_rules)};
  std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
  return tables;
}

std::string changes_text(std::span<const RuleChange> changes) {
  std::string text;
  for (const RuleChange& change : changes) {
    text += cat(text.empty() ? "" : "; ", figure_label(change.role), ": ", change.truth, " -> ",
                change.shown);
  }
  return text;
}

}  // namespace recombine

#include "models/executor/assignment.h"

#include <limits>

namespace recombine {
namespace {

/// Rows and columns with prices; numbers begin with 1, and 0 stands for the row that is being
/// placed.
class Prices {
 public:
  Prices(std::span<const double> gain, int n)
      : gain_(gain),
        n_(static_cast<std::size_t>(n)),
        rows_(n_ + 1),
        columns_(n_ + 1),
        holder_(n_ + 1),
        before_(n_ + 1) {}

  /// Gives the row a column; rows before it may change theirs.
  void place(std::size_t row) {
    holder_[0] = row;
    std::size_t column = 0;
    std::vector<double> least(n_ + 1, std::numeric_limits<double>::infinity());
    std::vector<bool> reached(n_ + 1, false);
    while (holder_[column] != 0) column = reach_next(column, least, reached);
    while (column != 0) {
      holder_[column] = holder_[before_[column]];
      column = before_[column];
    }
  }

  std::vector<int> columns_of_rows() const {
    std::vector<int> column_of(n_);
    for (std::size_t column = 1; column <= n_; ++column)
      column_of[holder_[column] - 1] = static_cast<int>(column) - 1;
    return column_of;
  }

 private:
  double reduced(std::size_t row, std::size_t column) const {
    return -gain_[(row - 1) * n_ + column - 1] - rows_[row] - columns_[column];
  }

  /// From a column whose holder must move: the cheapest one that was not reached yet.
  std::size_t reach_next(std::size_t from, std::vector<double>& least, std::vector<bool>& reached) {
    reached[from] = true;
    std::size_t next = 0;
    for (std::size_t column = 1; column <= n_; ++column) {
      if (reached[column]) continue;
      const double cost = reduced(holder_[from], column);
      if (cost < least[column]) {
        least[column] = cost;
        before_[column] = from;
      }
      if (next == 0 || least[column] < least[next]) next = column;
    }
    const double step = least[next];
    for (std::size_t column = 0; column <= n_; ++column) {
      if (reached[column]) {
        rows_[holder_[column]] += step;
        columns_[column] -= step;
      } else {
        least[column] -= step;
      }
    }
    return next;
  }

  std::span<const double> gain_;
  std::size_t n_;
  std::vector<double> rows_, columns_;
  std::vector<std::size_t> holder_, before_;
};

}  // namespace

std::vector<int> best_assignment(std::span<const double> gain, int n) {
  Prices prices(gain, n);
  for (std::size_t row = 1; row <= static_cast<std::size_t>(n); ++row) prices.place(row);
  return prices.columns_of_rows();
}

}  // namespace recombine

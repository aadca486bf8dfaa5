#pragma once
// Numbered parts of work that many threads do and whose results are used in order.

#include <cstddef>
#include <functional>

#include "data/reading/in_order.h"

namespace recombine {

/// Calls `work` for 0 .. parts - 1, and what it returns in the order of the parts, as
/// stream_in_order() says.
void run_in_order(std::size_t parts,
                  int threads,
                  const std::function<std::function<void()>(std::size_t part)>& work);

}  // namespace recombine

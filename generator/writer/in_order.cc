#include "generator/writer/in_order.h"

namespace recombine {

void run_in_order(std::size_t parts,
                  int threads,
                  const std::function<std::function<void()>(std::size_t part)>& work) {
  std::size_t part = 0;
  stream_in_order(threads, [&]() -> WorkPart {
    if (part == parts) return {};
    return [&work, number = part++] { return work(number); };
  });
}

}  // namespace recombine

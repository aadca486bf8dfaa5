#include "data/screen/interrupts.h"

#include <atomic>

namespace recombine {
namespace {

std::atomic<bool (*)()> ask = nullptr;  // NOLINT: of the process, as signals are

}  // namespace

void also_ask(bool (*asked)()) { ask = asked; }

bool is_asked_to_end() {
  bool (*const asked)() = ask;
  return asked != nullptr && asked();
}

}  // namespace recombine

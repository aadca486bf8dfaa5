// The front door: every verb that needs no Torch, and the way to those that do.

#include <exception>

#include "tools/command.h"

int main(int argc, char** argv) {
  recombine::hand_over_to_torch(argc, argv);
  return recombine::run_program(argc, argv, recombine::plain_verbs());
}

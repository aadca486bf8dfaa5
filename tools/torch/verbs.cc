// recombine-train: the verbs that need Torch. To add one: a declaration and a line here, and its
// page in tools/torch_verbs.cc.

#include <array>

#include "tools/command.h"
#include "tools/torch_verbs.h"

namespace recombine {

std::unique_ptr<Verb> make_train();
std::unique_ptr<Verb> make_predict();
std::unique_ptr<Verb> make_trace();
std::unique_ptr<Verb> make_parity();
std::unique_ptr<Verb> make_convert();
std::unique_ptr<Verb> make_torch_bench();

namespace {

std::span<const VerbEntry> runnable_verbs() {
  static const std::array kVerbs = {
      torch_verb("train", make_train),   torch_verb("predict", make_predict),
      torch_verb("trace", make_trace),   torch_verb("convert", make_convert),
      torch_verb("parity", make_parity), torch_verb("bench", make_torch_bench),
  };
  return kVerbs;
}

}  // namespace

}  // namespace recombine

int main(int argc, char** argv) {
  return recombine::run_program(argc, argv, recombine::runnable_verbs());
}

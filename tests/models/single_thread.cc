#include <gtest/gtest.h>
#include <torch/torch.h>

namespace recombine {
namespace {

/// As the programs do: tiny operations gain nothing from threads, and results must not depend on
/// them.
class SingleThread : public testing::Environment {
 public:
  void SetUp() override { at::set_num_threads(1); }
};

const auto* const kSingleThread = testing::AddGlobalTestEnvironment(new SingleThread);

}  // namespace
}  // namespace recombine

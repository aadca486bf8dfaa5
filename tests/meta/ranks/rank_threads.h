#pragma once
// Ranks as threads of the test.

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <torch/torch.h>

#include "meta/ranks/meeting.h"
#include "meta/ranks/rank_group.h"

namespace recombine {

/// Runs `work` as ranks of this process, each in a thread; what each threw.
inline std::vector<std::string> run_ranks(int count,
                                          const std::function<void(RankGroup&)>& work,
                                          std::chrono::seconds limit = std::chrono::seconds(30)) {
  const KeptStore kept = keep_store();
  std::vector<std::string> thrown(static_cast<std::size_t>(count));
  std::vector<std::jthread> threads;
  threads.reserve(static_cast<std::size_t>(count));
  for (int rank = 0; rank < count; ++rank) {
    threads.emplace_back([&, rank] {
      try {
        RankGroup group({rank, count, rank, "127.0.0.1", kept.port, true, "0"}, limit);
        work(group);
      } catch (const std::exception& error) {
        thrown[static_cast<std::size_t>(rank)] = error.what();
      }
    });
  }
  threads.clear();
  return thrown;
}

inline void expect_nothing(const std::vector<std::string>& thrown) {
  EXPECT_THAT(thrown, testing::Each(""));
}

inline std::vector<torch::Tensor> random_parts(int count, std::int64_t size, std::uint64_t seed) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  std::vector<torch::Tensor> parts;
  parts.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) parts.push_back(torch::empty({size}).normal_(0, 1, generator));
  return parts;
}

}  // namespace recombine

#include "meta/workers/worker_threads.h"

#include <array>
#include <atomic>

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

TEST(WorkerThreads, RunAJobOnceOnEachWorkerEachTime) {
  WorkerThreads workers(3);
  std::vector<int> runs(3);
  for (int i = 0; i < 100; ++i) workers.run([&](int worker) { ++runs[worker]; });
  EXPECT_EQ(runs, (std::vector<int>{100, 100, 100}));
}

TEST(WorkerThreads, WorkSideBySideWithOneTorchThreadEach) {
  WorkerThreads workers(2);
  std::vector<std::thread::id> ids(2);
  std::vector<int> torch_threads(2);
  workers.run([&](int worker) {
    ids[worker] = std::this_thread::get_id();
    torch_threads[worker] = at::get_num_threads();
  });
  EXPECT_EQ(ids[0], std::this_thread::get_id());
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_EQ(torch_threads, (std::vector<int>{1, 1}));
}

void fail_but_the_first(int worker) {
  if (worker > 0) throw std::runtime_error(std::to_string(worker));
}

TEST(WorkerThreads, PassOnWhatTheFirstByNumberThrew) {
  WorkerThreads workers(3);
  EXPECT_EQ(message_of<std::runtime_error>([&] { workers.run(fail_but_the_first); }), "1");
  EXPECT_EQ(message_of<std::runtime_error>([&] { workers.run(fail_but_the_first); }), "1");
}

TEST(WorkerThreads, GoOnAfterOneHasThrown) {
  WorkerThreads workers(3);
  EXPECT_THROW(workers.run(fail_but_the_first), std::runtime_error);
  std::atomic<int> runs = 0;
  workers.run([&](int) { ++runs; });
  EXPECT_EQ(runs, 3);
}

TEST(WorkerThreads, TakeNumbersThatAreTooSmallForZero) {
  WorkerThreads workers(2);
  std::array<float, 2> products{1, 1};
  workers.run([&](int worker) {
    volatile float tiny = 1e-30F;
    products.at(static_cast<std::size_t>(worker)) = tiny * 1e-12F;
  });
  EXPECT_EQ(products, (std::array<float, 2>{0, 0}));
}

}  // namespace
}  // namespace recombine

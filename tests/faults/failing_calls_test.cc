// Any call to the system fails, once: a full disk, a broken one, one that is mounted anew to be
// read alone, a signal. What was there stays, or the new is there, whole; one line says what
// happened, and no half is left.

#include <algorithm>
#include <array>
#include <cerrno>

#include <gtest/gtest.h>

#include "data/error.h"
#include "tests/data/temporary_folder.h"
#include "tests/faults/scenario.h"
#include "tests/faults/system_calls.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

/// Counts calls; the one of a number fails.
class OneFails : public CallWatcher {
 public:
  OneFails(const fs::path& below, std::size_t number, int error)
      : CallWatcher(below), number_(number), error_(error) {}

  int fault(const SystemCall& call) override {
    if (call.kind == CallKind::kRemove) return 0;
    if (error_ == EINTR && call.kind != CallKind::kWrite) return 0;
    return calls_++ == number_ ? error_ : 0;
  }
  std::size_t calls() const { return calls_; }

 private:
  std::size_t number_;
  int error_;
  std::size_t calls_ = 0;
};

/// Writes a byte more than a third of what is asked for.
class ShortWrites : public CallWatcher {
 public:
  using CallWatcher::CallWatcher;
  std::size_t written(std::size_t bytes) override { return bytes / 3 + (bytes > 0 ? 1 : 0); }
};

class FailingCall : public testing::TestWithParam<Scenario> {
 protected:
  /// The work on a disk of its own, under a watcher.
  template <class Watcher, class... Settings>
  std::size_t work(const std::string& name, const Settings&... settings) {
    place_ = folder_ / name;
    fs::create_directory(place_);
    GetParam().prepare(place_);
    error_.clear();
    Watcher watcher(place_, settings...);
    try {
      GetParam().work(place_);
    } catch (const DataError& error) {
      error_ = error.what();
    }
    if constexpr (requires { watcher.calls(); }) return watcher.calls();
    return 0;
  }

  TemporaryFolder folder_;
  fs::path place_;
  std::string error_;
};

TEST_P(FailingCall, LeavesTheOldOrTheNew) {
  const std::size_t all = work<OneFails>("count", std::size_t{1} << 40U, EIO);
  ASSERT_EQ(error_, "");
  ASSERT_GT(all, 3U);
  for (const int error : {ENOSPC, EIO, EDQUOT, EROFS}) {
    for (std::size_t number = 0; number < all; ++number) {
      const std::string which = cat(error, "-", number);
      work<OneFails>(which, number, error);
      const Found found = GetParam().judge(place_);
      EXPECT_NE(found, Found::kWrong) << which;
      EXPECT_TRUE(!error_.empty() || found == Found::kNew) << which;
      EXPECT_EQ(error_.find('\n'), std::string::npos) << error_;
      fs::remove_all(place_);
    }
  }
}

TEST_P(FailingCall, IsMadeAgainAfterASignal) {
  const std::size_t all = work<OneFails>("count", std::size_t{1} << 40U, EINTR);
  ASSERT_GT(all, 0U);
  for (std::size_t number = 0; number < all; ++number) {
    work<OneFails>(std::to_string(number), number, EINTR);
    EXPECT_EQ(error_, "");
    EXPECT_EQ(GetParam().judge(place_), Found::kNew) << number;
  }
}

TEST_P(FailingCall, IsNoneWhereALittleIsWrittenAtATime) {
  work<ShortWrites>("short");
  EXPECT_EQ(error_, "");
  EXPECT_EQ(GetParam().judge(place_), Found::kNew);
}

std::string name_of_work(const testing::TestParamInfo<Scenario>& scenario) {
  std::string name = scenario.param.name;
  std::ranges::replace(name, ' ', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Every, FailingCall, testing::ValuesIn(scenarios()), name_of_work);

}  // namespace
}  // namespace recombine

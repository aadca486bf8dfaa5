// The power goes at any moment of any work that writes: afterwards there is what was there before,
// or what the work makes, whole. (The idea is that of ALICE, OSDI 2014: a log of calls, and every
// disk that the rules of fsync allow.)

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include <gtest/gtest.h>

#include "data/error.h"
#include "tests/data/temporary_folder.h"
#include "tests/faults/disk_model.h"
#include "tests/faults/scenario.h"

namespace recombine {

// GoogleTest looks for this name.  NOLINTNEXTLINE(readability-identifier-naming)
void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.name; }

namespace {

namespace fs = std::filesystem;

/// The work was done once, with every call that it made.
struct Recording {
  explicit Recording(const Scenario& scenario) {
    fs::create_directory(folder / "disk");
    scenario.prepare(folder / "disk");
    before.emplace(folder / "disk");
    CallLog log(folder / "disk");
    scenario.work(folder / "disk");
    calls = log.calls();
  }

  TemporaryFolder folder;
  std::optional<DiskModel> before;
  std::vector<LoggedCall> calls;
};

/// What is found on a disk in such a state.
Found found_on(const Scenario& scenario,
               const DiskModel& disk,
               const Survival& survival,
               const fs::path& place) {
  disk.write(place, survival);
  Found found = Found::kWrong;
  try {
    found = scenario.judge(place);
  } catch (const std::exception& error) {
    // A state that is refused is nothing to go on with.
    ::testing::Test::RecordProperty("refused", error.what());
  }
  fs::remove_all(place);
  return found;
}

/// What is wrong with the disk after so many calls, as text; "" where nothing is.
std::string fault_after(const Scenario& scenario,
                        const Recording& recording,
                        const DiskModel& disk,
                        std::size_t calls) {
  const bool done = calls == recording.calls.size();
  const std::vector<Survival> ways = survivals();
  for (std::size_t way = 0; way < ways.size(); ++way) {
    const Found found = found_on(scenario, disk, ways[way], recording.folder / "cut");
    if (found == Found::kWrong || (done && found != Found::kNew))
      return cat("after ", calls, " of ", recording.calls.size(), " calls, survival ", way,
                 done ? " (done)" : "", ": state ", static_cast<int>(found));
  }
  return "";
}

/// The first wrong state, the last one of all before the others; "" where there is none.
/// `passed_over`: calls that do nothing.
std::string first_fault(const Scenario& scenario,
                        const Recording& recording,
                        const std::function<bool(const LoggedCall&)>& passed_over) {
  DiskModel last = *recording.before;
  for (const LoggedCall& logged : recording.calls) {
    if (!passed_over(logged)) last.apply(logged);
  }
  std::string fault = fault_after(scenario, recording, last, recording.calls.size());
  DiskModel disk = *recording.before;
  for (std::size_t i = 0; fault.empty() && i < recording.calls.size(); ++i) {
    if (passed_over(recording.calls[i])) continue;
    disk.apply(recording.calls[i]);
    // What a write leaves is looked at after the next call: bytes alone make no name.
    if (recording.calls[i].call.kind == CallKind::kWrite) continue;
    fault = fault_after(scenario, recording, disk, i + 1);
  }
  return fault;
}

class PowerCut : public testing::TestWithParam<Scenario> {};

TEST_P(PowerCut, LeavesTheOldOrTheNew) {
  const Recording recording(GetParam());
  ASSERT_GT(recording.calls.size(), 3U);
  EXPECT_EQ(first_fault(GetParam(), recording, [](const LoggedCall&) { return false; }), "");
}

bool is_sync(const LoggedCall& logged) {
  return logged.call.kind == CallKind::kSync || logged.call.kind == CallKind::kSyncAll;
}

/// Whether a later call syncs the file system, for all that is below the path's folder.
bool is_synced_with_all(const Recording& recording, const fs::path& path) {
  return std::ranges::any_of(recording.calls, [&](const LoggedCall& logged) {
    return logged.call.kind == CallKind::kSyncAll && logged.call.path != path &&
           path.string().starts_with(logged.call.path.string());
  });
}

/// Every file and folder that is synced has to be: without its syncs a cut does damage.
TEST_P(PowerCut, NeedsWhatIsSynced) {
  const Recording recording(GetParam());
  std::set<fs::path> synced;
  for (const LoggedCall& logged : recording.calls) {
    if (is_sync(logged)) synced.insert(logged.call.path);
  }
  ASSERT_FALSE(synced.empty());
  for (const fs::path& path : synced) {
    if (is_synced_with_all(recording, path)) continue;
    const auto passed_over = [&](const LoggedCall& logged) {
      return is_sync(logged) && logged.call.path == path;
    };
    EXPECT_NE(first_fault(GetParam(), recording, passed_over), "") << path;
  }
}

std::string name_of_scenario(const testing::TestParamInfo<Scenario>& scenario) {
  std::string name = scenario.param.name;
  std::ranges::replace(name, ' ', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Every, PowerCut, testing::ValuesIn(scenarios()), name_of_scenario);

}  // namespace
}  // namespace recombine

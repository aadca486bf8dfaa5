#include "tools/suites/suite.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <utility>

#include "data/error.h"
#include "data/family.h"
#include "data/storage/folder.h"
#include "data/storage/text_file.h"
#include "data/text.h"
#include "tools/options.h"
#include "tools/suites/embedded.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTaskEnding = ".ini";

/// The texts of a suite's files.
struct SuiteFiles {
  std::string name;
  std::string place;  ///< of messages: "configs/suite/v1"
  std::map<std::string, std::string> texts;
};

/// Of the suite of this name that the program has in itself; empty where it has none.
std::map<std::string, std::string> embedded_texts(const std::string& suite) {
  std::map<std::string, std::string> texts;
  for (const EmbeddedFile& file : embedded_suite_files()) {
    if (file.folder == suite) texts.emplace(file.name, file.text);
  }
  return texts;
}

SuiteFiles files_of(const std::string& wanted) {
  SuiteFiles files{wanted, cat("suite ", wanted), embedded_texts(wanted)};
  if (!files.texts.empty()) return files;
  std::vector<std::string> known;
  for (const EmbeddedFile& file : embedded_suite_files()) {
    if (std::ranges::find(known, file.folder) == known.end()) known.emplace_back(file.folder);
  }
  const fs::path folder(wanted);
  std::error_code none;
  require(fs::is_directory(folder, none), "--suite ", wanted,
          ": is no suite; known: ", join_text(known, ", "), ", or the folder of one");
  files.place = folder.string();
  files.name = fs::absolute(folder / "x", none).lexically_normal().parent_path().filename();
  for (const fs::path& entry : visible_entries(folder)) {
    const std::string name = entry.filename().string();
    if (name.ends_with(kTaskEnding) || name == kSuiteDigests)
      files.texts.emplace(name, read_text_file(entry));
  }
  require(!files.texts.empty(), "--suite ", wanted, ": has no task, a file NAME.ini");
  const auto own = embedded_texts(files.name);
  require(own.empty() || own == files.texts, "--suite ", wanted, ": is not the suite ", files.name,
          " that the program has; give the folder another name");
  return files;
}

/// The first comment of a file, to its first line that is none.
std::string first_comment(const std::string& text) {
  std::istringstream lines(text);
  std::string comment;
  for (std::string line; std::getline(lines, line) && line.starts_with("#");)
    comment += cat(comment.empty() ? "" : " ", trim(std::string_view(line).substr(1)));
  return comment;
}

bool has_section(const std::string& text, std::string_view section) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (trim(line) == section) return true;
  }
  return false;
}

void require_task_name(const std::string& name, const std::string& origin) {
  const bool plain = std::ranges::all_of(name, [](char c) { return is_word(c) || c == '-'; });
  require(plain && !name.empty(), origin, ": a task's name has letters a-z, digits and '-' alone");
}

SuiteTask read_task(const std::string& name, const std::string& text, const std::string& origin) {
  require_task_name(name, origin);
  SuiteTask task;
  task.name = name;
  task.about = first_comment(text);
  const bool grids = has_section(text, "[grids]");
  task.facts = has_section(text, "[facts]");
  require(grids != task.facts, origin, ": a task has a section [grids] or [facts], one of the two");
  require(!task.facts || !has_section(text, "[split]"), origin,
          ": [split] is for grids; what a world holds out is said in [facts]");
  Options options;
  options.add_section("grids", task.run);
  options.add_section("grids", task.grids);
  options.add_section("split", task.split);
  options.add_section("facts", task.world);
  options.read_ini(text, origin);
  try {
    if (task.facts) {
      task.world.validate();
    } else {
      task.run.validate();
      task.grids.validate();
      task.split.validate();
    }
  } catch (const InputError& error) {
    throw InputError(cat(origin, ": ", options.located(error.what())));
  }
  return task;
}

/// "depth-6 sha256:... train=4000 val_id=500".
std::pair<std::string, FrozenTask> read_digest_line(const std::string& line,
                                                    const std::string& place) {
  const std::vector<std::string> words = split_text(line, ' ');
  FrozenTask frozen;
  require_data(words.size() > 2 && words[1].starts_with("sha256:"), place,
               ": must be NAME sha256:... SET=ITEMS..., as `recombine suite make` prints it");
  frozen.digest = words[1];
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::size_t sign = words[i].find('=');
    const auto count =
        sign == std::string::npos
            ? std::nullopt
            : parse_number<std::uint64_t>(std::string_view(words[i]).substr(sign + 1));
    require_data(count.has_value(), place, ": '", words[i], "' is not SET=ITEMS");
    frozen.sets.push_back({words[i].substr(0, sign), *count});
  }
  return {words[0], std::move(frozen)};
}

void add_digests(Suite& suite, const std::string& text, const std::string& origin) {
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::string place = cat(origin, ":", ++number);
    if (trim(line).empty() || line.starts_with("#")) continue;
    auto [name, frozen] = read_digest_line(line, place);
    const auto task = std::ranges::find(suite.tasks, name, &SuiteTask::name);
    require_data(task != suite.tasks.end(), place, ": the suite has no task ", name, " (", name,
                 kTaskEnding, ")");
    require_data(!task->frozen, place, ": the second line of ", name);
    task->frozen = std::move(frozen);
  }
}

void keep_only(Suite& suite, const std::vector<std::string>& only) {
  std::vector<std::string> known;
  for (const SuiteTask& task : suite.tasks) known.push_back(task.name);
  for (const std::string& name : only) {
    require(suite.find(name) != nullptr, "--only ", name, ": no such task; did you mean '",
            nearest_name(name, known), "'? (recombine suite list)");
  }
  if (only.empty()) return;
  std::erase_if(suite.tasks, [&](const SuiteTask& task) {
    return std::ranges::find(only, task.name) == only.end();
  });
}

}  // namespace

std::string_view SuiteTask::family() const { return facts ? kFacts.name : kGrids.name; }

std::string SuiteTask::axis() const {
  if (!facts) return join_text(split.axis, ",");
  // Worlds whose options name an axis say it; of others the questions do.
  const std::vector<Field> fields = describe(world);
  const auto named = std::ranges::find(fields, "axis", &Field::name);
  return named == fields.end() || named->value.empty() ? world.task : named->value;
}

const SuiteTask* Suite::find(std::string_view task) const {
  const auto place = std::ranges::find(tasks, task, &SuiteTask::name);
  return place == tasks.end() ? nullptr : &*place;
}

Suite open_suite(const std::string& name_or_folder, const std::vector<std::string>& only) {
  const SuiteFiles files = files_of(name_or_folder);
  Suite suite;
  suite.name = files.name;
  for (const auto& [file, text] : files.texts) {
    if (!file.ends_with(kTaskEnding)) continue;
    suite.tasks.push_back(read_task(file.substr(0, file.size() - kTaskEnding.size()), text,
                                    cat(files.place, "/", file)));
  }
  std::ranges::sort(suite.tasks, natural_less, &SuiteTask::name);
  const auto digests = files.texts.find(std::string(kSuiteDigests));
  if (digests != files.texts.end())
    add_digests(suite, digests->second, cat(files.place, "/", kSuiteDigests));
  keep_only(suite, only);
  return suite;
}

}  // namespace recombine

#include "tools/pages.h"

#include <algorithm>
#include <array>

#include "tools/torch_verbs.h"

namespace recombine {
namespace {

constexpr std::array<ExitMeaning, 5> kExitMeanings = {{
    {kDone, "done"},
    {kAnswerIsNo, "done, and the answer is no: a failed verification, a parity mismatch"},
    {kWrongUse, "wrong use: an option, a value or a config"},
    {kBadData, "bad data, or a file that cannot be read or written"},
    {kInterrupted, "interrupted; what is on disk can be resumed"},
}};

VerbPage page_of(const VerbEntry& entry) {
  const std::unique_ptr<Verb> verb = entry.make();
  Options options;
  verb->declare(options);
  return {entry, options.described()};
}

}  // namespace

Names VerbPage::sections() const {
  Names names;
  for (const Options::Described& option : options) {
    if (!option.section.empty() && std::ranges::find(names, option.section) == names.end())
      names.push_back(option.section);
  }
  return names;
}

std::vector<VerbPage> verb_pages() {
  std::vector<VerbPage> pages;
  for (const VerbEntry& entry : plain_verbs()) pages.push_back(page_of(entry));
  for (const VerbEntry& entry : torch_verbs()) pages.push_back(page_of(entry));
  return pages;
}

Names known_values(const FieldNotes& notes) {
  if (!notes.listed.empty()) return listed_names(notes.listed);
  Names names;
  for (const AllowedValue& value : notes.values) {
    if (!value.name.empty()) names.emplace_back(value.name);
  }
  return names;
}

std::string allowed_text(const Options::Described& option) {
  const FieldNotes& notes = option.field.notes;
  if (option.flag) return "on or off";
  if (!notes.listed.empty()) return cat("list ", notes.listed);
  return notes.values.empty() ? notes.range.text() : notes.values_text();
}

std::span<const ExitMeaning> exit_meanings() { return kExitMeanings; }

}  // namespace recombine

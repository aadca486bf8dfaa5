// docs/CLI.md: what `recombine help --markdown` prints.

#include <algorithm>

#include "tools/pages.h"
#include "tools/sections.h"
#include "tools/wrap.h"

namespace recombine {
namespace {

constexpr std::size_t kColumns = 100;

constexpr const char* kConventions = R"(# The command line

<!-- `recombine help --markdown > docs/CLI.md` writes this page. -->

```
recombine <verb> [<family>] [--config FILE.ini]... [--key value | --section.key value]...
recombine --help | --version | help <verb> | <verb> --help
recombine config print <verb> [...]
recombine help --markdown | help --man | completion bash | completion zsh
```

## Conventions

* An option has one name, on the command line and in the INI file: `[train] steps = 500` is
  `recombine train --steps 500`. The keys of a verb's own section need no prefix; those of others
  do: `recombine train --model.width 64`.
* Later `--config` files win over earlier ones, the command line over files. One file may hold a
  whole study: a verb reads the sections that it needs and checks the names in all of them.
* In an INI file `#` begins a comment anywhere, `;` at the begin of a line.
* `recombine config print <verb> [...]` writes the INI file that the given options amount to, with
  a comment for each key: what it is and where its value comes from.
* A switch may stand alone (`--force`) or have a value (`--cot off`). A list is written with commas:
  `--types grow,mirror,rotation`.
* Options that got a better name are still read by the older one, with a note on standard error.
* Standard output carries the result alone. Progress, warnings and errors go to standard error;
  `--quiet` silences progress. `NO_COLOR` is honoured.
* An output that exists is refused without `--force`. What is interrupted leaves nothing half
  written; `--resume` goes on where a verb has it.
* Every verb has `--config FILE.ini`, `--memory SIZE`, `--quiet` and `--help` beside the options
  below. With `--memory 512M` (also K, G) it ends with exit code 3 and one line where it needs more
  memory of its own than that; files that it only reads do not count.

)";

std::string wrapped(const std::string& text) { return wrap_words(text, kColumns) + "\n"; }

/// Text in which Markdown sees no marks of its own.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*' || c == '_') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string cell_of_code(const std::string& text) { return text.empty() ? "" : "`" + text + "`"; }

/// "what it is. `linear`: rises ...; `constant`: ..."
std::string described(const Field& field) {
  std::string text = escaped(field.help);
  std::string meanings;
  for (const AllowedValue& value : field.notes.values) {
    if (value.meaning.empty()) continue;
    meanings += cat(meanings.empty() ? ". " : "; ",
                    value.name.empty() ? "empty" : cell_of_code(std::string(value.name)), ": ",
                    escaped(value.meaning));
  }
  text += meanings;
  for (const std::string_view name : field.notes.was) text += cat(". Was `", name, "`");
  return text;
}

std::string table_row(const std::string& name, const Options::Described& option) {
  return cat("| `", name, "` | ", cell_of_code(option.field.value), " | ",
             escaped(allowed_text(option)), " | ", escaped(option.field.notes.readers_text()),
             " | ", described(option.field), " |\n");
}

constexpr const char* kHead =
    " | default | may be | read by | what it is |\n| --- | --- | --- | --- | --- |\n";

std::string own_options(const VerbPage& page) {
  std::string rows;
  for (const Options::Described& option : page.options)
    if (option.section.empty()) rows += table_row(option.typed(), option);
  return cat("| option", kHead, rows, "\n");
}

std::string read_sections(const VerbPage& page) {
  const Names names = page.sections();
  if (names.empty()) return {};
  std::string text = names.size() == 1 ? "Reads the section" : "Reads the sections";
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool own = std::ranges::any_of(page.options, [&](const Options::Described& option) {
      return option.section == names[i] && option.own;
    });
    text += cat(i == 0                  ? " "
                : i + 1 == names.size() ? " and "
                                        : ", ",
                "[`[", names[i], "]`](#", names[i], own ? "-section) (no prefix)" : "-section)");
  }
  return wrapped(text + ".") + "\n";
}

std::string usage_block(const VerbEntry& entry) {
  std::string usage = cat("recombine ", entry.name, " ", entry.usage);
  for (auto at = usage.find("\n       "); at != std::string::npos; at = usage.find("\n       "))
    usage.erase(at + 1, 7);
  return cat("```\n", usage, "\n```\n\n");
}

/// The section's options out of the verbs that read it, each once.
std::vector<Options::Described> section_options(const std::vector<VerbPage>& pages,
                                                const std::string& section) {
  std::vector<Options::Described> found;
  for (const Field& field : section_fields(section)) {
    const auto is_it = [&](const Options::Described& option) {
      return option.section == section && option.field.name == field.name;
    };
    for (const VerbPage& page : pages) {
      const auto option = std::ranges::find_if(page.options, is_it);
      if (option == page.options.end()) continue;
      found.push_back(*option);
      break;
    }
  }
  return found;
}

}  // namespace

std::string markdown_page() {
  const std::vector<VerbPage> pages = verb_pages();
  std::string text = kConventions;
  text += "## Exit codes\n\n| code | meaning |\n| --- | --- |\n";
  for (const ExitMeaning& exit : exit_meanings())
    text += cat("| ", static_cast<int>(exit.code), " | ", exit.meaning, " |\n");
  text += "\n## Verbs\n\n| verb | what it does |\n| --- | --- |\n";
  for (const VerbPage& page : pages) {
    text += cat("| [`", page.entry.name, "`](#", page.entry.name, ") | ",
                escaped(page.entry.summary), " |\n");
  }
  for (const VerbPage& page : pages) {
    text += cat("\n### ", page.entry.name, "\n\n", usage_block(page.entry),
                wrapped(escaped(page.entry.help)), "\n", own_options(page), read_sections(page));
    text.pop_back();
  }
  text += "\n## Sections of INI files\n";
  for (const std::string& section : section_names()) {
    text += cat("\n### [", section, "] section\n\n| key", kHead);
    for (const Options::Described& option : section_options(pages, section))
      text += table_row(option.field.name, option);
  }
  return text;
}

}  // namespace recombine

#pragma once
// The program described for readers and shells, out of the same descriptions as its help: a page in
// Markdown (docs/CLI.md), a manual page, completions. The same with and without Torch.

#include <string>
#include <vector>

#include "tools/command.h"

namespace recombine {

/// A verb with its options; those of its sections are where section_fields() has them.
struct VerbPage {
  VerbEntry entry;
  std::vector<Options::Described> options;

  Names sections() const;  ///< that it reads, in the order of the help
};

/// In the order of `recombine --help`.
std::vector<VerbPage> verb_pages();

/// docs/CLI.md, to the last byte. (tools/markdown_page.cc)
std::string markdown_page();
/// Source of recombine(1) for groff. (tools/man_page.cc)
std::string man_page();
/// "bash" or "zsh"; throws InputError for another. (tools/completion.cc)
std::string completion(std::string_view shell);

/// The words that an option may have, by its description or by `recombine list`; the empty one is
/// left out.
Names known_values(const FieldNotes& notes);

/// "adamw, muon", "1..256", "last, best or a step", "on or off"; "" for any word.
std::string allowed_text(const Options::Described& option);

struct ExitMeaning {
  ExitCode code;
  std::string_view meaning;
};
std::span<const ExitMeaning> exit_meanings();

}  // namespace recombine

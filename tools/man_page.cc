// recombine(1): what `recombine help --man` prints.

#include "data/text.h"
#include "data/version.h"
#include "tools/pages.h"
#include "tools/sections.h"

namespace recombine {
namespace {

constexpr const char* kDescription =
    R"(Recombine makes Compositional-ARC episodes and worlds of two-hop facts, trains small networks on
them and scores how well they recombine rules that they have learned.
.PP
An option has one name, on the command line and in INI files: the key steps of the section [train]
is \-\-steps of the verb train.
Keys of other sections have their section in front: \-\-model.width.
Later \-\-config files win over earlier ones, the command line over files.
.PP
Standard output carries the result alone; progress, warnings and errors go to standard error.
An output that exists is refused without \-\-force.
)";

/// Text in which groff sees no request and no escape.
std::string roff(std::string_view text) {
  std::string safe;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) safe += "\\&";
    at_start = c == '\n';
    if (c == '\\') {
      safe += "\\e";
    } else if (c == '-') {
      safe += "\\-";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string tagged(const std::string& tag, const Field& field) {
  std::string help = full_help(field.help, field.notes);
  if (!field.value.empty()) help += cat(" [", field.value, "]");
  return cat(".TP\n.B ", roff(tag), "\n", roff(help), "\n");
}

std::string verb_text(const VerbPage& page) {
  std::string text = cat(".SS ", page.entry.name, "\n.nf\n.B recombine ", page.entry.name, " ",
                         roff(page.entry.usage), "\n.fi\n.PP\n", roff(page.entry.help), "\n");
  for (const Options::Described& option : page.options)
    if (option.section.empty()) text += tagged(option.typed(), option.field);
  const Names sections = page.sections();
  if (!sections.empty()) text += cat(".PP\nReads [", join_text(sections, "], ["), "].\n");
  return text;
}

}  // namespace

std::string man_page() {
  std::string text = cat(
      R"(.TH RECOMBINE 1 "" "recombine )", version_text(), "\" \"User Commands\"\n.ad l\n.nh\n",
      ".SH NAME\nrecombine \\- can a small network recombine rules that it has learned?\n",
      ".SH SYNOPSIS\n.B recombine\n.I verb\n[\\-\\-config FILE.ini]... [\\-\\-key value]...\n.br\n",
      ".B recombine help\n.RI [ verb ]\n.SH DESCRIPTION\n", kDescription, ".SH VERBS\n");
  for (const VerbPage& page : verb_pages()) text += verb_text(page);
  text += ".SH SECTIONS OF INI FILES\n";
  for (const std::string& section : section_names()) {
    text += cat(".SS [", section, "]\n");
    for (const Field& field : section_fields(section)) text += tagged(field.name, field);
  }
  text += ".SH EXIT STATUS\n";
  for (const ExitMeaning& exit : exit_meanings())
    text += cat(".TP\n.B ", static_cast<int>(exit.code), "\n", roff(exit.meaning), "\n");
  return text +
         ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colours on the terminal\n"
         ".TP\n.B COLORTERM, TERM\nwhether it has 24-bit colours, or 256\n"
         ".TP\n.B COLUMNS\nits width, whatever it says itself\n"
         ".TP\n.B RECOMBINE_FONT\na font file for the letters of PNGs\n";
}

}  // namespace recombine

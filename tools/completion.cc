// What `recombine completion bash|zsh` prints.

#include <algorithm>

#include "data/text.h"
#include "tools/pages.h"

namespace recombine {
namespace {

constexpr const char* kOtherVerbs = "config help completion";

constexpr const char* kBashEnd = R"bash(
_recombine() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} at=1 words verb
  COMPREPLY=()
  case ${COMP_WORDS[1]} in
    help) at=2 ;;
    config) at=3 ;;
  esac
  verb=${COMP_WORDS[at]}
  if ((COMP_CWORD == 1)); then
    words="$(_recombine_verbs) --help --version"
  elif [[ ${COMP_WORDS[1]} == completion ]]; then
    words="bash zsh"
  elif [[ ${COMP_WORDS[1]} == config ]] && ((COMP_CWORD == 2)); then
    words=print
  elif ((COMP_CWORD == at)); then
    words=$(_recombine_verbs)
    ((at == 2)) && words+=" --markdown --man"
  elif [[ $before == --config ]]; then
    return
  elif [[ $current == -* ]]; then
    words=$(_recombine_options "$verb")
  elif ! words=$(_recombine_values "$verb $before"); then
    words=$(_recombine_words "$verb")
  fi
  # With nothing to say, bash completes files.
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _recombine recombine
)bash";

/// "--lr" and "--train.lr": what may stand before the value.
Names spellings(const Options::Described& option) {
  Names names = {option.typed()};
  if (option.own && !option.section.empty())
    names.push_back(cat("--", option.section, ".", option.field.name));
  return names;
}

std::string bash_patterns(const std::string& verb, const Options::Described& option) {
  std::string text;
  for (const std::string& name : spellings(option))
    text += cat(text.empty() ? "" : " | ", "\"", verb, " ", name, "\"");
  return text;
}

Names verb_names(const std::vector<VerbPage>& pages) {
  Names names;
  for (const VerbPage& page : pages) names.emplace_back(page.entry.name);
  for (const std::string& other : split_text(kOtherVerbs, ' ')) names.push_back(other);
  return names;
}

/// A function of bash that prints a text for each of some words.
std::string bash_case(const std::string& name, const std::string& lines) {
  return cat("\n", name, "() {\n  case $1 in\n", lines, "  esac\n}\n");
}

std::string bash_values(const std::vector<VerbPage>& pages) {
  std::string flags;
  std::string values;
  for (const VerbPage& page : pages) {
    const std::string verb(page.entry.name);
    for (const Options::Described& option : page.options) {
      const std::string patterns = bash_patterns(verb, option);
      const Names known = known_values(option.field.notes);
      if (option.flag) flags += cat(flags.empty() ? "" : " | ", patterns);
      if (!known.empty())
        values += cat("    ", patterns, ") echo \"", join_text(known, " "), "\" ;;\n");
    }
  }
  return bash_case(
      "_recombine_values",
      cat("    ", flags, ") echo \"on off $(_recombine_words \"${1%% *}\")\" ;;\n", values,
          "    *\" --quiet\" | *\" --help\") return 1 ;;\n    *\" --\"*) ;;\n"
          "    *) return 1 ;;\n"));
}

std::string bash_script() {
  const std::vector<VerbPage> pages = verb_pages();
  std::string options;
  std::string words;
  for (const VerbPage& page : pages) {
    Names typed;
    for (const Options::Described& option : page.options) typed.push_back(option.typed());
    std::ranges::sort(typed);
    typed.erase(std::unique(typed.begin(), typed.end()), typed.end());
    options += cat("    ", page.entry.name, ") echo \"", join_text(typed, " "),
                   " --config --memory --quiet --help\" ;;\n");
    if (page.entry.words != nullptr)
      words +=
          cat("    ", page.entry.name, ") echo \"", join_text(page.entry.words(), " "), "\" ;;\n");
  }
  return cat("# Completion of recombine for bash, printed by `recombine completion bash`.\n",
             "\n_recombine_verbs() {\n  echo \"", join_text(verb_names(pages), " "), "\"\n}\n",
             bash_case("_recombine_words", words), bash_case("_recombine_options", options),
             bash_values(pages), kBashEnd);
}

/// Text within an explanation in single quotes.
std::string zsh_quoted(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') safe += '\\';
    safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return safe;
}

std::string zsh_option(const Options::Described& option) {
  std::string text = cat("        '*", option.typed(), "[", zsh_quoted(option.field.help), "]");
  if (option.flag) return text + "::value:(on off)' \\\n";
  const Names known = known_values(option.field.notes);
  const std::string words = join_text(known, " ");
  if (known.empty()) return text + ":value:_files' \\\n";
  if (option.field.notes.or_else.empty()) return cat(text, ":value:(", words, ")' \\\n");
  return cat(text, ":value:{compadd ", words, "; _files}' \\\n");
}

std::string zsh_verb(const VerbPage& page) {
  std::string text = cat("    ", page.entry.name, ")\n      _arguments \\\n");
  Names seen;
  for (const Options::Described& option : page.options) {
    if (std::ranges::find(seen, option.typed()) != seen.end()) continue;  // of another family
    seen.push_back(option.typed());
    text += zsh_option(option);
  }
  text +=
      "        '*--config[options from a file]:file:_files' \\\n"
      "        '--memory[memory at most, such as 512M]:size:' \\\n"
      "        '--quiet[no progress]' '--help[the help of the verb]' \\\n";
  if (page.entry.words == nullptr) return text + "        '*:file:_files' ;;\n";
  return cat(text, "        '*:word:(", join_text(page.entry.words(), " "), ")' ;;\n");
}

std::string zsh_script() {
  const std::vector<VerbPage> pages = verb_pages();
  std::string verbs;
  std::string cases;
  for (const VerbPage& page : pages) {
    verbs += cat("    '", page.entry.name, ":", zsh_quoted(page.entry.summary), "'\n");
    cases += zsh_verb(page);
  }
  return cat(
      "#compdef recombine\n"
      "# Completion of recombine for zsh, printed by `recombine completion zsh`.\n\n"
      "_recombine() {\n  local -a verbs=(\n",
      verbs,
      "    'config:what the options of a verb amount to'\n"
      "    'help:the help of a verb'\n    'completion:completion for a shell'\n  )\n"
      "  if ((CURRENT == 2)); then\n    _describe verb verbs\n    return\n  fi\n"
      "  shift words\n  ((CURRENT--))\n"
      "  if [[ $words[1] == help ]] && ((CURRENT == 2)); then\n    _describe verb verbs\n"
      "    return\n  fi\n"
      "  if [[ $words[1] == config ]]; then\n"
      "    if ((CURRENT == 2)); then\n      compadd print\n      return\n    fi\n"
      "    shift words\n    ((CURRENT--))\n"
      "    if ((CURRENT == 2)); then\n      _describe verb verbs\n      return\n    fi\n"
      "    shift words\n    ((CURRENT--))\n  fi\n"
      "  case $words[1] in\n    completion) compadd bash zsh ;;\n",
      cases,
      "  esac\n}\n\n"
      "if [[ ${funcstack[1]} == _recombine ]]; then\n  _recombine \"$@\"\nelse\n"
      "  compdef _recombine recombine\nfi\n");
}

}  // namespace

std::string completion(std::string_view shell) {
  require(shell == "bash" || shell == "zsh", "no completion for '", shell, "'; known: bash, zsh");
  return shell == "bash" ? bash_script() : zsh_script();
}

}  // namespace recombine

#pragma once
// Words of a command line that say nothing.

#include <string>
#include <vector>

#include "data/error.h"

namespace recombine {

/// Throws InputError where a word, or the value of an option, has no letter: a variable of a shell
/// that is not set.
inline void refuse_empty(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool of_option = words[i].empty() && i > 0 && words[i - 1].starts_with("--");
    const std::string& option = of_option ? words[i - 1] : words[i];
    require(!words[i].empty() || of_option, "an argument is empty");
    require(!of_option && !(option.starts_with("--") && option.ends_with('=')),
            option.substr(0, option.find('=')),
            ": is empty; give a value, or leave the option out");
  }
}

}  // namespace recombine

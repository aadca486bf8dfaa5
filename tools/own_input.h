#pragma once
// A verb that would replace what it reads.

#include <string>
#include <vector>

#include "tools/options.h"

namespace recombine {

/// Throws InputError where an output (--out, --html) is an input or holds one, which --force would
/// take away, and where two outputs are one file. Inputs are what --data, --run, --predictions and
/// their like name, and the `paths` that follow the verb.
void refuse_own_input(const Options& options, const std::vector<std::string>& paths);

}  // namespace recombine

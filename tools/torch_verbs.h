#pragma once
// The verbs of recombine-train as every program knows them: their pages and their options. No
// Torch here.

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "tools/command.h"

namespace recombine {

inline constexpr std::array<std::string_view, 6> kTorchVerbs = {"train",   "predict", "trace",
                                                                "convert", "parity",  "bench"};

bool is_torch_verb(std::string_view name);

/// In the order of kTorchVerbs. They declare what recombine-train declares, check what needs no
/// Torch, and run nothing: InputError says that recombine-train is missing. `bench` runs what
/// needs no Torch. (tools/torch_verbs.cc)
std::span<const VerbEntry> torch_verbs();

/// That of a name, with what runs it.
VerbEntry torch_verb(std::string_view name, std::unique_ptr<Verb> (*make)());

/// What a person lacks, and how to get it, where recombine-train cannot be started.
/// (tools/hand_over.cc)
std::string missing_torch_program();

}  // namespace recombine

#pragma once
// Runs the Torch-free program inside a test.

#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tools/command.h"

namespace recombine {

/// What the program returns, prints, and says on the error stream.
struct Outcome {
  int code = 0;
  std::string out;
  std::string error;
};

inline Outcome recombine(std::vector<std::string> words,
                         std::span<const VerbEntry> verbs = plain_verbs()) {
  words.insert(words.begin(), "recombine");
  std::vector<char*> pointers;
  pointers.reserve(words.size());
  for (std::string& word : words) pointers.push_back(word.data());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.code = run_program(static_cast<int>(pointers.size()), pointers.data(), verbs);
  outcome.out = testing::internal::GetCapturedStdout();
  outcome.error = testing::internal::GetCapturedStderr();
  return outcome;
}

}  // namespace recombine

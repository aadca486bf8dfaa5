#pragma once
// How runs learned, and whether their probabilities are what they say, as parts of a page.

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "eval/drawing/curves.h"
#include "eval/scoring/calibration.h"

namespace recombine {

/// A training, with how it learned.
struct PageRun {
  std::string name;
  Json about;                   ///< of its run.json: "model", "parameters", "steps", "wall_seconds"
  std::vector<Curve> curves;    ///< of exact match on its validation sets
  std::string experiment = {};  ///< config_without_seed(): runs with the same one differ in seeds
};

/// A figure a run; before them one of the mean and spread of each set of a few runs that differ in
/// their seeds alone. HTML; empty where there are no runs.
std::string learning_html(std::span<const PageRun> runs);

/// Exact match by stated probability; the larger a dot, the more answers.
std::string calibration_html(const std::string& label, const Calibration& calibration);

}  // namespace recombine

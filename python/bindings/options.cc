#include "python/bindings/options.h"

#include <algorithm>

#include "data/error.h"
#include "data/family.h"
#include "generator/grids/search/fixed_rules.h"
#include "tools/options.h"

namespace recombine::python {
namespace {

std::vector<std::string> command_line(const Words& words) {
  std::vector<std::string> line;
  for (const auto& [name, value] : words) {
    line.push_back("--" + name);
    line.push_back(value);
  }
  return line;
}

/// Reads `line` into what `options` binds, then checks it. An error is of the file that set the
/// option, where a file did.
template <class Check>
void parse_line(Options& options,
                const std::vector<std::string>& line,
                Remarks& remarks,
                const Check& check) {
  options.parse(line);
  remarks = options.notes();
  try {
    check();
  } catch (const InputError& error) {
    throw InputError(options.located(error.what()));
  }
}

/// The sections of `generate`, so that an option of the other family is told as there.
struct Generated {
  GridRunConfig run;
  GridConfig grids;
  FactConfig facts;
  FactRunConfig fact_run;

  template <class Check>
  void read(std::string_view family, const Words& words, Remarks& remarks, const Check& check) {
    Options options;
    options.add_section("grids", run);
    options.add_section("grids", grids);
    options.add_section("facts", facts);
    options.add_section("facts", fact_run);
    options.family_sections({std::string(kGrids.name), std::string(kFacts.name)});
    std::vector<std::string> line = command_line(words);
    line.insert(line.begin(), std::string(family));
    parse_line(options, line, remarks, check);
  }
};

template <class Config>
Config read_section(const std::string& section, const Words& words, Remarks& remarks) {
  Config config;
  Options options;
  options.add_section(section, config);
  options.own_section(section);
  parse_line(options, command_line(words), remarks, [&] { config.validate(); });
  return config;
}

template <class Config>
void add_changed(Words& words, const Config& config) {
  for (const Field& field : changed_fields(config)) words.emplace_back(field.name, field.value);
}

}  // namespace

GridOptions read_grid_options(const Words& words, Remarks& remarks) {
  Generated read;
  bool counted = false;
  read.read(kGrids.name, words, remarks, [&] {
    read.grids.validate();
    if (read.grids.fixed_rules) {
      read.run.stream = "published";
      if (read.run.episodes == 0) read.run.episodes = kFixedEpisodes;
    }
    counted = read.run.episodes > 0 ||
              std::ranges::any_of(words, [](const auto& word) { return word.first == "episodes"; });
    GridRunConfig run = read.run;
    if (!counted) run.episodes = static_cast<std::uint64_t>(std::max(run.shards, 1));
    run.validate();
  });
  return {std::move(read.grids), std::move(read.run)};
}

FactConfig read_fact_options(const Words& words, Remarks& remarks) {
  Generated read;
  read.read(kFacts.name, words, remarks, [&] { read.facts.validate(); });
  return std::move(read.facts);
}

EvaluateConfig read_evaluate_options(const Words& words, Remarks& remarks) {
  return read_section<EvaluateConfig>("evaluate", words, remarks);
}

SplitConfig read_split_options(const Words& words, Remarks& remarks) {
  return read_section<SplitConfig>("split", words, remarks);
}

Words changed_words(const GridOptions& options) {
  Words words;
  add_changed(words, options.grids);
  add_changed(words, options.run);
  return words;
}

Words changed_words(const FactConfig& options) {
  Words words;
  add_changed(words, options);
  return words;
}

}  // namespace recombine::python

#include "tools/torch/run_config.h"

#include "data/error.h"
#include "data/file.h"

namespace recombine {
namespace {

template <class Config>
void require_kept(const std::string& section, const Config& given, const Config& saved) {
  const std::vector<Field> saved_fields = describe(saved);
  for (const Field& changed : changed_fields(given)) {
    for (const Field& field : saved_fields) {
      require(field.name != changed.name || field.value == changed.value, "--", section, ".",
              changed.name, " ", changed.value, ": the run has ", field.value,
              "; leave the option out, or train a new run");
    }
  }
}

}  // namespace

void RunConfig::bind(Options& options) {
  options.add_section("train", train);
  options.add_section("model", model);
  options.add_section("grids", grids);
  options.add_section("split", split);
}

void RunConfig::validate() const {
  train.validate();
  model.validate();
}

void read_run_config(const RunFolder& run, RunConfig& config) {
  require_data(std::filesystem::exists(run.config()), run.path().string(),
               ": is no run (no config.ini in it); name a folder that `recombine train` made");
  Options options;
  config.bind(options);
  try {
    options.read_ini(read_file(run.config()), run.config().string());
  } catch (const InputError& error) {
    throw DataError(error.what());  // the run wrote it: nobody gave a wrong option
  }
}

void resume_config(const RunFolder& run, RunConfig& given) {
  RunConfig saved;
  read_run_config(run, saved);
  require_kept("train", given.train, saved.train);
  require_kept("model", given.model, saved.model);
  require_kept("grids", given.grids, saved.grids);
  require_kept("split", given.split, saved.split);
  given = saved;
}

}  // namespace recombine

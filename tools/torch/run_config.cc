#include "tools/torch/run_config.h"

#include "data/error.h"
#include "data/storage/file.h"

namespace recombine {
namespace {

template <class Config>
void require_kept(const std::string& section,
                  const Options& options,
                  const Config& given,
                  const Config& saved) {
  const std::vector<Field> wanted = describe(given);
  const std::vector<Field> kept = describe(saved);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool asked = options.origin(section, wanted[i].name) != kDefault;
    require(!asked || wanted[i].value == kept[i].value, "--", section, ".", wanted[i].name, " ",
            wanted[i].value, ": the run has ", kept[i].value,
            "; leave the option out, or train a new run");
  }
}

}  // namespace

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

void resume_config(const RunFolder& run, const Options& options, RunConfig& given) {
  RunConfig saved;
  read_run_config(run, saved);
  require_kept("train", options, given.train, saved.train);
  require_kept("model", options, given.model, saved.model);
  require_kept("grids", options, given.grids, saved.grids);
  require_kept("split", options, given.split, saved.split);
  given = saved;
}

}  // namespace recombine

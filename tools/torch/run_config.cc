#include "tools/torch/run_config.h"

#include <algorithm>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "models/names.h"

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

/// Whether the model reads an option: helps begin with the models or families that alone do
/// ("executor: ...", "reference, shared: ...").
bool reads(const ModelName& model, const std::string& help) {
  const std::string_view who = std::string_view(help).substr(0, help.find(':'));
  bool any = false;
  for (const std::string& reader : split_text(who, ',')) {
    const auto known = [&](const ModelName& each) {
      return each.name == reader || each.family == reader;
    };
    if (std::ranges::none_of(kModelNames, known)) return true;
    any = any || known(model);
  }
  return any;
}

template <class Config>
void refuse_unread_of(const std::string& section,
                      const Options& options,
                      const Config& config,
                      const ModelName& chosen) {
  for (const Field& field : changed_fields(config)) {
    const bool asked = options.origin(section, field.name) == kCommandLine;
    require(!asked || reads(chosen, field.help), "--", section, ".", field.name, " ", field.value,
            ": the model ", chosen.name, " does not read it (", field.help, ")");
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

void RunConfig::refuse_unread(const Options& options) const {
  const auto* const chosen = std::ranges::find(kModelNames, model.name, &ModelName::name);
  if (chosen == kModelNames.end()) return;
  refuse_unread_of("train", options, train, *chosen);
  refuse_unread_of("model", options, model, *chosen);
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

#include "tools/run_config.h"

#include <algorithm>

#include "data/error.h"
#include "models/names.h"

namespace recombine {
namespace {

bool reads(const ModelName& model, const FieldNotes& notes) {
  const auto is_meant = [&](std::string_view who) {
    return who == model.name || who == model.family;
  };
  return notes.read_by.empty() || std::ranges::any_of(notes.read_by, is_meant);
}

template <class Config>
void refuse_unread_of(const std::string& section,
                      const Options& options,
                      const Config& config,
                      const ModelName& chosen) {
  for (const Field& field : changed_fields(config)) {
    const bool asked = options.origin(section, field.name) == kCommandLine;
    require(!asked || reads(chosen, field.notes), "--", section, ".", field.name, " ", field.value,
            ": the model ", chosen.name, " does not read it; it is for ",
            field.notes.readers_text(), " alone");
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

}  // namespace recombine

#include "tools/sections.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "data/text.h"
#include "eval/llm/config.h"
#include "eval/scoring/config.h"
#include "generator/facts/config.h"
#include "generator/grids/config.h"
#include "generator/grids/run_config.h"
#include "generator/grids/split/split.h"
#include "meta/config.h"
#include "models/config.h"

namespace recombine {
namespace {

struct Part {
  std::string section;
  std::vector<Field> fields;
  std::function<bool(const std::string& key, std::string_view text)> check;
};

template <class Config>
Part part(const char* section) {
  const auto check = [](const std::string& key, std::string_view text) {
    Config config;
    return assign(config, key, text);
  };
  return {section, describe(Config{}), check};
}

/// Every config of every section. To add one: a line.
const std::vector<Part>& parts() {
  static const std::vector<Part> kParts = {
      part<GridRunConfig>("grids"), part<GridConfig>("grids"),        part<FactConfig>("facts"),
      part<FactRunConfig>("facts"), part<SplitConfig>("split"),       part<ModelConfig>("model"),
      part<TrainConfig>("train"),   part<EvaluateConfig>("evaluate"), part<PromptConfig>("prompts"),
  };
  return kParts;
}

}  // namespace

std::vector<std::string> section_names() {
  std::vector<std::string> names;
  for (const Part& part : parts()) {
    if (names.empty() || names.back() != part.section) names.push_back(part.section);
  }
  return names;
}

std::vector<Field> section_fields(const std::string& section) {
  std::vector<Field> fields;
  for (const Part& part : parts()) {
    if (part.section != section) continue;
    std::ranges::copy_if(part.fields, std::back_inserter(fields),
                         [](const Field& field) { return field.notes.retired.empty(); });
  }
  return fields;
}

std::vector<std::string> section_keys(const std::string& section) {
  std::vector<std::string> keys;
  for (const Field& field : section_fields(section)) keys.push_back(field.name);
  return keys;
}

std::string similar_key(const std::string& section, std::string_view key) {
  std::vector<std::string> names;
  std::vector<std::string> meant;
  for (const Field& field : section_fields(section)) {
    std::vector<std::string> own = field.notes.other_names();
    own.insert(own.begin(), field.name);
    names.insert(names.end(), own.begin(), own.end());
    meant.resize(names.size(), field.name);
  }
  const std::string similar = similar_name(key, names);
  const auto place = std::ranges::find(names, similar);
  return place == names.end() ? std::string{}
                              : meant[static_cast<std::size_t>(place - names.begin())];
}

bool is_section_key(const std::string& section, std::string_view key) {
  return std::ranges::any_of(parts(), [&](const Part& part) {
    return part.section == section && std::ranges::any_of(part.fields, [&](const Field& field) {
             return field.name == key || field.notes.was_called(key);
           });
  });
}

void check_section_value(const std::string& section,
                         const std::string& key,
                         std::string_view text) {
  for (const Part& part : parts()) {
    if (part.section == section && part.check(key, text)) return;
  }
}

}  // namespace recombine

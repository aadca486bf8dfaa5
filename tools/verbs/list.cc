// recombine list: what there is, one line each.

#include <algorithm>
#include <array>
#include <iomanip>
#include <iostream>

#include <nlohmann/json.hpp>

#include "data/fact_vocabulary.h"
#include "data/family.h"
#include "data/formats/format.h"
#include "data/json.h"
#include "data/text.h"
#include "eval/baselines/baseline.h"
#include "eval/baselines/fact_baseline.h"
#include "eval/llm/provider.h"
#include "generator/grids/rules/transformation.h"
#include "generator/grids/split/axes.h"
#include "meta/batch_source_names.h"
#include "models/names.h"
#include "tools/command.h"

namespace recombine {

Names list_kinds();

namespace {

struct Entry {
  std::string name;
  std::string summary;
};
using Entries = std::vector<Entry>;

template <class Range>
Entries named(const Range& range) {
  Entries entries;
  for (const auto& entry : range)
    entries.push_back({std::string(entry.name), std::string(entry.summary)});
  return entries;
}

/// "x|y"; of many numbers the least and the greatest, for there is none missing between them.
std::string values_text(std::span<const std::string_view> values) {
  constexpr std::size_t kMany = 20;
  if (values.size() <= kMany) return join_text(Names(values.begin(), values.end()), "|");
  std::vector<int> numbers;
  for (const std::string_view value : values)
    numbers.push_back(parse_number<int>(value).value_or(0));
  return cat(std::ranges::min(numbers), "..", std::ranges::max(numbers));
}

Entries transformation_entries() {
  Entries entries;
  for (const Transformation* transformation : transformations()) {
    std::string summary(transformation->summary);
    for (const RuleParameter& parameter : transformation->parameters) {
      summary += cat("; ", parameter.name, " = ", values_text(parameter.values));
      if (parameter.published.size() < parameter.values.size()) {
        summary += cat(" (published: ", values_text(parameter.published), ")");
      }
    }
    if (!transformation->published) summary += " [not in the published data]";
    entries.push_back({std::string(transformation->name), summary});
  }
  return entries;
}

Entries baseline_lines() {
  Entries entries;
  for (const BaselineEntry& entry : baseline_entries())
    entries.push_back({std::string(entry.name), cat("grids: ", entry.summary)});
  for (const FactBaseline& entry : fact_baselines())
    entries.push_back({std::string(entry.name), cat("facts: ", entry.summary)});
  return entries;
}

struct Kind {
  std::string_view name;
  Entries (*entries)();
};

// To add a kind: a line.
constexpr std::array<Kind, 8> kKinds = {{
    {"transformations", transformation_entries},
    {"families", [] { return named(kFamilies); }},
    {"models", [] { return named(kModelNames); }},
    {"axes",
     [] {
       Entries entries;
       for (const Axis& axis : axes())
         entries.push_back({std::string(axis.name), cat("holds out ", axis.meaning)});
       for (const FactAxis& axis : kFactAxes)
         entries.push_back({std::string(axis.name), cat("facts: ", axis.meaning)});
       return entries;
     }},
    {"formats", [] { return named(formats()); }},
    {"baselines", baseline_lines},
    {"providers", [] { return named(providers()); }},
    {"learners",
     [] {
       Entries entries;
       for (const AllowedValue& source : kBatchSources)
         entries.push_back({std::string(source.name), std::string(source.meaning)});
       return entries;
     }},
}};

struct ListOptions {
  bool json = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("json", self.json, "one JSON object instead of text");
  }
};

class ListVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const Names known = list_kinds();
    for (const std::string& name : call.positional) {
      require(std::ranges::find(known, name) != known.end(), "no list '", name, "'; did you mean '",
              nearest_name(name, known), "'? (known: ", join_text(known, ", "), ")");
    }
    const Names& wanted = call.positional.empty() ? known : call.positional;
    Json json = Json::object();
    for (const Kind& kind : kKinds) {
      if (std::ranges::find(wanted, kind.name) == wanted.end()) continue;
      const Entries entries = kind.entries();
      for (const Entry& entry : entries) {
        json[std::string(kind.name)].push_back({{"name", entry.name}, {"summary", entry.summary}});
      }
      if (!own_.json) print(kind.name, entries, wanted.size() > 1);
    }
    if (own_.json) std::cout << json.dump(2) << "\n";
    return kDone;
  }

 private:
  static void print(std::string_view kind, const Entries& entries, bool heading) {
    if (heading) std::cout << kind << ":\n";
    for (const Entry& entry : entries) {
      std::cout << (heading ? "  " : "") << std::left << std::setw(15) << entry.name << " "
                << entry.summary << "\n";
    }
  }

  ListOptions own_;
};

}  // namespace

Names list_kinds() {
  Names names;
  for (const Kind& kind : kKinds) names.emplace_back(kind.name);
  return names;
}

Names listed_names(std::string_view kind) {
  Names names;
  for (const Entry& entry : std::ranges::find(kKinds, kind, &Kind::name)->entries())
    names.push_back(entry.name);
  return names;
}

std::unique_ptr<Verb> make_list() { return std::make_unique<ListVerb>(); }

}  // namespace recombine

// What making and verifying facts is: the entry of facts in generator/registry.cc.

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "generator/facts/audit.h"
#include "generator/facts/stored_world.h"
#include "generator/facts/verify.h"
#include "generator/facts/write.h"
#include "generator/family.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

class FactVerifier : public FamilyVerifier {
 public:
  explicit FactVerifier(bool quiet) : worlds_(quiet) {}

  void check_set(const fs::path& folder,
                 const std::string& prefix,
                 const RunCheck& check) override {
    check(prefix + "regeneration", [&] { return worlds_.check(read_manifest(folder)); });
    check(prefix + "answers", [&] { return check_fact_answers(FactSet(folder)); });
  }

 private:
  WorldMaker worlds_;
};

/// Whether a set's manifest says so; one that is damaged, which its own check tells, does not.
bool is_imported(const fs::path& folder) {
  try {
    return !read_manifest(folder).recipe.contains("options");
  } catch (const DataError&) {
    return false;
  }
}

/// What the stored facts alone say of what is tested; a made world has told of overlap before.
void audit_facts(const fs::path& folder,
                 const std::vector<std::string>& names,
                 bool made,
                 const RunCheck& check) {
  std::optional<FactAudit> audit;
  check("certificates", [&] {
    audit.emplace(folder, names, made);
    return audit->check_answers();
  });
  if (audit && !made) check("overlap", [&] { return audit->check_overlap(); });
}

void check_world(const fs::path& folder,
                 const std::vector<std::string>& names,
                 const VerifyOptions&,
                 const RunCheck& check) {
  const bool told = fs::exists(folder / kWorldFile);
  if (!told ||
      std::ranges::any_of(names, [&](const auto& name) { return is_imported(folder / name); })) {
    check("facts", [told] {
      return cat(told ? "imported" : "no world.json", ": the world behind the sets is not known");
    });
    audit_facts(folder, names, false, check);
    return;
  }
  std::optional<StoredWorld> world;
  const auto open = [&] {
    world.emplace(folder, names);
    return world->check_facts();
  };
  if (!check("facts", open)) return;
  check("world.json", [&] { return world->check_description(); });
  check("paths", [&] { return world->check_paths(); });
  check("pools", [&] { return world->check_pools(); });
  check("probes", [&] { return world->check_probes(); });
  check("overlap", [&] { return world->check_overlap(); });
  audit_facts(folder, names, true, check);
}

Manifest remake_facts(const Json& recipe, const WriteOptions& options) {
  require_one_go(options);
  return write_world_set(options.folder, read_fact_recipe(recipe), options.force, options.quiet);
}

void remake_world(const Json& recipe, const WriteOptions& options) {
  // The recipe of any of its sets says how they all are made.
  Json one = recipe;
  one["set"] = "train";
  write_world(options.folder, read_fact_recipe(one).config, options.force, options.quiet);
}

}  // namespace

GeneratedFamily generated_facts() {
  return {.family = kFacts,
          .remake = remake_facts,
          .remake_folder = remake_world,
          .source = nullptr,
          .verifier = [](const VerifyOptions& options) -> std::unique_ptr<FamilyVerifier> {
            return std::make_unique<FactVerifier>(options.quiet);
          },
          .folder_file = kWorldFile,
          .check_folder = check_world};
}

}  // namespace recombine

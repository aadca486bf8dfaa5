// What making and verifying episodes is: the entry of grids in generator/registry.cc.

#include "generator/family.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/split/remake.h"

namespace recombine {
namespace {

class GridVerifier : public FamilyVerifier {
 public:
  explicit GridVerifier(const VerifyOptions& options) : options_(options) {}

  void check_set(const std::filesystem::path& folder,
                 const std::string& prefix,
                 const RunCheck& check) override {
    const EpisodeSet episodes(folder);
    check(prefix + "regeneration", [&] { return check_episodes(episodes, options_); });
    check(prefix + "answers", [&] { return check_answers(episodes, options_); });
  }

 private:
  VerifyOptions options_;
};

void check_split_folder(const std::filesystem::path& folder,
                        const std::vector<std::string>& names,
                        const RunCheck& check) {
  check("split.json", [&] { return check_split_file(folder, names); });
  check("overlap", [&] { return check_split(folder, names); });
}

}  // namespace

GeneratedFamily generated_grids() {
  return {.family = kGrids,
          .remake = remake_grids,
          .remake_folder = remake_split,
          .verifier = [](const VerifyOptions& options) -> std::unique_ptr<FamilyVerifier> {
            return std::make_unique<GridVerifier>(options);
          },
          .folder_file = "split.json",
          .check_folder = check_split_folder};
}

}  // namespace recombine

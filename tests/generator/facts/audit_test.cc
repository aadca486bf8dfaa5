// What verify finds in a world by its stored facts alone, and leaks that are planted.

#include "generator/facts/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/set_writer.h"
#include "generator/facts/write.h"
#include "generator/verify.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FactAudits : public testing::Test {
 protected:
  void write(const FactConfig& config) { write_world(folder_ / "world", config, true, true); }

  /// Writes a set of the world again, changed; `imported` takes its recipe.
  void rewrite(const std::string& name,
               const std::function<void(std::vector<FactItem>&)>& change,
               bool imported = false) const {
    const fs::path folder = folder_ / "world" / name;
    const FactSet set(folder);
    std::vector<FactItem> items(set.begin(), set.end());
    const Manifest& manifest = set.manifest();
    change(items);
    fs::remove_all(folder);
    SetWriter writer(folder, "facts", manifest.vocabulary);
    for (const FactItem& item : items) writer.add(encode_fact(item));
    Json recipe = manifest.recipe;
    if (imported) recipe = {{"family", "facts"}, {"import", {{"format", "grokked"}}}};
    writer.finish(recipe);
  }

  void forget_recipes() const {
    for (const std::string& name : data_set_names(folder_ / "world"))
      rewrite(
          name, [](auto&) {}, true);
  }

  FactAudit audit(bool made) const {
    return {folder_ / "world", data_set_names(folder_ / "world"), made};
  }

  std::vector<FactItem> items(const std::string& name) const {
    const FactSet set(folder_ / "world" / name);
    return {set.begin(), set.end()};
  }

  std::string failed_checks() const {
    std::string text;
    for (const Check& check : verify_folder(folder_ / "world", {true, true, 1})) {
      if (!check.ok) text += check.name + ": " + check.detail + "\n";
    }
    return text;
  }

  TemporaryFolder folder_;
};

TEST_F(FactAudits, FindOneAnswerInCleanWorldsOfEveryTask) {
  FactConfig three = small_world();
  three.hops = 3;
  FactConfig without = small_world();
  without.cot = false;
  FactConfig noisy = small_world();
  noisy.noise = 0.3;
  noisy.noise_hop = "both";
  for (const FactConfig& config : {three, without, noisy}) {
    write(config);
    EXPECT_THAT(audit(true).check_answers(), HasSubstr("tested questions have one answer"));
    EXPECT_EQ(failed_checks(), "");
  }
  for (const char* task : {"comparison", "complex"}) {
    FactConfig config = small_world();
    config.task = task;
    config.relations = 4;
    if (config.task == "comparison") config.lambda = 1;
    write(config);
    EXPECT_EQ(failed_checks(), "") << task;
    EXPECT_THAT(audit(true).check_overlap(), HasSubstr("tested questions is trained"));
  }
}

TEST_F(FactAudits, FindAFactThatContradictsAnother) {
  write(small_world());
  rewrite("ood_atomic", [](auto& all) {
    for (FactItem& item : all) {
      auto& tail = item.tokens[item.tokens.size() - 2];
      tail = tail == 0 ? 1 : 0;
    }
  });
  EXPECT_THROW(audit(true).check_answers(), DataError);
  EXPECT_THAT(audit(false).check_answers(), HasSubstr("have several answers"));
}

TEST_F(FactAudits, FindAnAnswerThatTheFactsDoNotGive) {
  write(small_world());
  rewrite("test_ood", [](auto& all) {
    auto& tail = all[3].tokens[all[3].tokens.size() - 2];
    tail = tail == 0 ? 1 : 0;
    all[3].path.back() = tail;
  });
  try {
    audit(true).check_answers();
    FAIL();
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("and not to the recorded answer"));
  }
  EXPECT_THAT(audit(false).check_answers(), HasSubstr("1 record another answer"));
}

TEST_F(FactAudits, FindAQuestionWithoutFacts) {
  write(small_world());
  for (const char* set : {"train", "id_atomic", "ood_atomic"}) {
    rewrite(set, [](auto& all) {
      std::erase_if(all, [](const FactItem& item) { return item.type == FactType::kOodAtomic; });
    });
  }
  EXPECT_THROW(audit(true).check_answers(), DataError);
  EXPECT_THAT(audit(false).check_answers(), HasSubstr("are not stored"));
}

TEST_F(FactAudits, FindTestedQuestionsThatAreTrainedInImportsToo) {
  write(small_world());
  forget_recipes();
  EXPECT_EQ(failed_checks(), "");
  const std::vector<FactItem> tested = items("test_id");
  rewrite(
      "train", [&](auto& all) { all.push_back(tested.at(5)); }, true);
  EXPECT_THAT(failed_checks(), HasSubstr("1 questions of test_id are trained"));
  EXPECT_THAT(failed_checks(), HasSubstr(tested.at(5).id));
}

TEST_F(FactAudits, FindTestedQuestionsThatAreTrainedWhereNoFileTellsOfAWorld) {
  write(small_world());
  fs::remove(folder_ / "world/world.json");
  EXPECT_EQ(failed_checks(), "");
  forget_recipes();
  EXPECT_EQ(failed_checks(), "");
  const std::vector<FactItem> tested = items("test_id");
  rewrite(
      "train", [&](auto& all) { all.push_back(tested.at(5)); }, true);
  EXPECT_THAT(failed_checks(), HasSubstr("1 questions of test_id are trained"));
}

}  // namespace
}  // namespace recombine

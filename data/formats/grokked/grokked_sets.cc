#include "data/formats/grokked/grokked_sets.h"

#include "data/set_names.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 5> kComposition = {
    "id_atomic", "ood_atomic", "train_inferred", kTestIdSet, kTestOodSet};
constexpr std::array<std::string_view, 5> kComparison = {kTestOodSet, "id_atomic", "ood_atomic",
                                                         kTestIdSet, "train_inferred"};
constexpr std::array<std::string_view, 7> kComplex = {
    kTestOodSet,      "id_atomic",          kTestIdSet, "ood_atomic",
    "train_inferred", "train_inferred_ood", "test_hard"};

}  // namespace

std::span<const std::string_view> probe_sets(std::string_view task) {
  if (task == "comparison") return kComparison;
  if (task == "complex") return kComplex;
  return kComposition;
}

std::string_view probe_set(FactType type) {
  switch (type) {
    case FactType::kIdAtomic:
      return "id_atomic";
    case FactType::kOodAtomic:
      return "ood_atomic";
    case FactType::kTestIid:
      return kTestIdSet;
    case FactType::kTestOod:
      return kTestOodSet;
    case FactType::kTest3HopIid:
      return "test_3hop_iid";
    case FactType::kTest3HopOod:
      return "test_3hop_ood";
    case FactType::kTestHard:
      return "test_hard";
    case FactType::kIdentity:
      return kTrainSet;
    case FactType::kTrainInferred2:
      return "train_inferred_ood";
    case FactType::kTrainInferred:
    case FactType::kTrain3Hop:
      break;
  }
  return "train_inferred";
}

}  // namespace recombine

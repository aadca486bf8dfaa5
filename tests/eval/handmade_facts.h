#pragma once
// A small world of facts, made by hand, for the tests of scores.

#include <filesystem>
#include <string>
#include <vector>

#include "data/storage/dataset.h"
#include "data/storage/prediction.h"
#include "data/storage/set_writer.h"

namespace recombine {

inline const FactVocabulary kHandmadeWorld{"composition", 60, 6, 0};
inline const FactVocabulary kHandmadeComparison{"comparison", 40, 3, 9};

/// The entity that relation `relation` leads to from `head`.
inline Token handmade_tail(Token head, int relation) {
  return (7 * head + 11 * static_cast<Token>(relation) + 3) % 60;
}

/// The question along `relations` from `head`; `chain`: the answer has its bridges.
inline FactItem handmade_fact(FactType type,
                              Token head,
                              const std::vector<int>& relations,
                              bool chain = true) {
  FactItem item;
  item.type = type;
  item.tokens = {head};
  item.path = {head};
  for (const int relation : relations) {
    item.tokens.push_back(kHandmadeWorld.relation(relation));
    item.path.push_back(handmade_tail(item.path.back(), relation));
  }
  item.prompt = static_cast<int>(item.tokens.size());
  item.tokens.insert(item.tokens.end(), chain ? item.path.begin() + 1 : item.path.end() - 1,
                     item.path.end());
  item.tokens.push_back(kHandmadeWorld.end());
  item.id = kHandmadeWorld.id(item.question());
  return item;
}

inline Token handmade_value(Token entity, int attribute) {
  return kHandmadeComparison.value(static_cast<int>((entity * 5 + attribute) % 9));
}

inline FactItem handmade_value_fact(Token entity, int attribute) {
  FactItem item;
  item.type = FactType::kIdAtomic;
  item.tokens = {entity, kHandmadeComparison.relation(attribute), handmade_value(entity, attribute),
                 kHandmadeComparison.end()};
  item.prompt = 2;
  item.id = kHandmadeComparison.id(item.question());
  return item;
}

inline FactItem handmade_comparison(int attribute, Token first, Token second) {
  const FactVocabulary& words = kHandmadeComparison;
  const Token a = handmade_value(first, attribute);
  const Token b = handmade_value(second, attribute);
  FactItem item;
  item.type = FactType::kTestIid;
  item.tokens = {words.relation(attribute),
                 words.question(),
                 first,
                 words.mask(),
                 second,
                 words.label(attribute, a < b    ? 0
                                        : a == b ? 1
                                                 : 2),
                 words.end()};
  item.prompt = 5;
  item.id = words.id(item.question());
  return item;
}

inline FactSet write_facts(const std::filesystem::path& folder,
                           const std::vector<FactItem>& items,
                           const FactVocabulary& vocabulary = kHandmadeWorld) {
  SetWriter writer(folder, "facts", to_json(vocabulary));
  for (const FactItem& item : items) writer.add(encode_fact(item));
  writer.finish({{"family", "facts"}, {"import", {{"format", "test"}}}});
  return FactSet(folder);
}

/// All 360 facts of the world and 40 compositions of two.
inline FactSet write_training_facts(const std::filesystem::path& folder, bool chain = true) {
  std::vector<FactItem> items;
  for (Token head = 0; head < 60; ++head) {
    for (int relation = 0; relation < 6; ++relation)
      items.push_back(handmade_fact(FactType::kIdAtomic, head, {relation}));
  }
  for (Token head = 0; head < 40; ++head)
    items.push_back(handmade_fact(FactType::kTrainInferred, head, {0, 1}, chain));
  return write_facts(folder, items);
}

/// `count` compositions along `relations`.
inline FactSet write_composed_facts(const std::filesystem::path& folder,
                                    FactType type,
                                    const std::vector<int>& relations,
                                    Token count,
                                    bool chain = true) {
  std::vector<FactItem> items;
  for (Token head = 0; head < count; ++head)
    items.push_back(handmade_fact(type, head, relations, chain));
  return write_facts(folder, items);
}

/// Every question answered by the truth, and the truth forced.
inline std::vector<Prediction> answer_truly(const FactSet& data) {
  std::vector<Prediction> predictions;
  for (const FactItem& item : data) {
    Prediction prediction;
    prediction.item = item.id;
    prediction.text = data.records().vocabulary.text(item.answer());
    prediction.forced = prediction.text;
    predictions.push_back(prediction);
  }
  return predictions;
}

inline PredictionMeta facts_meta(const FactSet& data, const std::string& name = "tester") {
  PredictionMeta meta;
  meta.predictor.kind = "model";
  meta.predictor.name = name;
  meta.data_digest = data.manifest().digest;
  meta.family = "facts";
  meta.planned = data.size();
  return meta;
}

}  // namespace recombine

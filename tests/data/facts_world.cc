#include "tests/data/facts_world.h"

#include <nlohmann/json.hpp>

#include "data/storage/fact_codec.h"
#include "data/storage/set_writer.h"

namespace recombine {
namespace {

constexpr int kEntities = 30;
constexpr int kRelations = 8;
constexpr int kDegree = 5;

struct Step {
  int relation = 0;
  Token tail = 0;
  bool ood = false;
};

/// The facts of an entity.
std::vector<Step> steps_from(Token head) {
  std::vector<Step> steps;
  for (int k = 0; k < kDegree; ++k) {
    const int relation = (static_cast<int>(head) + k) % kRelations;
    steps.push_back({relation, (7 * head + 11 * static_cast<Token>(relation) + 3) % kEntities,
                     (kDegree * head + static_cast<Token>(k)) % 9 == 0});
  }
  return steps;
}

FactItem item_of(const FactVocabulary& vocabulary,
                 const std::vector<Token>& question,
                 const std::vector<Token>& answer,
                 FactType type) {
  FactItem item;
  item.tokens = question;
  item.prompt = static_cast<int>(question.size());
  item.tokens.insert(item.tokens.end(), answer.begin(), answer.end());
  item.id = vocabulary.id(item.question());
  item.type = type;
  return item;
}

void add_training(std::vector<FactItem>& train, FactItem item) {
  const std::size_t number = train.size();
  item.noisy = number % 7 == 0;
  if (number % 14 == 0) item.tokens[item.tokens.size() - 2] = (item.path.back() + 1) % kEntities;
  train.push_back(std::move(item));
}

class Composition {
 public:
  explicit Composition(bool chains) : chains_(chains) {
    world_.vocabulary = {"composition", kEntities, kRelations, 0};
  }

  SmallWorld make() {
    for (Token head = 0; head < kEntities; ++head) {
      for (const Step& first : steps_from(head)) {
        add_atomic(head, first);
        for (const Step& second : steps_from(first.tail)) add_chains(head, first, second);
      }
    }
    auto& train = world_.sets["train"];
    for (const char* atomic : {"id_atomic", "ood_atomic"}) {
      train.insert(train.end(), world_.sets[atomic].begin(), world_.sets[atomic].end());
    }
    train.insert(train.end(), trained_.begin(), trained_.end());
    world_.sets["train_inferred"] = {trained_.begin(), trained_.begin() + 40};
    world_.sets["val_ood"] = world_.sets["test_ood"];
    return world_;
  }

 private:
  void add_atomic(Token head, const Step& step) {
    const FactType type = step.ood ? FactType::kOodAtomic : FactType::kIdAtomic;
    world_.sets[step.ood ? "ood_atomic" : "id_atomic"].push_back(
        composed(world_.vocabulary, {head, step.tail}, {step.relation}, chains_, type));
  }

  void add_chains(Token head, const Step& first, const Step& second) {
    add_two_hops(head, first, second);
    for (const Step& third : steps_from(second.tail)) add_three(head, first, second, third);
  }

  void add_two_hops(Token head, const Step& first, const Step& second) {
    if (first.ood != second.ood) return;
    const auto item = [&](FactType type) {
      return composed(world_.vocabulary, {head, first.tail, second.tail},
                      {first.relation, second.relation}, chains_, type);
    };
    const bool tested = (head + static_cast<Token>(first.relation)) % 10 == 0;
    if (first.ood) {
      world_.sets["test_ood"].push_back(item(FactType::kTestOod));
    } else if (tested) {
      world_.sets["test_id"].push_back(item(FactType::kTestIid));
    } else {
      add_training(trained_, item(FactType::kTrainInferred));
    }
  }

  void add_three(Token head, const Step& first, const Step& second, const Step& third) {
    const int ood = (first.ood ? 1 : 0) + (second.ood ? 1 : 0) + (third.ood ? 1 : 0);
    auto& set = world_.sets[ood == 3 ? "test_3hop_ood" : "test_3hop_iid"];
    if (ood == 1 || ood == 2 || set.size() == 20) return;
    set.push_back(composed(world_.vocabulary, {head, first.tail, second.tail, third.tail},
                           {first.relation, second.relation, third.relation}, chains_,
                           ood == 3 ? FactType::kTest3HopOod : FactType::kTest3HopIid));
  }

  bool chains_;
  SmallWorld world_;
  std::vector<FactItem> trained_;
};

class Comparison {
 public:
  explicit Comparison(bool complex) : complex_(complex) {
    world_.vocabulary = {complex ? "complex" : "comparison", 12, 2, 4};
  }

  SmallWorld make() {
    for (int attribute = 0; attribute < world_.vocabulary.relations; ++attribute) {
      for (Token e = 0; e < 12; ++e) add_atomic(e, attribute);
    }
    for (int attribute = 0; attribute < world_.vocabulary.relations; ++attribute) {
      for (Token a = 0; a < 12; ++a) {
        for (Token b = 0; b < 12; ++b) add_pair(attribute, a, b);
      }
    }
    return world_;
  }

 private:
  static bool is_ood(Token entity) { return entity % 4 == 0; }
  static int value_of(Token entity, int attribute) {
    return (3 * static_cast<int>(entity) + 5 * attribute) % 4;
  }

  std::vector<Token> closed(std::vector<Token> question, bool open) const {
    const FactVocabulary& v = world_.vocabulary;
    if (!complex_) return question;
    if (open) question.insert(question.begin(), v.question());
    question.push_back(v.question_end());
    return question;
  }

  std::vector<Token> answered(Token token) const {
    const FactVocabulary& v = world_.vocabulary;
    return complex_ ? std::vector{v.answer(), token, v.end()} : std::vector{token, v.end()};
  }

  void add_atomic(Token e, int attribute) {
    const FactVocabulary& v = world_.vocabulary;
    std::vector<Token> question = {e, v.relation(attribute)};
    if (complex_) question.push_back(v.mask());
    const FactType type = is_ood(e) ? FactType::kOodAtomic : FactType::kIdAtomic;
    const FactItem item =
        item_of(v, closed(question, true), answered(v.value(value_of(e, attribute))), type);
    world_.sets[is_ood(e) ? "ood_atomic" : "id_atomic"].push_back(item);
    if (!complex_ || !is_ood(e)) world_.sets["train"].push_back(item);
  }

  void add_pair(int attribute, Token a, Token b) {
    if (a == b) return;
    const FactVocabulary& v = world_.vocabulary;
    const int difference = value_of(a, attribute) - value_of(b, attribute);
    const int order = difference < 0 ? 0 : difference == 0 ? 1 : 2;
    const std::vector<Token> question = {v.relation(attribute), v.question(), a, v.mask(), b};
    const auto add = [&](const std::string& set, FactType type) {
      world_.sets[set].push_back(
          item_of(v, closed(question, false), answered(v.label(attribute, order)), type));
    };
    if (is_ood(a) && is_ood(b)) {
      add(complex_ && a < b ? "test_hard" : "test_ood",
          complex_ && a < b ? FactType::kTestHard : FactType::kTestOod);
    } else if (is_ood(a) != is_ood(b)) {
      if (!complex_) return;
      add("train", FactType::kTrainInferred2);
      add("train_inferred_ood", FactType::kTrainInferred2);
    } else if ((a + b) % 5 == 0) {
      add("test_id", FactType::kTestIid);
    } else {
      add("train", FactType::kTrainInferred);
      add("train_inferred", FactType::kTrainInferred);
    }
  }

  bool complex_;
  SmallWorld world_;
};

}  // namespace

FactItem composed(const FactVocabulary& vocabulary,
                  const std::vector<Token>& path,
                  const std::vector<int>& relations,
                  bool chains,
                  FactType type) {
  std::vector<Token> question = {path.front()};
  for (const int relation : relations) question.push_back(vocabulary.relation(relation));
  std::vector<Token> answer(chains ? path.begin() + 1 : path.end() - 1, path.end());
  answer.push_back(vocabulary.end());
  FactItem item = item_of(vocabulary, question, answer, type);
  item.path = path;
  return item;
}

SmallWorld composition_world(bool chains) { return Composition(chains).make(); }

SmallWorld comparison_world(bool complex) { return Comparison(complex).make(); }

void write_world(const SmallWorld& world, const std::filesystem::path& folder) {
  for (const auto& [name, items] : world.sets) {
    SetWriter writer(folder / name, "facts", to_json(world.vocabulary));
    for (const FactItem& item : items) writer.add(encode_fact(item));
    writer.finish({{"family", "facts"}});
  }
}

}  // namespace recombine

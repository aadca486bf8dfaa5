#include "meta/batches/fact_tensors.h"

#include <algorithm>

#include "data/error.h"

namespace recombine {
namespace {

/// Rows of unequal length, until all items are known.
struct Rows {
  std::vector<std::int32_t> tokens;  ///< of all items, one after another
  std::vector<std::int32_t> prompt;
  std::vector<std::int32_t> length;

  void add(const FactItem& item) {
    for (const Token token : item.tokens) tokens.push_back(static_cast<std::int32_t>(token));
    prompt.push_back(item.prompt);
    length.push_back(static_cast<std::int32_t>(item.tokens.size()));
  }

  FactTensors packed(const FactVocabulary& vocabulary) const {
    const auto items = static_cast<std::int64_t>(length.size());
    const std::int64_t longest = *std::ranges::max_element(length);
    FactTensors facts{
        vocabulary,
        torch::full({items, longest}, static_cast<std::int64_t>(vocabulary.end()), torch::kInt32),
        torch::tensor(prompt, torch::kInt32), torch::tensor(length, torch::kInt32), 0};
    auto* to = facts.tokens.data_ptr<std::int32_t>();
    const auto* from = tokens.data();
    for (std::int64_t item = 0; item < items; ++item) {
      const std::int32_t count = length[static_cast<std::size_t>(item)];
      std::copy(from, from + count, to + item * longest);
      from += count;
      facts.answer =
          std::max<std::int64_t>(facts.answer, count - prompt[static_cast<std::size_t>(item)]);
    }
    return facts;
  }
};

}  // namespace

FactTensors FactTensors::rows(PartItems items) const {
  const auto begin = static_cast<std::int64_t>(items.begin);
  const auto count = static_cast<std::int64_t>(items.size());
  const auto some = [&](const torch::Tensor& all) { return all.narrow(0, begin, count); };
  return {vocabulary, some(tokens), some(prompt), some(length), answer};
}

FactTensors FactTensors::to(torch::Device device) const {
  return {vocabulary, tokens.to(device), prompt.to(device), length.to(device), answer};
}

FactBatch FactTensors::batch(const torch::Tensor& rows) const {
  return {tokens.index_select(0, rows).to(torch::kInt64),
          prompt.index_select(0, rows).to(torch::kInt64),
          length.index_select(0, rows).to(torch::kInt64), answer};
}

FactTensors pack_facts(const std::vector<FactItem>& items, const FactVocabulary& vocabulary) {
  Rows rows;
  for (const FactItem& item : items) rows.add(item);
  return rows.packed(vocabulary);
}

FactTensors load_facts(const FactSet& set,
                       std::uint64_t items,
                       const std::function<void(const FactItem&)>& visit) {
  require_data(!set.empty(), set.folder().string(), ": has no items");
  const std::uint64_t wanted = items == 0 ? set.size() : std::min<std::uint64_t>(items, set.size());
  Rows rows;
  for (std::uint64_t i = 0; i < wanted; ++i) {
    const FactItem item = set[i];
    if (visit) visit(item);
    rows.add(item);
  }
  return rows.packed(set.records().vocabulary);
}

}  // namespace recombine

#include "meta/batches/batch_rules.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include "data/random.h"
#include "meta/batches/board_padding.h"
#include "meta/batches/study_cut.h"

namespace recombine {
namespace {

// Pieces of the augmentation stream.
constexpr std::uint32_t kColourPart = 0;
constexpr std::uint32_t kSparePart = 1;

/// One spare pair of each section -> [B, 6, 2, N, N].
torch::Tensor pick_spare(const EpisodeTensors& episodes,
                         const torch::Tensor& rows,
                         std::uint64_t first,
                         std::uint64_t seed) {
  const std::int64_t count = rows.size(0);
  auto picks = torch::empty({count, kSections}, torch::kInt64);
  auto* pick = picks.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < count; ++i) {
    CounterRandom random(seed, first + static_cast<std::uint64_t>(i), Stream::kAugment, kSparePart);
    for (std::int64_t section = 0; section < kSections; ++section) {
      *pick++ = random.below(static_cast<std::uint32_t>(episodes.shape.spare));
    }
  }
  const auto sections = torch::arange(kSections, rows.options()).unsqueeze(0);
  return episodes.spare.index({rows.unsqueeze(1), sections, picks.to(rows.device())});
}

/// New colours of the ten colours, for each episode -> [B, 10] uint8 on the CPU.
torch::Tensor colour_maps(std::int64_t episodes, std::uint64_t first, std::uint64_t seed) {
  auto maps = torch::empty({episodes, kColours}, torch::kUInt8);
  auto* to = maps.data_ptr<std::uint8_t>();
  for (std::int64_t i = 0; i < episodes; ++i) {
    CounterRandom random(seed, first + static_cast<std::uint64_t>(i), Stream::kAugment,
                         kColourPart);
    std::array<std::uint8_t, kColours> colours{};
    std::iota(colours.begin(), colours.end(), std::uint8_t{0});
    shuffle(random, std::span<std::uint8_t>(colours).subspan(1));
    to = std::copy(colours.begin(), colours.end(), to);
  }
  return maps;
}

/// grids [B, ...] uint8 -> the same, colours replaced as `maps` [B, 10] say.
torch::Tensor recolour(const torch::Tensor& grids, const torch::Tensor& maps) {
  const auto flat = grids.reshape({grids.size(0), -1}).to(torch::kInt64);
  return maps.gather(1, flat).view(grids.sizes());
}

/// Draws cells of targets [B, Q, N, N] anew, each with probability `noise`; in place.
void add_noise(torch::Tensor& targets, double noise, std::uint64_t first, std::uint64_t seed) {
  const std::int64_t cells = targets.numel() / targets.size(0);
  std::vector<std::int64_t> places;
  std::vector<std::uint8_t> colours;
  for (std::int64_t i = 0; i < targets.size(0); ++i) {
    CounterRandom random(seed, first + static_cast<std::uint64_t>(i), Stream::kNoise);
    for (std::int64_t cell = 0; cell < cells; ++cell) {
      if (random.unit() >= noise) continue;
      places.push_back(i * cells + cell);
      colours.push_back(static_cast<std::uint8_t>(random.below(kColours)));
    }
  }
  if (places.empty()) return;
  targets.view(-1).index_put_({torch::tensor(places).to(targets.device())},
                              torch::tensor(colours, torch::kUInt8).to(targets.device()));
}

bool asks_spare(const BatchRules& rules, const EpisodeShape& shape) {
  return rules.aux && shape.spare > 0;
}

}  // namespace

BatchRules batch_rules(const TrainConfig& config) {
  return {config.asks("plain"),
          config.asks("aux"),
          config.asks("copy"),
          config.colour_permutation,
          config.noise,
          config.seed,
          {},
          config.study_mix,
          padded_sides(config.pad_to)};
}

std::vector<QueryKind> query_kinds(const BatchRules& rules, const EpisodeShape& shape) {
  std::vector<QueryKind> kinds;
  if (rules.plain) kinds.resize(static_cast<std::size_t>(shape.queries));
  if (asks_spare(rules, shape)) {
    for (const Roles section : kStudySections) kinds.push_back({section, -1});
  }
  if (rules.copy) {
    for (int pair = 0; pair < shape.study; ++pair)
      kinds.push_back({shape.study_roles[static_cast<std::size_t>(pair)], pair});
  }
  return kinds;
}

int queries_asked(const BatchRules& rules, const EpisodeShape& shape) {
  return (rules.plain ? shape.queries : 0) +
         (asks_spare(rules, shape) ? static_cast<int>(kSections) : 0) +
         (rules.copy ? shape.study : 0);
}

GridBatch make_batch(const EpisodeTensors& episodes,
                     const std::vector<std::int64_t>& rows,
                     std::uint64_t first,
                     const BatchRules& rules,
                     std::uint64_t group) {
  const StudyCut cut = study_cut(drawn_setting(rules.study_mix, rules.seed, group), episodes.shape,
                                 rules.seed, group);
  const EpisodeShape shape = shape_after(cut, episodes.shape);
  const auto row = torch::tensor(rows, torch::kInt64).to(episodes.study.device());
  const BoardPadding padding = drawn_padding(rules.pad_to, shape.side, rules.seed, group);
  auto [study, own] = cut_episodes(cut, padded(episodes.study.index_select(0, row), padding),
                                   padded(episodes.queries.index_select(0, row), padding));
  std::vector<torch::Tensor> asked;
  if (rules.plain) asked.push_back(own);
  if (asks_spare(rules, shape))
    asked.push_back(padded(pick_spare(episodes, row, first, rules.seed), padding));
  if (rules.copy) asked.push_back(study);
  auto queries = asked.size() == 1 ? asked.front() : torch::cat(asked, 1);  // [B, Q, 2, N, N]
  if (rules.colour_permutation) {
    const auto maps = colour_maps(row.size(0), first, rules.seed).to(row.device());
    study = recolour(study, maps);
    queries = recolour(queries, maps);
  }
  const auto inputs = queries.select(2, 0).contiguous();  // [B, Q, N, N]
  auto outputs = queries.select(2, 1).contiguous();       // [B, Q, N, N]
  if (rules.noise > 0 && rules.plain) {
    auto plain = outputs.narrow(1, 0, shape.queries).contiguous();
    add_noise(plain, rules.noise, first, rules.seed);
    outputs.narrow(1, 0, shape.queries).copy_(plain);
  }
  return {study, inputs, outputs, shape.study_roles, query_kinds(rules, shape)};
}

}  // namespace recombine

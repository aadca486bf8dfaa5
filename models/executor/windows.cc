#include "models/executor/windows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "models/executor/indicators.h"
#include "models/layers/rows.h"
#include "models/layers/soft_grids.h"

namespace recombine {
namespace {

using torch::Tensor;

/// Where in a window an object begins that leaves so much room: in the middle, a quarter from
/// either end, or at it.
constexpr std::int64_t middle(std::int64_t room) { return room / 2; }
constexpr std::int64_t before(std::int64_t room) { return (room + 3) / 4; }
constexpr std::int64_t after(std::int64_t room) { return room - before(room); }
constexpr std::int64_t first(std::int64_t /*room*/) { return 0; }
constexpr std::int64_t last(std::int64_t room) { return room; }

/// The places that an object has in the windows of a query, down and across.
using Offset = std::int64_t (*)(std::int64_t room);
constexpr std::array<std::pair<Offset, Offset>, 9> kOffsets = {{{middle, middle},
                                                                {before, before},
                                                                {after, after},
                                                                {before, after},
                                                                {after, before},
                                                                {first, middle},
                                                                {last, middle},
                                                                {middle, first},
                                                                {middle, last}}};

/// The place of a study pair, another one for each: what pairs of one object share would look like
/// an indicator.
constexpr std::int64_t place_of_pair(std::int64_t pair, std::int64_t room) {
  return room > 0 ? (pair + room / 2) % (room + 1) : 0;
}

/// Places that are tried for a pair whose object stands where marks do.
constexpr std::int64_t kPlacesOfAPair = 4;

/// The part of a grid [N, N] that begins at (row, column) and has so many rows and columns; what
/// is beyond the grid is background.
Tensor part_of(const Tensor& grid, std::int64_t row, std::int64_t column, std::int64_t side) {
  Tensor part = at::zeros({side, side}, grid.options());
  const auto overlap = [side, whole = grid.size(0)](std::int64_t begin) {
    const std::int64_t from = std::max<std::int64_t>(begin, 0);
    return std::pair{from, std::max<std::int64_t>(std::min(whole, begin + side) - from, 0)};
  };
  const auto [top, rows] = overlap(row);
  const auto [left, columns] = overlap(column);
  if (rows == 0 || columns == 0) return part;
  part.narrow(0, top - row, rows)
      .narrow(1, left - column, columns)
      .copy_(grid.narrow(0, top, rows).narrow(1, left, columns));
  return part;
}

/// The pairs that show each indicator: as the sections say, or as what stands still does.
std::vector<std::vector<bool>> indicated_pairs(const GridBatch& given) {
  const std::vector<Roles>& study = given.study_roles;
  if (study.empty() || std::ranges::find(study, kUnknownRoles) != study.end())
    return {possible_indicators(given.study).front()};  // the windows have marks for this one alone
  std::vector<std::vector<bool>> indicated;
  for (std::size_t role = kFirstIndicatorRole; role < kMaxRoles; ++role) {
    std::vector<bool>& pairs = indicated.emplace_back();
    pairs.reserve(study.size());
    for (const Roles roles : study) pairs.push_back(has_role(roles, role));
  }
  return indicated;
}

/// Keeps pairs that do not fit where nothing else shows a rule of theirs: what there is of it shows
/// it. Keeps all where none fits.
void keep(std::vector<bool>& fits, const std::vector<Roles>& study) {
  unsigned shown = 0;
  for (std::size_t pair = 0; pair < study.size(); ++pair) {
    if (fits[pair]) shown |= study[pair];
  }
  const bool any = std::ranges::find(fits, true) != fits.end();
  for (std::size_t pair = 0; pair < fits.size(); ++pair) {
    const unsigned roles = pair < study.size() ? study[pair] : 0;
    fits[pair] = fits[pair] || !any || (roles & ~shown) != 0;
  }
}

std::vector<std::int64_t> numbers_of(const std::vector<bool>& which) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < which.size(); ++i) {
    if (which[i]) numbers.push_back(static_cast<std::int64_t>(i));
  }
  return numbers;
}

}  // namespace

ObjectBox object_box(const Tensor& grid) {
  const Tensor cells = grid.nonzero();  // [M, 2]
  if (cells.size(0) == 0) return {};
  const Tensor first = std::get<0>(cells.min(0));
  const Tensor size = std::get<0>(cells.max(0)) - first + 1;
  return {.top = first[0].item<std::int64_t>(),
          .left = first[1].item<std::int64_t>(),
          .height = size[0].item<std::int64_t>(),
          .width = size[1].item<std::int64_t>()};
}

std::int64_t Windows::places() { return static_cast<std::int64_t>(kOffsets.size()); }

Windows::Windows(const GridBatch& episode, std::int64_t side)
    : side_(side),
      episode_{.study = {}, .query_inputs = {}, .query_outputs = {}},
      kinds_(episode.kinds),
      inputs_(episode.query_inputs[0].cpu()),
      device_(episode.study.device()) {
  GridBatch given = episode;
  given.study = episode.study.cpu();
  find_indicators(given);
  objects_ = at::empty_like(inputs_);
  for (std::int64_t query = 0; query < inputs_.size(0); ++query) {
    objects_[query].copy_(object(inputs_[query], shown_in(query, &Indicator::queries)));
    boxes_.push_back(object_box(objects_[query]));
  }
  cut_study(given);
}

void Windows::find_indicators(const GridBatch& given) {
  std::size_t role = kFirstIndicatorRole;
  for (std::vector<bool>& pairs : indicated_pairs(given)) {
    std::vector<bool> queries;
    for (std::int64_t query = 0; query < inputs_.size(0); ++query)
      queries.push_back(kinds_.empty() ||
                        has_role(kinds_[static_cast<std::size_t>(query)].roles, role));
    ++role;
    const std::vector<std::int64_t> shown = numbers_of(pairs);
    if (shown.empty()) continue;
    const Tensor grids =
        at::cat({given.study[0].index_select(0, row_index(shown, inputs_.device())).flatten(0, 1),
                 inputs_.index_select(0, row_index(numbers_of(queries), inputs_.device()))});
    const Tensor cells = common_cells(grids.unsqueeze(0))[0];
    if (cells.any().item<bool>())
      indicators_.push_back({.cells = cells, .pairs = std::move(pairs), .queries = queries});
  }
}

Tensor Windows::object(const Tensor& grids, const std::vector<bool>& shown) const {
  Tensor object = grids;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i]) object = object * object.ne(indicators_[i].cells);
  }
  return object;
}

std::vector<bool> Windows::shown_in(std::int64_t number,
                                    std::vector<bool> Indicator::*which) const {
  std::vector<bool> shown;
  shown.reserve(indicators_.size());
  for (const Indicator& each : indicators_)
    shown.push_back((each.*which)[static_cast<std::size_t>(number)]);
  return shown;
}

bool Windows::mark(const Tensor& window, const std::vector<bool>& shown) const {
  bool free = true;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::int64_t end = side_ - 1;
    const Tensor corner = window[i / 2 == 0 ? end : 0][i % 2 == 0 ? end : 0];
    free = free && corner.item<std::int64_t>() == 0;
    if (shown[i]) corner.copy_(indicators_[i].cells.max());
  }
  return free;
}

void Windows::cut_study(const GridBatch& given) {
  std::vector<Tensor> windows;
  std::vector<bool> fits;
  for (std::int64_t pair = 0; pair < given.study.size(1); ++pair) {
    const std::vector<bool> shown = shown_in(pair, &Indicator::pairs);
    const Tensor moved = object(given.study[0][pair], shown);  // [2, N, N]
    const ObjectBox box = object_box(at::maximum(moved[0], moved[1]));
    Tensor both;
    bool marked = false;
    for (std::int64_t turn = pair; turn < pair + kPlacesOfAPair && !marked; ++turn) {
      const std::int64_t row = box.top - place_of_pair(turn, side_ - box.height);
      const std::int64_t column = box.left - place_of_pair(turn + turn / 2, side_ - box.width);
      both =
          at::stack({part_of(moved[0], row, column, side_), part_of(moved[1], row, column, side_)});
      marked = mark(both[0], shown);
      marked = mark(both[1], shown) && marked;
    }
    windows.push_back(both);
    fits.push_back(marked && box.height <= side_ && box.width <= side_);
  }
  keep(fits, given.study_roles);
  const std::vector<std::int64_t> kept = numbers_of(fits);
  episode_.study =
      at::stack(windows).index_select(0, row_index(kept, torch::kCPU)).unsqueeze(0).to(device_);
  if (given.study_roles.empty()) return;
  for (const std::int64_t pair : kept)
    episode_.study_roles.push_back(given.study_roles[static_cast<std::size_t>(pair)]);
}

Windows::Corner Windows::corner_of(std::int64_t query, std::int64_t place) const {
  const ObjectBox& box = boxes_[static_cast<std::size_t>(query)];
  const auto& [down, across] = kOffsets.at(static_cast<std::size_t>(place));
  return {.row = box.top - down(side_ - box.height),
          .column = box.left - across(side_ - box.width)};
}

GridBatch Windows::episode(const std::vector<std::int64_t>& queries,
                           std::int64_t first,
                           std::int64_t count) const {
  GridBatch asked = episode_;
  std::vector<Tensor> windows;
  for (const std::int64_t query : queries) {
    for (std::int64_t place = first; place < first + count; ++place) {
      const Corner corner = corner_of(query, place);
      windows.push_back(part_of(objects_[query], corner.row, corner.column, side_));
      mark(windows.back(), shown_in(query, &Indicator::queries));
      if (!kinds_.empty()) asked.kinds.push_back(kinds_[static_cast<std::size_t>(query)]);
    }
  }
  asked.query_inputs = windows.empty() ? at::empty({1, 0, side_, side_}, episode_.study.options())
                                       : at::stack(windows).unsqueeze(0).to(device_);
  return asked;
}

Tensor Windows::without_marks(std::int64_t query, const Tensor& answer) const {
  const Tensor marks = at::zeros({side_, side_}, answer.options());
  mark(marks, shown_in(query, &Indicator::queries));
  return answer * answer.ne(marks);
}

Tensor Windows::whole(std::int64_t query, std::int64_t place, const Tensor& answer) const {
  const Corner corner = corner_of(query, place);
  const Tensor object =
      part_of(without_marks(query, answer), -corner.row, -corner.column, inputs_.size(-1));
  return at::where(object.ne(0), object, inputs_[query] - objects_[query]);
}

}  // namespace recombine

#include "meta/ranks/rank_group.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "data/error.h"
#include "meta/ranks/meeting.h"
#include "meta/ranks/roll_call.h"

namespace recombine {
namespace {

using Clock = std::chrono::steady_clock;
using Coming = c10::intrusive_ptr<c10d::Work>;
using Works = std::vector<Coming>;

/// Floats that travel at once, so that a rank adds some while others are on their way.
constexpr std::int64_t kPiece = 1 << 17;

/// The bytes of a tensor, as a tensor.
torch::Tensor bytes_of(const torch::Tensor& tensor) {
  return torch::from_blob(tensor.data_ptr(), {static_cast<std::int64_t>(tensor.nbytes())},
                          torch::kUInt8);
}

}  // namespace

struct RankGroup::Link {
  Link(const RankPlace& place, std::chrono::seconds limit)
      : store(meet(place, limit)), calls(store, place, limit) {}

  torch::Tensor gather(const torch::Tensor& own, int ranks) const {
    torch::Tensor row = own.unsqueeze(0);
    torch::Tensor all = torch::empty({ranks, own.size(0)}, own.options());
    backend->_allgather_base(all, row)->wait();
    return all;
  }

  Coming send(torch::Tensor what, int to, int tag) const {
    std::vector<torch::Tensor> out{std::move(what)};
    return backend->send(out, to, tag);
  }

  Coming receive(torch::Tensor into, int from, int tag) const {
    std::vector<torch::Tensor> in{std::move(into)};
    return backend->recv(in, from, tag);
  }

  SharedStore store;
  RollCall calls;
  c10::intrusive_ptr<c10d::Backend> backend;
  std::unique_ptr<DirectLinks> direct;  ///< between devices; none where there are none
};

/// What `work` among the ranks gives, or who is to blame that it gives nothing.
template <class Work>
auto RankGroup::linked(const Work& work) {
  const auto begin = Clock::now();
  link_->calls.set_waiting(true);
  try {
    auto result = work();
    link_->calls.set_waiting(false);
    return result;
  } catch (const std::exception& error) {
    // Whoever waits for this rank shall notice now.
    link_->backend.reset();
    link_->direct.reset();
    const std::string text = error.what();
    throw link_->calls.blame(text.substr(0, text.find('\n')), Clock::now() - begin >= limit_);
  }
}

RankGroup::RankGroup() = default;

RankGroup::RankGroup(RankPlace place, std::chrono::seconds limit)
    : place_(std::move(place)), limit_(limit) {
  if (place_.count == 1) return;
  link_ = std::make_unique<Link>(place_, limit);
  linked([&] {
    link_->backend = connect_ranks(link_->store, place_, limit);
    return true;
  });
}

RankGroup::~RankGroup() = default;

std::string RankGroup::name(int rank) const {
  return link_ == nullptr ? cat("rank ", rank) : link_->calls.name(rank);
}

torch::Tensor RankGroup::together(std::int64_t count,
                                  const std::function<std::vector<double>()>& work) {
  std::vector<double> own;
  bool interrupted = false;
  try {
    own = work();
  } catch (const Interrupted&) {
    if (link_ == nullptr) throw;
    interrupted = true;
  }
  own.resize(static_cast<std::size_t>(count));
  own.push_back(interrupted ? 1 : 0);
  const torch::Tensor values = torch::tensor(own, torch::kFloat64);
  if (link_ == nullptr) return values.unsqueeze(0).narrow(1, 0, count);
  const torch::Tensor all = linked([&] { return link_->gather(values, place_.count); });
  for (int rank = 0; rank < place_.count; ++rank) {
    if (all[rank][count].item<double>() != 0) throw Interrupted(name(rank) + ": interrupted");
  }
  return all.narrow(1, 0, count);
}

void RankGroup::together(const std::function<void()>& work) {
  together(0, [&] {
    work();
    return std::vector<double>{};
  });
}

std::vector<std::string> RankGroup::texts(const std::string& own) {
  if (link_ == nullptr) return {own};
  const torch::Tensor length = torch::tensor({static_cast<std::int64_t>(own.size())});
  const torch::Tensor lengths = linked([&] { return link_->gather(length, place_.count); });
  torch::Tensor text = torch::zeros({lengths.max().item<std::int64_t>()}, torch::kUInt8);
  std::memcpy(text.data_ptr(), own.data(), own.size());
  const torch::Tensor all = linked([&] { return link_->gather(text, place_.count); });
  std::vector<std::string> texts;
  for (int rank = 0; rank < place_.count; ++rank) {
    const torch::Tensor row = all[rank];
    texts.emplace_back(row.data_ptr<std::uint8_t>(),
                       row.data_ptr<std::uint8_t>() + lengths[rank].item<std::int64_t>());
  }
  return texts;
}

void RankGroup::share(const torch::Tensor& tensor, int from) {
  if (link_ == nullptr || tensor.numel() == 0) return;
  std::vector<torch::Tensor> bytes{bytes_of(tensor)};
  c10d::BroadcastOptions options;
  options.rootRank = from;
  linked([&] { return link_->backend->broadcast(bytes, options)->wait(); });
}

Share RankGroup::rows_of(int rank, std::int64_t rows, std::int64_t piece) const {
  const std::int64_t pieces = (rows + piece - 1) / piece;
  return {pieces * rank / count() * piece, std::min(rows, pieces * (rank + 1) / count() * piece)};
}

Share RankGroup::own_rows(std::int64_t rows, std::int64_t piece) const {
  return rows_of(rank(), rows, piece);
}

void RankGroup::share_rows(const torch::Tensor& tensor, std::int64_t piece) {
  for (int from = 0; from < count(); ++from) {
    const Share rows = rows_of(from, tensor.size(0), piece);
    share(tensor.narrow(0, rows.begin, rows.end - rows.begin), from);
  }
}

std::string RankGroup::link_devices(torch::Device device, const MakeLinks& make) {
  if (link_ == nullptr) return "";
  // Whoever waits for a rank whose links stand still must not be the first whose time is over.
  const std::chrono::milliseconds limit = std::chrono::milliseconds(limit_) / 2;
  std::string own;
  try {
    const auto store = c10::make_intrusive<c10d::PrefixStore>("links", link_->store->clone());
    link_->direct = std::make_unique<DirectLinks>(make(store, place_, limit_), device, limit_);
  } catch (const std::exception& error) {
    own = error.what();
  }
  std::string problem = first_problem(own);
  if (problem.empty()) problem = first_problem(link_->direct->try_out(place_.count, limit));
  if (!problem.empty()) link_->direct.reset();
  return problem;
}

/// What the first rank that has one has; "" where none has.
std::string RankGroup::first_problem(const std::string& own) {
  const std::vector<std::string> all = texts("." + own.substr(0, own.find('\n')));
  for (int rank = 0; rank < place_.count; ++rank) {
    const std::string& text = all[static_cast<std::size_t>(rank)];
    if (text != ".") return cat(name(rank), ": ", text.substr(1));
  }
  return "";
}

void RankGroup::sum(const std::vector<torch::Tensor>& parts) {
  const torch::Tensor& whole = parts.front();
  const bool direct = link_ != nullptr && link_->direct && link_->direct->reach(whole);
  if (link_ == nullptr || direct) {
    for (std::size_t i = 1; i < parts.size(); ++i) torch::Tensor(whole).add_(parts[i]);
    if (direct) sum_directly(whole);
    return;
  }
  if (!whole.is_cpu()) {
    std::vector<torch::Tensor> here;
    here.reserve(parts.size());
    for (const torch::Tensor& part : parts) here.push_back(part.cpu());
    sum(here);
    torch::Tensor(whole).copy_(here.front());
    return;
  }
  linked([&] {
    sum_piece_by_piece(parts);
    return true;
  });
}

/// NCCL does not notice that another rank is gone, and Gloo does. So the ranks tell each other, by
/// Gloo, how far they are, and none goes on before all are through.
void RankGroup::sum_directly(const torch::Tensor& tensor) {
  link_->direct->begin(tensor);
  for (bool done = false; !done;) {
    const torch::Tensor own = torch::tensor({static_cast<int>(link_->direct->look())});
    const torch::Tensor all = linked([&] { return link_->gather(own, place_.count); }).flatten();
    const torch::Tensor failed = all == static_cast<int>(DirectState::kFailed);
    if (failed.any().item<bool>()) give_up_sum(failed);
    done = (all == static_cast<int>(DirectState::kDone)).all().item<bool>();
  }
  link_->direct->end();
}

/// All ranks come here together.
void RankGroup::give_up_sum(const torch::Tensor& failed) {
  const std::string problem = first_problem(link_->direct->problem());
  link_->direct.reset();
  // One that is well speaks; where none is, their weights are still those of the last update.
  const std::int64_t speaker =
      failed.all().item<bool>() ? 0 : failed.to(torch::kInt).argmin().item<std::int64_t>();
  throw RankLost(problem, place_.rank == speaker);
}

/// The sum so far goes from rank to rank, and the whole one back: as many bytes as Gloo's own
/// all-reduce sends. A piece comes back after it left, so it may come back to where it was.
void RankGroup::sum_piece_by_piece(const std::vector<torch::Tensor>& parts) {
  const int rank = place_.rank;
  const bool first = rank == 0;
  const bool last = rank == place_.count - 1;
  const std::vector<torch::Tensor> own = parts.front().split(kPiece);
  const auto count = static_cast<int>(own.size());
  const std::vector<torch::Tensor> sums =
      first ? own : torch::empty_like(parts.front()).split(kPiece);
  Works before;  // sums over the ranks before
  Works whole;   // sums over all
  Works leaving;
  for (int i = 0; i < count && !first; ++i)
    before.push_back(link_->receive(sums[static_cast<std::size_t>(i)], rank - 1, i));
  for (int i = 0; i < count; ++i) {
    const torch::Tensor& sum = sums[static_cast<std::size_t>(i)];
    if (!first) before[static_cast<std::size_t>(i)]->wait();
    for (std::size_t part = first ? 1 : 0; part < parts.size(); ++part)
      sum.add_(parts[part].narrow(0, i * kPiece, sum.size(0)));
    if (last) {
      leaving.push_back(link_->send(sum, rank - 1, count + i));
      torch::Tensor(own[static_cast<std::size_t>(i)]).copy_(sum);
    } else {
      leaving.push_back(link_->send(sum, rank + 1, i));
      whole.push_back(link_->receive(own[static_cast<std::size_t>(i)], rank + 1, count + i));
    }
  }
  for (std::size_t i = 0; i < whole.size(); ++i) {
    whole[i]->wait();
    if (!first) leaving.push_back(link_->send(own[i], rank - 1, count + static_cast<int>(i)));
  }
  for (const Coming& work : leaving) work->wait();
}

void RankGroup::finish() {
  together([] {});
}

void RankGroup::fail(const std::string& message) {
  if (link_ == nullptr) return;
  link_->calls.say_failed(message);
  link_->backend.reset();
}

}  // namespace recombine

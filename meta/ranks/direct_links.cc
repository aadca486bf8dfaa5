#include "meta/ranks/direct_links.h"

#include <exception>
#include <future>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "data/error.h"

namespace recombine {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Steady = std::chrono::steady_clock;

constexpr microseconds kLookPause{20};      ///< between two looks at a sum
constexpr milliseconds kLookPatience{100};  ///< of one call of look()
constexpr seconds kGivingUp{5};             ///< in which links that can be given up are

/// LibTorch's errors go on with a stack.
std::string first_line_of(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

c10::intrusive_ptr<c10d::Work> sum_by(c10d::Backend& links, const torch::Tensor& tensor) {
  std::vector<torch::Tensor> tensors{tensor};
  return links.allreduce(tensors);
}

/// Whether the work came to its end before `end`. Throws its error.
bool is_through(c10d::Work& work, Steady::time_point end) {
  while (!work.isCompleted()) {
    if (Steady::now() >= end) return false;
    std::this_thread::sleep_for(kLookPause);
  }
  if (const std::exception_ptr error = work.exception()) std::rethrow_exception(error);
  return true;
}

std::string took_too_long(milliseconds limit) {
  return cat("no sum over the ranks within ", std::chrono::duration<double>(limit).count(),
             " seconds");
}

/// "", or why `work` was not done within `limit`. Then it is left behind; so it must own what it
/// uses.
std::string problem_of(milliseconds limit, std::function<void()> work) {
  std::packaged_task<void()> task(std::move(work));
  std::future<void> done = task.get_future();
  std::thread(std::move(task)).detach();
  if (done.wait_for(limit) != std::future_status::ready) return took_too_long(limit);
  try {
    done.get();
    return "";
  } catch (const std::exception& error) {
    return first_line_of(error);
  }
}

}  // namespace

DirectLinks::DirectLinks(c10::intrusive_ptr<c10d::Backend> links,
                         c10::Device device,
                         milliseconds limit)
    : links_(std::move(links)), device_(device), limit_(limit) {}

DirectLinks::~DirectLinks() {
  work_.reset();
  // The links are taken down in there too: nothing of theirs is left where the process ends.
  problem_of(kGivingUp, [links = std::move(links_)]() mutable {
    links->abort();
    links.reset();
  });
}

bool DirectLinks::reach(const at::Tensor& tensor) const { return tensor.device() == device_; }

std::string DirectLinks::try_out(int ranks, milliseconds limit) const {
  return problem_of(limit, [links = links_, device = device_, ranks, limit] {
    const torch::Tensor one = torch::ones({1}, torch::TensorOptions().device(device));
    const auto work = sum_by(*links, one);
    if (!is_through(*work, Steady::now() + limit)) throw std::runtime_error(took_too_long(limit));
    work->wait();
    if (one.item<float>() != static_cast<float>(ranks))
      throw std::runtime_error(cat("the sum of ", ranks, " ones is ", one.item<float>()));
  });
}

void DirectLinks::begin(const at::Tensor& tensor) {
  begun_ = Steady::now();
  problem_.clear();
  try {
    work_ = sum_by(*links_, tensor);
  } catch (const std::exception& error) {
    problem_ = first_line_of(error);
  }
}

DirectState DirectLinks::look() {
  if (!problem_.empty()) return DirectState::kFailed;
  try {
    if (is_through(*work_, Steady::now() + kLookPatience)) return DirectState::kDone;
    if (Steady::now() < begun_ + limit_) return DirectState::kPending;
    problem_ = took_too_long(limit_);
  } catch (const std::exception& error) {
    problem_ = first_line_of(error);
  }
  return DirectState::kFailed;
}

void DirectLinks::end() {
  work_->wait();
  work_.reset();
}

}  // namespace recombine

#include "tools/torch/ranks.h"

#include <chrono>
#include <iostream>
#include <string_view>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "data/visible_text.h"
#include "meta/ranks/local_ranks.h"
#include "models/device/gpu_links.h"
#include "models/device/processor.h"
#include "tools/command.h"

namespace recombine {
namespace {

/// The words of this process, the program first.
std::vector<std::string> own_words() {
  std::vector<std::string> words;
  std::string text = read_file("/proc/self/cmdline");
  for (std::size_t at = 0; at < text.size(); at = text.find('\0', at) + 1)
    words.emplace_back(text.c_str() + at);
  return words;
}

int exit_code_of(const std::exception& error) {
  return dynamic_cast<const InputError*>(&error) == nullptr ? kBadData : kWrongUse;
}

template <class Config>
void add_fields(Likeness& all, std::string_view section, const Config& config) {
  for (const Field& field : describe(config))
    all[cat("--", section, ".", field.name)] = field.value;
}

}  // namespace

Part part_of(int ranks) {
  const Environment environment = process_environment();
  Part part{rank_place(environment), 0, is_local_rank(environment)};
  if (part.started || ranks == 0) return part;
  require(part.place.count == 1, "--ranks ", ranks, ": this is one of ", part.place.count,
          " ranks that torchrun or Slurm started; leave the option out");
  if (ranks > 1) part.starts = ranks;
  return part;
}

int start_ranks(int count) {
  try {
    return run_local_ranks(own_words(), count);
  } catch (const RankLost& lost) {
    return report_lost(lost);
  }
}

int run_as_rank(RankGroup& group, const std::function<int()>& work) {
  try {
    return work();
  } catch (const RankLost& lost) {
    return report_lost(lost);
  } catch (const Interrupted&) {
    if (group.rank() == 0) throw;
    return kInterrupted;
  } catch (const std::exception& error) {
    group.fail(error.what());
    if (group.rank() == 0) throw;
    return exit_code_of(error);
  }
}

void link_gpus(RankGroup& group, torch::Device device) {
  const std::string problem = group.link_devices(
      device,
      [](const SharedStore& store, const RankPlace& place, std::chrono::milliseconds limit) {
        return make_gpu_links(store, place.rank, place.count, limit);
      });
  if (problem.empty() || group.rank() > 0) return;
  std::cerr << "recombine train: the ranks sum through the memory of their hosts, not by NCCL: "
            << visible_text(problem) << "\n";
}

int report_lost(const RankLost& lost) {
  if (lost.speaks()) std::cerr << "recombine train: " << visible_text(lost.what()) << "\n";
  return kAnswerIsNo;
}

void count_workers(RunConfig& config, int ranks) {
  TrainConfig& train = config.train;
  require(train.workers * ranks <= train.batch, "--workers ", train.workers, ": on ", ranks,
          " ranks are ", train.workers * ranks, ", which must be at most --batch ", train.batch);
  train.workers *= ranks;
}

Likeness likeness_of(const RunConfig& config, const Json& data) {
  Likeness all = {{"program", cat(tool_version(), ", LibTorch ", libtorch_text())},
                  {"processor", processor_text()}};
  add_fields(all, "train", config.train);
  add_fields(all, "model", config.model);
  add_fields(all, "grids", config.grids);
  add_fields(all, "split", config.split);
  for (const auto& [name, value] : data.items()) {
    if (name != "folder") all["data: " + name] = value.dump();
  }
  return all;
}

}  // namespace recombine

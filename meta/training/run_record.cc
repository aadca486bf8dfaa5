#include "meta/training/run_record.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/version.h"
#include "meta/run/run_folder.h"
#include "meta/run/steps_to_reach.h"
#include "models/checkpoint.h"
#include "models/device/device.h"
#include "models/device/processor.h"

namespace recombine {

RunRecord::RunRecord(const TrainRequest& request, const RunData& data, std::int64_t parameters)
    : request_(request),
      data_(data),
      parameters_(parameters),
      clock_(request.folder, request.device.is_cpu()),
      writes_(request.ranks->rank() == 0) {}

void RunRecord::open_log(std::uint64_t step) {
  if (!writes_) return;
  log_ = std::make_unique<RunLog>(request_.folder, request_.train, step, request_.quiet);
  if (step > 0) return;
  log_->text("data", "```json\n" + data_.source.dump(2) + "\n```");
  if (!std::filesystem::exists(request_.folder.config())) return;
  const std::string config = read_file(request_.folder.config());
  log_->text("config", "```ini\n" + config + "```");
  std::vector<std::string> metrics;
  for (const auto& set : data_.validation) metrics.push_back(set->name() + "/exact");
  log_->hyper_parameters(config, metrics);
}

void RunRecord::progress(std::uint64_t step) {
  if (log_) log_->progress(step);
}

void RunRecord::row(const RunState& state, std::uint64_t items, const ValidationScores& scores) {
  if (log_) log_->row(state, items, clock_.wall_seconds(), scores);
}

void RunRecord::picture(std::uint64_t step, const std::string& tag, const Png& image) {
  if (log_) log_->picture(step, tag, image);
}

void RunRecord::finish_log() {
  if (log_) log_->finish();
}

void RunRecord::save(const RunState& state, const Model& model, const Optimiser& optimiser) {
  if (!writes_) return;
  // A resumed run goes on behind a checkpoint: what viewers saw before it must be on disk.
  if (log_) log_->flush();
  save_checkpoint(request_.folder.checkpoint(state.step), model, optimiser, to_json(state));
  std::optional<std::uint64_t> best;
  if (state.best) best = state.best->step;
  // run.json must never name a checkpoint that is gone.
  write_info("running", state);
  prune_checkpoints(request_.folder, static_cast<std::size_t>(request_.train.keep_checkpoints),
                    best);
}

void RunRecord::write_info(const char* status, const RunState& state) const {
  if (!writes_) return;
  Json info = {{"schema", "recombine.run/1"},
               {"status", status},
               {"tool",
                {{"version", version_text()},
                 {"git", git_revision()},
                 {"build", build_type()},
                 {"libtorch", libtorch_text()}}},
               {"device", device_text(request_.device)},
               {"processor", processor_text()},
               {"workers", request_.train.workers},
               {"ranks", request_.ranks->count()},
               {"model", request_.model.name},
               {"parameters", parameters_},
               {"task", to_json(data_.task)},
               {"data", data_.source},
               {"step", state.step},
               {"steps", request_.train.steps},
               {"wall_seconds", clock_.wall_seconds()},
               {"device_seconds", clock_.device_seconds(others_seconds_)}};
  if (std::string_view(status) == "finished")
    info["steps_to_reach"] = steps_to_reach(request_.folder);
  if (!request_.device.is_cpu()) info["device_memory_gib"] = peak_memory(request_.device);
  if (state.best) {
    info["best"] = {
        {"step", state.best->step}, {"by", request_.train.best_by}, {"exact", state.best->exact}};
  }
  write_file(request_.folder.info(), info.dump(2) + "\n");
}

}  // namespace recombine

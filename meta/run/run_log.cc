#include "meta/run/run_log.h"

#include <array>
#include <cmath>
#include <iomanip>
#include <sstream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/ini_values.h"
#include "meta/run/schedule.h"

namespace recombine {
RunLog::RunLog(const RunFolder& run, const TrainConfig& config, std::uint64_t step, bool quiet)
    : run_(run),
      config_(config),
      events_(run.path(), step + 1),
      progress_("train", "steps", config.steps, quiet) {
  cut_metrics(run, step);
  progress_.update(step);
}

void RunLog::row(const RunState& state,
                 std::uint64_t items,
                 double seconds,
                 const ValidationScores& scores) {
  const double scale = learning_rate_scale(config_, state.step - 1);
  loss_ = state.loss_sum / static_cast<double>(state.loss_steps);
  Json row = {{"step", state.step},
              {"episodes", items},
              {"seconds", std::round(1000 * seconds) / 1000},
              {"loss", loss_},
              {"lr", config_.lr * scale}};
  events_.scalar(state.step, "train/loss", loss_);
  events_.scalar(state.step, "train/learning_rate", config_.lr * scale);
  events_.scalar(state.step, "train/episodes_per_second", static_cast<double>(items) / seconds);
  for (const auto& [name, figures] : scores) {
    for (const auto& [figure, value] : figures) {
      row["validation"][name][figure] = value;
      events_.scalar(state.step, cat(name, "/", figure), value);
    }
  }
  if (!scores.empty()) last_scores_ = scores;
  for (const auto& [name, figures] : scores) {
    if (name == "val_ood") progress_.trend(exact_of(figures));
  }
  add_metrics(run_, row);
}

void RunLog::picture(std::uint64_t step, const std::string& tag, const Png& image) {
  events_.image(step, tag, image);
}

void RunLog::text(const std::string& tag, const std::string& text) { events_.text(0, tag, text); }

void RunLog::hyper_parameters(const std::string& config, const std::vector<std::string>& metrics) {
  static constexpr std::array<std::string_view, 2> kHyperSections = {"model", "train"};
  events_.hyper_parameters(ini_values(config, kHyperSections), metrics);
}

void RunLog::progress(std::uint64_t step) { progress_.update(step, figure()); }

void RunLog::flush() { events_.flush(); }

void RunLog::finish() {
  progress_.finish(figure());
  events_.flush();
}

std::string RunLog::figure() const {
  std::ostringstream text;
  text << std::fixed;
  if (loss_ > 0) text << "loss " << std::setprecision(3) << loss_;
  for (const auto& [name, figures] : last_scores_) {
    text << ", " << name << " " << std::setprecision(1) << 100 * exact_of(figures) << " %";
  }
  return text.str();
}

}  // namespace recombine

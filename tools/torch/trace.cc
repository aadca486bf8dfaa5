// recombine trace: what goes on inside a trained model.

#include <iostream>
#include <map>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "meta/tracing/question_tracer.h"
#include "meta/tracing/rule_trace.h"
#include "meta/tracing/study_attention.h"
#include "meta/tracing/trace_report.h"
#include "meta/workers/worker_threads.h"
#include "models/checkpoint.h"
#include "models/device/device.h"
#include "tools/command.h"
#include "tools/torch/run_config.h"
#include "tools/torch_options.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// A run whose checkpoints are opened one after another.
class TracedRun {
 public:
  explicit TracedRun(const std::string& folder) : folder_(folder) {
    read_run_config(folder_, config_);
    model_ = make_model(config_.model, task_shape(folder_.read_info("task")), config_.train.seed);
    model_->eval();
  }

  std::vector<std::uint64_t> steps(const std::string& which) const {
    return which == "all" ? folder_.steps() : std::vector{folder_.find(which)};
  }
  Model& at(std::uint64_t step) {
    load_checkpoint(folder_.checkpoint(step), *model_, nullptr);
    return *model_;
  }

 private:
  RunFolder folder_;
  RunConfig config_;
  std::shared_ptr<Model> model_;
};

constexpr int kTrails = 6;  ///< queries in the picture of grids between rules

class TraceVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(call.positional.empty(), "takes options alone; see recombine help trace");
    require(!own_.run.empty(), "--run is missing: the folder of the run");
    require(!own_.data.empty(), "--data is missing: data sets, such as DIR/test_id,DIR/test_ood");
    require(!own_.out.empty(), "--out is missing: the folder of tables and pictures");
    quiet_ = call.quiet;
    tune_allocator();
    const WorkerThreads one_thread(1);
    AtomicFolder folder(own_.out, own_.force);
    TracedRun traced(own_.run);
    Json sets = Json::array();
    std::string text = "# Trace of " + own_.run + "\n\n";
    for (const std::string& data : data_sets()) {
      check_interrupted("nothing was written; run it again");
      const auto trace = trace_of(read_manifest(data).family);
      text += (this->*trace)(traced, data, folder.part(), sets);
    }
    const Json report = {{"schema", "recombine.trace/1"}, {"run", own_.run}, {"sets", sets}};
    write_file(folder.part() / "trace.json", report.dump(2) + "\n");
    write_file(folder.part() / "trace.md", text);
    folder.commit();
    std::cout << (own_.json ? report.dump(2) + "\n" : text);
    return kDone;
  }

 private:
  /// Traces a set; returns its part of trace.md.
  using Trace = std::string (TraceVerb::*)(TracedRun& traced,
                                           const std::string& data,
                                           const fs::path& out,
                                           Json& sets) const;

  /// What traces a family. To add one: its function and a line.
  static Trace trace_of(const std::string& family) {
    const std::map<std::string_view, Trace> traces = {{kGrids.name, &TraceVerb::trace_grids},
                                                      {kFacts.name, &TraceVerb::trace_facts}};
    return traces.at(find_family(family).name);
  }

  /// The sets that --data names: of a world or a split, its test sets.
  Names data_sets() const {
    Names sets;
    for (const std::string& data : own_.data) {
      for (const std::string& name : data_set_names(data)) {
        if (name.empty()) sets.push_back(data);
        if (name == "test_id" || name == "test_ood")
          sets.push_back((fs::path(data) / name).string());
      }
    }
    require_data(!sets.empty(), own_.data.front(), ": has neither test_id nor test_ood");
    // Tables and pictures are named after the sets.
    std::map<std::string, std::string> names;
    for (const std::string& set : sets) {
      const auto [known, is_new] = names.emplace(fs::canonical(set).filename().string(), set);
      require(is_new, "--data: ", known->second, " and ", set, " are both called ", known->first,
              "; trace them one after the other");
    }
    return sets;
  }

  std::uint64_t items() const { return static_cast<std::uint64_t>(own_.items); }

  std::string trace_facts(TracedRun& traced,
                          const std::string& data,
                          const fs::path& out,
                          Json& sets) const {
    const FactSet set(data);
    const std::vector<AtomicFact> facts = facts_beside(set);
    require_data(!facts.empty(), data,
                 ": has no set 'train' of the same world beside it, whose facts "
                 "say where changed questions lead");
    const QuestionTracer tracer(set, facts, items(), own_.seed);
    TracedSet result = tracer.set();
    const std::vector<std::uint64_t> steps = traced.steps(own_.checkpoint);
    Progress progress("trace", "checkpoints", steps.size(), quiet_);
    for (const std::uint64_t step : steps) {
      check_interrupted("nothing was written; run it again");
      auto* model = as_fact_model(traced.at(step)).as_residual();
      require(model != nullptr, "--run ", own_.run, ": only the model gpt can be traced on facts");
      require_data(model->shape().tokens == set.records().vocabulary.size(), data,
                   ": is of another world than the run's");
      result.checkpoints.push_back(tracer.trace(step, *model));
      progress.update(result.checkpoints.size());
    }
    progress.finish();
    write_trace_pictures(result, out);
    sets.push_back(to_json(result));
    return trace_markdown(result);
  }

  std::string trace_grids(TracedRun& traced,
                          const std::string& data,
                          const fs::path& out,
                          Json& sets) const {
    const EpisodeSet set(data);
    const std::uint64_t step =
        traced.steps(own_.checkpoint == "all" ? "last" : own_.checkpoint).front();
    const GridModel& model = as_grid_model(traced.at(step));
    const std::string name = fs::canonical(data).filename().string();
    Json result = {{"name", name}, {"data_digest", set.manifest().digest}, {"step", step}};
    const auto put = [&](const Json& figures) {
      result.update(figures);
      sets.push_back(std::move(result));
    };
    if (model.follows_rules()) {
      const RuleTrace trace = rule_trace(model, set, items(), kTrails);
      put(to_json(trace));
      write_rule_pictures(name, trace, out);
      return rule_markdown(name, trace);
    }
    const StudyAttention attention = study_attention(model, set, items());
    put(to_json(attention));
    write_attention_picture(name, attention, out);
    return attention_markdown(name, attention);
  }

  TraceOptions own_;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Verb> make_trace() { return std::make_unique<TraceVerb>(); }

}  // namespace recombine

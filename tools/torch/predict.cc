// recombine predict: answers of a checkpoint to a data set.

#include <algorithm>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/few_shots.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "meta/batches/trained_data.h"
#include "meta/validation/fact_answers.h"
#include "meta/validation/grid_answers.h"
#include "models/checkpoint.h"
#include "models/device/device.h"
#include "models/entry.h"
#include "tools/command.h"
#include "tools/shard_option.h"
#include "tools/torch/run_config.h"
#include "tools/torch_options.h"

namespace recombine {
namespace {

std::string chosen_by(const std::string& checkpoint, const Json& info) {
  if (checkpoint == "last") return "last step";
  if (checkpoint != "best") return "asked for";
  return "exact match on " + info.at("best").at("by").get<std::string>();
}

/// Progress of all answers, which an interruption ends.
class WatchedAnswers {
 public:
  WatchedAnswers(std::uint64_t items, bool quiet) : progress_("predict", "items", items, quiet) {}

  AnswerWatch watch() {
    return [this](std::int64_t items) {
      const std::lock_guard guard(lock_);
      check_interrupted("nothing was written; run it again");
      progress_.update(done_ += static_cast<std::uint64_t>(items));
    };
  }
  void finish() { progress_.finish(); }

 private:
  Progress progress_;
  std::mutex lock_;
  std::uint64_t done_ = 0;
};

class PredictVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(call.positional.empty(), "takes options alone; see recombine help predict");
    require(!own_.run.empty(), "--run is missing: the folder of the run");
    require(!own_.data.empty(),
            "--data is missing: the folder of a data set, such as DIR/test_ood");
    require(!own_.out.empty(), "--out is missing: the file of the predictions");
    part_ = read_part(own_.shard);
    refuse_existing_predictions(own_.out, own_.force);
    const auto answer = answer_of(read_manifest(own_.data).family);
    quiet_ = call.quiet;
    tune_allocator();
    const RunFolder folder(own_.run);
    RunConfig config;
    read_run_config(folder, config);
    const std::uint64_t step = folder.find(own_.checkpoint);
    const torch::Device device = select_device(own_.device);
    const int threads = device.is_cpu() ? worker_count() : 1;
    WorkerThreads workers(threads);
    const TaskShape task = task_shape(folder.read_info("task"));
    Replicas replicas([&] { return make_model(config.model, task, config.train.seed); }, threads,
                      device);
    load_checkpoint(folder.checkpoint(step), replicas.master(), nullptr);
    const PredictionMeta meta = meta_of(folder, config.model.name, step);
    const std::uint64_t answers = (this->*answer)(meta, task, workers, replicas);
    std::cout << own_.out << ": " << answers << " answers of step " << step << "\n";
    return kDone;
  }

 private:
  /// Writes the answers to the set; returns how many.
  using Answer = std::uint64_t (PredictVerb::*)(PredictionMeta meta,
                                                const TaskShape& task,
                                                WorkerThreads& workers,
                                                Replicas& replicas) const;

  /// What answers a family. To add one: its function and a line.
  static Answer answer_of(const std::string& family) {
    const std::map<std::string_view, Answer> answers = {
        {kGrids.name, &PredictVerb::answer_grids_of}, {kFacts.name, &PredictVerb::answer_facts_of}};
    return answers.at(find_family(family).name);
  }

  int worker_count() const {
    if (own_.threads > 0) return own_.threads;
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }

  std::uint64_t answer_grids_of(PredictionMeta meta,
                                const TaskShape& task,
                                WorkerThreads& workers,
                                Replicas& replicas) const {
    const GridModel& model = as_grid_model(replicas.master());
    require(own_.decode != "decomposed", "--decode decomposed: is for facts of three hops");
    const EpisodeSet set(own_.data);
    std::vector<std::string> ids;
    std::vector<std::vector<std::size_t>> places;  // of the study pairs, as they are asked again
    const PairOrder order = pair_order(model.config());
    TrainedTriplets trained(meta.predictor.details["data"], meta.split);
    const PartItems items = items_of(part_, plan_items(set, own_.limit, meta), kEpisodesAtATime);
    trained.add_others(set, items);
    const EpisodeGroups episodes = episodes_of(set, items, order, [&](const Episode& episode) {
      ids.push_back(episode.id);
      trained.add(episode);
      if (own_.copies) places.push_back(places_in_order(episode, order));
    });
    require_one_study(model.config(), episodes, own_.data);
    for (const EpisodeTensors& group : episodes.groups) require_reads(model, task, group.shape);
    meta.data_digest = set.manifest().digest;
    set_note(meta, trained.note());
    meta.planned = episodes.queries();
    if (own_.shots > 0) {
      meta.predictor.details["shots"] = own_.shots;
      meta.queries_per_item = episodes.groups.front().shape.queries;
    }
    if (model.answers_in_steps()) meta.predictor.details["decode"] = own_.decode;
    const GridAnswering answer = answering_of(model);
    if (own_.refine > 0) {
      meta.predictor.details["refine"] = {
          {"steps", own_.refine}, {"lr", own_.refine_lr}, {"pull", own_.refine_pull}};
    }
    for (const EpisodeTensors& group : episodes.groups) require_copies(model, group);
    meta.copies = own_.copies;
    PredictionWriter writer(own_.out, meta);
    WatchedAnswers watched((own_.copies ? 2 : 1) * items.size(), quiet_);
    const auto answered = [&](const EpisodeGroups& asked) {
      return answer_groups(workers, replicas, asked, answer, watched.watch());
    };
    write_answers(ids, episodes, answered(episodes), writer);
    if (own_.copies) write_copies(ids, places, episodes, answered(episodes.copies()), writer);
    watched.finish();
    writer.finish();
    return meta.planned;
  }

  /// Throws where the model does not read such episodes.
  void require_reads(const Model& model, const TaskShape& task, const EpisodeShape& shape) const {
    const TaskShape asked{.side = shape.side, .study = shape.study};
    require_data(reads_shape(model.config(), task, asked), own_.data, ": has side ", shape.side,
                 " and ", shape.study, " study pairs; the model of ", own_.run,
                 " was made for side ", task.side, " and ", task.study);
    require_readable(model.config(), shape);
  }

  /// Throws InputError where the study pairs cannot be asked again.
  void require_copies(const Model& model, const EpisodeTensors& episodes) const {
    if (!own_.copies) return;
    require(own_.shots == 0 && own_.refine == 0,
            "--copies: asks study pairs again, and goes with neither --shots nor --refine");
    require(model.config().library == 0,
            "--copies: the model's library chooses rules by the pairs that would be asked");
    require(episodes.shape.study > 0, "--copies: ", own_.data, " has no study pairs to ask again");
    const auto& roles = episodes.shape.study_roles;
    const bool known = std::ranges::find(roles, kUnknownRoles) == roles.end();
    require(known || !find_model(model.config().name).finds_sections(model.config()),
            "--copies: the model finds the sections of shuffled study pairs itself; which rules "
            "each of them asks for is not known");
  }

  /// Episodes as they are asked; `visit` sees them as they are stored.
  EpisodeGroups episodes_of(const EpisodeSet& set,
                            PartItems items,
                            PairOrder order,
                            const EpisodeVisit& visit) const {
    require_data(!set.empty(), own_.data, ": has no episodes");
    if (own_.shots == 0) return load_groups(set, items, false, order, visit);
    std::vector<Episode> shown;
    shown.reserve(items.size());
    for (std::size_t i = items.begin; i < items.end; ++i) {
      const Episode episode = set[i];
      visit(episode);
      shown.push_back(with_shots(episode, own_.shots));
    }
    return one_group(pack_episodes(shown));
  }

  GridAnswering answering_of(const Model& model) const {
    if (own_.refine == 0)
      return answering(own_.decode == "greedy" ? Decoding::kGreedy : Decoding::kForced);
    const auto refine = find_model(model.config().name).refine;
    require(refine != nullptr, "--refine ", own_.refine,
            ": only the model executor has rule vectors to refine");
    require(own_.refine > 0 && own_.refine_lr > 0 && own_.refine_pull >= 0,
            "--refine and --refine-lr must be above 0, and --refine-pull at least 0");
    return
        [refine, config = RefineConfig{.steps = own_.refine,
                                       .lr = own_.refine_lr,
                                       .pull = own_.refine_pull,
                                       .held_back = true}](
            GridModel& replica, const GridBatch& batch) { return refine(replica, batch, config); };
  }

  std::uint64_t answer_facts_of(PredictionMeta meta,
                                const TaskShape& task,
                                WorkerThreads& workers,
                                Replicas& replicas) const {
    as_fact_model(replicas.master());
    require(own_.shots == 0, "--shots ", own_.shots, ": is for grids");
    require(own_.refine == 0, "--refine ", own_.refine, ": is for grids");
    require(!own_.copies, "--copies: is for grids");
    const FactSet set(own_.data);
    std::vector<std::string> ids;
    const PartItems items = items_of(part_, plan_items(set, own_.limit, meta), kItemsAtATime);
    const FactTensors facts =
        load_facts(set, 0, [&](const FactItem& item) { ids.push_back(item.id); }).rows(items);
    ids = {ids.begin() + static_cast<std::ptrdiff_t>(items.begin),
           ids.begin() + static_cast<std::ptrdiff_t>(items.end)};
    require_data(facts.vocabulary.size() == task.tokens && facts.longest() <= task.length,
                 own_.data, ": has ", facts.vocabulary.size(), " tokens and items of ",
                 facts.longest(), "; the model of ", own_.run, " was made for ", task.tokens,
                 " tokens and items of at most ", task.length);
    meta.data_digest = set.manifest().digest;
    set_note(meta, fact_data_note(meta.predictor.details["data"], set.manifest().recipe));
    meta.family = kFacts.name;
    meta.planned = items.size();
    meta.predictor.details["decode"] = own_.decode;
    // Decoding needs a pass of its own, decomposed questions two.
    const std::uint64_t passes = own_.decode == "teacher" ? 1 : own_.decode == "greedy" ? 2 : 3;
    WatchedAnswers watched(passes * items.size(), quiet_);
    const AnswerWatch watch = watched.watch();
    const FactAnswers forced = answer_facts(workers, replicas, facts, Decoding::kForced, watch);
    const FactAnswers answers =
        own_.decode == "teacher"  ? forced
        : own_.decode == "greedy" ? answer_facts(workers, replicas, facts, Decoding::kGreedy, watch)
                                  : answer_decomposed(workers, replicas, facts, watch);
    watched.finish();
    PredictionWriter writer(own_.out, meta);
    write_answers(ids, facts, answers, forced, writer);
    writer.finish();
    return meta.planned;
  }

  /// What a score does not show goes with it, into reports and leaderboards.
  void set_note(PredictionMeta& meta, const std::string& note) const {
    if (note.empty()) return;
    meta.note += cat(meta.note.empty() ? "" : "; ", note);
    std::cerr << own_.data << ": " << note << "\n";
  }

  PredictionMeta meta_of(const RunFolder& folder,
                         const std::string& model,
                         std::uint64_t step) const {
    const Json info = folder.read_info();
    PredictionMeta meta;
    meta.predictor.kind = "model";
    meta.predictor.name = own_.name.empty() ? model : own_.name;
    meta.predictor.parameters = whole<std::uint64_t>(folder.read_info("parameters"));
    meta.predictor.details = {{"run", std::filesystem::path(own_.run).lexically_normal().string()},
                              {"step", step},
                              {"chosen_by", chosen_by(own_.checkpoint, info)},
                              {"data", folder.read_info("data")}};
    if (info.contains("wall_seconds"))
      meta.predictor.details["train_seconds"] = info["wall_seconds"];
    // Runs of before 0.2.0 say "milestones".
    for (const char* key : {"milestones", "steps_to_reach"}) {
      if (info.contains(key)) meta.predictor.details["steps_to_reach"] = info[key];
    }
    meta.split = std::filesystem::canonical(own_.data).filename().string();
    meta.part = part_;
    return meta;
  }

  PredictOptions own_;
  PredictionPart part_;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Verb> make_predict() { return std::make_unique<PredictVerb>(); }

}  // namespace recombine

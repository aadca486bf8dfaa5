#include "tools/torch_verbs.h"

#include <algorithm>
#include <array>

#include "data/error.h"
#include "tools/run_config.h"
#include "tools/torch_options.h"

namespace recombine {

std::unique_ptr<Verb> make_bench();

namespace {

/// A verb of recombine-train where that is not: its options alone.
template <class Own>
class AbsentVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }
  int run(const Call&) override { throw InputError(missing_torch_program()); }

 private:
  Own own_;
};

class AbsentTrain : public AbsentVerb<TrainOptions> {
 public:
  void declare(Options& options) override {
    AbsentVerb::declare(options);
    config_.bind(options);
    options.own_section("train");
  }
  void check(const Call& call) const override {
    config_.validate();
    config_.refuse_unread(*call.options);
  }

 private:
  RunConfig config_;
};

template <class Absent>
std::unique_ptr<Verb> make_absent() {
  return std::make_unique<Absent>();
}

constexpr std::array<VerbEntry, kTorchVerbs.size()> kEntries = {{
    {"train", "--data DIR|fresh --out RUN [--config FILE.ini] [--resume]",
     "trains a model as its config says",
     "DIR is a split or a world of facts: DIR/train is learned, DIR/val_id and DIR/val_ood are\n"
     "watched (of facts the probes too). --data fresh makes episodes inside the step, as [grids]\n"
     "and [split] say; --episodes fresh with a folder does so after the folder's recipe and is\n"
     "watched on its sets. RUN gets config.ini, metrics.jsonl, TensorBoard events, checkpoints "
     "and\n"
     "run.json; --resume goes on with it. An interrupt, SIGTERM or a closed connection saves what\n"
     "there is and ends; SIGUSR1 saves and goes on. R ranks (processes: --ranks R, torchrun, srun) "
     "of\n"
     "--workers W train as one process of R x W workers does, bit for bit on a CPU; RUN then has\n"
     "R x W workers, and --resume may share them by another number of ranks. Every rank must see\n"
     "DIR, and on --resume RUN. A rank that dies, stands still or was started otherwise ends all "
     "with\n"
     "a line that names it and exit 1; what was learned is saved.",
     make_absent<AbsentTrain>},
    {"predict",
     "--run RUN --data DIR/test_ood --out P.jsonl [--checkpoint last|best|N] [--shots K]",
     "answers of a trained checkpoint to a data set",
     "Writes a JSON line for each query of the set, and P.meta.json beside it.",
     make_absent<AbsentVerb<PredictOptions>>},
    {"trace", "--run RUN --data DIR --out DIR2 [--checkpoint all]",
     "what goes on inside a trained model: tables and pictures",
     "Of facts, by two analyses. The logit lens reads every residual state as if it were the "
     "last:\n"
     "at which layer and position does the bridge, or the tail (of comparisons a value, or the\n"
     "label), come to the top? Causal tracing puts the state of one token from a changed\n"
     "question into the run of the true one: does the answer change with it? --checkpoint all\n"
     "shows both over training. Of grids: to which study pairs the queries of fast attend;\n"
     "the executor's grids after each rule beside the true ones, where its cells point, and a\n"
     "map of its rule vectors.",
     make_absent<AbsentVerb<TraceOptions>>},
    {"convert", "--run RUN --out RUN2 [--library DATA] [--vocabulary compact] [--name shared]",
     "rewrites a trained run: an executor with a library of rules, another vocabulary, ...",
     "--library gives an executor the distinct rules that the first 200 episodes of DATA show, by\n"
     "which it then explains study sets of any kind. The compact vocabulary of reference and\n"
     "shared has the 136 patches that occur; its logits are those of the full one for them.\n"
     "RUN2 is a run with that one checkpoint, to predict from.",
     make_absent<AbsentVerb<ConvertOptions>>},
    {"parity", "FILE.safetensors [--device cpu|cuda|auto] [--json]",
     "our logits, gradients and losses beside those of another program",
     "FILE holds weights, inputs, outputs and gradients of a model, and in its metadata the\n"
     "sizes, the optimiser's settings and the loss before each of some AdamW updates. One\n"
     "line a comparison; exit 1 where one is beyond its tolerance.",
     make_absent<AbsentVerb<ParityOptions>>},
    {"bench", "[NAME...] [--json]", "measures this machine, each figure as a ratio in one run",
     "Names: generate, facts, import, solver, attention, train; the last two need "
     "recombine-train.\n"
     "Every\n"
     "ratio is against a base measured in the same run. import: megabytes of published lines "
     "read,\n"
     "beside Python's json where there is a python3. attention: our inner loops beside ATen's.\n"
     "train: training steps of the grid models on the same episodes, on one core or --device "
     "cuda,\n"
     "and what share of a large matrix product's speed they reach.",
     make_bench,
     [] { return Names{"generate", "facts", "import", "solver", "attention", "train"}; }},
}};

}  // namespace

bool is_torch_verb(std::string_view name) {
  return std::ranges::find(kTorchVerbs, name) != kTorchVerbs.end();
}

std::span<const VerbEntry> torch_verbs() { return kEntries; }

VerbEntry torch_verb(std::string_view name, std::unique_ptr<Verb> (*make)()) {
  VerbEntry entry = *std::ranges::find(kEntries, name, &VerbEntry::name);
  entry.make = make;
  return entry;
}

}  // namespace recombine

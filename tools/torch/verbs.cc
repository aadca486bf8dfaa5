// recombine-train: the verbs that need Torch. To add one: a declaration, a line here and a line in
// tools/torch_verbs.h.

#include <array>

#include "tools/command.h"
#include "tools/torch_verbs.h"

namespace recombine {

std::unique_ptr<Verb> make_train();
std::unique_ptr<Verb> make_predict();
std::unique_ptr<Verb> make_trace();
std::unique_ptr<Verb> make_parity();
std::unique_ptr<Verb> make_convert();
std::unique_ptr<Verb> make_torch_bench();

namespace {

constexpr std::array kVerbs = {
    VerbEntry{
        "train", "--data DIR|fresh --out RUN [--config FILE.ini] [--resume]",
        torch_summary("train"),
        "DIR is a split or a world of facts: DIR/train is learned, DIR/val_id and DIR/val_ood are\n"
        "watched (of facts the probes too). --data "
        "fresh\n"
        "makes episodes inside the step, as [grids] and [split] say; --learner fresh with a "
        "folder\n"
        "does so after the folder's recipe and is watched on its sets. RUN gets config.ini,\n"
        "metrics.jsonl, TensorBoard events, checkpoints and run.json; --resume goes on with it.",
        make_train},
    VerbEntry{"predict",
              "--run RUN --data DIR/test_ood --out P.jsonl [--checkpoint last|best|N] [--shots K]",
              torch_summary("predict"),
              "Writes a JSON line for each query of the set, and P.meta.json beside it.",
              make_predict},
    VerbEntry{
        "trace", "--run RUN --data DIR --out DIR2 [--checkpoint all]", torch_summary("trace"),
        "Of facts, by two analyses. The logit lens reads every residual state as if it were the "
        "last:\n"
        "at which layer and position does the bridge, or the tail (of comparisons a value, or the\n"
        "label), come to the top? Causal tracing puts the state of one token from a changed\n"
        "question into the run of the true one: does the answer change with it? --checkpoint all\n"
        "shows both over training. Of grids: to which study pairs the queries of fast attend;\n"
        "the executor's boards after each rule beside the true ones, where its cells point, and a\n"
        "map of its rule vectors.",
        make_trace},
    VerbEntry{"convert", "--run RUN --vocabulary compact --out RUN2 [--name shared]",
              torch_summary("convert"),
              "The compact vocabulary has the 136 patches that occur; its logits are those of the "
              "full one\n"
              "for them. RUN2 is a run with that one checkpoint, to predict from.",
              make_convert},
    VerbEntry{
        "parity", "FILE.safetensors [--device cpu|cuda|auto] [--json]", torch_summary("parity"),
        "FILE holds weights, inputs, outputs and gradients of a model, and in its metadata the\n"
        "sizes, the optimiser's settings and the loss before each of some AdamW updates. One\n"
        "line a comparison; exit 1 where one is beyond its tolerance.",
        make_parity},
    VerbEntry{
        "bench", "[NAME...] [--json]", torch_summary("bench"),
        "Names: generate, facts, attention, train. Every ratio is against a base measured in the\n"
        "same run. attention: our inner loops beside ATen's. train: training steps of the grid\n"
        "models on the same episodes, on one core or --device cuda, and what share of a large\n"
        "matrix product's speed they reach.",
        make_torch_bench},
};

}  // namespace

}  // namespace recombine

int main(int argc, char** argv) { return recombine::run_program(argc, argv, recombine::kVerbs); }

// The list of verbs that need no Torch. To add one: a declaration and a line.

#include <array>

#include "data/family.h"
#include "tools/command.h"

namespace recombine {

std::unique_ptr<Verb> make_generate();
std::unique_ptr<Verb> make_merge();
std::unique_ptr<Verb> make_split();
std::unique_ptr<Verb> make_verify();
std::unique_ptr<Verb> make_export();
std::unique_ptr<Verb> make_import();
std::unique_ptr<Verb> make_stats();
std::unique_ptr<Verb> make_view();
std::unique_ptr<Verb> make_baseline();
std::unique_ptr<Verb> make_prompts();
std::unique_ptr<Verb> make_evaluate();
std::unique_ptr<Verb> make_leaderboard();
std::unique_ptr<Verb> make_report();
std::unique_ptr<Verb> make_suite();
std::unique_ptr<Verb> make_curves();
std::unique_ptr<Verb> make_list();
Names list_kinds();

namespace {

constexpr std::array kVerbs = {
    VerbEntry{
        "generate",
        "grids --episodes N [--seed S] [--stream counter|published] --out DIR\n"
        "       recombine generate facts [--task T] [--lambda L] [--cot on|off] [--seed S] --out "
        "DIR\n"
        "       recombine generate --recipe FILE --out DIR",
        "episodes or a world of facts to disk, byte for byte reproducible",
        "grids: a data set, manifest.json and shards in DIR. An episode of the counter stream is "
        "a\n"
        "function of (config, seed, index) alone, so threads, shards and --shard k/K (the k-th of "
        "K\n"
        "runs, from 0, in one DIR or in several that merge puts together) never change a byte.\n"
        "--resume goes on after an interruption.\n"
        "--static: eight episodes of six fixed rules, the published control without "
        "meta-learning.\n"
        "facts: a world, a data set in each of DIR/{train,val_id,test_id,val_ood,test_ood,...} "
        "and\n"
        "DIR/world.json. Graph and test sets do not depend on lambda, noise, cot or hops.",
        make_generate,
        [] {
          Names names;
          for (const ItemFamily& family : kFamilies) names.emplace_back(family.name);
          return names;
        }},
    VerbEntry{
        "merge",
        "DIR... --out DIR2 [--force]\n"
        "       recombine merge P.jsonl... --out ALL.jsonl [--force]",
        "a data set out of shards that were made apart, or predictions out of their parts",
        "DIR: folders that runs of generate --shard k/K wrote, or folders of such folders, on any "
        "machines;\n"
        "the bytes of a single run come out. Where a shard is missing, unfinished or damaged, "
        "nothing is\n"
        "written: the commands that make it again are printed, one a line, and exit 3. P.jsonl: "
        "files of\n"
        "predict or baseline --shard k/K.",
        make_merge},
    VerbEntry{
        "split", "--data DIR --out DIR2 [--axis systematicity] [--protocol ours|published]",
        "train, validation and test sets with held-out combinations of rules",
        "Writes DIR2/{train,val_id,test_id,val_ood,test_ood} and DIR2/split.json, which says "
        "which\n"
        "triplets of transformations are where. The protocol 'published' has no ID sets; of static "
        "data\n"
        "it makes an item of every pair, and val_ood is test_ood. Where DIR is a world of facts, "
        "the world is\n"
        "made again and its composed training leaves out what --axis names (bridge, hops, ...).",
        make_split},
    VerbEntry{"verify", "DIR [--all] [--json]",
              "checks a data set, a split or a world: checksums, digest, regeneration, answers",
              "One line a check; exit 1 where one fails. Without --all, episodes are sampled. Of a "
              "split\n"
              "of grids also that no two sets share an episode, an image of one or a query with "
              "its rules.\n"
              "Of a split or a world also which values of each factor its sets have: give it the "
              "whole\n"
              "folder, not one of its sets.",
              make_verify},
    VerbEntry{
        "export", "DIR --format F --out PATH [--force]", "a data set in the format of another tool",
        "DIR is a data set, a split or a world of facts; the latter two become a folder with a "
        "file\n"
        "or folder a set. --out - writes a format of one file to standard output. carc is byte "
        "for byte\n"
        "the published form: all_episodes.jsonl for a generated set, "
        "{train,val,test}_systematicity_seed_S.jsonl\n"
        "for a split ({train,val,test}_static_systematicity_seed_S.jsonl of static data). recipe "
        "of a split or\n"
        "a world makes the whole folder again. grokked is that of the published facts, for a "
        "world.",
        make_export},
    VerbEntry{
        "import", "--format F --in FILE --out DIR [--force]",
        "a data set out of another tool's file",
        "The way back from export, for the formats that hold whole items. What the file "
        "does not\n"
        "say (colours and shapes of the rules in carc, all rules in arc, the world of grokked) "
        "stays unknown.",
        make_import},
    VerbEntry{
        "stats", "DIR [--all] [--json]",
        "counts by rule, role, size and colour, or by type, noise and hops; duplicates",
        "Reads a data set, or every set of a split, and says what it is made of. Of grids, the "
        "solver\n"
        "searches the rules afresh from the study pairs of every episode: how many programs "
        "explain them,\n"
        "and whether they agree on the answers; of a sample of episodes, or --all, also where less "
        "is "
        "shown\n"
        "or told. Of facts: types, noise, hops, how many facts "
        "lead from and\n"
        "to an entity, and questions asked twice.",
        make_stats},
    VerbEntry{
        "view",
        "DIR [--item I] [--predictions P] [--gallery N] [--out FILE.png|.svg|.html]\n"
        "       recombine view DIR --play [--questions N] [--predictions P] --out FILE.html",
        "an item as a picture, on the terminal or in a file",
        "Of an episode: the study pairs by the rules in force, then the queries. Of a fact: "
        "the path from\n"
        "the head over its bridges to the tail, with other facts of these entities where the "
        "training set\n"
        "lies beside DIR. With --predictions each answer stands beside the truth; wrong cells "
        "carry a frame\n"
        "('!' on the terminal), wrong entities are red ('!'). --gallery N shows one query of "
        "each of N items,\n"
        "spread over the set; with --wrong, wrong answers alone. --item is an index or an "
        "item's id; DIR is\n"
        "one data set, such as split/test_ood, or the word transformations, for a sheet of what "
        "each does.\n"
        "--play makes a page on which a person answers questions of the set; the answers are saved "
        "as\n"
        "predictions.jsonl and predictions.meta.json, which evaluate takes: a row of the "
        "leaderboard.",
        make_view},
    VerbEntry{
        "baseline", "NAME --data DIR --out P.jsonl [--seed S]",
        "answers of a predictor without training",
        "Names for grids: copy-input, nearest-study, majority, random-rule, oracle; for facts: "
        "majority,\n"
        "lookup (recombine list baselines). The oracle searches the rules that explain the "
        "study pairs; it\n"
        "never reads how an episode was made. Those of facts learn from the set 'train' beside "
        "DIR; lookup\n"
        "is their oracle: it follows the training facts along the relations of the question.",
        make_baseline, [] { return listed_names("baselines"); }},
    VerbEntry{
        "prompts",
        "export --data DIR --provider P --model M --out DIR2 [--limit N] [--shots K] [--image]\n"
        "       recombine prompts import --prompts DIR2 --responses FILE... --out P.jsonl",
        "questions for language models, and their answers back",
        "export: requests for openai, anthropic, gemini, lm-eval, inspect or text (list "
        "providers), with an\n"
        "estimate of their tokens, and prompts.json, which says what was planned. import: "
        "result files of any\n"
        "of these, in any order, partial or repeated. Of each answer P.jsonl has what a person "
        "would read,\n"
        "P.strict.jsonl what the published rules read; P.readings.json says how. What was "
        "planned stays the\n"
        "denominator.",
        make_prompts,
        [] {
          return Names{"export", "import"};
        }},
    VerbEntry{
        "evaluate",
        "--data DIR --predictions P.jsonl... [--out REPORT.json] [--html FILE] [--json]",
        "scores by split and group, with intervals, and who is better",
        "DIR is a data set or a split; each prediction file finds its set by the digest in "
        "P.meta.json and\n"
        "is refused where there is none. Files of one predictor make one report. All shares "
        "are of the\n"
        "planned queries: what is invalid or missing is wrong, and counted beside. Intervals "
        "are 95 %: for\n"
        "grids by resampling episodes, whose queries share their study pairs, for facts "
        "Wilson's.\n"
        "Grids: exact, color, shape. Facts: exact (the whole answer), bridge (the entities "
        "before the last\n"
        "one), answer (the last one), answer_given_bridge (the last one behind the true "
        "bridges, where\n"
        "the predictor wrote what was forced).\n"
        "Each two predictors of the same data set are compared: exact McNemar, a bootstrap "
        "over items, Holm's\n"
        "correction for all comparisons. Each wrong answer gets a kind: a rule left out, a wrong "
        "order, a copy,\n"
        "... (errors in the report, examples in --html). --published adds the scores as the "
        "published scripts\n"
        "count them.",
        make_evaluate},
    VerbEntry{
        "leaderboard",
        "REPORT.json... [--out FILE.md|.csv|.html|.json] [--published] [--suite] [--json]",
        "a row a report, best first",
        "A table a family, sorted by exact match on the OOD test set, then on the ID test set. "
        "Without\n"
        "--out, Markdown on standard output. --published adds the papers' figures for the "
        "families of the\n"
        "reports (for all, without reports) in tables of their own: they were not measured "
        "here, nor on the\n"
        "same data. Rows that no test tells apart share a tie group: by the comparisons in the "
        "reports, else\n"
        "because their intervals overlap. Baselines are anchors. --suite: reports of suite score "
        "as "
        "a matrix,\n"
        "what is held out by predictor: ID, OOD and the drop between.",
        make_leaderboard},
    VerbEntry{
        "suite",
        "list [--suite v1] [--only TASK,...] [--json]\n"
        "       recombine suite make [--suite v1] [--only TASK,...] --out DIR\n"
        "       recombine suite verify --data DIR [--all] [--json]\n"
        "       recombine suite score --data DIR --predictions FILE|DIR2... [--out DIR3] [--json]",
        "a frozen set of tasks: made, checked, and answers of any program scored",
        "A task is a set of episodes or a world with what is held out of it, in "
        "DIR/TASK/{train,...}. "
        "make\n"
        "goes on where it was interrupted, prints a line a task and ends with 3 where a task does "
        "not "
        "come\n"
        "out as it was frozen. verify: digests, every check of verify; exit 1 where one fails. "
        "score "
        "takes\n"
        "prediction files (docs/FORMAT.md), found as DIR2/MODEL/TASK.SET.jsonl or by the digest in "
        "their\n"
        "meta, writes a report a model and prints the matrix that leaderboard --suite makes of "
        "reports.\n"
        "--suite FOLDER: a suite of one's own, a file TASK.ini a task and digests.txt.",
        make_suite,
        [] {
          return Names{"list", "make", "verify", "score"};
        }},
    VerbEntry{
        "report", "RUN|DIR|REPORT.json... --out FILE.html [--title T]",
        "everything that is known as one page: who is better, errors, answers, curves",
        "Folders are looked through for reports, runs, predictions and the data sets that they "
        "answer;\n"
        "predictions that no report scores are scored by the options of evaluate. The page is one "
        "file that\n"
        "asks for nothing from anywhere: who won and by how much, ID beside OOD, groups, what "
        "wrong "
        "answers\n"
        "were, learning curves, and a gallery of questions, truth and answers, two predictors side "
        "by side.\n"
        "--gallery N keeps N questions of each set, first those that predictors differ on; 4 MB "
        "in all.",
        make_report},
    VerbEntry{
        "curves", "RUN... [--sets val_id,val_ood] [--figure exact] [--out FILE.png] [--json]",
        "how runs learned: a table, and a picture",
        "Reads metrics.jsonl of each run: a figure of its validation sets over the steps. The "
        "table is\n"
        "Markdown on standard output.",
        make_curves},
    VerbEntry{
        "list",
        "[transformations|families|models|axes|formats|baselines|providers|learners] [--json]",
        "what there is, one line each", "Without an argument: everything.", make_list, list_kinds},
};

}  // namespace

std::span<const VerbEntry> plain_verbs() { return kVerbs; }

}  // namespace recombine

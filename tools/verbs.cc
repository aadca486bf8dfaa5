// The list of verbs that need no Torch. To add one: a declaration and a line.

#include <array>

#include "tools/command.h"

namespace recombine {

std::unique_ptr<Verb> make_generate();
std::unique_ptr<Verb> make_split();
std::unique_ptr<Verb> make_verify();
std::unique_ptr<Verb> make_export();
std::unique_ptr<Verb> make_import();
std::unique_ptr<Verb> make_stats();
std::unique_ptr<Verb> make_view();
std::unique_ptr<Verb> make_baseline();
std::unique_ptr<Verb> make_evaluate();
std::unique_ptr<Verb> make_leaderboard();
std::unique_ptr<Verb> make_list();
std::unique_ptr<Verb> make_bench();

namespace {

constexpr std::array kVerbs = {
    VerbEntry{
        "generate",
        "grids --episodes N [--seed S] [--stream counter|published] --out DIR\n"
        "       recombine generate --recipe FILE --out DIR",
        "episodes to disk, byte for byte reproducible",
        "Makes a data set: manifest.json and shards in DIR. An episode of the counter stream is a\n"
        "function of (config, seed, index) alone, so threads, shards and --shard k/K (the k-th of "
        "K\n"
        "runs that share DIR, from 0) never change a byte. --resume goes on after an interruption.",
        make_generate},
    VerbEntry{"split", "--data DIR --out DIR2 [--axis systematicity] [--protocol ours|published]",
              "train, validation and test sets with held-out combinations of rules",
              "Writes DIR2/{train,val_id,test_id,val_ood,test_ood} and DIR2/split.json, which says "
              "which\n"
              "triplets of transformations are where. The protocol 'published' has no ID sets.",
              make_split},
    VerbEntry{"verify", "DIR [--all] [--json]",
              "checks a data set: checksums, digest, regeneration, solver",
              "One line a check; exit 1 where one fails. Without --all, episodes are sampled.",
              make_verify},
    VerbEntry{"export", "DIR --format F --out PATH [--force]",
              "a data set in the format of another tool",
              "DIR is a data set, a split or a world of facts; the latter two become a folder\n"
              "with a file or folder a set. --out - writes a format of one file to standard\n"
              "output. carc is byte for byte the published form: all_episodes.jsonl for a\n"
              "generated set, {train,val,test}_systematicity_seed_S.jsonl for a split. grokked\n"
              "is the published form of a world.",
              make_export},
    VerbEntry{"import", "--format F --in FILE --out DIR [--force]",
              "a data set out of another tool's file",
              "The way back from export, for the formats that hold whole items. What the file "
              "does not\n"
              "say (colours and shapes of the rules in carc, all rules in arc, the options of the\n"
              "world in grokked) stays unknown.",
              make_import},
    VerbEntry{"stats", "DIR [--json]",
              "counts by rule, role, size and colour; solver ambiguity; duplicates",
              "Reads a data set, or every set of a split, and says what it is made of. The solver "
              "searches the\n"
              "rules afresh from the study pairs of every episode: how many programs explain them, "
              "and whether\n"
              "they agree on the answers.",
              make_stats},
    VerbEntry{"view", "DIR [--item I] [--predictions P] [--gallery N] [--out FILE.png|.svg|.html]",
              "an episode as a picture, on the terminal or in a file",
              "Shows the study pairs by the rules in force, then the queries. With --predictions "
              "each answer\n"
              "stands beside the truth; wrong cells carry a cross ('!' on the terminal). --gallery "
              "N shows one\n"
              "query of each of N episodes, spread over the set; with --wrong, wrong answers "
              "alone. --item is\n"
              "an index or an item's id; DIR is one data set, such as split/test_ood.",
              make_view},
    VerbEntry{"baseline", "NAME --data DIR --out P.jsonl [--seed S]",
              "answers of a predictor without training",
              "Names: copy-input, nearest-study, majority, random-rule, oracle (recombine list "
              "baselines). The\n"
              "oracle searches the rules that explain the study pairs; it never reads how an "
              "episode was made.",
              make_baseline},
    VerbEntry{"evaluate",
              "--data DIR --predictions P.jsonl... [--out REPORT.json] [--html FILE] [--json]",
              "scores by split and group, with intervals",
              "DIR is a data set or a split; each prediction file finds its set by the digest in "
              "P.meta.json and\n"
              "is refused where there is none. Files of one predictor make one report. All shares "
              "are of the\n"
              "planned queries: what is invalid or missing is wrong, and counted beside. Intervals "
              "are 95 %, by\n"
              "resampling episodes, whose queries share their study pairs.",
              make_evaluate},
    VerbEntry{"leaderboard",
              "REPORT.json... [--out FILE.md|.csv|.html|.json] [--published] [--json]",
              "a row a report, best first",
              "Sorted by exact match on the OOD test set, then on the ID test set. Without --out, "
              "Markdown on\n"
              "standard output. --published adds the paper's figures in a table of their own: they "
              "were not\n"
              "measured here, nor on the same data.",
              make_leaderboard},
    VerbEntry{"list", "[transformations|families|models|axes|formats|baselines|learners] [--json]",
              "what there is, one line each", "Without an argument: everything.", make_list},
    VerbEntry{
        "bench", "[NAME...] [--json]", "measures this machine, each figure as a ratio in one run",
        "Names: generate. Every ratio is against a base measured in the same run.", make_bench},
};

}  // namespace

std::span<const VerbEntry> plain_verbs() { return kVerbs; }

}  // namespace recombine

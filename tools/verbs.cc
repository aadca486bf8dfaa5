// The list of verbs that need no Torch. To add one: a declaration and a line.

#include <array>

#include "tools/command.h"

namespace recombine {

std::unique_ptr<Verb> make_generate();
std::unique_ptr<Verb> make_split();
std::unique_ptr<Verb> make_verify();
std::unique_ptr<Verb> make_export();
std::unique_ptr<Verb> make_import();
std::unique_ptr<Verb> make_list();
std::unique_ptr<Verb> make_bench();

namespace {

constexpr std::array kVerbs = {
    VerbEntry{"generate", "grids --episodes N [--seed S] [--stream counter|published] --out DIR\n"
                          "       recombine generate --recipe FILE --out DIR",
              "episodes to disk, byte for byte reproducible",
              "Makes a data set: manifest.json and shards in DIR. An episode of the counter stream is a\n"
              "function of (config, seed, index) alone, so threads, shards and --shard k/K (the k-th of K\n"
              "runs that share DIR, from 0) never change a byte. --resume goes on after an interruption.",
              make_generate},
    VerbEntry{"split", "--data DIR --out DIR2 [--axis systematicity] [--protocol ours|published]",
              "train, validation and test sets with held-out combinations of rules",
              "Writes DIR2/{train,val_id,test_id,val_ood,test_ood} and DIR2/split.json, which says which\n"
              "triplets of transformations are where. The protocol 'published' has no ID sets.",
              make_split},
    VerbEntry{"verify", "DIR [--all] [--json]", "checks a data set: checksums, digest, regeneration, solver",
              "One line a check; exit 1 where one fails. Without --all, episodes are sampled.",
              make_verify},
    VerbEntry{"export", "DIR --format F --out PATH [--force]", "a data set in the format of another tool",
              "DIR is a data set or a split; a split becomes a folder with a file or folder a set. --out -\n"
              "writes a format of one file to standard output. carc is byte for byte the published form:\n"
              "all_episodes.jsonl for a generated set, {train,val,test}_systematicity_seed_S.jsonl for a split.",
              make_export},
    VerbEntry{"import", "--format F --in FILE --out DIR [--force]", "a data set out of another tool's file",
              "The way back from export, for the formats that hold whole episodes. What the file does not\n"
              "say (colours and shapes of the rules in carc, all rules in arc) stays unknown.",
              make_import},
    VerbEntry{"list", "[transformations|families|models|axes|formats|baselines|learners] [--json]",
              "what there is, one line each", "Without an argument: everything.", make_list},
    VerbEntry{"bench", "[NAME...] [--json]", "measures this machine, each figure as a ratio in one run",
              "Names: generate. Every ratio is against a base measured in the same run.", make_bench},
};

}  // namespace

std::span<const VerbEntry> plain_verbs() { return kVerbs; }

}  // namespace recombine

// recombine generate grids: episodes out of options.

#include <iostream>

#include "generator/grids/search/fixed_rules.h"
#include "generator/grids/search/grid_source.h"
#include "generator/writer/writer.h"
#include "tools/shard_option.h"
#include "tools/verbs/generate.h"

namespace recombine {

int generate_grids(const GenerateOptions& options,
                   const GridConfig& grids,
                   GridRunConfig run,
                   bool quiet) {
  if (grids.fixed_rules) {
    run.stream = "published";
    if (run.episodes == 0) run.episodes = kFixedEpisodes;
  }
  WriteOptions write{options.out, run.episodes,   run.shards,    -1,
                     run.threads, options.resume, options.force, quiet};
  if (!options.shard.empty()) {
    require(run.stream == "counter",
            "--shard: the published stream is one sequence; --shards spreads it");
    require(!options.force, "--shard with --force: would remove the other runs' shards; remove ",
            options.out, " first");
    const PredictionPart part = read_shard(options.shard);
    require(run.shards == 1 || run.shards == part.of, "--shards ", run.shards, ": --shard ",
            options.shard, " is one of ", part.of);
    write.only_shard = part.number;
    run.shards = write.shards = part.of;
  }
  const auto manifest = write_data_set(*make_grid_source(grids, run), write);
  if (!manifest) {
    std::cout << options.out << ": shard " << options.shard
              << " is written; others are not in this folder\n";
    return kDone;
  }
  std::cout << options.out << ": " << manifest->count << " episodes, " << manifest->digest << "\n";
  return kDone;
}

}  // namespace recombine

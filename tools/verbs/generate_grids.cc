// recombine generate grids: episodes out of options.

#include <algorithm>
#include <iostream>

#include "data/text.h"
#include "generator/grids/search/fixed_rules.h"
#include "generator/grids/search/grid_source.h"
#include "generator/writer/writer.h"
#include "tools/verbs/generate.h"

namespace recombine {
namespace {

/// Reads "2/7" into the options; throws InputError.
void read_shard(const std::string& text, WriteOptions& write) {
  const auto slash = std::min(text.find('/'), text.size());
  const auto k = parse_number<int>(text.substr(0, slash));
  const auto all = parse_number<int>(text.substr(std::min(slash + 1, text.size())));
  require(k.has_value() && all.has_value() && *all >= 1 && *k >= 0 && *k < *all, "--shard ", text,
          ": must be k/K with k from 0 to K-1, such as 0/7");
  write.only_shard = *k;
  write.shards = *all;
}

}  // namespace

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
    read_shard(options.shard, write);
    run.shards = write.shards;
  }
  const auto manifest = write_data_set(*make_grid_source(grids, run), write);
  if (!manifest) {
    std::cout << options.out << ": shard " << options.shard << " is written; others are missing\n";
    return kDone;
  }
  std::cout << options.out << ": " << manifest->count << " episodes, " << manifest->digest << "\n";
  return kDone;
}

}  // namespace recombine

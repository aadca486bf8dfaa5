#pragma once
// Which of the processes that train one run together this one is.

#include <functional>
#include <optional>
#include <string>

namespace recombine {

struct RankPlace {
  int rank = 0;
  int count = 1;
  int local = 0;     ///< number among the ranks of its machine: the GPU that is its own
  std::string host;  ///< where the ranks find each other; "" for one alone
  int port = 0;
  bool has_starter = false;  ///< whoever started the ranks keeps their store, and not rank 0
  std::string attempt;       ///< tells the ranks of a restart from those before it

  friend bool operator==(const RankPlace&, const RankPlace&) = default;
};

/// The value of a variable; none where it is not set, or empty.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// That of this process.
Environment process_environment();

/// As torchrun's variables say (RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT), else as
/// Slurm's do for a task of srun (SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID, the first node of
/// SLURM_STEP_NODELIST or SLURM_JOB_NODELIST, a port by SLURM_JOB_ID); else alone. The shell of a
/// batch script, which has most of Slurm's variables, is alone. Throws InputError, naming the
/// variable, where one is missing or no number.
RankPlace rank_place(const Environment& environment);

/// The first node of a list as Slurm writes it: "node[07-09,12],login" -> "node07".
std::string first_node(const std::string& list);

}  // namespace recombine

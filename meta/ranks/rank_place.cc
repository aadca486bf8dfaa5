#include "meta/ranks/rank_place.h"

#include <cstdlib>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr int kLastPort = 65535;

int number_in(const Environment& environment, const char* name) {
  const std::optional<std::string> text = environment(name);
  require(text.has_value(), name,
          ": is not set; torchrun and srun set it, and --ranks N needs none");
  const std::optional<int> number = parse_number<int>(*text);
  require(number.has_value() && *number >= 0, name, "=", *text, ": must be a number from 0");
  return *number;
}

int number_in(const Environment& environment, const char* name, int otherwise) {
  return environment(name) ? number_in(environment, name) : otherwise;
}

/// Where a job of Slurm meets that names no port: the same on all its nodes, and seldom that of
/// another job.
int port_of_job(const Environment& environment) {
  constexpr int kFirst = 12000;
  constexpr int kPorts = 20000;
  return kFirst + number_in(environment, "SLURM_JOB_ID", 0) % kPorts;
}

std::string host_of_job(const Environment& environment) {
  if (const auto host = environment("MASTER_ADDR")) return *host;
  for (const char* list : {"SLURM_STEP_NODELIST", "SLURM_JOB_NODELIST"}) {
    if (const auto nodes = environment(list)) return first_node(*nodes);
  }
  const auto host = environment("SLURM_LAUNCH_NODE_IPADDR");
  require(host.has_value(),
          "MASTER_ADDR: is not set, nor SLURM_JOB_NODELIST; name the machine of "
          "rank 0");
  return *host;
}

/// Whether this is a task of srun, and not the batch script around it.
bool is_task(const Environment& environment) {
  if (!environment("SLURM_PROCID") || number_in(environment, "SLURM_NTASKS", 1) < 2) return false;
  return environment("SLURM_STEP_NUM_TASKS") || environment("MASTER_ADDR") ||
         !environment("SLURM_JOB_ID");
}

void require_place(const RankPlace& place, const char* rank, const char* count) {
  require(place.rank < place.count, rank, "=", place.rank, ": must be below ", count, "=",
          place.count);
  require(place.port >= 1 && place.port <= kLastPort, "MASTER_PORT=", place.port,
          ": must be from 1 to ", kLastPort);
}

RankPlace place_by_torchrun(const Environment& environment) {
  RankPlace place;
  place.count = number_in(environment, "WORLD_SIZE");
  if (place.count < 2) return {};
  place.rank = number_in(environment, "RANK");
  place.local = number_in(environment, "LOCAL_RANK", 0);
  const auto host = environment("MASTER_ADDR");
  require(host.has_value(), "MASTER_ADDR: is not set; name the machine of rank 0");
  place.host = *host;
  place.port = number_in(environment, "MASTER_PORT");
  place.has_starter = environment("TORCHELASTIC_USE_AGENT_STORE") == "True";
  place.attempt = environment("TORCHELASTIC_RESTART_COUNT").value_or("0");
  require_place(place, "RANK", "WORLD_SIZE");
  return place;
}

RankPlace place_by_slurm(const Environment& environment) {
  RankPlace place;
  place.count = number_in(environment, "SLURM_NTASKS");
  place.rank = number_in(environment, "SLURM_PROCID");
  place.local = number_in(environment, "SLURM_LOCALID", 0);
  place.host = host_of_job(environment);
  place.port = number_in(environment, "MASTER_PORT", port_of_job(environment));
  place.attempt = environment("SLURM_RESTART_COUNT").value_or("0");
  require_place(place, "SLURM_PROCID", "SLURM_NTASKS");
  return place;
}

}  // namespace

Environment process_environment() {
  return [](const char* name) -> std::optional<std::string> {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
  };
}

RankPlace rank_place(const Environment& environment) {
  if (environment("WORLD_SIZE")) return place_by_torchrun(environment);
  if (is_task(environment)) return place_by_slurm(environment);
  return {};
}

std::string first_node(const std::string& list) {
  const std::size_t end = list.find_first_of(",[");
  if (end == std::string::npos || list[end] == ',') return list.substr(0, end);
  const std::size_t number = list.find_first_of(",-]", end);
  const std::size_t close = list.find(']', end);
  require(close != std::string::npos, "SLURM_JOB_NODELIST=", list, ": has a '[' without ']'");
  const std::string behind = list.substr(close + 1, list.find(',', close) - close - 1);
  return list.substr(0, end) + list.substr(end + 1, number - end - 1) + behind;
}

}  // namespace recombine

// LibTorch's wheel has Gloo, but its headers offer it only to those who say so.
#define USE_C10D_GLOO  // NOLINT

#include "meta/ranks/meeting.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <thread>

#include <c10/util/Logging.h>
#include <netdb.h>
#include <sys/socket.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <unistd.h>

#include "data/error.h"

namespace recombine {
namespace {

using Milliseconds = std::chrono::milliseconds;

/// c10d writes lines of its own for what we say in one.
void silence_c10d() {
  ::setenv("TORCH_CPP_LOG_LEVEL", "FATAL", 0);
  c10::initLogging();
}

struct FreeAddresses {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

/// The addresses of `host`, for datagrams to a port that nobody needs; null where it has none.
Addresses addresses_of(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), "9", &hints, &found) != 0) return nullptr;
  return Addresses(found);
}

/// c10d would ask for a name that nobody knows until its time is over, and not say so. Some names
/// are known soon after a job begins, so it is asked for some seconds.
void require_known_host(const RankPlace& place, std::chrono::seconds limit) {
  constexpr std::chrono::seconds kPatience{20};
  const auto end = std::chrono::steady_clock::now() + std::min(limit, kPatience);
  while (!addresses_of(place.host)) {
    require(std::chrono::steady_clock::now() < end, "rank ", place.rank,
            ": no address is known for the name ", place.host,
            "; MASTER_ADDR must be an address in numbers, or a name that each machine knows");
    std::this_thread::sleep_for(Milliseconds(500));
  }
}

/// This machine's address on the way to `host`, in numbers; "" where there is no way. Nothing is
/// sent.
std::string address_towards(const std::string& host) {
  const Addresses list = addresses_of(host);
  if (!list) return "";
  const int socket = ::socket(list->ai_family, list->ai_socktype, list->ai_protocol);
  if (socket < 0) return "";
  sockaddr_storage own{};
  auto* const address = reinterpret_cast<sockaddr*>(&own);  // NOLINT: the interface of POSIX
  socklen_t size = sizeof(own);
  std::array<char, NI_MAXHOST> text{};
  const bool known =
      ::connect(socket, list->ai_addr, list->ai_addrlen) == 0 &&
      ::getsockname(socket, address, &size) == 0 &&
      ::getnameinfo(address, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0;
  ::close(socket);
  return known ? text.data() : "";
}

}  // namespace

SharedStore meet(const RankPlace& place, std::chrono::seconds limit) {
  silence_c10d();
  require_known_host(place, limit);
  c10d::TCPStoreOptions options;
  options.port = static_cast<std::uint16_t>(place.port);
  options.isServer = place.rank == 0 && !place.has_starter;
  options.waitWorkers = false;
  options.timeout = limit;
  try {
    auto store = c10::make_intrusive<c10d::TCPStore>(place.host, options);
    return c10::make_intrusive<c10d::PrefixStore>("recombine/" + place.attempt, std::move(store));
  } catch (const std::exception&) {
    require(!options.isServer, "MASTER_PORT ", place.port, ": is taken on ", place.host,
            ", or no address of this machine; name another");
    throw InputError(cat("rank ", place.rank, ": finds nobody at ", place.host, ":", place.port,
                         " within ", limit.count(),
                         " seconds; MASTER_ADDR and MASTER_PORT must lead to rank 0"));
  }
}

KeptStore keep_store() {
  silence_c10d();
  c10d::TCPStoreOptions options;
  options.port = 0;
  options.isServer = true;
  options.waitWorkers = false;
  auto store = c10::make_intrusive<c10d::TCPStore>("127.0.0.1", options);
  const int port = store->getPort();
  return {c10::make_intrusive<c10d::PrefixStore>("recombine/0", std::move(store)), port};
}

c10::intrusive_ptr<c10d::Backend> connect_ranks(const SharedStore& store,
                                                const RankPlace& place,
                                                std::chrono::seconds limit) {
  using c10d::ProcessGroupGloo;
  const std::string address = address_towards(place.host);
  c10::intrusive_ptr<ProcessGroupGloo::Options> options;
  if (std::getenv("GLOO_SOCKET_IFNAME") != nullptr || address.empty()) {
    options = ProcessGroupGloo::Options::create_default(Milliseconds(limit));
  } else {
    options = ProcessGroupGloo::Options::create(Milliseconds(limit));
    options->devices.push_back(ProcessGroupGloo::createDeviceForHostname(address));
  }
  return c10::make_intrusive<ProcessGroupGloo>(store, place.rank, place.count, options);
}

}  // namespace recombine

#pragma once
// Where ranks meet: a store that they all reach, and connections between them, by LibTorch's c10d.

#include <chrono>
#include <string>

#include <c10/util/intrusive_ptr.h>

#include "meta/ranks/rank_place.h"

namespace c10d {
class Backend;
class Store;
}  // namespace c10d

namespace recombine {

/// A key and a value that every rank sees; kept by rank 0, or by whoever started the ranks.
using SharedStore = c10::intrusive_ptr<c10d::Store>;

/// Waits `limit` at most. Throws InputError where the port is taken, or nobody is there.
SharedStore meet(const RankPlace& place, std::chrono::seconds limit);

/// The store of a starter: on the loopback device, at a port that is free.
struct KeptStore {
  SharedStore store;
  int port = 0;
};
KeptStore keep_store();

/// Gloo's connections, each to each: on the interface of GLOO_SOCKET_IFNAME, else on that which
/// leads to the ranks' host. Whatever takes longer than `limit` throws, here and in its use.
c10::intrusive_ptr<c10d::Backend> connect_ranks(const SharedStore& store,
                                                const RankPlace& place,
                                                std::chrono::seconds limit);

}  // namespace recombine

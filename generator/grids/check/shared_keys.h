#pragma once
// Lists of keys, and what in them is equal.

#include <algorithm>
#include <span>
#include <vector>

namespace recombine {

/// Sorts the items by a key and calls use(run), a span, for each run of equal ones.
template <class Item, class Key, class Use>
void for_each_run(std::vector<Item>& items, Key key, const Use& use) {
  std::ranges::sort(items, {}, key);
  for (auto at = items.begin(); at != items.end();) {
    const auto end = std::ranges::upper_bound(at, items.end(), (*at).*key, {}, key);
    use(std::span<Item>(at, end));
    at = end;
  }
}

/// The first item of another set than the first one's; the end where there is none.
template <class Item>
auto other_set(std::span<const Item> run) {
  return std::ranges::find_if(run, [&](const Item& item) { return item.set != run.front().set; });
}

/// The same for runs that have items of two sets at least.
template <class Item, class Key, class Use>
void for_each_shared(std::vector<Item>& items, Key key, const Use& use) {
  for_each_run(items, key, [&](std::span<const Item> run) {
    if (other_set(run) != run.end()) use(run);
  });
}

}  // namespace recombine

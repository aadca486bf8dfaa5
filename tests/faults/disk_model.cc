#include "tests/faults/disk_model.h"

#include <fstream>

#include "data/random.h"
#include "data/storage/file.h"

namespace recombine {
namespace fs = std::filesystem;

std::vector<Survival> survivals() {
  std::vector<Survival> all = {{false, 0}, {true, 0}, {true, 0.5}, {true, 1}, {false, 1}};
  for (std::uint64_t lot = 1; lot <= 4; ++lot) all.push_back({false, 0, lot});
  return all;
}

DiskModel::DiskModel(const fs::path& folder) : root_(folder) {
  nodes_.push_back({.folder = true});
  add(folder);
}

/// The node of what is on the real disk.
std::size_t DiskModel::add(const fs::path& path) {
  const std::size_t node = path == root_ ? 0 : nodes_.size();
  if (node > 0) nodes_.push_back({});
  if (!fs::is_directory(path)) {
    nodes_[node].safe = nodes_[node].now = read_file(path);
    return node;
  }
  nodes_[node].folder = true;
  for (const auto& entry : fs::directory_iterator(path)) {
    const std::size_t child = add(entry.path());
    nodes_[node].names[entry.path().filename().string()] = child;
  }
  nodes_[node].safe_names = nodes_[node].names;
  return node;
}

std::optional<std::size_t> DiskModel::find(const fs::path& path) const {
  std::size_t node = 0;
  for (const fs::path& part : path.lexically_relative(root_)) {
    if (part == ".") continue;
    const auto entry = nodes_[node].names.find(part.string());
    if (entry == nodes_[node].names.end()) return std::nullopt;
    node = entry->second;
  }
  return node;
}

std::map<std::string, std::size_t>& DiskModel::names_around(const fs::path& path) {
  return nodes_.at(find(path.parent_path()).value()).names;
}

void DiskModel::make(const fs::path& path, bool folder) {
  if (find(path)) return;
  nodes_.push_back({.folder = folder});
  names_around(path)[path.filename().string()] = nodes_.size() - 1;
}

void DiskModel::move(const SystemCall& call) {
  const std::size_t moved = find(call.path).value();
  const std::optional<std::size_t> other = find(call.to);
  names_around(call.to)[call.to.filename().string()] = moved;
  auto& names = names_around(call.path);
  if (call.kind == CallKind::kExchange) {
    names[call.path.filename().string()] = other.value();
  } else {
    names.erase(call.path.filename().string());
  }
}

void DiskModel::apply(const LoggedCall& logged) {
  const SystemCall& call = logged.call;
  switch (call.kind) {
    case CallKind::kMakeFolder:
      return make(call.path, true);
    case CallKind::kOpen:
    case CallKind::kWrite:
    case CallKind::kTruncate:
      make(call.path, false);
      nodes_[find(call.path).value()].now = logged.bytes;
      return;
    case CallKind::kSync: {
      Node& node = nodes_.at(find(call.path).value());
      node.safe = node.now;
      node.safe_names = node.names;
      return;
    }
    case CallKind::kSyncAll:
      for (Node& node : nodes_) {
        node.safe = node.now;
        node.safe_names = node.names;
      }
      return;
    case CallKind::kRename:
    case CallKind::kExchange:
      return move(call);
    case CallKind::kRemove:
      names_around(call.path).erase(call.path.filename().string());
      return;
  }
}

void DiskModel::write(const fs::path& folder, const Survival& survival) const {
  write_node(0, folder, survival);
}

void DiskModel::write_node(std::size_t number,
                           const fs::path& path,
                           const Survival& survival) const {
  const Node& node = nodes_[number];
  CounterRandom random(survival.lot, number, Stream::kSample);
  const bool by_lot = survival.lot > 0;
  if (node.folder) {
    fs::create_directory(path);
    const bool names = by_lot ? random.below(2) == 0 : survival.names;
    for (const auto& [name, child] : names ? node.names : node.safe_names)
      write_node(child, path / name, survival);
    return;
  }
  std::string bytes = node.safe;
  const double share = by_lot ? random.below(3) / 2.0 : survival.bytes;
  if (share == 1) {
    bytes = node.now;
  } else if (node.now.size() > bytes.size()) {
    const auto unsafe = static_cast<double>(node.now.size() - bytes.size());
    bytes = node.now.substr(0, bytes.size() + static_cast<std::size_t>(share * unsafe));
  }
  std::ofstream(path, std::ios::binary) << bytes;
}

void CallLog::made(const SystemCall& call) {
  LoggedCall logged{call};
  if (fs::is_regular_file(call.path)) logged.bytes = read_file(call.path);
  calls_.push_back(std::move(logged));
}

}  // namespace recombine

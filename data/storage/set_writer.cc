#include "data/storage/set_writer.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/shard.h"

namespace recombine {
namespace {

std::filesystem::path made(const std::filesystem::path& folder) {
  create_folder(folder);
  return folder;
}

}  // namespace

struct SetWriter::State {
  std::filesystem::path folder;
  std::string family;
  Json vocabulary;
  ShardWriter shard;
  Sha256 digest;
  std::vector<std::string> records;  ///< of the block that is not yet full
  std::uint64_t count = 0;
  bool finished = false;

  void flush() {
    if (records.empty()) return;
    shard.add_block(encode_block(count - records.size(), records),
                    static_cast<std::uint32_t>(records.size()));
    add_to_digest(digest, records);
    records.clear();
  }
};

SetWriter::SetWriter(const std::filesystem::path& folder, std::string family, Json vocabulary)
    : state_(new State{made(folder),
                       std::move(family),
                       std::move(vocabulary),
                       ShardWriter(folder / shard_file_name(0, 1), 0),
                       {},
                       {},
                       0,
                       false}) {}

SetWriter::~SetWriter() {
  if (!state_->finished) state_->shard.discard();
}

void SetWriter::add(std::string record) {
  state_->records.push_back(std::move(record));
  ++state_->count;
  if (state_->records.size() == kBlockRecords) state_->flush();
}

std::uint64_t SetWriter::count() const { return state_->count; }

Manifest SetWriter::finish(Json recipe) {
  state_->flush();
  recipe["count"] = state_->count;
  Manifest manifest{state_->family,
                    state_->count,
                    "sha256:" + state_->digest.hex_digest(),
                    std::move(recipe),
                    {state_->shard.finish()},
                    state_->vocabulary};
  write_manifest(state_->folder, manifest);
  state_->finished = true;
  return manifest;
}

}  // namespace recombine

#pragma once
// What the sets of a split have in common that no set of its own shows: images of one episode,
// questions asked twice, episodes that are nearly the same.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/storage/dataset.h"
#include "generator/family.h"

namespace recombine {

/// The keys of all episodes of a split, read once on many threads: some 700 bytes an episode of 12
/// study pairs and 10 queries.
class SplitAudit {
 public:
  /// Throws DataError for damaged sets, and Interrupted.
  SplitAudit(const std::filesystem::path& folder,
             const std::vector<std::string>& names,
             const VerifyOptions& options);

  /// No episode is one of another set turned, mirrored, recoloured, or with its study pairs or its
  /// queries in another order. Those of fewer than kTellingPairs pairs may be so by chance, and are
  /// counted. Throws DataError where one is.
  std::string check_episodes();

  /// No query is asked in two sets by episodes of one grammar, and none stands in an episode whose
  /// study pairs do not give its answer. Beside these, pictures of few cells come twice by chance:
  /// they are counted, as they stand and up to symmetries and colours. A study pair that shows all
  /// three rules is a query here. Throws DataError where one is.
  std::string check_queries();

  /// Counts episodes that share half of their rarer pairs with an episode of another set, and
  /// grammars that are in two sets. Never throws.
  std::string count_near_duplicates();

  /// From so many pairs on two episodes are each other's image by no chance.
  static constexpr std::size_t kTellingPairs = 6;

 private:
  struct EpisodeKey {
    std::uint64_t canonical = 0;
    std::uint64_t grammar = 0;  ///< 0: not known as a whole
    std::uint32_t index = 0;    ///< in its set
    std::uint16_t set = 0;
    std::uint16_t pairs = 0;
  };
  struct QueryKey {
    std::uint64_t input = 0;
    std::uint64_t whole = 0;  ///< input and output
    std::uint64_t canonical = 0;
    std::uint32_t index = 0;  ///< of the episode in its set
    std::uint16_t set = 0;
    std::uint16_t place = 0;  ///< in the episode; study pairs come after the queries
    std::uint64_t grammar = 0;
  };
  struct PairKey {
    std::uint64_t canonical = 0;
    std::uint32_t episode = 0;  ///< its number in the order of reading
    std::uint16_t set = 0;
  };
  struct Keys {
    EpisodeKey episode;
    std::vector<QueryKey> queries;
    std::vector<std::uint64_t> pairs;
  };

  Keys keys_of(std::size_t set, std::size_t index) const;
  void add(const Keys& keys);
  std::string place_of(const EpisodeKey& key) const;
  std::string place_of(const QueryKey& key) const;
  bool is_foreign(const QueryKey& key) const;

  std::string folder_;
  std::vector<std::string> names_;
  std::vector<EpisodeSet> sets_;
  std::vector<EpisodeKey> episodes_;
  std::vector<QueryKey> queries_;
  std::vector<PairKey> pairs_;
};

}  // namespace recombine

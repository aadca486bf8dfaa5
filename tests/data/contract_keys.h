#pragma once
// The keys that the contract promises of a JSON file.

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

/// Expects all of them in `json`; "/shards/0/bytes" is bytes of the first of the shards.
inline void expect_keys(const Json& json, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    EXPECT_TRUE(json.contains(Json::json_pointer(key))) << key << " is not in " << json.dump(1);
  }
}

/// The same of a share with its interval, under `figure`.
inline void expect_interval(const Json& json, const std::string& figure) {
  for (const char* key : {"/value", "/low", "/high", "/level", "/method"}) {
    expect_keys(json, {figure + key});
  }
}

}  // namespace recombine

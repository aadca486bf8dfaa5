#include "tools/libraries.h"

#include <boost/version.hpp>
#include <cereal/version.hpp>
#include <gnu/libc-version.h>
#include <nlohmann/json.hpp>
#include <oneapi/tbb/version.h>
#include <openssl/crypto.h>
#include <simdjson.h>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>

#include "data/error.h"
#include "eval/drawing/scene.h"

namespace recombine {
namespace {

std::string xxhash_version() {
  constexpr unsigned kPart = 100;
  const unsigned number = XXH_versionNumber();
  return cat(number / kPart / kPart, ".", number / kPart % kPart, ".", number % kPart);
}

}  // namespace

std::vector<Library> used_libraries() {
  return {
      {"compiler", __VERSION__},
      {"glibc", ::gnu_get_libc_version()},
      {"libstdc++", cat(__GLIBCXX__)},
      {"TBB", ::TBB_runtime_version()},
      {"OpenSSL", ::OpenSSL_version(OPENSSL_VERSION)},
      {"zstd", ::ZSTD_versionString()},
      {"zlib", ::zlibVersion()},
      {"xxHash", xxhash_version()},
      {"simdjson", cat(simdjson::SIMDJSON_VERSION_MAJOR, ".", simdjson::SIMDJSON_VERSION_MINOR, ".",
                       simdjson::SIMDJSON_VERSION_REVISION)},
      {"nlohmann/json", cat(NLOHMANN_JSON_VERSION_MAJOR, ".", NLOHMANN_JSON_VERSION_MINOR, ".",
                            NLOHMANN_JSON_VERSION_PATCH)},
      {"Boost",
       cat(BOOST_VERSION / 100000, ".", BOOST_VERSION / 100 % 1000, ".", BOOST_VERSION % 100)},
      {"pictures", png_library()},
      {"cereal", cat(CEREAL_VERSION_MAJOR, ".", CEREAL_VERSION_MINOR, ".", CEREAL_VERSION_PATCH)},
  };
}

}  // namespace recombine

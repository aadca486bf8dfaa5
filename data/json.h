#pragma once
// The JSON type of the project: keys keep the order in which they were written. And how it is read
// out of files that anybody may have written.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace recombine {

using Json = nlohmann::ordered_json;

/// How many lists and objects a text may have within each other.
inline constexpr std::size_t kMaxJsonLevels = 200;

/// The byte, from 1, that opens a list or object beyond kMaxJsonLevels; 0 where there is none.
std::size_t too_deep_at(std::string_view text);

/// As Json::parse(text), but throws Json::parse_error for a text that is nested deeper than
/// kMaxJsonLevels, too.
Json parse_json(std::string_view text);

/// The same, but a discarded value where parse_json() throws.
Json try_parse_json(std::string_view text);

/// A whole number from 0 to `most`. Throws DataError, which begins with `what`, for any other
/// value: Json's get<int>() would read 3.9 as 3.
std::uint64_t whole_number(const Json& value,
                           std::string_view what,
                           std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

/// The value as a whole number of the type T. Throws Json::type_error for any other value, and for
/// one that T does not hold: Json's get<T>() reads 3.9 as 3, -1 as 2^64 - 1, and 1e300 as anything.
template <class T>
T whole(const Json& value);
template <>
int whole<int>(const Json& value);
template <>
std::int64_t whole<std::int64_t>(const Json& value);
template <>
std::uint64_t whole<std::uint64_t>(const Json& value);

/// That of a key; `otherwise` where the object has no such key.
std::uint64_t whole_or(const Json& object, const char* key, std::uint64_t otherwise);

/// An object's numbers from 0, by their names. Throws Json::type_error for anything else.
std::map<std::string, std::uint64_t> whole_counts(const Json& object);

}  // namespace recombine

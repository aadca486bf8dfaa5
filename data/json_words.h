#pragma once
// What the JSON library says of a value that it cannot take, for a message of ours.

#include <exception>
#include <string>

namespace recombine {

/// What a Json::exception says, without the library's own number in front, which tells a user
/// nothing: "no \"seed\"" for a missing key, "type must be number, but is string" for a value of
/// another kind. The words of any other error as they are.
std::string json_words(const std::exception& error);

}  // namespace recombine

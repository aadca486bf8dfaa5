#pragma once
// One request to a language model, before it has a provider's form.

#include <cstdint>
#include <string>

namespace recombine {

struct Question {
  std::string id;    ///< lower-case letters, digits, '_' and '-', at most 63: every provider's rule
  std::string item;  ///< of the data set
  int query = 0;     ///< which of its queries
  std::string split;     ///< name of the set
  std::string digest;    ///< of the set
  int words = 0;         ///< facts: entities (or values) that the answer is asked to have
  std::string text;      ///< the one message
  std::string image;     ///< a PNG file; empty: none
  int image_height = 0;  ///< pixels
  int image_width = 0;
  std::string target;  ///< the right answer, in the form that is asked for
};

}  // namespace recombine

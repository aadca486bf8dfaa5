#include "eval/llm/base64.h"

#include <openssl/evp.h>

#include "data/error.h"

namespace recombine {

std::string base64(std::string_view bytes) {
  require(bytes.size() <= (std::size_t{1} << 30U), "base64: ", bytes.size(), " bytes are too many");
  std::string text((bytes.size() + 2) / 3 * 4, '\0');
  // Writes a zero behind the text, where a string has one.
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  return text;
}

}  // namespace recombine

#include "data/storage/fact_codec.h"

#include "data/error.h"
#include "data/storage/varint.h"

namespace recombine {
namespace {

constexpr std::uint32_t kFactRecord = 2;  ///< first byte of a record: kind and version

void put_tokens(std::string& bytes, const std::vector<Token>& tokens) {
  put_varint(bytes, static_cast<std::uint32_t>(tokens.size()));
  for (const Token token : tokens) put_varint(bytes, token);
}

std::vector<Token> take_tokens(ByteReader& reader, Token limit) {
  const std::uint32_t count = reader.varint();
  require_data(count <= reader.bytes.size(), "record: ends too early");
  std::vector<Token> tokens(count);
  for (Token& token : tokens) {
    token = reader.varint();
    require_data(token < limit, "record: token ", token, " is beyond the vocabulary of ", limit);
  }
  return tokens;
}

}  // namespace

std::string encode_fact(const FactItem& item) {
  std::string bytes;
  bytes.reserve(5 + 3 * (item.tokens.size() + item.path.size()));
  put_varint(bytes, kFactRecord);
  put_varint(bytes, static_cast<std::uint32_t>(item.type));
  put_varint(bytes, item.noisy ? 1 : 0);
  put_varint(bytes, static_cast<std::uint32_t>(item.prompt));
  put_tokens(bytes, item.tokens);
  put_tokens(bytes, item.path);
  return bytes;
}

FactItem decode_fact(std::string_view record, const FactVocabulary& vocabulary) {
  ByteReader reader{record};
  require_data(reader.varint() == kFactRecord, "record: not a fact of a known version");
  FactItem item;
  const std::uint32_t type = reader.varint();
  require_data(type < kFactTypes.size(), "record: type ", type, " is not known");
  item.type = static_cast<FactType>(type);
  item.noisy = reader.varint() != 0;
  item.prompt = static_cast<int>(reader.varint());
  item.tokens = take_tokens(reader, static_cast<Token>(vocabulary.size()));
  require_data(item.prompt >= 1 && static_cast<std::size_t>(item.prompt) < item.tokens.size(),
               "record: has no question or no answer");
  item.path = take_tokens(reader, vocabulary.relation(0));
  require_data(reader.bytes.empty(), "record: is too long");
  item.id = vocabulary.id(item.question());
  return item;
}

}  // namespace recombine

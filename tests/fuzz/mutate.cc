#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "data/random.h"
#include "data/storage/block.h"
#include "data/storage/hash.h"

namespace recombine {
namespace {

constexpr std::array<std::uint64_t, 9> kForged = {0,
                                                  1,
                                                  0x7FFFFFFF,
                                                  0x80000000,
                                                  0xFFFFFFFF,
                                                  std::uint64_t{1} << 40U,
                                                  0x7FFFFFFFFFFFFFFF,
                                                  std::uint64_t{1} << 63U,
                                                  0xFFFFFFFFFFFFFFFF};
constexpr std::array<std::string_view, 10> kForgedText = {"0",
                                                          "-1",
                                                          "1.5",
                                                          "1e999",
                                                          "2147483648",
                                                          "4294967296",
                                                          "9223372036854775808",
                                                          "18446744073709551615",
                                                          "99999999999999999999",
                                                          "null"};
constexpr std::string_view kSigns = std::string_view("\0\xff\x7f\x80{}[]\",:/\\\n 09-.=<>", 22);

class Damage {
 public:
  Damage(std::string bytes, std::span<const std::string> others, CounterRandom random)
      : bytes_(std::move(bytes)), others_(others), random_(random) {}

  void once() {
    switch (random_.below(10)) {
      case 0:
        return flip();
      case 1:
        return set_sign();
      case 2:
        return cut_out();
      case 3:
        return double_range();
      case 4:
        return bytes_.resize(below(bytes_.size() + 1));
      case 5:
        return forge_binary();
      case 6:
      case 7:
        return forge_decimal();
      case 8:
        return exchange();
      default:
        return splice();
    }
  }

  std::string take() { return std::move(bytes_); }

 private:
  std::size_t below(std::size_t n) {
    return n == 0 ? 0 : random_.below(static_cast<std::uint32_t>(n));
  }
  std::size_t length() { return 1 + below(std::min<std::size_t>(bytes_.size(), 32)); }

  void flip() {
    if (bytes_.empty()) return;
    char& byte = bytes_[below(bytes_.size())];
    byte = static_cast<char>(byte ^ (1 << below(8)));
  }
  void set_sign() {
    if (!bytes_.empty()) bytes_[below(bytes_.size())] = kSigns[below(kSigns.size())];
  }
  void cut_out() {
    if (!bytes_.empty()) bytes_.erase(below(bytes_.size()), length());
  }
  void double_range() {
    if (bytes_.empty()) return;
    const std::string range = bytes_.substr(below(bytes_.size()), length());
    bytes_.insert(below(bytes_.size()), range);
  }
  void forge_binary() {
    std::string number;
    put_u64(number, kForged[below(kForged.size())]);
    number.resize(std::array<std::size_t, 4>{1, 2, 4, 8}[below(4)]);
    if (bytes_.size() < number.size()) return;
    bytes_.replace(below(bytes_.size() - number.size() + 1), number.size(), number);
  }
  void forge_decimal() {
    const std::size_t begin = bytes_.find_first_of("0123456789", below(bytes_.size()));
    if (begin == std::string::npos) return set_sign();
    const std::size_t end = bytes_.find_first_not_of("0123456789", begin);
    bytes_.replace(begin, end == std::string::npos ? end : end - begin,
                   kForgedText[below(kForgedText.size())]);
  }
  void exchange() {
    if (bytes_.size() < 4) return;
    const std::size_t half = bytes_.size() / 2;
    const std::size_t size = 1 + below(std::min<std::size_t>(half, 64));
    const std::size_t first = below(half - size + 1);
    const std::size_t second = half + below(bytes_.size() - half - size + 1);
    std::swap_ranges(bytes_.begin() + static_cast<std::ptrdiff_t>(first),
                     bytes_.begin() + static_cast<std::ptrdiff_t>(first + size),
                     bytes_.begin() + static_cast<std::ptrdiff_t>(second));
  }
  void splice() {
    if (others_.empty()) return;
    const std::string& other = others_[below(others_.size())];
    if (other.empty()) return;
    const std::size_t begin = below(other.size());
    bytes_.insert(below(bytes_.size() + 1), other.substr(begin, 1 + below(64)));
  }

  std::string bytes_;
  std::span<const std::string> others_;
  CounterRandom random_;
};

}  // namespace

std::string mutated(const std::string& seed,
                    std::span<const std::string> others,
                    std::uint64_t number) {
  CounterRandom random(xxh3(seed), number, Stream::kSample);
  const std::uint32_t times = 1 + random.below(3);
  Damage damage(seed, others, random);
  for (std::uint32_t i = 0; i < times; ++i) damage.once();
  return damage.take();
}

}  // namespace recombine

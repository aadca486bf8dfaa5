// recombine split: train, validation and test sets out of a data set.

#include <cstdint>
#include <iostream>

#include "generator/grids/split/split_run.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct SplitOptions {
  std::string data;
  std::string out;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data, "folder of the data set to split");
    visit("out", self.out, "folder of the split");
    visit("force", self.force, "replace a split that is there");
  }
};

class SplitVerb : public Verb {
 public:
  void declare(Options& options) override {
    options.add(own_);
    options.add_section("split", config_);
    options.own_section("split");
  }

  void check(const Call&) const override { config_.validate(); }

  int run(const Call& call) override {
    require(call.positional.empty(), "takes options alone; did you mean --data ",
            call.positional.empty() ? "" : call.positional.front(), "?");
    require(!own_.data.empty(), "--data is missing: the folder of the data set to split");
    require(!own_.out.empty(), "--out is missing: the folder of the split");
    const Json split = split_data_set(own_.data, own_.out, config_, own_.force, call.quiet);
    const bool pairs = split.contains("static");
    for (const auto& [name, set] : split.at("sets").items()) {
      std::cout << own_.out << "/" << name << ": " << set.at("count")
                << (pairs ? " pairs\n" : " episodes\n");
    }
    std::cout << "held out:";
    for (const Json& held_out : split.at(pairs ? "episodes" : "triplets").at("test"))
      std::cout << " " << held_out.get<std::string>();
    std::cout << "\n";
    note_what_is_missing(split);
    return kDone;
  }

 private:
  void note_what_is_missing(const Json& split) const {
    const auto left_out = split.value("left_out", std::uint64_t{0});
    if (left_out > 0) {
      std::cerr << own_.data << ": " << left_out << " held-out episodes are in no set: train shows "
                << "one of their rules fewer than " << config_.min_examples()
                << " times (--min-func-examples)\n";
    }
    for (const auto& [name, set] : split.at("sets").items()) {
      if (set.at("count") == 0) std::cerr << own_.out << "/" << name << ": is empty\n";
    }
  }

  SplitOptions own_;
  SplitConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_split() { return std::make_unique<SplitVerb>(); }

}  // namespace recombine

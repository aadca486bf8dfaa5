// recombine split: train, validation and test sets out of a data set.

#include <iostream>

#include "generator/grids/split_run.h"
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
    return kDone;
  }

 private:
  SplitOptions own_;
  SplitConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_split() { return std::make_unique<SplitVerb>(); }

}  // namespace recombine

// recombine split: train, validation and test sets out of a data set.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iostream>

#include "generator/grids/split/split_run.h"
#include "generator/world_split/split_world.h"
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
    const bool facts = is_world(own_.data);
    const Json split = facts ? split_world(own_.data, own_.out, config_, own_.force, call.quiet)
                             : split_data_set(own_.data, own_.out, config_, own_.force, call.quiet);
    const bool pairs = split.contains("static");
    const char* const items = facts ? " facts\n" : pairs ? " pairs\n" : " episodes\n";
    for (const auto& [name, set] : split.at("sets").items())
      std::cout << set_path(name) << ": " << set.at("count") << items;
    if (split.contains("triplets") || pairs)
      show_held_out("held out", split.at(pairs ? "episodes" : "triplets"));
    const Json by_axis = split.value("levels", Json::object());
    for (const auto& [axis, levels] : by_axis.items()) show_held_out("held out, " + axis, levels);
    note_what_is_missing(split);
    return kDone;
  }

 private:
  /// Of what is held out; a world has more.
  static constexpr std::size_t kMostShown = 100;

  std::string set_path(const std::string& name) const {
    return (std::filesystem::path(own_.out) / name).string();
  }

  static void show_held_out(const std::string& what, const Json& levels) {
    std::cout << what << ":";
    const Json& test = levels.at("test");
    for (std::size_t i = 0; i < std::min(test.size(), kMostShown); ++i)
      std::cout << " " << test[i].get<std::string>();
    if (test.size() > kMostShown) std::cout << " and " << test.size() - kMostShown << " more";
    std::cout << "\n";
  }

  void note_what_is_missing(const Json& split) const {
    const auto left_out = split.value("left_out", std::uint64_t{0});
    if (left_out > 0) {
      std::cerr << own_.data << ": " << left_out << " held-out episodes are in no set: train shows "
                << "one of their rules fewer than " << config_.min_examples()
                << " times (--min-func-examples)\n";
    }
    if (const auto between = split.value("between", std::uint64_t{0}); between > 0) {
      std::cerr << own_.data << ": " << between
                << " episodes are held out on some axes and not on others; they are in no set\n";
    }
    for (const auto& [name, set] : split.at("sets").items()) {
      if (set.at("count") == 0) std::cerr << set_path(name) << ": is empty\n";
    }
  }

  SplitOptions own_;
  SplitConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_split() { return std::make_unique<SplitVerb>(); }

}  // namespace recombine

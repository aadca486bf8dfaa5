// recombine curves: how runs learned, as a table and a picture.

#include <iostream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/file.h"
#include "eval/drawing/chart.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct CurvesOptions {
  Names sets = {"val_id", "val_ood"};
  std::string figure = "exact";
  std::string out;
  bool log_steps = false;
  bool json = false;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("sets", self.sets, "validation sets to show, with commas between; 'all': every one");
    visit("figure", self.figure, "which figure of them: exact, color, bridge, ...");
    visit("out", self.out, "picture to write, .png");
    visit("log-steps", self.log_steps, "steps on a logarithmic axis");
    visit("json", self.json, "one JSON object instead of a table");
    visit("force", self.force, "replace a file that is there");
  }
};

Json to_json(const std::vector<Curve>& curves) {
  Json all = Json::array();
  for (const Curve& curve : curves) all.push_back({{"name", curve.name}, {"points", curve.points}});
  return {{"curves", std::move(all)}};
}

class CurvesVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(!call.positional.empty(), "name the folders of one or more runs");
    if (!own_.out.empty()) {
      require(own_.out.ends_with(".png"), "--out ", own_.out, ": the name must end in .png");
      refuse_existing(own_.out, own_.force);
    }
    const Names sets = own_.sets == Names{"all"} ? Names{} : own_.sets;
    std::vector<Curve> curves;
    const std::vector<std::string> names = short_names(call.positional);
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (Curve& curve : read_curves(call.positional[i], own_.figure, sets))
        curves.push_back({names[i] + " " + curve.name, std::move(curve.points)});
    }
    if (!own_.out.empty())
      write_file(own_.out, chart_png(curves, own_.figure + " over steps", own_.log_steps).bytes);
    std::cout << (own_.json ? to_json(curves).dump(2) + "\n" : markdown_text(curve_table(curves)));
    return kDone;
  }

 private:
  CurvesOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_curves() { return std::make_unique<CurvesVerb>(); }

}  // namespace recombine

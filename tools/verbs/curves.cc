// recombine curves: how runs learned, as a table and a picture.

#include <iostream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "eval/drawing/chart.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct CurvesOptions {
  Names sets = {"val_id", "val_ood"};
  std::string figure = "exact";
  std::string out;
  bool log_steps = false;
  bool mean = false;
  bool json = false;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("sets", self.sets, "validation sets to show, with commas between; 'all': every one");
    visit("figure", self.figure, "which figure of them: exact, color, bridge, ...");
    visit("out", self.out, "picture to write: .png or .svg");
    visit("log-steps", self.log_steps, "steps on a logarithmic axis");
    visit("mean", self.mean,
          "runs whose configs differ in the seed alone as one curve: their mean, and the spread "
          "from the lowest to the highest");
    visit("json", self.json, "one JSON object instead of a table");
    visit("force", self.force, "replace a file that is there");
  }
};

Json to_json(const std::vector<Curve>& curves) {
  Json all = Json::array();
  for (const Curve& curve : curves) {
    all.push_back({{"name", curve.name}, {"points", curve.points}});
    if (!curve.spread.empty()) all.back()["spread"] = curve.spread;
  }
  return {{"curves", std::move(all)}};
}

class CurvesVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(!call.positional.empty(), "name the folders of one or more runs");
    if (!own_.out.empty()) {
      require(own_.out.ends_with(".png") || own_.out.ends_with(".svg"), "--out ", own_.out,
              ": the name must end in .png or .svg");
      refuse_existing_file(own_.out, own_.force);
    }
    const Names sets = own_.sets == Names{"all"} ? Names{} : own_.sets;
    std::vector<RunCurves> runs;
    const std::vector<std::string> names = short_names(call.positional);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string& run = call.positional[i];
      runs.push_back({config_without_seed(run), names[i], read_curves(run, own_.figure, sets)});
    }
    if (own_.mean) runs = over_seeds(std::move(runs));
    std::vector<Curve> curves;
    for (RunCurves& run : runs) {
      for (Curve& curve : run.curves) {
        curve.name = run.name + " " + curve.name;
        curves.push_back(std::move(curve));
      }
    }
    if (!own_.out.empty()) draw(curves);
    std::cout << (own_.json ? to_json(curves).dump(2) + "\n" : markdown_text(curve_table(curves)));
    return kDone;
  }

 private:
  void draw(const std::vector<Curve>& curves) const {
    const std::string title = own_.figure + " over steps";
    if (own_.out.ends_with(".png")) {
      write_file(own_.out, chart_png(curves, title, own_.log_steps).bytes);
    } else {
      const Scene scene = curves_scene(curves, title, own_.log_steps);
      write_file(own_.out, scene_svg(scene, {.cell = kChartCell}));
    }
  }

  CurvesOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_curves() { return std::make_unique<CurvesVerb>(); }

}  // namespace recombine

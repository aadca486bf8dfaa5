// recombine view: items and answers as pictures.

#include <iostream>
#include <optional>
#include <vector>

#include <unistd.h>

#include "data/screen/terminal.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "eval/drawing/transformation_sheet.h"
#include "eval/page/picture_page.h"
#include "eval/page/play_page.h"
#include "eval/report/entries.h"
#include "eval/scoring/evaluation.h"
#include "eval/scoring/family.h"
#include "tools/command.h"
#include "tools/palette_option.h"

namespace recombine {
namespace {

/// In the place of a folder: the sheet of all transformations.
constexpr const char* kTransformationSheet = "transformations";

struct ViewOptions {
  std::string item = "0";
  std::string predictions;
  std::string out;
  int gallery = 0;
  bool wrong = false;
  bool digits = false;
  bool patterns = false;
  bool play = false;
  int questions = 20;
  int cell = 14;
  std::string palette = "official";
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("item", self.item,
          "which item: its index in the set, from 0, or its id, such as e73412 or e0.r110.r73");
    visit("predictions", self.predictions, "answers to show beside the truth (.jsonl)");
    visit("out", self.out, "file to write: .png, .svg or .html; empty: the terminal");
    visit("gallery", self.gallery, "show one query of each of so many items instead");
    visit("wrong", self.wrong, "wrong answers alone, in a gallery");
    visit("digits", self.digits, "write every cell's number on it");
    visit("patterns", self.patterns,
          "draw a pattern on every colour, for those who cannot tell colours apart");
    visit("play", self.play,
          "a page on which a person answers questions of the set and saves the answers as "
          "predictions; --predictions stand beside them on demand");
    visit("questions", self.questions, "questions of --play, one of each item",
          {.range = between(1, 1000)});
    visit("cell", self.cell, "pixels of a cell", {.range = between(8, 64)});
    visit_palette(self.palette, visit);
    visit("force", self.force, "replace a file that is there");
  }
};

/// The item with this index or id; throws InputError.
template <class Set>
typename Set::Item find_item(const Set& data, const std::string& item) {
  const auto index = parse_number<std::uint64_t>(item);
  if (index && *index < data.size()) return data[*index];
  // Ids of imports may be digits alone.
  for (const auto& candidate : data) {
    if (candidate.id == item) return candidate;
  }
  throw InputError(cat("--item ", item, ": no such item in ", data.folder().string(),
                       "; give an index, 0..", data.size() - 1, ", or an id"));
}

Scene item_scene(const EpisodeSet&,
                 const Episode& episode,
                 const PredictionSet* predicted,
                 int columns) {
  std::vector<ShownAnswer> answers;
  for (int query = 0; predicted != nullptr && std::cmp_less(query, episode.queries.size()); ++query)
    answers.push_back(shown(predicted->find(episode.id, query)));
  return episode_scene(episode, answers, columns);
}

Scene item_scene(const FactSet& data, const FactItem& item, const PredictionSet* predicted, int) {
  const FactVocabulary& vocabulary = data.records().vocabulary;
  FactEntry entry{item, std::nullopt};
  if (predicted != nullptr) entry.said = said(predicted->find(item.id, 0), vocabulary);
  return fact_scene(entry, vocabulary, facts_beside(data));
}

Scene gallery_of(const EpisodeSet&, std::span<const GalleryEntry> entries, int columns) {
  return gallery_scene(entries, columns);
}

Scene gallery_of(const FactSet& data, std::span<const FactEntry> entries, int columns) {
  return fact_gallery(entries, data.records().vocabulary, columns);
}

class ViewVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const std::string& folder =
        only_positional(call, "the folder of a data set, or \"transformations\"");
    require(own_.gallery >= 0 && own_.gallery <= 10000, "--gallery ", own_.gallery,
            ": must be 0..10000");
    require(!own_.wrong || (own_.gallery > 0 && !own_.predictions.empty()),
            "--wrong: needs --gallery N and --predictions P.jsonl");
    require(!own_.digits || !own_.patterns, "--digits and --patterns: one of the two");
    if (!own_.out.empty()) refuse_existing(own_.out, own_.force);
    if (own_.play) {
      play(folder);
      return kDone;
    }
    if (folder == kTransformationSheet && !std::filesystem::exists(folder)) {
      show(transformation_sheet(transformations(), own_.out.empty() ? 1 : 2), "Transformations");
      return kDone;
    }
    show(fitting_scene(folder), folder);
    return kDone;
  }

 private:
  /// Sections side by side: on a terminal as many as it has room for.
  Scene fitting_scene(const std::string& folder) const {
    constexpr int kMostColumns = 4;
    const int width = own_.out.empty() ? terminal_width(STDOUT_FILENO) : 0;
    int columns = !own_.out.empty() ? 2 : width > 0 ? kMostColumns : 1;
    Scene scene = scene_of_folder(folder, columns);
    while (width > 0 && columns > 1 && 2 * scene.cols > width)
      scene = scene_of_folder(folder, --columns);
    return scene;
  }

  Scene scene_of_folder(const std::string& folder, int columns) const {
    return open_set(folder, [&](const auto& data) {
      require_data(!data.empty(), folder, ": has no items to show");
      std::optional<PredictionSet> predicted;
      if (!own_.predictions.empty()) {
        predicted.emplace(std::filesystem::path(own_.predictions));
        require_answers_to(data, *predicted);
      }
      return scene_of(data, predicted ? &*predicted : nullptr, columns);
    });
  }

  template <class Set>
  Scene scene_of(const Set& data, const PredictionSet* predicted, int columns) const {
    if (own_.gallery == 0) return item_scene(data, find_item(data, own_.item), predicted, columns);
    const auto entries = own_.wrong && predicted != nullptr
                             ? wrong_entries(data, *predicted, own_.gallery)
                             : spread_entries(data, predicted, own_.gallery);
    return gallery_of(data, entries, columns);
  }

  void play(const std::string& folder) const {
    require(own_.out.ends_with(".html"), "--play: needs --out with a name that ends in .html");
    std::vector<PredictionSet> answers;
    if (!own_.predictions.empty()) answers.emplace_back(std::filesystem::path(own_.predictions));
    const char* marks = own_.digits ? "digits" : own_.patterns ? "patterns" : "none";
    write_file(own_.out, play_page(folder, static_cast<std::size_t>(own_.questions), answers,
                                   {own_.palette, marks}));
    std::cout << own_.out << "\n";
  }

  void show(const Scene& scene, const std::string& title) const {
    const DrawingStyle style{own_.cell, own_.digits, &palette_named(own_.palette), own_.patterns};
    if (own_.out.empty()) {
      const int width = terminal_width(STDOUT_FILENO);
      std::cout << scene_text(scene, terminal_colours(), own_.patterns, *style.palette, width);
      if (width > 0 && 2 * scene.cols > width)
        std::cerr << "wider than the terminal's " << width
                  << " characters; --out FILE.svg has all\n";
      return;
    }
    const std::string ending = std::filesystem::path(own_.out).extension().string();
    if (ending == ".png") {
      write_file(own_.out, scene_png(scene, style).bytes);
    } else if (ending == ".svg") {
      write_file(own_.out, scene_svg(scene, style));
    } else {
      require(ending == ".html", "--out ", own_.out, ": the name must end in .png, .svg or .html");
      write_file(own_.out, picture_page(title, scene_svg(scene, style)));
    }
    std::cout << own_.out << "\n";
  }

  ViewOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_view() { return std::make_unique<ViewVerb>(); }

}  // namespace recombine

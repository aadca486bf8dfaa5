// Figures of papers, as their texts and files give them.

#include <array>

#include "data/error.h"
#include "data/family.h"
#include "data/set_names.h"
#include "eval/leaderboard/rows.h"

namespace recombine {
namespace {

void add_exact(LeaderboardRow& row, std::string_view split, double exact) {
  RowFigures figures;
  figures.figures.add("exact", {exact, exact, exact, 0, "published without an interval"});
  row.splits.emplace_back(std::string(split), std::move(figures));
}

/// Compositional-ARC (arXiv 2504.01445).
void add_grids(std::vector<LeaderboardRow>& rows) {
  struct Figure {
    const char* name;
    const char* kind;
    std::uint64_t parameters;
    double exact;
    double three_shot;  ///< 0: not known
  };
  constexpr std::array kFigures = {
      Figure{"GPT-4o", "llm", 0, 0.0099, 0.2228},
      Figure{"GPT-4o + image", "llm", 0, 0.0086, 0},
      Figure{"Gemini 2.0 Flash", "llm", 0, 0.0266, 0},
      Figure{"Gemini 2.0 Flash + image", "llm", 0, 0.0205, 0},
      Figure{"o3-mini (low)", "llm", 0, 0.0053, 0.6404},
      Figure{"Llama-3.2-3B-ReARC", "llm", 0, 0.0087, 0},
      Figure{"Llama-3.2-3B-ReARC + TTT", "llm", 0, 0.7370, 0},
      Figure{"Mistral-NeMO-Minitron-8B-Full", "llm", 0, 0.0070, 0},
      Figure{"Mistral-NeMO-Minitron-8B-Full + TTT", "llm", 0, 0.7820, 0},
      Figure{"MLC", "model", 5'720'213, 0.7826, 0.9992},
  };
  for (const Figure& figure : kFigures) {
    LeaderboardRow row;
    row.family = kGrids.name;
    row.name = figure.name;
    row.kind = figure.kind;
    row.parameters = figure.parameters;
    row.source = "arXiv 2504.01445, split 1860, read in secondary sources";
    add_exact(row, kTestOodSet, figure.exact);
    if (figure.three_shot > 0) add_exact(row, "3-shot", figure.three_shot);
    rows.push_back(std::move(row));
  }
}

/// The ablations of the same paper: means and standard deviations over its four splits, in per
/// cent.
void add_ablations(std::vector<LeaderboardRow>& rows) {
  struct Figure {
    const char* name;
    double mean;
    const char* note;
  };
  constexpr std::array kFigures = {
      Figure{"MLC, mean of four splits", 0.8673, "s.d. 6.03 over the four splits"},
      Figure{"MLC without copy task", 0.6905, "s.d. 9.23 over the four splits"},
      Figure{"MLC without primitive study pairs", 0.7527,
             "s.d. 12.95 over the four splits; six pairs of two rules are left"},
      Figure{"MLC without two-rule study pairs", 0.2101,
             "s.d. 19.07 over the four splits; six pairs of one rule are left"},
      Figure{"MLC, more complex data", 0.8810, "more transformations; which is not known"},
  };
  for (const Figure& figure : kFigures) {
    LeaderboardRow row;
    row.family = kGrids.name;
    row.name = figure.name;
    row.kind = "model";
    row.source = "arXiv 2504.01445, ablations, read in secondary sources";
    row.note = figure.note;
    add_exact(row, "four splits", figure.mean);
    rows.push_back(std::move(row));
  }
}

struct FactFigure {
  const char* name;
  double id;  ///< below 0: not given as a number
  double ood;
  const char* note;
};

void add_facts(std::vector<LeaderboardRow>& rows,
               std::span<const FactFigure> figures,
               const char* source) {
  for (const FactFigure& figure : figures) {
    LeaderboardRow row;
    row.family = kFacts.name;
    row.name = figure.name;
    row.kind = "model";
    row.source = source;
    row.note = figure.note;
    if (figure.id >= 0) add_exact(row, kTestIdSet, figure.id);
    add_exact(row, kTestOodSet, figure.ood);
    rows.push_back(std::move(row));
  }
}

constexpr const char* kNoise =
    "8 layers, lambda 7.2; noise in the second hop of the two-hop training facts; tests are clean";

constexpr std::array kWithoutCot = {
    FactFigure{"no CoT, phi 7.2, 14K steps", 0.092, 0,
               "the best ID test accuracy by the time that training accuracy passes 99 %"},
    FactFigure{"no CoT, phi 7.2, 2M steps", -1, 0,
               "ID is called near-perfect after about 50 times 14K steps, without a number"},
    FactFigure{"no CoT, phi 18.0, before training saturates", 0.967, 0,
               "training saturates within 25K steps"},
};

constexpr std::array kWithCot = {
    FactFigure{"CoT, hop-2 noise 0.05, 4K steps", 0.999, 0.005, kNoise},
    FactFigure{"CoT, hop-2 noise 0.05, 6K steps", 0.983, 0.486, kNoise},
    FactFigure{"CoT, hop-2 noise 0.05, 8K steps", 0.977, 0.953, kNoise},
    FactFigure{"CoT, hop-2 noise 0.05, 20K steps", 0.990, 0.978, kNoise},
    FactFigure{"CoT, hop-2 noise 0.2, 20K steps", 0.951, 0.776, kNoise},
    FactFigure{"CoT, hop-2 noise 0.4, 20K steps", 0.866, 0.491, kNoise},
    FactFigure{"CoT, hop-2 noise 0.6, 20K steps", 0.704, 0.309, kNoise},
    FactFigure{"CoT, hop-2 noise 0.8, 20K steps", 0.426, 0.148, kNoise},
};

}  // namespace

std::vector<LeaderboardRow> published_rows() {
  std::vector<LeaderboardRow> rows;
  add_grids(rows);
  add_ablations(rows);
  add_facts(rows, kWithoutCot, "arXiv 2405.15071, stated in the text");
  add_facts(rows, kWithCot, "result files of the code of arXiv 2502.04667");
  return rows;
}

}  // namespace recombine

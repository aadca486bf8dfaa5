#pragma once
// What model is built: the section [model] of a config. Without Torch, so that every program can
// check the names.

#include <string>

#include "data/fields.h"

namespace recombine {

struct ModelConfig {
  static constexpr int kMostLayers = 1024;

  std::string name = "fast";
  int width = 128;
  int heads = 4;
  int feed_forward = 768;
  int layers = 3;
  int encoder_layers = 0;
  int decoder_layers = 0;
  int patch = 2;
  std::string vocabulary = "auto";
  int vocabulary_multiple = 8;
  int positions = 0;
  int recurrence = 1;
  std::string turn_input = "state";
  std::string turn_loss = "last";
  double dropout = 0;
  bool relative_bias = false;
  double zero_patch_weight = 0.2;
  bool recompute = false;
  int pointer_width = 16;
  bool bounding_box = true;
  std::string sections = "told";
  std::string state = "board";
  std::string conditioning = "vector";
  bool pointers = true;
  bool occupancy = true;
  bool indicator = true;
  bool explain_away = true;
  bool leave_out = true;
  int turns = 3;
  int answer_turns = 0;
  bool turn_numbers = true;
  double turn_weight = 0;
  std::string choice = "soft";
  bool study_mean = true;
  std::string places = "absolute";
  int reach = 4;
  std::string order = "fixed";
  std::string units = "rules";
  std::string chains = "finest";
  int library = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    shared_fields(self, visit);
    soft_grid_fields(self, visit);
    executor_fields(self, visit);
    looped_fields(self, visit);
  }

  /// Sizes, and what more than one model reads.
  template <class Self, class Visit>
  static void shared_fields(Self& self, Visit&& visit) {
    visit("name", self.name, "which model", {.listed = "models"});
    visit("width", self.width, "features of a token", {.range = between(1, 8192)});
    visit("heads", self.heads, "attention heads; must divide the width", {.range = at_least(1)});
    visit("feed-forward", self.feed_forward,
          "width of the hidden layer of a block's feed-forward part", {.range = between(1, 65536)});
    visit("layers", self.layers, "blocks of the encoder and of the decoder",
          {.range = between(1, kMostLayers)});
    visit("encoder-layers", self.encoder_layers, "blocks of the encoder; 0: as layers",
          {.read_by = {"grids"}, .range = between(0, kMostLayers)});
    visit("decoder-layers", self.decoder_layers, "blocks of the decoder; 0: as layers",
          {.read_by = {"grids"}, .range = between(0, kMostLayers)});
    visit("patch", self.patch, "side of the square of cells that is one token",
          {.read_by = {"grids"}, .range = between(1, 6)});
    visit("vocabulary", self.vocabulary, "what an answer's tokens are chosen from",
          {.read_by = {"fast", "reference", "shared", "facts"},
           .values = {{"auto", "factored for fast, full for reference, else compact"},
                      {"factored", "grids: a softmax a cell"},
                      {"compact",
                       "grids: one over the patches that occur, with patch 2; facts: the tokens of "
                       "the world"},
                      {"full", "reference, shared: over all 10,000 patches"},
                      {"padded", "facts: the 50,257 tokens of GPT-2 as well"}}});
    visit("vocabulary-multiple", self.vocabulary_multiple,
          "the vocabulary is rounded up to a multiple of it",
          {.read_by = {"facts"}, .range = between(1, 4096)});
    visit("positions", self.positions,
          "rows of the table of positions; 0: as many as the longest item has tokens",
          {.read_by = {"facts"}, .range = between(0, 65536)});
    turn_fields(self, visit);
    visit("dropout", self.dropout,
          "on embeddings, attention and the outputs of both halves of a block",
          {.read_by = {"facts"}, .range = from_to_below(0, 1)});
    visit("relative-bias", self.relative_bias,
          "learned attention bias by the distance of two patches", {.read_by = {"fast"}});
    visit("zero-patch-weight", self.zero_patch_weight,
          "weight of all-background patches in the loss",
          {.read_by = {"grids"}, .range = between(0, 1000)});
    visit("recompute", self.recompute,
          "halves of encoder blocks are computed again for the gradients: less memory, more time",
          {.read_by = {"reference", "shared"}});
  }

  /// Of the models that turn grids into grids several times.
  template <class Self, class Visit>
  static void soft_grid_fields(Self& self, Visit&& visit) {
    visit("pointer-width", self.pointer_width,
          "features by which a cell points at a row and at a column",
          {.read_by = {"executor", "looped"}, .range = between(1, 256)});
    visit("state", self.state, "what a rule, or a turn, hands to the next one",
          {.read_by = {"executor", "looped"},
           .values = {{"board", "a grid"},
                      {"latent", "tokens"},
                      {"both", "a grid and tokens; of looped alone"}}});
    visit("conditioning", self.conditioning, "what the blocks know of a rule, or of the study set",
          {.read_by = {"executor", "looped"},
           .values = {{"vector", "one of the rule, or of the pairs that a turn chooses"},
                      {"attention", "to the pairs that show it, or to all"}}});
    visit("pointers", self.pointers, "cells may be copies of other cells",
          {.read_by = {"executor", "looped"}});
    visit("occupancy", self.occupancy, "whether a cell is filled is a feature of its own",
          {.read_by = {"executor", "looped"}});
  }

  /// Blocks that are run several times, each time a turn.
  template <class Self, class Visit>
  static void turn_fields(Self& self, Visit&& visit) {
    visit("recurrence", self.recurrence, "how often the blocks are run, one after another",
          {.read_by = {"facts"}, .range = between(1, 64)});
    visit("turn-input", self.turn_input, "what the blocks get at each turn after the first",
          {.read_by = {"facts"},
           .values = {{"state", "what the turn before left"},
                      {"injected", "the same, and the embeddings of the question added again"},
                      {"read-out",
                       "the embeddings of the question, and those of the tokens that the turn "
                       "before reads out, each by its probability"}}});
    visit("turn-loss", self.turn_loss, "which turns are asked for the answer while it learns",
          {.read_by = {"facts"},
           .values = {
               {"last", "the last one"},
               {"every", "each; the loss is their mean"},
               {"hops", "each from the one on whose number is that of the question's facts"}}});
  }

  /// The parts of the executor, each of which can be left out.
  template <class Self, class Visit>
  static void executor_fields(Self& self, Visit&& visit) {
    visit("bounding-box", self.bounding_box,
          "positions relative to the object's bounding box as well",
          {.read_by = {"executor"}, .was = {"frame"}});
    visit("sections", self.sections, "whether the model knows which rules a study pair shows",
          {.read_by = {"executor"},
           .values = {"told",
                      {"hidden", "it learns to find them out"},
                      {"triggers",
                       "never told: by what the queries have in common, a shape, a colour and a "
                       "second object, a pair that has one of them shows its rule"},
                      {"searched",
                       "of sets that do not say them it finds them by its library; made by convert "
                       "--library"}}});
    visit("indicator", self.indicator, "tokens know the cells that the indicator's pairs share",
          {.read_by = {"executor"}, .was = {"scene"}});
    visit("explain-away", self.explain_away, "pairs of two rules are evidence for the later one",
          {.read_by = {"executor"}});
    visit("leave-out", self.leave_out,
          "a study pair that is asked is no evidence for its own answer",
          {.read_by = {"executor"}});
    visit("places", self.places, "what tells where a cell is",
          {.read_by = {"executor"},
           .values = {{"absolute", "its row and column: for grids of one side"},
                      {"relative",
                       "how far it is from the object, and whether it is at the edge: "
                       "for any side that the patch divides"}}});
    visit("reach", self.reach, "distances from the object that relative places tell apart",
          {.read_by = {"executor"}, .range = between(1, 29)});
    visit("order", self.order, "in which an episode applies its rules",
          {.read_by = {"executor"},
           .values = {{"fixed", "shape, colour, indicator"},
                      {"found",
                       "of all the one by which its study pairs follow best from one "
                       "another, when it answers; it learns from fixed ones"}}});
    visit("units", self.units, "what is inferred as one vector and run at once",
          {.read_by = {"executor"},
           .values = {{"rules", "each rule"},
                      {"sets",
                       "any set of rules that the study set shows together: of a query the "
                       "finest ones that it supports"}}});
    visit("chains", self.chains, "by which units of a study set a training query is run",
          {.read_by = {"executor"},
           .values = {{"finest", "by the finest"},
                      {"every", "units sets: by turns by the finest and by coarser ones"}}});
    visit("library", self.library,
          "rules of the training episodes that it knows, by which it explains a study set; made by "
          "convert --library; 0: none",
          {.read_by = {"executor"}, .range = between(0, 4096)});
  }

  template <class Self, class Visit>
  static void looped_fields(Self& self, Visit&& visit) {
    visit("turns", self.turns, "how often the decoder is run on its own answer",
          {.read_by = {"looped"}, .range = between(1, 64)});
    visit("answer-turns", self.answer_turns,
          "turns at most where it answers, without turn-numbers; 0: as turns",
          {.read_by = {"looped"}, .range = between(0, 1024)});
    visit("turn-numbers", self.turn_numbers,
          "the decoder knows which turn it is; without, an answer that a turn leaves as it is ends",
          {.read_by = {"looped"}});
    visit("turn-weight", self.turn_weight,
          "weight in the loss of what stands after each turn but the last, which has 1",
          {.read_by = {"looped"}, .range = between(0, 1)});
    visit("choice", self.choice, "how many study pairs a turn's vector is made of",
          {.read_by = {"looped"},
           .values = {{"soft", "a mean of all, by weights"}, {"one", "the one of most weight"}}});
    visit("study-mean", self.study_mean, "tokens know the mean of all grids of the study set",
          {.read_by = {"looped"}});
  }

  friend bool operator==(const ModelConfig&, const ModelConfig&) = default;

  int encoder_blocks() const { return encoder_layers > 0 ? encoder_layers : layers; }
  int decoder_blocks() const { return decoder_layers > 0 ? decoder_layers : layers; }

  /// Throws InputError, naming the option at fault.
  void validate() const {
    check_fields(*this, "model.");
    require(places == "absolute" || bounding_box, "--model.places ", places,
            ": needs --model.bounding-box, for places are relative to it");
    require(sections != "searched" || library > 0, "--model.sections ", sections,
            ": needs a library (convert --library)");
    require(chains == "finest" || units == "sets", "--model.chains ", chains,
            ": needs --model.units sets");
    require(width % heads == 0, "--model.heads ", heads, ": must divide --model.width ", width);
  }
};

}  // namespace recombine

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

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    shared_fields(self, visit);
    executor_fields(self, visit);
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
    visit("recurrence", self.recurrence, "how often the blocks are run, one after another",
          {.read_by = {"facts"}, .range = between(1, 64)});
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

  /// The parts of the executor, each of which can be left out.
  template <class Self, class Visit>
  static void executor_fields(Self& self, Visit&& visit) {
    visit("pointer-width", self.pointer_width,
          "features by which a cell points at a row and at a column",
          {.read_by = {"executor"}, .range = between(1, 256)});
    visit("bounding-box", self.bounding_box,
          "positions relative to the object's bounding box as well",
          {.read_by = {"executor"}, .was = {"frame"}});
    visit("sections", self.sections, "whether the model knows which rules a study pair shows",
          {.read_by = {"executor"}, .values = {"told", {"hidden", "it finds them out"}}});
    visit("state", self.state, "what a rule hands to the next one",
          {.read_by = {"executor"}, .values = {{"board", "a grid"}, {"latent", "tokens"}}});
    visit("conditioning", self.conditioning, "what the blocks know of a rule",
          {.read_by = {"executor"},
           .values = {{"vector", "one of the rule"}, {"attention", "to the pairs that show it"}}});
    visit("pointers", self.pointers, "cells may be copies of other cells",
          {.read_by = {"executor"}});
    visit("occupancy", self.occupancy, "whether a cell is filled is a feature of its own",
          {.read_by = {"executor"}});
    visit("indicator", self.indicator, "tokens know the cells that the indicator's pairs share",
          {.read_by = {"executor"}, .was = {"scene"}});
    visit("explain-away", self.explain_away, "pairs of two rules are evidence for the later one",
          {.read_by = {"executor"}});
    visit("leave-out", self.leave_out,
          "a study pair that is asked is no evidence for its own answer",
          {.read_by = {"executor"}});
  }

  friend bool operator==(const ModelConfig&, const ModelConfig&) = default;

  int encoder_blocks() const { return encoder_layers > 0 ? encoder_layers : layers; }
  int decoder_blocks() const { return decoder_layers > 0 ? decoder_layers : layers; }

  /// Throws InputError, naming the option at fault.
  void validate() const {
    check_fields(*this, "model.");
    require(width % heads == 0, "--model.heads ", heads, ": must divide --model.width ", width);
  }
};

}  // namespace recombine

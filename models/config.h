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
  bool frame = true;
  std::string sections = "told";
  std::string state = "board";
  std::string conditioning = "vector";
  bool pointers = true;
  bool occupancy = true;
  bool scene = true;
  bool explain_away = true;
  bool leave_out = true;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name, "which model (list models)");
    visit("width", self.width, "numbers that stand for a token");
    visit("heads", self.heads, "attention heads; must divide the width");
    visit("feed-forward", self.feed_forward,
          "width of the hidden layer of a block's feed-forward part");
    visit("layers", self.layers, "blocks of the encoder and of the decoder");
    visit("encoder-layers", self.encoder_layers, "grids: blocks of the encoder; 0: as layers");
    visit("decoder-layers", self.decoder_layers, "grids: blocks of the decoder; 0: as layers");
    visit("patch", self.patch, "grids: side of the square of cells that is one token");
    visit("vocabulary", self.vocabulary,
          "fast, reference, shared, facts: what an answer's tokens are chosen from. Of grids, "
          "factored: a softmax a cell; compact: one over the patches that occur (patch 2); full: "
          "over all 10,000 (reference, shared). Of facts, compact: the tokens of the world; "
          "padded: the 50,257 of GPT-2 as well. auto: factored for fast, full for reference, else "
          "compact");
    visit("vocabulary-multiple", self.vocabulary_multiple,
          "facts: the vocabulary is rounded up to a multiple of it");
    visit("positions", self.positions,
          "facts: rows of the table of positions; 0: as many as the longest item has tokens");
    visit("recurrence", self.recurrence, "facts: how often the blocks are run, one after another");
    visit("dropout", self.dropout,
          "facts: on embeddings, attention and the outputs of both halves of a block");
    visit("relative-bias", self.relative_bias,
          "fast: learned attention bias by the distance of two patches");
    visit("zero-patch-weight", self.zero_patch_weight,
          "grids: weight of all-background patches in the loss");
    visit("recompute", self.recompute,
          "reference, shared: halves of encoder blocks are computed again for the gradients: less "
          "memory, more time");
    visit("pointer-width", self.pointer_width,
          "executor: numbers by which a cell points at a row and at a column");
    visit("frame", self.frame, "executor: places relative to the object's bounding box as well");
    visit("sections", self.sections,
          "executor: told, or hidden: the model finds which section each study pair shows");
    visit("state", self.state,
          "executor: what a rule hands to the next one: a board, or latent: tokens");
    visit(
        "conditioning", self.conditioning,
        "executor: what the blocks know of a rule: a vector of it, or attention to the pairs that "
        "show it");
    visit("pointers", self.pointers, "executor: cells may be copies of other cells");
    visit("occupancy", self.occupancy,
          "executor: whether a cell is filled is a feature of its own");
    visit("scene", self.scene, "executor: tokens know the cells that the indicator's pairs share");
    visit("explain-away", self.explain_away,
          "executor: pairs of two rules are evidence for the later one");
    visit("leave-out", self.leave_out,
          "executor: a study pair that is asked is no evidence for its own answer");
  }

  friend bool operator==(const ModelConfig&, const ModelConfig&) = default;

  int encoder_blocks() const { return encoder_layers > 0 ? encoder_layers : layers; }
  int decoder_blocks() const { return decoder_layers > 0 ? decoder_layers : layers; }

  /// Throws InputError, naming the option at fault.
  void validate() const {
    require(width >= 1 && width <= 8192, "--model.width ", width, ": must be 1..8192");
    require(heads >= 1 && width % heads == 0, "--model.heads ", heads,
            ": must divide --model.width ", width);
    require(feed_forward >= 1 && feed_forward <= 65536, "--model.feed-forward ", feed_forward,
            ": must be 1..65536");
    require(layers >= 1 && layers <= kMostLayers, "--model.layers ", layers, ": must be 1..",
            kMostLayers);
    require(encoder_layers >= 0 && encoder_layers <= kMostLayers, "--model.encoder-layers ",
            encoder_layers, ": must be 0..", kMostLayers);
    require(decoder_layers >= 0 && decoder_layers <= kMostLayers, "--model.decoder-layers ",
            decoder_layers, ": must be 0..", kMostLayers);
    require(patch >= 1 && patch <= 6, "--model.patch ", patch, ": must be 1..6");
    require(vocabulary == "auto" || vocabulary == "factored" || vocabulary == "compact" ||
                vocabulary == "full" || vocabulary == "padded",
            "--model.vocabulary ", vocabulary, ": must be auto, factored, compact, full or padded");
    require(vocabulary_multiple >= 1 && vocabulary_multiple <= 4096, "--model.vocabulary-multiple ",
            vocabulary_multiple, ": must be 1..4096");
    require(positions >= 0 && positions <= 65536, "--model.positions ", positions,
            ": must be 0..65536");
    require(recurrence >= 1 && recurrence <= 64, "--model.recurrence ", recurrence,
            ": must be 1..64");
    require(dropout >= 0 && dropout < 1, "--model.dropout ", dropout, ": must be in [0, 1)");
    require(pointer_width >= 1 && pointer_width <= 256, "--model.pointer-width ", pointer_width,
            ": must be 1..256");
    require(sections == "told" || sections == "hidden", "--model.sections ", sections,
            ": must be told or hidden");
    require(state == "board" || state == "latent", "--model.state ", state,
            ": must be board or latent");
    require(conditioning == "vector" || conditioning == "attention", "--model.conditioning ",
            conditioning, ": must be vector or attention");
    require(zero_patch_weight >= 0 && zero_patch_weight <= 1000, "--model.zero-patch-weight ",
            zero_patch_weight, ": must be 0..1000");
  }
};

}  // namespace recombine

#pragma once
// What a language model is asked: the section [prompts] of a config.

#include <cstdint>
#include <string>

#include "data/fields.h"

namespace recombine {

/// Of a million tokens, in any currency; 0: not known.
struct PromptPrices {
  double in = 0;
  double out = 0;

  bool known() const { return in > 0 || out > 0; }

  friend bool operator==(const PromptPrices&, const PromptPrices&) = default;
};

struct PromptConfig {
  std::string provider;
  std::string flavour = "developer";
  std::string model;
  int limit = 0;
  std::string sample = "first";
  std::uint64_t seed = 0;
  std::string queries = "first";
  int shots = 0;
  bool image = false;
  bool image_only = false;
  int cell = 14;
  std::string bridge = "auto";
  int facts = 40;
  std::string template_file;
  int max_tokens = 0;
  std::string reasoning;
  double price_in = 0;
  double price_out = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("provider", self.provider, "for whom the requests are (list providers)");
    visit("flavour", self.flavour, "gemini alone: developer or vertex");
    visit("model", self.model, "the model that is asked, by its provider's name for it");
    visit("limit", self.limit, "ask about so many items; 0: all");
    visit("sample", self.sample,
          "which items a limit keeps: first, or stratified (by triplet or type, by --seed)");
    visit("seed", self.seed, "names the random words of a stratified sample, and of facts beside");
    visit("queries", self.queries, "of an episode: first (the published way) or all");
    visit("shots", self.shots,
          "grids: show so many pairs under all three rules instead of the study pairs; 0: study");
    visit("image", self.image, "show the grids as a picture as well");
    visit("image-only", self.image_only, "show the grids as a picture instead");
    visit("cell", self.cell, "pixels of a cell of the picture, 8..64");
    visit("bridge", self.bridge, "facts: ask for the bridges too: on, off, or auto (as the data)");
    visit("facts", self.facts, "facts: how many facts of the world a prompt tells");
    visit("template", self.template_file, "a text of your own with {{places}}; empty: ours");
    visit("max-tokens", self.max_tokens,
          "longest answer, in tokens; 0: 1000, with --reasoning 26000 (as published)");
    visit("reasoning", self.reasoning,
          "effort of a reasoning model: low, medium, high; empty: none");
    visit("price-in", self.price_in, "price of a million tokens asked; 0: unknown");
    visit("price-out", self.price_out, "price of a million tokens answered; 0: unknown");
  }

  friend bool operator==(const PromptConfig&, const PromptConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const;
  /// max_tokens with 0 resolved.
  int answer_tokens() const;
  PromptPrices prices() const { return {price_in, price_out}; }
  /// Whether a picture goes with the question.
  bool has_image() const { return image || image_only; }
};

}  // namespace recombine

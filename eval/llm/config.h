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
  std::string palette = "arc";
  std::string bridge = "auto";
  int facts = 40;
  std::string context = "some";
  bool steps = false;
  std::string template_file;
  int max_tokens = 0;
  std::string reasoning;
  double price_in = 0;
  double price_out = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("provider", self.provider, "for whom the requests are", {.listed = "providers"});
    visit("flavour", self.flavour, "which of its formats",
          {.read_by = {"gemini"}, .values = {"developer", "vertex"}});
    visit("model", self.model, "the model that is asked, by its provider's name for it");
    visit("limit", self.limit, "ask about so many items; 0: all", {.range = at_least(0)});
    visit("sample", self.sample, "which items a limit keeps",
          {.values = {"first", {"stratified", "by triplet or type, by --seed"}}});
    visit("seed", self.seed, "names the random words of a stratified sample, and of facts beside");
    visit("queries", self.queries, "of an episode",
          {.values = {{"first", "the published way"}, "all"}});
    visit("shots", self.shots,
          "show so many pairs under all three rules instead of the study pairs; 0: study",
          {.read_by = {"grids"}, .range = at_least(0)});
    visit("image", self.image, "show the grids as a picture as well", {.read_by = {"grids"}});
    visit("image-only", self.image_only, "show the grids as a picture instead",
          {.read_by = {"grids"}});
    visit("cell", self.cell, "pixels of a cell of the picture",
          {.read_by = {"grids"}, .range = between(8, 64)});
    visit("palette", self.palette, "colours of the picture",
          {.read_by = {"grids"},
           .values = {{"arc", "ARC's, a number on every coloured cell"},
                      {"published",
                       "red, orange, yellow, ... of the published prompts, without "
                       "numbers"}}});
    visit("bridge", self.bridge, "ask for the bridges too",
          {.read_by = {"facts"}, .values = {{"auto", "as the data"}, "on", "off"}});
    visit("facts", self.facts, "how many facts of the world a prompt tells",
          {.read_by = {"facts"}, .range = at_least(0)});
    visit("context", self.context, "which facts those are",
          {.read_by = {"facts"},
           .values = {{"some", "those that lead to the answer, and others up to --facts"},
                      {"needed", "those alone"},
                      {"all", "every trained fact (of the attribute, where entities compare)"},
                      {"none", "no fact: the question alone"}}});
    visit("steps", self.steps, "let the model write its steps before the answer",
          {.read_by = {"facts"}});
    visit("template", self.template_file, "a text of your own with {{places}}; empty: ours");
    visit("max-tokens", self.max_tokens,
          "longest answer, in tokens; 0: 1000, with --reasoning 26000 (as published), or more "
          "where a right answer needs it",
          {.range = at_least(0)});
    visit("reasoning", self.reasoning, "effort of a reasoning model",
          {.values = {{"", "none"}, "low", "medium", "high"}});
    visit("price-in", self.price_in, "price of a million tokens asked; 0: unknown",
          {.range = at_least(0)});
    visit("price-out", self.price_out, "price of a million tokens answered; 0: unknown",
          {.range = at_least(0)});
  }

  friend bool operator==(const PromptConfig&, const PromptConfig&) = default;

  /// Throws InputError, naming the option at fault.
  void validate() const;
  /// max_tokens with 0 resolved.
  int answer_tokens() const;
  /// How many of them are to think with: a quarter, a half or three quarters, by `reasoning`.
  int thought_tokens() const;
  /// max_tokens for right answers of up to `longest` tokens: where it is 0, as published, or more
  /// where that would cut answers off. Throws InputError where it leaves no room for them.
  int tokens_for(std::uint64_t longest) const;
  PromptPrices prices() const { return {price_in, price_out}; }
  /// Whether a picture goes with the question.
  bool has_image() const { return image || image_only; }
};

}  // namespace recombine

#pragma once
// Every model: its name, the family of data that it answers, and what it is. Without Torch, so that
// every program can list them.

// To add a model: write its folder, which defines the ModelEntry NAME_model (models/entry.h) that
// says everything else about it, and append its line here.
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_MODELS(X)                                                                     \
  X(fast, kGrids, "paired patch tokens, study set encoded once, all patches answered at once")  \
  X(executor, kGrids,                                                                           \
    "infers a vector for each rule and runs one network once a rule: composes by construction") \
  X(looped, kGrids,                                                                             \
    "one decoder, run several times on its own answer: chooses the study pairs itself")         \
  X(reference, kGrids, "the published encoder-decoder (arXiv 2504.01445), layer for layer")     \
  X(shared, kGrids,                                                                             \
    "the weights of reference, study set encoded once an episode: about 7 times its speed")     \
  X(gpt, kFacts, "a GPT-2 decoder, one token an entity or relation (arXiv 2502.04667)")

#pragma once
// A checkpoint: weights, optimiser state and the trainer's state, in one folder.

#include <filesystem>

#include "data/json.h"
#include "models/model.h"
#include "models/optimisers/optimiser.h"

namespace recombine {

/// Writes folder/{model.safetensors,optimizer.safetensors,state.json}, whole or not at all, in
/// place of an earlier one. The model file says in its metadata what config and task it is for.
void save_checkpoint(const std::filesystem::path& folder,
                     const Model& model,
                     const Optimiser& optimiser,
                     const Json& state);

/// Reads the weights, and the optimiser's state where one is given, and returns the trainer's
/// state. Throws DataError, naming file and tensor, where one is missing, left over or of another
/// shape.
Json load_checkpoint(const std::filesystem::path& folder, Model& model, Optimiser* optimiser);

}  // namespace recombine

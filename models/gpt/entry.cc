#include "models/entry.h"

#include "models/gpt/gpt.h"

namespace recombine {

const ModelEntry gpt_model{.make = make_of<GptModel>};

}  // namespace recombine

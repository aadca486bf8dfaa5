#include "data/fact.h"

namespace recombine {

std::string_view type_name(FactType type) { return kFactTypes.at(static_cast<std::size_t>(type)); }

}  // namespace recombine

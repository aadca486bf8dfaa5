// A text file a question, to paste into a chat; the answers are files of the same names.

#include "eval/llm/provider.h"

namespace recombine {

std::string text_request(const Question& question, const PromptConfig&) { return question.text; }

}  // namespace recombine

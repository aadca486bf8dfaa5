#pragma once
// From what a model said of two ages to the comparison that a person would read.

#include <string_view>

#include "eval/llm/answers/fact_reading.h"

namespace recombine {

/// `item`: the id of the question, "r1.e3.e8" (a comparison, of which the label is read: younger,
/// same age, older) or "e3.r1" (a value). Of the complex task <a> stands before what is read.
/// Strict: the published rule (arXiv 2405.15071, its LLM.ipynb). Behind the last "final answer:",
/// or in all of an answer without one, "younger" without "older" or the other way round, else "same
/// age"; of a value, a number alone behind the last "output:". Marked: the last line that names an
/// answer; last: the last line with one. A sentence is turned round where its subject is the second
/// entity of the question. Reasons beside those of read_fact(): "cannot decide", "no comparison",
/// "two answers", "no number", "unknown value".
FactReading read_age(std::string_view text,
                     std::string_view item,
                     const FactVocabulary& vocabulary,
                     bool cut = false);

}  // namespace recombine

#include "eval/llm/answers/read_response.h"

#include <utility>

#include "data/text.h"
#include "eval/llm/answers/age_reading.h"
#include "eval/llm/answers/fact_reading.h"
#include "eval/llm/answers/strictness.h"

namespace recombine {
namespace {

ReadAnswer begun(const PlannedRequest& request) {
  ReadAnswer read;
  read.reading.id = request.id;
  read.reading.item = request.item;
  read.reading.query = request.query;
  read.person.item = request.item;
  read.person.query = request.query;
  return read;
}

/// Whether the text may end anywhere.
bool may_be_cut(const Response& response) {
  return response.state == ResponseState::kCut || response.state == ResponseState::kOtherwise;
}

void add_thoughts(Reading& reading, const std::vector<Thought>& thoughts) {
  reading.thoughts.insert(reading.thoughts.end(), thoughts.begin(), thoughts.end());
}

void read_grid_into(ReadAnswer& read, const Response& response, int side) {
  GridReading grid = read_grid(response.text, side, may_be_cut(response));
  if (response.published_differs) {
    grid.strict = read_strictly(response.published, side);
    const bool other = grid.grid && grid.strict.grid != grid.grid;
    if (other && grid.strictness == Strictness::kStrict) grid.strictness = Strictness::kMarked;
  }
  read.reading.strict = grid.strict.valid;
  read.reading.strict_reason = grid.strict.reason;
  read.reading.differs = grid.strict.grid && grid.strict.grid != grid.grid;
  if (grid.strictness)
    read.reading.strictness = kStrictnessNames.at(static_cast<std::size_t>(*grid.strictness));
  read.reading.reason = grid.reason;
  add_thoughts(read.reading, grid.thoughts);
  read.person.output = std::move(grid.grid);
  read.strict.output = std::move(grid.strict.grid);
}

/// "<e_9><e_4></a>"; "" for no entities.
std::string answer_text(std::vector<Token> entities, const FactVocabulary& vocabulary) {
  if (entities.empty()) return "";
  entities.push_back(vocabulary.end());
  return vocabulary.text(entities);
}

void read_fact_into(ReadAnswer& read,
                    const Response& response,
                    int words,
                    const FactVocabulary& known) {
  const bool cut = may_be_cut(response);
  FactReading fact = known.compares() ? read_age(response.text, read.reading.item, known, cut)
                                      : read_fact(response.text, words, known, cut);
  read.reading.strict = fact.strict;
  if (!fact.strict) read.reading.strict_reason = "not the form that was asked for";
  read.reading.differs = fact.strict && fact.strictly != fact.entities;
  read.reading.strictness = fact.strictness;
  read.reading.reason = fact.reason;
  add_thoughts(read.reading, fact.thoughts);
  read.person.text = answer_text(fact.entities, known);
  read.strict.text = answer_text(fact.strictly, known);
}

/// What the published rules make of an answer that a person does not read. They never look at how
/// an answer ended: what a filter stopped, and holds a grid, is valid there.
void read_refused(ReadAnswer& read, const Response& response, int side) {
  read.reading.reason = read.reading.strict_reason = read.reading.state;
  const bool text = response.state == ResponseState::kRefused && side > 0 &&
                    !trim(response.published_text()).empty();
  if (!text) return;
  StrictReading strict = read_strictly(response.published_text(), side);
  read.reading.strict = strict.valid;
  read.reading.strict_reason = strict.reason;
  read.reading.differs = strict.grid.has_value();
  read.strict.output = std::move(strict.grid);
}

/// Why nothing was read, where the reader does not know how the answer came.
std::string reason_of(const Reading& reading, const Response& response) {
  if (reading.reason == "empty answer" && !response.thoughts.empty()) return "thoughts alone";
  const bool otherwise = response.state == ResponseState::kOtherwise;
  return otherwise && reading.reason == "cut off" ? std::string(state_name(response.state))
                                                  : reading.reason;
}

}  // namespace

ReadAnswer missing_answer(const PlannedRequest& request) {
  ReadAnswer read = begun(request);
  read.reading.state = "missing";
  return read;
}

ReadAnswer read_response(const PromptPlan& plan,
                         const PlannedRequest& request,
                         const Response& response) {
  ReadAnswer read = begun(request);
  read.strict = read.person;
  read.reading.state = state_name(response.state);
  read.reading.detail = response.detail;
  read.reading.ended = response.ended;
  read.reading.usage = response.usage;
  read.reading.thoughts = response.thoughts;
  const bool came = response.state == ResponseState::kAnswered || may_be_cut(response);
  if (came && plan.side > 0) {
    read_grid_into(read, response, plan.side);
  } else if (came) {
    read_fact_into(read, response, request.words, fact_vocabulary(plan.vocabulary));
  } else {
    read_refused(read, response, plan.side);
  }
  read.reading.reason = reason_of(read.reading, response);
  if (read.reading.strictness.empty()) read.reading.text = response.text;
  read.person.invalid = read.reading.reason;
  read.strict.invalid = read.reading.strict_reason;
  return read;
}

}  // namespace recombine

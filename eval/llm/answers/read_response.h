#pragma once
// One response as it stands in the predictions and in the readings.

#include "data/storage/prediction.h"
#include "eval/llm/answers/reading.h"
#include "eval/llm/plan.h"
#include "eval/llm/response.h"

namespace recombine {

/// What was read of one response: the rows of both prediction files, and how.
struct ReadAnswer {
  Reading reading;
  Prediction person;
  Prediction strict;
};

/// Of a request that nothing came back for.
ReadAnswer missing_answer(const PlannedRequest& request);

ReadAnswer read_response(const PromptPlan& plan,
                         const PlannedRequest& request,
                         const Response& response);

}  // namespace recombine

// A task of inspect_ai: samples as JSON lines, and a short Python file that reads and scores them.

#include <nlohmann/json.hpp>

#include "eval/llm/base64.h"
#include "eval/llm/json_access.h"
#include "eval/llm/prompts/template.h"
#include "eval/llm/provider.h"
#include "eval/llm/stop_reasons.h"

namespace recombine {
namespace {

constexpr std::string_view kInspectTask =
    R"("""Questions of a Recombine data set ({{split}}, {{digest}})."""

import json
import pathlib
import re

from inspect_ai import Task, task
from inspect_ai.dataset import json_dataset
from inspect_ai.model import GenerateConfig
from inspect_ai.scorer import Score, accuracy, scorer, stderr
from inspect_ai.solver import generate

SAMPLES = pathlib.Path(__file__).resolve().parent / "{{file}}"
PATTERN = r"{{pattern}}"


def answer_of(text):
    """The last thing in `text` that looks like an answer, without white space."""
    found = re.findall(PATTERN, text)
    return re.sub(r"\s", "", found[-1]) if found else ""


@scorer(metrics=[accuracy(), stderr(cluster="episode_id")])
def exact():
    async def score(state, target):
        answer = answer_of(state.output.completion)
        right = answer == re.sub(r"\s", "", target.text)
        return Score(value="C" if right else "I", answer=answer)

    return score


@task
def recombine():
    return Task(dataset=json_dataset(str(SAMPLES)), solver=generate(), scorer=exact(),
                config=GenerateConfig(max_tokens={{tokens}}))
)";

constexpr const char* kInspectGrid = R"(\[\s*\[[\d,\s\[\]]+\]\s*\])";
constexpr const char* kInspectWords = R"((?i:output:)\s*(\S.*))";

/// One choice of a sample.
Response read_choice_of(const Json& choice) {
  Response response;
  SpokenParts spoken = spoken_parts(at_path(choice, {"message", "content"}), {"text"});
  response.text = std::move(spoken.text);
  response.thoughts = std::move(spoken.thoughts);
  response.ended = words_of(at_path(choice, {"stop_reason"}));
  response.state = state_of_end(response.ended);
  const std::string why = words_of(at_path(choice, {"stop_details", "explanation"}));
  response.detail = why.empty() ? response.ended : why;
  if (!spoken.refusal.empty()) {
    response.state = ResponseState::kRefused;
    response.detail = spoken.refusal;
  }
  return response;
}

/// What a sample says of its end beside its choices: an error, or a limit of its own.
void read_end_of(const Json& sample, Response& response) {
  const Json& error = at_path(sample, {"error"});
  const Json& output_error = at_path(sample, {"output", "error"});
  const std::string limit = words_of(at_path(sample, {"limit", "type"}));
  if (!error.is_null() || !output_error.is_null()) {
    response.state = ResponseState::kErrored;
    response.ended = "error";
    response.detail = words_of(error.is_object() ? at_path(error, {"message"})
                               : error.is_null() ? output_error
                                                 : error);
  } else if (!limit.empty()) {
    response.ended = limit + "_limit";
    response.state = state_of_end(response.ended);
    response.detail = response.ended;
  }
}

}  // namespace

std::string inspect_request(const Question& question, const PromptConfig&) {
  Json input = question.text;
  if (!question.image.empty()) {
    const std::string url = "data:image/png;base64," + base64(question.image);
    const Json content = Json::array(
        {{{"type", "text"}, {"text", question.text}}, {{"type", "image"}, {"image", url}}});
    input = Json::array({{{"role", "user"}, {"content", content}}});
  }
  return Json{{"id", question.id},
              {"input", input},
              {"target", question.target},
              {"metadata",
               {{"episode_id", question.item},
                {"split", question.split},
                {"data_digest", question.digest}}}}
      .dump();
}

std::vector<Companion> inspect_companions(const PromptFolder& folder, const PromptConfig& config) {
  return {{"recombine_task.py",
           fill_template(kInspectTask, {{"split", folder.split},
                                        {"digest", folder.digest},
                                        {"file", std::string(kFirstRequests) + ".jsonl"},
                                        {"pattern", folder.side > 0 ? kInspectGrid : kInspectWords},
                                        {"tokens", std::to_string(config.answer_tokens())}})}};
}

std::optional<Response> inspect_response(const Json& row) {
  if (!row.is_object() || !row.contains("output") || !row.contains("epoch")) return std::nullopt;
  const Json& output = row.at("output");
  const Json& choices = at_path(output, {"choices"});
  Response response;
  if (at_path(choices, {"0"}).is_object()) {
    response = read_choice_of(choices[0]);
    for (std::size_t i = 1; i < choices.size(); ++i)
      response.others.push_back(read_choice_of(choices[i]));
  }
  read_end_of(row, response);
  response.id = words_of(row.at("id"));
  response.model = words_of(at_path(output, {"model"}));
  response.serial = words_of(row.at("epoch"));
  response.made_at = static_cast<std::int64_t>(count_of(row.at("epoch")));
  const Json& usage = at_path(output, {"usage"});
  response.usage = {count_of(at_path(usage, {"input_tokens"})),
                    count_of(at_path(usage, {"output_tokens"})),
                    count_of(at_path(usage, {"reasoning_tokens"}))};
  return response;
}

}  // namespace recombine

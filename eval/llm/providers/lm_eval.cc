// A task of the lm-evaluation-harness over JSON lines.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/llm/json_access.h"
#include "eval/llm/prompts/template.h"
#include "eval/llm/provider.h"

namespace recombine {
namespace {

// `until` is there and empty because the default cuts every answer at its first blank line, the
// blank before the target because a target that looks like a list would be made one.
constexpr std::string_view kLmEvalTask = R"(task: {{task}}
dataset_path: json
dataset_kwargs:
  data_files:
    test: {{file}}
test_split: test
output_type: generate_until
num_fewshot: 0
doc_to_text: "{{prompt}}"
doc_to_target: " {{target}}"
generation_kwargs:
  until: []
  max_gen_toks: {{tokens}}
  do_sample: false
  temperature: 0.0
filter_list:
- name: {{filter}}
  filter:
  - function: regex
    regex_pattern: '{{pattern}}'
    group_select: -1
  - function: take_first
metric_list:
- metric: exact_match
  aggregation: mean
  higher_is_better: true
  regexes_to_ignore: ['\s']
metadata:
  version: 1.0
  data_digest: "{{digest}}"
)";

constexpr const char* kLmEvalGrid = R"((\[\s*\[[\d,\s\[\]]+\]\s*\]))";
constexpr const char* kLmEvalWords = R"((?i:output:)\s*(\S.*))";

}  // namespace

std::string lm_eval_request(const Question& question, const PromptConfig&) {
  return Json{{"id", question.id},         {"prompt", question.text},
              {"target", question.target}, {"episode_id", question.item},
              {"split", question.split},   {"query_index", question.query}}
      .dump();
}

std::vector<Companion> lm_eval_companions(const PromptFolder& folder, const PromptConfig& config) {
  const std::string task = "recombine_" + folder.split;
  const std::string file = folder.folder + "/" + std::string(kFirstRequests) + ".jsonl";
  const bool grids = folder.side > 0;
  return {{task + ".yaml",
           fill_template(kLmEvalTask, {{"task", task},
                                       {"file", Json(file).dump()},
                                       {"prompt", "{{prompt}}"},
                                       {"target", "{{target}}"},
                                       {"tokens", std::to_string(config.answer_tokens())},
                                       {"filter", grids ? "last-grid" : "last-output"},
                                       {"pattern", grids ? kLmEvalGrid : kLmEvalWords},
                                       {"digest", folder.digest}})}};
}

std::optional<Response> lm_eval_response(const Json& row) {
  const Json& id = at_path(row, {"doc", "id"});
  if (!id.is_string() || !row.contains("resps")) return std::nullopt;
  Response response{id.get<std::string>(), ResponseState::kErrored, "", "", {}};
  // A list a request, and in it a text a repeat; a log has nothing on how they ended.
  const Json& texts = at_path(row, {"resps", "0"});
  if (texts.is_string()) {
    response.text = texts.get<std::string>();
    response.state = ResponseState::kAnswered;
  } else if (texts.is_array()) {
    for (const Json& text : texts) {
      Response one;
      one.text = words_of(text);
      if (text.is_string()) one.state = ResponseState::kAnswered;
      response.others.push_back(std::move(one));
    }
  }
  if (response.others.empty()) return response;
  response.text = std::move(response.others.front().text);
  response.state = response.others.front().state;
  response.others.erase(response.others.begin());
  return response;
}

}  // namespace recombine

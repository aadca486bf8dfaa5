// Questions about episodes.

#include "data/error.h"
#include "eval/drawing/scene.h"
#include "eval/llm/prompts/asker.h"
#include "eval/llm/prompts/grid_question.h"
#include "eval/llm/prompts/picture.h"
#include "eval/llm/prompts/template.h"

namespace recombine {

GridAsker::GridAsker(const EpisodeSet& data, const PromptConfig& config, std::string text)
    : config_(config), text_(std::move(text)), side_(data.empty() ? 0 : data[0].side()) {
  require(config.bridge == "auto" && config.facts == PromptConfig{}.facts,
          "--bridge and --facts: are for facts, and ", data.folder().string(), " holds grids");
  require(text_.empty() || config.image_only || has_place(text_, "query"), "--template ",
          config.template_file, ": has no place {{query}}, so nothing would be asked");
}

std::string GridAsker::stratum(const Episode& episode) { return triplet(episode.grammar); }

std::string GridAsker::longest_answer() const { return "output: " + python_list(Grid(side_)); }

Questions GridAsker::questions(const Episode& episode) const {
  require_data(episode.side() == side_, episode.id, ": has grids of side ", episode.side(),
               " and not ", side_, " as the others; prompts are for sets of one side");
  const GridTask task = grid_task(episode, config_);
  Questions questions;
  for (std::size_t query = 0; query < task.asked.size(); ++query) {
    const Example& asked = task.asked[query];
    Question question;
    question.item = episode.id;
    question.query = static_cast<int>(query);
    question.text = grid_text(task, asked.input, config_, text_);
    question.target = python_list(asked.output);
    if (config_.has_image()) {
      const Png png = scene_png(question_scene(task.shown, asked.input),
                                {.cell = config_.cell,
                                 .digits = config_.palette == "arc",
                                 .palette = &palette_named(config_.palette),
                                 .stroke_letters = true});
      question.image = png.bytes;
      question.image_height = png.height;
      question.image_width = png.width;
    }
    questions.push_back(std::move(question));
  }
  return questions;
}

}  // namespace recombine

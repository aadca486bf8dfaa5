// Questions about facts: triples of a world, then an entity and relations to follow; or ages of
// people, then two of them to compare.

#include <algorithm>

#include "data/error.h"
#include "eval/llm/prompts/asker.h"
#include "eval/llm/prompts/fact_words.h"
#include "eval/llm/prompts/template.h"

namespace recombine {
namespace {

constexpr std::string_view kTold =
    "You are told facts about a small world. Entities are called e_0, e_1 and so on, relations "
    "r_0, "
    "r_1 and so on. Each fact is a line with an entity, a relation, and the entity to which this "
    "relation leads.\n"
    "\n"
    "Facts:\n"
    "{{facts}}\n"
    "\n";
constexpr std::string_view kUntold =
    "You know a small world by heart. Entities are called e_0, e_1 and so on, relations r_0, r_1 "
    "and so on. A relation leads from an entity to another.\n"
    "\n";
constexpr std::string_view kRelations =
    "A question is an entity with one or more relations. Begin at the entity and follow the "
    "relations "
    "from left to right: each leads on from where the one before it led.\n"
    "\n"
    "Question: {{question}}\n"
    "\n"
    "{{asked}}";
constexpr std::string_view kOneLine = " Write one line and nothing else.\n";

constexpr std::string_view kToldAges =
    "You are told how old some people are, and of some pairs of people who is the older one. "
    "People "
    "are called e_0, e_1 and so on.\n"
    "\n"
    "Facts:\n"
    "{{facts}}\n"
    "\n";
constexpr std::string_view kUntoldAges =
    "You know by heart how old some people are. They are called e_0, e_1 and so on.\n"
    "\n";
constexpr std::string_view kAges =
    "Question: {{question}}\n"
    "\n"
    "{{asked}}";

constexpr std::string_view kWithBridge =
    "Answer with every entity that is reached, in order, the last one being the answer, in the "
    "form "
    "output: {{form}}.";
constexpr std::string_view kWithoutBridge =
    "Answer with the entity that is reached in the end, and with no other, in the form output: "
    "{{form}}.";
constexpr std::string_view kComparison =
    "Answer for the person who is named first, in the form output: WORD, where WORD is {{form}}: "
    "the "
    "last where it does not follow from what you know.";
constexpr std::string_view kValue =
    "Answer with the number of years, in the form output: {{form}}.";
constexpr std::string_view kSteps =
    " First write down the steps that lead to the answer, then that line as the last one.";

constexpr const char* kComparisonForm = "younger, same age, older or cannot decide";

/// "e_a e_b e_c": as many as are asked for.
std::string form_of(int words) {
  std::string form;
  for (int i = 0; i < words; ++i) form += cat(i == 0 ? "" : " ", "e_", static_cast<char>('a' + i));
  return form;
}

/// What is asked about an item, whatever facts are told.
struct FactWords {
  std::string question;
  std::string_view asked;
  std::string form;
  int words = 1;
  std::string target;
};

/// `way`: the entities that are reached.
FactWords along_relations(const FactItem& item,
                          std::span<const Token> way,
                          const FactVocabulary& vocabulary,
                          const std::string& bridge) {
  const bool in_data = item.answer().size() > 2;  // the last is </a>
  const bool named = bridge == "auto" ? in_data : bridge == "on";
  const int words = named ? static_cast<int>(way.size()) : 1;
  return {plain_tokens(item.question(), vocabulary), words > 1 ? kWithBridge : kWithoutBridge,
          form_of(words), words,
          plain_tokens(way.last(static_cast<std::size_t>(words)), vocabulary)};
}

FactWords about_ages(const FactItem& item, const FactVocabulary& vocabulary) {
  const AgeQuestion ages = age_question(item, vocabulary);
  return {ages.question, ages.compares ? kComparison : kValue,
          ages.compares ? kComparisonForm : "N", 1, ages.answer};
}

}  // namespace

FactAsker::FactAsker(const FactSet& data, const PromptConfig& config, std::string text)
    : config_(config),
      text_(std::move(text)),
      vocabulary_(data.records().vocabulary),
      context_(data, config) {
  require(!vocabulary_.compares() || config.bridge == PromptConfig{}.bridge, "--bridge ",
          config.bridge, ": has no meaning where entities are compared (task ", vocabulary_.task,
          ")");
  require(config.shots == 0 && !config.has_image(), "--shots and --image: are for grids");
  require(text_.empty() || has_place(text_, "question"), "--template ", config.template_file,
          ": has no place {{question}}, so nothing would be asked");
  require_data(!context_.empty() || config.context == "none", data.folder().string(),
               ": there is no set 'train' of its world beside it, so there are no facts to tell; "
               "--context none asks without");
}

std::string FactAsker::stratum(const FactItem& item) { return std::string(type_name(item.type)); }

std::string FactAsker::longest_answer() const {
  constexpr int kMostHops = 8;  // more than any world has
  if (vocabulary_.compares()) return "output: cannot decide";
  const std::string longest = vocabulary_.text(vocabulary_.entity(vocabulary_.entities - 1));
  std::string answer = "output:";
  for (int hop = 0; hop < kMostHops; ++hop) answer += " " + longest;
  return answer;
}

std::vector<Token> FactAsker::reached(const FactItem& item) const {
  std::vector<Token> way;
  for (const AtomicFact& step : context_.followed(item)) way.push_back(step.tail);
  if (way.empty() && item.path.size() > 1) way.assign(item.path.begin() + 1, item.path.end());
  require_data(!way.empty(), item.id, ": the training set has no facts that lead to its answer");
  return way;
}

std::string FactAsker::own_text() const {
  const bool untold = config_.context == "none";
  const std::string_view one_line = config_.steps ? "\n" : kOneLine;
  if (vocabulary_.compares()) return cat(untold ? kUntoldAges : kToldAges, kAges, one_line);
  return cat(untold ? kUntold : kTold, kRelations, one_line);
}

Questions FactAsker::questions(const FactItem& item) const {
  const FactWords asked = vocabulary_.compares()
                              ? about_ages(item, vocabulary_)
                              : along_relations(item, reached(item), vocabulary_, config_.bridge);
  Question question;
  question.item = item.id;
  question.words = asked.words;
  question.target = asked.target;
  const std::string sentence = fill_template(asked.asked, {{"form", asked.form}});
  question.text = fill_template(text_.empty() ? own_text() : text_,
                                {{"facts", fact_lines(context_.told(item), vocabulary_)},
                                 {"question", asked.question},
                                 {"asked", cat(sentence, config_.steps ? kSteps : "")},
                                 {"form", asked.form}});
  return {question};
}

}  // namespace recombine

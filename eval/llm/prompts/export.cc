#include "eval/llm/prompts/export.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "eval/llm/plan.h"
#include "eval/llm/prompts/asker.h"
#include "eval/llm/prompts/sample.h"
#include "eval/scoring/evaluation.h"
#include "eval/scoring/family.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

template <class Set>
using AskerOf = std::conditional_t<std::is_same_v<Set, FactSet>, FactAsker, GridAsker>;

/// Indices of the items that are asked about.
template <class Asker, class Set>
std::vector<std::size_t> chosen_items(const Set& data, const PromptConfig& config) {
  std::vector<std::string> strata(data.size());
  const bool lots = config.sample == "stratified" && config.limit > 0;
  for (std::size_t index = 0; lots && index < data.size(); ++index)
    strata[index] = Asker::stratum(data[index]);
  const auto limit = static_cast<std::size_t>(config.limit);
  if (lots) return stratified_sample(strata, limit, config.seed);
  std::vector<std::size_t> all = stratified_sample(strata, 0, 0);
  if (limit > 0) all.resize(std::min(limit, all.size()));
  return all;
}

/// The name of a set as it may stand in names of tasks and files, in YAML and in Python: signs
/// other than ASCII letters, digits, '_', '-' and '.' become '_'.
std::string task_word(const std::string& split) {
  constexpr std::size_t kLongest = 200;
  std::string word;
  for (const char c : split.substr(0, kLongest)) {
    const bool kept = is_word(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
    word += kept ? c : '_';
  }
  return word;
}

/// One export while it is being made.
class Export {
 public:
  Export(const PromptJob& job, const Provider& provider, std::string text)
      : job_(job),
        provider_(provider),
        config_(job.config),
        text_(std::move(text)),
        folder_(job.out, job.force),
        writer_(folder_.part(), provider.files) {}

  template <class Asker, class Set>
  ExportedPrompts run(const Set& data) {
    require_data(!data.empty(), data.folder().string(), ": has no items to ask about");
    // Shots show answers, and a tool that has a companion grades by them.
    if (config_.shots > 0 || provider_.companions != nullptr)
      require_answers(data.manifest(), data.folder());
    const Asker asker(data, config_, text_);
    // A person who pastes a question into a chat says nothing of its length.
    if (!provider_.files.one_each)
      config_.max_tokens = config_.tokens_for(estimated_tokens(asker.longest_answer()));
    describe(data, asker);
    RequestIds ids(plan_.data_digest, plan_.options);
    const auto items = chosen_items<Asker>(data, config_);
    plan_.all_items = items.size() == data.size();
    std::uint64_t done = 0;
    for (const std::size_t index : items) {
      const auto item = data[index];
      Questions questions = asker.questions(item);
      count_queries(item.id, questions.size());
      for (Question& question : questions) {
        question.id = ids.name(item.id, index, question.query);
        add(question);
      }
      job_.watch(++done, items.size());
    }
    return finish();
  }

 private:
  template <class Asker, class Set>
  void describe(const Set& data, const Asker& asker) {
    plan_.provider = job_.config.provider;
    plan_.model = job_.config.model;
    plan_.family = data.manifest().family;
    plan_.data_digest = data.manifest().digest;
    plan_.split = split_name(job_.data, "");
    plan_.vocabulary = data.manifest().vocabulary;
    plan_.options = question_options(job_.config, plan_.family, text_);
    plan_.prices = job_.config.prices();
    plan_.side = asker.side();
    plan_.queries_per_item = job_.config.queries == "first" ? 1 : 0;
  }

  // With shots, the last queries of an episode are shown and not asked.
  void count_queries(const std::string& item, std::size_t queries) {
    if (job_.config.shots == 0 || job_.config.queries == "first") return;
    const auto count = static_cast<int>(queries);
    if (plan_.queries_per_item == 0) plan_.queries_per_item = count;
    require_data(plan_.queries_per_item == count, item, ": ", count,
                 " queries are left to ask and ", plan_.queries_per_item,
                 " of others; ask with --queries first");
  }

  void add(Question& question) {
    question.split = plan_.split;
    question.digest = plan_.data_digest;
    writer_.add(question, provider_.request(question, config_));
    estimate_.add(question, config_);
    plan_.requests.push_back({question.id, question.item, question.query, question.words});
  }

  ExportedPrompts finish() {
    const std::vector<WrittenFile> files = writer_.finish();
    if (provider_.companions != nullptr) {
      const PromptFolder folder{fs::weakly_canonical(fs::absolute(job_.out)).string(),
                                task_word(plan_.split), plan_.data_digest, plan_.side};
      for (const Companion& companion : provider_.companions(folder, config_))
        write_file(folder_.part() / companion.name, companion.text);
    }
    write_file(folder_.part() / kPlanFile, plan_text(plan_, files, estimate_));
    folder_.commit();
    return {files, estimate_};
  }

  const PromptJob& job_;
  const Provider& provider_;
  PromptConfig config_;  ///< the job's, and max_tokens resolved
  std::string text_;
  AtomicFolder folder_;
  RequestWriter writer_;
  PromptPlan plan_;
  Estimate estimate_;
};

void check_provider(const Provider& provider, const PromptConfig& config) {
  require(provider.images || !config.has_image(), "--image: ", provider.name,
          " takes text alone; the others take pictures");
  require(provider.reasoning || config.reasoning.empty(), "--reasoning: a request for ",
          provider.name, " cannot say it; openai, anthropic and gemini can");
  require(provider.vertex || config.flavour == PromptConfig{}.flavour, "--flavour ", config.flavour,
          ": is for gemini");
}

}  // namespace

ExportedPrompts export_prompts(const PromptJob& job) {
  const PromptConfig& config = job.config;
  config.validate();
  const Provider& provider = find_provider(config.provider);
  check_provider(provider, config);
  const std::string text = config.template_file.empty() ? "" : read_file(config.template_file);
  return open_set(job.data, [&](const auto& data) {
    using Asker = AskerOf<std::decay_t<decltype(data)>>;
    return Export(job, provider, text).run<Asker>(data);
  });
}

}  // namespace recombine

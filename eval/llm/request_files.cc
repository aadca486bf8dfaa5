#include "eval/llm/request_files.h"

#include <iomanip>
#include <optional>

#include "data/error.h"
#include "data/storage/file.h"

namespace recombine {
namespace fs = std::filesystem;

struct RequestWriter::State {
  fs::path folder;
  const RequestFiles& form;
  std::unique_ptr<AtomicFile> file = nullptr;
  std::vector<WrittenFile> files = {};
};

namespace {

/// "requests-001.jsonl".
std::string numbered(std::size_t number, std::string_view ending) {
  std::ostringstream name;
  name << "requests-" << std::setw(3) << std::setfill('0') << number << ending;
  return name.str();
}

}  // namespace

RequestWriter::RequestWriter(fs::path folder, const RequestFiles& form)
    : state_(new State{std::move(folder), form}) {}

RequestWriter::~RequestWriter() = default;

void RequestWriter::write(std::string_view bytes) {
  state_->file->write(bytes);
  state_->files.back().bytes += bytes.size();
}

void RequestWriter::close() {
  if (!state_->file) return;
  write(state_->form.tail);
  state_->file->commit();
  state_->file.reset();
}

bool RequestWriter::fits(std::string_view text) const {
  const RequestFiles& form = state_->form;
  const WrittenFile& file = state_->files.back();
  const std::uint64_t bytes = file.bytes + form.between.size() + text.size() + form.tail.size();
  return (form.max_requests == 0 || file.requests < form.max_requests) &&
         (form.max_bytes == 0 || bytes <= form.max_bytes);
}

void RequestWriter::add(const Question& question, std::string_view text) {
  State& state = *state_;
  const RequestFiles& form = state.form;
  const std::uint64_t alone = form.head.size() + text.size() + form.tail.size();
  require(form.max_bytes == 0 || alone <= form.max_bytes, "the request for ", question.item,
          " has ", alone, " bytes; a file may have ", form.max_bytes,
          "; make the picture smaller (--cell)");
  if (state.file && !fits(text)) close();
  if (!state.file) {
    const std::string name = form.one_each ? question.id + std::string(form.ending)
                                           : numbered(state.files.size() + 1, form.ending);
    state.files.push_back({name, 0, 0});
    state.file = std::make_unique<AtomicFile>(state.folder / name);
    write(form.head);
  } else {
    write(form.between);
  }
  write(text);
  ++state.files.back().requests;
  if (form.one_each && !question.image.empty())
    write_file(state.folder / (question.id + ".png"), question.image);
}

const std::vector<WrittenFile>& RequestWriter::finish() {
  close();
  return state_->files;
}

}  // namespace recombine

// recombine parity: our numbers beside those of a golden file.

#include <algorithm>
#include <iomanip>
#include <iostream>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "models/device/device.h"
#include "models/parity/golden.h"
#include "tools/command.h"
#include "tools/torch_options.h"

namespace recombine {
namespace {

class ParityVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const std::string& file = only_positional(call, "a golden file, FILE.safetensors");
    const torch::Device device = select_device(own_.device);
    std::vector<ParityRow> rows;
    try {
      rows = parity(file, device);
    } catch (const InputError& error) {  // sizes in the metadata that make no model
      throw DataError(cat(file, ": ", error.what()));
    }
    const bool ok = std::ranges::all_of(rows, &ParityRow::ok);
    own_.json ? print_json(rows, ok) : print_text(rows);
    return ok ? kDone : kAnswerIsNo;
  }

 private:
  static void print_json(const std::vector<ParityRow>& rows, bool ok) {
    Json checks = Json::array();
    for (const ParityRow& row : rows) {
      checks.push_back({{"name", row.name},
                        {"ok", row.ok()},
                        {"difference", row.difference},
                        {"allowed", row.allowed},
                        {"detail", cat("largest difference ", row.difference)}});
    }
    std::cout << Json{{"ok", ok}, {"checks", checks}}.dump(2) << "\n";
  }

  static void print_text(const std::vector<ParityRow>& rows) {
    for (const ParityRow& row : rows) {
      std::cout << (row.ok() ? "ok      " : "FAILED  ") << std::left << std::setw(36) << row.name
                << " largest difference " << std::setprecision(3) << row.difference << ", allowed "
                << row.allowed << "\n";
    }
  }

  ParityOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_parity() { return std::make_unique<ParityVerb>(); }

}  // namespace recombine

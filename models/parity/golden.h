#pragma once
// Golden files: weights, inputs, outputs, gradients and losses of a model as another program
// computed them, and what ours makes of the same (docs/FORMAT.md, "Golden files").

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "models/model.h"
#include "models/optimisers/optimiser.h"

namespace recombine {

/// A golden file as it stands: `w.*`, `in.*`, `out.*`, `grad.*`, `losses` and sizes.
class Golden {
 public:
  /// Throws DataError, naming the file and what is wrong with it.
  explicit Golden(const std::filesystem::path& file);

  bool has(const std::string& key) const { return metadata_.contains(key); }
  /// A number of the metadata.
  double number(const std::string& key) const;
  /// A size of the metadata: a whole number from 0 to a million.
  int count(const std::string& key) const;
  std::vector<double> numbers(const std::string& key) const;
  const std::string& text(const std::string& key) const;
  /// The tensor of that name; of the shape, where one is given.
  const torch::Tensor& tensor(const std::string& name,
                              const std::vector<std::int64_t>& shape = {}) const;
  const std::map<std::string, torch::Tensor>& tensors() const { return tensors_; }
  /// Throws DataError unless `w.*` have these shapes: a model is not made where its sizes are not
  /// those of the file.
  void check_weights(const std::vector<ParameterSpec>& specs) const;
  /// Copies `w.*` into the model's weights, all of them and no others.
  void load_weights(Model& model) const;
  /// lr, betas, weight decay.
  OptimiserConfig optimiser() const;

 private:
  template <class... Parts>
  void check(bool condition, const Parts&... parts) const;

  std::string file_;
  std::map<std::string, std::string> metadata_;
  std::map<std::string, torch::Tensor> tensors_;
};

/// The largest difference between the file's numbers and ours.
struct ParityRow {
  std::string name;
  double difference = 0;
  double allowed = 0;

  /// False for what is not a number.
  bool ok() const { return difference <= allowed; }
};

/// Tolerances: logits absolute, gradients of a tensor's largest entry, losses
/// relative.
inline constexpr double kLogitTolerance = 2e-4;
inline constexpr double kGradientTolerance = 1e-3;
inline constexpr double kLossTolerance = 1e-3;

/// Recomputes what the file records. Throws DataError for a file that is damaged or of a model that
/// is not known.
std::vector<ParityRow> parity(const std::filesystem::path& file, torch::Device device);

/// Parts of parity() that models share: gradients after backward(), and the loss before each of
/// some updates.
void compare_gradients(const Golden& golden, const Model& model, std::vector<ParityRow>& rows);
void compare_losses(const Golden& golden,
                    Model& model,
                    const Batch& batch,
                    std::vector<ParityRow>& rows);
/// Largest absolute difference; infinite where the shapes differ.
ParityRow compare_tensors(const std::string& name,
                          const torch::Tensor& ours,
                          const torch::Tensor& wanted,
                          double allowed);

/// The encoder-decoder of Compositional-ARC.
std::vector<ParityRow> carc_parity(const Golden& golden, torch::Device device);
/// The decoder for facts.
std::vector<ParityRow> gpt_parity(const Golden& golden, torch::Device device);

}  // namespace recombine

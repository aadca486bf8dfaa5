#pragma once
// What language models said word for word, as `prompts import` leaves it beside the predictions
// P.jsonl, and what of it a report shows.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/json.h"

namespace recombine {

/// An answer as it came.
struct AnswerText {
  std::string strictness;  ///< which step of the reader made an answer of it; "" where none did
  std::string text;
};

/// Sums over requests, as the provider counted them.
struct Tokens {
  std::uint64_t asked = 0;
  std::uint64_t answered = 0;

  friend bool operator==(const Tokens&, const Tokens&) = default;
};

class AnswerTexts {
 public:
  /// Those beside a file of predictions: of P.texts.jsonl, a line each of
  /// {"item","query","strictness","text"} (older files: "rung"), or of P.readings.json, such a row
  /// each in its list "answers", beside its "tokens" and its "cost". None where there is no such
  /// file. Throws DataError, naming the file (and line), for another form.
  static AnswerTexts beside(const std::filesystem::path& predictions);

  /// Null where nothing is known.
  const AnswerText* find(const std::string& item, int query) const;
  const std::optional<Tokens>& tokens() const { return tokens_; }
  const std::optional<double>& cost() const { return cost_; }

 private:
  void add(const Json& row);
  void read_lines(const std::filesystem::path& file);
  void read_readings(const std::filesystem::path& file);

  std::map<std::pair<std::string, int>, AnswerText> texts_;
  std::optional<Tokens> tokens_;
  std::optional<double> cost_;
};

/// An answer that could not be read, for a person to look at.
struct UnreadAnswer {
  std::string item;
  int query = 0;
  std::string reason;
  std::string text;  ///< its beginning; "" where it is not known

  friend bool operator==(const UnreadAnswer&, const UnreadAnswer&) = default;
};

/// Answers that a step of the reader read, and how many of them are exact.
struct StrictnessCount {
  std::uint64_t answers = 0;
  std::uint64_t exact = 0;

  friend bool operator==(const StrictnessCount&, const StrictnessCount&) = default;
};

/// What a report says of the reading of answers.
struct ReadingNotes {
  static constexpr std::size_t kShown = 5;

  std::vector<UnreadAnswer> unread;  ///< the first kShown, in the order of the items
  std::map<std::string, StrictnessCount>
      strictness;  ///< of the valid answers whose strictness is known
  std::optional<Tokens> tokens;
  std::optional<double> cost;  ///< in the currency of the prices that the export was given

  friend bool operator==(const ReadingNotes&, const ReadingNotes&) = default;
};

/// The first 300 bytes or less, whole characters, without line breaks.
std::string beginning_of(const std::string& text);

/// Adds "invalid_answers" and, where they are known, "strictness", "tokens" and "cost" to a split's
/// report.
void put_reading_notes(Json& json, const ReadingNotes& notes);
ReadingNotes reading_notes_of(const Json& json);

}  // namespace recombine

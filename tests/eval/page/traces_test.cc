#include "eval/page/traces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "eval/drawing/trail_json.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

Trail some_trail() {
  std::vector<int> stays(36);
  for (int cell = 0; cell < 36; ++cell) stays[static_cast<std::size_t>(cell)] = cell;
  return {"episode <b>",         handmade_grid("1"),     {"shape: right"},
          {handmade_grid("01")}, {handmade_grid("001")}, {stays}};
}

Json grids_trace() {
  return {{"schema", "recombine.trace/1"},
          {"run", "r"},
          {"sets",
           {{{"name", "test_ood"},
             {"step", 6},
             {"queries", 40},
             {"skipped", 0},
             {"exact_after", {{"shape", 1.0}, {"colour", 0.955}}},
             {"trails", Json::array({to_json(some_trail())})},
             {"vectors", Json::array({to_json(PointCloud{"grow", 1, 2, {{0.5, 1}}})})}}}}};
}

Json facts_trace() {
  const auto lens = [](const char* target, int position, int layer, double mrr) {
    return Json{{"target", target}, {"position", position}, {"layer", layer}, {"mrr", mrr}};
  };
  const Json causal = {
      {"token", "h"}, {"target", "b"}, {"layer", 0}, {"items", 2}, {"altered", 0.5}};
  const auto checkpoint = [&](int step, double mrr) {
    return Json{{"step", step},
                {"lens", {lens("b", 0, 0, 0.125), lens("b", 1, 0, mrr)}},
                {"causal", Json::array({causal})}};
  };
  return {{"schema", "recombine.trace/1"},
          {"sets",
           {{{"name", "test_id"},
             {"items", 50},
             {"positions", {"p0 (h)", "p1 (r1)"}},
             {"checkpoints", {checkpoint(100, 0.25), checkpoint(200, 0.75)}}}}}};
}

TEST(TrailJson, ComesBack) {
  const Trail trail = some_trail();
  const Trail back = trail_of(to_json(trail));
  EXPECT_EQ(back.title, trail.title);
  EXPECT_EQ(back.input, trail.input);
  EXPECT_EQ(back.answers, trail.answers);
  EXPECT_EQ(back.copied, trail.copied);
  EXPECT_EQ(cloud_of(to_json(PointCloud{"g", 1, 2, {{0.5, 1}}})).points.size(), 1U);
}

TEST(TrailJson, RefusesWhatIsDamaged) {
  Json json = to_json(some_trail());
  json["copied"][0][3] = 36;
  EXPECT_THROW(trail_of(json), DataError);
  json = to_json(some_trail());
  json["answers"].clear();
  EXPECT_THROW(trail_of(json), DataError);
  json = to_json(some_trail());
  json["input"] = "x";
  EXPECT_THROW(trail_of(json), DataError);
  EXPECT_THROW(trail_of(nullptr), DataError);
  EXPECT_THROW(cloud_of({{"name", "g"}}), DataError);
}

TEST(TraceHtml, ShowsGridsBetweenRules) {
  const std::string html = trace_html({"trace", grids_trace()});
  EXPECT_THAT(html, HasSubstr("test_ood, trace"));
  EXPECT_THAT(html, HasSubstr("95.5 %"));
  EXPECT_THAT(html, HasSubstr("The grids between the rules."));
  EXPECT_THAT(html, HasSubstr("Pointers."));
  EXPECT_THAT(html,
              HasSubstr(R"(aria-label="picture: Grids between the rules were never trained.")"));
  EXPECT_THAT(html, HasSubstr("Rule vectors."));
  EXPECT_THAT(html, HasSubstr("episode &lt;b&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("<b>")));
}

TEST(TraceHtml, ShowsWhichSectionsWereFound) {
  Json trace = grids_trace();
  trace["sets"][0]["found"] = {{"sections", {{"shape+colour", {{"pairs", 8}, {"right", 7}}}}}};
  const std::string html = trace_html({"trace", trace});
  EXPECT_THAT(html, HasSubstr("study pairs whose rules were found"));
  EXPECT_THAT(html, HasSubstr("87.5 %"));
  trace["sets"][0]["found"]["sections"]["shape+colour"]["pairs"] = -1;
  EXPECT_THROW(trace_html({"trace", trace}), DataError);
}

TEST(TraceHtml, TakesTracesOfOlderVersions) {
  Json old = grids_trace();
  old["sets"][0].erase("trails");
  old["sets"][0].erase("vectors");
  EXPECT_THAT(trace_html({"trace", old}), Not(HasSubstr("Pointers.")));
  old = facts_trace();
  old["sets"][0].erase("positions");
  EXPECT_THAT(trace_html({"trace", old}), HasSubstr(">p1<"));
}

TEST(TraceHtml, ShowsTheLensAndItsCourse) {
  const std::string html = trace_html({"trace", facts_trace()});
  EXPECT_THAT(html, HasSubstr("lens: b"));
  EXPECT_THAT(html, HasSubstr("p1 (r1)"));
  EXPECT_THAT(html, HasSubstr("lens: b at p1 (r1)"));
  EXPECT_THAT(html, HasSubstr("step 100"));
  EXPECT_THAT(html, HasSubstr("answers that change"));
}

TEST(TraceHtml, ShowsWhereAttentionGoes) {
  const Json trace = {{"sets",
                       {{{"name", "test_id"},
                         {"queries", 4},
                         {"sections", {{"shape", 0.75}}},
                         {"first_query", {0.5, 0.5}}}}}};
  EXPECT_THAT(trace_html({"trace", trace}), HasSubstr("75.0 %"));
}

TEST(Trace, SaysWhatIsDamaged) {
  const TemporaryFolder folder;
  write_file(folder / "trace.json", "{}");
  EXPECT_THROW(read_trace(folder.path(), "t"), DataError);
  write_file(folder / "trace.json", grids_trace().dump());
  EXPECT_EQ(read_trace(folder.path(), "t").name, "t");
  Json damaged = facts_trace();
  damaged["sets"][0]["checkpoints"] = Json::array();
  EXPECT_THROW(trace_html({"t", damaged}), DataError);
  damaged["sets"][0].erase("items");
  EXPECT_THROW(trace_html({"t", damaged}), DataError);
}

/// The pages of older and of damaged traces: what is not there is not drawn.
TEST(TraceHtml, DrawsNoPointersOfATrailThatHasNone) {
  Json json = grids_trace();
  Json bare = to_json(some_trail());
  bare.erase("copied");
  json["sets"][0]["trails"].push_back(bare);
  EXPECT_THAT(trace_html({"run", json}), HasSubstr("Pointers."));
}

TEST(TraceHtml, PassesOverWhatTheLastCheckpointHasNot) {
  Json json = facts_trace();
  json["sets"][0]["checkpoints"][0]["lens"][0]["target"] = "t";
  EXPECT_THAT(trace_html({"run", json}), HasSubstr("The lens over training"));
}

TEST(TraceHtml, RefusesNumbersThatAreNotWhole) {
  Json json = facts_trace();
  json["sets"][0]["checkpoints"][1]["step"] = 1e300;
  EXPECT_THROW(trace_html({"run", json}), DataError);
}

}  // namespace
}  // namespace recombine

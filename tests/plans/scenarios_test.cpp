// Every file in scenarios/ is a story with its expected end (SPEC V1–V13).
#include "story.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

using namespace frontdesk;

namespace {

std::filesystem::path folder() {
  const char* source = std::getenv("FRONTDESK_SOURCE");
  return std::filesystem::path(source == nullptr ? "." : source) / "tests/plans/scenarios";
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the scenarios end as they say",
          "[V1][V2][V3][V4][V5][V6][V7][V8][V9][V10][V12][V13][B6]") {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".txt" && entry.path().filename() != "README.txt") {
      files.insert(entry.path());
    }
  }
  CHECK(files.size() >= 60);
  for (const auto& file : files) {
    INFO(file.filename().string());
    testing::Story().run(text_of(file));
  }
}

TEST_CASE("a scenario that is wrong fails: the runner does look", "[V4]") {
  // Nothing is proven by sentences that are passed over.
  CHECK_THROWS_AS(testing::Words("x").expect("y"), testing::NotUnderstood);
  CHECK_THROWS_AS(testing::Words("12").money(), testing::NotUnderstood);
  CHECK_THROWS_AS(testing::Words("2026-02-30").date(), testing::NotUnderstood);
}

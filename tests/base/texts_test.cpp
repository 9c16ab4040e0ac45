#include "base/texts.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace frontdesk;

namespace {

/// The `{name}` parts of a text, sorted.
std::vector<std::string> placeholders(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string::npos;
       open = text.find('{', open + 1)) {
    names.push_back(text.substr(open, text.find('}', open) - open + 1));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("English and Ukrainian are built in", "[base][texts][E18]") {
  const std::vector<std::string> languages = texts::languages();
  CHECK(std::count(languages.begin(), languages.end(), "en") == 1);
  CHECK(std::count(languages.begin(), languages.end(), "uk") == 1);
  CHECK(texts::keys("en").size() > 30);
  CHECK(texts::get("en", "error.disk_full") == "The disk is full.");
  CHECK(texts::get("uk", "error.disk_full") == "На диску немає місця.");
}

TEST_CASE("every text is in both languages", "[base][texts][E18]") {
  CHECK(texts::keys("en") == texts::keys("uk"));
  for (const std::string& key : texts::keys("en")) {
    CAPTURE(key);
    CHECK_FALSE(texts::get("en", key).empty());
    // A translation may leave an argument out, but names none that its original lacks.
    const auto english = placeholders(texts::get("en", key));
    const auto ukrainian = placeholders(texts::get("uk", key));
    CHECK(std::includes(english.begin(), english.end(), ukrainian.begin(), ukrainian.end()));
  }
}

TEST_CASE("a language falls back to the nearest one", "[base][texts][E18]") {
  CHECK(texts::get("uk-UA", "error.disk_full") == "На диску немає місця.");
  CHECK(texts::get("UK_ua", "error.disk_full") == "На диску немає місця.");
  CHECK(texts::get("xx", "error.disk_full") == "The disk is full.");
  CHECK(texts::get("", "error.disk_full") == "The disk is full.");
  CHECK(texts::get("uk", "no.such.key") == "no.such.key");
  CHECK(texts::has("uk", "error.disk_full"));
  CHECK_FALSE(texts::has("uk-UA", "error.disk_full"));
  CHECK_FALSE(texts::has("xx", "error.disk_full"));
}

TEST_CASE("a host adds and overrides texts", "[base][texts][E18]") {
  texts::add("x-test", R"({"greeting": "Сәлем, {name}!", "error.disk_full": "Дискіде орын жоқ."})");
  CHECK(texts::get("x-test", "greeting", {{"name", "Айгүл"}}) == "Сәлем, Айгүл!");
  CHECK(texts::get("x-test", "error.disk_full") == "Дискіде орын жоқ.");
  CHECK(texts::get("x-test", "error.file_missing") == "There is no such file.");
  texts::add("X_TEST", R"({"greeting": "Hi"})");
  CHECK(texts::get("x-test", "greeting") == "Hi");
  CHECK(texts::keys("x-test") == std::vector<std::string>{"error.disk_full", "greeting"});
}

TEST_CASE("a malformed catalogue changes nothing", "[base][texts][E16]") {
  for (const std::string_view wrong :
       {"", "{", "[]", "\"text\"", R"({"a": 1})", R"({"a": {"b": "c"}})", R"({"a": "b"} x)",
        "{\"a\": \"\xFF\"}"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(texts::add("x-broken", wrong), Error);
  }
  CHECK_THROWS_AS(texts::add("", "{}"), Error);
  CHECK_THROWS_AS(texts::add("../en", "{}"), Error);
  CHECK(texts::keys("x-broken").empty());
  try {
    texts::add("x-broken", "[]");
  } catch (const Error& error) {
    CHECK(error.reason() == "texts_malformed");
    CHECK(error.message() == "The texts cannot be read: not a JSON object.");
  }
}

TEST_CASE("arguments are filled in", "[base][texts][E18]") {
  const texts::Arguments arguments = {{"count", std::int64_t{3}},
                                      {"name", "{count}"},
                                      {"ids", std::vector<std::int64_t>{1, -2, 3}},
                                      {"names", std::vector<std::string>{"Олена", "Zoë"}},
                                      {"none", std::vector<std::string>{}}};
  CHECK(texts::fill("{count} of {ids}: {names}{none}.", arguments) == "3 of 1, -2, 3: Олена, Zoë.");
  CHECK(texts::fill("{name}", arguments) == "{count}");  // what was filled in is not read again
  CHECK(texts::fill("{other} {", arguments) == "{other} {");
  CHECK(texts::fill("{{count}}", arguments) == "{3}");
  CHECK(texts::fill("}{}", arguments) == "}{}");
  CHECK(texts::fill("", arguments).empty());
}

TEST_CASE("texts may be read while others are added", "[base][texts][E11]") {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&wrong, i] {
      for (int round = 0; round < 200; ++round) {
        if (i == 0) texts::add("x-thread", R"({"error.disk_full": "full"})");
        const std::string text = texts::get("x-thread", "error.disk_full");
        if (text != "full" && text != "The disk is full.") ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

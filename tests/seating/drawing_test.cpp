// Pictures of halls.
#include "seating_support.hpp"

using namespace frontdesk;
using testing::Cinema;
using testing::refusal;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// Elements close in the order in which they opened, attributes are quoted, nothing is left bare.
void check_xml(const std::string& xml) {
  std::vector<std::string> open;
  std::size_t at = xml.find("?>") + 2;
  while ((at = xml.find('<', at)) != std::string::npos) {
    const std::size_t end = xml.find('>', at);
    REQUIRE(end != std::string::npos);
    const std::string tag = xml.substr(at + 1, end - at - 1);
    REQUIRE_FALSE(tag.empty());
    CHECK(count(tag, "\"") % 2 == 0);
    const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
    if (tag[0] == '/') {
      REQUIRE_FALSE(open.empty());
      CHECK("/" + open.back() == name);
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    at = end;
  }
  CHECK(open.empty());
  for (std::size_t and_at = xml.find('&'); and_at != std::string::npos;
       and_at = xml.find('&', and_at + 1)) {
    CHECK(xml.find(';', and_at) - and_at < 6);
  }
}

}  // namespace

TEST_CASE("every shipped map is drawn as a picture and as text", "[H1]") {
  for (const char* name : {"cinema", "theatre", "club"}) {
    INFO(name);
    Cinema cinema(testing::shipped_map(name));
    auto picture = cinema.desk.anonymous().run(seating::Draw{.map = cinema.map.id});
    CHECK(picture.media_type == "image/svg+xml");
    CHECK(picture.content.find("viewBox=\"") != std::string::npos);
    CHECK(count(picture.content, "<title>") == static_cast<std::size_t>(cinema.map.seats));
    check_xml(picture.content);
    auto text =
        cinema.host().run(seating::Draw{.map = cinema.map.id, .form = seating::DrawingForm::text});
    CHECK(text.media_type.starts_with("text/plain"));
    CHECK(text.content.size() < 6000);
  }
}

TEST_CASE("a session's hall shows what is free, held, blocked and reserved", "[H1][H3]") {
  Cinema cinema;
  cinema.hold({"A-1", "A-2"});
  cinema.host().run(
      seating::Block{.session = cinema.show, .choice = {.seats = {"B-8"}}, .reason = "Broken"});
  cinema.host().run(
      seating::ReserveForChannel{.session = cinema.show, .choice = {.seats = {"B-1"}}});
  seating::Draw draw{.session = cinema.show, .form = seating::DrawingForm::text};
  CHECK(cinema.host().run(draw).content ==
        "[Screen]\n"
        "A hh......\n"
        "B r......#\n"
        "C ........\n"
        "\n"
        ". free: 20\n"
        "h held: 2\n"
        "# blocked: 1\n"
        "r reserved: 1\n");
  draw.channel = seating::Channel::box_office;
  CHECK(cinema.host().run(draw).content.find("B .......#") != std::string::npos);
  draw.form = seating::DrawingForm::svg;
  const std::string picture = cinema.host().run(draw).content;
  check_xml(picture);
  CHECK(picture.find("<title>A-1, standard, held</title>") != std::string::npos);
  CHECK(picture.find("blocked: 1") != std::string::npos);
  CallOptions ukrainian;
  ukrainian.language = "uk";
  CHECK(cinema.host().run(draw, ukrainian).content.find("відкладено: 2") != std::string::npos);
}

TEST_CASE("a standing area shows how many are in it", "[H7]") {
  Cinema club(testing::shipped_map("club"));
  club.host().run(seating::Hold{.session = club.show, .choice = {.area = "Standing", .count = 17}});
  const std::string picture = club.host().run(seating::Draw{.session = club.show}).content;
  CHECK(picture.find("17 / 200") != std::string::npos);
  check_xml(picture);
  auto text =
      club.host().run(seating::Draw{.session = club.show, .form = seating::DrawingForm::text});
  CHECK(text.content.find("(Standing: 17 / 200)") != std::string::npos);
}

TEST_CASE("tables stand in text as in the room, with as much of their names as has room", "[H1]") {
  Cinema club(
      "category S standard\nsection Зал\ntable Стіл: 4S\ntable T22: 2Sa 4S\nspace\n"
      "row A: 3S\n");
  seating::Draw draw{.map = club.map.id, .form = seating::DrawingForm::text};
  CHECK(club.host().run(draw).content ==
        "\nЗал\n"
        "  SS  aaS\n"
        "  Ст  T22\n"
        "  SS  SSS\n"
        "\n"
        "A SSS\n"
        "\nS standard\n");
}

TEST_CASE("names in a picture cannot break out of it", "[H1]") {
  Cinema cinema(
      "category S \"<b>&x\"\nstage \"</text><script>\"\nsection \"A & \\\"B\\\"\"\n"
      "row \"<1>\": 3S\narea \"]]>\": 5S\n");
  const std::string picture = cinema.host().run(seating::Draw{.session = cinema.show}).content;
  check_xml(picture);
  CHECK(picture.find("<script>") == std::string::npos);
  CHECK(picture.find("A &amp; &quot;B&quot;") != std::string::npos);
}

TEST_CASE("one thing is drawn at a time, and only what there is to see", "[H1][A9]") {
  Cinema cinema;
  CHECK(refusal([&] { cinema.host().run(seating::Draw{}); }).reason() == "picture_of_what");
  CHECK(refusal([&] {
          cinema.host().run(seating::Draw{.session = cinema.show, .map = cinema.map.id});
        }).reason() == "picture_of_what");
  SessionId plain = cinema.class_at(testing::at(2026, 3, 3, 10), 5);
  CHECK(refusal([&] { cinema.host().run(seating::Draw{.session = plain}); }).reason() ==
        "session_has_no_seats");
  CHECK(refusal([&] { cinema.host().run(seating::Draw{.map = SeatMapId{99}}); }).reason() ==
        "seat_map_not_found");
}

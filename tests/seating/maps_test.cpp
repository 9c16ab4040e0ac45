// Seat maps as text and as data: what they say, and what is wrong with them.
#include "seating/maps.hpp"
#include "seating_support.hpp"

using namespace frontdesk;
using testing::Cinema;
using testing::refusal;
using testing::shipped_map;

namespace {

const seating::SeatInfo& seat(const seating::MapDetails& details, const std::string& label) {
  auto found = std::find_if(details.seats.begin(), details.seats.end(),
                            [&](const auto& seat) { return seat.label == label; });
  REQUIRE(found != details.seats.end());
  return *found;
}

/// Refused alike as a map of its own and inside a request, which then leaves nothing.
void check_refused(const std::string& text, const std::string& reason, std::int64_t line,
                   std::int64_t column) {
  INFO(text);
  Error error = refusal([&] { seating::build_map(text); });
  CHECK(error.code() == Code::invalid);
  CHECK(error.reason() == reason);
  CHECK(error.field() == "text");
  CHECK(testing::number(error, "line") == line);
  CHECK(testing::number(error, "column") == column);
  CHECK(error.message().find('{') == std::string::npos);
  CHECK(error.in_language("uk").message().find('{') == std::string::npos);
  CHECK(error.in_language("uk").message() != error.message());
}

}  // namespace

TEST_CASE("the shipped cinema has twelve rows and is read seat by seat", "[H1]") {
  Cinema cinema(shipped_map("cinema"));
  auto details = cinema.host().run(seating::GetMap{.map = cinema.map.id});
  CHECK(details.map.seats == 260);
  CHECK(details.map.places == 260);
  CHECK(details.seats.size() == 260);
  const auto& accessible = seat(details, "K-1");
  CHECK(accessible.accessible);
  CHECK(seat(details, "K-3").companion);
  CHECK(seat(details, "M-1").category == "vip");
  CHECK(seat(details, "A-4").x - seat(details, "A-3").x == 20);  // the aisle
  CHECK(seat(details, "B-1").y - seat(details, "A-1").y == 10);
  CHECK(seat(details, "K-1").y - seat(details, "J-1").y == 20);  // the space before it
  CHECK(details.plan.stage == "Screen");
  CHECK(details.focus.x == 125);
}

TEST_CASE("the shipped theatre has a thousand seats and a balcony", "[H1]") {
  Cinema theatre(shipped_map("theatre"));
  auto details = theatre.host().run(seating::GetMap{.map = theatre.map.id});
  CHECK(details.map.seats == 1000);
  CHECK(seat(details, "Balcony A-50").section == "Balcony");
  CHECK(seat(details, "Balcony A-50").x < seat(details, "Balcony A-1").x);  // from the right
  CHECK(seat(details, "Balcony A-1").y > seat(details, "Stalls V-1").y);
  CHECK(std::count_if(details.seats.begin(), details.seats.end(),
                      [](const auto& s) { return s.accessible; }) == 4);
}

TEST_CASE("the shipped club has tables and room to stand", "[H1][H7]") {
  Cinema club(shipped_map("club"));
  auto details = club.host().run(seating::GetMap{.map = club.map.id});
  CHECK(details.map.seats == 56);
  CHECK(details.map.places == 56 + 240);
  CHECK(details.areas.size() == 2);
  CHECK(details.areas[0].name == "Standing");
  CHECK(details.areas[0].first_place == 57);
  CHECK(details.areas[0].places == 200);
  CHECK(details.areas[1].first_place == 257);
  CHECK(seat(details, "Floor T1-4").table == "T1");
  CHECK(seat(details, "Floor T1-4").row.empty());
  CHECK(seat(details, "Floor T1-3").y == seat(details, "Floor T1-1").y + 20);  // across it
}

TEST_CASE("a map is read alike from its text, its print and its data", "[H1]") {
  for (const char* name : {"cinema", "theatre", "club"}) {
    INFO(name);
    const std::string text = shipped_map(name);
    const seating::MapPlan plan = seating::parse_plan(text);
    CHECK(seating::parse_plan(seating::print_plan(plan)) == plan);
    const auto from_text = seating::build_map(text);
    const auto from_data = seating::build_map(plan);
    CHECK(from_data->plan == from_text->plan);
    REQUIRE(from_data->seats.size() == from_text->seats.size());
    for (std::size_t i = 0; i < from_data->seats.size(); ++i) {
      CHECK(from_data->seats[i].label == from_text->seats[i].label);
      CHECK(from_data->seats[i].x == from_text->seats[i].x);
      CHECK(from_data->seats[i].y == from_text->seats[i].y);
    }
  }
  Cinema cinema;
  auto details = cinema.host().run(seating::GetMap{.map = cinema.map.id});
  seating::CreateMap again{.centre = cinema.centre, .name = "As data"};
  again.plan = details.plan;
  auto made = cinema.host().run(again);
  CHECK(made.text == seating::print_plan(details.plan));
  CHECK(cinema.host().run(seating::GetMap{.map = made.id}).plan == details.plan);
}

TEST_CASE("labels, numbers and points may be given", "[H1]") {
  auto map = seating::build_map(
      "category S standard\n"
      "stage \"The \\\"Stage\\\"\" at 5 -50\n"
      "section \"Left wing\" at -200 0\n"
      "row \"Loge 1\" by 2: =101 3S _ =200 2S   # numbers\n"
      "section \"\"\n"
      "row A at 100 40 step 10 2: 3S\n");
  CHECK(map->seats[0].label == "Left wing Loge 1-101");
  CHECK(map->seats[2].label == "Left wing Loge 1-105");
  CHECK(map->seats[3].label == "Left wing Loge 1-200");
  CHECK(map->seats[4].number == "202");
  CHECK(map->seats[0].x == -200);
  CHECK(map->seats[5].label == "A-1");
  CHECK(map->seats[7].x == 120);
  CHECK(map->seats[7].y == 44);
  CHECK(map->plan.stage == "The \"Stage\"");
  CHECK(map->focus.y == -50);
  CHECK(map->find("Loge 1-103") == 1);
  CHECK(map->find("Left wing Loge 1-103") == 1);
  CHECK(map->find("B-1") == seating::Map::none);
}

TEST_CASE("a label without section must name one seat", "[H1]") {
  auto map = seating::build_map("category S s\nsection L\nrow A: 2S\nsection R\nrow A: 2S\n");
  CHECK(map->find("A-1") == seating::Map::ambiguous);
  CHECK(map->find("R A-1") == 2);
}

TEST_CASE("what is wrong with a map's text is told with line and column", "[H1]") {
  const std::string head = "category S standard\n";
  check_refused(head + "row A: 3S %", "map_malformed", 2, 11);
  check_refused(head + "row A 3S", "map_malformed", 2, 7);
  check_refused(head + "row A: 0S", "map_malformed", 2, 8);
  check_refused(head + "row A: S2", "map_malformed", 2, 10);
  check_refused(head + "row : S", "map_malformed", 2, 5);
  check_refused(head + "row \"A: S", "map_malformed", 2, 10);
  check_refused(head + "row Ряд:  S = S", "map_malformed", 2, 15);
  check_refused(head + "chair A: S", "map_malformed", 2, 1);
  check_refused("category s standard\nrow A: S", "map_malformed", 1, 10);
  check_refused(head + "row A at 5: S", "map_malformed", 2, 11);
  check_refused(head + "row A: 99999999999S", "map_malformed", 2, 8);
  check_refused(head + "focus 1 2\nfocus 1 2\nrow A: S", "map_malformed", 3, 1);
  check_refused(head + "row A: S\nspace", "map_malformed", 3, 1);
  check_refused(head + "space 0\nrow A: S", "map_malformed", 2, 1);
  check_refused(head + "table T size 3 4: 2S", "map_malformed", 2, 9);
  check_refused(head + "row A by 101: S", "map_malformed", 2, 7);
}

TEST_CASE("a map that makes no sense is refused, each way by its own reason", "[H1]") {
  const std::string head = "category S standard\n";
  check_refused(head + "row A: 3S P", "map_category_unknown", 2, 11);
  check_refused("row A:\n", "map_without_category", 1, 1);
  check_refused(head, "map_empty", 1, 1);
  check_refused(head + "category S vip\nrow A: S", "map_category_twice", 2, 1);
  check_refused(head + "category P standard\nrow A: S", "map_category_twice", 2, 1);
  check_refused("category S Standard\nrow A: S", "map_category_malformed", 1, 1);
  check_refused(head + "row A: 3_", "map_row_empty", 2, 1);
  check_refused(head + "row A:", "map_row_empty", 2, 1);
  check_refused(head + "table T:", "map_block_empty", 2, 1);
  check_refused(head + "table T: 2S _ 2S", "map_gap_outside_row", 2, 13);
  check_refused(head + "area F: 10S 10Sa", "map_area_malformed", 2, 1);
  check_refused(head + "area F size 5 5: 10S", "map_area_too_small", 2, 1);
  check_refused(head + "area F: 10S\narea F: 10S", "map_area_twice", 3, 1);
  check_refused(head + "section L\nsection R\nrow A: S", "map_section_empty", 2, 1);
  check_refused(head + "section L\nrow A: S\nsection L\nrow B: S", "map_section_twice", 4, 1);
  check_refused(head + "row A: 2S =2 S", "map_label_twice", 2, 11);
  check_refused(head + "row A: 2S\nrow A: 2S", "map_label_twice", 3, 8);
  check_refused(head + "row A by -1: =1 3S", "map_number_invalid", 2, 14);
  check_refused(head + "row A: 2S Sc _ Sa", "map_companion_alone", 2, 11);
  check_refused(head + "row A: Sc 10S Sa", "map_companion_alone", 2, 8);
  check_refused(head + "row A: 3S\nrow B at 14 2: S", "map_seats_overlap", 3, 16);
  check_refused(head + "row A step 3 3: 2S", "map_seats_overlap", 2, 17);
  check_refused(head + "row A: 50000S\nrow B: S", "map_too_many_seats", 3, 1);
  check_refused(head + "row A: 60000S", "map_too_many_seats", 2, 1);
  check_refused(head + "area F: 999999S\narea G: 2S", "map_too_many_places", 3, 1);
  std::string sections = head;
  for (int i = 0; i < 201; ++i) sections += "section " + std::to_string(i) + "\nrow A: S\n";
  check_refused(sections, "map_too_many_sections", 402, 1);
  std::string areas = head;
  for (int i = 0; i < 201; ++i) areas += "area " + std::to_string(i) + ": 5S\n";
  check_refused(areas, "map_too_many_areas", 202, 1);
  check_refused(head + "row A at 1000000 0: 2S", "map_out_of_bounds", 2, 1);
  check_refused(head + "section \"" + std::string(61, 'x') + "\"\nrow A: S", "map_name_malformed",
                2, 1);
  check_refused(head + "row " + std::string(41, 'x') + ": S", "map_name_malformed", 2, 1);
}

TEST_CASE("what is wrong with a map as data is told by its path", "[H1]") {
  seating::MapPlan good = seating::parse_plan(testing::small_map);
  auto refused = [&](auto spoil) {
    seating::MapPlan plan = good;
    spoil(plan);
    Error error = refusal([&] { seating::build_map(plan); });
    CHECK(error.code() == Code::invalid);
    return error.reason() + " " + error.field();
  };
  CHECK(refused([](auto& plan) { plan.categories[1].letter = "p"; }) ==
        "map_letter_invalid plan.categories[1]");
  CHECK(refused([](auto& plan) { plan.sections[0].blocks[1].label = "A"; }) ==
        "map_label_twice plan.sections[0].blocks[1].seats[0]");
  CHECK(refused([](auto& plan) { plan.sections[0].blocks[0].seats[0].category = "gold"; }) ==
        "map_category_unknown plan.sections[0].blocks[0].seats[0]");
  CHECK(refused([](auto& plan) { plan.sections[0].blocks[0].seats[0].count = 0; }) ==
        "map_count_invalid plan.sections[0].blocks[0].seats[0]");
  CHECK(refused([](auto& plan) { plan.sections[0].blocks[2].seats[0].companion = true; }) ==
        "map_seat_both plan.sections[0].blocks[2].seats[0]");
  CHECK(refused([](auto& plan) {
          plan.sections[0].blocks[0].seats.push_back({.count = 1, .accessible = true});
        }) == "map_gap_flagged plan.sections[0].blocks[0].seats[1]");
  CHECK(refused([](auto& plan) { plan.stage = "A\nB"; }) == "map_name_malformed plan");
  CHECK(refused([](auto& plan) { plan.sections[0].blocks.clear(); }) ==
        "map_section_empty plan.sections[0]");
}

TEST_CASE("what a map's text could not say is refused as data too", "[H1]") {
  auto refused = [&](auto spoil) {
    seating::MapPlan plan =
        seating::parse_plan("category S standard\nrow A: S\ntable T: 2S\narea F: 5S\n");
    spoil(plan, plan.sections[0].blocks);
    const Error error = refusal([&] { seating::build_map(plan); });
    CHECK(error.message().find('{') == std::string::npos);
    return error.reason() + " " + error.field();
  };
  const seating::MapPoint point{12, 0};
  const seating::MapPoint far{1'000'001, 0};
  const std::string block = " plan.sections[0].blocks";
  CHECK(refused([&](auto&, auto& b) { b[1].step = point; }) ==
        "map_option_misplaced" + block + "[1]");
  CHECK(refused([&](auto&, auto& b) { b[1].size = point; }) ==
        "map_option_misplaced" + block + "[1]");
  CHECK(refused([&](auto&, auto& b) { b[0].size = point; }) ==
        "map_option_misplaced" + block + "[0]");
  CHECK(refused([&](auto&, auto& b) { b[2].step = point; }) ==
        "map_option_misplaced" + block + "[2]");
  CHECK(refused([&](auto&, auto& b) { b[2].by = 2; }) == "map_option_misplaced" + block + "[2]");
  CHECK(refused([&](auto&, auto& b) { b[0].by = 101; }) == "map_by_invalid" + block + "[0]");
  CHECK(refused([&](auto&, auto& b) { b[0].space_before = -1; }) ==
        "map_space_invalid" + block + "[0]");
  CHECK(refused([&](auto&, auto& b) { b[0].space_before = 101; }) ==
        "map_space_invalid" + block + "[0]");
  CHECK(refused([&](auto&, auto& b) { b[0].step = far; }) == "map_out_of_bounds" + block + "[0]");
  CHECK(refused([&](auto& plan, auto&) { plan.sections[0].at = far; }) ==
        "map_out_of_bounds plan.sections[0]");
  CHECK(refused([&](auto& plan, auto&) { plan.focus = far; }) == "map_out_of_bounds plan");
  CHECK(refused([&](auto& plan, auto&) { plan.stage_at = far; }) == "map_out_of_bounds plan");
}

TEST_CASE("a stage without a name keeps its point, and a byte order mark is passed over", "[H1]") {
  seating::MapPlan plan = seating::parse_plan(
      "\xEF\xBB\xBF"
      "category S standard\nrow A: 3S\n");
  plan.stage_at = seating::MapPoint{5, -40};
  CHECK(seating::parse_plan(seating::print_plan(plan)) == plan);
  check_refused("category S standard\nstage \"\" at 1 1\nstage \"\" at 1 1\nrow A: S",
                "map_malformed", 3, 6);
}

TEST_CASE("fifty thousand seats are read in the time that their number asks", "[H1]") {
  std::string text = "category S standard\n";
  for (int row = 0; row < 250; ++row) text += "row " + std::to_string(row) + ": 200S\n";
  CHECK(seating::build_map(text)->seats.size() == 50'000);
}

TEST_CASE("a map is entered once under a name, by whom the centre allows it", "[H1]") {
  Cinema cinema;
  const auto before = cinema.host().run(seating::Maps{.centre = cinema.centre}).items.size();
  seating::CreateMap request{.centre = cinema.centre, .name = " red "};
  CHECK(refusal([&] { cinema.host().run(request); }).reason() == "map_not_given");
  request.text = testing::small_map;
  CHECK(refusal([&] { cinema.host().run(request); }).reason() == "map_name_taken");
  request.name = "Blue";
  request.plan = seating::parse_plan(testing::small_map);
  CHECK(refusal([&] { cinema.host().run(request); }).reason() == "map_given_twice");
  request.plan.reset();
  CHECK(refusal([&] { cinema.desk.customer().caller.run(request); }).code() == Code::denied);
  Caller stranger = cinema.desk.staff("Moderator", cinema.desk.centre("Elsewhere"));
  CHECK(refusal([&] { stranger.run(request); }).reason() == "centre_not_found");
  request.text = "row A: S";
  CHECK(refusal([&] { cinema.host().run(request); }).reason() == "map_category_unknown");
  CHECK(cinema.host().run(seating::Maps{.centre = cinema.centre}).items.size() == before);
  request.text = testing::small_map;
  CHECK_NOTHROW(cinema.desk.staff("Moderator", cinema.centre).run(request));
}

TEST_CASE("the example of the documentation is a map", "[H1]") {
  std::ifstream file(std::string(std::getenv("FRONTDESK_SOURCE")) + "/docs/seat-maps.md");
  std::ostringstream page;
  page << file.rdbuf();
  std::string text = page.str();
  text = text.substr(text.find("```text\n") + 8);
  text = text.substr(0, text.find("```"));
  auto map = seating::build_map(text);
  CHECK(map->seats.size() == 8 + 10 + 10 + 10 + 10 + 4);
  CHECK(map->places() == 52 + 60);
  CHECK(map->seats[map->find("Balcony A-10")].x < map->seats[map->find("Balcony A-1")].x);
}

TEST_CASE("what follows a table that was put somewhere is below it", "[H1]") {
  auto map = seating::build_map("category S s\ntable T at 0 0: 4S\nrow A: 4S\n");
  CHECK(map->seats[map->find("A-1")].y == 40);
  map = seating::build_map("category S s\ntable T: 4S\ntable U at 500 0: 4S\ntable V: 4S\n");
  CHECK(map->seats[map->find("V-1")].y == 0);  // tables go on side by side
}

TEST_CASE("companions may sit in a row beside an accessible seat, or at its table", "[H1]") {
  CHECK_NOTHROW(seating::build_map("category S s\nrow A: 2S 2Sc Sa Sc\ntable T: Sa 2S Sc\n"));
}

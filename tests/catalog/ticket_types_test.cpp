#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;

namespace {

using Names = std::vector<std::string>;

Names names(const Page<catalog::TicketType>& page) {
  Names found;
  for (const catalog::TicketType& type : page.items) found.push_back(type.name);
  return found;
}

TicketTypeId type_of_all(TestDesk& desk, const std::string& name) {
  return desk.host().run(catalog::CreateTicketType{.name = name}).id;
}

}  // namespace

TEST_CASE("ticket types have conditions, seat categories and an order", "[C6]") {
  TestDesk desk;
  CentreId cinema = desk.centre("Alpha");
  desk.host().run(catalog::CreateTicketType{.name = "Adult", .position = 1});
  catalog::TicketType child =
      desk.host().run(catalog::CreateTicketType{.centre = cinema,
                                                .name = " Дитячий ",
                                                .description = "Для дітей",
                                                .condition = "З дорослим",
                                                .min_age = 3,
                                                .max_age = 11,
                                                .seat_categories = {" Standard", "PREMIUM"},
                                                .position = 2,
                                                .external_ref = "T-1"});
  CHECK(child.version == 1);
  CHECK(child.name == "Дитячий");
  CHECK(child.condition == "З дорослим");
  CHECK(child.seat_categories == Names{"standard", "premium"});
  desk.host().run(catalog::CreateTicketType{.centre = cinema,
                                            .name = "Student",
                                            .condition = "Student card",
                                            .min_age = 16,
                                            .seat_categories = {"standard"},
                                            .position = 3});
  desk.host().run(catalog::CreateTicketType{
      .centre = cinema, .name = "VIP", .seat_categories = {"vip"}, .position = 0});

  Caller anyone = desk.anonymous();
  CHECK(names(anyone.run(catalog::TicketTypes{.centre = cinema})) ==
        Names{"VIP", "Adult", "Дитячий", "Student"});
  CHECK(names(anyone.run(catalog::TicketTypes{.centre = cinema, .age = 11})) ==
        Names{"VIP", "Adult", "Дитячий"});
  CHECK(names(anyone.run(catalog::TicketTypes{.centre = cinema, .age = 2})) ==
        Names{"VIP", "Adult"});
  CHECK(names(anyone.run(catalog::TicketTypes{.centre = cinema, .age = 16})) ==
        Names{"VIP", "Adult", "Student"});
  CHECK(names(anyone.run(catalog::TicketTypes{.centre = cinema, .seat_category = "Premium"})) ==
        Names{"Adult", "Дитячий"});
  CHECK(names(anyone.run(catalog::TicketTypes{.search = "дит"})) == Names{"Дитячий"});
  // Another centre sells its own and those of all.
  CHECK(names(anyone.run(catalog::TicketTypes{.centre = desk.centre("Beta")})) == Names{"Adult"});

  catalog::TicketTypes page{.limit = 3};
  Page<catalog::TicketType> first = anyone.run(page);
  REQUIRE(first.next);
  page.cursor = first.next;
  CHECK(names(anyone.run(page)) == Names{"Student"});

  catalog::TicketType changed = desk.host().run(
      catalog::UpdateTicketType{.ticket_type = child.id,
                                .version = 1,
                                .condition = std::nullopt,
                                .min_age = std::nullopt,
                                .max_age = 13,
                                .seat_categories = std::vector<std::string>{"standard"},
                                .position = 7});
  CHECK(changed.version == 2);
  CHECK_FALSE(changed.condition);
  CHECK_FALSE(changed.min_age);
  CHECK(changed.max_age == 13);
  CHECK(changed.seat_categories == Names{"standard"});
  CHECK(changed.description == "Для дітей");
}

TEST_CASE("ticket types that cannot be are refused", "[C6][E13]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TicketTypeId adult = type_of_all(desk, "Adult");
  desk.host().run(
      catalog::CreateTicketType{.centre = centre, .name = "Child", .external_ref = "T-1"});
  auto refused = [&](const catalog::CreateTicketType& request) {
    return refusal([&] { desk.host().run(request); });
  };
  Error taken = refused({.name = "ADULT"});
  CHECK(taken.code() == Code::conflict);
  CHECK(taken.reason() == "ticket_type_name_taken");
  CHECK(taken.message() == "There is a ticket type of this name already.");
  CHECK(desk.host().run(catalog::CreateTicketType{.centre = centre, .name = "Adult"}).id);
  Error ages = refused({.name = "X", .min_age = 12, .max_age = 11});
  CHECK(ages.reason() == "ages_reversed");
  CHECK(ages.message() == "The oldest age, 11, is below the youngest, 12.");
  Error spaces = refused({.name = "X", .seat_categories = {"vip", "front row"}});
  CHECK(spaces.reason() == "seat_category_malformed");
  CHECK(spaces.field() == "seat_categories[1]");
  CHECK(refused({.name = "X", .seat_categories = {" "}}).reason() == "seat_category_malformed");
  CHECK(refused({.name = "X", .seat_categories = {std::string(41, 'a')}}).reason() ==
        "seat_category_malformed");
  Error twice = refused({.name = "X", .seat_categories = {"vip", "VIP"}});
  CHECK(twice.reason() == "seat_category_twice");
  CHECK(twice.message() == "The seat category “vip” is given twice.");
  CHECK(refused({.name = "X", .external_ref = "T-1"}).reason() == "external_ref_taken");
  CHECK(refused({.name = " "}).reason() == "field_missing");
  CHECK(refused({.centre = CentreId{99}, .name = "X"}).reason() == "centre_not_found");
  CHECK(refusal([&] {
          desk.host().run(
              catalog::UpdateTicketType{.ticket_type = adult, .version = 9, .name = "X"});
        }).reason() == "version_outdated");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateTicketType{.ticket_type = adult, .name = std::nullopt});
        }).reason() == "field_missing");
  CHECK(refusal([&] {
          desk.anonymous().run(catalog::TicketTypes{.seat_category = "front row"});
        }).reason() == "seat_category_malformed");
  desk.host().run(catalog::ArchiveCentre{.centre = centre});
  CHECK(refused({.centre = centre, .name = "X"}).reason() == "centre_archived");
}

TEST_CASE("ticket types of all centres belong to the platform", "[C6][A9]") {
  TestDesk desk;
  CentreId own = desk.centre("Alpha");
  CentreId foreign = desk.centre("Beta");
  Caller partner = desk.staff("Partner", own);
  TicketTypeId adult = type_of_all(desk, "Adult");
  TicketTypeId mine = partner.run(catalog::CreateTicketType{.centre = own, .name = "Child"}).id;
  TicketTypeId theirs =
      desk.host().run(catalog::CreateTicketType{.centre = foreign, .name = "Child"}).id;
  CHECK(partner.run(catalog::UpdateTicketType{.ticket_type = mine, .max_age = 9}).max_age == 9);
  CHECK(refusal([&] { partner.run(catalog::CreateTicketType{.name = "Child"}); }).reason() ==
        "permission_denied");
  CHECK(refusal([&] {
          partner.run(catalog::UpdateTicketType{.ticket_type = adult, .max_age = 9});
        }).reason() == "permission_denied");
  CHECK(refusal([&] { partner.run(catalog::ArchiveTicketType{.ticket_type = adult}); }).code() ==
        Code::denied);
  Error stranger =
      refusal([&] { partner.run(catalog::UpdateTicketType{.ticket_type = theirs, .max_age = 9}); });
  CHECK(stranger.reason() == "ticket_type_not_found");
  CHECK(stranger.message() ==
        refusal([&] {
          partner.run(catalog::UpdateTicketType{.ticket_type = TicketTypeId{99}, .max_age = 9});
        }).message());
  CHECK(refusal([&] {
          partner.run(catalog::CreateTicketType{.centre = foreign, .name = "X"});
        }).reason() == "centre_not_found");
}

TEST_CASE("a ticket type is archived and taken back", "[C6][C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  TicketTypeId type =
      desk.host().run(catalog::CreateTicketType{.centre = centre, .name = "Child"}).id;
  CHECK(refusal([&] {
          desk.host().run(catalog::RestoreTicketType{.ticket_type = type});
        }).reason() == "ticket_type_in_use");
  CHECK(desk.host().run(catalog::ArchiveTicketType{.ticket_type = type}).archived_at ==
        desk.clock.now());
  CHECK(refusal([&] {
          desk.host().run(catalog::ArchiveTicketType{.ticket_type = type});
        }).reason() == "ticket_type_archived");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateTicketType{.ticket_type = type, .max_age = 3});
        }).reason() == "ticket_type_archived");
  CHECK(desk.anonymous().run(catalog::TicketTypes{}).items.empty());
  CHECK(desk.anonymous().run(catalog::TicketTypes{.archived = true}).items.empty());
  CHECK(names(desk.host().run(catalog::TicketTypes{.archived = true})) == Names{"Child"});
  TicketTypeId other =
      desk.host().run(catalog::CreateTicketType{.centre = centre, .name = "Child"}).id;
  CHECK(refusal([&] {
          desk.host().run(catalog::RestoreTicketType{.ticket_type = type});
        }).reason() == "ticket_type_name_taken");
  desk.host().run(catalog::ArchiveTicketType{.ticket_type = other});
  CHECK(desk.host().run(catalog::RestoreTicketType{.ticket_type = type}).version == 3);
  desk.host().run(catalog::ArchiveCentre{.centre = centre});
  desk.host().run(catalog::ArchiveTicketType{.ticket_type = type});
  CHECK(refusal([&] {
          desk.host().run(catalog::RestoreTicketType{.ticket_type = type});
        }).reason() == "centre_archived");
}

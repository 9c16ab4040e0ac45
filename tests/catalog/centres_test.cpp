#include "support.hpp"

#include <catch2/catch.hpp>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;
using namespace std::chrono_literals;

namespace {

catalog::CreateCentre sunrise() {
  return {.name = "  Сонячна студія ",
          .subtitle = "Пілатес і не тільки",
          .description = "Три зали біля метро.",
          .logo = "sunrise.png",
          .city = "Київ",
          .address = "вул. Саксаганського, 5",
          .phone = "+380 (67) 123-45-67",
          .email = "Info@Sunrise.example",
          .web = "https://sunrise.example",
          .zone = "Europe/Kyiv",
          .currency = "UAH",
          .opening_hours = {{.weekday = 6, .opens = 600, .closes = 1080},
                            {.weekday = 1, .opens = 480, .closes = 1260}},
          .external_ref = "K-1"};
}

std::vector<std::string> names(const Page<catalog::Centre>& page) {
  std::vector<std::string> found;
  for (const catalog::Centre& centre : page.items) found.push_back(centre.name);
  return found;
}

std::vector<std::string> topics(TestDesk& desk) {
  std::vector<std::string> found;
  for (const auto& event : desk.host().run(events::Since{.limit = 500}).items) {
    if (event.topic.starts_with("catalog.")) found.push_back(event.topic);
  }
  return found;
}

}  // namespace

TEST_CASE("a centre keeps everything that C1 names", "[C1]") {
  TestDesk desk;
  AccountId manager = desk.customer("Ihor").account;
  catalog::CreateCentre request = sunrise();
  request.manager = manager;
  catalog::Centre made = desk.admin().run(request);

  CHECK(made.version == 1);
  catalog::Centre centre = desk.anonymous().run(catalog::GetCentre{.centre = made.id});
  CHECK(centre.name == "Сонячна студія");
  CHECK(centre.subtitle == "Пілатес і не тільки");
  CHECK(centre.description == "Три зали біля метро.");
  CHECK(centre.logo == "sunrise.png");
  CHECK(centre.city == "Київ");
  CHECK(centre.address == "вул. Саксаганського, 5");
  CHECK(centre.phone == "+380671234567");
  CHECK(centre.email == "info@sunrise.example");
  CHECK(centre.web == "https://sunrise.example");
  CHECK(centre.manager == manager);
  CHECK(centre.zone == "Europe/Kyiv");
  CHECK(centre.currency == "UAH");
  REQUIRE(centre.opening_hours.size() == 2);
  CHECK(centre.opening_hours[0] == catalog::OpeningHours{1, 480, 1260});
  CHECK(centre.opening_hours[1] == catalog::OpeningHours{6, 600, 1080});
  CHECK(centre.active);
  CHECK(centre.external_ref == "K-1");
  CHECK(centre.created_at == desk.clock.now());
  CHECK_FALSE(centre.archived_at);
  CHECK(topics(desk) == std::vector<std::string>{"catalog.centre_created"});
}

TEST_CASE("a centre that cannot be is refused, each fault with its own reason", "[C1][E16]") {
  TestDesk desk;
  Caller host = desk.host();
  auto refused = [&](auto change) {
    catalog::CreateCentre request = sunrise();
    change(request);
    return refusal([&] { host.run(request); });
  };

  Error blank = refused([](auto& centre) { centre.name = " \t"; });
  CHECK(blank.code() == Code::invalid);
  CHECK(blank.reason() == "field_missing");
  CHECK(blank.field() == "name");
  Error phone = refused([](auto& centre) { centre.phone = "call us"; });
  CHECK(phone.reason() == "phone_malformed");
  CHECK(phone.message() ==
        "This is not a phone number. Write it with its country, such as +380 67 123 45 67.");
  CHECK(refused([](auto& centre) { centre.email = "nobody"; }).reason() == "email_malformed");
  Error web = refused([](auto& centre) { centre.web = "javascript:alert(1)"; });
  CHECK(web.reason() == "web_malformed");
  CHECK(web.field() == "web");
  Error zone = refused([](auto& centre) { centre.zone = "Europe/Atlantis"; });
  CHECK(zone.reason() == "zone_unknown");
  CHECK(zone.message() == "There is no time zone “Europe/Atlantis”.");
  for (const char* code : {"uah", "XXX", "HRK", "ABC"}) {
    Error currency = refused([&](auto& centre) { centre.currency = code; });
    CHECK(currency.reason() == "currency_unknown");
    CHECK(currency.field() == "currency");
  }
  CHECK(refused([](auto& centre) { centre.manager = AccountId{4711}; }).reason() ==
        "account_not_found");
  CHECK(host.run(catalog::Centres{}).items.empty());

  host.run(sunrise());
  Error taken = refused([](auto&) {});
  CHECK(taken.code() == Code::conflict);
  CHECK(taken.reason() == "external_ref_taken");
  CHECK(taken.field() == "external_ref");
}

TEST_CASE("opening hours may pass midnight and never overlap", "[C1]") {
  TestDesk desk;
  auto with = [&](std::vector<catalog::OpeningHours> hours) {
    catalog::CreateCentre request = sunrise();
    request.external_ref.reset();
    request.opening_hours = std::move(hours);
    return desk.host().try_run(request);
  };
  CHECK(with({}));
  CHECK(with({{1, 0, 1440}, {2, 0, 1440}}));      // round the clock, adjacent days
  CHECK(with({{5, 1080, 1560}, {6, 120, 600}}));  // until two at night, open again at two
  CHECK(with({{1, 540, 780}, {1, 780, 1080}}));   // adjacent on one day
  CHECK(with({{7, 600, 1800}}));                  // until six on Monday morning

  Outcome<catalog::Centre> order = with({{1, 540, 1080}, {2, 700, 700}});
  REQUIRE_FALSE(order);
  CHECK(order.error().reason() == "opening_hours_order");
  CHECK(order.error().field() == "opening_hours[1].closes");
  Outcome<catalog::Centre> same_day = with({{1, 540, 780}, {1, 779, 1080}});
  REQUIRE_FALSE(same_day);
  CHECK(same_day.error().reason() == "opening_hours_overlap");
  CHECK(same_day.error().field() == "opening_hours[1]");
  CHECK_FALSE(with({{5, 1080, 1560}, {6, 119, 600}}));  // the night reaches into the morning
  CHECK_FALSE(with({{7, 600, 1800}, {1, 300, 600}}));   // also from Sunday into Monday
  CHECK_FALSE(with({{3, 0, 1440}, {3, 0, 1440}}));      // twice the same
  Outcome<catalog::Centre> weekday = with({{8, 540, 1080}});
  REQUIRE_FALSE(weekday);
  CHECK(weekday.error().reason() == "out_of_range");
  CHECK(weekday.error().field() == "opening_hours[0].weekday");
  CHECK_FALSE(with({{1, 540, 1801}}));
}

TEST_CASE("changing a centre keeps what is not given and counts versions", "[C1][E13]") {
  TestDesk desk;
  catalog::Centre before = desk.host().run(sunrise());
  catalog::Centre after = desk.host().run(catalog::UpdateCentre{
      .centre = before.id, .version = 1, .subtitle = std::nullopt, .zone = "Asia/Almaty"});
  CHECK(after.version == 2);
  CHECK_FALSE(after.subtitle);
  CHECK(after.zone == "Asia/Almaty");
  CHECK(after.name == before.name);
  CHECK(after.opening_hours == before.opening_hours);
  CHECK(after.external_ref == "K-1");

  Error outdated = refusal([&] {
    desk.host().run(catalog::UpdateCentre{.centre = before.id, .version = 1, .city = "Львів"});
  });
  CHECK(outdated.code() == Code::conflict);
  CHECK(outdated.reason() == "version_outdated");
  CHECK(std::get<std::int64_t>(outdated.details().at("current")) == 2);

  Error emptied = refusal(
      [&] { desk.host().run(catalog::UpdateCentre{.centre = before.id, .name = std::nullopt}); });
  CHECK(emptied.reason() == "field_missing");
  CHECK(emptied.field() == "name");
  CHECK(desk.host().run(catalog::GetCentre{.centre = before.id}).version == 2);

  catalog::Centre priced = desk.host().run(
      catalog::UpdateCentre{.centre = before.id, .manager = std::nullopt, .currency = "KZT"});
  CHECK(priced.currency == "KZT");  // nothing is priced yet
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateCentre{.centre = CentreId{99}, .city = "Львів"});
        }).reason() == "centre_not_found");
}

TEST_CASE("everyone sees active centres, managers also the others of their reach", "[C1][A9]") {
  TestDesk desk;
  CentreId shown = desk.centre("Alpha");
  CentreId hidden = desk.centre("Beta");
  CentreId other = desk.centre("Gamma");
  for (CentreId centre : {hidden, other}) {
    desk.host().run(catalog::UpdateCentre{.centre = centre, .active = false});
  }
  Caller partner = desk.staff("Partner", hidden);
  Caller customer = desk.customer().caller;

  CHECK(names(desk.anonymous().run(catalog::Centres{})) == std::vector<std::string>{"Alpha"});
  CHECK(names(customer.run(catalog::Centres{})) == std::vector<std::string>{"Alpha"});
  CHECK(names(partner.run(catalog::Centres{})) == std::vector<std::string>{"Alpha", "Beta"});
  CHECK(names(desk.admin().run(catalog::Centres{})) ==
        std::vector<std::string>{"Alpha", "Beta", "Gamma"});
  CHECK(names(partner.run(catalog::Centres{.active = false})) == std::vector<std::string>{"Beta"});
  CHECK(desk.anonymous().run(catalog::Centres{.active = false}).items.empty());

  CHECK(partner.run(catalog::GetCentre{.centre = hidden}).name == "Beta");
  CHECK(customer.run(catalog::GetCentre{.centre = shown}).name == "Alpha");
  Error stranger = refusal([&] { partner.run(catalog::GetCentre{.centre = other}); });
  Error missing = refusal([&] { partner.run(catalog::GetCentre{.centre = CentreId{999}}); });
  CHECK(stranger.code() == Code::not_found);
  CHECK(stranger.reason() == missing.reason());
  CHECK(stranger.message() == missing.message());
  CHECK(stranger.field() == missing.field());
  CHECK(stranger.details() == missing.details());
}

TEST_CASE("who may create and change centres", "[C1][A9]") {
  TestDesk desk;
  CentreId own = desk.centre("Alpha");
  CentreId foreign = desk.centre("Beta");
  Caller partner = desk.staff("Partner", own);

  CHECK(partner.run(catalog::UpdateCentre{.centre = own, .city = "Одеса"}).city == "Одеса");
  CHECK(refusal([&] {
          partner.run(catalog::UpdateCentre{.centre = foreign, .city = "Одеса"});
        }).reason() == "centre_not_found");
  CHECK(refusal([&] { partner.run(sunrise()); }).reason() == "permission_denied");
  CHECK(refusal([&] { desk.customer().caller.run(sunrise()); }).code() == Code::denied);
  CHECK(refusal([&] { desk.anonymous().run(sunrise()); }).code() == Code::unauthenticated);
  // An Admin of one centre is none of the platform.
  CHECK(refusal([&] { desk.staff("Admin", own).run(sunrise()); }).reason() == "permission_denied");

  AccountId stranger = desk.customer("Ihor").account;
  CHECK(refusal([&] {
          partner.run(catalog::UpdateCentre{.centre = own, .manager = stranger});
        }).reason() == "account_not_found");
}

TEST_CASE("centres are searched by text, city and state, whatever the case", "[C1][E12][E18]") {
  TestDesk desk;
  for (const auto& [name, city] : std::vector<std::pair<std::string, std::string>>{
           {"Їжачок", "Київ"}, {"Аврора", "Львів"}, {"Ялинка", "Київ"}, {"Zebra", "London"}}) {
    desk.host().run(catalog::CreateCentre{
        .name = name, .city = city, .zone = "Europe/Kyiv", .currency = "UAH"});
  }
  Caller anyone = desk.anonymous();
  using Names = std::vector<std::string>;
  CHECK(names(anyone.run(catalog::Centres{.search = "ЇЖАЧ"})) == Names{"Їжачок"});
  CHECK(names(anyone.run(catalog::Centres{.search = "київ"})) == Names{"Їжачок", "Ялинка"});
  CHECK(names(anyone.run(catalog::Centres{.search = "%"})).empty());
  CHECK(names(anyone.run(catalog::Centres{.city = " КИЇВ "})) == Names{"Їжачок", "Ялинка"});
  CHECK(names(anyone.run(catalog::Centres{.order = catalog::CentreOrder::city})) ==
        Names{"Zebra", "Їжачок", "Ялинка", "Аврора"});
  CHECK(names(anyone.run(catalog::Centres{.order = catalog::CentreOrder::newest})).front() ==
        "Zebra");

  catalog::Centres request{.limit = 3};
  Page<catalog::Centre> first = anyone.run(request);
  REQUIRE(first.next);
  CHECK(names(first) == Names{"Zebra", "Аврора", "Їжачок"});
  desk.host().run(catalog::CreateCentre{
      .name = "Барвінок", .city = "Київ", .zone = "Europe/Kyiv", .currency = "UAH"});
  request.cursor = first.next;
  Page<catalog::Centre> second = anyone.run(request);
  CHECK(names(second) == Names{"Ялинка"});
  CHECK_FALSE(second.next);
  request.city = "Київ";
  CHECK(refusal([&] { anyone.run(request); }).reason() == "cursor_foreign");
  request.cursor = "nonsense!";
  CHECK(refusal([&] { anyone.run(request); }).reason() == "cursor_malformed");
}

TEST_CASE("an archived centre is kept, shown to its managers and no longer changed", "[C1][C9]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  catalog::Centre archived = desk.host().run(catalog::ArchiveCentre{.centre = centre});
  CHECK(archived.archived_at == desk.clock.now());
  CHECK_FALSE(archived.active);
  CHECK(desk.host().run(catalog::Centres{}).items.empty());
  CHECK(names(desk.host().run(catalog::Centres{.archived = true})) ==
        std::vector<std::string>{"Alpha"});
  CHECK(desk.anonymous().run(catalog::Centres{.archived = true}).items.empty());
  CHECK(refusal([&] { desk.anonymous().run(catalog::GetCentre{.centre = centre}); }).code() ==
        Code::not_found);
  CHECK(refusal([&] { desk.host().run(catalog::ArchiveCentre{.centre = centre}); }).reason() ==
        "centre_archived");
  CHECK(refusal([&] {
          desk.host().run(catalog::UpdateCentre{.centre = centre, .active = true});
        }).reason() == "centre_archived");
  CHECK(topics(desk) ==
        std::vector<std::string>{"catalog.centre_created", "catalog.centre_archived"});
}

TEST_CASE("a preview enters no centre", "[C1][E3]") {
  TestDesk desk;
  CHECK(desk.host().preview(sunrise()).name == "Сонячна студія");
  CHECK(desk.host().run(catalog::Centres{}).items.empty());
}

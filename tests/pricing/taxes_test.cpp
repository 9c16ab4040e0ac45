#include <catch2/catch.hpp>

#include "pricing_support.hpp"

using namespace frontdesk;
using pricing::FeePer;
using testing::on;
using testing::refusal;
using testing::Shop;
using testing::sum_of_parts;
using testing::uah;

TEST_CASE("tax that prices contain is a part of the total", "[D9]") {
  Shop shop;
  shop.price(12'000);
  shop.host().run(shop.tax(2'000, true));
  pricing::Quote quote = shop.quote(shop.evening);
  CHECK(quote.total == uah(12'000));
  CHECK(quote.tax == uah(2'000));  // 12,000 × 20 / 120
  CHECK(quote.lines[0].tax_basis_points == 2'000);
  CHECK(quote.lines[0].tax_included);
  CHECK(sum_of_parts(quote) == quote.total.minor);
}

TEST_CASE("tax that is added comes on top of each line", "[D9]") {
  Shop shop;
  shop.price(9'999);
  shop.host().run(shop.tax(725, false));
  shop.host().run(shop.fee("3D", 1'001));
  pricing::Quote quote = shop.quote(shop.evening, {{}, {}});
  // 7.25 % of 99.99 is 7.249, of 10.01 is 0.726: rounded by line.
  CHECK(quote.lines[0].tax == uah(725));
  CHECK(quote.lines[0].total == uah(10'724));
  CHECK(quote.fees[0].tax == uah(73));
  CHECK(quote.tax == uah(2 * 725 + 2 * 73));
  CHECK(quote.total == uah(2 * 10'724 + 2 * 1'074));
  CHECK(sum_of_parts(quote) == quote.total.minor);
}

TEST_CASE("halves go up, or to the even neighbour by setting of the centre", "[D8][D9]") {
  Shop shop;
  shop.price(250);
  shop.host().run(shop.tax(1'000, false));
  CHECK(shop.quote(shop.evening).tax == uah(25));
  shop.price(125);
  CHECK(shop.quote(shop.evening).tax == uah(13));  // 12.5
  shop.host().run(shop.rule("Half", -5'000));      // 62.5 off
  CHECK(shop.quote(shop.evening).subtotal == uah(62));

  shop.host().run(
      upkeep::ChangeSetting{.name = "money.round_half_even", .centre = shop.centre, .value = 1});
  pricing::Quote quote = shop.quote(shop.evening);
  CHECK(quote.subtotal == uah(63));  // 62 off
  shop.host().run(pricing::EndRule{.rule = quote.lines[0].adjustments.at(0).rule});
  CHECK(shop.quote(shop.evening).tax == uah(12));  // 12.5 to the even one
  shop.price(135);
  CHECK(shop.quote(shop.evening).tax == uah(14));  // 13.5
}

TEST_CASE("the more exact rate holds: activity and kind of line, activity, kind, centre", "[D9]") {
  Shop shop;
  shop.price(10'000);
  shop.host().run(shop.fee("Booking fee", 1'000, FeePer::order));
  auto set = [&](std::int64_t basis_points, ActivityId activity,
                 std::optional<pricing::Taxed> taxed) {
    pricing::SetTaxRate rate = shop.tax(basis_points, false);
    rate.activity = activity;
    rate.taxed = taxed;
    shop.host().run(rate);
  };
  auto rates = [&] {
    pricing::Quote quote = shop.quote(shop.evening);
    return std::pair(quote.lines[0].tax_basis_points, quote.fees[0].tax_basis_points);
  };
  using Pair = std::pair<std::int64_t, std::int64_t>;
  CHECK(rates() == Pair{0, 0});
  set(2'000, {}, std::nullopt);
  CHECK(rates() == Pair{2'000, 2'000});
  set(1'000, {}, pricing::Taxed::fees);
  CHECK(rates() == Pair{2'000, 1'000});
  set(700, shop.pilates, std::nullopt);
  CHECK(rates() == Pair{700, 700});
  set(500, shop.pilates, pricing::Taxed::tickets);
  CHECK(rates() == Pair{500, 700});
  set(100, shop.activity("Yoga"), std::nullopt);
  CHECK(rates() == Pair{500, 700});
}

TEST_CASE("a rate holds from one local day of the sale to another", "[D9]") {
  Shop shop;
  shop.price(10'000);
  shop.host().run(shop.tax(2'000, false));
  pricing::SetTaxRate next = shop.tax(2'100, false);
  next.first_date = on(2026, 3, 3);
  pricing::TaxRate second = shop.host().run(next);

  auto listed = shop.host().run(pricing::TaxRates{.centre = shop.centre}).items;
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].last_date == on(2026, 3, 2));  // the one before ends the day before
  CHECK(listed[0].version == 2);
  CHECK(shop.quote(shop.evening).tax == uah(2'000));
  shop.desk.clock += std::chrono::hours{13};  // midnight in Kyiv
  CHECK(shop.quote(shop.evening).tax == uah(2'100));
  CHECK(shop.host()
            .run(pricing::TaxRates{.centre = shop.centre, .on = on(2026, 3, 2)})
            .items.size() == 1);

  pricing::EndTaxRate end{.tax_rate = second.id, .last_date = on(2026, 3, 2)};
  CHECK(refusal([&] { shop.host().run(end); }).reason() == "window_backwards");
  end.last_date = on(2026, 3, 3);
  shop.host().run(end);
  CHECK(shop.quote(shop.evening).tax == uah(2'100));
  shop.desk.clock += std::chrono::hours{24};
  CHECK(shop.quote(shop.evening).tax == uah(0));
  CHECK(refusal([&] { shop.host().run(end); }).reason() == "tax_rate_ended");
}

TEST_CASE("a tax rate that cannot be is refused, and nothing changes", "[D9]") {
  Shop shop;
  pricing::SetTaxRate year = shop.tax(2'000, true);
  year.last_date = on(2026, 12, 31);
  TaxRateId id = shop.host().run(year).id;
  pricing::SetTaxRate rate = shop.tax(1'000, true);
  std::string reason;
  SECTION("over another") {
    rate.first_date = on(2026, 12, 31);
    reason = "tax_rate_overlaps";
  }
  SECTION("around another") {
    rate.first_date = on(2025, 1, 1);
    reason = "tax_rate_overlaps";
  }
  SECTION("ending before it begins") {
    rate.first_date = on(2027, 2, 1);
    rate.last_date = on(2027, 1, 31);
    reason = "window_backwards";
  }
  SECTION("more than all") {
    rate.basis_points = 10'001;
    reason = "out_of_range";
  }
  SECTION("of an activity that does not exist") {
    rate.activity = ActivityId{999};
    reason = "activity_not_found";
  }
  CHECK(refusal([&] { shop.host().run(rate); }).reason() == reason);
  auto listed = shop.host().run(pricing::TaxRates{.centre = shop.centre}).items;
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].version == 1);

  pricing::EndTaxRate past{.tax_rate = id, .last_date = on(2026, 3, 1)};
  CHECK(refusal([&] { shop.host().run(past); }).reason() == "date_past");
  past.version = 2;
  CHECK(refusal([&] { shop.host().run(past); }).reason() == "version_outdated");
  Caller there = shop.desk.staff("Moderator", shop.desk.centre("Elsewhere"));
  CHECK(refusal([&] { there.run(past); }).reason() == "tax_rate_not_found");
  rate = shop.tax(1'000, true);
  rate.first_date = on(2027, 1, 1);
  CHECK_NOTHROW(shop.host().run(rate));  // the day after
}

TEST_CASE("a rate may be for a category and all below it; the nearest holds", "[D9][C3]") {
  Shop shop;
  auto category = [&](const std::string& name, CategoryId parent = {}) {
    catalog::CreateCategory request;
    request.name = name;
    request.parent = parent;
    return shop.host().run(request).id;
  };
  const CategoryId sport = category("Sport");
  const CategoryId gym = category("Gym", sport);
  const CategoryId health = category("Health");
  auto give = [&](std::vector<CategoryId> categories) {
    catalog::UpdateActivity request;
    request.activity = shop.pilates;
    request.categories = std::move(categories);
    shop.host().run(request);
  };
  auto set = [&](std::int64_t basis_points, CategoryId of) {
    pricing::SetTaxRate rate = shop.tax(basis_points, false);
    rate.category = of;
    return shop.host().run(rate);
  };
  auto rate = [&] { return shop.quote(shop.evening).lines[0].tax_basis_points; };
  shop.price(10'000);
  shop.host().run(shop.tax(2'000, false));
  CHECK(set(1'000, sport).category == sport);
  CHECK(rate() == 2'000);  // it has no category
  give({gym});
  CHECK(rate() == 1'000);  // of what is above
  set(700, gym);
  CHECK(rate() == 700);
  set(500, health);
  give({health, gym});
  CHECK(rate() == 500);  // the main category first
  give({sport, gym});
  CHECK(rate() == 1'000);
  give({gym, health});
  catalog::MoveCategory move;
  move.category = gym;
  move.parent = health;
  shop.host().run(move);
  CHECK(rate() == 700);
  pricing::SetTaxRate own = shop.tax(300, false);
  own.activity = shop.pilates;
  shop.host().run(own);
  CHECK(rate() == 300);

  own.category = gym;
  CHECK(refusal([&] { shop.host().run(own); }).reason() == "activity_or_category");
  CHECK(refusal([&] { set(100, CategoryId{999}); }).reason() == "category_not_found");
  shop.host().run(catalog::ArchiveCategory{.category = sport});
  CHECK(refusal([&] { set(100, sport); }).reason() == "category_archived");
  pricing::SetTaxRate again = shop.tax(800, false);
  again.category = gym;
  CHECK(refusal([&] { shop.host().run(again); }).reason() == "tax_rate_overlaps");
}

/// A till: one thing that costs 100.00 in each operation that takes tenders, to be paid by gift
/// card or with points.
#pragma once

#include "offers_support.hpp"

#include <frontdesk/bookings_courses.hpp>
#include <frontdesk/bookings_many.hpp>

namespace frontdesk::testing {

inline money::Tender by_card(const std::string& code, std::optional<std::int64_t> minor = {}) {
  money::Tender tender;
  tender.method = money::PaymentMethod::gift_card;
  if (!code.empty()) tender.code = code;
  if (minor) tender.amount = uah(*minor);
  return tender;
}
inline money::Tender by_points(std::optional<std::int64_t> minor = {}) {
  money::Tender tender;
  tender.method = money::PaymentMethod::points;
  if (minor) tender.amount = uah(*minor);
  return tender;
}

/// An operation that takes a tender for something that costs 100.00.
struct Way {
  const Operation* operation = nullptr;
  std::function<void(const money::Tender&)> pay{};
};

/// Olena owes for a booking, and could book or buy more; each thing costs 100.00.
struct Till : Market {
  TestDesk::Customer olena = customer();
  TestDesk::Customer petro = customer("Petro");
  Caller nobody = desk.anonymous();
  SessionId other = session(at(2026, 3, 9, 18));
  bookings::Booking owing{};
  CourseId course{};
  PlanId month{};

  Till() {
    set("pricing.points_enabled", 1);
    set("bookings.online_guests", 1);
    owing = olena.caller.run(unpaid(show));
    bookings::CreateCourse drawing;
    drawing.centre = centre;
    drawing.name = "Drawing";
    drawing.price = uah(10'000);
    drawing.sessions = {{.session = other}};
    course = host().run(drawing).id;
    plans::CreatePlan plan;
    plan.centre = centre;
    plan.name = "Month";
    plan.active = true;
    plan.terms.price = uah(10'000);
    plan.terms.months = 1;
    plan.terms.all_activities = true;
    month = host().run(plan).id;
  }

  pricing::GiftCard card(std::int64_t minor, std::vector<money::Tender> tenders = {Market::card()},
                         CentreId of = {}) const {
    pricing::SellGiftCard request;
    request.centre = of ? of : centre;
    request.amount = uah(minor);
    request.tenders = std::move(tenders);
    return host().run(request);
  }
  void give(ClientId client, std::int64_t points) const {
    host().run(pricing::AdjustPoints{.client = client, .points = points, .reason = "Gift"});
  }

  std::vector<Way> ways_of_clients() const {
    return {
        {&money::Pay::operation,
         [this](const auto& tender) {
           olena.caller.run(money::Pay{.order = owing.order, .tenders = {tender}});
         }},
        {&money::PayDebts::operation,
         [this](const auto& tender) {
           money::PayDebts request;
           request.client = olena.client;
           request.centre = centre;
           request.tenders = {tender};
           olena.caller.run(request);
         }},
        {&bookings::Pay::operation,
         [this](const auto& tender) {
           olena.caller.run(bookings::Pay{.booking = owing.id, .payments = {tender}});
         }},
        {&bookings::Book::operation,
         [this](const auto& tender) {
           bookings::Book request = wish(other);
           request.payments = {tender};
           olena.caller.run(request);
         }},
        {&bookings::BookMany::operation,
         [this](const auto& tender) {
           bookings::BookMany request;
           request.sessions = {other};
           request.places.resize(1);
           request.payments = {tender};
           olena.caller.run(request);
         }},
        {&bookings::BookCourse::operation,
         [this](const auto& tender) {
           bookings::BookCourse request;
           request.course = course;
           request.payments = {tender};
           olena.caller.run(request);
         }},
        {&plans::Buy::operation,
         [this](const auto& tender) {
           plans::Buy request;
           request.plan = month;
           request.owner = olena.client;
           request.tenders = {tender};
           olena.caller.run(request);
         }},
        {&money::CreateOrder::operation,
         [this](const auto& tender) {
           money::CreateOrder request;
           request.centre = centre;
           request.payer = olena.client;
           money::SoldLine line;
           line.kind = money::LineKind::other;
           line.text = "Apron";
           line.price = uah(10'000);
           request.lines = {line};
           request.tenders = {tender};
           host().run(request);
         }},
    };
  }
  Way way_of_guests() const {
    return {&bookings::BookAsGuest::operation, [this](const auto& tender) {
              bookings::BookAsGuest request;
              request.session = other;
              request.places.resize(1);
              request.name = "Guest";
              request.email = "guest@example.org";
              request.payments = {tender};
              nobody.run(request);
            }};
  }
  std::vector<Way> ways() const {
    std::vector<Way> all = ways_of_clients();
    all.push_back(way_of_guests());
    return all;
  }

  /// What a refusal must leave as it was.
  std::string state() const {
    std::string told;
    auto add = [&](std::int64_t number) { told += std::to_string(number) + " "; };
    for (const auto& gift_card : host().run(pricing::GiftCards{}).items) {
      add(gift_card.left.minor);
      add(static_cast<std::int64_t>(gift_card.status));
    }
    for (ClientId client : {olena.client, petro.client}) {
      add(host().run(pricing::GetPoints{.client = client}).spendable);
      add(static_cast<std::int64_t>(
          host().run(pricing::PointEntries{.client = client}).items.size()));
      add(balance(client));
    }
    for (const auto& order : host().run(money::Orders{}).items) add(order.owed.minor);
    add(static_cast<std::int64_t>(host().run(money::Payments{}).items.size()));
    add(static_cast<std::int64_t>(host().run(bookings::List{}).items.size()));
    add(free(show));
    add(free(other));
    return told + problems();
  }
};

}  // namespace frontdesk::testing

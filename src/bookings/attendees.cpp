/// Whether those who are to attend may: the later refusals of SPEC B2, in its order. Facts about
/// people are looked at only where the caller may book for them; of others nothing is told but
/// that.
#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "bookings/making.hpp"
#include "bookings/settings.hpp"
#include "bookings/strikes.hpp"
#include "catalog/facts.hpp"
#include "people/rules.hpp"

#include <set>

namespace frontdesk::bookings {
namespace {

std::string path_of(std::size_t index) { return "places[" + std::to_string(index) + "].attendee"; }

class AttendeeCheck {
 public:
  AttendeeCheck(Transaction& transaction, const Wish& wish, const schedule::Session& session,
                const Standing& standing, BookingId except)
      : transaction_(transaction),
        wish_(wish),
        session_(session),
        standing_(standing),
        except_(except) {
    for (const PlaceRequest& place : wish.places) is_ours_.push_back(is_ours(place.attendee));
  }

  void ages() {
    const catalog::ActivityFacts ages = catalog::facts_of(transaction_, session_.activity);
    if (!ages.youngest && !ages.oldest) return;
    each([&](ClientId attendee, std::size_t index) {
      const auto age = people::age_at(transaction_, attendee, session_.starts, session_.zone);
      if (!age) return;
      if (ages.youngest && *age < *ages.youngest) {
        throw Error(Code::conflict, "attendee_too_young", path_of(index),
                    {{"age", *age}, {"youngest", *ages.youngest}});
      }
      if (ages.oldest && *age > *ages.oldest) {
        throw Error(Code::conflict, "attendee_too_old", path_of(index),
                    {{"age", *age}, {"oldest", *ages.oldest}});
      }
    });
  }

  void slots() {
    std::set<std::int64_t> seen;
    each([&](ClientId attendee, std::size_t index) {
      if (!seen.insert(attendee.value).second) {
        throw Error(Code::conflict, "already_booked", path_of(index));
      }
      if (auto place = place_in_session(transaction_, attendee, session_, except_)) {
        throw Error(Code::conflict, "already_booked", path_of(index),
                    {{"booking", booking_of(*place).value}});
      }
    });
    each([&](ClientId attendee, std::size_t index) {
      if (SessionId other = overlapping_session(transaction_, attendee, session_, except_)) {
        throw Error(Code::conflict, "overlaps_own", path_of(index), {{"session", other.value}});
      }
    });
  }

  void ownership() {
    for (std::size_t i = 0; i < is_ours_.size(); ++i) {
      if (!is_ours_[i]) throw Error(Code::denied, "attendee_not_yours", path_of(i));
    }
    each([&](ClientId attendee, std::size_t index) {
      if (attendee != standing_.client) check_client(transaction_, attendee, path_of(index));
    });
  }

  /// Whoever names a child as the client books all the same.
  ClientId booker() const {
    const ClientId caller = transaction_.principal().client;
    const bool is_theirs = caller && !standing_.is_staff && !wish_.is_promised && !wish_.is_guest;
    return is_theirs ? caller : standing_.client;
  }

  void bars() {
    std::set<std::int64_t> people{standing_.client.value, standing_.payer.value, booker().value};
    for (const PlaceRequest& place : wish_.places) people.insert(place.attendee.value);
    for (std::int64_t person : people) {
      if (person == 0) continue;
      auto bar = people::active_bar(transaction_, ClientId{person}, session_.centre);
      if (!bar) continue;
      Details details{{"client", person}};
      if (bar->until) details.emplace("until", zones::print(*bar->until));
      throw Error(Code::denied, "client_barred", {}, std::move(details));
    }
    for (ClientId client : {standing_.client, booker()}) {
      if (!locked_by_strikes(transaction_, client, session_.centre)) continue;
      throw Error(Code::denied, "booking_locked", {}, {{"client", client.value}});
    }
    each([&](ClientId attendee, std::size_t index) {
      if (people::waiver_missing(transaction_, attendee, session_.centre)) {
        throw Error(Code::denied, "waiver_missing", path_of(index), {{"client", attendee.value}});
      }
    });
  }

  void limit() {
    // The counter sells any number, also to who waited for it.
    const bool is_sold_by_staff =
        standing_.is_staff ||
        (wish_.is_promised && standing_.channel == seating::Channel::box_office);
    if (is_sold_by_staff || wish_.is_standing) return;
    const std::int64_t most =
        storage::number(transaction_, setting::places_per_client, session_.centre);
    std::int64_t booked = 0;
    if (standing_.client) {
      booked = live_places_booked(transaction_, booker(), session_.id, except_);
    } else if (wish_.guest_email) {
      booked = booked_by_guest(text::normal_email(*wish_.guest_email).value_or(""));
    }
    if (booked + static_cast<std::int64_t>(wish_.places.size()) > most) {
      throw Error(Code::conflict, "places_over_limit", "places",
                  {{"limit", most}, {"booked", booked}});
    }
  }

  void kind_of_session() {
    if (session_.kind == schedule::SessionKind::open) return;
    for (std::size_t i = 0; i < wish_.places.size(); ++i) {
      const ClientId attendee = wish_.places[i].attendee;
      if (session_.kind == schedule::SessionKind::client) {
        if (attendee == session_.client) continue;
        throw Error(Code::denied, "client_only", path_of(i));
      }
      if (attendee && is_member(attendee)) continue;
      throw Error(Code::denied, "group_only", path_of(i), {{"group", session_.group.value}});
    }
  }

 private:
  /// Anonymous places are everybody's; a guest without account knows no clients.
  bool is_ours(ClientId attendee) {
    if (!attendee || wish_.is_promised) return true;
    if (wish_.is_guest) return false;
    const bool is_family =
        standing_.client &&
        (attendee == standing_.client || access::guards(transaction_, standing_.client, attendee));
    return is_family ||
           access::covers(transaction_, transaction_.reach(), Subject::client, attendee.value);
  }

  /// Every named attendee whom the caller may book for.
  template <class Look>
  void each(Look look) {
    for (std::size_t i = 0; i < wish_.places.size(); ++i) {
      if (wish_.places[i].attendee && is_ours_[i]) look(wish_.places[i].attendee, i);
    }
  }

  bool is_member(ClientId client) {
    return transaction_.exists(
        "SELECT 1 FROM group_members WHERE \"group\" = $1 AND client = $2 AND joined_at <= $3"
        " AND (left_at IS NULL OR left_at > $3)",
        session_.group, client, session_.starts);
  }

  std::int64_t booked_by_guest(const std::string& email) {
    return transaction_
        .one_number(
            "SELECT count(*) FROM bookings JOIN places ON places.session = bookings.session"
            " AND places.booking = bookings.id WHERE bookings.guest_email = $1"
            " AND bookings.session = $2 AND bookings.id <> $3 AND places.status < 5",
            email, session_.id, except_.value)
        .value_or(0);
  }

  Transaction& transaction_;
  const Wish& wish_;
  const schedule::Session& session_;
  const Standing& standing_;
  BookingId except_;
  std::vector<bool> is_ours_{};
};

bool may(Transaction& transaction, std::string_view permission, CentreId centre) {
  return access::reach_of(transaction, permission).covers(centre);
}

[[noreturn]] void refuse_role(std::string_view permission, std::string_view field) {
  throw Error(Code::denied, "role_not_allowed", field, {{"permission", std::string(permission)}});
}

}  // namespace

void check_attendees(Transaction& transaction, const Wish& wish, const schedule::Session& session,
                     const Standing& standing, BookingId except) {
  AttendeeCheck check(transaction, wish, session, standing, except);
  check.ages();
  check.slots();
  check.ownership();
  check.bars();
  check.limit();
  check.kind_of_session();
}

void check_means(Transaction& transaction, CentreId centre, ClientId payer,
                 std::span<const money::Tender> payments) {
  const storage::Reach& reach = transaction.reach();
  const bool spends_for_payer = !payer || reach.covers(centre) ||
                                access::covers(transaction, reach, Subject::client, payer.value);
  for (std::size_t i = 0; i < payments.size(); ++i) {
    using enum money::PaymentMethod;
    const money::Tender& tender = payments[i];
    const std::string path = "payments[" + std::to_string(i) + "].method";
    switch (tender.method) {
      case balance:
      case points:
        if (!spends_for_payer) throw Error(Code::denied, "balance_not_yours", path);
        break;
      case gift_card:
        break;
      case cash:
      case card:
      case external:
        if (!is_awaited(tender) && !may(transaction, "money.sell", centre)) {
          refuse_role("money.sell", path);
        }
        break;
      case free:
        if (!may(transaction, "money.adjust", centre)) refuse_role("money.adjust", path);
        break;
      case visit:  // it has rules of its own; nothing here asks whether there is one
        throw Error(Code::invalid, "method_not_accepted", path);
    }
  }
}

void check_role(Transaction& transaction, const Wish& wish, const schedule::Session& session,
                const Standing& standing) {
  if (wish.kind != BookingKind::ordinary && !may(transaction, "bookings.reserve", session.centre)) {
    refuse_role("bookings.reserve", "kind");
  }
  if (standing.channel == seating::Channel::box_office && !standing.is_staff) {
    refuse_role("bookings.book", "channel");
  }
  const bool names_guest = wish.guest_name || wish.guest_email || wish.guest_phone;
  if (names_guest && !wish.is_guest && !standing.is_staff) {
    refuse_role("bookings.book", "guest_name");
  }
  check_means(transaction, session.centre, standing.payer, wish.payments);
}

}  // namespace frontdesk::bookings

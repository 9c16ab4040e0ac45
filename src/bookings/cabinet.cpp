/// The cabinet of a client (SPEC P5). It is called `people.cabinet` and stands here since it shows
/// subscriptions and bookings too. What it costs follows what it shows, not how long the history
/// is.
#include <frontdesk/bookings_cabinet.hpp>

#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "money/orders.hpp"
#include "people/family.hpp"
#include "plans/stored.hpp"
#include "pricing/points.hpp"
#include "pricing/tiers.hpp"
#include "storage/define.hpp"
#include "storage/id_list.hpp"

#include <frontdesk/money_ledger.hpp>

#include <algorithm>
#include <charconv>

namespace frontdesk::people {
namespace {

constexpr std::int64_t upcoming_most = 100;

/// Places that count, with what a cabinet tells of them. Every column of CabinetPlace.
constexpr std::string_view places_told =
    "(SELECT places.booking AS booking, places.booking * 1000 + places.number AS place,"
    " places.session AS session, sessions.activity AS activity, activities.name AS title,"
    " sessions.centre AS centre, places.starts AS starts, sessions.ends AS ends,"
    " places.attendee AS attendee, places.status AS status, places.paid_by AS paid_by,"
    " places.subscription AS subscription FROM places"
    " JOIN sessions ON sessions.id = places.session"
    " JOIN activities ON activities.id = sessions.activity WHERE places.status < 5) AS told";

/// What the caller may see of a client's things by another permission: staff of one centre see
/// nothing of another.
class Sight {
 public:
  Sight(Transaction& transaction, std::string_view permission, ClientId client)
      : reach_(access::reach_of(transaction, permission)) {
    sees_client_ = access::covers_person(transaction, reach_, client);
  }
  bool all() const { return reach_.any || sees_client_; }
  bool sees(CentreId centre) const { return all() || reach_.covers(centre); }
  void narrow(storage::List& list) const {
    if (all()) return;
    list.where("centre IN (SELECT value FROM json_each($))", storage::id_list(reach_.centres));
  }

 private:
  storage::Reach reach_;
  bool sees_client_ = false;
};

/// The history is that of the moment of its first page, so that pages go together.
struct HistoryCursor {
  Instant as_of{};
  std::optional<std::string> rest{};
};
HistoryCursor read_cursor(const std::optional<std::string>& cursor, Instant now) {
  if (!cursor) return {now, std::nullopt};
  std::int64_t seconds = 0;
  const char* end = cursor->data() + cursor->size();
  const auto read = std::from_chars(cursor->data(), end, seconds);
  if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '.') {
    throw Error(Code::invalid, "cursor_malformed", "cursor");
  }
  return {Instant{Duration{seconds}}, std::string(read.ptr + 1, end)};
}

class Furnishing {
 public:
  Furnishing(Transaction& transaction, const Cabinet& request)
      : transaction_(transaction),
        request_(request),
        client_(request.client),
        bookings_(transaction, "bookings.view", client_) {}

  CabinetContents run() {
    Client client = stored_client(transaction_, client_);
    contents_.family = family_of(transaction_, client_);
    contents_.trainers = access::staff_of(transaction_, client_);
    contents_.favourites =
        transaction_.one_number("SELECT count(*) FROM favourites WHERE client = $1", client_)
            .value_or(0);
    contents_.profile = view_of(transaction_, std::move(client), today(transaction_));
    gather_people();
    add_balances();
    add_tier();
    add_subscriptions();
    add_upcoming();
    add_history();
    return std::move(contents_);
  }

 private:
  /// The client and those of their dependants whom the caller may see.
  void gather_people() {
    people_.push_back(client_);
    for (ClientId dependant : access::dependants_of(transaction_, client_)) {
      if (access::covers(transaction_, transaction_.reach(), Subject::client, dependant.value)) {
        people_.push_back(dependant);
      }
    }
  }

  void add_balances() {
    const Sight money(transaction_, "money.view", client_);
    std::vector<CabinetBalance> found;
    {
      storage::Cursor rows = transaction_.query(
          "SELECT ledger_accounts.centre, centres.currency FROM ledger_accounts"
          " JOIN centres ON centres.id = ledger_accounts.centre"
          " WHERE holder = $1 AND holder <> 0 AND kind = $2 ORDER BY 1",
          client_, money::AccountKind::client_balance);
      while (rows.next()) {
        found.push_back({CentreId{rows.integer(0)}, {0, Currency(rows.text(1))}});
      }
    }
    for (CabinetBalance& balance : found) {
      if (!money.sees(balance.centre)) continue;
      balance.amount.minor = money::funds_of(transaction_, client_, balance.centre).amount;
      contents_.balances.push_back(balance);
    }
    if (money.all()) contents_.points = pricing::points_of(transaction_, client_);
  }

  void add_tier() {
    pricing::ClientTier tier = pricing::standing_of(transaction_, client_);
    if (tier.tier || tier.next) contents_.tier = std::move(tier);
  }

  void add_subscriptions() {
    const Sight plans(transaction_, "plans.view", client_);
    const auto rows = plans::stored_subscriptions(
        transaction_,
        "subscriptions WHERE closed_at IS NULL AND id IN (SELECT subscription_people.subscription"
        " FROM json_each($1) JOIN subscription_people ON subscription_people.client = value"
        " AND is_open = 1 UNION SELECT owned.id FROM subscriptions AS owned WHERE owned.owner = $2)"
        " ORDER BY id",
        storage::id_list(people_), client_);
    for (const plans::Stored& stored : rows) {
      if (!plans.sees(stored.centre)) continue;
      contents_.subscriptions.push_back(plans::view_of(transaction_, stored));
    }
  }

  void add_upcoming() {
    for (ClientId person : people_) {
      storage::List list(places_told);
      list.where("attendee = $ AND starts > $", person, transaction_.now());
      bookings_.narrow(list);
      list.order({{"starts"}, {"session"}});
      take_upcoming(list.page<CabinetPlace>(transaction_, std::nullopt, upcoming_most).items);
    }
    add_unnamed();
    std::sort(contents_.upcoming.begin(), contents_.upcoming.end(),
              [](const CabinetPlace& a, const CabinetPlace& b) {
                return std::tie(a.starts, a.place) < std::tie(b.starts, b.place);
              });
  }

  /// Places without a name among what the client booked, of the newest sessions.
  void add_unnamed() {
    storage::List list(places_told);
    list.where(
        "attendee IS NULL AND (session, booking) IN (SELECT newest.session, newest.id FROM"
        " (SELECT bookings.session, bookings.id FROM bookings WHERE bookings.client = $"
        " ORDER BY bookings.session DESC LIMIT 50) AS newest"
        " JOIN sessions ON sessions.id = newest.session WHERE sessions.starts > $)",
        client_, transaction_.now());
    bookings_.narrow(list);
    list.order({{"starts"}, {"place"}});
    take_upcoming(list.page<CabinetPlace>(transaction_, std::nullopt, upcoming_most).items);
  }

  void take_upcoming(std::vector<CabinetPlace> places) {
    for (CabinetPlace& place : places) contents_.upcoming.push_back(std::move(place));
  }

  void add_history() {
    const HistoryCursor cursor = read_cursor(request_.cursor, transaction_.now());
    storage::List list(places_told);
    list.where("attendee = $ AND starts <= $", client_, cursor.as_of);
    bookings_.narrow(list);
    list.order({{"starts", true}, {"session", true}});
    auto page = list.page<CabinetPlace>(transaction_, cursor.rest, request_.limit);
    contents_.history = std::move(page.items);
    if (page.next) {
      contents_.next = std::to_string(cursor.as_of.time_since_epoch().count()) + "." + *page.next;
    }
  }

  Transaction& transaction_;
  const Cabinet& request_;
  const ClientId client_;
  const Sight bookings_;
  std::vector<ClientId> people_{};
  CabinetContents contents_{};
};

}  // namespace

CabinetContents handle(Transaction& transaction, const Cabinet& request) {
  return Furnishing(transaction, request).run();
}

static constexpr Refusal cabinet_refusals[] = {
    {Code::not_found, "client_not_found", "no such client, or not within reach"},
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Cabinet::operation = storage::define<Cabinet>({
    .number = 228,
    .name = "people.cabinet",
    .kind = OperationKind::read,
    .doc = "Everything a client sees of themselves at one glance.",
    .rule = {.permission = "people.view", .subject = Subject::client, .field = "client"},
    .refusals = cabinet_refusals,
    .example = R"({"client": 1})",
});

}  // namespace frontdesk::people

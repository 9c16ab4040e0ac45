/// What must always hold of bookings, as `upkeep.check` looks at it.
#include "bookings/bookings.hpp"
#include "bookings/lists.hpp"
#include "storage/rules.hpp"

namespace frontdesk::bookings {
namespace {

// States: 5 and 6 are cancelled and expired;
// claims in state 1 are of bookings.
constexpr storage::Rule rules[] = {
    {"booking ",
     "SELECT booking FROM places WHERE status < 5 AND NOT EXISTS (SELECT 1 FROM claims"
     " WHERE claims.session = places.session AND claims.place = places.place AND claims.state = 1"
     " AND claims.owner = places.booking)",
     "a place that counts is not claimed"},
    {"booking ",
     "SELECT owner FROM claims WHERE state = 1 AND NOT EXISTS (SELECT 1 FROM places"
     " WHERE places.session = claims.session AND places.booking = claims.owner"
     " AND places.place = claims.place AND places.status < 5)",
     "a place is claimed for it that it does not have"},
    {"booking ",
     "SELECT places.booking FROM places JOIN bookings ON bookings.id = places.booking"
     " WHERE bookings.session <> places.session",
     "a place is in another session"},
    {"booking ",
     "SELECT places.booking FROM places JOIN sessions ON sessions.id = places.session"
     " WHERE places.status < 5 AND places.starts <> sessions.starts",
     "a place has another start than its session"},
    {"booking ",
     "SELECT id FROM bookings WHERE NOT EXISTS (SELECT 1 FROM places"
     " WHERE places.session = bookings.session AND places.booking = bookings.id)",
     "it has no places"},
    {"booking ",
     "SELECT bookings.id FROM bookings WHERE (status < 5) <> EXISTS (SELECT 1 FROM places"
     " WHERE places.session = bookings.session AND places.booking = bookings.id"
     " AND places.status < 5)",
     "its status does not follow from its places"},
    {"booking ", "SELECT id FROM bookings WHERE status IN (0, 1) AND pay_by IS NULL",
     "it waits for payment without end"},
    {"booking ", "SELECT id FROM bookings WHERE status NOT IN (0, 1) AND due_at IS NOT NULL",
     "the tick looks at it although nothing is due"},
    {"booking ",
     "SELECT places.booking FROM places WHERE places.line IS NOT NULL AND places.status < 5"
     " AND NOT EXISTS (SELECT 1 FROM order_lines WHERE order_lines.id = places.line"
     " AND order_lines.booking = places.booking AND order_lines.ended_at IS NULL)",
     "the order has no line for a place"},
    {"booking ",
     "SELECT order_lines.booking FROM order_lines WHERE order_lines.booking IS NOT NULL"
     " AND order_lines.ended_at IS NULL AND order_lines.kind = 0 AND NOT EXISTS"
     " (SELECT 1 FROM bookings JOIN places ON places.session = bookings.session"
     " AND places.booking = bookings.id WHERE bookings.id = order_lines.booking"
     " AND places.line = order_lines.id AND places.status < 5)",
     "the order sells a place that does not count"},
    {"booking ",
     "SELECT owner FROM rule_units WHERE of_booking = 1 AND NOT EXISTS (SELECT 1 FROM places"
     " WHERE places.session = rule_units.session AND places.booking = rule_units.owner"
     " AND places.number = rule_units.place + 1 AND places.status < 5)",
     "it keeps an early-bird unit for a place that does not count"},
    {"booking ",
     "SELECT places.booking FROM places JOIN order_lines ON order_lines.id = places.line"
     " JOIN json_each(order_lines.discounts, '$.adjustments') AS change"
     " WHERE places.status < 5 AND order_lines.discounts IS NOT NULL"
     " AND json_extract(change.value, '$.limited') = 1 AND NOT EXISTS"
     " (SELECT 1 FROM rule_units WHERE rule_units.rule = json_extract(change.value, '$.rule')"
     " AND rule_units.session = places.session AND rule_units.of_booking = 1"
     " AND rule_units.owner = places.booking AND rule_units.place = places.number - 1)",
     "it has an early-bird price without the unit for it"},
    {"booking ",
     "SELECT used_for FROM credits WHERE used_for IS NOT NULL AND NOT EXISTS"
     " (SELECT 1 FROM bookings JOIN places ON places.session = bookings.session"
     " AND places.booking = bookings.id WHERE bookings.id = credits.used_for"
     " AND places.number = credits.used_place AND places.paid_by = 2)",
     "a credit paid for a place that it did not pay for"},
};

void check_bookings(Transaction& transaction, std::vector<storage::Finding>& findings) {
  storage::check_rules(transaction, "bookings", rules, findings);
}

}  // namespace

namespace lists {

constinit const storage::CheckPart check{"bookings", check_bookings};

}  // namespace lists
}  // namespace frontdesk::bookings

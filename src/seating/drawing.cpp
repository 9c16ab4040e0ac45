#include "seating/drawing.hpp"

#include "access/authorization.hpp"
#include "catalog/facts.hpp"
#include "catalog/records.hpp"
#include "seating/choosing.hpp"
#include "storage/define.hpp"

namespace frontdesk::seating {
namespace {

Drawing drawing(const Transaction& transaction, DrawingForm form, const Map& map,
                const States* states) {
  if (form == DrawingForm::text) {
    return {draw_text(map, states, transaction.language()), "text/plain; charset=utf-8"};
  }
  return {draw_svg(map, states, transaction.language()), "image/svg+xml"};
}

Drawing draw_session(Transaction& transaction, const Draw& request) {
  const schedule::Session session = visible_session(transaction, request.session);
  const Layout layout = layout_of(transaction, session);
  if (!layout.map) throw Error(Code::conflict, "session_has_no_seats", "session");
  const States states = states_of(transaction, session.id, *layout.map, request.channel);
  return drawing(transaction, request.form, *layout.map, &states);
}

Drawing draw_map(Transaction& transaction, const Draw& request) {
  const CentreId centre{
      transaction.one_number("SELECT centre FROM seat_maps WHERE id = $1", request.map)
          .value_or(0)};
  const bool is_seen = centre && (catalog::is_public(transaction, centre) ||
                                  access::reach_of(transaction, "seating.manage").covers(centre));
  if (!is_seen) storage::missing("seat_map", "map");
  return drawing(transaction, request.form, *map_of(transaction, request.map), nullptr);
}

}  // namespace

Drawing handle(Transaction& transaction, const Draw& request) {
  if (static_cast<bool>(request.session) == static_cast<bool>(request.map)) {
    throw Error(Code::invalid, "picture_of_what", "session");
  }
  return request.session ? draw_session(transaction, request) : draw_map(transaction, request);
}

static constexpr Refusal refusals[] = {
    {Code::invalid, "picture_of_what", "neither or both of session and map are named"},
    {Code::not_found, "session_not_found", "no such session, or not within reach"},
    {Code::conflict, "session_has_no_seats", "the session has no seats to draw"},
    {Code::not_found, "seat_map_not_found", "no such map, or not within reach"},
};

constinit const Operation Draw::operation = storage::define<Draw>({
    .number = 628,
    .name = "seating.draw",
    .kind = OperationKind::read,
    .doc = "Draws a map, or a session's hall by what is free, as SVG or text.",
    .rule = {.audience = Audience::everyone},
    .refusals = refusals,
    .example = R"({"session": 1})",
});

}  // namespace frontdesk::seating

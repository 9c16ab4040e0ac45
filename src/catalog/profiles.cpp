#include "catalog/profiles.hpp"

#include "catalog/centres.hpp"
#include "storage/define.hpp"

namespace frontdesk::catalog {

std::span<const Preset> presets() {
  static constexpr Preset table[] = {
      {Profile::kids, "people.waiver_required", 1},
      {Profile::kids, "bookings.free_cancellation_seconds", 0},
      {Profile::kids, "bookings.online_guests", 0},
      {Profile::kids, "bookings.attendance_taken", 1},
      {Profile::kids, "bookings.strikes_to_lock", 3},
      {Profile::studio, "people.waiver_required", 0},
      {Profile::studio, "bookings.free_cancellation_seconds", 24 * 3600},
      {Profile::studio, "bookings.online_guests", 0},
      {Profile::studio, "bookings.attendance_taken", 1},
      {Profile::studio, "bookings.strikes_to_lock", 3},
      {Profile::cinema, "people.waiver_required", 0},
      {Profile::cinema, "bookings.free_cancellation_seconds", 3 * 3600},
      {Profile::cinema, "bookings.online_guests", 1},
      {Profile::cinema, "bookings.attendance_taken", 0},
      {Profile::cinema, "bookings.strikes_to_lock", 0},
  };
  return table;
}

std::vector<AppliedSetting> apply(Transaction& transaction, Centre& centre, Profile profile) {
  centre.profile = profile;
  std::vector<AppliedSetting> applied;
  for (const Preset& preset : presets()) {
    if (preset.profile != profile) continue;
    transaction.execute(
        "INSERT INTO settings (name, centre, value) VALUES ($1, $2, $3)"
        " ON CONFLICT (name, centre) DO UPDATE SET value = excluded.value",
        preset.setting, centre.id, preset.value);
    applied.push_back({.name = std::string(preset.setting), .value = preset.value});
  }
  transaction.touch(storage::Topic::settings);
  return applied;
}

AppliedProfile handle(Transaction& transaction, const ApplyProfile& request) {
  Centre centre = changeable_centre(transaction, request.centre, std::nullopt);
  std::vector<AppliedSetting> settings = apply(transaction, centre, request.profile);
  store_centre(transaction, centre);
  transaction.emit(
      CentreUpdated{.centre = centre.id, .version = centre.version, .zone_changed = false});
  return {.centre = std::move(centre), .settings = std::move(settings)};
}

static constexpr Refusal refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::conflict, "centre_archived", "the centre is archived"},
};

constinit const Operation ApplyProfile::operation = storage::define<ApplyProfile>({
    .number = 305,
    .name = "catalog.apply_profile",
    .kind = OperationKind::write,
    .doc = "Gives a centre the settings of a profile.",
    .rule = {.permission = "catalog.manage", .subject = Subject::centre, .field = "centre"},
    .refusals = refusals,
    .example = R"({"centre": 1, "profile": "kids"})",
});

}  // namespace frontdesk::catalog

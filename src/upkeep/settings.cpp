#include "base/text.hpp"
#include "storage/define.hpp"
#include "storage/hooks.hpp"

#include <frontdesk/upkeep.hpp>

#include <algorithm>

namespace frontdesk::upkeep {

using storage::Setting;
using storage::Transaction;

constinit const storage::EventKind SettingChanged::kind{
    "upkeep.setting_changed", "A setting was changed.", "upkeep.settings"};

namespace {

const Setting& setting_named(Transaction& transaction, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Setting* setting : transaction.hooks().settings) {
    if (setting->name == name) return *setting;
    names.push_back(setting->name);
  }
  Details details{{"name", name}};
  auto near = text::nearest(name, names);
  if (near) details.emplace("nearest", std::string(*near));
  throw Error(Code::not_found, near ? "setting_misspelt" : "setting_not_found", "name",
              std::move(details));
}

SettingValue value_of(Transaction& transaction, const Setting& setting, CentreId centre) {
  SettingValue value;
  value.name = setting.name;
  value.doc = setting.doc;
  value.value = storage::number(transaction, setting, centre);
  value.standard = setting.standard;
  value.lowest = setting.lowest;
  value.highest = setting.highest;
  value.per_centre = setting.per_centre;
  value.is_set = transaction.exists("SELECT 1 FROM settings WHERE name = $1 AND centre = $2",
                                    setting.name, centre.value);
  return value;
}

}  // namespace

SettingValues handle(Transaction& transaction, const Settings& request) {
  SettingValues values;
  for (const Setting* setting : transaction.hooks().settings) {
    values.items.push_back(value_of(transaction, *setting, request.centre));
  }
  std::sort(values.items.begin(), values.items.end(),
            [](const SettingValue& a, const SettingValue& b) { return a.name < b.name; });
  return values;
}

static constexpr Refusal settings_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
};

constinit const Operation Settings::operation = storage::define<Settings>({
    .number = 1402,
    .name = "upkeep.settings",
    .kind = OperationKind::read,
    .doc = "Lists all settings with the values that hold.",
    .rule = {.permission = "upkeep.settings", .subject = Subject::centre, .field = "centre"},
    .refusals = settings_refusals,
});

SettingValue handle(Transaction& transaction, const ChangeSetting& request) {
  const Setting& setting = setting_named(transaction, request.name);
  if (request.centre && !setting.per_centre) {
    throw Error(Code::invalid, "setting_not_per_centre", "centre", {{"name", request.name}});
  }
  if (request.value && (*request.value < setting.lowest || *request.value > setting.highest)) {
    throw Error(Code::invalid, "out_of_range", "value",
                {{"lowest", setting.lowest}, {"highest", setting.highest}});
  }
  if (request.value) {
    transaction.execute(
        "INSERT INTO settings (name, centre, value) VALUES ($1, $2, $3)"
        " ON CONFLICT (name, centre) DO UPDATE SET value = excluded.value",
        setting.name, request.centre.value, *request.value);
  } else {
    transaction.execute("DELETE FROM settings WHERE name = $1 AND centre = $2", setting.name,
                        request.centre.value);
  }
  transaction.touch(storage::Topic::settings);
  transaction.emit(SettingChanged{request.name, request.centre, request.value});
  return value_of(transaction, setting, request.centre);
}

namespace {
constexpr Refusal change_refusals[] = {
    {Code::not_found, "centre_not_found", "no such centre, or not within reach"},
    {Code::not_found, "setting_misspelt", "there is no such setting, but one of nearly that name"},
    {Code::not_found, "setting_not_found", "there is no such setting"},
    {Code::invalid, "setting_not_per_centre", "a centre is given for a setting of the whole file"},
    {Code::invalid, "out_of_range", "the value is below the lowest or above the highest"},
};
}  // namespace

constinit const Operation ChangeSetting::operation = storage::define<ChangeSetting>({
    .number = 1403,
    .name = "upkeep.change_setting",
    .kind = OperationKind::write,
    .doc = "Sets a number for the whole file or for one centre.",
    .rule = {.permission = "upkeep.settings", .subject = Subject::centre, .field = "centre"},
    .refusals = change_refusals,
    .example = R"({"name": "access.session_idle_seconds", "value": 86400})",
});

}  // namespace frontdesk::upkeep

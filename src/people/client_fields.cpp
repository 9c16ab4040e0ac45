#include "base/text.hpp"
#include "base/zones.hpp"
#include "describe/json.hpp"
#include "people/clients.hpp"
#include "people/settings.hpp"

#include <algorithm>

namespace frontdesk::people {
namespace {

constexpr std::size_t attribute_name_max = 50;
constexpr std::size_t attribute_value_max = 1000;
// The first day somebody somewhere may call today is up to 14 hours ahead of UTC.
constexpr std::chrono::hours earliest_zone{14};
constexpr Date earliest_birth{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};

const Field* field_named(std::string_view name) {
  for (const Field& field : Client::fields()) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

/// Sets a member of a client, optional or not, to a value of its own or its element's type.
void set_member(const Type& type, void* member, const void* value) {
  if (type.kind == Kind::optional) {
    type.element().assign(type.emplace(member), value);
  } else {
    type.assign(member, value);
  }
}

void empty_member(const Type& type, void* member) {
  if (type.kind == Kind::text) {
    type.text(member).clear();
  } else if (type.clear != nullptr) {
    type.clear(member);
  }
}

void tidy(std::optional<std::string>& value) {
  if (!value) return;
  *value = text::tidy(*value);
  if (value->empty()) value.reset();
}

void tidy_name(std::string& name, std::string_view field) {
  name = text::tidy(name);
  if (name.empty()) {
    throw Error(Code::invalid, "field_missing", field, {{"name", std::string(field)}});
  }
}

void tidy_phone(std::optional<std::string>& phone, std::string_view calling_code,
                std::string_view field) {
  tidy(phone);
  if (!phone) return;
  phone = text::normal_phone(*phone, calling_code);
  if (!phone) throw Error(Code::invalid, "phone_malformed", field);
}

void tidy_contacts(Client& client, std::string_view calling_code) {
  tidy_phone(client.phone, calling_code, "phone");
  tidy(client.email);
  if (client.email) {
    client.email = text::normal_email(*client.email);
    if (!client.email) throw Error(Code::invalid, "email_malformed", "email");
  }
  if (client.emergency_contact) {
    EmergencyContact& contact = *client.emergency_contact;
    tidy_name(contact.name, "emergency_contact.name");
    std::optional<std::string> phone = contact.phone;
    tidy_phone(phone, calling_code, "emergency_contact.phone");
    if (!phone) throw Error(Code::invalid, "phone_malformed", "emergency_contact.phone");
    contact.phone = *phone;
    tidy(contact.relation);
  }
  for (std::size_t i = 0; i < client.pick_up.size(); ++i) {
    PickUpPerson& person = client.pick_up[i];
    std::string path = "pick_up[" + std::to_string(i) + "].";
    tidy_name(person.name, path + "name");
    tidy_phone(person.phone, calling_code, path + "phone");
    tidy(person.relation);
  }
}

void check_birth_date(Transaction& transaction, const Client& client) {
  if (!client.birth_date) return;
  Instant farthest = transaction.now() + earliest_zone;
  if (*client.birth_date > Date{std::chrono::floor<std::chrono::days>(farthest)}) {
    throw Error(Code::invalid, "birth_date_in_future", "birth_date");
  }
  if (*client.birth_date < earliest_birth) {
    throw Error(Code::invalid, "birth_date_too_early", "birth_date",
                {{"earliest", zones::print(earliest_birth)}});
  }
}

/// A language tag in the letters of RFC 5646: `uk`, `kk-KZ`, `zh-Hant`.
bool is_language(std::string_view tag) {
  std::size_t primary = std::min(tag.find('-'), tag.size());
  if (primary < 2 || primary > 3) return false;
  auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (!std::all_of(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(primary), is_letter)) {
    return false;
  }
  std::size_t length = 1;  // of the subtag so far
  for (char c : tag.substr(primary)) {
    if (c == '-') {
      if (length == 0) return false;
      length = 0;
    } else {
      const bool is_digit = c >= '0' && c <= '9';
      if ((!is_letter(c) && !is_digit) || length == 8) return false;
      ++length;
    }
  }
  return length > 0;
}

void tidy_language(Transaction& transaction, std::string& language) {
  language = text::tidy(language);
  if (language.empty()) language = transaction.language();
  if (language.empty()) language = "en";
  if (!is_language(language)) throw Error(Code::invalid, "language_malformed", "language");
}

void tidy_attributes(std::map<std::string, std::string>& attributes) {
  std::map<std::string, std::string> tidied;
  for (const auto& [name, value] : attributes) {
    std::string key = text::tidy(name);
    Details limits{{"name_max", static_cast<std::int64_t>(attribute_name_max)},
                   {"value_max", static_cast<std::int64_t>(attribute_value_max)}};
    if (key.empty() || text::length(key) > attribute_name_max ||
        text::length(value) > attribute_value_max) {
      throw Error(Code::invalid, "attribute_too_long", "attributes." + key, limits);
    }
    tidied[key] = text::tidy(value);
  }
  attributes = std::move(tidied);
}

}  // namespace

void take_fields(const Type& request_type, const void* request, Client& client) {
  for (const Field& given : request_type.fields()) {
    const Field* field = given.name == "version" ? nullptr : field_named(given.name);
    if (field == nullptr) continue;
    const Type& type = given.type();
    const void* value = given.value(request);
    if (type.kind == Kind::update && !type.is_set(value)) continue;
    bool may_lack = type.kind == Kind::update || type.kind == Kind::optional;
    if (may_lack) value = type.content(value);
    void* member = field->member(&client);
    if (value != nullptr) {
      set_member(field->type(), member, value);
    } else if (type.kind == Kind::update) {
      empty_member(field->type(), member);
    }
  }
}

std::vector<std::string> changed_fields(const Client& before, const Client& after) {
  std::vector<std::string> names;
  for (const Field& field : Client::fields()) {
    if (field.name == "version") continue;
    const Type& type = field.type();
    if (describe::encode(type, field.value(&before)) !=
        describe::encode(type, field.value(&after))) {
      names.emplace_back(field.name);
    }
  }
  return names;
}

std::string calling_code_of(Transaction& transaction, CentreId centre) {
  std::int64_t code = storage::number(transaction, country_calling_code, centre);
  return code == 0 ? std::string() : std::to_string(code);
}

void tidy_client(Transaction& transaction, Client& client, std::string_view calling_code) {
  tidy_name(client.first_name, "first_name");
  client.last_name = text::tidy(client.last_name);
  tidy_contacts(client, calling_code);
  check_birth_date(transaction, client);
  for (auto* value : {&client.city, &client.address, &client.notes, &client.allergies,
                      &client.picture, &client.external_ref}) {
    tidy(*value);
  }
  tidy_language(transaction, client.language);
  tidy_attributes(client.attributes);
}

}  // namespace frontdesk::people

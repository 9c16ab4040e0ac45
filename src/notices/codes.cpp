#include <frontdesk/access.hpp>

#include "notices/lists.hpp"
#include "notices/outbox.hpp"

namespace frontdesk::notices {
namespace {

std::string_view purpose_name(access::CodePurpose purpose) {
  for (const EnumValue& value : enum_values(purpose)) {
    if (value.value == static_cast<std::int64_t>(purpose)) return value.name;
  }
  throw Error(Code::internal, "defect", {}, {{"problem", "a code without a purpose"}});
}

/// A part of an hour counts as a whole one: nobody is promised less than they get by more than
/// that.
std::int64_t whole(std::chrono::seconds left, std::chrono::seconds unit) {
  return (left.count() + unit.count() - 1) / unit.count();
}

texts::Arguments arguments_of(Transaction& transaction, const access::CodeIssued& issued) {
  texts::Arguments arguments;
  const MessageKind* kind = find_kind(purpose_name(issued.purpose));
  if (kind != nullptr && !kind->required.empty()) {
    arguments.emplace(std::string(kind->required), issued.secret);
  }
  if (issued.expires_at) {
    const std::chrono::seconds left = *issued.expires_at - transaction.now();
    arguments.emplace("minutes", whole(left, std::chrono::minutes{1}));
    arguments.emplace("hours", whole(left, std::chrono::hours{1}));
  }
  return arguments;
}

/// A new code voids the older (SPEC A5): what still carries one is past its time.
void outdate_earlier(Transaction& transaction, AccountId account, std::string_view purpose) {
  transaction.execute(
      "UPDATE outbox SET version = version + 1, expires_at = $3"
      " WHERE account = $1 AND purpose = $2 AND status < 2 AND expires_at > $3",
      account, purpose, transaction.now());
}

void react_to_code(Transaction& transaction, const void* event) {
  const auto& issued = *static_cast<const access::CodeIssued*>(event);
  const std::string_view purpose = purpose_name(issued.purpose);
  if (!issued.secret.empty()) outdate_earlier(transaction, issued.account, purpose);
  queue(transaction, {.purpose = purpose,
                      .account = issued.account,
                      .client = issued.client,
                      .address = issued.address,
                      .language = issued.language,
                      .arguments = arguments_of(transaction, issued),
                      .expires_at = issued.expires_at,
                      .urgency = Urgency::at_once});
}

}  // namespace

constinit const storage::Reaction lists::code_issued{"access.code_issued", react_to_code};

}  // namespace frontdesk::notices

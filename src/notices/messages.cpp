#include "access/authorization.hpp"
#include "access/relations.hpp"
#include "notices/outbox.hpp"
#include "storage/define.hpp"
#include "storage/list.hpp"

namespace frontdesk::notices {

// --- list ---

Page<Message> handle(Transaction& transaction, const Messages& request) {
  storage::List list("outbox");
  access::narrow_to_reach(list, transaction, {.client = "client", .account = "account"});
  if (request.status) list.where("status = $", *request.status);
  if (request.purpose) list.where("purpose = $", *request.purpose);
  if (request.channel) list.where("channel = $", *request.channel);
  if (request.account) list.where("account = $", request.account);
  if (request.client) list.where("client = $", request.client);
  list.order({{"id", true}});
  Page<Message> page = list.page<Message>(transaction, request.cursor, request.limit);
  for (Message& message : page.items) message.address = mask(message.address);
  return page;
}

static constexpr Refusal list_refusals[] = {
    {Code::invalid, "cursor_malformed", "the cursor is none"},
    {Code::invalid, "cursor_foreign", "the cursor belongs to other filters"},
};

constinit const Operation Messages::operation = storage::define<Messages>({
    .number = 1202,
    .name = "notices.messages",
    .kind = OperationKind::read,
    .doc = "Lists messages without their texts, newest first.",
    .rule = {.permission = "notices.view"},
    .refusals = list_refusals,
    .example = R"({"status": "failed"})",
});

// --- one ---

namespace {

bool is_within_reach(Transaction& transaction, const Message& message) {
  const storage::Reach& reach = transaction.reach();
  if (reach.any) return true;
  if (message.client && access::covers(transaction, reach, Subject::client, message.client.value)) {
    return true;
  }
  return message.account &&
         access::covers(transaction, reach, Subject::account, message.account.value);
}

}  // namespace

Message handle(Transaction& transaction, const GetMessage& request) {
  Message message = stored_message(transaction, request.message);
  if (!is_within_reach(transaction, message)) storage::missing("message", "message");
  return message;
}

static constexpr Refusal get_refusals[] = {
    {Code::not_found, "message_not_found", "no such message, or not within reach"},
};

constinit const Operation GetMessage::operation = storage::define<GetMessage>({
    .number = 1203,
    .name = "notices.get_message",
    .kind = OperationKind::read,
    .doc = "One message, without its text.",
    .rule = {.permission = "notices.view"},
    .refusals = get_refusals,
    .example = R"({"message": 1})",
});

}  // namespace frontdesk::notices

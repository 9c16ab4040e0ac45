#include "notices/lists.hpp"

#include "notices/outbox.hpp"

namespace frontdesk::notices {

constinit const storage::EventKind MessageQueued::kind{
    "notices.message_queued", "A message waits to be claimed.", "notices.view"};
constinit const storage::EventKind MessageFailed::kind{
    "notices.message_failed", "A message failed for good.", "notices.view"};
constinit const storage::EventKind TemplateChanged::kind{
    "notices.template_changed", "A template was edited or reset.", "notices.edit_templates"};

namespace lists {

std::span<const Operation* const> operations() {
  static constexpr const Operation* list[] = {
      &Claim::operation,         &Acknowledge::operation, &Messages::operation,
      &GetMessage::operation,    &Templates::operation,   &EditTemplate::operation,
      &ResetTemplate::operation,
  };
  return list;
}

std::span<const storage::EventKind* const> events() {
  static constexpr const storage::EventKind* list[] = {&MessageQueued::kind, &MessageFailed::kind,
                                                       &TemplateChanged::kind};
  return list;
}

std::span<const storage::Setting* const> settings() {
  static constexpr const storage::Setting* list[] = {&attempts_max, &retry_seconds, &keep_seconds};
  return list;
}

}  // namespace lists
}  // namespace frontdesk::notices

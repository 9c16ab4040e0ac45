/// The kinds of messages there are, and what their texts may name.
#pragma once

#include <frontdesk/notices.hpp>

namespace frontdesk::notices {

/// One kind of message. Its texts are `notice.<purpose>.subject` and `notice.<purpose>.body`.
struct MessageKind {
  std::string_view purpose;
  std::span<const std::string_view> placeholders;
  /// The placeholder that the body must name; empty where none must be.
  std::string_view required{};
};

std::span<const MessageKind> message_kinds();
/// The kind of that purpose, or null.
const MessageKind* find_kind(std::string_view purpose);

/// Which text of a kind a key names.
struct TemplateKey {
  const MessageKind* kind = nullptr;
  bool is_subject = false;
};
/// The kind is null for a key that names none.
TemplateKey find_key(std::string_view key);
/// `notice.sign_in_code.subject`.
std::string subject_key(std::string_view purpose);
std::string body_key(std::string_view purpose);

}  // namespace frontdesk::notices

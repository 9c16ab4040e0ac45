#include "notices/kinds.hpp"

namespace frontdesk::notices {
namespace {

constexpr std::string_view prefix = "notice.";
constexpr std::string_view subject_suffix = ".subject";
constexpr std::string_view body_suffix = ".body";

constexpr std::string_view of_code[] = {"code", "minutes"};
constexpr std::string_view of_token[] = {"token", "minutes", "hours"};

constexpr MessageKind kinds[] = {
    {"sign_in_code", of_code, "code"},
    {"verify_email", of_token, "token"},
    {"confirm_new_email", of_token, "token"},
    {"reset_password", of_token, "token"},
    {"invitation", of_token, "token"},
    {"password_changed", {}},
    {"email_changed", {}},
    {"account_locked", {}},
    {"second_factor_changed", {}},
    {"address_in_use", {}},
};

/// The key without its ends; empty where it has others.
std::string_view between(std::string_view key, std::string_view suffix) {
  if (!key.starts_with(prefix) || !key.ends_with(suffix)) return {};
  if (key.size() < prefix.size() + suffix.size()) return {};
  return key.substr(prefix.size(), key.size() - prefix.size() - suffix.size());
}

}  // namespace

std::span<const MessageKind> message_kinds() { return kinds; }

const MessageKind* find_kind(std::string_view purpose) {
  for (const MessageKind& kind : kinds) {
    if (kind.purpose == purpose) return &kind;
  }
  return nullptr;
}

TemplateKey find_key(std::string_view key) {
  if (const MessageKind* kind = find_kind(between(key, subject_suffix))) return {kind, true};
  return {find_kind(between(key, body_suffix)), false};
}

std::string subject_key(std::string_view purpose) {
  return std::string(prefix) + std::string(purpose) + std::string(subject_suffix);
}

std::string body_key(std::string_view purpose) {
  return std::string(prefix) + std::string(purpose) + std::string(body_suffix);
}

}  // namespace frontdesk::notices

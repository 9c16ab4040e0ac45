/// Texts of messages: the standard ones, and those edited in this file.
#pragma once

#include "base/texts.hpp"
#include "notices/kinds.hpp"
#include "storage/transaction.hpp"

namespace frontdesk::notices {

using storage::Transaction;

/// What a message says.
struct Rendered {
  std::string subject{};
  std::string body{};
};

/// Fills the texts of a kind. An edited text comes first, then the standard one of the language,
/// then the same in English. A subject is always one line.
Rendered render(Transaction& transaction, const MessageKind& kind, std::string_view language,
                const texts::Arguments& arguments);

/// The text that is used now for a key in exactly this language.
Template current_template(Transaction& transaction, const std::string& key,
                          const std::string& language);

/// Refuses a text that cannot do its work: Error{invalid}: field_missing, subject_has_line_breaks,
/// placeholder_unknown, template_without_code.
void check_template(const TemplateKey& key, const std::string& text);

}  // namespace frontdesk::notices

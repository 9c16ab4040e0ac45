/// The refusals that decode and validate share, each made in one place so that both tell the same
/// facts.
#pragma once

#include <frontdesk/describe.hpp>
#include <frontdesk/error.hpp>

#include "describe/path.hpp"

namespace frontdesk::describe {

/// type_mismatch; `expected` is a word such as `integer`.
[[noreturn]] void refuse_mismatch(const Path& path, std::string_view expected);
/// value_malformed; `form` is an example of the right form.
[[noreturn]] void refuse_malformed(const Path& path, std::string_view form);
/// `reason` is out_of_range, length_out_of_range or size_out_of_range.
[[noreturn]] void refuse_range(const Path& path, std::string_view reason, std::int64_t lowest,
                               std::int64_t highest);
/// field_missing.
[[noreturn]] void refuse_missing(const Path& record, std::string_view name);
/// field_misspelt where a known name is near, else field_unknown.
[[noreturn]] void refuse_unknown(const Path& record, std::string_view name,
                                 std::span<const std::string_view> known);
/// enum_unknown.
[[noreturn]] void refuse_word(const Type& enumeration, std::string_view word, const Path& path);

}  // namespace frontdesk::describe

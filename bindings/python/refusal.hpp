/// The refusals that reading JSON gives too, with the same codes, reasons, paths and details.
#pragma once

#include <frontdesk/error.hpp>

#include "path.hpp"

namespace frontdesk::python {

[[noreturn]] inline void refuse_type(const Path& path, std::string_view expected) {
  throw Error(Code::invalid, "type_mismatch", path.text(), {{"expected", std::string(expected)}});
}

[[noreturn]] inline void refuse_form(const Path& path, std::string_view form) {
  throw Error(Code::invalid, "value_malformed", path.text(), {{"form", std::string(form)}});
}

[[noreturn]] inline void refuse_range(const Path& path, std::int64_t lowest, std::int64_t highest) {
  throw Error(Code::invalid, "out_of_range", path.text(),
              {{"lowest", lowest}, {"highest", highest}});
}

[[noreturn]] inline void refuse_missing(const Path& path, std::string_view name) {
  throw Error(Code::invalid, "field_missing", path.below(name).text(),
              {{"name", std::string(name)}});
}

}  // namespace frontdesk::python

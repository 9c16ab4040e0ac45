#include "describe/refuse.hpp"

#include "base/text.hpp"

namespace frontdesk::describe {

void refuse_mismatch(const Path& path, std::string_view expected) {
  throw Error(Code::invalid, "type_mismatch", path.text(), {{"expected", std::string(expected)}});
}

void refuse_malformed(const Path& path, std::string_view form) {
  throw Error(Code::invalid, "value_malformed", path.text(), {{"form", std::string(form)}});
}

void refuse_range(const Path& path, std::string_view reason, std::int64_t lowest,
                  std::int64_t highest) {
  Details details{{"lowest", lowest}, {"highest", highest}};
  throw Error(Code::invalid, reason, path.text(), std::move(details));
}

void refuse_missing(const Path& record, std::string_view name) {
  Details details{{"name", std::string(name)}};
  throw Error(Code::invalid, "field_missing", record.below(name).text(), std::move(details));
}

void refuse_unknown(const Path& record, std::string_view name,
                    std::span<const std::string_view> known) {
  Details details{{"name", quoted(name)}};
  auto near = text::nearest(name, known);
  if (near) details.emplace("nearest", std::string(*near));
  throw Error(Code::invalid, near ? "field_misspelt" : "field_unknown", record.below(name).text(),
              std::move(details));
}

void refuse_word(const Type& enumeration, std::string_view word, const Path& path) {
  std::vector<std::string_view> names;
  for (const EnumValue& candidate : enumeration.values()) names.push_back(candidate.name);
  Details details{{"value", quoted(word)},
                  {"allowed", std::vector<std::string>(names.begin(), names.end())}};
  if (auto near = text::nearest(word, names)) details.emplace("nearest", std::string(*near));
  throw Error(Code::invalid, "enum_unknown", path.text(), std::move(details));
}

}  // namespace frontdesk::describe

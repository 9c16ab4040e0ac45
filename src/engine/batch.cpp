#include "engine/batch.hpp"

#include "base/text.hpp"
#include "describe/json_value.hpp"

#include <charconv>
#include <span>

namespace frontdesk::engine {
namespace json = boost::json;
namespace {

constexpr std::string_view reference_key = "$ref";

[[noreturn]] void bad_reference(std::string_view reference, std::string_view field) {
  throw Error(Code::invalid, "batch_reference_unknown", field,
              {{"reference", std::string(reference)}});
}

const json::value* member_at(const json::value& value, std::string_view part) {
  if (value.is_object()) return value.get_object().if_contains(part);
  if (!value.is_array()) return nullptr;
  std::size_t index = 0;
  auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), index);
  if (problem != std::errc() || end != part.data() + part.size()) return nullptr;
  return value.get_array().if_contains(index);
}

const json::value& told_result(const Step& step) {
  if (!step.told) {
    step.told = std::make_shared<json::value>(
        describe::encode_value(step.operation->result(), step.result, nullptr));
  }
  return *static_cast<const json::value*>(step.told.get());
}

/// `0.id`, `2.items.0.name`: number of an earlier step, then members of its result.
json::value referred(std::string_view reference, std::span<const Step> earlier,
                     std::string_view field) {
  std::size_t dot = reference.find('.');
  std::size_t index = 0;
  auto [end, problem] =
      std::from_chars(reference.data(), reference.data() + std::min(dot, reference.size()), index);
  if (dot == std::string_view::npos || problem != std::errc() || end != reference.data() + dot ||
      index >= earlier.size()) {
    bad_reference(reference, field);
  }
  const json::value* here = &told_result(earlier[index]);
  std::string_view rest = reference.substr(dot + 1);
  while (here != nullptr && !rest.empty()) {
    dot = std::min(rest.find('.'), rest.size());
    here = member_at(*here, rest.substr(0, dot));
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  if (here == nullptr) bad_reference(reference, field);
  return *here;
}

bool is_reference(const json::value& value) {
  return value.is_object() && value.get_object().size() == 1 &&
         value.get_object().contains(reference_key);
}

bool has_reference(const json::value& value) {
  if (is_reference(value)) return true;
  if (value.is_object()) {
    for (const auto& member : value.get_object()) {
      if (has_reference(member.value())) return true;
    }
  } else if (value.is_array()) {
    for (const json::value& element : value.get_array()) {
      if (has_reference(element)) return true;
    }
  }
  return false;
}

void substitute(json::value& value, std::span<const Step> earlier, const std::string& field) {
  if (is_reference(value)) {
    const json::value& reference = value.get_object().at(reference_key);
    if (!reference.is_string()) bad_reference("", field);
    json::value found = referred(std::string_view(reference.get_string()), earlier, field);
    value = std::move(found);
  } else if (value.is_object()) {
    for (auto& member : value.get_object()) {
      std::string below =
          field.empty() ? std::string(member.key()) : field + "." + std::string(member.key());
      substitute(member.value(), earlier, below);
    }
  } else if (value.is_array()) {
    std::size_t index = 0;
    for (json::value& element : value.get_array()) {
      substitute(element, earlier, field + "[" + std::to_string(index++) + "]");
    }
  }
}

std::shared_ptr<void> resolve_json(const json::value& source, const Operation& operation,
                                   std::span<const Step> earlier) {
  json::value request = source;
  substitute(request, earlier, {});
  std::shared_ptr<void> made = make_value(operation.request());
  describe::decode_value(operation.request(), request, made.get());
  return made;
}

const Operation& operation_at(std::string_view name, const std::string& place) {
  try {
    return operation_named(name);
  } catch (const Error& error) {
    throw error.below(place + ".operation");
  }
}

Step step_from_json(const json::value& entry, std::size_t index) {
  std::string place = "[" + std::to_string(index) + "]";
  if (!entry.is_object())
    throw Error(Code::invalid, "type_mismatch", place, {{"expected", std::string("object")}});
  const json::object& object = entry.get_object();
  for (const auto& member : object) {
    if (member.key() != "operation" && member.key() != "request") {
      throw Error(Code::invalid, "field_unknown", place + "." + std::string(member.key()),
                  {{"name", std::string(member.key())}});
    }
  }
  const json::value* name = object.if_contains("operation");
  if (name == nullptr || !name->is_string()) {
    throw Error(Code::invalid, "field_missing", place + ".operation",
                {{"name", std::string("operation")}});
  }
  const json::value* given = object.if_contains("request");
  json::value request = given == nullptr ? json::value(json::object()) : *given;
  Step step;
  step.place = place;
  step.operation = &operation_at(std::string_view(name->get_string()), place);
  step.owned_result = make_value(step.operation->result());
  step.result = step.owned_result.get();
  if (has_reference(request)) {
    step.source = json::serialize(request);
    step.resolve = [request, operation = step.operation, index](const std::vector<Step>& steps) {
      return resolve_json(request, *operation, std::span(steps).first(index));
    };
    return step;
  }
  try {
    step.resolved = make_value(step.operation->request());
    describe::decode_value(step.operation->request(), request, step.resolved.get());
    describe::validate(step.operation->request(), step.resolved.get());
  } catch (const Error& error) {
    throw at_step(error, place);
  }
  step.request = step.resolved.get();
  return step;
}

/// The id of this type that stands at this place in the result (see Batch::Step::id). A negative
/// number need not come from a handle, so what is no such id of the result is refused.
std::int64_t id_at(const Step& step, std::int64_t offset, const Type& type) {
  for (const Field& field : step.operation->result().fields()) {
    const void* member = field.value(step.result);
    bool is_here =
        static_cast<const char*>(member) - static_cast<const char*>(step.result) == offset;
    bool is_such = field.type().kind == Kind::id && field.type().name == type.name;
    if (is_here && is_such) return field.type().number(member);
  }
  bad_reference(std::to_string(offset), {});
}

}  // namespace

const Operation& operation_named(std::string_view name) {
  if (const Operation* operation = find_operation(name)) return *operation;
  // As much of it as can be told: whole characters of valid text.
  name = name.substr(0, 100);
  if (auto invalid = text::invalid_utf8(name)) name = name.substr(0, *invalid);
  std::vector<std::string_view> names;
  for (const Operation* operation : operations()) names.push_back(operation->name);
  Details details{{"name", std::string(name)}};
  auto near = text::nearest(name, names);
  if (near) details.emplace("nearest", std::string(*near));
  throw Error(Code::not_found, near ? "operation_misspelt" : "operation_not_found", {},
              std::move(details));
}

std::vector<Step> steps_from_json(std::string_view list_json) {
  json::value list = describe::parse(list_json);
  if (!list.is_array())
    throw Error(Code::invalid, "type_mismatch", {}, {{"expected", std::string("list")}});
  if (list.get_array().size() > batch_steps_max) {
    throw Error(
        Code::invalid, "size_out_of_range", {},
        {{"lowest", std::int64_t{0}}, {"highest", static_cast<std::int64_t>(batch_steps_max)}});
  }
  std::vector<Step> steps;
  for (const json::value& entry : list.get_array())
    steps.push_back(step_from_json(entry, steps.size()));
  return steps;
}

std::string results_to_json(const std::vector<Step>& steps) {
  std::string list = "[";
  for (const Step& step : steps) {
    if (list.size() > 1) list += ',';
    list += describe::encode(step.operation->result(), step.result);
  }
  return list + "]";
}

Step typed_step(const Operation& operation, const void* request, void* result, std::size_t index) {
  Step step;
  step.operation = &operation;
  step.request = request;
  step.result = result;
  step.place = "[" + std::to_string(index) + "]";
  bool has_stand_in = false;
  std::shared_ptr<void> copy = make_value(operation.request());
  operation.request().assign(copy.get(), request);
  describe::each_stand_in(operation.request(), copy.get(),
                          [&has_stand_in](const Type&, std::int64_t id) {
                            has_stand_in = true;
                            return id;
                          });
  if (!has_stand_in) {
    try {
      describe::validate(operation.request(), request);
    } catch (const Error& error) {
      throw at_step(error, step.place);
    }
    return step;
  }
  step.resolve = [&operation, request, index](const std::vector<Step>& steps) {
    std::shared_ptr<void> made = make_value(operation.request());
    operation.request().assign(made.get(), request);
    describe::each_stand_in(operation.request(), made.get(),
                            [&](const Type& type, std::int64_t stand_in) {
                              std::int64_t code = -1 - stand_in;
                              auto earlier = static_cast<std::size_t>(code >> 20);
                              if (earlier >= index) bad_reference(std::to_string(earlier), {});
                              return id_at(steps[earlier], code & 0xfffff, type);
                            });
    return made;
  };
  return step;
}

}  // namespace frontdesk::engine

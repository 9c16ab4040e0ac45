#include "describe/json_value.hpp"
#include "describe/refuse.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <set>
#include <vector>

namespace frontdesk::describe {
namespace json = boost::json;
namespace {

constexpr std::size_t depth_max = 32;
constexpr std::size_t stack_bytes = 2048;

using Text = json::string_view;
using Problem = json::error_code;

/// What Boost's parser asks of whoever listens to it.
struct Listener {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  bool on_document_begin(Problem&) { return true; }
  bool on_document_end(Problem&) { return true; }
  bool on_object_begin(Problem&) { return true; }
  bool on_array_begin(Problem&) { return true; }
  bool on_key_part(Text, std::size_t, Problem&) { return true; }
  bool on_string_part(Text, std::size_t, Problem&) { return true; }
  bool on_number_part(Text, Problem&) { return true; }
  bool on_comment_part(Text, Problem&) { return true; }
  bool on_comment(Text, Problem&) { return true; }
};

/// Makes the value as json::parser does, and counts the members that the text has: where a name
/// comes twice in an object, the object keeps the last and tells nobody.
struct Builder : Listener {
  explicit Builder(std::span<unsigned char> stack)
      : values(json::storage_ptr(), stack.data(), stack.size()) {}

  bool on_object_end(std::size_t size, Problem&) {
    members += size;
    return values.push_object(size), true;
  }
  bool on_array_end(std::size_t size, Problem&) { return values.push_array(size), true; }
  bool on_key_part(Text part, std::size_t, Problem&) { return values.push_chars(part), true; }
  bool on_key(Text part, std::size_t, Problem&) { return values.push_key(part), true; }
  bool on_string_part(Text part, std::size_t, Problem&) { return values.push_chars(part), true; }
  bool on_string(Text part, std::size_t, Problem&) { return values.push_string(part), true; }
  bool on_int64(std::int64_t n, Text, Problem&) { return values.push_int64(n), true; }
  bool on_uint64(std::uint64_t n, Text, Problem&) { return values.push_uint64(n), true; }
  bool on_double(double n, Text, Problem&) { return values.push_double(n), true; }
  bool on_bool(bool value, Problem&) { return values.push_bool(value), true; }
  bool on_null(Problem&) { return values.push_null(), true; }

  json::value_stack values;
  std::size_t members = 0;
};

/// Refuses the first name that comes twice in its object. Slower than counting, so it listens only
/// to a text of which that is known.
struct TwiceFinder : Listener {
  struct Open {
    bool is_object;
    std::size_t index = 0;
    std::string name{};
    std::set<std::string, std::less<>> names{};
  };

  bool on_object_begin(Problem&) { return open.push_back({true}), true; }
  bool on_array_begin(Problem&) { return open.push_back({false}), true; }
  bool on_object_end(std::size_t, Problem&) { return open.pop_back(), value(); }
  bool on_array_end(std::size_t, Problem&) { return open.pop_back(), value(); }
  bool on_key_part(Text part, std::size_t, Problem&) { return key.append(part), true; }
  bool on_key(Text part, std::size_t, Problem&) {
    Open& object = open.back();
    object.name = key.append(part);
    key.clear();
    if (!object.names.insert(object.name).second) refuse();
    return true;
  }
  bool on_string(Text, std::size_t, Problem&) { return value(); }
  bool on_int64(std::int64_t, Text, Problem&) { return value(); }
  bool on_uint64(std::uint64_t, Text, Problem&) { return value(); }
  bool on_double(double, Text, Problem&) { return value(); }
  bool on_bool(bool, Problem&) { return value(); }
  bool on_null(Problem&) { return value(); }

  bool value() {
    if (!open.empty()) ++open.back().index;
    return true;
  }
  [[noreturn]] void refuse() const {
    std::vector<Path> paths(1);
    paths.reserve(open.size() + 1);  // each refers to the one before it
    for (const Open& outer : open) {
      const Path& parent = paths.back();
      paths.push_back(outer.is_object ? parent.below(outer.name) : parent.at(outer.index));
    }
    throw Error(Code::invalid, "field_twice", paths.back().text(),
                {{"name", quoted(open.back().name)}});
  }

  std::vector<Open> open{};
  std::string key{};
};

json::parse_options options() {
  json::parse_options options;
  options.max_depth = depth_max;
  return options;
}

std::size_t members_of(const json::value& value) {
  std::size_t members = 0;
  if (const json::object* object = value.if_object()) {
    members = object->size();
    for (const auto& member : *object) members += members_of(member.value());
  } else if (const json::array* array = value.if_array()) {
    for (const json::value& element : *array) members += members_of(element);
  }
  return members;
}

}  // namespace

json::value parse(std::string_view text, json::storage_ptr storage) {
  if (text.size() > request_bytes_max) {
    throw Error(Code::invalid, "request_too_large", {},
                {{"bytes_max", static_cast<std::int64_t>(request_bytes_max)}});
  }
  unsigned char stack[stack_bytes];
  json::basic_parser<Builder> parser(options(), std::span<unsigned char>(stack));
  Builder& builder = parser.handler();
  builder.values.reset(std::move(storage));
  Problem problem;
  std::size_t offset = parser.write_some(false, text.data(), text.size(), problem);
  if (!problem && offset < text.size()) problem = json::error::extra_data;
  if (problem) {
    throw Error(Code::invalid, "json_malformed", {},
                {{"offset", static_cast<std::int64_t>(offset)}, {"problem", problem.message()}});
  }
  json::value value = builder.values.release();
  if (members_of(value) != builder.members) {
    json::basic_parser<TwiceFinder> finder(options());
    finder.write_some(false, text.data(), text.size(), problem);
  }
  return value;
}

}  // namespace frontdesk::describe

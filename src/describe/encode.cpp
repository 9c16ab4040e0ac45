#include "base/crypto.hpp"
#include "base/zones.hpp"
#include "describe/json_value.hpp"

#include <charconv>

namespace frontdesk::describe {
namespace json = boost::json;
namespace {

// Beyond this an integer is not exact in every JSON reader (RFC 8259 section 6).
constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
constexpr std::size_t usual_bytes = 512;

std::string_view word_of(const Type& type, const void* value) {
  std::int64_t number = type.number(value);
  for (const EnumValue& candidate : type.values()) {
    if (candidate.value == number) return candidate.name;
  }
  return {};
}

const Money& money_of(const void* value) { return *static_cast<const Money*>(value); }

/// True for what says nothing: an update that was not given, an empty optional, and a plain value
/// that was never set, for which JSON has no form.
bool is_unset(const Type& type, const void* value) {
  switch (type.kind) {
    case Kind::update:
      return !type.is_set(value);
    case Kind::optional:
      return type.content(value) == nullptr;
    case Kind::id:
      return type.number(value) == 0;
    case Kind::date:
      return !static_cast<const Date*>(value)->ok();
    case Kind::money:
      return money_of(value).currency.code().empty();
    case Kind::enumeration:
      return word_of(type, value).empty();
    default:
      return false;
  }
}

/// Appends JSON to a text.
class Writer {
 public:
  Writer(std::string& text, const Redaction* redaction) : text_(text), redaction_(redaction) {}

  void write(const Type& type, const void* value);

 private:
  void write_set(const Type& type, const void* value);
  void write_number(std::int64_t number);
  void write_text(std::string_view text);
  void write_name(std::string_view name);
  void write_key(std::string_view key);
  void write_money(const Money& money);
  void write_list(const Type& type, const void* value);
  void write_map(const Type& type, const void* value);
  void write_record(const Type& type, const void* value);
  void write_personal(const Type& type, const void* value);

  std::string& text_;
  const Redaction* redaction_;
  bool is_inside_personal_ = false;
};

void Writer::write_number(std::int64_t number) {
  char digits[20];
  char* end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  text_.append(digits, end);
}

void Writer::write_text(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view letters = "\"\\bfnrt";
  text_ += '"';
  std::size_t plain = 0;  // start of what stands for itself
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    text_ += text.substr(plain, i - plain);
    plain = i + 1;
    std::size_t known = escaped.find(text[i]);
    if (known != std::string_view::npos) {
      text_ += {'\\', letters[known]};
    } else {
      text_ += {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    }
  }
  text_ += text.substr(plain);
  text_ += '"';
}

/// A field's name has nothing to be escaped.
void Writer::write_name(std::string_view name) {
  if (text_.back() != '{') text_ += ',';
  text_ += '"';
  text_ += name;
  text_ += "\":";
}

void Writer::write_key(std::string_view key) {
  if (text_.back() != '{') text_ += ',';
  write_text(key);
  text_ += ':';
}

void Writer::write_money(const Money& money) {
  bool is_exact = money.minor < exact_in_double && money.minor > -exact_in_double;
  text_ += is_exact ? R"({"amount":)" : R"({"amount":")";
  write_number(money.minor);
  text_ += is_exact ? R"(,"currency":)" : R"(","currency":)";
  write_text(money.currency.code());
  text_ += '}';
}

void Writer::write_list(const Type& type, const void* value) {
  const Type& element = type.element();
  std::size_t size = type.size(value);
  text_ += '[';
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) text_ += ',';
    write(element, type.at(value, i));
  }
  text_ += ']';
}

void Writer::write_map(const Type& type, const void* value) {
  struct Visit {
    Writer& writer;
    const Type& element;
  } visit{*this, type.element()};
  text_ += '{';
  type.each(value, &visit, [](void* context, const std::string& key, const void* element) {
    Visit& here = *static_cast<Visit*>(context);
    here.writer.write_key(key);
    here.writer.write(here.element, element);
  });
  text_ += '}';
}

void Writer::write_record(const Type& type, const void* value) {
  text_ += '{';
  for (const Field& field : type.fields()) {
    const void* member = field.value(value);
    const Type& member_type = field.type();
    if (is_unset(member_type, member)) continue;
    if (redaction_ != nullptr && field.is_secret) continue;
    bool is_hidden = redaction_ != nullptr && field.is_personal && !is_inside_personal_;
    if (is_hidden && !redaction_->personal) continue;
    write_name(field.name);
    if (is_hidden) {
      write_personal(member_type, member);
    } else {
      write_set(member_type, member);
    }
  }
  text_ += '}';
}

/// The value is written as it is, shown to the redaction and taken away again.
void Writer::write_personal(const Type& type, const void* value) {
  std::size_t start = text_.size();
  is_inside_personal_ = true;
  write_set(type, value);
  is_inside_personal_ = false;
  std::string stand_in = redaction_->personal(std::string_view(text_).substr(start));
  text_.resize(start);
  write_text(stand_in);
}

void Writer::write(const Type& type, const void* value) {
  if (is_unset(type, value)) {
    text_ += "null";
  } else {
    write_set(type, value);
  }
}

void Writer::write_set(const Type& type, const void* value) {
  switch (type.kind) {
    case Kind::boolean:
      text_ += type.number(value) != 0 ? "true" : "false";
      return;
    case Kind::integer:
    case Kind::duration:
    case Kind::id:
      return write_number(type.number(value));
    case Kind::text:
      return write_text(type.text(const_cast<void*>(value)));
    case Kind::bytes:
      return write_text(crypto::base64(type.text(const_cast<void*>(value))));
    case Kind::enumeration:
      return write_text(word_of(type, value));
    case Kind::money:
      return write_money(money_of(value));
    case Kind::instant:
      return write_text(zones::print(*static_cast<const Instant*>(value)));
    case Kind::local_time:
      return write_text(zones::print(*static_cast<const LocalTime*>(value)));
    case Kind::date:
      return write_text(zones::print(*static_cast<const Date*>(value)));
    case Kind::optional:
    case Kind::update:
      if (const void* content = type.content(value)) return write(type.element(), content);
      text_ += "null";
      return;
    case Kind::list:
      return write_list(type, value);
    case Kind::map:
      return write_map(type, value);
    case Kind::record:
      return write_record(type, value);
  }
}

std::string print(const Type& type, const void* value, const Redaction* redaction) {
  std::string text;
  text.reserve(usual_bytes);
  Writer(text, redaction).write(type, value);
  return text;
}

}  // namespace

json::value encode_value(const Type& type, const void* value, const Redaction* redaction,
                         json::storage_ptr storage) {
  return describe::parse(print(type, value, redaction), std::move(storage));
}

std::string encode(const Type& type, const void* value) { return print(type, value, nullptr); }

std::string encode_redacted(const Type& type, const void* value, const Redaction& redaction) {
  return print(type, value, &redaction);
}

}  // namespace frontdesk::describe

#include "probe.hpp"

namespace frontdesk {
inline namespace v1 {
namespace probe {

enum class Colour : unsigned char { red = 1, green = 2 };

std::span<const EnumValue> enum_values(Colour) {
  static constexpr EnumValue values[] = {{1, "red", "Like a rose."}, {2, "green", "Like grass."}};
  return values;
}

struct Part {
  std::string name{};
  std::int32_t count = 0;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Part::name>("What it is.").personal(),
        field<&Part::count>("How many.").or_default(),
    };
    return table;
  }
};

struct Probe {
  bool yes = false;
  std::int64_t number = 0;
  std::string text{};
  Bytes bytes{};
  Colour colour = Colour::red;
  ClientId client{};
  Money price{};
  Instant at{};
  LocalTime local{};
  Date day{};
  Duration length{};
  CentreId centre{};
  std::optional<std::string> note{};
  std::optional<Part> part{};
  std::vector<Part> parts{};
  std::map<std::string, Money> prices{};
  Update<Colour> change{};
  std::string secret{};
  std::int64_t from = 7;

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Probe::yes>("Yes or no."),
        field<&Probe::number>("Any number."),
        field<&Probe::text>("Any text."),
        field<&Probe::bytes>("Any bytes."),
        field<&Probe::colour>("One of a few."),
        field<&Probe::client>("A client."),
        field<&Probe::price>("An amount."),
        field<&Probe::at>("A moment."),
        field<&Probe::local>("A time on the wall."),
        field<&Probe::day>("A day."),
        field<&Probe::length>("A span of time."),
        field<&Probe::centre>("A centre or none.").or_default(),
        field<&Probe::note>("Text or none."),
        field<&Probe::part>("A record or none."),
        field<&Probe::parts>("Records."),
        field<&Probe::prices>("Amounts by name."),
        field<&Probe::change>("A change."),
        field<&Probe::secret>("A secret.").secret().or_default(),
        field<&Probe::from>("A word that Python keeps to itself.").or_default(),
    };
    return table;
  }
};

}  // namespace probe
}  // namespace v1

const Type& python::probe_type() { return type_of<probe::Probe>(); }

}  // namespace frontdesk

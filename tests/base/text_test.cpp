#include "base/text.hpp"

#include <frontdesk/error.hpp>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace frontdesk;

namespace {

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return text::sort_key(a) < text::sort_key(b);
  });
  return names;
}

/// Bytes that are often, not always, UTF-8.
std::string some_text() {
  static const std::vector<std::string> pieces = {
      "a",  "Z",  "é", "e\u0301",    "Й",      "и\u0306", "Ї",      "ё",
      "Ґ",  "Қ",  "һ", "ß",          "İ",      "Ł",       "Æ",      "ŉ",
      "ʼ",  "’",  " ", "\u00A0",     "\u0301", "\u0323",  "\u200B", "ﬁ",
      "Ｚ", "한", "é̱", "\xFF",       "\xD0",   "1",       "@",      ".",
      "ς",  "ϔ",  "ǿ", "\U0001F600", "א\u05B8"};
  std::string result;
  const int count = *rc::gen::inRange(0, 12);
  for (int i = 0; i < count; ++i) result += *rc::gen::elementOf(pieces);
  return result;
}

}  // namespace

TEST_CASE("UTF-8 is checked strictly", "[base][text][E16]") {
  CHECK_FALSE(text::invalid_utf8(""));
  CHECK_FALSE(text::invalid_utf8("Олена Ґалаґан 🎬"));
  CHECK(text::invalid_utf8("ab\x80") == 2);
  CHECK(text::invalid_utf8("\xC0\xAF") == 0);          // overlong
  CHECK(text::invalid_utf8("x\xED\xA0\x80") == 1);     // surrogate
  CHECK(text::invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
  CHECK(text::invalid_utf8("Олена\xD0") == 10);        // cut off
}

TEST_CASE("control characters are seen", "[base][text][E16]") {
  CHECK_FALSE(text::has_control_characters("a\tb\r\nc Їжак"));
  CHECK(text::has_control_characters(std::string_view("a\0b", 3)));
  CHECK(text::has_control_characters("\x1B[31m"));
  CHECK(text::has_control_characters("\x7F"));
  CHECK(text::has_control_characters("\xC2\x85"));
  CHECK_FALSE(text::has_control_characters("\xC2\xA0"));
}

TEST_CASE("length counts code points", "[base][text]") {
  CHECK(text::length("") == 0);
  CHECK(text::length("Zoë") == 3);
  CHECK(text::length("Їжак🎬") == 5);
}

TEST_CASE("tidy trims and composes", "[base][text]") {
  CHECK(text::tidy("  Anna\t\n") == "Anna");
  CHECK(text::tidy("\uFEFF\u00A0Олена Коваль\u3000") == "Олена Коваль");
  CHECK(text::tidy("Zoe\u0308") == "Zoë");
  CHECK(text::tidy("и\u0306") == "й");
  CHECK(text::tidy(" \u00A0 ").empty());
}

TEST_CASE("folding finds names however they are typed", "[base][text][E18][P7]") {
  CHECK(text::fold("Zoë") == "zoe");
  CHECK(text::fold("ZOE\u0308") == "zoe");
  CHECK(text::fold("Łukasz Ørsted Æsa Đorđe") == "lukasz orsted aesa dorde");
  CHECK(text::fold("STRASSE") == text::fold("Straße"));
  CHECK(text::fold("İSTANBUL") == "istanbul");
  CHECK(text::fold("ОЛЕНА ҐАЛАҐАН") == "олена ґалаґан");
  CHECK(text::fold("Оле\u0301на") == "олена");
  CHECK(text::fold("Мар’яна") == text::fold("МАРʼЯНА"));
  CHECK(text::fold("Мар’яна") == "мар'яна");
}

TEST_CASE("Cyrillic letters stay letters of their own", "[base][text][E18]") {
  CHECK(text::fold("Йосип") == "йосип");
  CHECK(text::fold("И\u0306осип") == "йосип");
  CHECK(text::fold("Їжак") != text::fold("Іжак"));
  CHECK(text::fold("Ёлка") != text::fold("Елка"));
  CHECK(text::fold("ӘҒҚҢӨҰҮҺІ") == "әғқңөұүһі");
  CHECK(text::fold("Қанат") != text::fold("Канат"));
}

TEST_CASE("folding twice changes nothing more", "[base][text][E18]") {
  CHECK(rc::check([] {
    const std::string once = text::fold(some_text());
    RC_ASSERT(text::fold(once) == once);
    RC_ASSERT(!text::invalid_utf8(once));
  }));
  CHECK(rc::check([] {
    const std::string once = text::tidy(some_text());
    RC_ASSERT(text::tidy(once) == once);
  }));
}

TEST_CASE("names sort as in a Ukrainian dictionary", "[base][text][E18]") {
  const std::vector<std::string> letters = {"а", "б", "в", "г", "ґ", "д", "е", "є", "ж", "з", "и",
                                            "і", "ї", "й", "к", "л", "м", "н", "о", "п", "р", "с",
                                            "т", "у", "ф", "х", "ц", "ч", "ш", "щ", "ь", "ю", "я"};
  std::vector<std::string> shuffled = letters;
  std::reverse(shuffled.begin(), shuffled.end());
  CHECK(sorted(shuffled) == letters);

  const std::vector<std::string> names = {"Zoë",      "Андрій", "Ганна", "Ґалина",
                                          "Данило",   "Євген",  "Ирина", "Іван",
                                          "Їжакевич", "Йосип",  "Катря", "Яна"};
  shuffled = names;
  std::reverse(shuffled.begin(), shuffled.end());
  CHECK(sorted(shuffled) == names);
  CHECK(sorted({"Ґрета", "Гук", "Їгор", "Ігор", "Ізмаїл", "Ёлкин", "Ель"}) ==
        std::vector<std::string>{"Гук", "Ґрета", "Ель", "Ёлкин", "Ігор", "Ізмаїл", "Їгор"});
  CHECK(sorted({"іван", "Богдан", "богдана", "Іва", "ярослав"}) ==
        std::vector<std::string>{"Богдан", "богдана", "Іва", "іван", "ярослав"});
}

TEST_CASE("Kazakh letters sort after the letters they come from", "[base][text][E18]") {
  const std::vector<std::string> names = {"Айгүл", "Әсем",   "Ғани",  "Ербол", "Канат",
                                          "Қанат", "Нұрлан", "Олжас", "Өмір",  "Шолпан"};
  std::vector<std::string> shuffled = names;
  std::reverse(shuffled.begin(), shuffled.end());
  CHECK(sorted(shuffled) == names);
}

TEST_CASE("sort keys fold case and are stable across threads", "[base][text][E11][E18]") {
  CHECK(text::sort_key("ОЛЕНА") == text::sort_key("олена"));
  CHECK(text::sort_key("Zoe") < text::sort_key("Zoë"));
  CHECK(text::sort_key("") < text::sort_key("a"));
  CHECK(text::sort_key("Zoë").find('\0') == std::string::npos);
  const std::string expected = text::sort_key("Ґалаґан");
  std::vector<std::string> made(8);
  std::vector<std::thread> threads;
  for (std::string& key : made) {
    threads.emplace_back([&key] { key = text::sort_key("Ґалаґан"); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::count(made.begin(), made.end(), expected) == 8);
}

TEST_CASE("e-mail addresses have one normal form", "[base][text][A1][P1]") {
  CHECK(text::normal_email("  Olena.Koval+kids@Studio.Example ") ==
        "olena.koval+kids@studio.example");
  CHECK(text::normal_email("Олена@Студія.укр") == "олена@студія.укр");
  CHECK(text::normal_email("josé@example.com") != text::normal_email("jose@example.com"));
  for (const std::string_view wrong :
       {"", "@", "olena", "olena@studio", "@studio.example", "olena@", "a@b@c.example",
        "ol ena@studio.example", "olena@studio..example", "olena@.example", "olena@studio.example.",
        "olena@-studio.example", ".olena@studio.example", "o..a@studio.example",
        "<olena@studio.example>", "olena@stud_io.example", "olena@studio.example\x01",
        "ole\u00A0na@studio.example", "olena@studio.exa\xFFmple"}) {
    CAPTURE(wrong);
    CHECK_FALSE(text::normal_email(wrong));
  }
  CHECK_FALSE(text::normal_email(std::string(65, 'a') + "@studio.example"));
  CHECK(text::normal_email(std::string(64, 'a') + "@studio.example"));
  CHECK_FALSE(text::normal_email("a@" + std::string(64, 'b') + ".example"));
  CHECK_FALSE(text::normal_email(std::string(100'000, 'a') + "@studio.example"));
}

TEST_CASE("phones have one normal form", "[base][text][P1]") {
  const std::string kyiv = "+380671234567";
  for (const std::string_view written :
       {"+380671234567", "+38 (067) 123-45-67", "00380671234567", "067 123 45 67", "380671234567",
        "80671234567", "671234567", "\u202A+380671234567\u202C", "067\u2011123\u00A045/67"}) {
    CAPTURE(written);
    CHECK(text::normal_phone(written, "380") == kyiv);
  }
  for (const std::string_view written :
       {"8 (701) 123 45 67", "+7 701 123 45 67", "7011234567", "77011234567"}) {
    CAPTURE(written);
    CHECK(text::normal_phone(written, "7") == "+77011234567");
  }
  CHECK(text::normal_phone("+44 (0)20 7946 0000") == "+442079460000");
  CHECK(text::normal_phone("020 7946 0000", "+44") == "+442079460000");
}

TEST_CASE("what is no phone is refused", "[base][text][P1]") {
  for (const std::string_view wrong :
       {"", "+", "()", "067 123 45 67 ext 5", "+38O671234567", "12", "+1234567", "+0671234567",
        "+1234567890123456", "++380671234567", "067+1234567", "\xFF"}) {
    CAPTURE(wrong);
    CHECK_FALSE(text::normal_phone(wrong, "380"));
  }
  CHECK_FALSE(text::normal_phone("0671234567"));  // national, and nobody says of which nation
  CHECK_FALSE(text::normal_phone("0671234567", "UA"));
  CHECK_FALSE(text::normal_phone(std::string(1'000'000, '1'), "380"));
}

TEST_CASE("a normal phone is its own normal form", "[base][text][P1]") {
  CHECK(rc::check([] {
    const auto digits = *rc::gen::container<std::string>(rc::gen::inRange<char>('0', ':'));
    const auto phone = text::normal_phone(digits, "380");
    if (phone) RC_ASSERT(text::normal_phone(*phone, "7") == phone);
  }));
}

TEST_CASE("the nearest name is offered for a slip", "[base][text][E16]") {
  const std::vector<std::string_view> names = {"email", "phone", "first_name", "last_name", "city"};
  CHECK(text::nearest("emial", names) == "email");
  CHECK(text::nearest("frist_name", names) == "first_name");
  CHECK(text::nearest("LastName", names) == "last_name");
  CHECK(text::nearest("cty", names) == "city");
  CHECK_FALSE(text::nearest("birth_date", names));
  CHECK_FALSE(text::nearest("", names));
  CHECK_FALSE(text::nearest("x", {}));
  CHECK_FALSE(text::nearest(std::string(1'000'000, 'x'), names));
}

TEST_CASE("LIKE patterns are escaped", "[base][text][P7]") {
  CHECK(text::escape_like("100%_\\") == "100\\%\\_\\\\");
  CHECK(text::escape_like("Олена") == "Олена");
}

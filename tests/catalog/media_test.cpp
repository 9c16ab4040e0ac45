#include "support.hpp"

#include "base/crypto.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace frontdesk;
using testing::refusal;
using testing::TestDesk;
namespace fs = std::filesystem;

namespace {

/// A picture of the wanted size, different for each `seed`.
Bytes png(const std::string& seed, std::size_t size = 100) {
  std::string content = "\x89PNG\r\n\x1A\n" + seed;
  content.resize(std::max(size, content.size()), 'x');
  return {content};
}

std::string put(const Caller& caller, const Bytes& content) {
  return caller.run(catalog::PutMedia{.content = content}).digest;
}

fs::path place(const TestDesk& desk, const std::string& digest) {
  return fs::path(desk.path() + "-media") / digest.substr(0, 2) / digest;
}

std::string told(const std::function<void()>& action) { return refusal(action).reason(); }

}  // namespace

TEST_CASE("a picture is kept once beside the database, under its digest", "[C8]") {
  TestDesk desk;
  Bytes content = png("one");
  catalog::Media media = desk.host().run(catalog::PutMedia{.content = content});
  CHECK(media.digest == crypto::hex(crypto::view(crypto::sha256(content.value))));
  CHECK(media.type == catalog::MediaType::png);
  CHECK(media.size_bytes == 100);
  CHECK(media.put_at == desk.clock.now());
  CHECK(fs::file_size(place(desk, media.digest)) == 100);

  desk.clock += Duration{60};
  catalog::Media again = desk.host().run(catalog::PutMedia{.content = content});
  CHECK(again.digest == media.digest);
  CHECK(again.put_at == desk.clock.now());
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(desk.path() + "-media")) {
    files += entry.is_regular_file() ? 1 : 0;
  }
  CHECK(files == 1);

  catalog::MediaContent read = desk.host().run(catalog::GetMedia{.digest = media.digest});
  CHECK(read.content == content);
  CHECK(read.media.type == catalog::MediaType::png);
  // As JSON the bytes are Base64.
  std::string json =
      desk.host().call("catalog.get_media", R"({"digest": ")" + media.digest + R"("})");
  CHECK(json.find(crypto::base64(content.value)) != std::string::npos);
  events::Feed feed = desk.host().run(events::Since{.cursor = 0, .topics = {"catalog.media_*"}});
  CHECK(feed.items.size() == 1);
}

TEST_CASE("types are told by their first bytes and limited", "[C8]") {
  TestDesk desk;
  Caller host = desk.host();
  auto type_of = [&](const std::string& content) {
    return host.run(catalog::PutMedia{.content = {content}}).type;
  };
  CHECK(type_of("\xFF\xD8\xFF\xE0jpeg") == catalog::MediaType::jpeg);
  CHECK(type_of("GIF89a......") == catalog::MediaType::gif);
  CHECK(type_of("GIF87a......") == catalog::MediaType::gif);
  CHECK(type_of("RIFF1234WEBPVP8 ") == catalog::MediaType::webp);
  for (const char* other : {"<svg/>", "%PDF-1.7", "MZ", "GIF88a", "RIFF1234WAVE", "RIFF"}) {
    Error error = refusal([&] { host.run(catalog::PutMedia{.content = {other}}); });
    INFO(other);
    CHECK(error.code() == Code::invalid);
    CHECK(error.reason() == "media_type_unsupported");
    CHECK(error.field() == "content");
    CHECK(error.message() ==
          "This is no picture of a kind that is taken. Give a JPEG, PNG, GIF or WebP file.");
  }
  CHECK(told([&] { host.run(catalog::PutMedia{}); }) == "length_out_of_range");
  host.run(upkeep::ChangeSetting{.name = "catalog.media_png_bytes_max", .value = 200});
  CHECK(put(host, png("fits", 200)).size() == 64);
  Error large = refusal([&] { put(host, png("large", 201)); });
  CHECK(large.reason() == "media_too_large");
  CHECK(std::get<std::int64_t>(large.details().at("bytes_max")) == 200);
  CHECK(large.message() ==
        "The file has 201 bytes; at most 200 are taken. Make the picture smaller.");
  host.run(upkeep::ChangeSetting{.name = "catalog.media_gif_bytes_max", .value = 0});
  CHECK(told([&] { host.run(catalog::PutMedia{.content = {"GIF89a......"}}); }) ==
        "media_type_unsupported");
}

TEST_CASE("a preview and a refused batch leave no file in its place", "[C8][E3][E5]") {
  TestDesk desk;
  Bytes content = png("never");
  catalog::Media previewed = desk.host().preview(catalog::PutMedia{.content = content});
  CHECK_FALSE(fs::exists(place(desk, previewed.digest)));
  CHECK(fs::is_empty(desk.path() + "-media/waiting"));
  CHECK(told([&] { desk.host().run(catalog::GetMedia{.digest = previewed.digest}); }) ==
        "media_not_found");

  Batch batch;
  batch.add(catalog::PutMedia{.content = content});
  batch.add(catalog::ArchiveRoom{.room = RoomId{99}});
  CHECK(told([&] { desk.host().run(batch); }) == "room_not_found");
  CHECK(told([&] { desk.host().run(catalog::GetMedia{.digest = previewed.digest}); }) ==
        "media_not_found");
  // What a failed transaction left is swept once the tick has come round to its folder.
  for (int minute = 0; minute < 256; ++minute) {
    desk.clock += Duration{60};
    desk.host().run(upkeep::Tick{});
  }
  CHECK_FALSE(fs::exists(place(desk, previewed.digest)));
}

TEST_CASE("a picture is seen by whoever may see what shows it", "[C8][A9]") {
  TestDesk desk;
  CentreId own = desk.centre("Alpha");
  Caller partner = desk.staff("Partner", own);
  Caller anyone = desk.anonymous();
  CHECK(told([&] { put(anyone, png("x")); }) == "sign_in_required");
  std::string logo = put(partner, png("logo"));
  auto sees = [&](const Caller& caller, const std::string& digest) {
    try {
      caller.run(catalog::GetMedia{.digest = digest});
      return true;
    } catch (const Error& error) {
      CHECK(error.reason() == "media_not_found");
      CHECK(error.message() == "There is no such file.");
      return false;
    }
  };
  CHECK(sees(partner, logo));
  CHECK_FALSE(sees(anyone, logo));
  CHECK_FALSE(sees(anyone, std::string(64, 'a')));
  partner.run(catalog::UpdateCentre{.centre = own, .logo = logo});
  CHECK(sees(anyone, logo));
  partner.run(catalog::UpdateCentre{.centre = own, .active = false});
  CHECK_FALSE(sees(anyone, logo));
  CHECK(sees(partner, logo));
  partner.run(catalog::UpdateCentre{.centre = own, .active = true});

  std::string poster = put(partner, png("poster"));
  ActivityId film =
      partner
          .run(catalog::CreateActivity{
              .centre = own, .name = "Film", .details = catalog::ActivityDetails{.poster = poster}})
          .id;
  CHECK(sees(anyone, poster));
  partner.run(catalog::UpdateActivity{.activity = film, .active = false});
  CHECK_FALSE(sees(anyone, poster));

  // A client's picture is for the client, and for staff of their centres.
  TestDesk::Customer person = desk.customer("Olena");
  TestDesk::Customer stranger = desk.customer("Petro");
  std::string picture = put(person.caller, png("picture"));
  person.caller.run(people::UpdateClient{.client = person.client, .picture = picture});
  CHECK(sees(person.caller, picture));
  CHECK_FALSE(sees(stranger.caller, picture));
  CHECK_FALSE(sees(partner, picture));
  CHECK_FALSE(sees(anyone, picture));
  CHECK(sees(desk.admin(), picture));
  // Nor can a stranger make it public by naming it.
  Error named =
      refusal([&] { partner.run(catalog::UpdateCentre{.centre = own, .logo = picture}); });
  CHECK(named.reason() == "media_not_found");
  CHECK(named.field() == "logo");
  // A name of the host's own is still a name.
  CHECK(partner.run(catalog::UpdateCentre{.centre = own, .logo = "sun.png"}).logo == "sun.png");
}

TEST_CASE("an account that manages nothing may put so many files a day", "[C8]") {
  TestDesk desk;
  desk.host().run(upkeep::ChangeSetting{.name = "catalog.media_daily_max", .value = 2});
  TestDesk::Customer person = desk.customer();
  put(person.caller, png("1"));
  put(person.caller, png("2"));
  Error error = refusal([&] { put(person.caller, png("3")); });
  CHECK(error.code() == Code::rate_limited);
  CHECK(error.reason() == "media_daily_limit");
  Caller partner = desk.staff("Partner", desk.centre("Alpha"));
  for (int i = 0; i < 4; ++i) put(partner, png("p" + std::to_string(i)));
  desk.clock += std::chrono::hours{25};
  CHECK(put(desk.desk().caller(desk.token(person.email)), png("3")).size() == 64);
}

TEST_CASE("what nothing refers to is swept after a day", "[C8][U1]") {
  TestDesk desk;
  CentreId centre = desk.centre("Alpha");
  Caller host = desk.host();
  std::string used = put(host, png("used"));
  std::string unused = put(host, png("unused"));
  host.run(catalog::UpdateCentre{.centre = centre, .logo = used});
  desk.clock += std::chrono::hours{23};
  host.run(upkeep::Tick{});
  CHECK(fs::exists(place(desk, unused)));
  desk.clock += std::chrono::hours{2};
  host.preview(upkeep::Tick{});
  CHECK(host.run(catalog::GetMedia{.digest = unused}).media.digest == unused);
  host.run(upkeep::Tick{});
  CHECK(told([&] { host.run(catalog::GetMedia{.digest = unused}); }) == "media_not_found");
  desk.clock += Duration{60};
  host.run(upkeep::Tick{});
  CHECK_FALSE(fs::exists(place(desk, unused)));
  CHECK(fs::exists(place(desk, used)));
  // Given up and put again before the file went: it stays.
  put(host, png("unused"));
  host.run(catalog::UpdateCentre{.centre = centre, .logo = unused});
  desk.clock += std::chrono::hours{25};
  host.run(upkeep::Tick{});
  put(host, png("used"));
  desk.clock += Duration{60};
  host.run(upkeep::Tick{});
  CHECK(fs::exists(place(desk, used)));
  CHECK(fs::exists(place(desk, unused)));
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("a client's picture is erased with the person", "[C8][P9]") {
  TestDesk desk;
  TestDesk::Customer person = desk.customer("Zlata");
  TestDesk::Customer twin = desk.customer("Zoryana");
  Bytes shared = png("shared");
  std::string own = put(person.caller, png("own"));
  std::string waiting = put(person.caller, png("waiting"));
  std::string both = put(person.caller, shared);
  people::PersonExport exported = desk.host().run(people::Export{.client = person.client});
  CHECK(exported.json.find(waiting) != std::string::npos);
  person.caller.run(people::UpdateClient{.client = person.client, .picture = own});
  put(twin.caller, shared);
  twin.caller.run(people::UpdateClient{.client = twin.client, .picture = both});

  desk.host().run(people::Erase{.client = person.client});
  CHECK_FALSE(fs::exists(place(desk, own)));
  CHECK_FALSE(fs::exists(place(desk, waiting)));
  CHECK(fs::exists(place(desk, both)));
  CHECK(told([&] { desk.host().run(catalog::GetMedia{.digest = own}); }) == "media_not_found");
  CHECK(twin.caller.run(catalog::GetMedia{.digest = both}).content == shared);
  CHECK(desk.host().run(upkeep::Check{}).problems.empty());
}

TEST_CASE("a file that is gone or changed is told, and can be put again", "[C8][U6]") {
  TestDesk desk;
  Caller host = desk.host();
  CentreId centre = desk.centre("Alpha");
  std::string digest = put(host, png("one"));
  host.run(catalog::UpdateCentre{.centre = centre, .logo = digest});
  std::ofstream(place(desk, digest)) << std::string(100, 'y');
  Error damaged = refusal([&] { host.run(catalog::GetMedia{.digest = digest}); });
  CHECK(damaged.code() == Code::storage);
  CHECK(damaged.reason() == "media_file_damaged");
  fs::remove(place(desk, digest));
  CHECK(told([&] { host.run(catalog::GetMedia{.digest = digest}); }) == "media_file_missing");
  upkeep::Checked checked = host.run(upkeep::Check{});
  REQUIRE(checked.problems.size() == 1);
  CHECK(checked.problems[0].part == "media");
  put(host, png("one"));
  CHECK(host.run(catalog::GetMedia{.digest = digest}).content == png("one"));
  CHECK(host.run(upkeep::Check{}).problems.empty());
}

TEST_CASE("files are read where the desk is read-only", "[C8][E10]") {
  TestDesk desk;
  std::string digest = put(desk.host(), png("one"));
  desk.close();
  OpenOptions options = desk.options();
  options.read_only = true;
  Desk reader = Desk::open(desk.path(), options);
  CHECK(reader.host().run(catalog::GetMedia{.digest = digest}).content == png("one"));
  CHECK(told([&] { put(reader.host(), png("two")); }) == "file_read_only");
}

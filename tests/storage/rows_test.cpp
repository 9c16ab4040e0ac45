#include "storage/rows.hpp"

#include "transactions.hpp"

#include <catch2/catch.hpp>

#include <thread>

namespace frontdesk::storage::testing {

using scratch::error_of;

namespace {

enum class Cover { soft = 1, hard = 2 };

std::span<const EnumValue> enum_values(Cover) {
  static constexpr EnumValue values[] = {{1, "soft", ""}, {2, "hard", ""}};
  return values;
}

struct Sheet {
  std::int64_t number = 0;
  std::string text{};

  static Fields fields() {
    static constexpr Field table[] = {field<&Sheet::number>(""), field<&Sheet::text>("")};
    return table;
  }
  bool operator==(const Sheet&) const = default;
};

struct Book {
  NoteId id{};
  std::int64_t version = 1;
  bool lent = false;
  std::string title{};
  Bytes scan{};
  Cover cover = Cover::soft;
  ClientId owner{};
  Money price{};
  Instant bought_at{};
  LocalTime opens{};
  Date printed{};
  Duration length{};
  std::vector<std::string> authors{};
  std::map<std::string, std::string> remarks{};
  Sheet first{};
  std::optional<std::string> subtitle{};
  std::optional<Bytes> picture{};
  std::optional<ClientId> reader{};
  std::optional<Date> lost_on{};
  std::optional<Money> fine{};
  std::optional<Sheet> last{};
  std::optional<Cover> box{};
  std::optional<std::vector<std::int64_t>> chapters{};

  static Fields fields() {
    static constexpr Field table[] = {
        field<&Book::id>(""),       field<&Book::version>(""),  field<&Book::lent>(""),
        field<&Book::title>(""),    field<&Book::scan>(""),     field<&Book::cover>(""),
        field<&Book::owner>(""),    field<&Book::price>(""),    field<&Book::bought_at>(""),
        field<&Book::opens>(""),    field<&Book::printed>(""),  field<&Book::length>(""),
        field<&Book::authors>(""),  field<&Book::remarks>(""),  field<&Book::first>(""),
        field<&Book::subtitle>(""), field<&Book::picture>(""),  field<&Book::reader>(""),
        field<&Book::lost_on>(""),  field<&Book::fine>(""),     field<&Book::last>(""),
        field<&Book::box>(""),      field<&Book::chapters>(""),
    };
    return table;
  }
  bool operator==(const Book&) const = default;
};

struct Library {
  Library() {
    desk.write([](Transaction& tx) {
      tx.execute(
          "CREATE TABLE books (id INTEGER PRIMARY KEY, version INTEGER NOT NULL,"
          " lent INTEGER NOT NULL, title TEXT NOT NULL, scan BLOB NOT NULL, cover INTEGER NOT NULL,"
          " owner INTEGER, price TEXT, bought_at INTEGER NOT NULL, opens INTEGER NOT NULL,"
          " printed INTEGER, length INTEGER NOT NULL, authors TEXT, remarks TEXT, first TEXT,"
          " subtitle TEXT, picture BLOB, reader INTEGER, lost_on INTEGER, fine TEXT, last TEXT,"
          " box INTEGER, chapters TEXT) STRICT");
    });
  }
  scratch::Folder folder{};
  HandDesk desk{folder.file()};
};

Book full_book() {
  Book book;
  book.lent = true;
  book.title = "Кобзар; \"1840\"";
  book.scan.value = std::string("\0\xFF\x01", 3);
  book.cover = Cover::hard;
  book.owner = {7};
  book.price = {9'007'199'254'740'993, Currency("UAH")};
  book.bought_at = Instant{Duration{-5}};
  book.opens = LocalTime{Duration{1'795'174'200}};
  book.printed = Date{std::chrono::year{1840} / 4 / 26};
  book.length = Duration{-90};
  book.authors = {"Шевченко", "", "a\nb"};
  book.remarks = {{"", "x"}, {"ключ", "y"}};
  book.first = {1, "Думи"};
  book.subtitle = "";
  book.picture = Bytes{"p"};
  book.reader = ClientId{8};
  book.lost_on = Date{std::chrono::year{1969} / 12 / 31};
  book.fine = Money{-1, Currency("KZT")};
  book.last = Sheet{115, "кінець"};
  book.box = Cover::soft;
  book.chapters = std::vector<std::int64_t>{1, -2};
  return book;
}

Book kept(Library& library, Book book) {
  library.desk.write([&](Transaction& tx) { insert(tx, "books", book); });
  std::optional<Book> read;
  library.desk.read(
      [&](Transaction& tx) { read = find<Book>(tx, "books WHERE id = $1", book.id); });
  REQUIRE(read);
  CHECK(*read == book);
  return *read;
}

}  // namespace

TEST_CASE("the columns of a record are its fields", "[storage]") {
  CHECK(columns(type_of<Sheet>()) == "\"number\", \"text\"");
  CHECK(select_sql(type_of<Sheet>(), "sheets WHERE number = $1") ==
        "SELECT \"number\", \"text\" FROM sheets WHERE number = $1");
  CHECK(&select_sql(type_of<Sheet>(), "sheets") ==
        &select_sql(type_of<Sheet>(), std::string("sheets")));
  // Texts at one address and of one length are told apart.
  std::string tail = "aaaa";
  for (char letter = 'a'; letter < 'z'; ++letter) {
    tail.assign(4, letter);
    CHECK(select_sql(type_of<Sheet>(), tail) == "SELECT \"number\", \"text\" FROM " + tail);
  }
}

TEST_CASE("threads share the texts made for a record", "[storage][E11]") {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&wrong] {
      for (int i = 0; i < 500; ++i) {
        std::string tail = "t" + std::to_string(i % 100);
        if (select_sql(type_of<Book>(), tail) !=
            "SELECT " + columns(type_of<Book>()) + " FROM " + tail) {
          ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("every kind is kept in a row and read again", "[storage]") {
  Library library;
  CHECK(kept(library, full_book()).id == NoteId{1});
  Book second = full_book();
  second.title = "Second";
  CHECK(kept(library, second).id == NoteId{2});
  Book chosen;
  chosen.id = {40};
  CHECK(kept(library, chosen).id == NoteId{40});
  CHECK(kept(library, Book{}).id == NoteId{41});
  library.desk.read([](Transaction& tx) {
    std::vector<Book> books = all<Book>(tx, "books WHERE id <= $1 ORDER BY id DESC", NoteId{2});
    REQUIRE(books.size() == 2);
    CHECK(books[0].title == "Second");
    CHECK(books[1] == [] {
      Book book = full_book();
      book.id = {1};
      return book;
    }());
    CHECK_FALSE(find<Book>(tx, "books WHERE id = $1", NoteId{3}));
  });
}

TEST_CASE("a row holds numbers, text and JSON that SQL can work with", "[storage]") {
  Library library;
  kept(library, full_book());
  library.desk.read([](Transaction& tx) {
    Cursor row = tx.query(
        "SELECT typeof(scan), length(scan), lent, cover, price, bought_at, printed, lost_on,"
        " length, authors ->> 1, authors ->> 0, remarks ->> 'ключ', first ->> 'number', subtitle,"
        " reader, typeof(picture) FROM books");
    REQUIRE(row.next());
    CHECK(row.text(0) == "blob");
    CHECK(row.integer(1) == 3);
    CHECK(row.integer(2) == 1);
    CHECK(row.integer(3) == 2);
    CHECK(row.text(4) == R"({"amount":"9007199254740993","currency":"UAH"})");
    CHECK(row.integer(5) == -5);
    CHECK(row.integer(6) == -47'366);
    CHECK(row.integer(7) == -1);
    CHECK(row.integer(8) == -90);
    CHECK(row.text(9).empty());
    CHECK(row.text(10) == "Шевченко");
    CHECK(row.text(11) == "y");
    CHECK(row.integer(12) == 1);
    CHECK_FALSE(row.null(13));
    CHECK(row.integer(14) == 8);
    CHECK(row.text(15) == "blob");
  });
}

TEST_CASE("what was never set is NULL", "[storage]") {
  Library library;
  kept(library, Book{});
  library.desk.read([](Transaction& tx) {
    CHECK(tx.exists(
        "SELECT 1 FROM books WHERE owner IS NULL AND price IS NULL AND printed IS NULL"
        " AND subtitle IS NULL AND picture IS NULL AND reader IS NULL AND lost_on IS NULL"
        " AND fine IS NULL AND last IS NULL AND box IS NULL AND chapters IS NULL AND authors = '[]'"
        " AND remarks = '{}' AND title = ''"));
  });
}

TEST_CASE("an update writes every field but the id", "[storage][E13]") {
  Library library;
  Book book = kept(library, full_book());
  kept(library, full_book());
  Book changed;
  changed.id = book.id;
  changed.version = 2;
  changed.title = "Changed";
  library.desk.write([&](Transaction& tx) { update(tx, "books", changed); });
  library.desk.read([&](Transaction& tx) {
    CHECK(find<Book>(tx, "books WHERE id = $1", book.id) == changed);
    CHECK(find<Book>(tx, "books WHERE id = 2")->title == full_book().title);
  });
  changed = full_book();
  changed.id = book.id;
  library.desk.write([&](Transaction& tx) { update(tx, "books", changed); });
  library.desk.read(
      [&](Transaction& tx) { CHECK(find<Book>(tx, "books WHERE id = $1", book.id) == changed); });
}

TEST_CASE("a record is read from the middle of a row", "[storage]") {
  Library library;
  library.desk.write([](Transaction& tx) {
    Cursor row = tx.query("SELECT 'before', 5, 'text', 'after'");
    REQUIRE(row.next());
    Sheet sheet;
    read_row(row, type_of<Sheet>(), &sheet, 1);
    CHECK(sheet == Sheet{5, "text"});
  });
}

TEST_CASE("JSON of another version is read, and what is damaged is refused", "[storage][E10]") {
  Library library;
  kept(library, full_book());
  auto first_after = [&](std::string_view json) {
    Sheet sheet;
    library.desk.write([&](Transaction& tx) {
      tx.execute("UPDATE books SET first = $1", json);
      sheet = find<Book>(tx, "books WHERE id = 1")->first;
    });
    return sheet;
  };
  CHECK(first_after(R"({"number": 5, "gone": [1]})") == Sheet{5, ""});
  CHECK(first_after("{}") == Sheet{});
  CHECK(error_of([&] { first_after("{"); }) == "invalid/json_malformed");
  CHECK(error_of([&] { first_after("[]"); }) == "invalid/type_mismatch");
}

TEST_CASE("a row that breaks a constraint is refused", "[storage]") {
  Library library;
  Book book = kept(library, full_book());
  CHECK(error_of([&] {
          library.desk.write([&](Transaction& tx) { insert(tx, "books", book); });
        }) == "conflict/constraint");
}

}  // namespace frontdesk::storage::testing

#include "storage/list.hpp"

#include "base/crypto.hpp"
#include "transactions.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>

namespace frontdesk::storage::testing {

using scratch::error_of;

namespace {

struct Entry {
  NoteId id{};
  std::int64_t number = 0;
  std::string name{};

  static Fields fields() {
    static constexpr Field table[] = {field<&Entry::id>(""), field<&Entry::number>(""),
                                      field<&Entry::name>("")};
    return table;
  }
  bool operator==(const Entry&) const = default;
};

using Columns = std::vector<OrderColumn>;
using Keep = std::function<bool(const Entry&)>;

struct Entries {
  Entries() {
    desk.write([](Transaction& tx) {
      tx.execute(
          "CREATE TABLE entries (id INTEGER PRIMARY KEY, number INTEGER NOT NULL,"
          " name TEXT NOT NULL, mark BLOB, note INTEGER) STRICT");
    });
  }

  NoteId add(std::int64_t number, const std::string& name, std::string_view mark = {}) {
    Entry entry{{}, number, name};
    desk.write([&](Transaction& tx) {
      insert(tx, "entries", entry);
      tx.execute("UPDATE entries SET mark = $1 WHERE id = $2", Blob{mark}, entry.id);
    });
    return entry.id;
  }
  void remove(NoteId id) {
    desk.write([&](Transaction& tx) { tx.execute("DELETE FROM entries WHERE id = $1", id); });
  }

  frontdesk::Page<Entry> page(List list, const std::optional<std::string>& cursor = {},
                              std::int64_t limit = 3) {
    frontdesk::Page<Entry> page;
    desk.read([&](Transaction& tx) { page = list.page<Entry>(tx, cursor, limit); });
    return page;
  }
  /// All pages one after the other.
  std::vector<Entry> walk(const List& list, std::int64_t limit) {
    std::vector<Entry> all;
    std::optional<std::string> cursor;
    do {
      frontdesk::Page<Entry> next = page(list, cursor, limit);
      CHECK(next.items.size() <= static_cast<std::size_t>(limit));
      all.insert(all.end(), next.items.begin(), next.items.end());
      cursor = next.next;
    } while (cursor);
    return all;
  }

  scratch::Folder folder{};
  HandDesk desk{folder.file()};
};

List by_id(bool descending = false) {
  List list("entries");
  list.order({{"id", descending}});
  return list;
}

List by(Columns columns) {
  List list("entries");
  list.order(std::move(columns));
  return list;
}

std::vector<std::string> names(const std::vector<Entry>& entries) {
  std::vector<std::string> all;
  for (const Entry& entry : entries) all.push_back(entry.name);
  return all;
}

/// The same order by hand.
void sort(std::vector<Entry>& entries, const Columns& columns) {
  std::sort(entries.begin(), entries.end(), [&columns](const Entry& a, const Entry& b) {
    for (const OrderColumn& column : columns) {
      int order = 0;
      if (column.sql == "name") {
        order = a.name.compare(b.name);
      } else {
        std::int64_t left = column.sql == "id" ? a.id.value : a.number;
        std::int64_t right = column.sql == "id" ? b.id.value : b.number;
        order = left < right ? -1 : left > right ? 1 : 0;
      }
      if (order != 0) return column.descending ? order > 0 : order < 0;
    }
    return false;
  });
}

}  // namespace

TEST_CASE("pages give every row once, in order, whatever the order", "[storage][E12]") {
  Entries entries;
  std::vector<Entry> all;
  std::mt19937_64 random(12);
  const std::string words[] = {"",    "a",    "A",   "ab", "їжак", ";",    ":",
                               "i5;", "t1:a", "t9:", "n",  "\"'",  "a;b:c"};
  entries.desk.write([&](Transaction& tx) {
    for (int i = 0; i < 60; ++i) {
      Entry entry{
          {}, static_cast<std::int64_t>(random() % 5) - 2, words[random() % std::size(words)]};
      insert(tx, "entries", entry);
      all.push_back(entry);
    }
  });
  const Columns orders[] = {
      {{"id", false}},
      {{"id", true}},
      {{"number", false}, {"id", false}},
      {{"number", true}, {"id", false}},
      {{"number", false}, {"id", true}},
      {{"name", false}, {"id", false}},
      {{"name", true}, {"id", true}},
      {{"number", true}, {"name", false}, {"id", true}},
      {{"name", false}, {"number", true}, {"id", false}},
  };
  for (const Columns& order : orders) {
    std::vector<Entry> expected = all;
    sort(expected, order);
    for (std::int64_t limit : {1, 7, 59, 60, 61, 500})
      CHECK(entries.walk(by(order), limit) == expected);
  }
}

TEST_CASE("conditions narrow a list, each with its own arguments", "[storage][E12]") {
  Entries entries;
  entries.add(1, "a", "x");
  entries.add(2, "b", "y");
  entries.add(3, "a$1'", "x");
  entries.add(4, "b", "");
  List list = by_id();
  list.where("number > $", 1);
  CHECK(names(entries.walk(list, 1)) == std::vector<std::string>{"b", "a$1'", "b"});
  list.where("name = $ OR name = $", std::string("a$1'"), "zzz");
  CHECK(names(entries.walk(list, 1)) == std::vector<std::string>{"a$1'"});
  List none = by_id();
  none.where("number = $", std::optional<std::int64_t>{});
  CHECK(entries.walk(none, 5).empty());
  CHECK_FALSE(entries.page(none).next);
  List blob = by_id();
  blob.where("mark = $", Blob{"x"});
  CHECK(names(entries.walk(blob, 1)) == std::vector<std::string>{"a", "a$1'"});
  List temporary = by_id(true);
  temporary.where("name = $", std::string(1, 'b'));  // gone before the page is read
  CHECK(names(entries.walk(temporary, 1)) == std::vector<std::string>{"b", "b"});
}

TEST_CASE("the last page says that it is the last", "[storage][E12]") {
  Entries entries;
  CHECK_FALSE(entries.page(by_id()).next);
  for (int i = 0; i < 6; ++i) entries.add(i, "n");
  frontdesk::Page<Entry> first = entries.page(by_id(), {}, 3);
  REQUIRE(first.next);
  frontdesk::Page<Entry> second = entries.page(by_id(), first.next, 3);
  CHECK(second.items.size() == 3);
  CHECK_FALSE(second.next);
  CHECK_FALSE(entries.page(by_id(), {}, 6).next);
  CHECK(entries.page(by_id(), {}, 5).next);
}

TEST_CASE("a page has at least one row and at most the highest limit", "[storage][E12]") {
  Entries entries;
  entries.desk.write([](Transaction& tx) {
    for (int i = 0; i < 510; ++i)
      tx.execute("INSERT INTO entries (number, name) VALUES ($1, 'n')", i);
  });
  CHECK(entries.page(by_id(), {}, 0).items.size() == 1);
  CHECK(entries.page(by_id(), {}, -5).items.size() == 1);
  CHECK(entries.page(by_id(), {}, std::numeric_limits<std::int64_t>::max()).items.size() == 500);
  CHECK(entries.walk(by_id(), 500).size() == 510);
}

TEST_CASE("pages stay stable while rows come and go", "[storage][E12]") {
  Entries entries;
  std::vector<NoteId> ids;
  for (int i = 0; i < 9; ++i)
    ids.push_back(entries.add(i * 10, std::string(1, static_cast<char>('a' + i))));
  List list = by({{"number"}, {"id"}});
  frontdesk::Page<Entry> first = entries.page(list);
  CHECK(names(first.items) == std::vector<std::string>{"a", "b", "c"});
  entries.add(5, "before");    // behind the cursor: not seen
  entries.add(25, "between");  // in front of it: seen
  entries.add(20, "tie");      // as the last one seen, with a higher id
  entries.remove(ids[2]);      // the very row on which the cursor stands
  entries.remove(ids[3]);
  frontdesk::Page<Entry> second = entries.page(list, first.next);
  CHECK(names(second.items) == std::vector<std::string>{"tie", "between", "e"});
  for (NoteId id : ids) entries.remove(id);
  CHECK(entries.page(list, second.next).items.empty());
  // The same cursor may be used again, and with another limit.
  CHECK(names(entries.page(list, first.next, 1).items) == std::vector<std::string>{"tie"});
}

TEST_CASE("a cursor belongs to its filters and order", "[storage][E12]") {
  Entries entries;
  for (int i = 0; i < 9; ++i) entries.add(i, "n");
  auto filtered = [](std::int64_t number) {
    List list = by_id();
    list.where("number > $", number);
    return list;
  };
  std::optional<std::string> cursor = entries.page(filtered(1)).next;
  REQUIRE(cursor);
  CHECK(entries.page(filtered(1), cursor).items.size() == 3);
  auto refused_by = [&](const List& list) { return error_of([&] { entries.page(list, cursor); }); };
  CHECK(refused_by(filtered(2)) == "invalid/cursor_foreign");
  CHECK(refused_by(by_id()) == "invalid/cursor_foreign");
  CHECK(refused_by(by_id(true)) == "invalid/cursor_foreign");
  CHECK(refused_by(by({{"number"}, {"id"}})) == "invalid/cursor_foreign");
  List text = by_id();
  text.where("number > $", "1");
  CHECK(refused_by(text) == "invalid/cursor_foreign");
  List blob = by_id();
  blob.where("number > $", Blob{"1"});
  CHECK(refused_by(blob) == "invalid/cursor_foreign");
}

TEST_CASE("a cursor that no page gave is refused or harmless", "[storage][E12]") {
  Entries entries;
  for (int i = 0; i < 9; ++i) entries.add(i, "name " + std::to_string(i));
  List list = by({{"name"}, {"id"}});
  std::string cursor = *entries.page(list).next;
  auto outcome = [&](const std::string& text) {
    return error_of([&] { entries.page(list, text); });
  };
  for (const char* text :
       {"", "x", "not base64!", "AAAA", "AAAAAAAAAAAAAAAA", "=", "\xFF\xFE", "../../etc"}) {
    CHECK(outcome(text).substr(0, 15) == "invalid/cursor_");
  }
  const std::set<std::string> allowed{"invalid/cursor_malformed", "invalid/cursor_foreign", "none"};
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    for (char letter : {'A', '_', 'z', '\0', '+'}) {
      std::string changed = cursor;
      changed[i] = letter;
      CHECK(allowed.count(outcome(changed)) == 1);
    }
    CHECK(allowed.count(outcome(cursor.substr(0, i))) == 1);
  }
  std::string bytes = *crypto::from_base64url(cursor);
  auto with_position = [&](const std::string& position) {
    return outcome(crypto::base64url(bytes.substr(0, 8) + position));
  };
  CHECK(with_position("t6:name 2i3;") == "none");
  for (const char* position :
       {"", "t6:name 2", "t6:name 2i3", "t6:name 2i3;i4;", "t6:name 2i3;x", "t7:name 2i3;",
        "t-1:i3;", "t:i3;", "t99999999999999999999:i3;", "t9223372036854775807:i3;", "i;i3;",
        "i 3;i3;", "i+3;i3;", "i9223372036854775808;i3;", "ni3;", "b1:ai3;", "t6:name 2n"}) {
    INFO(position);
    CHECK(with_position(position) == "invalid/cursor_malformed");
  }
  // Another type than the column's only moves the place where the page begins.
  CHECK(with_position("i5;i3;") == "none");
  Error error = [&] {
    try {
      entries.page(list, std::string("x"));
    } catch (const Error& thrown) {
      return thrown;
    }
    throw 0;
  }();
  CHECK(error.field() == "cursor");
}

TEST_CASE("a list ordered by what may be NULL is a defect that shows", "[storage][E12]") {
  Entries entries;
  entries.add(1, "a");
  entries.add(2, "b");
  CHECK(error_of([&] { entries.page(by({{"note"}, {"id"}}), {}, 1); }) ==
        "internal/storage_defect");
}

}  // namespace frontdesk::storage::testing

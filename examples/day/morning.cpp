/// Morning: the centres open, people move in from files, staff get their roles.
#include "story.hpp"

#include <sstream>

namespace day {
namespace fd = frontdesk;

namespace {

/// Splits a line of the plain file of centres, which has no quoted cells.
std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  std::istringstream text(row);
  for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
  return cells;
}

void tell_import(const std::string& what, const fd::people::Imported& imported) {
  line(what + ": " + std::to_string(imported.rows) + " rows, " + std::to_string(imported.added) +
       " new, " + std::to_string(imported.already_present) + " known, " +
       std::to_string(imported.refused) + " refused");
  for (const auto& error : imported.errors) {
    line("    line " + std::to_string(error.line) + ", " + error.column + ": " + error.message);
  }
}

void import_file(Story& story, const std::string& file, const std::string& centre,
                 fd::people::ImportKind kind, const std::string& calling_code) {
  fd::people::Import request;
  request.csv = read_file(story.data + "/" + file);
  request.kind = kind;
  request.centre = story.centres.at(centre);
  request.country_calling_code = calling_code;
  fd::Caller host = story.desk.host();
  tell_import(file + ", preview", host.preview(request));
  fd::people::Imported done = host.run(request);
  line(file + ", imported: " + std::to_string(done.added) + " new clients");
}

}  // namespace

void open_centres(Story& story) {
  chapter("Three centres open");
  std::istringstream file(read_file(story.data + "/centres.csv"));
  std::string row;
  std::getline(file, row);  // the header
  while (std::getline(file, row)) {
    std::vector<std::string> cells = cells_of(row);
    fd::catalog::CreateCentre request;
    request.name = cells.at(0);
    request.city = cells.at(1);
    request.zone = cells.at(2);
    request.currency = cells.at(3);
    request.address = cells.at(4);
    request.phone = cells.at(5);
    fd::catalog::Centre centre = story.desk.host().run(request);
    story.centres[centre.city] = centre.id;
    line(centre.name + ", " + centre.city + " (" + centre.zone + ", " + centre.currency + ", " +
         centre.phone.value_or("no phone") + ")");
  }
}

void import_people(Story& story) {
  chapter("People move in from files; a preview comes first");
  using fd::people::ImportKind;
  import_file(story, "kyiv_clients.csv", "Київ", ImportKind::clients, "380");
  import_file(story, "kyiv_children.csv", "Київ", ImportKind::children, "380");
  import_file(story, "almaty_clients.csv", "Алматы", ImportKind::clients, "7");
  import_file(story, "london_clients.csv", "London", ImportKind::clients, "44");

  line("");
  line("Everyone, in dictionary order of every alphabet:");
  fd::people::Clients all;
  all.limit = 100;
  std::string names;
  for (const auto& client : story.desk.host().run(all).items) {
    names += (names.empty() ? "" : ", ") + client.last_name + " " + client.first_name;
  }
  line(names);
  fd::people::Clients search;
  search.search = "ЇЖАК";
  for (const auto& client : story.desk.host().run(search).items) {
    line("searched “ЇЖАК”, found " + client.first_name + " " + client.last_name + ", " +
         client.phone.value_or("no phone of their own"));
  }
}

void register_staff(Story& story) {
  chapter("Staff get accounts and roles");
  fd::Caller host = story.desk.host();
  std::map<std::string, fd::RoleId> roles;
  for (const auto& role : host.run(fd::access::Roles{}).items) roles[role.name] = role.id;

  struct Member {
    const char *name, *email, *language, *role, *city;
  };
  const Member members[] = {
      {"Надія Гнатюк", "nadia@frontdesk.example", "uk", "Admin", ""},
      {"Оксана Лис", "oksana@frontdesk.example", "uk", "Salesman", "Київ"},
      {"Дамир Ахметов", "damir@frontdesk.example", "en", "Trainer", "Алматы"},
      {"Grace Adeyemi", "grace@frontdesk.example", "en", "Partner", "London"},
  };
  for (const Member& member : members) {
    fd::access::CreateAccount create;
    create.email = member.email;
    create.password = story.admin_password;
    create.name = member.name;
    create.language = member.language;
    std::string city = member.city;
    if (!city.empty()) create.centre = story.centres.at(city);
    fd::access::Account account = host.run(create);
    fd::access::GrantRole grant;
    grant.account = account.id;
    grant.role = roles.at(member.role);
    if (!city.empty()) grant.centre = story.centres.at(city);
    host.run(grant);
    line(account.name + " is " + member.role + (city.empty() ? " everywhere" : " in " + city));
  }
}

}  // namespace day

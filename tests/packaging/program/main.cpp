// What a user might write first: opens a file, runs an operation, is refused by another. Run in an
// empty folder.
#include <frontdesk/frontdesk.hpp>

#include <iostream>

int main() {
  const frontdesk::Desk desk = frontdesk::Desk::open("studio.db");
  const frontdesk::Caller host = desk.host();
  const auto olena = host.run(frontdesk::people::CreateClient{.first_name = "Olena"});
  // A value and an exception have to be understood on both sides of a shared library.
  if (desk.anonymous().try_run(frontdesk::people::GetClient{.client = olena.id})) return 1;
  try {
    host.run(frontdesk::people::CreateClient{.first_name = "Taras", .phone = "067"});
    return 1;
  } catch (const frontdesk::Error& error) {
    if (error.field() != "phone") return 1;
  }
  // A field table is made in each program and compared with the library's.
  const auto* known = frontdesk::find_operation("people.create_client");
  const auto* mine = &frontdesk::type_of<frontdesk::people::CreateClient>();
  if (known == nullptr || &known->request() != mine) return 1;
  std::cout << "frontdesk " << frontdesk::version() << "\n";
}

/// Makes allocations of this program fail: those by `new` and those by SQLite, in one count. Only
/// what happens in threads that are exposed counts, so that a test can go on with its own work.
#pragma once

namespace frontdesk::faults {

/// Puts SQLite's allocator behind the counter. Before the first use of SQLite.
void install_memory();

/// Counts from zero, without a fault.
void count_allocations();
long allocations_made();
/// Counts from zero; the allocation of this number fails, and with `for_good` all after it.
void fail_allocation(long number, bool for_good);
bool allocation_has_failed();
/// No allocation fails any more.
void spare_allocations();

/// While it lives, allocations of this thread count and may fail.
class Exposed {
 public:
  Exposed();
  ~Exposed();
  Exposed(const Exposed&) = delete;
  Exposed& operator=(const Exposed&) = delete;
};

/// The opposite, inside of it: for callbacks of the test.
class Sheltered {
 public:
  Sheltered();
  ~Sheltered();
  Sheltered(const Sheltered&) = delete;
  Sheltered& operator=(const Sheltered&) = delete;

 private:
  int before_;
};

}  // namespace frontdesk::faults

#include "faults/failing_memory.hpp"

#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <stdexcept>

namespace frontdesk::faults {
namespace {

std::atomic<long> made{0};
std::atomic<long> failing{0};  // 0: none
std::atomic<bool> fails_for_good{false};
std::atomic<bool> has_failed{false};
thread_local int exposed = 0;

/// Whether the allocation that is asked for may be had.
bool is_granted() {
  if (exposed == 0) return true;
  const long number = ++made;
  const long bad = failing;
  if (bad == 0 || number < bad) return true;
  if (number > bad && !fails_for_good) return true;
  has_failed = true;
  return false;
}

sqlite3_mem_methods& real() {
  static sqlite3_mem_methods methods;
  return methods;
}

void* sqlite_allocate(int size) { return is_granted() ? real().xMalloc(size) : nullptr; }

void* sqlite_reallocate(void* memory, int size) {
  return is_granted() ? real().xRealloc(memory, size) : nullptr;
}

}  // namespace

void install_memory() {
  static const bool is_installed = [] {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real()) != SQLITE_OK) return false;
    // SQLite keeps a copy.
    sqlite3_mem_methods shim = real();
    shim.xMalloc = sqlite_allocate;
    shim.xRealloc = sqlite_reallocate;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &shim) == SQLITE_OK;
  }();
  if (!is_installed) throw std::runtime_error("SQLite was used before its allocator was replaced");
}

void count_allocations() {
  failing = 0;
  made = 0;
  has_failed = false;
}

long allocations_made() { return made; }

void fail_allocation(long number, bool for_good) {
  made = 0;
  has_failed = false;
  fails_for_good = for_good;
  failing = number;
}

bool allocation_has_failed() { return has_failed; }

void spare_allocations() { failing = 0; }

Exposed::Exposed() { ++exposed; }
Exposed::~Exposed() { --exposed; }

Sheltered::Sheltered() : before_(exposed) { exposed = 0; }
Sheltered::~Sheltered() { exposed = before_; }

namespace {

void* allocate(std::size_t size) {
  return is_granted() ? std::malloc(size == 0 ? 1 : size) : nullptr;
}

}  // namespace
}  // namespace frontdesk::faults

void* operator new(std::size_t size) {
  if (void* memory = frontdesk::faults::allocate(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return frontdesk::faults::allocate(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

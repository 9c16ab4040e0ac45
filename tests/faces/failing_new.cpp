#include "faces/failing_new.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local long left = 0;  // 0: nothing fails
thread_local bool failed = false;

void* allocate(std::size_t size) {
  if (left == 1) {
    failed = true;
    return nullptr;
  }
  if (left > 1) --left;
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = allocate(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace frontdesk::testing {

FailingNew::FailingNew(long first) {
  failed = false;
  left = first;
}
FailingNew::~FailingNew() { left = 0; }
bool FailingNew::has_failed() const { return failed; }

}  // namespace frontdesk::testing

#include "faults/faulty_vfs.hpp"

#include <sqlite3.h>

#include <mutex>
#include <new>
#include <stdexcept>

namespace frontdesk::faults {
namespace {

/// What the whole program shares. The calls of several threads are counted in one order.
struct State {
  std::mutex mutex{};
  Calls calls{};
  bool is_armed = false;
  bool has_struck = false;
  Fault fault{};
  bool is_recording = false;
  std::vector<Change> changes{};
};

State& state() {
  static State instance;
  return instance;
}

/// Stands before the system's own file in one block of memory.
struct ShimFile {
  sqlite3_file base;
  const char* path;    // SQLite keeps it for as long as the file is open; null: a temporary file
  bool names_are_new;  // the first sync of a log or journal also syncs its folder
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

ShimFile& shim_of(sqlite3_file* file) { return *reinterpret_cast<ShimFile*>(file); }
sqlite3_file* real_of(sqlite3_file* file) { return shim_of(file).real(); }

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs shim_vfs;

/// Counts the call; the status it fails with, or SQLITE_OK.
int meet(Call call) {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  const long number = ++self.calls[static_cast<std::size_t>(call)];
  if (!self.is_armed || self.fault.call != call) return SQLITE_OK;
  const bool fails =
      number == self.fault.number || (self.fault.for_good && number > self.fault.number);
  if (!fails) return SQLITE_OK;
  self.has_struck = true;
  return self.fault.status;
}

void keep(Change change) {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  if (self.is_recording) self.changes.push_back(std::move(change));
}

bool is_recording() {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  return self.is_recording;
}

bool is_recorded(const ShimFile& file) { return file.path != nullptr && is_recording(); }

// --- files ---

int close_file(sqlite3_file* file) { return real_of(file)->pMethods->xClose(real_of(file)); }

int read_file(sqlite3_file* file, void* to, int length, sqlite3_int64 offset) {
  if (const int status = meet(Call::read)) return status;
  return real_of(file)->pMethods->xRead(real_of(file), to, length, offset);
}

int write_file(sqlite3_file* file, const void* from, int length, sqlite3_int64 offset) {
  sqlite3_file* real = real_of(file);
  if (const int status = meet(Call::write)) {
    // A disk that is full takes what it still has room for.
    if (status == SQLITE_FULL) real->pMethods->xWrite(real, from, length / 2, offset);
    return status;
  }
  if (is_recorded(shim_of(file))) {
    keep({Change::Kind::write, shim_of(file).path, offset,
          std::string(static_cast<const char*>(from), static_cast<std::size_t>(length)), false});
  }
  return real->pMethods->xWrite(real, from, length, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (const int status = meet(Call::truncate)) return status;
  if (is_recorded(shim_of(file))) {
    keep({Change::Kind::truncate, shim_of(file).path, size, {}, false});
  }
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

/// Nothing has to reach the disk: what a loss of power does is worked out from the record.
int sync_file(sqlite3_file* file, int) {
  if (const int status = meet(Call::sync)) return status;
  ShimFile& shim = shim_of(file);
  if (is_recorded(shim)) keep({Change::Kind::sync, shim.path, 0, {}, shim.names_are_new});
  shim.names_are_new = false;
  return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  if (const int status = meet(Call::size)) return status;
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

int lock_file(sqlite3_file* file, int level) {
  if (const int status = meet(Call::lock)) return status;
  return real_of(file)->pMethods->xLock(real_of(file), level);
}

int unlock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

int check_reserved_lock(sqlite3_file* file, int* result) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

int control_file(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }

int device_characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  if (const int status = meet(Call::shared_map)) {
    *memory = nullptr;
    return status;
  }
  return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, memory);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  // To let a lock go cannot fail.
  if ((flags & SQLITE_SHM_LOCK) != 0) {
    if (const int status = meet(Call::shared_lock)) return status;
  }
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

void barrier(sqlite3_file* file) { real_of(file)->pMethods->xShmBarrier(real_of(file)); }

int unmap_shared(sqlite3_file* file, int remove) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

// Version 2: shared memory, but no memory-mapped reading, which frontdesk never asks for.
constexpr sqlite3_io_methods file_methods = {
    2,
    close_file,
    read_file,
    write_file,
    truncate_file,
    sync_file,
    size_of_file,
    lock_file,
    unlock_file,
    check_reserved_lock,
    control_file,
    sector_size,
    device_characteristics,
    map_shared,
    lock_shared,
    barrier,
    unmap_shared,
    nullptr,
    nullptr,
};

// --- the file system ---

bool exists(const char* path) {
  int found = 0;
  real_vfs->xAccess(real_vfs, path, SQLITE_ACCESS_EXISTS, &found);
  return found != 0;
}

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  ShimFile& shim = *new (file) ShimFile{{nullptr}, path, false};
  if (const int status = meet(Call::open)) return status;
  const bool is_new = path != nullptr && (flags & SQLITE_OPEN_CREATE) != 0 && !exists(path);
  const int status = real_vfs->xOpen(real_vfs, path, shim.real(), flags, flags_out);
  if (status != SQLITE_OK) return status;
  shim.base.pMethods = &file_methods;
  constexpr int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  shim.names_are_new = is_new && (flags & logs) != 0;
  if (is_new && is_recorded(shim)) keep({Change::Kind::create, path, 0, {}, false});
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs*, const char* path, int syncs_folder) {
  if (const int status = meet(Call::remove)) return status;
  if (is_recording()) keep({Change::Kind::remove, path, 0, {}, syncs_folder != 0});
  return real_vfs->xDelete(real_vfs, path, 0);
}

int access_file(sqlite3_vfs*, const char* path, int flags, int* result) {
  if (const int status = meet(Call::access)) return status;
  return real_vfs->xAccess(real_vfs, path, flags, result);
}

/// Somebody who waits for a lock that is never let go need not wait in earnest.
int sleep_a_while(sqlite3_vfs*, int microseconds) {
  {
    State& self = state();
    const std::lock_guard guard(self.mutex);
    const bool is_hopeless =
        self.is_armed && self.has_struck && self.fault.for_good && self.fault.status == SQLITE_BUSY;
    if (is_hopeless) return microseconds;
  }
  return real_vfs->xSleep(real_vfs, microseconds);
}

}  // namespace

std::string_view name(Call call) {
  constexpr std::string_view names[call_count] = {"open",  "remove",     "access",     "read",
                                                  "write", "sync",       "truncate",   "size",
                                                  "lock",  "shared_map", "shared_lock"};
  return names[static_cast<std::size_t>(call)];
}

std::string to_text(const Fault& fault) {
  return std::string(name(fault.call)) + " " + std::to_string(fault.number) +
         (fault.for_good ? " for good: " : " once: ") + sqlite3_errstr(fault.status) + " (" +
         std::to_string(fault.status) + ")";
}

void install_vfs() {
  static const bool is_installed = [] {
    real_vfs = sqlite3_vfs_find(nullptr);
    if (real_vfs == nullptr) throw std::runtime_error("SQLite has no file system");
    // The functions that are not replaced find their own data in the copy.
    shim_vfs = *real_vfs;
    shim_vfs.zName = "faulty";
    shim_vfs.szOsFile = static_cast<int>(sizeof(ShimFile)) + real_vfs->szOsFile;
    shim_vfs.xOpen = open_file;
    shim_vfs.xDelete = remove_file;
    shim_vfs.xAccess = access_file;
    shim_vfs.xSleep = sleep_a_while;
    return sqlite3_vfs_register(&shim_vfs, 1) == SQLITE_OK;
  }();
  if (!is_installed) throw std::runtime_error("the file system cannot be registered");
}

void count_calls() {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  self.calls = {};
  self.is_armed = false;
  self.has_struck = false;
}

Calls calls_made() {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  return self.calls;
}

void inject(const Fault& fault) {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  self.calls = {};
  self.is_armed = true;
  self.has_struck = false;
  self.fault = fault;
}

bool has_struck() {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  return self.has_struck;
}

void lift() {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  self.is_armed = false;
}

void record() {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  self.changes.clear();
  self.is_recording = true;
}

std::vector<Change> stop_recording() {
  State& self = state();
  const std::lock_guard guard(self.mutex);
  self.is_recording = false;
  return std::move(self.changes);
}

void mark(std::int64_t number) { keep({Change::Kind::mark, {}, number, {}, false}); }

}  // namespace frontdesk::faults

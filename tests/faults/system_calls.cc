#include "tests/faults/system_calls.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <system_error>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace recombine {
namespace {

namespace fs = std::filesystem;

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): functions of C have no object
CallWatcher* watcher = nullptr;
std::recursive_mutex mutex;
thread_local bool in_watcher = false;  ///< a watcher's own calls are not watched
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

/// The function that this program's hides.
template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

fs::path path_of(int descriptor) {
  std::error_code error;
  fs::path path = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), error);
  return error ? fs::path() : path;
}

fs::path path_at(int folder, const char* name) {
  fs::path path = name;
  if (path.is_absolute() || folder == AT_FDCWD) return path;
  return path_of(folder) / path;
}

/// Makes a call: as the watcher says, where there is one for it.
template <class Make>
auto watched(const SystemCall& call, const Make& make) -> decltype(make()) {
  if (watcher == nullptr || in_watcher) return make();
  const std::lock_guard lock(mutex);
  if (watcher == nullptr || !call.path.string().starts_with(watcher->below().string())) {
    return make();
  }
  in_watcher = true;
  const int fault = watcher->fault(call);
  in_watcher = false;
  if (fault != 0) {
    errno = fault;
    return -1;
  }
  const auto result = make();
  if (result >= 0) {
    in_watcher = true;
    watcher->made(call);
    in_watcher = false;
  }
  return result;
}

}  // namespace

CallWatcher::CallWatcher(fs::path below) : below_(std::move(below)) {
  const std::lock_guard lock(mutex);
  watcher = this;
}

CallWatcher::~CallWatcher() {
  const std::lock_guard lock(mutex);
  watcher = nullptr;
}

}  // namespace recombine

using recombine::CallKind;
using recombine::path_at;
using recombine::path_of;
using recombine::real;
using recombine::watched;

extern "C" {

// Under names of their own, as the C library declares these functions with other parameters' names.
int watched_open(const char* path, int flags, ...) __asm__("open");
ssize_t watched_write(int descriptor, const void* bytes, size_t count) __asm__("write");
int watched_ftruncate(int descriptor, off_t size) noexcept __asm__("ftruncate");
int watched_fsync(int descriptor) __asm__("fsync");
int watched_syncfs(int descriptor) noexcept __asm__("syncfs");
int watched_rename(const char* from, const char* to) noexcept __asm__("rename");
int watched_renameat2(int at, const char* from, int at_to, const char* to, unsigned flags) noexcept
    __asm__("renameat2");
int watched_mkdir(const char* path, mode_t mode) noexcept __asm__("mkdir");
int watched_remove(const char* path) noexcept __asm__("remove");
int watched_unlink(const char* path) noexcept __asm__("unlink");
int watched_unlinkat(int folder, const char* path, int flags) noexcept __asm__("unlinkat");

int watched_open(const char* path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0) {
    va_list more;
    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
  }
  const auto make = [&] { return real<int(const char*, int, ...)>("open")(path, flags, mode); };
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  return writes ? watched({CallKind::kOpen, path}, make) : make();
}

ssize_t watched_write(int descriptor, const void* bytes, size_t count) {
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a function is no object
  static auto* const kWrite = real<ssize_t(int, const void*, size_t)>("write");
  if (recombine::watcher == nullptr || recombine::in_watcher)
    return kWrite(descriptor, bytes, count);
  return watched({CallKind::kWrite, path_of(descriptor)}, [&] {
    const bool seen =
        path_of(descriptor).string().starts_with(recombine::watcher->below().string());
    return kWrite(descriptor, bytes, seen ? recombine::watcher->written(count) : count);
  });
}

int watched_ftruncate(int descriptor, off_t size) noexcept {
  return watched({CallKind::kTruncate, path_of(descriptor)},
                 [&] { return real<int(int, off_t)>("ftruncate")(descriptor, size); });
}

// Nothing is really synced: a power cut is thought of, and a test of one shall not wait for a disk.
int watched_fsync(int descriptor) {
  return watched({CallKind::kSync, path_of(descriptor)}, [] { return 0; });
}

int watched_syncfs(int descriptor) noexcept {
  return watched({CallKind::kSyncAll, path_of(descriptor)}, [] { return 0; });
}

int watched_rename(const char* from, const char* to) noexcept {
  return watched({CallKind::kRename, from, to},
                 [&] { return real<int(const char*, const char*)>("rename")(from, to); });
}

int watched_renameat2(
    int at, const char* from, int at_to, const char* to, unsigned flags) noexcept {
  return watched({CallKind::kExchange, path_at(at, from), path_at(at_to, to)}, [&] {
    return real<int(int, const char*, int, const char*, unsigned)>("renameat2")(at, from, at_to, to,
                                                                                flags);
  });
}

int watched_mkdir(const char* path, mode_t mode) noexcept {
  return watched({CallKind::kMakeFolder, path},
                 [&] { return real<int(const char*, mode_t)>("mkdir")(path, mode); });
}

int watched_remove(const char* path) noexcept {
  return watched({CallKind::kRemove, path}, [&] { return real<int(const char*)>("remove")(path); });
}

int watched_unlink(const char* path) noexcept {
  return watched({CallKind::kRemove, path}, [&] { return real<int(const char*)>("unlink")(path); });
}

int watched_unlinkat(int folder, const char* path, int flags) noexcept {
  return watched({CallKind::kRemove, path_at(folder, path)},
                 [&] { return real<int(int, const char*, int)>("unlinkat")(folder, path, flags); });
}

}  // extern "C"

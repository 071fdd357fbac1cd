// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "platform/libraries.h"

#include <dlfcn.h>

namespace weave::platform {
namespace {

// Weak, so that no program has to be linked with libdl, where that is a library of its own; it is null then.
extern "C" decltype(dlsym) dlsym __attribute__((weak));

// By its name, or the linker would warn of it in every static program; where it is not found in those, nothing can be
// loaded.
template <class Function> Function *find(const char *name) noexcept {
  return dlsym ? reinterpret_cast<Function *>(dlsym(RTLD_DEFAULT, name)) : nullptr;
}

} // namespace

void *load_library(const char *name) noexcept {
  auto *const open = find<decltype(dlopen)>("dlopen");
  return open ? open(name, RTLD_NOW | RTLD_LOCAL) : nullptr;
}

void *symbol_of(void *library, const char *name) noexcept { return dlsym ? dlsym(library, name) : nullptr; }

std::string why_not_loaded(const char *name) {
  auto *const error = find<decltype(dlerror)>("dlerror"); // first, since finding it clears what it would say
  const bool loaded = load_library(name) != nullptr;
  const char *const text = error && !loaded ? error() : nullptr;
  return text ? text : "this program cannot load libraries";
}

} // namespace weave::platform

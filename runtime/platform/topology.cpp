// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "platform/topology.h"

#include "platform/libraries.h"
#include "platform/processors.h"

#include <algorithm>
#include <memory>
#include <pthread.h>
#include <sched.h>
#include <stdexcept>

#ifdef WEAVE_HWLOC
#include <hwloc.h>
#endif

namespace weave::platform {

#ifdef WEAVE_HWLOC
namespace {

constexpr char library[] = "libhwloc.so.15"; // that of every hwloc 2

// What of hwloc is called. It stays loaded, because it has plugins and what they load.
struct hwloc {
  void *loaded = load_library(library);

  template <class Function> Function *function(const char *name) const {
    void *found = loaded ? symbol_of(loaded, name) : nullptr;
    if (!found)
      throw std::runtime_error("binding threads to places needs hwloc 2, but " + std::string(library) +
                               " cannot be loaded; install it, or unset WEAVE_BIND and WEAVE_PLACES");
    return reinterpret_cast<Function *>(found);
  }

#define WEAVE_HWLOC_FUNCTION(name) decltype(hwloc_##name) *const name = function<decltype(hwloc_##name)>("hwloc_" #name)
  WEAVE_HWLOC_FUNCTION(topology_init);
  WEAVE_HWLOC_FUNCTION(topology_set_synthetic);
  WEAVE_HWLOC_FUNCTION(topology_load);
  WEAVE_HWLOC_FUNCTION(topology_is_thissystem);
  WEAVE_HWLOC_FUNCTION(topology_destroy);
  WEAVE_HWLOC_FUNCTION(get_type_depth);
  WEAVE_HWLOC_FUNCTION(get_nbobjs_by_depth);
  WEAVE_HWLOC_FUNCTION(get_obj_by_depth);
#undef WEAVE_HWLOC_FUNCTION
};

processor describe(hwloc_obj_t unit) {
  processor result{unit->os_index,
                   unit->logical_index,
                   0,
                   {}}; // where there are no cores, each is one; where there are no sockets, all are
  for (hwloc_obj_t part = unit; part; part = part->parent) {
    result.within.push_back(part->logical_index);
    if (part->type == HWLOC_OBJ_CORE)
      result.core = part->logical_index;
    if (part->type == HWLOC_OBJ_PACKAGE)
      result.socket = part->logical_index;
  }
  std::reverse(result.within.begin(), result.within.end());
  return result;
}

topology read(const char *synthetic) {
  const hwloc library;
  hwloc_topology_t handle;
  if (library.topology_init(&handle) != 0)
    throw std::bad_alloc();
  const std::unique_ptr<hwloc_topology, decltype(library.topology_destroy)> owned(handle, library.topology_destroy);
  if (synthetic && library.topology_set_synthetic(handle, synthetic) != 0)
    throw std::runtime_error("hwloc does not understand the machine '" + std::string(synthetic) + "'");
  if (library.topology_load(handle) != 0)
    throw std::runtime_error("hwloc cannot tell what this machine is made of; unset WEAVE_BIND and WEAVE_PLACES");
  topology result;
  result.of_this_machine = library.topology_is_thissystem(handle) != 0;
  const int depth = library.get_type_depth(handle, HWLOC_OBJ_PU);
  const unsigned count = library.get_nbobjs_by_depth(handle, depth);
  for (unsigned i = 0; i != count; ++i)
    result.processors.push_back(describe(library.get_obj_by_depth(handle, depth, i)));
  return result;
}

} // namespace

topology read_topology() {
  topology machine = read(nullptr);
  if (const std::vector<unsigned> usable = affinity(); machine.of_this_machine && !usable.empty())
    std::erase_if(machine.processors, [&](const processor &each) {
      return !std::binary_search(usable.begin(), usable.end(), each.number);
    });
  if (machine.processors.empty())
    throw std::runtime_error(
        "hwloc sees none of the processors that this process may use; unset WEAVE_BIND and WEAVE_PLACES");
  return machine;
}

topology synthetic_topology(const std::string &description) { return read(description.c_str()); }

#else

topology read_topology() {
  throw std::runtime_error(
      "this build of Weave cannot bind threads, since it was built without hwloc; unset WEAVE_BIND and WEAVE_PLACES");
}

topology synthetic_topology(const std::string &) { return read_topology(); }

#endif

void bind_this_thread(const std::vector<unsigned> &processors) noexcept {
  const std::size_t count = std::size_t{*std::max_element(processors.begin(), processors.end())} + 1;
  const std::unique_ptr<cpu_set_t, void (*)(cpu_set_t *)> set(CPU_ALLOC(count),
                                                              [](cpu_set_t *each) { CPU_FREE(each); });
  if (!set)
    return;
  const std::size_t bytes = CPU_ALLOC_SIZE(count);
  CPU_ZERO_S(bytes, set.get());
  for (const unsigned each : processors)
    CPU_SET_S(each, bytes, set.get());
  pthread_setaffinity_np(pthread_self(), bytes, set.get());
}

} // namespace weave::platform

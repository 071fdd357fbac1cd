# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Configuring and building a preset. Sourced by bash scripts that run in the top folder.
# shellcheck shell=bash

# The number of processors that this process may use.
processors=$(nproc)

# Where CMakePresets.json puts the build of a preset.
build_folder() {
  if [ "$1" = default ]; then echo build; else echo "build/$1"; fi
}

# build_preset PRESET [CMAKE_ARGUMENT...]
build_preset() {
  local preset=$1
  shift
  echo "Configuring preset $preset."
  cmake --preset "$preset" "$@" || return
  echo "Building preset $preset in $(build_folder "$preset")."
  cmake --build --preset "$preset" --parallel "$processors"
}

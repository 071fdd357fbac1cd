# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Configuring and building a preset. Sourced by bash scripts that run in the top folder.
# shellcheck shell=bash

# The number of processors that this process may use.
processors=$(nproc)

# Where CMakePresets.json puts the build of a preset.
build_folder() {
  if [ "$1" = default ]; then echo build; else echo "build/$1"; fi
}

# configure_preset PRESET [CMAKE_ARGUMENT...]
configure_preset() {
  echo "Configuring preset $1."
  cmake --preset "$@"
}

# build_targets PRESET TARGET...; none: what the preset names
build_targets() {
  local preset=$1
  shift
  echo "Building preset $preset in $(build_folder "$preset")."
  cmake --build --preset "$preset" --parallel "$processors" ${1+--target "$@"}
}

# build_preset PRESET [CMAKE_ARGUMENT...]
build_preset() {
  configure_preset "$@" && build_targets "$1"
}

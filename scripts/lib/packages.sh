# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The Debian packages that each part of the project needs, and how the scripts get them. Sourced by bash scripts.
# shellcheck shell=bash

# To build the tool, the runtime and the examples.
packages_to_build=(g++ cmake ninja-build clang-22 libclang-22-dev llvm-22-dev libzstd-dev zlib1g-dev libpng-dev libeigen3-dev libhwloc-dev)
# To run the tests: lit and FileCheck, the unit test library, the sanitizers' runtimes, and what single tests call.
packages_to_test=(llvm-22-tools libclang-rt-22-dev libgtest-dev libgmock-dev gdb make automake ccache pkg-config python3 mandoc man-db lintian meson mkdocs mkdocs-material)
# To check the rules that need no build.
packages_to_lint=(git python3 shellcheck clang-format-22 clang-tidy-22)
# To build and run the runtime for another processor.
packages_to_cross=(g++-aarch64-linux-gnu qemu-user googletest)
# To reduce the programs of the fuzzer.
packages_to_reduce=(cvise)
# To compare with other task runtimes.
packages_to_bench=(libomp-22-dev libtbb-dev python3 valgrind)

die() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit "${2:-1}"
}

# Prints those of its arguments that are not installed.
missing_packages() {
  local package status
  for package; do
    status=$(dpkg-query --show --showformat='${db:Status-Status} ' "$package" 2>/dev/null) || true
    [[ " $status" = *" installed "* ]] || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "installing packages takes root: run this as root, or install sudo, or install them yourself: $*"
  fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"
}

# Prints those of its arguments that apt has no candidate for.
unknown_packages() {
  local package policy
  for package; do
    policy=$(apt-cache policy "$package" 2>/dev/null) || true
    [[ $policy =~ Candidate:\ [^\(] ]] || printf '%s\n' "$package"
  done
}

# require_packages yes|no PACKAGE...: sees to it that the packages are installed; "no" means that it may only look.
require_packages() {
  local may_install=$1 missing unknown
  shift
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    [ "$may_install" = no ] || die "this system has no apt-get. Install the counterparts of these Debian packages,
then run this again with --no-install: $*"
    echo "Not a Debian system; taking for granted the counterparts of: $*"
    return
  fi

  mapfile -t missing < <(missing_packages "$@")
  if [ ${#missing[@]} -eq 0 ]; then
    echo "All Debian packages that this needs are installed."
    return
  fi
  echo "Missing Debian packages: ${missing[*]}"
  [ "$may_install" = yes ] || die "nothing was installed (--no-install). To install them:
  apt-get install ${missing[*]}"

  mapfile -t unknown < <(unknown_packages "${missing[@]}")
  if [ ${#unknown[@]} -gt 0 ]; then
    echo "Updating apt's package lists, which do not have ${unknown[*]} yet."
    apt_get update -q || die "apt-get update failed"
    mapfile -t unknown < <(unknown_packages "${missing[@]}")
    [ ${#unknown[@]} -eq 0 ] || die "apt has no package named ${unknown[*]}. Debian 12 has LLVM 22 in bookworm-security:
see that /etc/apt/sources.list or /etc/apt/sources.list.d names that suite."
  fi
  echo "Installing: ${missing[*]}"
  # Lists that are out of date name files that the mirror no longer has, hence the second try.
  apt_get install -q -y --no-install-recommends "${missing[@]}" ||
    { apt_get update -q && apt_get install -q -y --no-install-recommends "${missing[@]}"; } ||
    die "apt-get could not install ${missing[*]}"
}

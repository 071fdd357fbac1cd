# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Packages at given versions in a temporary folder. Sourced by the findings.
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C

cannot_tell() {
  printf '%s: cannot tell: %s\n' "${0##*/}" "$1" >&2
  exit 2
}

# expect WHAT FOUND EXPECTED
expect() {
  if [ "$2" != "$3" ]; then
    printf '%s: %s: found "%s", expected "%s"\n' "${0##*/}" "$1" "$2" "$3" >&2
    exit 1
  fi
  printf '%s: %s\n' "$1" "$2"
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# What the packages hold is below it, as it would be below /.
root=$folder/root

# unpack NAME=VERSION...
unpack() {
  mkdir -p "$folder/packages" "$root"
  (cd "$folder/packages" && apt-get download -q "$@" >/dev/null) || cannot_tell "apt-get has no $*"
  local package
  for package in "$folder"/packages/*.deb; do
    dpkg-deb -x "$package" "$root"
  done
}

clang=1:22.1.8-1~deb12u1
# Clang, C only, with its own libraries.
unpack_clang() {
  unpack "clang-22=$clang" "libclang-cpp22=$clang" "libllvm22=$clang" "libclang-common-22-dev=$clang" "$@"
}

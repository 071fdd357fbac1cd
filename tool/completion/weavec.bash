# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Completion for weavec and weave++ in bash.

_weave_warnings="aliased depend-order large-capture not-woven openmp openmp-runtime partial race race-maybe serialised thread-local unused-task"

# The words that choose warnings, for what has been typed so far.
_weave_options() {
  local typed=$1 prefix
  for prefix in -Wweave- -Wno-weave- -Werror=weave- -Wno-error=weave-; do
    compgen -P "$prefix" -W "$_weave_warnings" -- "${typed#"$prefix"}" | grep "^$typed"
  done
  compgen -W "-Rweave -Wno-weave -fweave-openmp" -- "$typed"
}

_weavec() {
  local typed=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  if [[ $COMP_CWORD == 1 && $typed == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "--emit --serial --check --explain --doctor --version --help -fweave-openmp" -- "$typed")
  elif [[ $COMP_CWORD == 1 ]]; then
    mapfile -t COMPREPLY < <(compgen -c -- "$typed") # a compiler
  elif [[ $typed == --d* ]]; then
    COMPREPLY=("--diagnostics-format=sarif")
  elif [[ $typed == -* ]]; then
    mapfile -t COMPREPLY < <(_weave_options "$typed")
  fi
}

_weave_driver() {
  local typed=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  [[ $typed != -* ]] || mapfile -t COMPREPLY < <(_weave_options "$typed")
}

complete -o default -F _weavec weavec
complete -o default -F _weave_driver weave++

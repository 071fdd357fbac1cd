" SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
" For after/plugin: `:make` checks the directives of the file, `:WeaveExplain` says what becomes of the one on this line.

function! s:Use() abort
  setlocal makeprg=weavec\ --check\ %:S\ --\ -std=c++17
  setlocal errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m,%-G%.%#
  command! -buffer WeaveExplain execute '!weavec --explain ' . shellescape(expand('%') . ':' . line('.')) . ' -- -std=c++17'
endfunction

augroup weave
  autocmd!
  autocmd FileType cpp if search('^\s*#\s*pragma\s\+weave\>', 'nw') | call s:Use() | endif
augroup END

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In front of what `weave++ -E` writes, for compiler caches that stand in front of weave++ and compare preprocessed texts. The
// line marker says what else the object depends on: whether the tool is on, and the compiler behind it. Since no file of that
// name exists, a cache cannot take the texts of the included files alone for proof that the object would be the same.
#line 1 WEAVE_IDENTITY

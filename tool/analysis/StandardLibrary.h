// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is known of the standard library's classes, and of functions by their names alone.
#ifndef WEAVE_TOOL_ANALYSIS_STANDARDLIBRARY_H
#define WEAVE_TOOL_ANALYSIS_STANDARDLIBRARY_H

#include "clang/AST/Type.h"

namespace clang {
class CXXMethodDecl;
class CXXOperatorCallExpr;
class NamedDecl;
} // namespace clang

namespace weave {

/// Empty if it has none, as an operator.
llvm::StringRef nameOf(const clang::NamedDecl &D);

/// Whether a function or type of this name may order what threads do.
bool soundsLikeSynchronisation(llvm::StringRef Name);

/// Of the standard library, and not for synchronisation.
bool isLibraryClass(clang::QualType Type);

/// Containers whose elements are objects of their own at an index.
bool isIndexable(clang::QualType Type);

/// Maps insert what they do not find. Of the standard's other containers `operator[]` only reads.
bool mayInsert(const clang::CXXOperatorCallExpr &Subscript);

/// Whether a member that is not const counts as if it were where threads meet ([container.requirements.dataraces]), or
/// is a way to what the object owns, or writes to a stream that threads may share.
bool onlyLeadsToElements(const clang::CXXMethodDecl &Method);

} // namespace weave

#endif

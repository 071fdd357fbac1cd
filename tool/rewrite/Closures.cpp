// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rewrite/Closures.h"
#include "analysis/Captures.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace weave::phrase {

/// How many lengths of a variable only the run tells; none if a closure can have the variable as it is: an array of
/// elements of a fixed size. No other type with such lengths can be captured, so that a closure gets a pointer and the
/// lengths, and declares the variable anew.
static unsigned variableLengths(const Capture &C) {
  const QualType Type = C.Variable ? C.Variable->getType().getNonReferenceType() : QualType();
  if (Type.isNull() || !hasVariableLength(Type))
    return 0;
  unsigned Depth = 0;
  QualType Element = Type->isPointerType() ? Type->getPointeeType() : Type;
  for (; Element->isArrayType(); Element = Element->castAsArrayTypeUnsafe()->getElementType())
    ++Depth;
  return Type->isPointerType() || Depth > 1 ? Depth : 0;
}

static bool isPointer(const Capture &C) { return C.Variable->getType().getNonReferenceType()->isPointerType(); }

/// An expression for an element `Depth` levels below a variable.
static std::string element(const Capture &C, unsigned Depth) {
  std::string Text = C.Variable->getName().str();
  if (isPointer(C))
    Text = "(*" + Text + ")";
  for (; Depth; --Depth)
    Text += "[0]";
  return Text;
}

static std::string partsOfRows(const Capture &C, unsigned Lengths) {
  const std::string Name = C.Variable->getName().str();
  std::string Text = "weave_" + Name + " = reinterpret_cast<std::remove_reference_t<decltype(" + element(C, Lengths) +
                     ")> *>(" + (isPointer(C) ? "" : "&") + Name + ")";
  for (unsigned Depth = 0; Depth < Lengths; ++Depth)
    Text += (", weave_" + Name + "_" + Twine(Depth + 1) + " = sizeof(" + element(C, Depth) + ") / sizeof(" +
             element(C, Depth + 1) + ")")
                .str();
  return Text;
}

static std::string redeclaredRows(ArrayRef<Capture> Captures) {
  std::string Text;
  for (const Capture &C : Captures)
    if (const unsigned Lengths = variableLengths(C)) {
      const std::string Name = C.Variable->getName().str();
      Text += " using weave_element_" + Name + " = std::remove_pointer_t<decltype(weave_" + Name + ")>;" +
              " WEAVE_HIDING(" + (isPointer(C) ? "const auto " : "auto &") + Name + " = " + (isPointer(C) ? "" : "*") +
              "static_cast<weave_element_" + Name + " (*)";
      for (unsigned Depth = 0; Depth < Lengths; ++Depth)
        Text += ("[weave_" + Name + "_" + Twine(Depth + 1) + "]").str();
      Text += ">(::weave::detail::untyped(weave_" + Name + "));)";
    }
  return Text;
}

std::string captures(ArrayRef<Capture> Captures, StringRef Also) {
  // g++ captures a pack that a lambda around has copied by reference only so.
  const bool ByDefault =
      llvm::any_of(Captures, [](const Capture &C) { return C.Mode == CaptureMode::Reference && C.Expand; });
  std::string Text = ByDefault ? "[&" : "[";
  Text += (ByDefault && !Also.empty() ? ", " : "") + Also.str();
  for (const Capture &C : Captures) {
    if (ByDefault && C.Mode == CaptureMode::Reference && !isa<BindingDecl>(C.Variable))
      continue;
    if (Text.size() > 1)
      Text += ", ";
    if (C.Mode == CaptureMode::This) {
      Text += "this";
      continue;
    }
    if (const unsigned Lengths = variableLengths(C)) {
      Text += partsOfRows(C, Lengths);
      continue;
    }
    if (C.Mode == CaptureMode::Reference)
      Text += '&';
    const StringRef Name = C.Variable->getName();
    Text += Name;
    if (C.Mode == CaptureMode::Move)
      Text += (" = std::move(" + Name + ")").str();
    else if (C.Initialised || isa<BindingDecl>(C.Variable)) // C++17 captures a structured binding only so
      Text += (" = " + Name).str();
    if (C.Expand)
      Text += "...";
  }
  return Text + "]";
}

std::string beginning(ArrayRef<Capture> Captures) {
  std::string Text = redeclaredRows(Captures);
  for (const Capture &C : Captures) {
    if (!C.Doubtful)
      continue;
    if (C.Mode == CaptureMode::This)
      Text += " (void)this;";
    else if (C.Expand)
      Text += (" ((void)" + C.Variable->getName() + ", ...);").str();
    else if (C.Variable->getType()->isScalarType()) // of a constant, only the address needs the captured one
      Text += (" (void)&" + C.Variable->getName() + ";").str();
    else if (C.Variable->getType()->isDependentType() && !C.Initialised)
      Text += (" (void)__builtin_addressof(" + C.Variable->getName() + ");").str();
    else
      Text += (" (void)" + C.Variable->getName() + ";").str();
  }
  return Text;
}

SmallVector<std::string, 2> changeable(ArrayRef<Capture> Captures) {
  SmallVector<std::string, 2> Names;
  for (const Capture &C : Captures)
    if (C.Changeable)
      Names.push_back(C.Variable->getName().str());
  return Names;
}

/// A declaration that hides a variable of the user's, in whose place it stands.
std::string hiding(const Twine &Declaration) { return (" WEAVE_HIDING(" + Declaration + ";)").str(); }

std::string ownVariable(StringRef Name) {
  return hiding("[[maybe_unused]] std::remove_reference_t<decltype(" + Name + ")> " + Name);
}

std::string privates(const Directive &D, llvm::function_ref<bool(StringRef)> Except) {
  std::string Text;
  for (const ListedVariable &L : D.Listed)
    if (const std::string &Name = L.Variable.Text; L.How == Sharing::Private && !Except(Name))
      Text += ownVariable(Name);
  return Text;
}

} // namespace weave::phrase

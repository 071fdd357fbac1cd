// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "analysis/ObjectTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace weave {

static const CXXRecordDecl *definitionOf(QualType Type) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record ? Record->getDefinition() : nullptr;
}

/// Whether the destructor of a class does something, so that it owns what it points to.
static bool isOwner(const CXXRecordDecl &Record) { return !Record.hasTrivialDestructor(); }

template <class Visit> static bool anyTypeArgument(const CXXRecordDecl &Record, Visit Ask) {
  const auto *Specialisation = dyn_cast<ClassTemplateSpecializationDecl>(&Record);
  if (!Specialisation)
    return false;
  const auto AskOne = [&](const TemplateArgument &Argument) {
    return Argument.getKind() == TemplateArgument::Type && Ask(Argument.getAsType());
  };
  return llvm::any_of(Specialisation->getTemplateArgs().asArray(), [&](const TemplateArgument &Argument) {
    return Argument.getKind() == TemplateArgument::Pack ? llvm::any_of(Argument.pack_elements(), AskOne)
                                                        : AskOne(Argument);
  });
}

template <class Visit> static bool anyPart(const CXXRecordDecl &Record, Visit Ask) {
  return llvm::any_of(Record.bases(), [&](const CXXBaseSpecifier &Base) { return Ask(Base.getType()); }) ||
         llvm::any_of(Record.fields(), [&](const FieldDecl *Field) { return Ask(Field->getType()); });
}

/// The type without what does not matter to the rule on aliases. Pointers count as one type.
const Type *ObjectTypes::kindOf(QualType Type) const {
  QualType Plain =
      Context.getBaseElementType(Context.getCanonicalType(Type.getNonReferenceType())).getUnqualifiedType();
  if (Plain->isAnyPointerType())
    return Context.VoidPtrTy.getTypePtr();
  if (Plain->isSignedIntegerType() && !Plain->isEnumeralType() && !Plain->isCharType())
    Plain = Context.getCorrespondingUnsignedType(Plain);
  return Plain.getCanonicalType().getTypePtr();
}

bool ObjectTypes::isByte(QualType Type) const {
  return Type->isVoidType() || Type->isCharType() || Type->isStdByteType();
}

void ObjectTypes::addParts(QualType Type, TypeSet &Into) const {
  Type = Context.getBaseElementType(Context.getCanonicalType(Type));
  if (Type->isReferenceType() || !Into.insert(kindOf(Type)).second)
    return;
  const CXXRecordDecl *Record = definitionOf(Type);
  if (!Record)
    return;
  const bool Owns = isOwner(*Record);
  const auto Add = [&](QualType Part) {
    addParts(Part, Into);
    if (Owns && Part->isPointerType())
      addParts(Part->getPointeeType(), Into);
    return false;
  };
  anyPart(*Record, Add);
  if (Owns)
    anyTypeArgument(*Record, Add);
}

const ObjectTypes::TypeSet &ObjectTypes::partsOf(QualType Type) const {
  const clang::Type *Key = Context.getCanonicalType(Type.getNonReferenceType()).getTypePtr();
  const auto Known = Parts.find(Key);
  if (Known != Parts.end())
    return Known->second;
  TypeSet Made;
  addParts(Type.getNonReferenceType(), Made);
  return Parts[Key] = std::move(Made);
}

bool ObjectTypes::mayChange(QualType Stored, QualType Object) const {
  Stored = Stored.getNonReferenceType();
  Object = Object.getNonReferenceType();
  const QualType Element = Context.getBaseElementType(Stored);
  return Stored->isDependentType() || Object->isDependentType() || isByte(Element) ||
         (Element->isRecordType() && !definitionOf(Element)) || partsOf(Object).contains(kindOf(Stored)) ||
         partsOf(Stored).contains(kindOf(Object));
}

bool ObjectTypes::leads(QualType Holder, QualType Object, bool IsPart, TypeSet &Seen) const {
  Holder = Context.getBaseElementType(Context.getCanonicalType(Holder));
  if (Holder->isDependentType())
    return true;
  if (Holder->isPointerType() || Holder->isReferenceType()) {
    const QualType Pointee = Holder->getPointeeType();
    if (Pointee->isFunctionType())
      return false;
    const CXXRecordDecl *Record = definitionOf(Pointee);
    const bool IsOpen = Record && Record->isPolymorphic(); // a derived class may hold anything
    // The characters of a string are its own.
    const bool Fits = IsPart && Pointee->isCharType()
                          ? !Object->isDependentType() && partsOf(Object).contains(kindOf(Pointee))
                          : mayChange(Pointee, Object);
    return IsOpen || (!Pointee.isConstQualified() && Fits) || leads(Pointee, Object, IsPart, Seen);
  }
  if (!Holder->isRecordType() || !Seen.insert(Holder.getTypePtr()).second)
    return false;
  const CXXRecordDecl *Record = definitionOf(Holder);
  const auto Ask = [&](QualType Part) { return leads(Part, Object, /*IsPart=*/true, Seen); };
  return !Record || anyPart(*Record, Ask) || anyTypeArgument(*Record, Ask);
}

bool ObjectTypes::leadsTo(QualType Holder, QualType Object) const {
  TypeSet Seen;
  return leads(Holder, Object, /*IsPart=*/false, Seen);
}

struct ObjectTypes::Question {
  const TypeSet *Object; ///< Null: any.
  Handed How;
  bool IsWritable;
};

bool ObjectTypes::holds(QualType Holder, const Question &Asked, bool IsOwned, TypeSet &Seen) const {
  const bool OnPurpose = Asked.How == Handed::Address;
  Holder = Context.getBaseElementType(Context.getCanonicalType(Holder));
  if (Holder->isDependentType())
    return OnPurpose;
  if (Holder->isPointerType() || Holder->isReferenceType()) {
    const QualType Pointee = Holder->getPointeeType();
    if (Pointee->isFunctionType())
      return false;
    // Whoever hides what he holds hides it behind one of these.
    if (const CXXRecordDecl *Record = definitionOf(Pointee);
        OnPurpose && (Record ? Record->isPolymorphic() && !Record->isInStdNamespace() : Pointee->isIncompleteType()))
      return true;
    const bool Fits = OnPurpose || Asked.IsWritable || Pointee.isConstQualified();
    if (!IsOwned && Fits &&
        (!Asked.Object || (OnPurpose && isByte(Pointee)) || Asked.Object->contains(kindOf(Pointee))))
      return true;
    return holds(Pointee, Asked, /*IsOwned=*/false, Seen);
  }
  if (!Holder->isRecordType() || !Seen.insert(Holder.getTypePtr()).second)
    return false;
  const CXXRecordDecl *Record = definitionOf(Holder);
  if (!Record)
    return OnPurpose;
  // The classes of the library have parts that say nothing of themselves, but name what they hold. Streams, and what
  // the C library has in their place, copy what they get.
  const bool Owns = isOwner(*Record), IsLibrary = Record->isInStdNamespace();
  const bool IsOfC = Record->getDeclContext()->isTranslationUnit() &&
                     Context.getSourceManager().isInSystemHeader(Record->getLocation());
  if (IsOfC || (IsLibrary && Record->isPolymorphic()))
    return false;
  const auto AskPart = [&](QualType Part) {
    const bool IsBare = Part->isPointerType() || (IsLibrary && Part->isRecordType());
    return holds(Part, Asked, IsBare && (Owns || IsOwned), Seen);
  };
  const auto AskArgument = [&](QualType Argument) { return holds(Argument, Asked, /*IsOwned=*/false, Seen); };
  return anyPart(*Record, AskPart) || (Owns && anyTypeArgument(*Record, AskArgument));
}

bool ObjectTypes::mayHold(QualType Holder, QualType Object, Handed How, bool IsWritable) const {
  TypeSet Seen;
  if (Object->isDependentType() && How == Handed::Lvalue)
    return false;
  return holds(Holder, {Object->isDependentType() ? nullptr : &partsOf(Object), How, IsWritable}, /*IsOwned=*/false,
               Seen);
}

bool ObjectTypes::mayHoldAny(QualType Holder) const {
  const auto [Known, Fresh] = Holders.try_emplace(Context.getCanonicalType(Holder).getTypePtr());
  if (Fresh) {
    TypeSet Seen;
    Known->second = holds(Holder, {nullptr, Handed::Address, true}, /*IsOwned=*/false, Seen);
  }
  return Known->second;
}

} // namespace weave

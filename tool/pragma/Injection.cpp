// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pragma/Injection.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Preprocessor.h"
#include <utility>

using namespace clang;

namespace weave {

static constexpr llvm::StringLiteral Annotation = "weave";
static constexpr llvm::StringLiteral OnceVariable = "__weave_once";

using TokenList = SmallVector<Token, 64>;

namespace {

class Injector {
public:
  Injector(Preprocessor &PP, SourceLocation Where) : PP(PP), Where(Where) {}

  void punctuators(std::initializer_list<tok::TokenKind> Kinds) {
    for (tok::TokenKind Kind : Kinds) {
      Token T;
      T.startToken();
      T.setKind(Kind);
      T.setLocation(Where);
      Tokens.push_back(T);
    }
  }

  // The spelling goes through the scratch buffer: without it Clang would read it out of the user's file.
  void spelled(tok::TokenKind Kind, StringRef Spelling) {
    Token T;
    T.startToken();
    T.setKind(Kind);
    PP.CreateString(Spelling, T, Where, Where);
    if (Kind == tok::identifier) {
      IdentifierInfo *Name = PP.getIdentifierInfo(Spelling);
      T.setIdentifierInfo(Name);
      T.setKind(Name->getTokenID());
      T.setFlag(Token::DisableExpand);
    }
    Tokens.push_back(T);
  }

  void annotation(unsigned Index) {
    punctuators({tok::l_square, tok::l_square});
    spelled(tok::identifier, "clang");
    punctuators({tok::coloncolon});
    spelled(tok::identifier, "annotate");
    punctuators({tok::l_paren});
    spelled(tok::string_literal, ("\"" + Annotation + "\"").str());
    punctuators({tok::comma});
    spelled(tok::numeric_constant, llvm::utostr(Index));
    punctuators({tok::r_paren, tok::r_square, tok::r_square});
  }

  /// `(void)(FRONT OPERAND BACK),`
  void checked(ArrayRef<Token> Operand, std::initializer_list<tok::TokenKind> Front = {},
               std::initializer_list<tok::TokenKind> Back = {}) {
    beginCheck();
    punctuators(Front);
    append(Operand);
    punctuators(Back);
    endCheck();
  }

  /// `::weave::detail::NAME`
  void detail(StringRef Name) {
    for (const StringRef Part : {StringRef("weave"), StringRef("detail"), Name}) {
      punctuators({tok::coloncolon});
      spelled(tok::identifier, Part);
    }
  }

  /// `void(OPERAND),`: the other notation marks those of which only the value counts.
  void checkedByValue(ArrayRef<Token> Operand) {
    punctuators({tok::kw_void, tok::l_paren});
    append(Operand);
    punctuators({tok::r_paren, tok::comma});
  }

  void append(ArrayRef<Token> Operand) { Tokens.append(Operand.begin(), Operand.end()); }

  /// `(void)(OPERAND),`, or with iterators `(void)({ TYPE j = (FIRST); ... (void)(OPERAND); }),`.
  void inIterators(ArrayRef<Iterator> Iterators, llvm::function_ref<void()> Operand) {
    punctuators({tok::l_paren, tok::kw_void, tok::r_paren, tok::l_paren});
    if (!Iterators.empty())
      punctuators({tok::l_brace});
    for (const Iterator &I : Iterators)
      declare(I);
    if (!Iterators.empty())
      punctuators({tok::l_paren, tok::kw_void, tok::r_paren, tok::l_paren});
    Operand();
    if (!Iterators.empty())
      punctuators({tok::r_paren, tok::semi, tok::r_brace});
    punctuators({tok::r_paren, tok::comma});
  }

  /// `BASE[FIRST]...`, with the brackets of the user's, which Clang complains at.
  void firstElement(const DependOperand &Section) {
    append(Section.Value.Tokens);
    for (const Subscript &S : Section.Subscripts) {
      punctuators({tok::l_square});
      Tokens.back().setLocation(S.Location);
      if (S.First)
        append(S.First->Tokens);
      else
        spelled(tok::numeric_constant, "0");
      punctuators({tok::r_square});
      Tokens.back().setLocation(S.Location);
    }
  }

  /// What a loop does with the variable of a reduction, at the place where the clause names it.
  /// @param Element  an lvalue of the type of what is combined
  void reduction(const Reduction &R, ArrayRef<Token> Element);

  /// `(*(__remove_all_extents(__remove_reference_t(decltype((OPERAND)))) *)1)`: an lvalue of the type of what is reduced,
  /// element by element if it is an array. It stands where the operand does.
  TokenList element(ArrayRef<Token> Operand) {
    TokenList Made;
    std::swap(Tokens, Made);
    const SourceLocation There = std::exchange(Where, Operand.front().getLocation());
    punctuators({tok::l_paren, tok::star, tok::l_paren});
    spelled(tok::identifier, "__remove_all_extents");
    punctuators({tok::l_paren});
    spelled(tok::identifier, "__remove_reference_t");
    punctuators({tok::l_paren});
    spelled(tok::identifier, "decltype");
    punctuators({tok::l_paren, tok::l_paren});
    Tokens.append(Operand.begin(), Operand.end());
    punctuators({tok::r_paren, tok::r_paren, tok::r_paren, tok::r_paren, tok::star, tok::r_paren});
    spelled(tok::numeric_constant, "1");
    punctuators({tok::r_paren});
    Where = There;
    std::swap(Tokens, Made);
    return Made;
  }

  /// `BASE[FIRST]`, the first element of a section.
  TokenList elementOf(ArrayRef<Token> Base, const Subscript &Part) {
    TokenList Made(Base.begin(), Base.end());
    std::swap(Tokens, Made);
    punctuators({tok::l_square});
    if (Part.First)
      Tokens.append(Part.First->Tokens.begin(), Part.First->Tokens.end());
    else
      spelled(tok::numeric_constant, "0");
    punctuators({tok::r_square});
    std::swap(Tokens, Made);
    return Made;
  }

  /// Macros in the user's operands are expanded when the tokens are read.
  void enter() {
    auto Copy = std::make_unique<Token[]>(Tokens.size());
    llvm::copy(Tokens, Copy.get());
    PP.EnterTokenStream(std::move(Copy), Tokens.size(), /*DisableMacroExpansion=*/false, /*IsReinject=*/false);
  }

private:
  void beginCheck() { punctuators({tok::l_paren, tok::kw_void, tok::r_paren, tok::l_paren}); }
  void endCheck() { punctuators({tok::r_paren, tok::comma}); }

  /// `[[maybe_unused]] TYPE j = (FIRST);`, where TYPE may be that of `true ? (FIRST) : (LAST)`, and `(void)(j %
  /// (STEP));`, since all must be integers.
  void declare(const Iterator &I) {
    const SourceLocation Outside = std::exchange(Where, I.Name.Location); // Clang shall complain there
    punctuators({tok::l_square, tok::l_square});
    spelled(tok::identifier, "maybe_unused");
    punctuators({tok::r_square, tok::r_square});
    if (I.Type) {
      append(I.Type->Tokens);
    } else {
      spelled(tok::identifier, "__typeof__");
      punctuators({tok::l_paren});
      spelled(tok::identifier, "true");
      punctuators({tok::question, tok::l_paren});
      append(I.First.Tokens);
      punctuators({tok::r_paren, tok::colon, tok::l_paren});
      append(I.Last.Tokens);
      punctuators({tok::r_paren, tok::r_paren});
    }
    append(I.Name.Tokens);
    punctuators({tok::equal, tok::l_paren});
    append(I.First.Tokens);
    punctuators({tok::r_paren, tok::semi});
    if (I.Step) {
      punctuators({tok::l_paren, tok::kw_void, tok::r_paren, tok::l_paren});
      append(I.Name.Tokens);
      punctuators({tok::percent, tok::l_paren});
      append(I.Step->Tokens);
      punctuators({tok::r_paren, tok::r_paren, tok::semi});
    }
    Where = Outside;
  }

  Preprocessor &PP;
  SourceLocation Where;
  TokenList Tokens;
};

} // namespace

static tok::TokenKind tokenOf(ReductionOp Op) {
  switch (Op) {
  case ReductionOp::Plus:
    return tok::plus;
  case ReductionOp::Multiplies:
    return tok::star;
  case ReductionOp::BitAnd:
    return tok::amp;
  case ReductionOp::BitOr:
    return tok::pipe;
  case ReductionOp::BitXor:
    return tok::caret;
  case ReductionOp::LogicalAnd:
    return tok::ampamp;
  case ReductionOp::LogicalOr:
    return tok::pipepipe;
  case ReductionOp::Minimum:
  case ReductionOp::Maximum:
    return tok::less;
  case ReductionOp::Callable:
    break;
  }
  llvm_unreachable("a call has no operator");
}

StringRef operatorOf(ReductionOp Op) { return tok::getPunctuatorSpelling(tokenOf(Op)); }

StringRef functionOf(ReductionOp Op) {
  switch (Op) {
  case ReductionOp::Plus:
    return "plus";
  case ReductionOp::Multiplies:
    return "multiplies";
  case ReductionOp::BitAnd:
    return "bit_and";
  case ReductionOp::BitOr:
    return "bit_or";
  case ReductionOp::BitXor:
    return "bit_xor";
  case ReductionOp::LogicalAnd:
    return "logical_and";
  case ReductionOp::LogicalOr:
    return "logical_or";
  case ReductionOp::Minimum:
    return "minimum";
  case ReductionOp::Maximum:
    return "maximum";
  case ReductionOp::Callable:
    return "callable";
  }
  llvm_unreachable("unknown reduction operator");
}

/// Two expressions, which operandsOf counts:
/// `result_for(ELEMENT) = ELEMENT OPERATOR ELEMENT` and `neutral<OPERATOR>(ELEMENT)` or `start(ELEMENT, IDENTITY)`
void Injector::reduction(const Reduction &R, ArrayRef<Token> Element) {
  const SourceLocation Outside = std::exchange(Where, R.Variable.Location);
  beginCheck();
  detail("result_for");
  punctuators({tok::l_paren});
  append(Element);
  punctuators({tok::r_paren, tok::equal});
  if (R.Function) {
    append(R.Function->Tokens);
    punctuators({tok::l_paren});
  }
  append(Element);
  punctuators({R.Function ? tok::comma : tokenOf(R.Op)});
  append(Element);
  if (R.Function) {
    punctuators({tok::r_paren});
  } else if (R.Op == ReductionOp::Minimum || R.Op == ReductionOp::Maximum) {
    punctuators({tok::question});
    append(Element);
    punctuators({tok::colon});
    append(Element);
  }
  endCheck();
  beginCheck();
  detail(R.Identity ? "start" : "neutral");
  if (!R.Identity) {
    punctuators({tok::less});
    detail(functionOf(R.Op));
    punctuators({tok::greater});
  }
  punctuators({tok::l_paren});
  append(Element);
  if (R.Identity) {
    punctuators({tok::comma});
    append(R.Identity->Tokens);
  }
  punctuators({tok::r_paren});
  endCheck();
  Where = Outside;
}

SmallVector<std::pair<const Operand *, const DependOperand *>, 4> sectionNumbers(const Directive &D) {
  SmallVector<std::pair<const Operand *, const DependOperand *>, 4> Numbers;
  for (const DependOperand &Named : D.DependsOn)
    for (const Subscript &S : Named.Subscripts)
      for (const auto *Number : {&S.Length, &S.Stride})
        if (*Number)
          Numbers.push_back({&**Number, &Named});
  return Numbers;
}

void injectDirective(Preprocessor &PP, const Directive &D, unsigned Index, bool Wrap) {
  Injector In(PP, D.Begin);
  In.annotation(Index);
  // Where it stands alone, a pragma in front of it may mean the loop behind it.
  if (Wrap || D.hasOperands() || D.standsAlone()) {
    In.punctuators({tok::kw_for, tok::l_paren, tok::kw_int});
    In.spelled(tok::identifier, OnceVariable);
    In.punctuators({tok::equal, tok::l_paren});
    for (const DependOperand &Operand : D.DependsOn)
      In.inIterators(Operand.Iterators, [&] {
        if (Operand.isSection())
          In.firstElement(Operand);
        else
          In.append(Operand.Value.Tokens);
      });
    for (const auto &[Number, Of] : sectionNumbers(D))
      In.inIterators(Of->Iterators, [&, &Tokens = Number->Tokens] { In.append(Tokens); });
    for (const Reduction &R : D.Reductions)
      In.checked(R.Variable.Tokens);
    for (const Reduction &R : D.Reductions)
      if (R.Part) {
        In.checked(R.Part->Length->Tokens);
        if (R.Part->First)
          In.checked(R.Part->First->Tokens);
      }
    for (const Reduction &R : D.Reductions) {
      const ArrayRef<Token> Named = R.Variable.Tokens;
      const TokenList Reduced = R.Part ? In.elementOf(Named, *R.Part) : TokenList(Named);
      const TokenList Element = In.element(Reduced);
      In.checked(Reduced);
      In.reduction(R, Element);
    }
    for (const Operand &Value : D.Awaited)
      In.checked(Value.Tokens);
    if (D.Handle)
      In.checked(D.Handle->Tokens);
    for (const ListedVariable &Listed : D.Listed) {
      const ArrayRef<Token> Name = Listed.Variable.Tokens;
      if (Name.size() == 1)
        In.checked(Name);
      else
        In.checked(Name.front(), {tok::l_paren, tok::kw_void, tok::r_paren}, {tok::comma, tok::ellipsis});
    }
    if (D.Collapse)
      In.checkedByValue(D.Collapse->Tokens);
    if (D.Grainsize)
      In.checkedByValue(D.Grainsize->Tokens);
    if (D.Condition)
      In.checked(D.Condition->Tokens, {tok::kw_bool, tok::l_paren}, {tok::r_paren});
    In.spelled(tok::numeric_constant, "0");
    In.punctuators({tok::r_paren, tok::semi});
    In.spelled(tok::identifier, OnceVariable);
    In.punctuators({tok::less});
    In.spelled(tok::numeric_constant, "1");
    In.punctuators({tok::semi, tok::plusplus});
    In.spelled(tok::identifier, OnceVariable);
    In.punctuators({tok::r_paren});
    if (D.OnDeclaration) {
      In.punctuators({tok::semi});
      In.annotation(Index);
    }
  }
  if (D.standsAlone()) {
    // Not a null statement: an annotated one has no place in the control-flow graph.
    In.punctuators({tok::l_paren, tok::kw_void, tok::r_paren});
    In.spelled(tok::numeric_constant, "0");
    In.punctuators({tok::semi});
  }
  In.enter();
}

static std::optional<unsigned> directiveOf(const Attr *A) {
  const auto *Annotate = dyn_cast<AnnotateAttr>(A);
  if (!Annotate || Annotate->getAnnotation() != Annotation || Annotate->args_size() != 1)
    return std::nullopt;
  const Expr *Number = *Annotate->args_begin();
  if (const auto *Constant = dyn_cast<ConstantExpr>(Number))
    Number = Constant->getSubExpr();
  if (const auto *Literal = dyn_cast<IntegerLiteral>(Number->IgnoreParenImpCasts()))
    return Literal->getValue().getZExtValue();
  return std::nullopt;
}

std::optional<unsigned> directiveOf(const Stmt &S) {
  if (const auto *Attributed = dyn_cast<AttributedStmt>(&S))
    for (const Attr *A : Attributed->getAttrs())
      if (auto Index = directiveOf(A))
        return Index;
  if (const auto *Declared = dyn_cast<DeclStmt>(&S); Declared && Declared->decl_begin() != Declared->decl_end())
    return directiveOf(**Declared->decl_begin());
  return std::nullopt;
}

std::optional<unsigned> directiveOf(const Decl &D) {
  for (const Attr *A : D.attrs())
    if (auto Index = directiveOf(A))
      return Index;
  return std::nullopt;
}

bool holdsOperands(const VarDecl &V) { return V.getDeclName().isIdentifier() && V.getName() == OnceVariable; }

const Expr *operandByValue(const CXXFunctionalCastExpr &E) {
  return E.getCastKind() == CK_ToVoid ? E.getSubExpr() : nullptr;
}

/// The variable of the injected loop, or null if the user wrote the loop.
static const VarDecl *onceVariable(const ForStmt &Loop) {
  const auto *Init = dyn_cast_or_null<DeclStmt>(Loop.getInit());
  if (!Init || !Init->isSingleDecl())
    return nullptr;
  const auto *Variable = dyn_cast<VarDecl>(Init->getSingleDecl());
  return Variable && holdsOperands(*Variable) ? Variable : nullptr;
}

/// What was injected for an operand, whether or not in iterators.
static const Expr *checkedOperand(const ExplicitCastExpr &Checked, const ForStmt &Loop) {
  const auto *Block = dyn_cast<StmtExpr>(Checked.getSubExpr()->IgnoreParens());
  if (!Block || Block->getSubStmt()->getBeginLoc() != Loop.getBeginLoc()) // or it is the user's
    return Checked.getSubExpr();
  const Stmt *Last = Block->getSubStmt()->body_back();
  if (const auto *Clean = dyn_cast<ExprWithCleanups>(Last))
    Last = Clean->getSubExpr();
  return cast<CStyleCastExpr>(Last)->getSubExpr();
}

Attachment attachmentOf(const AttributedStmt &S) {
  auto *Subject = const_cast<Stmt *>(S.getSubStmt());
  const auto *Loop = dyn_cast<ForStmt>(Subject);
  const VarDecl *Variable = Loop ? onceVariable(*Loop) : nullptr;
  if (!Variable)
    return {Subject, nullptr, {}};

  Attachment Result{const_cast<Stmt *>(Loop->getBody()), Loop, {}};
  const Expr *Rest = Variable->getInit()->IgnoreParenImpCasts();
  while (const auto *Comma = dyn_cast<BinaryOperator>(Rest)) {
    const Expr *Last = Comma->getOpcode() == BO_Comma ? Comma->getRHS()->IgnoreParenImpCasts() : nullptr;
    if (const auto *Cast = dyn_cast_or_null<ExplicitCastExpr>(Last))
      Result.Operands.push_back(checkedOperand(*Cast, *Loop));
    Rest = Comma->getLHS()->IgnoreParenImpCasts();
  }
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Rest))
    Result.Operands.push_back(checkedOperand(*Cast, *Loop));
  std::reverse(Result.Operands.begin(), Result.Operands.end());
  return Result;
}

ClauseOperands operandsOf(const Directive &D, const Attachment &A) {
  ArrayRef<const Expr *> Rest = A.Operands;
  const auto Take = [&](size_t Count) {
    const auto Taken = Rest.take_front(Count);
    Rest = Rest.drop_front(Taken.size());
    return Taken;
  };
  // One after the other, as they were injected.
  ClauseOperands Result;
  Result.DependsOn = Take(D.DependsOn.size());
  Result.SectionNumbers = Take(sectionNumbers(D).size());
  Result.Reductions = Take(D.Reductions.size());
  size_t Bounds = 0, Combining = 0;
  for (const Reduction &R : D.Reductions) {
    Bounds += R.Part ? 1 + R.Part->First.has_value() : 0;
    Combining += 3;
  }
  Result.Bounds = Take(Bounds);
  Result.Combining = Take(Combining);
  Result.Awaited = Take(D.Awaited.size());
  Result.Handle = Take(D.Handle.has_value());
  Result.Listed = Take(D.Listed.size());
  Result.Collapse = Take(D.Collapse.has_value());
  Result.Grainsize = Take(D.Grainsize.has_value());
  return Result;
}

} // namespace weave

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Command.h"
#include "Diagnostics.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

using namespace clang::options;
using llvm::StringRef;
namespace path = llvm::sys::path;

namespace weave {

/// Options of gcc alone whose value is the next word. Its other own options are one word each, and all that Clang does
/// not know is taken for such.
static constexpr StringRef GccSeparate[] = {"-aux-info",   "-dumpbase",  "-dumpbase-ext",  "-wrapper", "-imultilib",
                                            "-imultiarch", "--dumpbase", "--dumpbase-ext", "--dumpdir"};

bool Argument::isAny(std::initializer_list<unsigned> Options) const {
  return llvm::any_of(Options, [&](unsigned Option) { return is(Option); });
}

Words expandResponseFiles(llvm::ArrayRef<std::string> All) {
  if (llvm::none_of(All, [](StringRef Word) { return Word.starts_with("@"); }))
    return All.vec();
  llvm::BumpPtrAllocator Allocator;
  llvm::SmallVector<const char *> Expanded;
  for (const std::string &Word : All)
    Expanded.push_back(Word.c_str());
  llvm::cl::ExpansionContext Context(Allocator, llvm::cl::TokenizeGNUCommandLine);
  if (llvm::Error Error = Context.expandResponseFiles(Expanded))
    llvm::consumeError(std::move(Error)); // the compiler will say so
  return Words(Expanded.begin(), Expanded.end());
}

/// The compiler stands behind its own launchers, and these may have settings behind them (ccache sloppiness=... g++).
static size_t countCompilerWords(llvm::ArrayRef<std::string> Line) {
  static constexpr StringRef Launchers[] = {"ccache", "sccache", "distcc", "icecc"};
  size_t Count = 0;
  while (Count + 1 < Line.size() && llvm::is_contained(Launchers, path::filename(Line[Count])) &&
         !StringRef(Line[Count + 1]).starts_with("-")) {
    ++Count;
    while (Count + 1 < Line.size() && StringRef(Line[Count]).contains('=') && !path::has_parent_path(Line[Count]))
      ++Count;
  }
  return std::min(Count + 1, Line.size());
}

static CompilerFamily familyOf(StringRef Compiler) {
  const auto Tell = [](StringRef Path) -> std::optional<CompilerFamily> {
    const StringRef Name = path::filename(Path);
    if (Name.contains("clang"))
      return CompilerFamily::Clang;
    if (Name.contains("g++") || Name.contains("gcc"))
      return CompilerFamily::Other;
    return std::nullopt;
  };
  if (auto Family = Tell(Compiler))
    return *Family;
  // c++ and cc are links to the real one.
  llvm::SmallString<256> Real;
  if (auto Path = llvm::sys::findProgramByName(Compiler); Path && !llvm::sys::fs::real_path(*Path, Real))
    return Tell(Real).value_or(CompilerFamily::Other);
  return CompilerFamily::Other;
}

/// The words that -Wp and -Xpreprocessor wrap, bare: what the preprocessor is told decides what a unit means.
static Words unwrapped(llvm::ArrayRef<std::string> Arguments) {
  Words Result;
  bool NamesFile = false; // to the preprocessor itself, -MD has a file
  const auto Add = [&](StringRef Word) {
    if (NamesFile && !Word.starts_with("-"))
      Result.push_back("-MF");
    NamesFile = Word == "-MD" || Word == "-MMD";
    Result.push_back(Word.str());
  };
  for (size_t I = 0; I < Arguments.size(); ++I) {
    StringRef Word = Arguments[I];
    if (Word == "-Xpreprocessor" && I + 1 < Arguments.size()) {
      Add(Arguments[++I]);
    } else if (Word.consume_front("-Wp,")) {
      llvm::for_each(llvm::split(Word, ','), Add);
    } else {
      NamesFile = false;
      Result.push_back(Word.str());
      if (Word == "-Xclang" && I + 1 < Arguments.size())
        Result.push_back(Arguments[++I]); // for Clang to read
    }
  }
  return Result;
}

static std::string openMPSwitch() { return llvm::sys::Process::GetEnv("WEAVE_OPENMP").value_or(""); }

bool checkOpenMPSwitch() {
  const std::string Value = openMPSwitch();
  if (Value.empty() || Value == "on" || Value == "off")
    return true;
  fail(CommandError::bad_openmp_switch, Value);
  return false;
}

/// Takes the options that ask for OpenMP out of the words, if it is for the tool, and puts in what is left to the
/// compiler: the loops that it shall vectorise.
static bool takeOpenMP(Words &Line, bool Known) {
  const bool IsOff = llvm::sys::Process::GetEnv("WEAVE").value_or("") == "off";
  const auto Asks = [](StringRef Word) { return Word == "-fopenmp" || Word.starts_with("-fopenmp="); };
  const auto AsksUs = [](StringRef Word) { return Word == OpenMPOption; };
  const bool IsOurs = Known || llvm::any_of(Line, AsksUs) || (openMPSwitch() == "on" && llvm::any_of(Line, Asks));
  if (!IsOurs)
    return false;
  llvm::erase_if(Line, [&](StringRef Word) { return AsksUs(Word) || (!IsOff && Asks(Word)); });
  return !IsOff;
}

/// The version of OpenMP that programs are told: 4.5.
static constexpr StringRef OpenMPOptions[] = {"-fopenmp-simd", "-D_OPENMP=201511"};

Command::Command(llvm::ArrayRef<std::string> Line, const WarningOptions &Outer, bool OpenMP)
    : Warnings(Outer), OpenMP(OpenMP) {
  Words Expanded = expandResponseFiles(Line);
  const size_t Count = Expanded.size();
  Good = Warnings.take(Expanded);
  this->OpenMP = takeOpenMP(Expanded, OpenMP);
  Given = Expanded.size() == Count ? Line.vec() : Expanded;
  const size_t CompilerWords = countCompilerWords(Expanded);
  if (this->OpenMP && !llvm::is_contained(Expanded, OpenMPOptions[0])) {
    const auto Place = Expanded.begin() + CompilerWords;
    Expanded.insert(Place, std::begin(OpenMPOptions), std::end(OpenMPOptions));
    Given = Expanded;
  }
  Compiler.assign(Expanded.begin(), Expanded.begin() + CompilerWords);
  Read = unwrapped(llvm::ArrayRef(Expanded).drop_front(CompilerWords));
  if (!Compiler.empty())
    Family = familyOf(Compiler.back());
  parse();
  classify();
}

void Command::parse() {
  std::vector<const char *> Pointers;
  for (const std::string &Word : Read)
    Pointers.push_back(Word.c_str());
  const llvm::opt::OptTable &Table = clang::getDriverOptTable();
  const llvm::opt::InputArgList List(Pointers.data(), Pointers.data() + Pointers.size());
  All.reserve(Read.size());
  bool OnlyInputs = false;
  for (unsigned Index = 0; Index < Read.size();) {
    const unsigned First = Index;
    std::unique_ptr<llvm::opt::Arg> Parsed;
    if (OnlyInputs || llvm::is_contained(GccSeparate, Read[Index])) {
      Index = std::min<size_t>(Index + (OnlyInputs ? 1 : 2), Read.size());
      Parsed = std::make_unique<llvm::opt::Arg>(Table.getOption(OnlyInputs ? OPT_INPUT : OPT_UNKNOWN), Read[First],
                                                First, Pointers[First]);
    } else if (Read[Index] == "--") {
      OnlyInputs = true;
      Parsed = std::make_unique<llvm::opt::Arg>(Table.getOption(OPT__DASH_DASH), Read[First], First);
      ++Index;
    } else {
      Parsed = Table.ParseOneArg(List, Index, llvm::opt::Visibility(ClangOption));
      if (!Parsed) { // its value is missing, which the compiler will say
        Index = Read.size();
        Parsed = std::make_unique<llvm::opt::Arg>(Table.getOption(OPT_UNKNOWN), Read[First], First, Pointers[First]);
      }
    }
    Index = std::min<size_t>(Index, Read.size());
    All.push_back({std::move(Parsed), First, Index - First});
  }
}

void Command::classify() {
  bool IsCxxDriver = !Compiler.empty() && path::filename(Compiler.back()).contains("++");
  bool IsPreprocessed = false, IsHeaderUnit = false;
  StringRef Language;
  const auto Lower = [&](Goal G) { Aim = std::min(Aim, G); };
  for (const Argument &A : All)
    switch (A.Parsed->getOption().getID()) {
    case OPT_INPUT:
      Inputs.push_back({&A, A.value(), Language == "none" ? StringRef() : Language, InputKind::Other});
      break;
    case OPT_x:
      Language = A.value();
      break;
    case OPT_driver_mode:
      IsCxxDriver = A.value() == "g++";
      break;
    case OPT_c:
      Lower(Goal::Object);
      break;
    case OPT_S:
      Lower(Goal::Assembler);
      break;
    case OPT_fmodule_header:
    case OPT_fmodule_header_EQ:
      IsHeaderUnit = true;
      [[fallthrough]];
    case OPT__precompile:
      Lower(Goal::Precompile);
      break;
    case OPT_emit_ast:
      Lower(Goal::Tree);
      break;
    case OPT_fsyntax_only:
    case OPT__analyze:
    case OPT_verify_pch:
    case OPT_module_file_info:
      Lower(Goal::Check);
      break;
    case OPT_E:
    case OPT_M:
    case OPT_MM:
      Lower(Goal::Preprocess);
      break;
    case OPT__HASH_HASH_HASH:
    case OPT_dumpversion:
    case OPT_dumpmachine:
    case OPT_dumpspecs:
    case OPT__version:
    case OPT_help:
      Lower(Goal::Answer);
      break;
    case OPT_fmodules: // Clang's are modules of headers
      GccModules |= Family == CompilerFamily::Other;
      break;
    case OPT_UNKNOWN:
      IsPreprocessed |= A.spelling() == "-fpreprocessed";
      GccModules |= A.spelling().starts_with("-fmodules-ts") || A.spelling().starts_with("-fmodule-mapper");
      break;
    default:
      if (A.spelling().ltrim('-').starts_with("print-"))
        Lower(Goal::Answer);
    }
  for (Input &I : Inputs) {
    I.Kind = inputKind(I.Name, I.Language, IsCxxDriver);
    if (IsPreprocessed && (I.Kind == InputKind::Source || I.Kind == InputKind::Module))
      I.Kind = InputKind::Preprocessed;
    if (IsHeaderUnit && (I.Kind == InputKind::Header || I.Kind == InputKind::Source))
      I.Kind = InputKind::HeaderUnit;
  }
  const auto IsHeader = [](const Input &I) { return I.Kind == InputKind::Header || I.Kind == InputKind::HeaderUnit; };
  if (!Inputs.empty() && llvm::all_of(Inputs, IsHeader))
    Lower(Goal::Precompile);
}

const Argument *Command::last(llvm::opt::OptSpecifier Option) const {
  const auto Found = llvm::find_if(llvm::reverse(All), [&](const Argument &A) { return A.is(Option); });
  return Found == All.rend() ? nullptr : &*Found;
}

StringRef Command::namedOutput() const {
  const Argument *Output = last(OPT_o);
  return Output ? Output->value() : "";
}

const Input *Command::unit() const {
  if (Inputs.size() != 1)
    return nullptr;
  const InputKind Kind = Inputs[0].Kind;
  const bool MakesCode = Aim == Goal::Object || Aim == Goal::Assembler;
  return (MakesCode && Kind == InputKind::Source) ||
                 ((MakesCode || Aim == Goal::Precompile) && Kind == InputKind::Module)
             ? &Inputs[0]
             : nullptr;
}

std::string Command::unitOutput() const {
  if (const StringRef Named = namedOutput(); !Named.empty())
    return Named.str();
  const bool IsIntermediate = has(OPT_emit_llvm);
  const StringRef Extension = Aim == Goal::Precompile  ? ".pcm"
                              : Aim == Goal::Assembler ? (IsIntermediate ? ".ll" : ".s")
                                                       : (IsIntermediate ? ".bc" : ".o");
  return (path::stem(Inputs[0].Name) + Extension).str();
}

Words Command::rewritten(llvm::function_ref<bool(const Argument &, Words &)> Replace,
                         llvm::ArrayRef<std::string> Behind) const {
  Words Result = Compiler;
  bool Appended = false;
  for (const Argument &A : All) {
    if (A.is(OPT__DASH_DASH)) {
      llvm::append_range(Result, Behind);
      Appended = true;
    }
    if (!Replace(A, Result))
      llvm::append_range(Result, words(A));
  }
  if (!Appended)
    llvm::append_range(Result, Behind);
  return Result;
}

Words Command::with(llvm::ArrayRef<std::string> Behind) const {
  return rewritten([](const Argument &, Words &) { return false; }, Behind);
}

} // namespace weave

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "command/Analysis.h"
#include "command/ForcedHeaders.h"
#include "command/Installation.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang::options;
using llvm::StringRef;

namespace weave {

/// Options that say what to do with the unit, not what it means.
static bool isForOutput(const Argument &A) {
  return A.isAny({OPT_Action_Group,
                  OPT_M_Group,
                  OPT_Link_Group,
                  OPT_W_Group,
                  OPT_pedantic_Group,
                  OPT_T_Group,
                  OPT_u_Group,
                  OPT_o,
                  OPT_w,
                  OPT_v,
                  OPT_pipe,
                  OPT_time,
                  OPT_dumpdir,
                  OPT_specs,
                  OPT_Wa_COMMA,
                  OPT_Xassembler,
                  OPT_save_temps_EQ,
                  OPT_emit_ast,
                  OPT_fmodule_output,
                  OPT_fmodule_output_EQ,
                  OPT_fmodules_reduced_bmi,
                  OPT_gsplit_dwarf,
                  OPT_gsplit_dwarf_EQ,
                  OPT_ftime_trace,
                  OPT_ftime_trace_EQ,
                  OPT__serialize_diags,
                  OPT_fsave_optimization_record,
                  OPT_fsave_optimization_record_EQ,
                  OPT_foptimization_record_file_EQ,
                  OPT_foptimization_record_passes_EQ,
                  OPT_fplugin_EQ,
                  OPT_fplugin_arg,
                  OPT_fpass_plugin_EQ});
}

/// Profiles steer the code, and a file of another compiler's, or none at all yet, is an error.
static bool isForProfile(const Argument &A) {
  return A.isAny({OPT_fprofile_use_EQ, OPT_fprofile_instr_use, OPT_fprofile_instr_use_EQ, OPT_fprofile_sample_use_EQ,
                  OPT_fprofile_remapping_file_EQ, OPT_fprofile_list_EQ, OPT_fprofile_update_EQ});
}

/// Options that gcc and Clang spell alike and mean differently. The texts of other character sets pass through unread.
static bool isOtherwiseInGcc(const Argument &A) {
  return A.isAny({OPT_finput_charset_EQ, OPT_fexec_charset_EQ, OPT_fdiagnostics_format_EQ, OPT_fmodules});
}

bool isForHeaderModules(const Argument &A) {
  return A.isAny({OPT_fmodules, OPT_fmodule_map_file, OPT_fmodules_cache_path});
}

Words analysisArguments(const Command &C, const Input &Source, StringRef Runtime, const Installation &Files) {
  Words Result{defaultCompiler().str()};
  const ForcedHeaders Forced(C);
  const auto All = C.arguments();
  for (size_t I = 0; I < All.size(); ++I) {
    const Argument &A = All[I];
    if (A.is(OPT_Xclang)) {
      // -Xclang -load -Xclang FILE
      if (A.value() == "-load" || A.value() == "-add-plugin" || A.value() == "-plugin") {
        I += I + 1 < All.size() && All[I + 1].is(OPT_Xclang);
        continue;
      }
    } else if (A.isAny({OPT_INPUT, OPT_UNKNOWN, OPT_x, OPT__DASH_DASH}) || isForOutput(A) || isForProfile(A) ||
               isForHeaderModules(A) || (C.family() == CompilerFamily::Other && isOtherwiseInGcc(A))) {
      continue;
    }
    if (!Forced.own(A))
      llvm::append_range(Result, C.words(A));
  }
  for (StringRef Name : Forced.names())
    llvm::append_range(Result, includedAsText(Name));
  llvm::append_range(Result, includedAsText(Runtime));
  llvm::append_range(Result, Words{"-w", "-fsyntax-only", "-Wno-error", "-resource-dir", Files.ResourceDirectory});
  llvm::append_range(Result, Files.compileFlags(C.openMP()));
  const std::string Language = Source.Kind == InputKind::Module ? "c++-module"
                               : Source.Language.empty()        ? "c++"
                                                                : Source.Language.str();
  llvm::append_range(Result, Words{"-x", Language, "--", Source.Name.str()});
  return Result;
}

} // namespace weave

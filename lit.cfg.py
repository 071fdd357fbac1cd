# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The lit suite. Run it through ctest, or by hand: lit BUILD/test. The build directory's lit.site.cfg.py says where things are.

import os
import platform
import shutil
import subprocess

import lit.formats

config.name = "Weave"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test"]
# A folder without lit tests says so in a lit.local.cfg of its own: an exclude holds for this base name in every folder.
config.excludes = ["Inputs"]
config.test_source_root = os.path.join(config.weave_source_dir, "test")
config.test_exec_root = os.path.join(config.weave_binary_dir, "test", "lit")

tools = os.path.join(config.weave_binary_dir, "bin")
include = os.path.join(config.weave_source_dir, "include")
library = os.path.join(config.weave_binary_dir, "lib", "libweave.a")
llvm_bin = "/usr/lib/llvm-22/bin"


def find(*names):
    """The first of these programs that is installed, or None."""
    for name in names:
        path = shutil.which(name) or shutil.which(name, path=llvm_bin)
        if path:
            return path
    return None


clangxx = find("clang++-22", "clang++")
gxx = find("g++-12", "g++")
filecheck = find("FileCheck-22", "FileCheck")
if not filecheck:
    lit_config.fatal("FileCheck is not installed (Debian package llvm-22-tools)")

# Anything but these would make results depend on who runs the tests.
config.environment["PATH"] = os.pathsep.join([tools, os.environ.get("PATH", ""), llvm_bin])
for name in list(os.environ):
    if name.startswith(("ASAN_", "TSAN_", "UBSAN_")):
        config.environment[name] = os.environ[name]

sanitize = " ".join(config.weave_sanitizer_flags)
warnings = "-Wall -Wextra -Werror"
runtime = "-I%s -D__WEAVE__=1 -include weave/weave.h" % include
compare = os.path.join(config.test_source_root, "run", "Inputs", "compare.py")
transform = os.path.join(config.test_source_root, "tool", "Inputs", "transform.py")
weavec = os.path.join(tools, "weavec")
fuzz = os.path.join(config.weave_source_dir, "scripts", "fuzz")
compilers = "--compiler %s --compiler %s" % (clangxx, gxx)

# The longer names first: lit replaces them in order.
config.substitutions += [
    ("%weave\\+\\+", os.path.join(tools, "weave++")),
    ("%weavec", weavec),
    ("%tools", tools),
    ("%build", config.weave_binary_dir),
    ("%clangxx", clangxx or "clang++-22-is-not-installed"),
    ("%gxx", gxx or "g++-is-not-installed"),
    ("%FileCheck", filecheck),
    ("%lit", config.weave_lit),
    ("%python", config.python),
    ("%include", include),
    ("%library", library),
    ("%woven", "%s %s" % (warnings, runtime)),
    # %verify [FLAG...]: the diagnostics of this file are those that its expected-... comments say.
    ("%verify", "%s --check %%s -- -std=c++17 -ferror-limit=0 -Xclang -verify" % weavec),
    # %transform [FLAG...]: writes the woven text of this file without its CHECK lines, after both compilers have accepted it
    # without a warning and its lines were counted.
    (
        "%transform",
        "%s %s --weavec %s %s --include %s --output %%t.woven.cpp --source %%s --"
        % (config.python, transform, weavec, compilers, include),
    ),
    # %any_schedule: this program prints the same, serial and woven, also when its tasks run at times drawn at random.
    # Not under a sanitizer, of which the fuzzer's programs do not know.
    (
        "%any_schedule",
        "true" if sanitize else "%s %s --build %s --no-warnings --check %%s" % (config.python, fuzz, config.weave_binary_dir),
    ),
    # %same_everywhere [FLAG...]: this program prints the same, serial and woven, by either compiler, at 1, 2 and 4 workers.
    (
        "%same_everywhere",
        "%s %s --weavec %s %s --library %s --include %s --sanitizer='%s' --output %%t --source %%s --"
        % (config.python, compare, weavec, compilers, library, include, sanitize),
    ),
]

for feature, program in {"clang": clangxx, "gcc": gxx, "gdb": find("gdb"), "ccache": find("ccache"), "make": find("make"), "automake": find("automake"), "meson": find("meson")}.items():
    if program:
        config.available_features.add(feature)
config.available_features.add(platform.machine())
mount = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
if shutil.which("unshare") and subprocess.run(mount, stderr=subprocess.DEVNULL).returncode == 0:
    config.available_features.add("mount")
if os.path.isdir("/usr/include/eigen3/Eigen"):
    config.available_features.add("eigen")
if config.weave_sanitizer_flags:
    config.available_features.add("sanitizer")

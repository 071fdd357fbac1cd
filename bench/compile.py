#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tool adds to the time of a compilation. Called by scripts/bench --compile, which builds the tool."""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
EMPTY = "int main() {}\n"
LIBRARY = "#include <algorithm>\n#include <iostream>\n#include <map>\n#include <string>\nint main() { std::cout << std::string(\"a\"); }\n"


def sources(folder, annotated_eigen):
    """Name: (file, further flags)."""
    for name, text in ("empty", EMPTY), ("library", LIBRARY):
        (folder / f"{name}.cpp").write_text(text)
    result = {"no directives: an empty main": (folder / "empty.cpp", []),
              "no directives: four headers of the library": (folder / "library.cpp", [])}
    for path in "fib.cpp", "lu.cpp", "raytracer/scene.cpp":
        result[f"examples/{path}"] = (TOP / "examples" / path, [])
    if annotated_eigen.exists():
        result["examples/eigen/poisson.cpp"] = (TOP / "examples/eigen/poisson.cpp", [f"-I{annotated_eigen}"])
    return result


def seconds(command):
    start = time.perf_counter()
    result = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{result.stderr}")
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench --compile")
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--dry-run", action="store_true", help="only look at the options")
    options = parser.parse_args()
    if options.dry_run:
        return
    weavec = options.build / "bin/weavec"

    print(f"Medians of {options.runs} interleaved compilations (-O2) in seconds: by the compiler alone, and by weavec in front of it.\n")
    print(f"{'source':<44} {'compiler':<12} {'plain':>8} {'weavec':>8} {'added':>8} {'ratio':>6}")
    with tempfile.TemporaryDirectory(prefix="weave-compile-") as folder:
        for name, (file, flags) in sources(Path(folder), options.build / "examples/eigen").items():
            for compiler in "g++", "clang++-22":
                command = [compiler, "-std=c++17", "-O2", *flags, "-c", file, "-o", f"{folder}/out.o"]
                plain, woven = [], []
                for _ in range(options.runs):
                    plain.append(seconds(command))
                    woven.append(seconds([weavec, *command]))
                before, after = statistics.median(plain), statistics.median(woven)
                print(f"{name:<44} {compiler:<12} {before:8.3f} {after:8.3f} {after - before:8.3f} {after / before:6.2f}")
                sys.stdout.flush()


if __name__ == "__main__":
    main()

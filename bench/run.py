#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the benchmark programs in turn and prints a table of medians. Called by scripts/bench, which builds them."""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import plot

MICROSECOND = "steps that take 1 us"  # in the place of a number that depends on the machine

# Name: (usual sizes, sizes with --full). Every engine gets the same.
KERNELS = {
    "fib": (("fib", "35"), ("fib", "40")),
    "dfs": (("dfs", "7", "8"), ("dfs", "8", "8")),
    "nqueens": (("nqueens", "12"), ("nqueens", "13")),
    "uts": (("uts", "9"), ("uts", "10")),
    "matmul": (("matmul", "1024"), ("matmul", "1500")),
    "mergesort": (("mergesort", "2000000"), ("mergesort", "10000000")),
    "spc 1us": (("spc", "100000", MICROSECOND), ("spc", "1000000", MICROSECOND)),
    "spc empty": (("spc", "1000000", "0"), ("spc", "10000000", "0")),
    "graph empty": (("graph", "1000000", "10000", "0"), ("graph", "10000000", "10000", "0")),
    "graph 1us": (("graph", "100000", "10000", MICROSECOND), ("graph", "1000000", "10000", MICROSECOND)),
    "bpc 1us": (("bpc", "1000", "100", MICROSECOND), ("bpc", "10000", "100", MICROSECOND)),
    # The calls of all rounds may lie on one another, so that more of these would need a larger stack.
    "bpc empty": (("bpc", "10000", "100", "0"), ("bpc", "10000", "1000", "0")),
}

# Name in the table: (build, program). The serial program of the same build is what an engine is compared with.
ENGINES = {
    "Weave, g++": ("gcc", "weave"),
    "Weave, clang++": ("clang", "weave"),
    "libgomp, g++": ("gcc", "openmp"),
    "libomp, clang++": ("clang", "openmp"),
    "oneTBB, g++": ("gcc", "tbb"),
    "oneTBB, clang++": ("clang", "tbb"),
}
SERIAL = {"gcc": "serial, g++", "clang": "serial, clang++"}


def run(folder, build, program, arguments, workers, limit):
    """One run's time in seconds, None if it takes longer than the limit. A wrong result ends everything."""
    kernel, *sizes = arguments
    path = folder / build / f"{kernel}-{program}"
    count = str(workers)
    environment = {**os.environ, "WEAVE_NUM_THREADS": count, "OMP_NUM_THREADS": count, "BENCH_WORKERS": count}
    try:
        result = subprocess.run([path, *sizes], env=environment, stdout=subprocess.PIPE, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    if result.returncode != 0:
        sys.exit(f"{path.name} {' '.join(sizes)} failed with {workers} workers: exit status {result.returncode}")
    return float(result.stdout)


def steps_of_a_microsecond(folder):
    """How many steps of bench/work.h a serial program makes in 1 us. By all compilers: each waits for the one before."""
    tasks, steps = 100000, 1000
    build = next(build for build in SERIAL if (folder / build / "spc-serial").exists())
    seconds = min(run(folder, build, "serial", ("spc", str(tasks), str(steps)), 1, None) for _ in range(3))
    return round(tasks * steps * 1e-6 / seconds)


def measure(folder, arguments, engines, counts, options):
    """{(engine, workers): [seconds, ...]}, the runs of all engines taking turns."""
    variants = [(name, build, "serial", 1) for build, name in SERIAL.items()]
    variants += [(name, *engines[name], workers) for workers in counts for name in engines]
    times = {}
    too_slow = set()
    for _ in range(options.runs):
        for name, build, program, workers in variants:
            if (name, workers) in too_slow:
                continue
            seconds = run(folder, build, program, arguments, workers, options.limit)
            if seconds is None:
                too_slow.add((name, workers))
                times.pop((name, workers), None)
            else:
                times.setdefault((name, workers), []).append(seconds)
    return times


def summary(times, engines, counts):
    """Rows of the table: medians and their ratios to the serial program of the same compiler, per number of workers."""
    medians = {key: statistics.median(values) for key, values in times.items()}
    rows = [
        {"engine": name, "build": build, "seconds": {"1": medians.get((name, 1))}, "to_serial": {}, "to_best_peer": {}}
        for build, name in SERIAL.items()
    ]
    peers = [name for name in engines if not name.startswith("Weave")]
    for name, (build, _) in engines.items():
        row = {"engine": name, "build": build, "seconds": {}, "to_serial": {}, "to_best_peer": {}}
        serial = medians.get((SERIAL[build], 1))
        for workers in counts:
            seconds = medians.get((name, workers))
            best = min((medians[peer, workers] for peer in peers if (peer, workers) in medians), default=None)
            row["seconds"][str(workers)] = seconds
            row["to_serial"][str(workers)] = seconds / serial if seconds and serial else None
            row["to_best_peer"][str(workers)] = seconds / best if seconds and best else None
        rows.append(row)
    return rows


def print_rows(title, rows, counts, limit):
    def number(value, places):
        return "-" if value is None else f"{value:.{places}f}"

    print(f"\n{title}")
    head = "".join(f" {f'T{n} s':>9} {f'T{n}/Ts':>8} {'/ peer':>7}" for n in counts)
    print(f"  {'engine':<16}{head}")
    for row in rows:
        cells = ""
        for n in map(str, counts):
            if row["engine"].startswith("serial") and n != "1":
                continue
            seconds = row["seconds"].get(n)
            shown = f"> {limit:g}" if seconds is None else f"{seconds:.4f}"
            cells += f" {shown:>9} {number(row['to_serial'].get(n), 2):>8} {number(row['to_best_peer'].get(n), 3):>7}"
        print(f"  {row['engine']:<16}{cells}")


def instructions(program, n, workers):
    """Instructions that a program of size n executes, as counted by callgrind."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, str(n)]
    environment = {**os.environ, "WEAVE_NUM_THREADS": str(workers), "BENCH_WORKERS": str(workers)}
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", result.stderr)
    if result.returncode != 0 or not found:
        sys.exit(f"callgrind failed on {command[-2]}:\n{result.stderr}")
    return int(found[1])


def instructions_per_spawn(folder, kernel, spawns, workers):
    """What a spawn adds to the serial program: the one figure that a noisy machine cannot touch.

    spawns: {size: how many spawns the kernel makes} for two sizes, of which the difference is taken.
    """
    (small, few), (large, many) = spawns.items()
    added = {}
    for build, name in SERIAL.items():
        grown = {}
        for program, count in (("serial", 1), ("weave", workers)):
            path = folder / build / f"{kernel}-{program}"
            grown[program] = instructions(path, large, count) - instructions(path, small, count)
        # Each program runs its kernel twice.
        added[name.split(", ")[1]] = (grown["weave"] - grown["serial"]) / (2 * (many - few))
    return added


def version_of(library):
    """The file behind the name of a shared library, and the version of the package that it belongs to, if the system can tell."""
    file = str(Path(library).resolve())
    if shutil.which("dpkg-query"):
        # Packages know files by the names that they had before /lib became a part of /usr.
        for name in (file, file.removeprefix("/usr")):
            owner = subprocess.run(["dpkg-query", "--search", name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            if owner.returncode == 0:
                package = owner.stdout.split(": ")[0].split(",")[0]
                show = ["dpkg-query", "--show", "--showformat", "${Package} ${Version}", package]
                return f"{file} ({subprocess.run(show, stdout=subprocess.PIPE, text=True).stdout})"
    return file


def loaded_libraries(folder, engines):
    """{engine: [what the dynamic loader gives to its programs, but for what the serial program of the same build has too]}"""

    def libraries(build, program):
        path = folder / build / f"fib-{program}"
        shown = subprocess.run([path], env={**os.environ, "LD_TRACE_LOADED_OBJECTS": "1"}, stdout=subprocess.PIPE, text=True)
        return re.findall(r"=> (/\S+)", shown.stdout)

    return {
        name: [version_of(library) for library in libraries(build, program) if library not in libraries(build, "serial")]
        for name, (build, program) in engines.items()
        if program != "weave"
    }


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the JSON file; the plot goes beside it")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--kernel", action="append", choices=list(KERNELS))
    parser.add_argument("--dry-run", action="store_true", help="only look at the options")
    options = parser.parse_args()
    if options.dry_run:
        return

    processors = len(os.sched_getaffinity(0))
    counts = sorted({1, 2, processors} if processors > 1 else {1})
    engines = {n: e for n, e in ENGINES.items() if (options.folder / e[0] / f"fib-{e[1]}").exists()}

    print(f"Medians of {options.runs} interleaved runs in seconds; Ts is the serial projection by the same compiler, with the")
    print(f"same flags (-O3); '/ peer' compares with the best engine other than Weave. {platform.machine()}, {processors} processors.")
    loaded = loaded_libraries(options.folder, engines)
    for name, libraries in loaded.items():
        print(f"{name}: {', '.join(libraries)}")
    steps = str(steps_of_a_microsecond(options.folder))
    print(f"A task of 1 us makes {steps} steps.")
    report = {"processors": processors, "machine": platform.machine(), "runs": options.runs, "libraries": loaded, "kernels": {}}
    for name in options.kernel or KERNELS:
        arguments = [steps if size == MICROSECOND else size for size in KERNELS[name][options.full]]
        times = measure(options.folder, arguments, engines, counts, options)
        rows = summary(times, engines, counts)
        print_rows(f"{name} ({' '.join(arguments)})", rows, counts, options.limit)
        sys.stdout.flush()
        raw = [{"engine": e, "workers": w, "seconds": values} for (e, w), values in times.items()]
        report["kernels"][name] = {"arguments": arguments, "rows": rows, "runs": raw}

    if shutil.which("valgrind"):
        spawns_of_fib = {n: fib(n + 1) - 1 for n in (18, 24)}
        report["instructions_per_spawn"] = {
            "in place": instructions_per_spawn(options.folder, "fib", spawns_of_fib, 1),
            "made and taken back": instructions_per_spawn(options.folder, "taken_back", {n: n for n in (100000, 200000)}, 2),
        }
        print("\nInstructions that a spawn adds, by callgrind:")
        for case, by_compiler in report["instructions_per_spawn"].items():
            for compiler, added in by_compiler.items():
                print(f"  {case:<20} {compiler:<10} {added:7.2f}")

    options.out.write_text(json.dumps(report, indent=1) + "\n")
    picture = options.out.with_suffix(".svg")
    picture.write_text(plot.svg(report, counts[-1]))
    print(f"\nWritten: {options.out} and {picture}")


if __name__ == "__main__":
    main()

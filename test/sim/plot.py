#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Draws the tables that `simulator --curve` prints, given on standard input, as SVG: efficiency against workers."""

import csv
import math
import sys

COLOURS = ("#1b6ca8", "#d9822b", "#5a8f3d", "#8a4fa0", "#444444", "#b03030")
LEFT, TOP, WIDTH, HEIGHT = 50, 40, 640, 320


def main():
    curves = {}
    for row in csv.reader(sys.stdin, delimiter="\t"):
        if len(row) == 8 and row[0] != "workload":
            curves.setdefault(row[0], []).append((int(row[1]), float(row[4])))
    if not curves:
        sys.exit("plot.py: there is no table on the standard input")
    doublings = max(1.0, max(math.log2(workers) for curve in curves.values() for workers, _ in curve))

    def at(workers, efficiency):
        return LEFT + WIDTH * math.log2(workers) / doublings, TOP + HEIGHT * (1 - min(efficiency, 1))

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 30}" height="{TOP + HEIGHT + 40}" '
           'font-family="sans-serif" font-size="11">',
           '<rect width="100%" height="100%" fill="white"/>',
           f'<text x="{LEFT}" y="16" font-size="13">Efficiency against workers, simulated; the same work for each worker</text>']
    for percent in range(0, 101, 20):
        _, y = at(1, percent / 100)
        out.append(f'<line x1="{LEFT}" y1="{y}" x2="{LEFT + WIDTH}" y2="{y}" stroke="#ddd"/>'
                   f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{percent} %</text>')
    for power in range(int(doublings) + 1):
        x, _ = at(2**power, 0)
        out.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{2**power}</text>')
    for number, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join("%.1f,%.1f" % at(*point) for point in curve)
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
                   f'<rect x="{LEFT + 90 * number}" y="24" width="10" height="10" fill="{colour}"/>'
                   f'<text x="{LEFT + 90 * number + 14}" y="33">{name}</text>')
    print("\n".join(out + ["</svg>"]))


main()

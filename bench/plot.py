# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A bar chart of a benchmark report, as SVG: for each kernel, each engine's time in relation to serial, on a log scale."""

import math
from html import escape

COLOURS = ("#1b6ca8", "#58a6d6", "#d9822b", "#eab065", "#5a8f3d", "#9cc37f")
BAR, GAP, LEFT, WIDTH, TOP = 11, 16, 90, 900, 60


def ticks(low, high):
    return [mantissa * 10**power
            for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            for mantissa in (1, 2, 5)
            if low <= mantissa * 10**power <= high]


def svg(report, workers):
    """The chart for one number of workers."""
    groups = []
    for kernel, data in report["kernels"].items():
        bars = [(row["engine"], row["to_serial"][str(workers)])
                for row in data["rows"] if row["to_serial"].get(str(workers))]
        groups.append((kernel, bars))
    engines = list(dict.fromkeys(engine for _, bars in groups for engine, _ in bars))
    colour = {engine: COLOURS[i % len(COLOURS)] for i, engine in enumerate(engines)}
    values = [value for _, bars in groups for _, value in bars] + [1]
    low, high = min(values) / 1.3, max(values) * 1.2

    def across(value):
        return LEFT + (WIDTH - LEFT - 70) * math.log(value / low) / math.log(high / low)

    height = TOP + sum(len(bars) * BAR + GAP for _, bars in groups) + 20
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="11">',
           f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
           f'<text x="{LEFT}" y="16" font-size="13">Time at {workers} workers in relation to serial '
           "(same compiler, same flags; shorter is better)</text>"]
    for i, engine in enumerate(engines):
        x = LEFT + i * 130
        out.append(f'<rect x="{x}" y="26" width="10" height="10" fill="{colour[engine]}"/>'
                   f'<text x="{x + 14}" y="35">{escape(engine)}</text>')
    for tick in ticks(low, high):
        x = across(tick)
        stroke = "#444" if tick == 1 else "#ddd"
        out.append(f'<line x1="{x:.1f}" y1="{TOP - 6}" x2="{x:.1f}" y2="{height - 14}" stroke="{stroke}"/>'
                   f'<text x="{x:.1f}" y="{height - 3}" text-anchor="middle" fill="#666">{tick:g}</text>')
    y = TOP
    for kernel, bars in groups:
        out.append(f'<text x="{LEFT - 8}" y="{y + len(bars) * BAR / 2 + 4:.1f}" text-anchor="end">{escape(kernel)}</text>')
        for engine, value in bars:
            out.append(f'<rect x="{LEFT}" y="{y}" width="{max(1.0, across(value) - LEFT):.1f}" height="{BAR - 2}" '
                       f'fill="{colour[engine]}"/>'
                       f'<text x="{across(value) + 4:.1f}" y="{y + BAR - 3}" fill="#444">{value:.2f}</text>')
            y += BAR
        y += GAP
    out.append("</svg>")
    return "\n".join(out) + "\n"

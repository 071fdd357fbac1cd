# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads traces back (docs/observe.md), says what is wrong with one, and prints what ran elsewhere than it was spawned."""
import collections
import json
import sys


def check(path):
    with open(path, encoding="utf-8") as file:
        trace = json.load(file)
    assert trace["otherData"]["weave_trace"] == 1, trace["otherData"]
    events = trace["traceEvents"]
    tracks = collections.defaultdict(list)
    for event in events:
        if event["ph"] == "X":
            tracks[event["tid"]].append(event)
    named = {event["tid"] for event in events if event["ph"] == "M" and event["name"] == "thread_name"}
    assert set(tracks) <= named, "every track has a name"
    assert len({event["pid"] for event in events}) == 1, "a trace is of one process"
    for slices in tracks.values():
        nest(slices)
    ends = collections.defaultdict(list)
    for event in events:
        if event["ph"] in "sf":
            ends[event["id"]].append(event)
    for begin, end in ends.values():  # each arrow has two ends
        assert (begin["ph"], end["ph"]) == ("s", "f") and begin["name"] == end["name"], (begin, end)
        assert begin["ts"] <= end["ts"], (begin, end)
        assert {begin["tid"], end["tid"]} <= named, (begin, end)
    stolen = [each for slices in tracks.values() for each in slices if each.get("args", {}).get("how") == "stolen"]
    arrows = sum(1 for begin, _ in ends.values() if begin["name"] == "stolen")
    assert arrows == len(stolen), "an arrow leads to each stolen task"
    return stolen


def nest(slices):
    """What begins in another ends there, too."""
    open_until = []
    for each in slices:
        begin = round(each["ts"] * 1000)
        end = begin + round(each["dur"] * 1000)
        while open_until and open_until[-1] <= begin:
            open_until.pop()
        assert not open_until or end <= open_until[-1], each
        open_until.append(end)


def title(task):
    place = task["args"].get("place")
    return f"{task['name']} in {place}" if place else task["name"]


for name in sorted({title(each) for path in sys.argv[1:] for each in check(path)}):
    print(name)

# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks the structure of a SARIF document, by hand: what SARIF 2.1.0 requires of the parts that the tool writes."""

import json
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
source = Path(sys.argv[2]).resolve()
lines = source.read_text().splitlines()


def check_place(location):
    physical = location["physicalLocation"]
    assert Path(unquote(urlparse(physical["artifactLocation"]["uri"]).path)) == source, physical
    check_region(physical["region"])


def check_region(region):
    assert 1 <= region["startLine"] <= region["endLine"] <= len(lines), region
    assert 1 <= region["startColumn"] and 1 <= region["endColumn"], region


assert document["version"] == "2.1.0" and document["$schema"].endswith("sarif-schema-2.1.0.json")
(run,) = document["runs"]
driver = run["tool"]["driver"]
assert driver["name"] == "weavec" and driver["version"]
rules = [rule["id"] for rule in driver["rules"]]
assert len(rules) == len(set(rules)), rules
assert run["results"]
for result in run["results"]:
    assert result["ruleId"] in rules and result["message"]["text"]
    assert result["level"] in ("none", "note", "warning", "error")
    for location in result["locations"] + result.get("relatedLocations", []):
        check_place(location)
    for fix in result.get("fixes", []):
        for change in fix["artifactChanges"]:
            assert change["artifactLocation"]["uri"].startswith("file:///")
            for replacement in change["replacements"]:
                check_region(replacement["deletedRegion"])

found = {result["ruleId"]: result for result in run["results"]}
assert set(found) == {"weave-unknown-directive", "clang"}, set(found)
misspelt = found["weave-unknown-directive"]
assert misspelt["level"] == "error"
assert misspelt["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "spawn"
place = misspelt["locations"][0]["physicalLocation"]["region"]
assert lines[place["startLine"] - 1][place["startColumn"] - 1 :].startswith("spwan")

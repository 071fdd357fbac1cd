#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds the site of the documentation, and checks that it needs no network and that all its links lead somewhere.

usage: check_site.py SOURCE MKDOCS
"""

import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """What a page can be pointed at by, and what it points at."""

    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.parts = {""}, [], []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.anchors.add(values.get("id"))
        if tag == "a":
            self.anchors.add(values.get("name"))
            self.links.append(values.get("href"))
        elif tag == "link" and values.get("rel") != "canonical":
            self.parts.append(values.get("href"))
        self.parts.append(values.get("src"))


def main():
    source, mkdocs = Path(sys.argv[1]), sys.argv[2]
    listed = set(re.findall(r"[\w/.-]+\.md$", (source / "mkdocs.yml").read_text(), re.M))
    written = {str(path.relative_to(source / "docs")) for path in (source / "docs").rglob("*.md")}
    faults = [f"mkdocs.yml lists no {name}" for name in sorted(written - listed)]
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder).resolve()
        subprocess.run([mkdocs, "build", "--strict", "--quiet", "--site-dir", site], cwd=source, check=True)
        pages = {path: Page(path) for path in site.rglob("*.html") if path.name != "404.html"}
        for path, page in pages.items():
            for target in filter(None, page.links + page.parts):
                parts = urlsplit(target)
                if parts.scheme or parts.netloc:
                    if target in page.parts:
                        faults.append(f"{path.relative_to(site)}: needs the network for {target}")
                    continue
                linked = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                if linked.is_dir():
                    linked /= "index.html"
                if not linked.exists():
                    faults.append(f"{path.relative_to(site)}: {target} does not exist")
                elif linked in pages and unquote(parts.fragment) not in pages[linked].anchors:
                    faults.append(f"{path.relative_to(site)}: {target} has no such place")
        for path in site.rglob("*.css"):
            for target in re.findall(r"url\(\"?(https?:[^)]*)\)|@import \"(https?:[^\"]*)", path.read_text()):
                faults.append(f"{path.relative_to(site)}: needs the network for {target}")
    print("\n".join(faults))
    print(f"{len(pages)} pages")
    sys.exit(bool(faults) or len(pages) < 15)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""For mkdocs: pages that do not lie in docs/, and links out of it."""

import os
import re
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = ("README.md", "CONTRIBUTING.md", "runtime/protocol/README.md")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
CODE = re.compile(r"(^```.*?^```$|`[^`\n]*`)", re.M | re.S)


def on_files(files, config):
    for name in OUTSIDE:
        files.append(File(name, str(ROOT), config["site_dir"], config["use_directory_urls"]))
    return files


def on_page_markdown(markdown, page, config, files):
    """Links are those of the repository. What is no page of the site, such as a source, keeps its text alone."""
    here = Path(page.file.abs_src_path).parent

    def in_site(path):
        return os.path.relpath(path, ROOT / "docs") if path.is_relative_to(ROOT / "docs") else os.path.relpath(path, ROOT)

    def changed(match):
        image, text, target, anchor = match[1], match[2], match[3], match[4] or ""
        if not target or re.match(r"\w+:", target):
            return match[0]
        name = in_site(Path(os.path.normpath(here / target)))
        if files.get_file_from_path(name) is None:
            return text
        return f"{image}[{text}]({os.path.relpath(name, os.path.dirname(page.file.src_path) or '.')}{anchor})"

    # Code, at the odd places, stays as it is; but the text of a link may hold some.
    parts = CODE.split(markdown)
    fences = {part: f"\0{i}\0" for i, part in enumerate(parts) if i % 2}
    text = "".join(fences.get(part, part) for part in parts)
    text = LINK.sub(changed, text)
    for part, mark in fences.items():
        text = text.replace(mark, part)
    return text

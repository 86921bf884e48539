# SPDX-License-Identifier: MIT
"""Checks of the tree as text: what a reader counts on."""
import fnmatch
import os
import pathlib
import re

from checks import check

ROOT = pathlib.Path(__file__).resolve().parents[3]
# What a README names a file by: x.c, dir/x.c, x_*.c, x_{a,b}.c.
TOKEN = re.compile(r"[\w*./+-]+(?:\{[\w,.+-]+\}[\w.*]*)?")


def names_in(text):
    """Every name and glob that a README has, without folders, and with {a,b} written out."""
    for token in TOKEN.findall(text):
        several = re.fullmatch(r"(.*)\{(.*)\}(.*)", token)
        for name in [several[1] + middle + several[3] for middle in several[2].split(",")] if several else [token]:
            name = name.rsplit("/", 1)[-1].rstrip(".")
            if name.strip("*"):
                yield name


def unnamed_sources():
    """C files that the README beside them doesn't name. Suites in tests/ are named for what they test."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if f not in ("build", "tests", "extra") and not f.startswith("."))
        if "README.md" not in files:
            continue
        names = set(names_in(pathlib.Path(folder, "README.md").read_text()))
        for source in sorted(f for f in files if f.endswith(".c")):
            if not any(fnmatch.fnmatch(source, name) for name in names):
                yield os.path.relpath(os.path.join(folder, source), ROOT)


@check("each README names every source file beside it")
def readmes_name_all_files(_):
    assert set(names_in("`kernel/a.c`, b_*.c and `c_{d,e}.c`.")) >= {"a.c", "b_*.c", "c_d.c", "c_e.c"}, "names aren't understood"
    missing = list(unnamed_sources())
    assert not missing, "a reader of the README doesn't learn of: " + ", ".join(missing)


def long_lines():
    """Lines of C beyond 100 columns, but for those that hold a message: it is looked for as a whole."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if f != "build" and not f.startswith("."))
        for source in sorted(f for f in files if f.endswith((".c", ".h"))):
            text = pathlib.Path(folder, source).read_text()
            for number, line in enumerate(text.splitlines(), 1):
                if len(line.expandtabs(8)) > 100 and '"' not in line:
                    yield f"{os.path.relpath(os.path.join(folder, source), ROOT)}:{number}"


@check("no line of C is longer than 100 columns")
def lines_are_short(_):
    found = list(long_lines())
    assert not found, " ".join(found)


@check("scripts name Debian's Python")
def scripts_name_their_python(_):
    for script in (ROOT / "tools").rglob("*"):
        if script.is_file() and script.open("rb").read(2) == b"#!":
            first = script.read_text().splitlines()[0]
            assert "python" not in first or first == "#!/usr/bin/python3", f"{script}: {first}"


# How a word of the command line is registered. Its prefix, as in rcutree.blimit, is the page's business.
REGISTERED = re.compile(r'^(?:early_param|__setup|core_param|module_param(?:_named|_string|_array|_cb)?)\(\s*"?([\w.-]+)=?"?', re.M)


def registered_words():
    """The words of the kernel's command line, without prefixes."""
    words = set()
    for top in ("arch", "block", "drivers", "fs", "ipc", "kernel", "lib", "mm", "net", "security"):
        for source in (ROOT / top).rglob("*.c"):
            words |= {name.rsplit(".", 1)[-1] for name in REGISTERED.findall(source.read_text())}
    return words


@check("docs/parameters.md names every word of the command line, and no other")
def parameters_are_named(_):
    rows = [row.split("|")[1] for row in (ROOT / "docs/parameters.md").read_text().splitlines() if row.startswith("| `")]
    named = {name.rsplit(".", 1)[-1] for row in rows for name in re.findall(r"`([\w.-]+)", row)}
    known = registered_words()
    assert len(known) > 60, known
    assert known <= named, f"not in the page: {sorted(known - named)}"
    assert named <= known, f"no such word: {sorted(named - known)}"

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes compile_commands.json for editors and clang tools.

usage: compile_commands.py SOURCES_LIST OUTPUT OUT_FOLDER COMPILER FLAGS...
"""
import json
import pathlib
import sys


def main():
    sources, output, out, *command = sys.argv[1:]
    folder = str(pathlib.Path.cwd())
    entries = []
    for source in pathlib.Path(sources).read_text().split():
        target = f"{out}/{source.removesuffix('.c')}.o"
        name = pathlib.PurePath(source).stem.replace("-", "_")
        entries.append(dict(directory=folder, file=source, output=target,
                            arguments=[*command, f'-DKBUILD_MODNAME="{name}"', "-c", "-o", target, source]))
    pathlib.Path(output).write_text(json.dumps(entries, indent=1) + "\n")


if __name__ == "__main__":
    main()

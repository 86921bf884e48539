#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Gives <asm/x.h> to a machine that has none of its own: one line that includes
<asm-generic/x.h>.

usage: wrappers.py ARCH FOLDER STAMP

FOLDER gets the wrappers, and loses those whose machine header has come since;
STAMP is touched only if something changed.
"""
import pathlib
import sys


def main():
    arch, folder, stamp = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    wanted = {}
    for generic, own, prefix in (
        ("include/uapi/asm-generic", f"arch/{arch}/include/uapi/asm", "uapi/asm-generic"),
        ("include/asm-generic", f"arch/{arch}/include/asm", "asm-generic"),
    ):
        for header in pathlib.Path(generic).rglob("*.h"):
            name = header.relative_to(generic)
            machine = [pathlib.Path(f"arch/{arch}/include/asm") / name, pathlib.Path(own) / name]
            if not any(path.exists() for path in machine):
                wanted[name] = f"#include <{prefix}/{name}>\n"
            elif name in wanted and machine[0].exists():
                del wanted[name]
    changed = not stamp.exists()
    have = {p.relative_to(folder) for p in folder.rglob("*.h")} if folder.exists() else set()
    for name in have - wanted.keys():
        (folder / name).unlink()
        changed = True
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            changed = True
    if changed:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.touch()


if __name__ == "__main__":
    main()

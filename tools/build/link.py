#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Links the image and fills in its symbol table.

usage: link.py --ld LD --nm NM --out IMAGE --script LD_SCRIPT --objects LIST -- LD_FLAGS

The room for the table is remembered beside the image from one build to the next,
with some to spare, so a second link is needed only when the table outgrows it.
"""
import argparse
import os
import pathlib
import subprocess
import sys

import kallsyms

SPARE = 16 * 1024


def link(args, flags, room, out):
    command = [*args.ld.split(), *flags, f"--defsym=__kallsyms_size={room}", "-T", args.script,
               "-o", str(out), f"@{args.objects}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    sys.stderr.write(done.stderr)
    if done.returncode:
        out.unlink(missing_ok=True)
        sys.exit(f"link: {args.ld} failed")


def main():
    split = sys.argv.index("--")
    ap = argparse.ArgumentParser(description=__doc__)
    for name in ("ld", "nm", "out", "script", "objects"):
        ap.add_argument(f"--{name}", required=True)
    args = ap.parse_args(sys.argv[1:split])
    flags = sys.argv[split + 1:]
    image = pathlib.Path(args.out)
    remembered = image.with_suffix(".kallsyms-room")
    room = int(remembered.read_text()) if remembered.exists() else 256 * 1024
    temporary = image.with_suffix(".linking")
    while True:
        link(args, flags, room, temporary)
        need, have = kallsyms.fill(args.nm, temporary)
        if need <= have and room - need <= 4 * SPARE:
            break
        room = (need + SPARE + 4095) // 4096 * 4096
    remembered.write_text(f"{room}\n")
    os.replace(temporary, image)


if __name__ == "__main__":
    main()

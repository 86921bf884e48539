#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Make a cpio archive (newc) of a directory, as an initramfs wants it: all owned by root, and
/dev/console and /dev/null, which only root could make as files.

usage: mkcpio.py DIRECTORY ARCHIVE
"""

import os
import stat
import sys


def entry(number, name, mode, data=b"", rdev=(0, 0), links=1):
    name = name.encode() + b"\0"
    fields = (number, mode, 0, 0, links, 0, len(data), 0, 0, rdev[0], rdev[1], len(name), 0)
    head = b"070701" + b"".join(b"%08X" % f for f in fields) + name
    head += b"\0" * (-len(head) % 4)
    return head + data + b"\0" * (-len(data) % 4)


def archive(root):
    out = [entry(1, "dev", stat.S_IFDIR | 0o755),
           entry(2, "dev/console", stat.S_IFCHR | 0o600, rdev=(5, 1)),
           entry(3, "dev/null", stat.S_IFCHR | 0o666, rdev=(1, 3))]
    number = 4
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in folders + sorted(files):
            path = os.path.join(folder, name)
            mode = os.lstat(path).st_mode
            data = b""
            if stat.S_ISLNK(mode):
                data = os.readlink(path).encode()
            elif stat.S_ISREG(mode):
                with open(path, "rb") as f:
                    data = f.read()
            out.append(entry(number, os.path.relpath(path, root), mode, data))
            number += 1
    out.append(entry(0, "TRAILER!!!", 0))
    return b"".join(out)


if __name__ == "__main__":
    with open(sys.argv[2], "wb") as f:
        f.write(archive(sys.argv[1]))

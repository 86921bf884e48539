#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Make headers from kernel/syscalls/syscalls.tbl.

    syscalls.py TABLE ARCH UNISTD_H TABLE_H PROTOS_H

UNISTD_H   #define __NR_read 0 ...
TABLE_H    SYSCALL(nr, name, nargs, "args") or SYSCALL_NONE(nr) for every number from 0 to the last
PROTOS_H   typedef long sc_proto_read(unsigned int, char __user *, size_t); ...
"""
import re
import sys

ARCHES = {"x86_64": 1, "arm64": 2}
# Words that are no struct tag's, of which a declaration must be in sight.
TAG = re.compile(r"\b(struct|union) (\w+)")


class TableError(Exception):
    pass


def read_table(path):
    """Yield (line number, name, {arch: nr}, args) for each row."""
    for number, line in enumerate(open(path, encoding="ascii"), 1):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        words = line.split(None, 3)
        if len(words) != 4:
            raise TableError(f"{path}:{number}: needs a name, two numbers and arguments")
        name, args = words[0], words[3]
        numbers = {}
        for arch, column in ARCHES.items():
            if words[column] == "-":
                continue
            if not words[column].isdigit():
                raise TableError(f"{path}:{number}: {words[column]} is no number")
            numbers[arch] = int(words[column])
        yield number, name, numbers, args


def rows_of(path, arch):
    """The machine's calls: {nr: (name, args)}."""
    rows, names = {}, set()
    for number, name, numbers, args in read_table(path):
        if arch not in numbers:
            continue
        nr = numbers[arch]
        if nr in rows or name in names:
            raise TableError(f"{path}:{number}: {name} or its number {nr} is there twice")
        rows[nr] = (name, args)
        names.add(name)
    return rows


def arg_list(args):
    return [] if args in ("void", "none") else args.split(", ")


def arg_type(arg):
    """`const char __user *name` without its last word."""
    return re.sub(r"\w+$", "", arg).strip()


def unistd(rows):
    last = max(rows)
    out = ["#ifndef _GENERATED_UNISTD_H", "#define _GENERATED_UNISTD_H", ""]
    out += [f"#define __NR_{rows[nr][0]} {nr}" for nr in sorted(rows)]
    out += ["", "#ifdef __KERNEL__", f"#define NR_syscalls {last + 1}", "#endif", "",
            "#endif /* _GENERATED_UNISTD_H */"]
    return out


def table(rows):
    out = []
    for nr in range(max(rows) + 1):
        if nr not in rows or rows[nr][1] == "none":
            name = rows[nr][0] if nr in rows else ""
            out.append(f'SYSCALL_NONE({nr}, "{name}")')
            continue
        name, args = rows[nr]
        text = "" if args == "void" else args
        out.append(f'SYSCALL({nr}, {name}, {len(arg_list(args))}, "{text}")')
    return out


def protos(rows):
    tags = {tag for _, args in rows.values() for tag in TAG.findall(args)}
    out = [f"{kind} {name};" for kind, name in sorted(tags)] + [""]
    for nr in sorted(rows):
        name, args = rows[nr]
        if args == "none":
            continue
        types = ", ".join(arg_type(a) for a in arg_list(args)) or "void"
        out.append(f"typedef long sc_proto_{name}({types});")
    return out


def write_if_changed(path, lines):
    text = "/* Made by tools/build/syscalls.py from kernel/syscalls/syscalls.tbl. */\n"
    text += "\n".join(lines) + "\n"
    try:
        if open(path, encoding="ascii").read() == text:
            return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="ascii") as out:
        out.write(text)


def main(argv):
    if len(argv) != 6 or argv[2] not in ARCHES:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        rows = rows_of(argv[1], argv[2])
    except TableError as error:
        print(error, file=sys.stderr)
        return 1
    write_if_changed(argv[3], unistd(rows))
    write_if_changed(argv[4], table(rows))
    # A call that only the other machine has is compiled here, too, and nobody calls it.
    names = {name for name, _ in rows.values()}
    for arch in ARCHES:
        for nr, row in rows_of(argv[1], arch).items():
            if row[0] not in names:
                names.add(row[0])
                rows[(1 << 20) + nr] = row
    write_if_changed(argv[5], protos(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))

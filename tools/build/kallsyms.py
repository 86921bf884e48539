#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes the table by which the kernel turns addresses into names.

usage: kallsyms.py NM IMAGE       fills the image's .kallsyms section
       (tools/build/link.py calls fill() itself)

The table, in the machine's little endian, as kernel/kallsyms_internal.h has it:

    u32 magic "KSYM"	u32 number of symbols	u32 bytes of names	u32 zero
    s32 offset[number]	address less _text, ascending
    u32 name[number]	where the name begins among the names
    char names[]	for each: its nm type letter, the name, a NUL

All symbols from _text to _end are in it, .init included; per-CPU symbols, which
are offsets, and the assembler's local labels are not.
"""
import re
import struct
import subprocess
import sys

MAGIC = 0x4D59534B
MARK = re.compile(r"_(start|end|begin|stop|load)(_|$)|^_(s|e)?(text|data|inittext)$|^__(start|stop|end)_")
SKIP = re.compile(r".*\.end_of_func$|^(\$|\.L|__crc_|__pfx_|__UNIQUE_ID_|__initcall_|__setup_|__param_|__addressable_|\.)")


def symbols(nm, image):
    """[(address, letter, name)] sorted by address, and the addresses of the layout."""
    found, layout = [], {}
    for line in subprocess.run([*nm.split(), str(image)], capture_output=True, text=True, check=True).stdout.splitlines():
        parts = line.split()
        if len(parts) != 3:
            continue
        address, letter, name = int(parts[0], 16), parts[1], parts[2]
        if name in ("_text", "_end", "__kallsyms_start", "__kallsyms_end"):
            layout[name] = address
        if letter in "aAUvn?N" or SKIP.match(name):
            continue
        found.append((address, letter, name))
    low, high = layout["_text"], layout["_end"]
    # Of several names for one address: functions before the linker's marks, global before local, short first.
    found = sorted({s for s in found if low <= s[0] <= high}, key=lambda s: (s[0], bool(MARK.search(s[2])), s[1].islower(), len(s[2]), s[2]))
    return found, layout


def table(found, base):
    offsets, places, names = [], [], bytearray()
    for address, letter, name in found:
        offsets.append(struct.pack("<i", address - base))
        places.append(struct.pack("<I", len(names)))
        names += letter.encode() + name.encode() + b"\0"
    head = struct.pack("<IIII", MAGIC, len(found), len(names), 0)
    return head + b"".join(offsets) + b"".join(places) + bytes(names)


def section_place(image, wanted):
    """(file offset, size) of a section of a 64-bit little-endian ELF file."""
    with open(image, "rb") as f:
        head = f.read(64)
        shoff, = struct.unpack_from("<Q", head, 40)
        shentsize, shnum, shstrndx = struct.unpack_from("<HHH", head, 58)
        f.seek(shoff)
        raw = f.read(shentsize * shnum)
        entries = [struct.unpack_from("<IIQQQQ", raw, i * shentsize) for i in range(shnum)]
        f.seek(entries[shstrndx][4])
        strings = f.read(entries[shstrndx][5])
    for name, _type, _flags, _addr, offset, size in entries:
        if strings[name:strings.index(b"\0", name)].decode() == wanted:
            return offset, size
    sys.exit(f"kallsyms: {image} has no section {wanted}")


def fill(nm, image):
    """Writes the table. Returns the bytes it needs; writes nothing if there is less room."""
    found, layout = symbols(nm, image)
    data = table(found, layout["_text"])
    offset, size = section_place(image, ".kallsyms")
    if len(data) <= size:
        with open(image, "r+b") as f:
            f.seek(offset)
            f.write(data.ljust(size, b"\0"))
    return len(data), size


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    need, room = fill(sys.argv[1], sys.argv[2])
    if need > room:
        sys.exit(f"kallsyms: the table needs {need} bytes, the image has room for {room}")

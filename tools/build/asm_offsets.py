#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Reads the compiler's output for asm-offsets.c and writes the constants for assembly.

usage: asm_offsets.py ASM HEADER NASM_INCLUDE CANARY_FLAGS

HEADER is for gas (#define), NASM_INCLUDE for nasm (%define). CANARY_FLAGS are the
compiler flags that name the place of arm64's stack canary: it is in the current
task, whose pointer is in sp_el0. A file whose text didn't change is not touched.
"""
import pathlib
import re
import sys


def write_if_changed(path, text):
    path = pathlib.Path(path)
    if path.exists() and path.read_text() == text:
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def main():
    source, header, nasm, canary = sys.argv[1:]
    gas_lines, nasm_lines, values = [], [], {}
    for line in pathlib.Path(source).read_text().splitlines():
        m = re.search(r'"->(\w+) [$#]?(-?\d+) (.*)"', line)
        if m:
            name, value, expression = m.groups()
            expression = expression.replace('\\"', '"')
            gas_lines.append(f"#define {name} {value} /* {expression} */")
            nasm_lines.append(f"%define {name} {value} ; {expression}")
            values[name] = value
        elif '"->#' in line:
            comment = line.split('"->#', 1)[1].rstrip('"')
            gas_lines.append(f"/* {comment} */")
            nasm_lines.append(f"; {comment}")
    guard = "#ifndef __ASM_OFFSETS_H\n#define __ASM_OFFSETS_H\n"
    write_if_changed(header, guard + "\n".join(gas_lines) + "\n#endif\n")
    write_if_changed(nasm, "\n".join(nasm_lines) + "\n")
    offset = values.get("TSK_STACK_CANARY")
    flags = ""
    if offset is not None:
        flags = ("-mstack-protector-guard=sysreg -mstack-protector-guard-reg=sp_el0 "
                 f"-mstack-protector-guard-offset={offset}\n")
    write_if_changed(canary, flags)


if __name__ == "__main__":
    main()

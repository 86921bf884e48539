# SPDX-License-Identifier: MIT
"""The ABI in our headers against Linux's own: each constant, the size of each structure and the place of each member.

User programs are compiled with Linux's headers (Debian's linux-libc-dev, which comes with the compilers); ours have to give the
same numbers. Both sides compile one list of expressions, taken from our headers; what one side does not know is left out, so older
and newer headers of Linux will do.
"""
import pathlib
import re
import struct

from checks import BOTH, check

import userspace

TABLE = pathlib.Path("kernel/syscalls/syscalls.tbl")
# What each version of Linux has more of: the ends of lists, masks of all that there is, what is left for later.
GROWS = re.compile(r"LINUX_VERSION|(_MAX|_MASK|_SUPPORTED|_VALID|_ALL|_LAST)\b|spare|reserved|unused|__pad|"
                   r"sizeof\(struct (rseq|clone_args|sched_attr|mount_attr)\)")
# The same bit, but an int there; the selector alone, of a register that is eight bytes there.
DIFFERENT_TYPE = {"MS_NOUSER", "sizeof(((struct pt_regs *)0)->cs)", "sizeof(((struct pt_regs *)0)->ss)"}
MEMBER = re.compile(r"(\w+)(?:\[[^\]]*\])*;")


def headers(arch):
    """Our headers for user programs by their names in an #include; those of asm-generic/ are seen through asm/."""
    folders = [pathlib.Path(f"arch/{arch}/include/uapi"), pathlib.Path("include/uapi")]
    return sorted({str(f.relative_to(folder)) for folder in folders for f in folder.rglob("*.h")
                   if f.relative_to(folder).parts[0] != "asm-generic"}), folders


def expressions(names, folders):
    """What is to be compared: all that the headers @names define."""
    found = set()
    for name in names:
        for text in ((folder / name).read_text() for folder in folders if (folder / name).exists()):
            text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
            found |= set(re.findall(r"^\s*#\s*define\s+(\w+)[ \t]+\S", text, re.M))
            for body in re.findall(r"\benum\b[^{;]*\{(.*?)\}", text, re.S):
                found |= {item.split("=")[0].strip() for item in body.split(",")}
            for kind, tag, body in re.findall(r"^(struct|union) (\w+)\s*\{(.*?)^\}", text, re.M | re.S):
                found.add(f"sizeof({kind} {tag})")
                for member in MEMBER.findall(body):
                    found.add(f"__builtin_offsetof({kind} {tag}, {member})")
                    found.add(f"sizeof((({kind} {tag} *)0)->{member})")
    rows = (line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    return sorted({e for e in found if e and not GROWS.search(e)} - DIFFERENT_TYPE | {f"__NR_{row[0]}" for row in rows})


def evaluated(ctx, command, includes, wanted):
    """{expression: value} of those that compile to a constant."""
    source, binary = ctx.folder / "abi.c", ctx.folder / "abi.o"
    top = [f"#include <{name}>" for name in includes]
    while True:
        body = [f"__attribute__((section(\".abi\"))) unsigned long long v{i} = (unsigned long long)({e});" for i, e in enumerate(wanted)]
        source.write_text("\n".join(top + body) + "\n")
        done = ctx.run(*command, "-w", "-O1", "-fno-toplevel-reorder", "-fmax-errors=0", "-c", "-o", str(binary), str(source))
        if not done.returncode:
            break
        # An error in what a macro stands for is reported there, with a note at the line that uses it.
        bad = {int(n) - len(top) - 1 for n in re.findall(r"abi\.c:(\d+):\d+: (?:error|note)", done.stdout)}
        known = [e for i, e in enumerate(wanted) if i not in bad]
        assert len(known) < len(wanted), done.stdout[:2000]
        wanted = known
    raw = ctx.folder / "abi.bin"
    done = ctx.run(command[0].replace("gcc", "objcopy"), "-O", "binary", "--only-section=.abi", str(binary), str(raw))
    assert not done.returncode, done.stdout
    return dict(zip(wanted, (n for n, in struct.iter_unpack("<Q", raw.read_bytes())), strict=True))


def differences(ours, linux):
    return [f"{e}: {ours[e]:#x} here, {linux[e]:#x} there" for e in sorted(set(ours) & set(linux)) if ours[e] != linux[e]]


@check("the headers for user programs have Linux's numbers and layouts", BOTH)
def abi(ctx):
    names, folders = headers(ctx.arch)
    wanted = expressions(names, folders)
    compiler = userspace.compiler(ctx.arch)
    there = [n for n in [*names, "asm/unistd.h", "asm/stat.h", "asm/statfs.h", "asm/signal.h", "asm/siginfo.h"]
             if not ctx.run(compiler, "-fsyntax-only", "-w", "-include", n, "-xc", "/dev/null").returncode]
    there.sort(key="linux/shm.h".__eq__)        # brings the C library's headers, beside which others say less
    linux = evaluated(ctx, [compiler], there, wanted)

    include = [f"-I{folder}" for folder in (f"arch/{ctx.arch}/include", ctx.out / ctx.arch / "include", "include", *folders)]
    kernel = ["-D__KERNEL__", "-include", "linux/kconfig.h", "-include", "linux/compiler_types.h", "-std=gnu11", "-ffreestanding", "-fno-pie"]
    command = [compiler, "-nostdinc", *include, *kernel, "-mgeneral-regs-only"]
    ours = evaluated(ctx, command, [f"uapi/{n}" for n in names] + ["asm/unistd.h"], wanted)
    found = differences(ours, linux)
    assert not found, "\n".join(found)
    compared = set(ours) & set(linux)
    assert len(compared) > 2000, f"only {len(compared)} of {len(wanted)} numbers were compared"

    # A number that is wrong is seen.
    assert differences(ours | {"__NR_read": 1000}, linux) == [f"__NR_read: 0x3e8 here, {linux['__NR_read']:#x} there"]

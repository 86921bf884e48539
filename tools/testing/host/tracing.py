# SPDX-License-Identifier: MIT
"""Debian's `strace -f -v` over the commands of tools/testing/programs/cases/: under it each case prints what it prints without, ends as
it does, and strace knows each call and each bit that the kernel shows it."""
import re

from checks import BOTH, check

import matrix
import qemu
import userspace


def traced_cases(ctx, names="*", kernel=""):
    """Runs the cases whose AREA/NAME matches @names: (their Cases, {name: [what strace said of no use]}, calls seen)."""
    archive = userspace.programs_archive("debian", ctx.arch, ctx.out.resolve())
    words = f"LECTERN_RUN=/lectern-programs/traced programs={names} panic=-1 " + ("quiet no_timer_check" if kernel else "loglevel=5")
    machine = qemu.Machine(arch=ctx.arch, out=ctx.out / ctx.arch, smp=4, mem=f"{max(qemu.enough_memory(archive), 1024)}M", initrd=str(archive),
                           kernel=str(kernel), append=words)
    guest = qemu.Guest(machine, ctx.out / f"logs/{ctx.arch}-traced{'-debian' if kernel else ''}.log")
    cases, unclear, odd, calls = userspace.Cases(), {}, [], 0
    try:
        for line in guest.read_lines(qemu.Patience(matrix.SILENCE["plain"], matrix.LIMIT["plain"])):
            name = cases.feed(line)
            if line.startswith("! "):
                odd.append(line[2:])
            elif name:
                unclear[name], odd = odd, []
            calls += int(seen[1]) if (seen := re.match(r"# calls: (\d+)$", line)) else 0
    finally:
        guest.close()
    bad = [line for line in guest.lines if not kernel and qemu.REPORT.search(line)]
    assert not bad, "the kernel complained:\n" + "\n".join(bad)
    assert cases.texts and cases.ended, "the guest ended before its cases did:\n" + "\n".join(guest.lines[-40:])
    return cases, unclear, calls


def complaints(cases, unclear):
    """What is wrong with them, in lines."""
    known, found = userspace.expectations(), []
    for name, text in cases.texts.items():
        status, why, log = userspace.judge(name, text, known)
        if status == "failed":
            found += [f"{name}: {why}", *log]
        found += [f"{name}: strace: {line}" for line in unclear[name]]
    return found


@check("Debian's programs under strace -f -v", BOTH, tier="full")
def programs_under_strace(ctx):
    cases, unclear, calls = traced_cases(ctx)
    found = complaints(cases, unclear)
    assert not found, "\n".join(found)
    # Each starts a shell at least: some hundred calls.
    assert calls > 200 * len(cases.texts), f"strace saw {calls} calls only, in {len(cases.texts)} cases"

# SPDX-License-Identifier: MIT
"""What is booted by `make test` and `make test-full`: one table.

A build is a set of Kconfig options over the defaults; its images lie in
build/ for the plain one and build/NAME/ for the others. A boot is a build, a machine
and what is expected of it:

    suites   runs the KUnit suites, all or those of `glob`; each case counts as one test. Suites named
             *_timing are left out, and are all that runs if `timing` is set: then the guest's
             clock counts its instructions, and the load of the host makes no difference
    prompt   boots to the monitor prompt, asks it for its `tests` page, powers off
    dies     ends in a panic whose text matches `pattern`
    caught   has a bug planted by a boot parameter (in `append`); it passes as soon as the console
             matches `pattern`, and fails if the guest ends, falls silent or runs out of time before
    make     no boot: `make ARCH=... <pattern>` has to succeed
"""
import dataclasses

BUILDS = {
    "plain": {},
    "debug": {"KASAN": "y", "UBSAN": "y", "LOCKDEP": "y", "SLUB_DEBUG": "y"},
    "kasan": {"KASAN": "y"},
    "ubsan": {"UBSAN": "y"},
    "lockdep": {"LOCKDEP": "y"},
    "slub-debug": {"SLUB_DEBUG": "y"},
    "pagealloc": {"DEBUG_PAGEALLOC": "y"},
}

# Seconds. Emulated machines on a busy host are slow, so silence is the sign of a hang: every case
# prints a line. The limit of the whole is a last guard, for a guest that babbles.
LIMIT = {"plain": 1800, "debug": 3600}
SILENCE = {"plain": 240, "debug": 400}


@dataclasses.dataclass(frozen=True)
class Boot:
    name: str
    arch: str
    build: str = "plain"
    kind: str = "suites"
    smp: int = 4
    mem: str = "256M"
    cpu: str = ""
    machine: str = ""
    loader: str = "kernel"
    append: str = ""
    glob: str = "*"
    timing: bool = False
    pattern: str = ""
    tier: str = "test"          # "test" or "full"

    @property
    def label(self):
        return f"{self.arch} {self.name}"


def boots():
    table = []
    for arch in ("x86_64", "arm64"):
        table += [
            Boot("plain, 4 CPUs", arch),
            Boot("timing, 4 CPUs", arch, timing=True),
            Boot("KASAN UBSAN LOCKDEP, 4 CPUs", arch, build="debug", mem="512M"),
            Boot("overflows that must not compile", arch, kind="make", pattern="check-fortify"),
            Boot("1 CPU", arch, smp=1, kind="prompt"),
            Boot("8 CPUs", arch, smp=8, kind="prompt"),
            Boot("64 MiB", arch, mem="64M", kind="prompt"),
            Boot("4 GiB", arch, mem="4G", kind="prompt"),
            Boot("panic from the monitor", arch, kind="dies", append="panic=-1",
                 pattern=r"Kernel panic - not syncing: .*monitor"),
            Boot("timing, 1 CPU", arch, smp=1, timing=True, tier="full"),
            Boot("all suites, 1 CPU", arch, smp=1, tier="full"),
            Boot("all suites, 2 CPUs", arch, smp=2, tier="full"),
            Boot("all suites, 8 CPUs", arch, smp=8, tier="full"),
            Boot("all suites, 32 MiB", arch, mem="32M", smp=2, tier="full"),
            Boot("all suites, 4 GiB", arch, mem="4G", tier="full"),
        ]
        for build in ("kasan", "ubsan", "lockdep", "slub-debug", "pagealloc"):
            table.append(Boot(f"{build}, 4 CPUs", arch, build=build, mem="512M", tier="full"))
        table.append(Boot("KASAN UBSAN LOCKDEP, 1 CPU", arch, build="debug", mem="512M", smp=1, tier="full"))
    table += [
        Boot("GRUB, BIOS", "x86_64", kind="prompt", loader="iso-bios"),
        Boot("GRUB, UEFI", "x86_64", kind="prompt", loader="iso-uefi"),
        Boot("qemu64", "x86_64", kind="prompt", cpu="qemu64"),
        Boot("fast paths, without ERMS and PCLMUL", "x86_64", cpu="max,-erms,-pclmulqdq", glob="fastpath"),
        Boot("fast paths, without SSE4", "x86_64", cpu="qemu64", glob="fastpath"),
        Boot("-M pc", "x86_64", kind="prompt", machine="pc"),
        Boot("no HPET", "x86_64", kind="prompt", machine="pc,hpet=off"),
        Boot("all suites, qemu64", "x86_64", cpu="qemu64", tier="full"),
        Boot("all suites, GRUB UEFI", "x86_64", loader="iso-uefi", tier="full"),
        Boot("GICv2", "arm64", kind="prompt", machine="virt,gic-version=2"),
        Boot("EL2", "arm64", kind="prompt", machine="virt,gic-version=3,virtualization=on"),
        Boot("cortex-a57", "arm64", kind="prompt", cpu="cortex-a57"),
        Boot("cortex-a72", "arm64", kind="prompt", cpu="cortex-a72"),
        Boot("all suites, GICv2", "arm64", machine="virt,gic-version=2", tier="full"),
        Boot("all suites, EL2", "arm64", machine="virt,gic-version=3,virtualization=on", tier="full"),
        Boot("all suites, cortex-a57", "arm64", cpu="cortex-a57", tier="full"),
        Boot("all suites, cortex-a72, GICv2", "arm64", cpu="cortex-a72", machine="virt,gic-version=2", tier="full"),
    ]
    return table

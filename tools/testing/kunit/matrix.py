# SPDX-License-Identifier: MIT
"""What is booted by `make test` and `make test-full`: one table.

A build is a set of Kconfig options over the defaults; its images lie in
build/ for the plain one and build/NAME/ for the others. A boot is a build, a machine
and what is expected of it:

    suites   runs the KUnit suites, all or those of `glob`; each case counts as one test. Suites named
             *_timing are left out, and are all that runs if `timing` is set: then the guest's
             clock counts its instructions, and the load of the host makes no difference
    selftests  runs the user-space tests of tools/testing/selftests/, all or those whose AREA/NAME matches `glob`
    programs, stress, session   run Debian's programs, run its stress-ng, type at the serial line: userspace.py
    prompt   boots to the monitor prompt, asks it for its `tests` page, powers off
    dies     ends in a panic whose text matches `pattern`
    caught   has a bug planted by a boot parameter (in `append`); every regular expression of `pattern`
             has to match a line of the console, and `then` the "prompt" or the "end" of the guest has to come;
             with `selftests` the guest runs those user-space tests
    fails    like suites, but the guest hangs or dies after a line "planted: ..."; the runner's own report
             of it has to match every regular expression of `pattern`
"""
import dataclasses
import pathlib

# Instrumented images are for machines to read: lines and functions in their debug information are enough.
LINES = {"DEBUG_INFO_REDUCED": "y"}

# What keeps `make test` short.
BRIEF = "storm_ms=500 rcutorture.seconds=0"

# RCU's tree in as many levels as it can have, and its planted breaks.
TORTURE = {"RCU_BREAK": "y", "RCU_FANOUT": "2", "RCU_FANOUT_LEAF": "2"}

# The debug build takes all that needs an image of its own but not the speed of a plain one, test files in the shape of Linux's
# (linked in unedited) among them: a build from nothing costs more than most boots.
BUILDS = {
    "plain": {},
    "debug": {"KASAN": "y", "UBSAN": "y", "LOCKDEP": "y", "SLUB_DEBUG": "y", "PLANTED_BUGS": "y", **TORTURE, **LINES,
              "EXTRA_KUNIT": " ".join(sorted(str(f) for f in pathlib.Path("tools/testing/kunit/extra").glob("*.c")))},
    # Lock checking without KASAN's cost, so that CPUs meet at other places; pages that fault once they are free.
    "lockdep": {"LOCKDEP": "y", **LINES},
    "pagealloc": {"DEBUG_PAGEALLOC": "y", "UBSAN": "y", **LINES},
    "clang": {"LLVM": "1"},
    "torture": {**TORTURE, **LINES},
    "kcsan": {"KCSAN": "y", **LINES},
}

# Builds with tools that not every host has: the boots count as skipped there.
NEEDS = {"clang": "clang"}

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
    initrd: str = ""
    kernel: str = ""            # "debian": that kernel instead of ours, for comparison
    rootfs: str = ""            # for kinds session and programs: busybox, debian, debugger
    record: bool = False        # for kind programs: keep what they print
    glob: str = "*"
    selftests: str = ""         # for kind caught: AREA/NAME, with wildcards
    timing: bool = False
    pattern: str | tuple = ""
    then: str = ""
    silence: int = 0            # seconds, for kind fails: if the last words don't come
    sleeps: bool = False        # the guest does nothing while we wait: others may run beside it
    alone: bool = False         # its CPUs have to run at the same time: no other guest beside it
    tier: str = "test"          # "test"; "full"; "brief": in `make test` alone, `make test-full` has it at length; "asked": with --kind

    @property
    def label(self):
        return f"{self.arch} {self.name}"


def patterns(boot):
    return [boot.pattern] if isinstance(boot.pattern, str) else list(boot.pattern)


def planted(name, arch, append, *pattern, kind="caught", then="", tier="test", **more):
    """A boot with a failure of kernel/planted.c, which is part of the debug build."""
    return Boot(name, arch, build="debug", kind=kind, mem="512M", append=append, pattern=pattern, then=then, tier=tier,
                glob="kunit_filter" if kind == "fails" else "*", **more)


def parameter_boots(arch):
    """Words of the command line that change what a boot is; each prompt comes after its pattern."""
    def boot(words, *pattern, **more):
        return Boot(f"{words or 'an initial RAM disk'}", arch, kind="caught", append=words, pattern=pattern, then="prompt", **more)

    return [
        boot("nosmp", r"Brought up 1 CPU$"),
        boot("maxcpus=2", r"Brought up 2 CPUs$"),
        boot("mem=64M", r"Memory: \d+K/6[0-5]\d{3}K available"),
        boot("earlycon loglevel=8", r"bootconsole \[\w+\] enabled", r"bootconsole disabled"),
        boot("", r"INITRD: 0x[0-9a-f]+ \+ 0x[0-9a-f]+$", initrd=__file__),
    ]


def planted_boots(arch):
    every_cpu = [rf"^CPU {cpu}:\n(    .*\n)*    at (spin_here|planted_spin_irqs_off)\+" for cpu in range(4)]
    return [
        planted("a soft lockup", arch, "planted=spin watchdog_thresh=1",
                r"BUG: soft lockup - CPU#3 stuck for \d+s! \[planted:", r"planted_spin\+0x", then="prompt"),
        planted("a hard lockup, seen by the neighbour", arch, "planted=irqs-off watchdog_thresh=1",
                r"watchdog: Watchdog detected hard LOCKUP on cpu 3"),
        planted("a hung task", arch, "planted=deadlock hung_task_timeout_secs=1",
                r"INFO: task planted:\d+ blocked for more than 1 seconds", r"planted_deadlock\+0x"),
        planted("panic_on_warn", arch, "planted=warning panic_on_warn panic=-1",
                r"WARNING: CPU: 3 PID: \d+ at kernel/planted.c", r"Kernel panic - not syncing: .*panic_on_warn", then="end"),
        planted("a warning that isn't", arch, "planted=warning", r"WARNING: CPU: 3", r"planted warning", then="prompt"),
        planted("BUG()", arch, "planted=bug", r"kernel BUG at kernel/planted.c:\d+!", r"planted_bug\+0x", then="prompt"),
        planted("oops=panic", arch, "planted=null oops=panic panic=-1",
                r"planted_null\+0x", r"Kernel panic - not syncing: .*[Ff]atal exception", then="end"),
        planted("stack overflow", arch, "planted=overflow panic=-1", r"overflow", r"planted_recursion\+0x"),
        planted("panic=2", arch, "planted=panic panic=2", r"Kernel panic - not syncing: planted panic",
                r"Rebooting in 2 seconds", then="end"),
        planted("a panic is found at once", arch, "planted=panic", r"silent for \d s", r"planted panic", kind="fails", sleeps=True),
        planted("a silent hang is found", arch, "planted=silence", r"silent for \d s", r"^CPU 0:", r"^CPU 3:", r"default_idle|arch_cpu_idle|do_idle",
                kind="fails", sleeps=True),
        planted("CPUs without interrupts are found", arch, "planted=everywhere", *every_cpu,
                r"kernel/planted.c:\d+", kind="fails"),
        planted("a reset is found", arch, "planted=reset", r"the guest ended in no suite before its tests did", r"planted: reset", kind="fails"),
        planted("broken vectors are found", arch, "planted=vectors",
                r"the guest ended in no suite" if arch == "x86_64" else r"silent for", r"planted: vectors", kind="fails"),
        planted("a panic before the console is heard", arch, "planted_early=panic",
                r"Kernel panic - not syncing: planted before the console", r"planted_early_setup\+0x", r"---\[ end Kernel panic"),
        planted("death before the console is found", arch, "planted_early", r"silent for", r"planted before the console", kind="fails",
                silence=40, sleeps=True, tier="test" if arch == "x86_64" else "full"),
    ]


# kernel/rcu/break.h: the ways to break RCU, and the scenario that has to notice.
RCU_BREAKS = {
    "skip-wait": "normal",
    "last-cpu": "normal",
    "blocked-reader": "preempted",
    "idle": "normal",
    "early-callback": "mixed",
    "drop-callback": "callbacks",
    "srcu-flip": "srcu",
}


def torture_boots(arch):
    table = [
        Boot("torture, 8 CPUs, fan-out 2", arch, build="debug", smp=8, mem="512M", glob="rcutorture", append="rcutorture.seconds=1"),
        Boot("torture, 1 CPU", arch, smp=1, glob="rcutorture", append="rcutorture.seconds=1"),
        Boot("torture, a minute each", arch, build="torture", glob="rcutorture", append="rcutorture.seconds=60", tier="full"),
        Boot("KCSAN: its own suite", arch, build="kcsan", glob="kcsan", alone=True, tier="full"),
        Boot("KCSAN: RCU and its torture", arch, build="kcsan", mem="512M", glob="*rcu*", append="storm_ms=500 rcutorture.seconds=5", tier="full"),
    ]
    for name, scenario in RCU_BREAKS.items():
        table.append(Boot(f"RCU broken: {name}", arch, build="debug", mem="512M", kind="caught", pattern=r"rcutorture: !!! ",
                          append=f"rcu_break={name} rcutorture.seconds=22 kunit.run kunit.filter_glob=rcutorture.{scenario} "
                                 "kunit_shutdown=poweroff"))
    return table


# include/linux/rseq_break.h: the ways to break restartable sequences, and the user-space test that has to notice.
RSEQ_BREAKS = {
    "signal": ("rseq/rules", "a_signal_aborts"),
    "migration": ("rseq/percpu", "counters_lose_nothing"),
    "cpu-id": ("rseq/rules", "the_c_library_registers"),
    "mm-cid": ("rseq/percpu", "concurrency_ids_are_of_one_thread_each"),
}


def rseq_boots(arch):
    table = [Boot(f"rseq broken: {name}", arch, build="debug", mem="512M", kind="caught", selftests=program,
                  append=f"rseq_break={name} rseq_ops=2000 SELFTEST_ONLY={test}", pattern=rf"^not ok \d+ {test}") for name, (program, test) in RSEQ_BREAKS.items()]
    return table + [Boot("rseq, millions of operations", arch, kind="selftests", glob="rseq/percpu", append="rseq_ops=3000000", tier="full")]


def boots():
    table = []
    for arch in ("x86_64", "arm64"):
        table += [
            # Storms of half a second, RCU's torture with 1 and 8 CPUs: `make test-full` has the long ones.
            Boot("plain, 4 CPUs", arch, append=BRIEF, tier="brief"),
            Boot("timing, 4 CPUs", arch, timing=True),
            Boot("KASAN UBSAN LOCKDEP, 4 CPUs", arch, build="debug", mem="512M", append=BRIEF, tier="brief"),
            Boot("files written for Linux", arch, build="debug", mem="512M", glob="extra*"),
            # The same hostile calls each time: `make test` tells whether a change broke something. `make test-full` draws new ones.
            Boot("user space, 4 CPUs", arch, kind="selftests", append="hostile_seed=1 ptrace_fuzz_seed=1 STORM_STEPS=100 ptrace_storm=3"),
            # What KASAN finds in files, sockets or clocks it finds on either machine: one of them has those areas.
            Boot("user space, KASAN UBSAN LOCKDEP", arch, build="debug", mem="256M", kind="selftests", tier="brief",
                 glob="*" if arch == "x86_64" else "@(arm64|coredump|futex|hostile|mm|process|ptrace|rseq|signal)/*",
                 append="hostile_seed=1 hostile_calls=20000 ptrace_fuzz_seed=1 ptrace_fuzz=2000 ptrace_storm=10 SELFTEST_EFFORT=10 debug_rseq=1"),
            Boot("user space, KASAN UBSAN LOCKDEP, whole storms", arch, build="debug", mem="512M", kind="selftests",
                 append="debug_rseq=1 ptrace_storm=120", tier="full"),
            Boot("hostile, five million calls", arch, mem="512M", kind="selftests", glob="hostile/calls", append="hostile_calls=5000000", tier="full"),
            Boot("ptrace storm and a million register writes", arch, mem="512M", kind="selftests", glob="ptrace/[sf]*[mz]",
                 append="ptrace_storm=180 ptrace_fuzz=1000000", tier="full"),
            # A test that fails there is a wrong test. All cases, but short storms: these are for our kernel.
            Boot("user space on Debian's kernel", arch, mem="512M", kind="selftests", kernel="debian",
                 append="mitigations=off hostile_seed=1 hostile_calls=50000 ptrace_fuzz_seed=1 ptrace_fuzz=10000 STORM_STEPS=60", tier="full"),
            # In `make test` as soon as every case is as on Linux on both machines.
            Boot("Debian's programs", arch, kind="programs", rootfs="debian", tier="full"),
            Boot("Debian's programs on Debian's kernel", arch, kind="programs", rootfs="debian", kernel="debian", tier="full"),
            Boot("gdb and strace", arch, kind="programs", rootfs="debugger", tier="full"),
            Boot("gdb and strace on Debian's kernel", arch, kind="programs", rootfs="debugger", kernel="debian", tier="full"),
            Boot("stress-ng, some", arch, kind="stress", rootfs="debian", glob="[fpt]*", tier="brief"),
            Boot("stress-ng", arch, kind="stress", rootfs="debian", tier="asked"),
            Boot("stress-ng, 10 s each", arch, kind="stress", rootfs="debian", append="stress_seconds=10 stress_workers=4", tier="full"),
            Boot("a session with busybox", arch, kind="session", rootfs="busybox"),
            Boot("a session with Debian", arch, kind="session", rootfs="debian", tier="full"),
            Boot("1 CPU", arch, smp=1, kind="prompt"),
            Boot("8 CPUs", arch, smp=8, kind="prompt"),
            Boot("64 MiB", arch, mem="64M", kind="prompt"),
            Boot("4 GiB", arch, mem="4G", kind="prompt"),
            Boot("loglevel=1", arch, kind="prompt", append="loglevel=1"),
            Boot("panic from the monitor", arch, kind="dies", append="panic=-1",
                 pattern=r"Kernel panic - not syncing: .*monitor"),
            Boot("timing, 1 CPU", arch, smp=1, timing=True, tier="full"),
            Boot("all suites, 1 CPU", arch, smp=1, tier="full"),
            Boot("all suites, 2 CPUs", arch, smp=2, tier="full"),
            Boot("all suites, 4 CPUs", arch, tier="full"),
            Boot("all suites, 8 CPUs, 4 GiB", arch, smp=8, mem="4G", tier="full"),
            Boot("all suites, 32 MiB", arch, mem="32M", smp=2, append=BRIEF, tier="full"),
        ]
        table += parameter_boots(arch) + planted_boots(arch) + torture_boots(arch) + rseq_boots(arch)
        for build in ("clang", "lockdep", "pagealloc"):
            table.append(Boot(f"{build}, 4 CPUs", arch, build=build, mem="512M", append=BRIEF, tier="full"))
        for name, smp in (("1 CPU", 1), ("4 CPUs, whole storms", 4)):
            table.append(Boot(f"KASAN UBSAN LOCKDEP, {name}", arch, build="debug", mem="512M", smp=smp, append="rcutorture.seconds=0", tier="full"))
    table += [
        Boot("GRUB, BIOS", "x86_64", kind="prompt", loader="iso-bios"),
        Boot("GRUB, UEFI", "x86_64", kind="prompt", loader="iso-uefi"),
        Boot("qemu64", "x86_64", kind="prompt", cpu="qemu64"),
        Boot("fast paths, without ERMS and PCLMUL", "x86_64", cpu="max,-erms,-pclmulqdq", glob="fastpath"),
        Boot("fast paths, without SSE4", "x86_64", cpu="qemu64", glob="fastpath"),
        Boot("-M pc", "x86_64", kind="prompt", machine="pc"),
        Boot("no HPET", "x86_64", kind="prompt", machine="pc,hpet=off"),
        Boot("all suites, GRUB UEFI, qemu64", "x86_64", loader="iso-uefi", cpu="qemu64", append=BRIEF, tier="full"),
        planted("a machine check", "x86_64", "planted=machine-check panic=-1", r"CPU 3: machine check exception", r"arch_plant_machine_check\+0x",
                r"Kernel panic - not syncing: Fatal machine check", then="end", tier="full"),
        Boot("no device tree", "arm64", kind="caught", smp=1, loader="raw",
             pattern=r"Kernel panic - not syncing: no usable device tree at 0x0+:"),
        Boot("GICv2", "arm64", kind="prompt", machine="virt,gic-version=2"),
        Boot("EL2", "arm64", kind="prompt", machine="virt,gic-version=3,virtualization=on"),
        Boot("cortex-a57", "arm64", kind="prompt", cpu="cortex-a57"),
        Boot("cortex-a72", "arm64", kind="prompt", cpu="cortex-a72"),
        Boot("all suites, EL2, cortex-a57", "arm64", cpu="cortex-a57", machine="virt,gic-version=3,virtualization=on", append=BRIEF, tier="full"),
        Boot("all suites, GICv2, cortex-a72", "arm64", cpu="cortex-a72", machine="virt,gic-version=2", append=BRIEF, tier="full"),
    ]
    return table

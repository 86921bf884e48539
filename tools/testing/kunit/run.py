#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Builds the images, boots them, reads the results: `make test` and `make test-full`.

usage: run.py [--tier test|full] [--arch ARCH] [--glob GLOB] [--smp N] [--build NAME] [--jobs N] [--only TEXT]

Without --glob the table of matrix.py is run. With it (make test T='list*'), each
machine runs only the suites that match. The last line is
`N passed, N failed` and, if there were any, `, N skipped`; the exit status is 0 only
if nothing failed. Logs are kept in build/logs/.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import ktap
import matrix
import qemu

PROMPT = "lectern> "
OUT = pathlib.Path(os.environ.get("O") or "build")
LOGS = OUT / "logs"
_print_lock = threading.Lock()


def say(text):
    with _print_lock:
        print(text, flush=True)


def out_folder(build):
    return OUT if build == "plain" else OUT / build


class Results:
    """Counts, and the failures to repeat at the end."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []
        self._lock = threading.Lock()

    def add(self, status, name, why="", log=()):
        with self._lock:
            setattr(self, status, getattr(self, status) + 1)
            if status == "failed":
                self.failures.append((name, why, list(log)))

    def summary(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


# --- Building -----------------------------------------------------------------------


def build_options(build):
    return [f"{k}={v}" for k, v in matrix.BUILDS[build].items()]


def make_environment():
    """Without what the make that runs us would hand down."""
    return {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS", "CROSS_COMPILE")}


def build_image(build, arch, results):
    """Builds one image. False if that failed."""
    began = time.monotonic()
    command = ["make", f"-j{os.cpu_count()}", f"ARCH={arch}", f"O={out_folder(build)}", *build_options(build), "image"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=make_environment())
    seconds = time.monotonic() - began
    if done.returncode:
        say(f"  BUILD   {build} {arch}: failed\n{done.stdout[-1500:]}{done.stderr[-3000:]}")
        results.add("failed", f"build {build} {arch}", "the image doesn't build")
        return False
    say(f"  BUILD   {build} {arch}: {seconds:.0f} s")
    return True


# --- One boot -------------------------------------------------------------------------


def machine_for(boot, append):
    return qemu.Machine(arch=boot.arch, out=out_folder(boot.build) / boot.arch, smp=boot.smp, mem=boot.mem, cpu=boot.cpu,
                        icount=boot.timing, machine=boot.machine, loader=boot.loader, append=f"{append} {boot.append}".strip())


def log_path(boot, suffix=""):
    name = re.sub(r"[^a-zA-Z0-9]+", "-", f"{boot.arch}-{boot.name}{suffix}").strip("-").lower()
    return LOGS / f"{name}.log"


def give_up(boot, guest, results, why):
    """A guest that hung or died: the end of its log, and each CPU's registers and stack."""
    autopsy = guest.autopsy() if guest.process.poll() is None else "(QEMU has ended)"
    tail = guest.lines[-40:] + [guest._partial.decode(errors="replace")]
    results.add("failed", boot.label, why, [*tail, *autopsy.splitlines(), f"log: {guest.log_path}"])


def limits(boot):
    group = "plain" if boot.build == "plain" else "debug"
    return matrix.SILENCE[group], time.monotonic() + matrix.LIMIT[group]


class Listing:
    """What kunit.action=list names, asked once for each image."""

    def __init__(self):
        self._lock = threading.Lock()
        self._known = {}          # (build, arch, glob): a future of the names, None if the guest failed

    def names(self, boot, results):
        """The suite.case names that @boot has to run; None if no guest told them."""
        key = boot.build, boot.arch, boot.glob
        with self._lock:
            mine = key not in self._known
            future = self._known.setdefault(key, concurrent.futures.Future())
        if mine:
            try:
                future.set_result(list_cases(boot, results))
            except BaseException as error:
                future.set_exception(error)
                raise
        listed = future.result()
        return None if listed is None else [name for name in listed if is_timing(name) == boot.timing]


def is_timing(case):
    return case.split(".")[0].endswith("_timing")


def list_cases(boot, results):
    """Boots a guest for the names. None if it failed."""
    boot = matrix.Boot(f"list of {boot.glob}", boot.arch, build=boot.build, mem=boot.mem, glob=boot.glob)
    guest = qemu.Guest(machine_for(boot, f"kunit.action=list kunit.filter_glob={boot.glob} kunit_shutdown=poweroff"),
                       log_path(boot, boot.build))
    try:
        silence, deadline = limits(boot)
        for _ in guest.read_lines(silence, deadline):
            pass
    except TimeoutError as error:
        give_up(boot, guest, results, f"listing the cases: {error}")
        return None
    finally:
        guest.close()
    names = ktap.parse_list(guest.lines)
    if not names:
        results.add("failed", boot.label, "no case matches, or the guest died before it could list them", guest.lines[-40:])
        return None
    return names


_listing = Listing()


def run_suites(boot, results):
    listed = _listing.names(boot, results)
    if not listed:
        return

    def suite_done(name, cases):
        bad = sum(c.status == "failed" for c in cases)
        say(f"  {'FAILED ' if bad else 'ok     '} {boot.label}: {name} ({len(cases)} cases{f', {bad} failed' if bad else ''})")

    parser = ktap.Parser(suite_done)
    guest = qemu.Guest(machine_for(boot, f"kunit.filter_glob={boot.glob} kunit.filter=timing={str(boot.timing).lower()} "
                                         "kunit_shutdown=poweroff"), log_path(boot))
    hung = None
    try:
        silence, deadline = limits(boot)
        for line in guest.read_lines(silence, deadline):
            parser.feed(line)
        guest.wait(20)
    except TimeoutError as error:
        hung = str(error)
        give_up(boot, guest, results, f"in {parser.running()}: {error}")
    finally:
        guest.close()
    for case in parser.cases:
        results.add(case.status, f"{boot.label}: {case.full_name}", case.why, case.log)
    for error in parser.finish() if not hung else []:
        results.add("failed", f"{boot.label}: KTAP", error)
    if parser.strays:
        results.add("failed", f"{boot.label}: stray reports", f"{parser.strays} reports of detectors outside any case; log: {guest.log_path}")
    if not parser.done and not hung:
        results.add("failed", boot.label, f"the guest ended in {parser.running()} before its tests did",
                    guest.lines[-40:] + [f"log: {guest.log_path}"])
    missed = sorted(set(listed) - {c.full_name for c in parser.cases})
    if missed and parser.done:
        results.add("failed", boot.label, "listed but not run: " + ", ".join(missed[:10]))


def reach_prompt(boot, results, then):
    """Boots to the monitor prompt, says @then, and reads to the end. The guest, or None."""
    guest = qemu.Guest(machine_for(boot, ""), log_path(boot))
    try:
        silence, deadline = limits(boot)
        for _ in guest.read_lines(silence, deadline, PROMPT):
            pass
        if guest.process.poll() is not None and guest.wait(1) is not None:
            results.add("failed", boot.label, "the guest ended before its prompt", guest.lines[-40:])
            return None
        guest.send(then + "\r")
        for _ in guest.read_lines(silence, deadline):
            pass
        guest.wait(20)
        return guest
    except TimeoutError as error:
        give_up(boot, guest, results, str(error))
        return None
    except BrokenPipeError:
        results.add("failed", boot.label, "the guest ended before its prompt", guest.lines[-40:])
        return None
    finally:
        guest.close()


TROUBLE = re.compile(r"^\[ *\d+\.\d+\].*(BUG:|WARNING:|Oops|Kernel panic|Call trace|INFO: possible|inconsistent)")


def boot_to_prompt(boot, results):
    guest = reach_prompt(boot, results, "cpus\rpoweroff")
    if not guest:
        return
    bad = [line for line in guest.lines if TROUBLE.search(line)]
    online = [line for line in guest.lines if re.search(rf"\b{boot.smp} of {boot.smp} CPUs? online", line)]
    if bad:
        results.add("failed", boot.label, bad[0], guest.lines[-60:])
    elif not online:
        results.add("failed", boot.label, f"the monitor didn't tell of {boot.smp} CPUs online", guest.lines[-40:])
    else:
        results.add("passed", boot.label)
        say(f"  ok      {boot.label}: boots to the prompt")


def boot_and_die(boot, results):
    guest = reach_prompt(boot, results, "panic")
    if not guest:
        return
    text = "\n".join(guest.lines)
    if not re.search(boot.pattern, text):
        results.add("failed", boot.label, f"no line matches {boot.pattern!r}", guest.lines[-40:])
    elif not re.search(r"\b\w+\+0x[0-9a-f]+/0x[0-9a-f]+", text):
        results.add("failed", boot.label, "the trace has no symbols", guest.lines[-40:])
    else:
        results.add("passed", boot.label)
        say(f"  ok      {boot.label}: panics as it should")


def boot_and_catch(boot, results):
    guest = qemu.Guest(machine_for(boot, ""), log_path(boot))
    pattern = re.compile(boot.pattern)
    try:
        silence, deadline = limits(boot)
        for line in guest.read_lines(silence, deadline):
            if pattern.search(line):
                results.add("passed", boot.label)
                say(f"  ok      {boot.label}: caught")
                return
        results.add("failed", boot.label, f"not caught: no line matches {boot.pattern!r}", guest.lines[-40:] + [f"log: {guest.log_path}"])
    except TimeoutError as error:
        give_up(boot, guest, results, f"not caught, {error}: no line matches {boot.pattern!r}")
    finally:
        guest.close()


def make_target(boot, results):
    done = subprocess.run(["make", f"ARCH={boot.arch}", f"O={out_folder(boot.build)}", *build_options(boot.build), boot.pattern],
                          capture_output=True, text=True, check=False, env=make_environment())
    if done.returncode:
        results.add("failed", boot.label, f"make {boot.pattern} failed", (done.stdout + done.stderr).splitlines())
        return
    results.add("passed", boot.label)
    say(f"  ok      {boot.label}")


KINDS = {"make": make_target, "suites": run_suites, "prompt": boot_to_prompt, "dies": boot_and_die, "caught": boot_and_catch}


def run_boot(boot, results):
    try:
        KINDS[boot.kind](boot, results)
    except qemu.Trouble as trouble:
        results.add("failed", boot.label, str(trouble))


# --- All ------------------------------------------------------------------------------------


def chosen(args):
    if args.glob:
        arches = [args.arch] if args.arch else ["x86_64", "arm64"]
        build, smp = args.build or "plain", args.smp or 4
        return [matrix.Boot(f"{'timing' if timing else build}, {smp} CPUs", arch, build=build, smp=smp, glob=args.glob,
                            timing=timing, mem="512M" if args.build else "256M")
                for arch in arches for timing in (False, True) if not timing or build == "plain"]
    table = [b for b in matrix.boots() if args.tier == "full" or b.tier == "test"]
    if args.arch:
        table = [b for b in table if b.arch == args.arch]
    if args.build:
        table = [b for b in table if b.build == args.build]
    if args.smp:
        table = [b for b in table if b.smp == args.smp]
    if args.only:
        table = [b for b in table if args.only in b.label]
    return table


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--tier", choices=("test", "full"), default="test")
    ap.add_argument("--arch", choices=("x86_64", "arm64"))
    ap.add_argument("--glob")
    ap.add_argument("--smp", type=int)
    ap.add_argument("--build", choices=list(matrix.BUILDS))
    ap.add_argument("--only", help="boots whose name contains this")
    ap.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2), help="guests at a time; each has four CPUs of its own")
    args = ap.parse_args()

    # Ended from outside, the guests must end too.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(qemu.kill_all()))
    table = chosen(args)
    if not table:
        sys.exit("run.py: nothing matches")
    results = Results()
    began = time.monotonic()
    built = {}
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        waiting = []
        for build, arch in dict.fromkeys((b.build, b.arch) for b in table):
            built[build, arch] = build_image(build, arch, results)
            if built[build, arch]:
                waiting += [pool.submit(run_boot, b, results) for b in table if (b.build, b.arch) == (build, arch)]
        for future in waiting:
            future.result()

    for name, why, log in results.failures:
        print(f"\nFAILED  {name}: {why}")
        for line in log[-120:]:
            print(f"        {line}")
    print(f"\n{time.monotonic() - began:.0f} s; logs in {LOGS}/")
    print(results.summary())
    return 1 if results.failed else 0


if __name__ == "__main__":
    sys.exit(main())

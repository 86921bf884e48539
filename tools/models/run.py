#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Checks the models with spin, that models and C name the same steps, and the table of litmus tests: `make models`.

usage: run.py [--full] [--only TEXT]

Each line of RUNS is one exhaustive search. A mutant has to fail, and by the kind of error that its
line names; a model that is right must be searched to the end without one. Ends with
`N passed, N failed`.
"""
import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parent.parent
SOURCES = ("kernel/rcu", "mm", "include/linux")

ASSERT, STUCK, FOREVER = "assertion violated", "invalid end state", "non-progress cycle"


@dataclasses.dataclass(frozen=True)
class Run:
    model: str
    defines: str = ""
    fails: str = ""             # how a mutant fails; "": has to be right
    live: bool = False          # search for cycles without progress, under weak fairness
    full: bool = False          # takes minutes
    quick: bool = False         # takes a second or two: a part of `make test`
    depth: int = 5000000

    @property
    def label(self):
        kind = "progress" if self.live else "safety"
        return f"{self.model} {self.defines or '(as it is)'}: {kind}"


RUNS = [
    Run("gp", "ONLY_NORMAL HOTPLUG"),
    Run("gp", "ONLY_EXP ALONE HOTPLUG"),
    Run("gp", "ONLY_EXP"),
    Run("gp", "HOTPLUG", full=True),
    Run("gp", "LIVE_NORM ONLY_NORMAL HOTPLUG", live=True),
    Run("gp", "LIVE_EXP ALONE HOTPLUG", live=True),
    Run("gp", "LIVE_NORM", live=True, full=True),
    Run("gp", "LIVE_EXP", live=True, full=True),
    Run("gp", "LIVE_NORM HOTPLUG", live=True, full=True),
    Run("gp", "LIVE_EXP HOTPLUG", live=True, full=True),
    Run("gp", "HOTPLUG M_SKIP_WAIT", ASSERT),
    Run("gp", "HOTPLUG M_LAST_CPU", ASSERT),
    Run("gp", "HOTPLUG M_BLOCKED", ASSERT, quick=True),
    Run("gp", "HOTPLUG M_EARLY", ASSERT),
    Run("gp", "HOTPLUG M_IDLE", ASSERT),
    Run("gp", "HOTPLUG M_EXP_READER", ASSERT),
    Run("gp", "HOTPLUG M_EXP_BLOCKED", ASSERT, quick=True),
    Run("gp", "LIVE_NORM ONLY_NORMAL M_UNLOCK", FOREVER, live=True),
    Run("gp", "LIVE_NORM ONLY_NORMAL M_NOTE", FOREVER, live=True),
    Run("gp", "LIVE_NORM ONLY_NORMAL HOTPLUG M_OFFLINE", FOREVER, live=True),
    Run("gp", "LIVE_EXP ALONE M_EXP_UNLOCK", FOREVER, live=True),
    Run("srcu"),
    Run("srcu", "READERS=4", full=True),
    Run("srcu", "LIVE", live=True),
    Run("srcu", "LIVE READERS=4", live=True, full=True),
    Run("srcu", "M_NO_FLIP", ASSERT, quick=True),
    Run("srcu", "M_FIRST_SCAN", ASSERT),
    Run("srcu", "M_SECOND_SCAN", ASSERT),
    Run("srcu", "M_LOCKS_FIRST", ASSERT),
    Run("srcu", "M_INDEX", ASSERT),
    Run("srcu", "LIVE M_STARVE", FOREVER, live=True),
    Run("kvfree"),
    Run("kvfree", "M_NO_WAIT", ASSERT, quick=True),
    Run("kvfree", "M_EARLY_SNAP", ASSERT),
    Run("kvfree", "M_LINKED", ASSERT),
    Run("kvfree", "M_LOST", STUCK),
    Run("kvfree", "M_TWICE", ASSERT),
    Run("kvfree", "M_BARRIER", ASSERT),
]


def search(run, parent):
    """Builds the verifier in a folder of its own and runs it. (output, seconds of the run)"""
    folder = tempfile.mkdtemp(dir=parent)

    def call(*command):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode and command[0] != "./pan":
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout
    call("spin", *(f"-D{d}" for d in run.defines.split()), "-a", str(HERE / f"{run.model}.pml"))
    # NFAIR: room for the fairness counters of so many processes.
    call("gcc", "-O2", "-w", "-DNP" if run.live else "-DSAFETY", "-DNFAIR=5", "-o", "pan", "pan.c")
    began = time.monotonic()
    output = call("./pan", f"-m{run.depth}", *(("-l", "-f") if run.live else ()))
    return output, time.monotonic() - began


def verdict(run, output):
    """What is wrong with the result; "" if nothing."""
    if "max search depth too small" in output and not run.fails:
        return "not exhaustive: the search was cut off at its depth"
    if "out of memory" in output:
        return "not exhaustive: out of memory"
    found = re.search(r"pan:1: (.*)", output)
    if run.fails:
        return "" if found and run.fails in found[1] else f"should fail by {run.fails!r}, got {found[1] if found else 'nothing'}"
    if found:
        return found[1]
    return "" if "errors: 0" in output else output[-600:]


def labels(files, pattern):
    found = {}
    for path in files:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for name in re.findall(pattern, line):
                found.setdefault(name, f"{path.relative_to(TREE)}:{number}")
    return found


def unmatched_labels():
    """Steps that only a model, or only the C, knows by name. It claims no more than that both name them."""
    pattern = r"model: ([a-z0-9]+_[a-z0-9_]+)"
    models = labels(sorted(HERE.glob("*.pml")), pattern)
    code = labels([p for s in SOURCES for p in sorted((TREE / s).rglob("*.[ch]"))], pattern)
    return ([f"{where}: step {name} is not in the C" for name, where in models.items() if name not in code] +
            [f"{where}: step {name} is in no model" for name, where in code.items() if name not in models])


def litmus_table():
    """Where the litmus tests and the table of their README disagree."""
    folder = TREE / "tools/memory-model"
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (\w+) \|", (folder / "README.md").read_text(), re.MULTILINE))
    files = {p.stem: re.search(r"^ \* Expected: (\w+)", p.read_text(), re.MULTILINE)[1] for p in folder.glob("litmus-tests/*.litmus")}
    return [f"litmus test {name}: file says {files.get(name)}, table says {rows.get(name)}"
            for name in sorted(rows.keys() | files.keys()) if rows.get(name) != files.get(name)]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--full", action="store_true", help="the searches that take minutes, too")
    ap.add_argument("--quick", action="store_true", help="only those that take seconds")
    ap.add_argument("--only", default="", help="runs whose label has this text")
    args = ap.parse_args()
    passed = failed = 0
    runs = [run for run in RUNS if (args.full or not run.full) and (run.quick or not args.quick) and args.only in run.label]
    with tempfile.TemporaryDirectory(prefix="models-") as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for run, (output, seconds) in zip(runs, pool.map(lambda run: search(run, folder), runs)):
            wrong = verdict(run, output)
            states = re.search(r"(\d+) states, stored", output)
            print(f"  {'FAILED' if wrong else 'ok    '}  {run.label}: {wrong or run.fails or 'right'} "
                  f"({states[1] if states else '?'} states, {seconds:.0f} s)", flush=True)
            passed, failed = passed + (not wrong), failed + bool(wrong)
    if not args.only:
        for wrong in (unmatched_labels(), litmus_table()):
            for text in wrong:
                print(f"  FAILED  {text}")
            passed, failed = passed + (not wrong), failed + bool(wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

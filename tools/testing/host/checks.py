# SPDX-License-Identifier: MIT
"""Checks that run on the host: declaring one, and the help that they get."""
import collections
import contextlib
import dataclasses
import os
import pathlib
import shutil
import subprocess
import threading

CHECKS = []
_locks = collections.defaultdict(threading.Lock)
# What a make above this one would pass down, and what a user's shell might.
INHERITED = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "CROSS_COMPILE", "ARCH", "O", "T", "SMP", "ONLY", "BUILD", "V", "C", "W", "LLVM")


@dataclasses.dataclass(frozen=True)
class Check:
    name: str
    function: object
    arch: str = ""              # the image it needs, or "" for none
    build: str = "plain"
    needs: str = ""             # a program; without it the check is skipped
    tier: str = "test"
    sleeps: bool = False        # nothing is done while we wait: others may run beside it

    @property
    def label(self):
        return f"{self.arch or 'host'} {self.name}"

    @property
    def missing(self):
        return bool(self.needs) and not shutil.which(self.needs)


def lock_of(out, arch):
    """Held by who runs make on an image that others use too."""
    return _locks[str(out), arch]


def check(name, arches=("",), **more):
    """Declares a check; one for each of @arches."""
    def declare(function):
        for arch in arches:
            CHECKS.append(Check(name, function, arch=arch, **more))
        return function
    return declare


BOTH = ("x86_64", "arm64")


@dataclasses.dataclass
class Context:
    """What a check may use."""
    arch: str
    out: pathlib.Path           # the folder that is O= of the build that the check named
    folder: pathlib.Path        # its own, empty at first

    def environment(self, **more):
        return {k: v for k, v in os.environ.items() if k not in INHERITED} | more

    def run(self, *command, path=None, timeout=900, **more):
        """Runs @command; the result with both outputs in stdout. @path goes before PATH."""
        environment = self.environment()
        if path:
            environment["PATH"] = f"{path}:{environment['PATH']}"
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False, env=environment, timeout=timeout, **more)

    def make(self, *words, **more):
        arch = [f"ARCH={self.arch}"] if self.arch else []
        with contextlib.nullcontext() if self.out == self.folder else lock_of(self.out, self.arch):
            return self.run("make", f"O={self.out}", *arch, *words, **more)

    def must_make(self, *words, **more):
        done = self.make(*words, **more)
        assert done.returncode == 0, f"make {' '.join(words)}: status {done.returncode}\n{done.stdout[-3000:]}"
        return done.stdout

    def stand_in(self, name, script):
        """A program @name in this check's folder `bin`, which goes on PATH."""
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path.parent

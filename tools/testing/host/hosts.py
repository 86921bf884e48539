# SPDX-License-Identifier: MIT
"""Other hosts than this one, by programs that stand in for the real ones."""
import shutil
import time

from checks import check


def stand_in_for_host(ctx, machine):
    """A bare Debian of @machine, whose user isn't root but has sudo."""
    folder = ctx.stand_in("uname", f'[ "$1" = -m ] && echo {machine} || exec /usr/bin/uname "$@"')
    ctx.stand_in("dpkg-query", "exit 1")
    ctx.stand_in("id", "echo 1000")
    return folder


def packages_on(ctx, machine):
    folder = stand_in_for_host(ctx, machine)
    ctx.stand_in("sudo", f'echo "$@" >> {ctx.folder}/sudo.log')
    done = ctx.run("tools/build/packages.sh", path=folder)
    assert done.returncode == 0, done.stdout
    assert "sudo may ask for your password" in done.stdout and "Missing Debian packages:" in done.stdout, done.stdout
    return set((ctx.folder / "sudo.log").read_text().split())


@check("an x86_64 Debian gets arm64's compiler")
def packages_of_x86_64(ctx):
    asked = packages_on(ctx, "x86_64")
    assert {"nasm", "qemu-system-x86", "qemu-system-arm", "gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross", "grub-pc-bin"} <= asked, asked
    assert not any("x86-64-linux-gnu" in p or "amd64-cross" in p for p in asked), asked


@check("an arm64 Debian gets x86_64's compiler and no x86 GRUB")
def packages_of_arm64(ctx):
    asked = packages_on(ctx, "aarch64")
    assert {"nasm", "qemu-system-x86", "qemu-system-arm", "gcc-x86-64-linux-gnu", "libc6-dev-amd64-cross"} <= asked, asked
    assert not asked & {"gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross", "grub-pc-bin", "grub-efi-amd64-bin"}, asked


@check("without sudo the missing packages are named")
def no_sudo(ctx):
    folder = stand_in_for_host(ctx, "x86_64")
    for tool in ("sh", "sed", "awk", "grep", "dirname"):
        if not (folder / tool).exists():
            (folder / tool).symlink_to(shutil.which(tool))
    done = ctx.run("env", f"PATH={folder}", "tools/build/packages.sh")
    assert done.returncode == 1 and "as root:  apt-get install" in done.stdout and " nasm" in done.stdout, done.stdout


@check("a host without x86 GRUB gets a message from make iso")
def no_x86_grub(ctx):
    done = ctx.run("env", f"GRUB_MODULES={ctx.folder}", "iso/make-iso.sh", "README.md", str(ctx.folder / "a.iso"))
    assert done.returncode == 1 and "x86 hosts only" in done.stdout, done.stdout


@check("an offline host is told what make run wants and how to do without")
def offline_rootfs(ctx):
    folder = ctx.stand_in("apt-get", "echo 'E: no network here'; exit 100")
    done = ctx.run("env", f"LECTERN_CACHE={ctx.folder}/cache", "/usr/bin/python3", "tools/rootfs/rootfs.py", "--arch", "arm64", "--kind", "busybox",
                   str(ctx.folder / "a.cpio"), path=folder)
    assert done.returncode == 1 and "no network here" in done.stdout and "ROOTFS=none" in done.stdout, done.stdout
    assert not (ctx.folder / "a.cpio").exists(), "an archive of nothing"


def make_variables(ctx, machine, *words):
    folder = stand_in_for_host(ctx, machine)
    text = ctx.run("make", "-pn", "help", *words, path=folder).stdout
    found = {}
    for line in text.splitlines():
        name, equals, value = line.partition(" := ")
        if equals and name in ("CC", "LD", "host-arch", "CROSS_COMPILE"):
            found[name] = value
        elif line.startswith(("ARCH = ", "ARCH := ")):
            found["ARCH"] = line.split()[-1]
    # A default is shown as it is written, unexpanded.
    found["ARCH"] = found["ARCH"].replace("$(host-arch)", found["host-arch"])
    return found


@check("CROSS_COMPILE and ARCH follow the host")
def cross_compile_by_host(ctx):
    for machine, arch, compiler in (("x86_64", "", "gcc"), ("x86_64", "arm64", "aarch64-linux-gnu-gcc"), ("x86_64", "x86_64", "gcc"),
                                    ("aarch64", "", "gcc"), ("aarch64", "x86_64", "x86_64-linux-gnu-gcc"), ("aarch64", "arm64", "gcc")):
        found = make_variables(ctx, machine, *([f"ARCH={arch}"] if arch else []))
        assert found["CC"] == compiler, f"on {machine}, ARCH={arch}: CC is {found['CC']}"
        assert found["ARCH"] == (arch or machine.replace("aarch64", "arm64")), found
    found = make_variables(ctx, "x86_64", "ARCH=arm64", "CROSS_COMPILE=mine-")
    assert found["CC"] == "mine-gcc", found


def quick_run(ctx, folder, *more):
    """make run's last step, with the programs of @folder."""
    began = time.monotonic()
    done = ctx.run("/usr/bin/python3", "tools/testing/kunit/boot.py", "--arch", "x86_64", "--out", str(ctx.out), *more, path=folder, timeout=120)
    return done, time.monotonic() - began


@check("an old QEMU gives a message")
def old_qemu(ctx):
    folder = ctx.stand_in("qemu-system-x86_64", '[ "$1" = --version ] && echo "QEMU emulator version 5.2.0 (Debian)" || sleep 1000')
    done, _ = quick_run(ctx, folder)
    assert done.returncode == 1 and "version 5.2" in done.stdout and "or newer is needed" in done.stdout, done.stdout


@check("a QEMU that says nothing gives a message", sleeps=True)
def silent_qemu(ctx):
    folder = ctx.stand_in("qemu-system-x86_64", "exec sleep 1000")
    done, _ = quick_run(ctx, folder)
    assert done.returncode == 1 and "doesn't answer" in done.stdout, done.stdout


@check("a missing QEMU gives a message")
def no_qemu(ctx):
    folder = ctx.stand_in("nothing", "exit 0")
    done = ctx.run("env", f"PATH={folder}", "/usr/bin/python3", "tools/testing/kunit/boot.py", "--arch", "arm64", "--out", str(ctx.out))
    assert done.returncode == 1 and "qemu-system-aarch64 is not installed" in done.stdout, done.stdout


@check("make test with an old QEMU ends at once")
def old_qemu_in_test(ctx):
    folder = ctx.stand_in("qemu-system-aarch64", 'echo "QEMU emulator version 4.0.0"')
    done = ctx.run("/usr/bin/python3", "tools/testing/kunit/run.py", "--arch", "arm64", "--glob", "boot", path=folder, timeout=120)
    assert done.returncode == 1 and "or newer is needed" in done.stdout and "BUILD" not in done.stdout, done.stdout

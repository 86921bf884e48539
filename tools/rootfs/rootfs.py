#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes the initramfs that `make run` boots: `make rootfs`.

usage: rootfs.py --arch ARCH --kind busybox|debian|debugger [--update] OUT.cpio

busybox: Debian's static busybox and the few files of busybox/. debian and debugger: a tree of Debian's packages (debian.txt,
debugger.txt), unpacked without running anything of them, so that either machine's can be made anywhere; what their
installation scripts would have done is done here, in finish_debian(), and by the files of debian/. Beside OUT.cpio lies
OUT.list, the packages and their versions.
"""
import argparse
import importlib.util
import marshal
import pathlib
import re
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import packages
from tree import Tree

HERE = pathlib.Path(__file__).resolve().parent
# Nobody reads it there, and all of it would lie in the guest's memory twice.
LEFT_OUT = re.compile(r"usr/share/(doc|man|info|locale|lintian|bug|i18n/charmaps|zoneinfo|zsh|bash-completion|apport|X11)/."
                      r"|usr/lib/[^/]*/gconv/(?!UTF-32).*\.so$|usr/lib/python3\.\d+/(lib2to3|idlelib|ensurepip|pydoc_data|turtledemo)/."
                      r"|usr/share/stress-ng/.|usr/share/file/|usr/include/.|var/lib/dpkg/.|var/cache/.")
# A dependency of usrmerge, whose work is done already; nothing else there needs it.
PERL = re.compile(r"usr/(share|lib/[^/]*)/perl|usr/lib/[^/]*/libperl|usr/bin/perl")
# What update-alternatives would have chosen.
ALTERNATIVES = {"awk": "gawk", "nawk": "gawk", "vi": "vim.tiny", "ex": "vim.tiny", "view": "vim.tiny", "editor": "vim.tiny",
                "pager": "less", "which": "which.debianutils", "w": "w.procps", "sh": "dash"}


def names_of(kind):
    if kind == "busybox":
        return ["busybox-static"]
    lines = (HERE / f"{kind}.txt").read_text(encoding="ascii").splitlines()
    return [word for word in (line.partition("#")[0].strip() for line in lines) if word]


# --- busybox ---------------------------------------------------------------------------------------


def busybox_tree(debs):
    tree = Tree(merged=False)
    for deb in debs:
        tree.add_package(deb)
    tree.remove(lambda path: path in ("bin", "bin/busybox"))
    for name in ("dev", "etc", "proc", "sys", "root", "var"):
        tree.mkdir(name)
    tree.mkdir("tmp", 0o1777)
    tree.add_folder(HERE / "busybox")
    # One folder of programs; others look for them in four.
    for name in ("sbin", "usr/bin", "usr/sbin"):
        tree.symlink(name, "/bin")
    return tree


# --- Debian ----------------------------------------------------------------------------------------


def debian_tree(debs):
    tree = Tree()
    for deb in debs:
        tree.add_package(deb)
    tree.remove(lambda path: not LEFT_OUT.match(path))
    finish_debian(tree)
    compile_python(tree)
    return tree


def debugger_tree(debs):
    tree = debian_tree(debs)
    tree.remove(lambda path: not PERL.match(path))
    return tree


def finish_debian(tree):
    """What the packages' scripts would have made of the tree."""
    for name in ("dev", "proc", "sys", "root", "run", "mnt", "usr/local/bin", "usr/local/sbin", "var/tmp"):
        tree.mkdir(name)
    for name in ("tmp", "var/tmp"):
        tree.mkdir(name, 0o1777)
    for name, source in (("passwd", "base-passwd/passwd.master"), ("group", "base-passwd/group.master"),
                         ("nsswitch.conf", "libc-bin/nsswitch.conf"), ("profile", "base-files/profile")):
        tree.write(f"etc/{name}", tree.read(f"usr/share/{source}"))
    tree.write("root/.profile", tree.read("usr/share/base-files/dot.profile"))
    tree.write("root/.bashrc", tree.read("etc/skel/.bashrc"))
    tree.write("etc/passwd", tree.read("etc/passwd").replace(b"root:*:", b"root:x:") + b"user:x:1000:1000::/home/user:/bin/bash\n")
    tree.write("etc/group", tree.read("etc/group") + b"user:x:1000:\n")
    tree.write("etc/shadow", "root::19000:0:99999:7:::\nuser::19000:0:99999:7:::\n", 0o640)
    tree.mkdir("home/user")
    tree.nodes["home/user"].uid = tree.nodes["home/user"].gid = 1000
    for name, target in ALTERNATIVES.items():
        if f"usr/bin/{target}" in tree.nodes and f"usr/bin/{name}" not in tree.nodes:
            tree.symlink(f"usr/bin/{name}", target)
    tree.symlink("etc/mtab", "/proc/self/mounts")
    tree.add_folder(HERE / "debian")


def compile_python(tree):
    """
    Python's modules compiled, as their installation would: else every program in the guest begins with that.
    The compiled form belongs to one version of Python, whatever the machine: done if the host's is the tree's.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    tag = sys.implementation.cache_tag
    for path in [p for p in tree.nodes if p.startswith(f"usr/lib/{version}/") and p.endswith(".py")]:
        source = tree.read(path)
        try:
            code = compile(source, "/" + path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            continue
        folder, _, name = path.rpartition("/")
        # Not held against the source when it is loaded (PEP 552, "unchecked").
        head = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + importlib.util.source_hash(source)
        tree.write(f"{folder}/__pycache__/{name[:-3]}.{tag}.pyc", head + marshal.dumps(code))


TREES = {"busybox": busybox_tree, "debian": debian_tree, "debugger": debugger_tree}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arch", required=True, choices=sorted(packages.DEBIAN_ARCH))
    ap.add_argument("--kind", required=True, choices=sorted(TREES))
    ap.add_argument("--update", action="store_true", help="what the mirrors have now, not what was downloaded before")
    ap.add_argument("out", type=pathlib.Path)
    args = ap.parse_args()
    try:
        debs = packages.fetch(args.arch, names_of(args.kind), args.update)
    except packages.Offline as why:
        sys.exit(f"make rootfs: Debian's packages for {args.arch} can't be had:\n\n{why}\n\nThey are downloaded once, with apt, "
                 "from the mirrors that /etc/apt names. `make run ROOTFS=none` boots to the kernel's own monitor without them.")
    tree = TREES[args.kind](debs)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with open(args.out.with_suffix(".new"), "wb") as out:
        tree.cpio(out)
    args.out.with_suffix(".list").write_text("".join(urllib.parse.unquote(deb.name) + "\n" for deb in debs), encoding="ascii")
    args.out.with_suffix(".new").rename(args.out)
    print(f"  ROOTFS  {args.out}: {len(tree.nodes)} files of {len(debs)} packages, {args.out.stat().st_size / 1e6:.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()

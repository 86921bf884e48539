# SPDX-License-Identifier: MIT
"""Debian packages of either machine, by a private apt that knows nothing of this host's packages.

apt takes its whole state from options: we give it an empty list of installed packages, the machine's
architecture, lists and archives of its own in a cache folder, and the host's own sources of Debian with the
release written in. So an amd64 host gets arm64 packages without `dpkg --add-architecture`, nobody needs to be
root, and what is installed here makes no difference. Signatures are checked by apt as ever.

The cache outlives `make distclean` and is shared by all clones: LECTERN_CACHE=, or lectern/ in $XDG_CACHE_HOME
or ~/.cache.
"""
import contextlib
import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time

RELEASE = "bookworm"
DEBIAN_ARCH = {"x86_64": "amd64", "arm64": "arm64"}
FRESH = 24 * 3600           # seconds after which the lists are asked for again if a package is missing


class Offline(Exception):
    """Packages can't be had; the text says why and what to do."""


def cache_folder():
    named = os.environ.get("LECTERN_CACHE")
    if named:
        return pathlib.Path(named)
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "lectern"


# --- Where this host gets Debian from ------------------------------------------------------------


def one_line_sources(text):
    """Of sources.list: (uri, suite, components, options)."""
    for line in text.splitlines():
        m = re.match(r"\s*deb\s+(?:\[([^]]*)\]\s*)?(\S+)\s+(\S+)\s+([^#]+)", line)
        if m:
            yield m[2], m[3], m[4].split(), m[1] or ""


def deb822_sources(text):
    """Of NAME.sources."""
    for stanza in re.split(r"\n\s*\n", text):
        fields = dict(re.findall(r"^([A-Za-z-]+):[ \t]*(.*)$", stanza, re.M))
        if "deb" not in fields.get("Types", "").split() or fields.get("Enabled", "yes") == "no":
            continue
        key = fields.get("Signed-By", "")
        for uri in fields.get("URIs", "").split():
            for suite in fields.get("Suites", "").split():
                yield uri, suite, fields.get("Components", "").split(), f"signed-by={key}" if key else ""


def host_codename():
    with contextlib.suppress(OSError):
        m = re.search(r"^VERSION_CODENAME=(\w+)", pathlib.Path("/etc/os-release").read_text(encoding="ascii"), re.M)
        if m:
            return m[1]
    return RELEASE


def debian_sources(etc=pathlib.Path("/etc/apt")):
    """Lines for a sources.list: the host's Debian mirrors, with our release in place of the host's."""
    found = []
    for path in [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]:
        if not path.is_file():
            continue
        if path.suffix == ".list":
            found += one_line_sources(path.read_text())
        elif path.suffix == ".sources":
            found += deb822_sources(path.read_text())
    codename = host_codename()
    lines = []
    for uri, suite, components, options in found:
        m = re.fullmatch(rf"({codename}|stable)(-updates|-security)?", suite)
        if m and "main" in components:
            key = re.search(r"signed-by=(\S+)", options)
            lines.append(f"deb {f'[signed-by={key[1]}] ' if key else ''}{uri} {RELEASE}{m[2] or ''} main")
    if not lines:
        raise Offline(f"no source of Debian packages is named in {etc}/sources.list or {etc}/sources.list.d/: "
                      "is this a Debian host? Name a mirror there")
    return list(dict.fromkeys(lines))


# --- apt -------------------------------------------------------------------------------------------


class Apt:
    """A private apt for one machine. Use under lock()."""

    def __init__(self, arch):
        self.root = cache_folder() / "apt" / arch
        self.lists, self.archives = self.root / "lists", self.root / "archives"
        for folder in (self.lists / "partial", self.archives / "partial", self.root / "preferences.d"):
            folder.mkdir(parents=True, exist_ok=True)
        (self.root / "status").touch()
        sources = "\n".join(debian_sources()) + "\n"
        path = self.root / "sources.list"
        if not path.exists() or path.read_text() != sources:
            path.write_text(sources)
        name = DEBIAN_ARCH[arch]
        self.options = {
            "Dir::State": self.root, "Dir::State::lists": self.lists, "Dir::State::status": self.root / "status",
            "Dir::State::extended_states": self.root / "extended_states",
            "Dir::Cache": self.root, "Dir::Cache::archives": self.archives, "Dir::Etc::sourcelist": path,
            "Dir::Etc::sourceparts": "/dev/null", "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": self.root / "preferences.d",
            "APT::Architecture": name, "APT::Architectures::": name, "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "", "Acquire::Languages": "none", "Acquire::Retries": "3",
            "Debug::NoLocking": "true", "Dpkg::Use-Pty": "false",
        }

    @contextlib.contextmanager
    def lock(self):
        """One apt for each machine's folder at a time, whoever runs it."""
        with open(self.root / "lock", "w", encoding="ascii") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            yield

    def run(self, *words, show=False, tool="apt-get", cwd=None):
        """Runs apt; with @show people see what it says. Its status and its words."""
        command = [tool, *(["-q", "-y"] if tool == "apt-get" else [])] + [f"-o{k}={v}" for k, v in self.options.items()] + list(words)
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr if show else subprocess.PIPE,
                              stderr=None if show else subprocess.STDOUT, text=True, check=False, cwd=cwd,
                              env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"})
        return done.returncode, done.stdout or ""

    def listed(self):
        return any(self.lists.glob("*_Packages*"))

    def update(self):
        print("  APT     asking the mirrors for their lists", file=sys.stderr, flush=True)
        status, text = self.run("update")
        # apt calls it a success if only some lists failed.
        if status or not self.listed():
            raise Offline(text.strip()[-1500:])
        (self.root / "updated").touch()

    def outdated(self):
        stamp = self.root / "updated"
        return not stamp.exists() or time.time() - stamp.stat().st_mtime > FRESH

    def plan(self, names):
        """What these packages and all that they need are called as files: [(file name, size)]."""
        # apt leaves out what lies in the archives: here it is told of an empty folder.
        empty = self.root / "empty"
        (empty / "partial").mkdir(parents=True, exist_ok=True)
        status, text = self.run(f"-oDir::Cache::archives={empty}", "--print-uris", "install", *names)
        if status:
            raise Offline(text.strip()[-1500:])
        return [(m[1], int(m[2])) for m in re.finditer(r"^'\S+' (\S+\.deb) (\d+) ", text, re.M)]

    def kernels(self):
        """Of the kernels that the mirrors have."""
        status, text = self.run("pkgnames", "linux-image-", tool="apt-cache")
        if status:
            raise Offline(text.strip()[-1500:])
        return text.split()

    def download(self, names):
        status, _ = self.run("--download-only", "install", *names, show=True)
        if status:
            raise Offline("some packages could not be downloaded")


def check_tools():
    for tool in ("apt-get", "dpkg-deb"):
        if not shutil.which(tool):
            raise Offline(f"{tool} is not installed: the file trees are made of Debian's packages")


def fetch(arch, names, update=False):
    """The files of packages @names and of all that they depend on, downloaded if they aren't yet: sorted paths.

    Once they are there neither apt nor the network is asked again, so the same tree comes out; @update asks for
    what the mirrors have now.
    """
    check_tools()
    apt = Apt(arch)
    with apt.lock():
        known = apt.root / f"plan-{hashlib.sha1(' '.join(names).encode()).hexdigest()[:12]}"
        if known.exists() and not update:
            files = known.read_text(encoding="ascii").split()
            if all((apt.archives / name).exists() for name in files):
                return [apt.archives / name for name in files]
        if update or not apt.listed():
            apt.update()
        try:
            files = download_missing(apt, names)
        except Offline:
            # An old list names packages that the mirrors have replaced since.
            if not apt.outdated():
                raise
            apt.update()
            files = download_missing(apt, names)
        known.write_text("\n".join(sorted(files)) + "\n", encoding="ascii")
    return [apt.archives / name for name in sorted(files)]


def download_missing(apt, names):
    """Asks apt what is needed and downloads what the archives lack. The names of all the files."""
    plan = apt.plan(names)
    missing = [(name, size) for name, size in plan if not (apt.archives / name).exists()]
    if missing:
        print(f"  APT     {len(missing)} packages, {sum(size for _, size in missing) / 1e6:.0f} MB", file=sys.stderr, flush=True)
        apt.download(names)
    lost = [name for name, _ in plan if not (apt.archives / name).exists()]
    if lost:
        raise Offline("not downloaded: " + " ".join(lost[:5]))
    return [name for name, _ in plan]


def fetch_kernel(arch, pattern):
    """The file of the newest kernel whose package's name matches the regular expression @pattern, alone, without what it depends on."""
    check_tools()
    apt = Apt(arch)
    with apt.lock():
        have = sorted((p for p in apt.archives.glob("*.deb") if re.match(pattern + "_", p.name)), key=version_of)
        if have:
            return have[-1]
        if not apt.listed():
            apt.update()
        names = [name for name in apt.kernels() if re.fullmatch(pattern, name)]
        if not names:
            raise Offline(f"the mirrors have no package {pattern}")
        newest = max(names, key=lambda name: [int(n) for n in re.findall(r"\d+", name)])
        print(f"  APT     {newest}", file=sys.stderr, flush=True)
        status, text = apt.run("download", newest, cwd=apt.archives)
        found = sorted((p for p in apt.archives.glob("*.deb") if p.name.startswith(newest + "_")), key=version_of)
        if status or not found:
            raise Offline(text.strip()[-1500:])
        return found[-1]


def kernel_image(arch):
    """Debian's 6.12 kernel for virtual machines, which ours is compared with: its image, unpacked beside what was downloaded."""
    deb = fetch_kernel(arch, rf"linux-image-6\.12\.\d+\+deb\d+-cloud-{DEBIAN_ARCH[arch]}")
    image = deb.with_suffix(".vmlinuz")
    if not image.exists():
        # Another boot may be about to read it, or to write it too.
        content = file_of(deb, r"\./boot/vmlinuz-.*")
        with tempfile.NamedTemporaryFile(dir=image.parent, delete=False) as whole:
            whole.write(content)
        os.replace(whole.name, image)
    return image


def version_of(deb):
    return [int(n) for n in re.findall(r"\d+", deb.name)]


def file_of(deb, pattern):
    """The contents of the first file in a package whose name matches."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as unpacker:
        with tarfile.open(fileobj=unpacker.stdout, mode="r|") as tar:
            for member in tar:
                if member.isfile() and re.fullmatch(pattern, member.name):
                    data = tar.extractfile(member).read()
                    unpacker.kill()
                    return data
    raise Offline(f"{deb.name} has no file {pattern}")

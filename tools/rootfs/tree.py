# SPDX-License-Identifier: MIT
"""A file tree in memory, and the initramfs made of it.

Packages are read as the tar streams that they are, so owners, set-uid bits, device numbers and hard links come
through without root and without a file of the wrong mode ever lying on the host. A later file of the same name
replaces an earlier one. The archive is a function of what was added: sorted by name, inode numbers counted up, times out
of the packages or zero.
"""
import dataclasses
import pathlib
import stat
import subprocess
import tarfile

# Debian's merged /usr: these are links into it, and what packages put in them goes there.
MERGED = ("bin", "sbin", "lib", "lib64", "libx32", "lib32")


@dataclasses.dataclass
class Node:
    mode: int
    data: bytes = b""           # of a file; a symbolic link's target
    uid: int = 0
    gid: int = 0
    mtime: int = 0
    rdev: tuple = (0, 0)
    same_as: str = ""           # a further name of that file


class Tree:
    def __init__(self, merged=True):
        self.nodes = {}
        self._merged = MERGED if merged else ()
        self.mkdir("")
        for name in self._merged[:3] + self._merged[3:4]:
            self.mkdir(f"usr/{name}")
            self.symlink(name, f"usr/{name}")

    # --- One name at a time -----------------------------------------------------------------

    def normal(self, path):
        path = path.strip("/").removeprefix("./").strip("/")
        path = "" if path == "." else path
        first = path.split("/", 1)
        return f"usr/{path}" if len(first) == 2 and first[0] in self._merged else path

    def add(self, path, node):
        path = self.normal(path)
        old = self.nodes.get(path)
        if path in self._merged or (old and stat.S_ISDIR(node.mode) and not stat.S_ISDIR(old.mode)):
            return              # a directory that is a link here already
        parent = path.rpartition("/")[0]
        if path and parent not in self.nodes:
            self.mkdir(parent)
        self.nodes[path] = node

    def mkdir(self, path, mode=0o755):
        self.add(path, Node(stat.S_IFDIR | mode))

    def symlink(self, path, target):
        node = Node(stat.S_IFLNK | 0o777, target.encode())
        if path in self._merged:
            self.nodes[path] = node
        else:
            self.add(path, node)

    def write(self, path, data, mode=0o644):
        self.add(path, Node(stat.S_IFREG | mode, data.encode() if isinstance(data, str) else data))

    def read(self, path):
        node = self.nodes[self.normal(path)]
        return (self.nodes[node.same_as] if node.same_as else node).data

    def remove(self, keep):
        """Drops every name for which keep(name) is false. Other names of a dropped file stay files."""
        for path in [p for p in self.nodes if p and not keep(p)]:
            node = self.nodes.pop(path)
            heirs = [n for n in self.nodes.values() if n.same_as == path]
            if heirs and not node.same_as:
                heir = next(p for p, n in self.nodes.items() if n is heirs[0])
                self.nodes[heir] = node
                for other in heirs[1:]:
                    other.same_as = heir

    # --- Many at once -----------------------------------------------------------------------

    def add_package(self, deb):
        """Unpacks the files of a Debian package."""
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE) as unpacker:
            with tarfile.open(fileobj=unpacker.stdout, mode="r|") as tar:
                for member in tar:
                    self._add_member(tar, member)
        if unpacker.returncode:
            raise OSError(f"dpkg-deb can't read {deb}")

    def _add_member(self, tar, member):
        kinds = {tarfile.DIRTYPE: stat.S_IFDIR, tarfile.SYMTYPE: stat.S_IFLNK, tarfile.CHRTYPE: stat.S_IFCHR,
                 tarfile.BLKTYPE: stat.S_IFBLK, tarfile.FIFOTYPE: stat.S_IFIFO}
        kind = kinds.get(member.type, stat.S_IFREG)
        node = Node(kind | (0o777 if member.issym() else member.mode & 0o7777), uid=member.uid, gid=member.gid, mtime=int(member.mtime))
        if member.issym():
            node.data = member.linkname.encode()
        elif member.islnk():
            node.same_as = self.normal(member.linkname)
        elif kind == stat.S_IFREG:
            node.data = tar.extractfile(member).read()
        elif kind in (stat.S_IFCHR, stat.S_IFBLK):
            node.rdev = member.devmajor, member.devminor
        self.add(member.name, node)

    def add_folder(self, folder, prefix=""):
        """Files as they lie in a folder of ours: owned by root, executable if they are here."""
        folder = pathlib.Path(folder)
        for path in sorted(folder.rglob("*")):
            name = prefix + str(path.relative_to(folder))
            if path.is_symlink():
                self.symlink(name, str(path.readlink()))
            elif path.is_dir():
                self.mkdir(name)
            else:
                self.write(name, path.read_bytes(), 0o755 if path.stat().st_mode & 0o100 else 0o644)

    # --- The archive ------------------------------------------------------------------------

    def cpio(self, out):
        """Writes a cpio archive (newc) to the binary file @out."""
        links = {}
        for path, node in self.nodes.items():
            if node.same_as:
                links.setdefault(node.same_as, [node.same_as]).append(path)
        numbers = {}
        for path in sorted(self.nodes):
            if not path:
                continue
            node = self.nodes[path]
            first = node.same_as or path
            real = self.nodes[first]
            # The data go with the name that comes first.
            data = real.data if first not in numbers else b""
            number = numbers.setdefault(first, len(numbers) + 1)
            out.write(header(number, real, len(data), len(links.get(first, "1")), path))
            out.write(data + b"\0" * (-len(data) % 4))
        out.write(header(0, Node(0), 0, 1, "TRAILER!!!"))


def header(number, node, size, links, path):
    name = path.encode() + b"\0"
    fields = (number, node.mode, node.uid, node.gid, links, node.mtime, size, 0, 0, *node.rdev, len(name), 0)
    text = b"070701" + b"".join(b"%08X" % field for field in fields) + name
    return text + b"\0" * (-len(text) % 4)

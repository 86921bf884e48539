# SPDX-License-Identifier: MIT
"""Addresses to names, from an image's symbol table."""
import bisect
import pathlib
import subprocess


class Symbols:
    def __init__(self, image):
        self.image = image
        listing = subprocess.run(["nm", "-n", str(image)], capture_output=True, text=True, check=False).stdout
        found = []
        for line in listing.splitlines():
            parts = line.split()
            if len(parts) == 3 and parts[1] in "tTwWiI":
                found.append((int(parts[0], 16), parts[2]))
        self.addresses = [a for a, _ in found]
        self.names = [n for _, n in found]

    def name(self, address):
        """'function+0x12', or None for an address that isn't in the kernel's text."""
        at = bisect.bisect_right(self.addresses, address) - 1
        if at < 0 or address - self.addresses[at] > 0x10000:
            return None
        return f"{self.names[at]}+{address - self.addresses[at]:#x}"

    def describe(self, address):
        """The name with file and line, or the bare address."""
        name = self.name(address)
        if not name:
            return hex(address)
        done = subprocess.run(["addr2line", "-e", str(self.image), hex(address)], capture_output=True, text=True, check=False)
        place = done.stdout.strip().removeprefix(f"{pathlib.Path.cwd()}/")
        return name if place.startswith("?") or not place else f"{name} ({place})"

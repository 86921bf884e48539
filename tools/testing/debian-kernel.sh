#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Debian's 6.12 cloud kernel, to compare with: debian-kernel.sh ARCH FOLDER prints the image's path
#
# It is downloaded with apt on first use and unpacked in FOLDER; nothing is installed.
set -e
arch=$1 out=$2
deb_arch=$([ "$arch" = arm64 ] && echo arm64 || echo amd64)
mkdir -p "$out"
if [ ! -e "$out/boot" ]; then
	package=$(apt-cache depends "linux-image-6.12-cloud-$deb_arch:$deb_arch" |
		  sed -n 's/^ *Depends: \(linux-image-6[^ ]*\).*/\1/p' | head -n 1)
	(cd "$out" && apt-get download "${package%%:*}:$deb_arch" >&2)
	for deb in "$out"/linux-image-*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$out" --wildcards './boot/vmlinuz*'
	done
fi
echo "$out"/boot/vmlinuz*

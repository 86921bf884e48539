#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The same user-space tests on another kernel: on-linux.sh ARCH KERNEL OUTPUT-FOLDER [GLOB]
#
# KERNEL is a kernel image for QEMU. "debian" downloads Debian's 6.12 cloud kernel with apt and
# unpacks it in OUTPUT-FOLDER; nothing is installed. A test that fails there is a wrong test.
set -e
arch=$1 kernel=$2 out=$3 glob=${4:-*}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
if [ "$kernel" = debian ]; then
	kernel=$("$here/../debian-kernel.sh" "$arch" "$out")
fi
make -s -C "$here" ARCH="$arch" O="$(cd "$out" && pwd)/selftests"
common="-m 512M -smp 4 -nic none -display none -monitor none -no-reboot -serial stdio -kernel $kernel -initrd $out/selftests/selftests.cpio"
case $arch in
x86_64) set -- qemu-system-x86_64 -M pc -cpu max $common -append "console=ttyS0 quiet selftests=$glob" ;;
arm64) set -- qemu-system-aarch64 -M virt,gic-version=3 -cpu max,pauth-impdef=on $common -append "console=ttyAMA0 quiet selftests=$glob" ;;
esac
"$@" </dev/null | tee "$out/log" | grep -E '^(not ok|Bail|# )'
grep -q '^# selftests: .* 0 with failures' "$out/log"

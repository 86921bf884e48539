#!/bin/sh
# SPDX-License-Identifier: MIT
#
# `make fuzz`: builds the fuzzer for the host and runs it.
#
#	run.sh [OUTPUT-FOLDER [RUNS [SEED]]]
#
# QEMU's own device tree joins the seeds where QEMU is installed.  At the end the fuzzer has to
# find a bug planted for it: a check that can't fail is none.
set -e
cd "$(dirname "$0")/../../.."
out=${1:-build/fuzz}
runs=${2:-20000}
seed=${3:-1}
here=tools/testing/fuzz
mkdir -p "$out"
$here/build.sh "$out"

# LeakSanitizer can't work under some debuggers and containers; leaks aren't what we look for.
export ASAN_OPTIONS=detect_leaks=0

files=
if command -v qemu-system-aarch64 >/dev/null; then
	for gic in 2 3; do
		qemu-system-aarch64 -M virt,gic-version=$gic,dumpdtb="$out/virt$gic.dtb" \
			-cpu max -smp 4 >/dev/null 2>&1 && files="$files -f $out/virt$gic.dtb"
	done
fi

# shellcheck disable=SC2086
"$out/fuzz" -n "$runs" -s "$seed" $files

if "$out/fuzz" -1 -t acpi -n 2000 >"$out/planted.log" 2>&1; then
	echo "not ok - the planted bug was not found"
	exit 1
fi
grep -q 'heap-buffer-overflow' "$out/planted.log"
echo "ok - planted: an overread was found"

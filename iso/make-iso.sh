#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Makes a GRUB ISO that boots the image with BIOS and with UEFI firmware.
#
# usage: make-iso.sh IMAGE ISO [COMMAND LINE]
set -eu
image=$1
iso=$2
command_line=${3:-}
folder=$(dirname "$0")

command -v grub-mkrescue >/dev/null || {
	echo "grub-mkrescue is missing: run 'make packages'" >&2
	exit 1
}
modules=${GRUB_MODULES:-/usr/lib/grub}
[ -d "$modules/i386-pc" ] && [ -d "$modules/x86_64-efi" ] || {
	echo "GRUB for x86 isn't installed (grub-pc-bin, grub-efi-amd64-bin); Debian has it for x86 hosts only" >&2
	exit 1
}
# The log is beside the tree: a file that grows while xorriso reads it is an error to it.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tree=$scratch/tree
mkdir -p "$tree/boot/grub" "$(dirname "$iso")"
# Debug information is for gdb on the host; the guest needs none.
"${OBJCOPY:-objcopy}" --strip-debug "$image" "$tree/boot/lectern.elf"
line=$command_line awk '{ at = index($0, "@COMMAND_LINE@")
	if (at) print substr($0, 1, at - 1) ENVIRON["line"] substr($0, at + 14); else print }' \
	"$folder/grub.cfg.in" > "$tree/boot/grub/grub.cfg"
# Only the modules that the menu uses: smaller, and quicker to make.
grub-mkrescue --install-modules="multiboot2 normal part_gpt part_msdos iso9660 serial terminal search search_fs_file test echo all_video" \
	-o "$iso" "$tree" > "$scratch/log" 2>&1 || {
	cat "$scratch/log" >&2
	exit 1
}

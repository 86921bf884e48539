#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Builds the fuzzer: build.sh OUTPUT-FOLDER.  The parsers are the kernel's own files; their
# headers come from shim/, or from the kernel where they are plain data.
set -e
cd "$(dirname "$0")/../../.."
out=$1
here=tools/testing/fuzz
rm -rf "$out/include"
mkdir -p "$out/include/linux" "$out/include/asm" "$out/include/acpi" "$out/include/uapi/linux"
cp include/uapi/linux/elf.h "$out/include/uapi/linux/"
cp include/uapi/linux/elf-em.h "$out/include/linux/"
cp $here/shim/linux/*.h "$out/include/linux/"
cp $here/shim/asm/*.h "$out/include/asm/"
for h in libfdt.h of.h of_fdt.h of_irq.h of_address.h; do
	cp include/linux/$h "$out/include/linux/"
done
cp include/linux/cpio.h include/linux/inflate.h include/linux/zstd_decode.h include/linux/xxhash.h "$out/include/linux/"
cp include/acpi/*.h "$out/include/acpi/"
cp arch/x86_64/include/asm/bootinfo.h "$out/include/asm/"

# -fno-builtin: the sanitizers check the library's calls, not what gcc made of them.
${HOSTCC:-gcc} -std=gnu11 -g -O1 -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare \
	-Wno-address-of-packed-member -Wno-pointer-sign -funsigned-char -fno-builtin \
	-fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all \
	-I"$out/include" -I$here -Idrivers/of/tests -Idrivers/acpi/tests \
	-Iarch/x86_64/kernel/tests -Ilib/tests -include $here/fuzz_kernel.h -o "$out/fuzz" \
	$here/fuzz.c $here/fuzz_fdt.c $here/fuzz_acpi.c $here/fuzz_bootinfo.c \
	$here/fuzz_inflate.c lib/inflate.c $here/fuzz_cpio.c lib/cpio.c \
	$here/fuzz_elf.c fs/elf_image.c \
	$here/fuzz_zstd.c lib/zstd_decode.c lib/zstd_entropy.c lib/xxhash.c \
	drivers/of/fdt_ro.c drivers/of/fdt.c drivers/of/base.c drivers/of/property.c \
	drivers/of/address.c drivers/of/irq.c drivers/acpi/parse.c \
	arch/x86_64/kernel/bootinfo_parse.c drivers/of/tests/fdt_sample.c \
	drivers/acpi/tests/acpi_sample.c arch/x86_64/kernel/tests/bootinfo_sample.c

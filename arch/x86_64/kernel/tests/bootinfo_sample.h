/* SPDX-License-Identifier: MIT */
#ifndef _BOOTINFO_SAMPLE_H
#define _BOOTINFO_SAMPLE_H

#include <linux/types.h>

#define BOOTINFO_SAMPLE_SIZE		4096
#define BOOTINFO_SAMPLE_RANGES		6
#define BOOTINFO_SAMPLE_CMDLINE		"console=ttyS0 kunit.filter_glob=*"
#define BOOTINFO_SAMPLE_INITRD		0x4000000
#define BOOTINFO_SAMPLE_INITRD_SIZE	0x100000

#define PVH_SAMPLE_BASE			0x10000
#define PVH_SAMPLE_RSDP			0xf5a00

size_t multiboot2_sample_build(u8 *data, bool full);
size_t pvh_sample_build(u8 *data);

#endif /* _BOOTINFO_SAMPLE_H */

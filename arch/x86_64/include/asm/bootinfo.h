/* SPDX-License-Identifier: MIT */
/*
 * What the loader told us, in one form for both loaders.
 *
 * GRUB enters with Multiboot2 (a list of tags), QEMU's -kernel with PVH (a struct of pointers).
 * The two parsers are pure functions from bytes to struct x86_bootinfo: they touch nothing but
 * the bytes they are given and what @map lends them, so they are built for the host and fuzzed
 * there.  bootinfo_init() is the kernel's side: it runs the right one and feeds memblock.
 */
#ifndef _ASM_X86_BOOTINFO_H
#define _ASM_X86_BOOTINFO_H

#include <linux/types.h>

#define MULTIBOOT2_BOOTLOADER_MAGIC	0x36d76289u
#define XEN_HVM_START_MAGIC_VALUE	0x336ec578u	/* also what head.asm passes for PVH */

/* Address-range types, as the firmware's E820 call numbers them. */
#define E820_TYPE_RAM		1
#define E820_TYPE_RESERVED	2
#define E820_TYPE_ACPI		3
#define E820_TYPE_NVS		4
#define E820_TYPE_UNUSABLE	5

#define BOOTINFO_MAX_RANGES	128
#define BOOTINFO_CMDLINE_SIZE	2048
#define BOOTINFO_MAX_SIZE	(128u << 10)	/* an honest loader needs a tenth of this */

struct bootinfo_range {
	u64 addr;
	u64 size;
	u32 type;
};

/**
 * struct x86_bootinfo - what both loaders can say
 * @nr_ranges: entries of @ranges in use, in the loader's order, none empty, none wrapping
 * @dropped: ranges that were refused (empty, wrapping round, or one too many)
 * @initrd_start: physical address of the first module, 0 if none
 * @initrd_size: its size in bytes
 * @rsdp: physical address of the ACPI root pointer, 0 if the loader did not say
 * @rsdp_copy: a copy of the root pointer where the loader gives bytes rather than an address
 * @rsdp_copy_len: valid bytes of @rsdp_copy
 * @loader: name of the loader
 * @cmdline: command line, always terminated
 * @cmdline_truncated: whether it was longer than fits
 */
struct x86_bootinfo {
	unsigned int nr_ranges;
	unsigned int dropped;
	struct bootinfo_range ranges[BOOTINFO_MAX_RANGES];
	u64 initrd_start;
	u64 initrd_size;
	u64 rsdp;
	u8 rsdp_copy[36];
	unsigned int rsdp_copy_len;
	char loader[64];
	char cmdline[BOOTINFO_CMDLINE_SIZE];
	bool cmdline_truncated;
};

/* Lends @len bytes of physical memory at @phys, or NULL; the loan ends with the next call. */
typedef const void *(*bootinfo_map_fn)(u64 phys, size_t len, void *ctx);

int multiboot2_parse(const void *info, size_t size, struct x86_bootinfo *out);
int pvh_parse(u64 start_info, bootinfo_map_fn map, void *ctx, struct x86_bootinfo *out);
const char *bootinfo_strerror(int err);

void bootinfo_init(u32 magic, phys_addr_t info);
void bootinfo_print_map(void);
bool bootinfo_range_is(u64 addr, u64 size, u32 type);
bool bootinfo_is_firmware(u64 addr, u64 size);
phys_addr_t bootinfo_rsdp(const void **copy, unsigned int *copy_len);

#endif /* _ASM_X86_BOOTINFO_H */

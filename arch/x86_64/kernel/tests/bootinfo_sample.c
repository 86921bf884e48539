// SPDX-License-Identifier: MIT
/*
 * Boot information as GRUB and QEMU leave it, built by code: for the KUnit suite and, as seeds,
 * for the fuzzer on the host.
 */
#include <linux/string.h>
#include <linux/types.h>

#include <asm/bootinfo.h>

#include "bootinfo_sample.h"

struct writer {
	u8 *data;
	size_t size;
};

static void put(struct writer *w, u64 value, int bytes)
{
	while (bytes--) {
		w->data[w->size++] = value;
		value >>= 8;
	}
}

static void put_text(struct writer *w, const char *s)
{
	size_t n = strlen(s) + 1;

	memcpy(w->data + w->size, s, n);
	w->size += n;
}

static void patch32(struct writer *w, size_t at, u32 value)
{
	size_t size = w->size;

	w->size = at;
	put(w, value, 4);
	w->size = size;
}

static const u64 map[][3] = {
	{ 0, 0x9fc00, E820_TYPE_RAM },
	{ 0x9fc00, 0x400, E820_TYPE_RESERVED },
	{ 0xf0000, 0x10000, E820_TYPE_RESERVED },
	{ 0x100000, 0x7ee0000, E820_TYPE_RAM },
	{ 0x7fe0000, 0x20000, E820_TYPE_RESERVED },
	{ 0x100000000, 0x80000000, E820_TYPE_RAM },
};
#define NR_MAP (sizeof(map) / sizeof(map[0]))

static size_t tag_begin(struct writer *w, u32 type)
{
	while (w->size % 8)
		put(w, 0, 1);
	put(w, type, 4);
	put(w, 0, 4);
	return w->size - 8;
}

static void tag_end(struct writer *w, size_t tag)
{
	patch32(w, tag + 4, w->size - tag);
}

static void put_map(struct writer *w)
{
	unsigned int i;

	for (i = 0; i < NR_MAP; i++) {
		put(w, map[i][0], 8);
		put(w, map[i][1], 8);
		put(w, map[i][2], 4);
		put(w, 0, 4);
	}
}

static void put_module_and_rsdp(struct writer *w)
{
	unsigned int i;
	size_t tag;

	tag = tag_begin(w, 3);
	put(w, BOOTINFO_SAMPLE_INITRD, 4);
	put(w, BOOTINFO_SAMPLE_INITRD + BOOTINFO_SAMPLE_INITRD_SIZE, 4);
	put_text(w, "initrd");
	tag_end(w, tag);
	tag = tag_begin(w, 15);
	put(w, 0x2052545020445352, 8);
	for (i = 0; i < 28; i++)
		put(w, i, 1);
	tag_end(w, tag);
	tag = tag_begin(w, 4);
	put(w, 640, 4);
	put(w, 0x1fb80, 4);
	tag_end(w, tag);
}

/**
 * multiboot2_sample_build - boot information as GRUB leaves it
 * @data: BOOTINFO_SAMPLE_SIZE bytes
 * @full: with a module and a root pointer
 * Return: bytes used.
 */
size_t multiboot2_sample_build(u8 *data, bool full)
{
	struct writer w = { .data = data };
	size_t tag;

	memset(data, 0, BOOTINFO_SAMPLE_SIZE);
	put(&w, 0, 8);
	tag = tag_begin(&w, 1);
	put_text(&w, BOOTINFO_SAMPLE_CMDLINE);
	tag_end(&w, tag);
	tag = tag_begin(&w, 2);
	put_text(&w, "GRUB 2.06-13+deb12u1");
	tag_end(&w, tag);
	if (full)
		put_module_and_rsdp(&w);
	tag = tag_begin(&w, 6);
	put(&w, 24, 4);
	put(&w, 0, 4);
	put_map(&w);
	tag_end(&w, tag);
	tag = tag_begin(&w, 0);
	tag_end(&w, tag);
	patch32(&w, 0, w.size);
	return w.size;
}

/**
 * pvh_sample_build - start info as QEMU leaves it, as a piece of memory at PVH_SAMPLE_BASE
 * @data: BOOTINFO_SAMPLE_SIZE bytes
 * Return: bytes used.
 */
size_t pvh_sample_build(u8 *data)
{
	struct writer w = { .data = data };

	memset(data, 0, BOOTINFO_SAMPLE_SIZE);
	put(&w, XEN_HVM_START_MAGIC_VALUE, 4);
	put(&w, 1, 4);
	put(&w, 0, 4);
	put(&w, 1, 4);
	put(&w, PVH_SAMPLE_BASE + 0x80, 8);	/* modules */
	put(&w, PVH_SAMPLE_BASE + 0x100, 8);	/* command line */
	put(&w, PVH_SAMPLE_RSDP, 8);
	put(&w, PVH_SAMPLE_BASE + 0x200, 8);	/* memory map */
	put(&w, NR_MAP, 4);
	put(&w, 0, 4);
	w.size = 0x80;
	put(&w, BOOTINFO_SAMPLE_INITRD, 8);
	put(&w, BOOTINFO_SAMPLE_INITRD_SIZE, 8);
	put(&w, 0, 16);
	w.size = 0x100;
	put_text(&w, BOOTINFO_SAMPLE_CMDLINE);
	w.size = 0x200;
	put_map(&w);
	/* Room behind: a command line is lent page by page, as far as it may reach. */
	return BOOTINFO_SAMPLE_SIZE;
}

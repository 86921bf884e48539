// SPDX-License-Identifier: MIT
/* Fuzz targets: Multiboot2 and PVH boot information. */
#include "fuzz.h"

#include <asm/bootinfo.h>

static struct x86_bootinfo result;

static bool is_terminated(const char *s, size_t size)
{
	return memchr(s, 0, size) != NULL;
}

/* What must hold of any answer, error or not. */
static void check_result(void)
{
	unsigned int i;

	FUZZ_CHECK(result.nr_ranges <= BOOTINFO_MAX_RANGES);
	FUZZ_CHECK(result.rsdp_copy_len <= sizeof(result.rsdp_copy));
	FUZZ_CHECK(is_terminated(result.cmdline, sizeof(result.cmdline)));
	FUZZ_CHECK(is_terminated(result.loader, sizeof(result.loader)));
	FUZZ_CHECK(result.initrd_start + result.initrd_size >= result.initrd_start);
	for (i = 0; i < result.nr_ranges; i++) {
		FUZZ_CHECK(result.ranges[i].size);
		FUZZ_CHECK(result.ranges[i].addr + result.ranges[i].size > result.ranges[i].addr);
		FUZZ_CHECK(result.ranges[i].addr + result.ranges[i].size <= 1ULL << 52);
	}
}

struct writer {
	u8 data[8192];
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

static struct fuzz_seed seed_of(const struct writer *w)
{
	struct fuzz_seed seed = { .data = malloc(w->size), .size = w->size };

	memcpy(seed.data, w->data, w->size);
	return seed;
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

/* --- Multiboot2 --- */

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

static struct fuzz_seed multiboot2_seed(bool full)
{
	struct writer w = { .size = 0 };
	size_t tag;
	unsigned int i;

	put(&w, 0, 8);
	tag = tag_begin(&w, 1);
	put_text(&w, "console=ttyS0 kunit.filter_glob=*");
	tag_end(&w, tag);
	tag = tag_begin(&w, 2);
	put_text(&w, "GRUB 2.06-13+deb12u1");
	tag_end(&w, tag);
	if (full) {
		tag = tag_begin(&w, 3);
		put(&w, 0x4000000, 4);
		put(&w, 0x4100000, 4);
		put_text(&w, "initrd");
		tag_end(&w, tag);
		tag = tag_begin(&w, 15);
		put(&w, 0x2052545020445352, 8);
		for (i = 0; i < 28; i++)
			put(&w, i, 1);
		tag_end(&w, tag);
		tag = tag_begin(&w, 4);
		put(&w, 640, 4);
		put(&w, 0x1fb80, 4);
		tag_end(&w, tag);
	}
	tag = tag_begin(&w, 6);
	put(&w, 24, 4);
	put(&w, 0, 4);
	for (i = 0; i < NR_MAP; i++) {
		put(&w, map[i][0], 8);
		put(&w, map[i][1], 8);
		put(&w, map[i][2], 4);
		put(&w, 0, 4);
	}
	tag_end(&w, tag);
	tag = tag_begin(&w, 0);
	tag_end(&w, tag);
	patch32(&w, 0, w.size);
	return seed_of(&w);
}

static int multiboot2_seeds(struct fuzz_seed *seeds)
{
	seeds[0] = multiboot2_seed(false);
	seeds[1] = multiboot2_seed(true);
	return 2;
}

static bool multiboot2_run(const u8 *data, size_t size)
{
	int ret = multiboot2_parse(data, size, &result);

	check_result();
	FUZZ_CHECK(ret || result.nr_ranges);
	FUZZ_CHECK(bootinfo_strerror(ret));
	return !ret;
}

/* The size that the header claims, so that most mutations get past it. */
static void multiboot2_repair(u8 *data, size_t size)
{
	int i;

	for (i = 0; i < 4 && size >= 4; i++)
		data[i] = size >> (8 * i);
}

const struct fuzz_target multiboot2_target = {
	"multiboot2", multiboot2_seeds, multiboot2_run, multiboot2_repair,
};

/* --- PVH: the input is a piece of physical memory at PVH_BASE --- */

#define PVH_BASE 0x10000

struct lender {
	const u8 *data;
	size_t size;
	u8 *loan;
};

/* A loan is a fresh copy of exactly what was asked for, and dies with the next one. */
static const void *lend(u64 phys, size_t len, void *ctx)
{
	struct lender *l = ctx;

	free(l->loan);
	l->loan = NULL;
	if (phys < PVH_BASE || phys - PVH_BASE > l->size || len > l->size - (phys - PVH_BASE))
		return NULL;
	l->loan = malloc(len ? len : 1);
	memcpy(l->loan, l->data + (phys - PVH_BASE), len);
	return l->loan;
}

static int pvh_seeds(struct fuzz_seed *seeds)
{
	struct writer w = { .size = 0 };
	unsigned int i;

	put(&w, XEN_HVM_START_MAGIC_VALUE, 4);
	put(&w, 1, 4);
	put(&w, 0, 4);
	put(&w, 1, 4);
	put(&w, PVH_BASE + 0x80, 8);	/* modules */
	put(&w, PVH_BASE + 0x100, 8);	/* command line */
	put(&w, 0xf5a00, 8);		/* RSDP */
	put(&w, PVH_BASE + 0x200, 8);	/* memory map */
	put(&w, NR_MAP, 4);
	put(&w, 0, 4);
	w.size = 0x80;
	put(&w, 0x4000000, 8);
	put(&w, 0x100000, 8);
	put(&w, 0, 16);
	w.size = 0x100;
	put_text(&w, "console=ttyS0 earlycon loglevel=8");
	w.size = 0x200;
	for (i = 0; i < NR_MAP; i++) {
		put(&w, map[i][0], 8);
		put(&w, map[i][1], 8);
		put(&w, map[i][2], 4);
		put(&w, 0, 4);
	}
	/* Room behind: a command line is lent page by page, as far as it may reach. */
	w.size = 0x1000;
	seeds[0] = seed_of(&w);
	return 1;
}

static bool pvh_run(const u8 *data, size_t size)
{
	struct lender l = { .data = data, .size = size };
	int ret = pvh_parse(PVH_BASE, lend, &l, &result);

	free(l.loan);
	check_result();
	FUZZ_CHECK(ret || result.nr_ranges);
	return !ret;
}

const struct fuzz_target pvh_target = { "pvh", pvh_seeds, pvh_run, NULL };

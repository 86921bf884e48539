// SPDX-License-Identifier: MIT
/* Fuzz targets: Multiboot2 and PVH boot information. */
#include "fuzz.h"

#include <asm/bootinfo.h>

#include "bootinfo_sample.h"

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

/* --- Multiboot2 --- */

static int multiboot2_seeds(struct fuzz_seed *seeds)
{
	int i;

	for (i = 0; i < 2; i++) {
		seeds[i].data = malloc(BOOTINFO_SAMPLE_SIZE);
		seeds[i].size = multiboot2_sample_build(seeds[i].data, i);
	}
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

/* --- PVH: the input is a piece of physical memory at PVH_SAMPLE_BASE --- */

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
	if (phys < PVH_SAMPLE_BASE || phys - PVH_SAMPLE_BASE > l->size ||
	    len > l->size - (phys - PVH_SAMPLE_BASE))
		return NULL;
	l->loan = malloc(len ? len : 1);
	memcpy(l->loan, l->data + (phys - PVH_SAMPLE_BASE), len);
	return l->loan;
}

static int pvh_seeds(struct fuzz_seed *seeds)
{
	seeds[0].data = malloc(BOOTINFO_SAMPLE_SIZE);
	seeds[0].size = pvh_sample_build(seeds[0].data);
	return 1;
}

static bool pvh_run(const u8 *data, size_t size)
{
	struct lender l = { .data = data, .size = size };
	int ret = pvh_parse(PVH_SAMPLE_BASE, lend, &l, &result);

	free(l.loan);
	check_result();
	FUZZ_CHECK(ret || result.nr_ranges);
	return !ret;
}

const struct fuzz_target pvh_target = { "pvh", pvh_seeds, pvh_run, NULL };

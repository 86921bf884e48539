// SPDX-License-Identifier: MIT
/*
 * Fuzz target: the device tree, from blob to early scan to linked tree and its questions.
 */
#include "fuzz.h"

#include <linux/libfdt.h>
#include <linux/memblock.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_fdt.h>
#include <linux/of_irq.h>

#include "fdt_sample.h"

/* --- what fdt.c and base.c want of the kernel --- */

const struct fwnode_operations of_fwnode_ops;
char boot_command_line[COMMAND_LINE_SIZE];
phys_addr_t phys_initrd_start;
unsigned long phys_initrd_size;

static void *allocations[65536];
static unsigned int nr_allocations;

void *memblock_alloc(size_t size, size_t align)
{
	void *p = calloc(1, size);

	(void)align;
	FUZZ_CHECK(p && nr_allocations < sizeof(allocations) / sizeof(allocations[0]));
	allocations[nr_allocations++] = p;
	return p;
}

static void free_allocations(void)
{
	while (nr_allocations)
		free(allocations[--nr_allocations]);
}

/* memblock must see sane ranges only. */
static int sane_range(u64 base, u64 size)
{
	FUZZ_CHECK(size && base + size > base && base + size <= 1ULL << 52);
	return 0;
}

int memblock_add(u64 base, u64 size)
{
	return sane_range(base, size);
}

int memblock_reserve(u64 base, u64 size)
{
	return sane_range(base, size);
}

int memblock_mark_nomap(u64 base, u64 size)
{
	return sane_range(base, size);
}

/* --- seeds --- */

static int fdt_seeds(struct fuzz_seed *seeds)
{
	int i;

	for (i = 0; i < 2; i++) {
		seeds[i].data = malloc(FDT_SAMPLE_SIZE);
		seeds[i].size = fdt_sample_build(seeds[i].data, 16 + i);
	}
	return 2;
}

/* QEMU pads its blob to a megabyte; mutations are to hit what means something. */
size_t fdt_trim(u8 *blob, size_t size)
{
	size_t structs, strings, used;

	if (size < sizeof(struct fdt_header) || fdt_check_full(blob, size))
		return size;
	structs = fdt32_ld(blob + 8) + fdt32_ld(blob + 36);
	strings = fdt32_ld(blob + 12) + fdt32_ld(blob + 32);
	used = max(structs, strings);
	fdt_sample_put32(blob + 4, used);
	return used;
}

/* --- run --- */

static void walk_flat(const void *blob, size_t size)
{
	int n, p, depth = -1, len;
	size_t steps = 0;
	struct fdt_property_view view;
	u64 a, b;

	for (n = fdt_next_node(blob, -1, &depth); n >= 0; n = fdt_next_node(blob, n, &depth)) {
		FUZZ_CHECK(steps++ < size);
		fdt_get_name(blob, n, &len);
		fdt_node_check_compatible(blob, n, "arm,pl011");
		for (p = fdt_first_property_offset(blob, n); p >= 0;
		     p = fdt_next_property_offset(blob, p)) {
			FUZZ_CHECK(steps++ < size);
			if (fdt_get_property_by_offset(blob, p, &view))
				break;
			fdt_stringlist_contains(view.value, view.len, "x");
		}
	}
	fdt_path_offset(blob, "/soc/serial@1000");
	fdt_path_offset(blob, "serial0:115200");
	fdt_path_offset(blob, "serial0/x/y");
	fdt_path_offset(blob, "");
	n = fdt_num_mem_rsv(blob);
	FUZZ_CHECK(n < (int)size);
	for (p = -1; p <= n; p++)
		fdt_get_mem_rsv(blob, p, &a, &b);
}

static void ask_node(struct device_node *np)
{
	struct of_phandle_args args;
	const char *strings[4];
	u64 addr, size;
	u32 cells[8];
	int i;

	for (i = 0; i < 3; i++) {
		of_address_to_range(np, i, &addr, &size);
		if (!of_irq_parse_one(np, i, &args))
			FUZZ_CHECK(args.args_count <= MAX_PHANDLE_ARGS && args.np);
		of_parse_phandle(np, "clocks", i);
	}
	of_irq_count(np);
	of_device_is_available(np);
	of_device_is_compatible(np, "arm,gic-v3");
	of_property_read_u32_array(np, "reg", cells, 8);
	of_property_read_u64(np, "reg", &addr);
	of_property_read_string_helper(np, "compatible", strings, 4, 0);
	of_property_count_strings(np, "compatible");
	of_get_cpu_hwid(np, 0);
	of_n_addr_cells(np);
}

static void walk_tree(size_t size)
{
	struct device_node *np;
	const char *opts;
	size_t steps = 0;

	for_each_of_allnodes(np) {
		FUZZ_CHECK(steps++ < size);
		/* Questions that search are asked of some, or the test would be quadratic. */
		if (steps < 64)
			ask_node(np);
	}
	for (np = of_get_next_cpu_node(NULL), steps = 0; np; np = of_get_next_cpu_node(np))
		FUZZ_CHECK(steps++ < size);
	of_find_node_opts_by_path("serial0:115200", &opts);
	of_find_node_opts_by_path("/soc/serial@1000", &opts);
	of_find_node_by_phandle(1);
	of_machine_is_compatible("test,board");
}

static bool fdt_run(const u8 *data, size_t size)
{
	bool ok;

	initial_boot_params = NULL;
	of_root = of_chosen = of_stdout = NULL;
	phys_initrd_start = phys_initrd_size = 0;

	/* A header that is right lets the readers walk; they must stay inside even so. */
	if (size >= sizeof(struct fdt_header) && !fdt_check_header(data) &&
	    fdt_totalsize(data) <= size)
		walk_flat(data, size);

	if (fdt_check_full(data, size))
		return false;
	walk_flat(data, size);
	ok = early_init_dt_scan(data);
	FUZZ_CHECK(ok);
	FUZZ_CHECK(memchr(boot_command_line, 0, sizeof(boot_command_line)));
	FUZZ_CHECK(phys_initrd_start + phys_initrd_size >= phys_initrd_start);
	early_init_fdt_scan_reserved_mem();
	of_flat_dt_get_machine_name();
	unflatten_device_tree();
	walk_tree(size);
	free_allocations();
	return true;
}

/* The size that the header claims, so that cut and stretched blobs get past it. */
static void fdt_repair(u8 *data, size_t size)
{
	if (size >= 8)
		fdt_sample_put32(data + 4, size);
}

const struct fuzz_target fdt_target = { "fdt", fdt_seeds, fdt_run, fdt_repair };

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

/* --- what fdt.c and base.c want of the kernel --- */

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

/* --- seeds: a small tree with one of everything --- */

struct builder {
	u8 structs[4096], strings[1024];
	size_t nr_structs, nr_strings;
};

static void put_be32(u8 *p, u32 value)
{
	p[0] = value >> 24;
	p[1] = value >> 16;
	p[2] = value >> 8;
	p[3] = value;
}

static void cell(struct builder *b, u32 value)
{
	put_be32(b->structs + b->nr_structs, value);
	b->nr_structs += 4;
}

static void bytes(struct builder *b, const void *p, size_t n)
{
	memcpy(b->structs + b->nr_structs, p, n);
	b->nr_structs += n;
	while (b->nr_structs % 4)
		b->structs[b->nr_structs++] = 0;
}

static void node(struct builder *b, const char *name)
{
	cell(b, FDT_BEGIN_NODE);
	bytes(b, name, strlen(name) + 1);
}

static void end(struct builder *b)
{
	cell(b, FDT_END_NODE);
}

static void prop(struct builder *b, const char *name, const void *value, size_t len)
{
	cell(b, FDT_PROP);
	cell(b, len);
	cell(b, b->nr_strings);
	memcpy(b->strings + b->nr_strings, name, strlen(name) + 1);
	b->nr_strings += strlen(name) + 1;
	bytes(b, value, len);
}

static void prop_text(struct builder *b, const char *name, const char *value)
{
	prop(b, name, value, strlen(value) + 1);
}

static void prop_cells(struct builder *b, const char *name, const u32 *cells, int n)
{
	u8 value[64];
	int i;

	for (i = 0; i < n; i++)
		put_be32(value + 4 * i, cells[i]);
	prop(b, name, value, 4 * n);
}

#define PROP_CELLS(b, name, ...) do {					\
	const u32 cells_[] = { __VA_ARGS__ };				\
	prop_cells(b, name, cells_, sizeof(cells_) / sizeof(cells_[0]));\
} while (0)

static void build_tree(struct builder *b)
{
	node(b, "");
	PROP_CELLS(b, "#address-cells", 2);
	PROP_CELLS(b, "#size-cells", 2);
	PROP_CELLS(b, "interrupt-parent", 1);
	prop(b, "compatible", "test,board\0test,family", 23);
	prop_text(b, "model", "A test board");
	node(b, "aliases");
	prop_text(b, "serial0", "/soc/serial@1000");
	end(b);
	node(b, "chosen");
	prop_text(b, "bootargs", "console=ttyAMA0 kunit.filter_glob=*");
	prop_text(b, "stdout-path", "serial0:115200n8");
	PROP_CELLS(b, "linux,initrd-start", 0, 0x48000000);
	PROP_CELLS(b, "linux,initrd-end", 0, 0x48100000);
	end(b);
	node(b, "memory@40000000");
	prop_text(b, "device_type", "memory");
	PROP_CELLS(b, "reg", 0, 0x40000000, 0, 0x10000000, 1, 0, 0, 0x40000000);
	end(b);
	node(b, "reserved-memory");
	PROP_CELLS(b, "#address-cells", 2);
	PROP_CELLS(b, "#size-cells", 2);
	prop(b, "ranges", "", 0);
	node(b, "firmware@4f000000");
	PROP_CELLS(b, "reg", 0, 0x4f000000, 0, 0x100000);
	prop(b, "no-map", "", 0);
	end(b);
	end(b);
	node(b, "cpus");
	PROP_CELLS(b, "#address-cells", 1);
	PROP_CELLS(b, "#size-cells", 0);
	node(b, "cpu@0");
	prop_text(b, "device_type", "cpu");
	PROP_CELLS(b, "reg", 0);
	end(b);
	node(b, "cpu@1");
	prop_text(b, "device_type", "cpu");
	PROP_CELLS(b, "reg", 1);
	end(b);
	end(b);
	cell(b, FDT_NOP);
	node(b, "intc@8000000");
	prop_text(b, "compatible", "arm,gic-v3");
	PROP_CELLS(b, "#interrupt-cells", 3);
	prop(b, "interrupt-controller", "", 0);
	PROP_CELLS(b, "reg", 0, 0x8000000, 0, 0x10000, 0, 0x80a0000, 0, 0xf60000);
	PROP_CELLS(b, "phandle", 1);
	end(b);
	node(b, "soc");
	PROP_CELLS(b, "#address-cells", 1);
	PROP_CELLS(b, "#size-cells", 1);
	PROP_CELLS(b, "ranges", 0, 0, 0x9000000, 0x100000);
	node(b, "serial@1000");
	prop(b, "compatible", "arm,pl011\0arm,primecell", 24);
	PROP_CELLS(b, "reg", 0x1000, 0x1000);
	PROP_CELLS(b, "interrupts", 0, 1, 4);
	PROP_CELLS(b, "clocks", 2);
	prop_text(b, "status", "okay");
	end(b);
	node(b, "timer");
	PROP_CELLS(b, "interrupts-extended", 1, 1, 13, 8, 1, 1, 14, 8);
	end(b);
	node(b, "clk");
	PROP_CELLS(b, "clock-frequency", 24000000);
	PROP_CELLS(b, "phandle", 2);
	end(b);
	end(b);
	end(b);
	cell(b, FDT_END);
}

static int fdt_seeds(struct fuzz_seed *seeds)
{
	static const u64 reserve[] = { 0x4e000000, 0x1000, 0, 0 };
	struct builder b = { .nr_structs = 0 };
	u32 version;
	size_t off;
	u8 *p;
	int i;

	build_tree(&b);
	for (version = 16; version <= 17; version++) {
		p = calloc(1, 16384);
		off = 40;
		put_be32(p, FDT_MAGIC);
		put_be32(p + 16, off);
		for (i = 0; i < 4; i++, off += 8) {
			put_be32(p + off, reserve[i] >> 32);
			put_be32(p + off + 4, reserve[i]);
		}
		put_be32(p + 8, off);
		memcpy(p + off, b.structs, b.nr_structs);
		off += b.nr_structs;
		put_be32(p + 12, off);
		memcpy(p + off, b.strings, b.nr_strings);
		off += b.nr_strings;
		put_be32(p + 4, off);
		put_be32(p + 20, version);
		put_be32(p + 24, 16);
		put_be32(p + 32, b.nr_strings);
		put_be32(p + 36, version >= 17 ? b.nr_structs : 0);
		seeds[version - 16].data = p;
		seeds[version - 16].size = off;
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
	put_be32(blob + 4, used);
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
		put_be32(data + 4, size);
}

const struct fuzz_target fdt_target = { "fdt", fdt_seeds, fdt_run, fdt_repair };

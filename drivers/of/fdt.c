// SPDX-License-Identifier: MIT
/*
 * The device tree in early boot: memory, command line, RAM disk.
 *
 * The architecture maps the loader's blob and calls early_init_dt_scan(), which checks it whole
 * (fdt_ro.c) and then takes from it what must be known before memory can be allocated:
 *
 *	/memory nodes          -> memblock.memory
 *	/chosen bootargs       -> boot_command_line
 *	/chosen linux,initrd-* -> phys_initrd_start, phys_initrd_size
 *
 * A second call, early_init_fdt_scan_reserved_mem(), takes the ranges that nobody may allocate
 * (reserve map and /reserved-memory) out of memblock.  A blob that fails the check is never
 * looked at again; what to do without one is the architecture's decision.
 *
 * Whatever a property holds, addresses that wrap round or sizes of zero are dropped here with
 * a message, so that memblock sees sane ranges only.
 */
#define pr_fmt(fmt) "OF: fdt: " fmt

#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/kernel.h>
#include <linux/libfdt.h>
#include <linux/memblock.h>
#include <linux/of_fdt.h>
#include <linux/printk.h>
#include <linux/string.h>

#include <asm/setup.h>

const void *initial_boot_params __ro_after_init;
int dt_root_addr_cells __ro_after_init = OF_ROOT_NODE_ADDR_CELLS_DEFAULT;
int dt_root_size_cells __ro_after_init = OF_ROOT_NODE_SIZE_CELLS_DEFAULT;

/* Addresses at or above this are a typing error or an attack. */
#define DT_MAX_PHYS (1ULL << 52)

/**
 * early_init_dt_verify - check a blob and adopt it
 * @dt_virt: mapped blob, FDT_MAX_SIZE bytes or its own size readable, whichever is less
 *
 * Return: true if @dt_virt is now initial_boot_params.
 */
bool __init early_init_dt_verify(const void *dt_virt)
{
	int ret;

	if (!dt_virt)
		return false;
	ret = fdt_check_header(dt_virt);
	if (!ret)
		ret = fdt_check_full(dt_virt, fdt_totalsize(dt_virt));
	if (ret) {
		pr_err("device tree refused: %s\n", fdt_strerror(ret));
		return false;
	}
	initial_boot_params = dt_virt;
	return true;
}

/**
 * of_scan_flat_dt - call a function for each node
 * @it: gets the node, its name with unit address, its depth (root: 0); non-zero ends the scan
 * @data: passed through
 *
 * Return: what @it returned last, 0 without a blob.
 */
int __init of_scan_flat_dt(int (*it)(unsigned long node, const char *uname, int depth, void *data),
			   void *data)
{
	const void *blob = initial_boot_params;
	int node, depth = -1, ret = 0;

	if (!blob)
		return 0;
	for (node = fdt_next_node(blob, -1, &depth); node >= 0 && depth >= 0 && !ret;
	     node = fdt_next_node(blob, node, &depth))
		ret = it(node, fdt_get_name(blob, node, NULL), depth, data);
	return ret;
}

/**
 * of_get_flat_dt_root - the root node
 * Return: its handle for the other calls.
 */
unsigned long __init of_get_flat_dt_root(void)
{
	return 0;
}

/**
 * of_get_flat_dt_prop - value of a property
 * @node: from of_scan_flat_dt()
 * @name: the property
 * @size: if not NULL, gets its bytes
 * Return: the value, NULL if there is none.
 */
const void *__init of_get_flat_dt_prop(unsigned long node, const char *name, int *size)
{
	return fdt_getprop(initial_boot_params, node, name, size);
}

/**
 * of_flat_dt_is_compatible - does a node claim to be compatible?
 * @node: from of_scan_flat_dt()
 * @compatible: with what
 * Return: 1 or 0.
 */
int __init of_flat_dt_is_compatible(unsigned long node, const char *compatible)
{
	return fdt_node_check_compatible(initial_boot_params, node, compatible) == 0;
}

/* A property as a string, NULL unless its last byte ends one. */
static const char *__init flat_string(unsigned long node, const char *name)
{
	int len;
	const char *s = of_get_flat_dt_prop(node, name, &len);

	return s && len > 0 && !s[len - 1] ? s : NULL;
}

/**
 * of_flat_dt_get_machine_name - what the board calls itself
 * Return: the root's "model" or first "compatible", NULL without.
 */
const char *__init of_flat_dt_get_machine_name(void)
{
	const char *name;

	if (!initial_boot_params)
		return NULL;
	name = flat_string(of_get_flat_dt_root(), "model");
	return name ? name : flat_string(of_get_flat_dt_root(), "compatible");
}

/**
 * dt_mem_next_cell - take a number off an array of cells
 * @cells: its width in cells, 0 to 2 (of wider ones the last two count)
 * @cellp: moves past it
 * Return: the number.
 */
u64 __init dt_mem_next_cell(int cells, const void **cellp)
{
	const u8 *p = *cellp;
	u64 value = 0;
	int i;

	for (i = 0; i < cells; i++)
		value = value << 32 | fdt32_ld(p + 4 * i);
	*cellp = p + 4 * cells;
	return value;
}

static bool __init range_ok(u64 base, u64 size)
{
	return size && base < DT_MAX_PHYS && size <= DT_MAX_PHYS - base;
}

static int __init flat_cells(unsigned long node, const char *name, int fallback)
{
	int len;
	const void *p = of_get_flat_dt_prop(node, name, &len);
	u32 cells;

	if (!p || len != 4)
		return fallback;
	cells = fdt32_ld(p);
	if (cells > 3) {
		pr_warn("%s of %u makes no sense, taking %d\n", name, cells, fallback);
		return fallback;
	}
	return cells;
}

static void __init scan_root(void)
{
	unsigned long root = of_get_flat_dt_root();

	dt_root_addr_cells = flat_cells(root, "#address-cells", OF_ROOT_NODE_ADDR_CELLS_DEFAULT);
	dt_root_size_cells = flat_cells(root, "#size-cells", OF_ROOT_NODE_SIZE_CELLS_DEFAULT);
}

static bool __init node_is_memory(unsigned long node)
{
	const char *type = flat_string(node, "device_type");
	const char *status = flat_string(node, "status");

	if (!type || strcmp(type, "memory"))
		return false;
	return !status || !strcmp(status, "okay") || !strcmp(status, "ok");
}

/* Calls @fn for each (base, size) of a "reg" in the root's cells. */
static void __init for_each_reg(unsigned long node, const char *uname,
				void (*fn)(u64 base, u64 size, const char *uname))
{
	int entry = 4 * (dt_root_addr_cells + dt_root_size_cells);
	int len;
	const void *reg = of_get_flat_dt_prop(node, "reg", &len);

	if (!reg || !entry)
		return;
	for (; len >= entry; len -= entry) {
		u64 base = dt_mem_next_cell(dt_root_addr_cells, &reg);
		u64 size = dt_mem_next_cell(dt_root_size_cells, &reg);

		if (!size)
			continue;
		if (!range_ok(base, size)) {
			pr_warn("%s: range %#llx + %#llx is out of bounds, ignored\n",
				uname, base, size);
			continue;
		}
		fn(base, size, uname);
	}
}

static void __init add_memory(u64 base, u64 size, const char *uname)
{
	(void)uname;
	memblock_add(base, size);
}

static int __init scan_memory_node(unsigned long node, const char *uname, int depth, void *data)
{
	(void)data;
	if (depth == 1 && node_is_memory(node))
		for_each_reg(node, uname, add_memory);
	return 0;
}

/* initrd addresses come as one or two cells, as the loader likes. */
static bool __init flat_number(unsigned long node, const char *name, u64 *out)
{
	int len;
	const void *p = of_get_flat_dt_prop(node, name, &len);

	if (!p || (len != 4 && len != 8))
		return false;
	*out = dt_mem_next_cell(len / 4, &p);
	return true;
}

static void __init scan_chosen_initrd(unsigned long node)
{
	u64 start, end;

	if (!flat_number(node, "linux,initrd-start", &start) ||
	    !flat_number(node, "linux,initrd-end", &end))
		return;
	if (start >= end || !range_ok(start, end - start)) {
		pr_err("initrd from %#llx to %#llx makes no sense, ignored\n", start, end);
		return;
	}
	phys_initrd_start = start;
	phys_initrd_size = end - start;
}

static void __init scan_chosen_bootargs(unsigned long node)
{
	int len;
	const char *args = of_get_flat_dt_prop(node, "bootargs", &len);

	if (!args || len <= 0)
		return;
	if (len > COMMAND_LINE_SIZE)
		pr_warn("command line of %d bytes is cut to %d\n", len, COMMAND_LINE_SIZE - 1);
	len = min(len, COMMAND_LINE_SIZE - 1);
	memcpy(boot_command_line, args, len);
	boot_command_line[len] = '\0';
}

static int __init scan_chosen(unsigned long node, const char *uname, int depth, void *data)
{
	(void)data;
	if (depth != 1 || (strcmp(uname, "chosen") && strcmp(uname, "chosen@0")))
		return 0;
	scan_chosen_initrd(node);
	scan_chosen_bootargs(node);
	return 1;
}

/**
 * early_init_dt_scan_nodes - take the facts of early boot out of the adopted blob
 *
 * Context: early boot, one CPU.
 */
void __init early_init_dt_scan_nodes(void)
{
	scan_root();
	of_scan_flat_dt(scan_chosen, NULL);
	of_scan_flat_dt(scan_memory_node, NULL);
}

/**
 * early_init_dt_scan - check a blob, adopt it, and take the facts of early boot out of it
 * @dt_virt: the mapped blob
 * Return: false, after a message, if it was refused.
 */
bool __init early_init_dt_scan(const void *dt_virt)
{
	if (!early_init_dt_verify(dt_virt))
		return false;
	early_init_dt_scan_nodes();
	return true;
}

/* A reserved range that swallows all memory, or the kernel, is not one we can honour. */
static void __init reserve_range(u64 base, u64 size, bool nomap)
{
	if (!range_ok(base, size)) {
		pr_warn("reserved range %#llx + %#llx is out of bounds, ignored\n", base, size);
		return;
	}
	if (nomap && memblock_overlaps_region(&memblock.memory, base, size) &&
	    memblock_is_region_reserved(base, size)) {
		pr_warn("no-map range %#llx + %#llx is in use already, only reserved\n",
			base, size);
		nomap = false;
	}
	if (nomap)
		memblock_mark_nomap(base, size);
	memblock_reserve(base, size);
}

struct reserved_scan {
	bool inside;
};

static int __init scan_reserved(unsigned long node, const char *uname, int depth, void *data)
{
	struct reserved_scan *scan = data;
	int entry = 4 * (dt_root_addr_cells + dt_root_size_cells);
	const char *status;
	const void *reg;
	int len;
	bool nomap;

	if (depth == 1) {
		scan->inside = !strcmp(uname, "reserved-memory");
		return 0;
	}
	if (depth != 2 || !scan->inside)
		return 0;
	status = flat_string(node, "status");
	if (status && strcmp(status, "okay") && strcmp(status, "ok"))
		return 0;
	reg = of_get_flat_dt_prop(node, "reg", &len);
	if (!reg || !entry)
		return 0;
	nomap = of_get_flat_dt_prop(node, "no-map", NULL) != NULL;
	for (; len >= entry; len -= entry) {
		u64 base = dt_mem_next_cell(dt_root_addr_cells, &reg);
		u64 size = dt_mem_next_cell(dt_root_size_cells, &reg);

		if (size)
			reserve_range(base, size, nomap);
	}
	return 0;
}

/**
 * early_init_fdt_scan_reserved_mem - keep everybody off what the tree says is taken
 *
 * Call it after the kernel image is reserved and before the first allocation.  The range of
 * the blob itself is the architecture's to reserve: only it knows the physical address.
 *
 * Context: early boot, one CPU.
 */
void __init early_init_fdt_scan_reserved_mem(void)
{
	struct reserved_scan scan = { .inside = false };
	u64 base, size;
	int i, n;

	if (!initial_boot_params)
		return;
	n = fdt_num_mem_rsv(initial_boot_params);
	for (i = 0; i < n; i++) {
		if (!fdt_get_mem_rsv(initial_boot_params, i, &base, &size) && size)
			reserve_range(base, size, false);
	}
	of_scan_flat_dt(scan_reserved, &scan);
}

/**
 * early_init_fdt_reserve_self - keep the blob
 * @dt_phys: where the loader put it
 */
void __init early_init_fdt_reserve_self(phys_addr_t dt_phys)
{
	if (initial_boot_params)
		memblock_reserve(dt_phys, fdt_totalsize(initial_boot_params));
}

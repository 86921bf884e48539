// SPDX-License-Identifier: MIT
/*
 * Boot information, the kernel's side: from the loader's word to memblock.
 *
 * The memory map is a list of claims that may overlap, touch, or contradict each other.  Rule:
 * what any range calls unusable is unusable.  So RAM ranges are added first, shrunk to whole
 * pages, and then every other range is taken out again, grown to whole pages.
 *
 * Firmware tables lie in ranges that are not RAM; bootinfo_is_firmware() tells whether an
 * address found in a table may be followed.
 */
#define pr_fmt(fmt) "bootinfo: " fmt

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/bootinfo.h>
#include <asm/early_ioremap.h>
#include <asm/page.h>
#include <asm/pgtable.h>
#include <asm/sections.h>
#include <asm/setup.h>

/* The PC's hole: frame buffer, option ROMs and BIOS.  Never RAM to us, whatever the map says. */
#define PC_HOLE_START	0xa0000UL
#define PC_HOLE_END	0x100000UL

static struct x86_bootinfo bootinfo __initdata;

/* The one loan that is out. */
static void *lent __initdata;
static size_t lent_size __initdata;

static const void *__init lend(u64 phys, size_t len, void *ctx)
{
	if (lent)
		early_memunmap(lent, lent_size);
	lent = early_memremap(phys, len);
	lent_size = len;
	return lent;
}

static void __init end_loan(void)
{
	if (lent)
		early_memunmap(lent, lent_size);
	lent = NULL;
}

static int __init read_multiboot2(phys_addr_t info)
{
	const void *p;
	u32 size;

	if (!info || info % 8)
		return -EINVAL;
	p = lend(info, 8, NULL);
	if (!p)
		return -EFAULT;
	size = *(const u32 *)p;
	if (size > BOOTINFO_MAX_SIZE)
		return -E2BIG;
	if (size < 8)
		return -EINVAL;
	p = lend(info, size, NULL);
	if (!p)
		return -EFAULT;
	return multiboot2_parse(p, size, &bootinfo);
}

static void __init add_ram(void)
{
	const struct bootinfo_range *r;
	u64 start, end;

	for (r = bootinfo.ranges; r < bootinfo.ranges + bootinfo.nr_ranges; r++) {
		if (r->type != E820_TYPE_RAM)
			continue;
		start = round_up(r->addr, PAGE_SIZE);
		end = round_down(r->addr + r->size, PAGE_SIZE);
		if (start < end)
			memblock_add(start, end - start);
	}
}

static void __init remove_what_is_not_ram(void)
{
	const struct bootinfo_range *r;
	u64 start, end;

	for (r = bootinfo.ranges; r < bootinfo.ranges + bootinfo.nr_ranges; r++) {
		if (r->type == E820_TYPE_RAM)
			continue;
		start = round_down(r->addr, PAGE_SIZE);
		end = round_up(r->addr + r->size, PAGE_SIZE);
		memblock_remove(start, end - start);
	}
	memblock_remove(PC_HOLE_START, PC_HOLE_END - PC_HOLE_START);
	/* Page 0 holds the BIOS's vectors and data, and must stay what a NULL can't reach. */
	memblock_reserve(0, PAGE_SIZE);
}

/**
 * bootinfo_init - read what the loader left, and tell memblock
 * @magic: MULTIBOOT2_BOOTLOADER_MAGIC or XEN_HVM_START_MAGIC_VALUE, as head.asm found it
 * @info: physical address of the loader's structure
 *
 * Fills boot_command_line, memblock's memory, and phys_initrd_start and _size.  Without a
 * usable memory map there is nothing to run in: that panics, with the reason.
 *
 * Context: first thing in setup_arch(); early_memremap() must work.
 */
void __init bootinfo_init(u32 magic, phys_addr_t info)
{
	int ret;

	if (magic == MULTIBOOT2_BOOTLOADER_MAGIC)
		ret = read_multiboot2(info);
	else if (magic == XEN_HVM_START_MAGIC_VALUE)
		ret = pvh_parse(info, lend, NULL, &bootinfo);
	else
		panic("booted by an unknown loader (magic %#x)\n", magic);
	end_loan();

	strscpy(boot_command_line, bootinfo.cmdline, COMMAND_LINE_SIZE);
	if (ret && !bootinfo.nr_ranges)
		panic("boot information at %pa: %s\n", &info, bootinfo_strerror(ret));
	if (ret)
		pr_err("at %pa: %s; going on with the %u memory ranges before that\n",
		       &info, bootinfo_strerror(ret), bootinfo.nr_ranges);
	if (bootinfo.dropped)
		pr_warn("%u entries made no sense and were ignored\n", bootinfo.dropped);
	if (bootinfo.cmdline_truncated)
		pr_warn("command line cut to %zu bytes\n", sizeof(bootinfo.cmdline) - 1);

	add_ram();
	remove_what_is_not_ram();
	phys_initrd_start = bootinfo.initrd_start;
	phys_initrd_size = bootinfo.initrd_size;
}

/* mem=: use no more than so many bytes, but always as many as the image needs. */
static int __init parse_mem(char *arg)
{
	u64 limit, image_end = round_up(__pa_symbol(_end), PMD_SIZE);

	if (!arg)
		return -EINVAL;
	limit = memparse(arg, &arg) & PAGE_MASK;
	if (limit < image_end) {
		pr_warn("mem=: the kernel alone needs %llu bytes\n", image_end);
		limit = image_end;
	}
	memblock_remove(limit, PHYS_ADDR_MAX - limit);
	pr_notice("memory limited to %llu MB\n", limit >> 20);
	return 0;
}
early_param("mem", parse_mem);

static const char *__init type_name(u32 type)
{
	switch (type) {
	case E820_TYPE_RAM:
		return "usable";
	case E820_TYPE_RESERVED:
		return "reserved";
	case E820_TYPE_ACPI:
		return "ACPI data";
	case E820_TYPE_NVS:
		return "ACPI NVS";
	case E820_TYPE_UNUSABLE:
		return "unusable";
	default:
		return "unknown";
	}
}

/**
 * bootinfo_print_map - log the memory map as the loader gave it
 */
void __init bootinfo_print_map(void)
{
	const struct bootinfo_range *r;

	pr_info("loaded by %s, memory map:\n", bootinfo.loader[0] ? bootinfo.loader : "?");
	for (r = bootinfo.ranges; r < bootinfo.ranges + bootinfo.nr_ranges; r++)
		pr_info("[mem %#018llx-%#018llx] %s\n", r->addr, r->addr + r->size - 1,
			type_name(r->type));
}

/**
 * bootinfo_range_is - does the map say this of a whole range?
 * @addr: physical address
 * @size: bytes
 * @type: E820_TYPE_*
 * Return: true if one entry of that type covers it.
 */
bool __init bootinfo_range_is(u64 addr, u64 size, u32 type)
{
	const struct bootinfo_range *r;

	for (r = bootinfo.ranges; r < bootinfo.ranges + bootinfo.nr_ranges; r++) {
		if (r->type == type && addr >= r->addr && size <= r->size &&
		    addr - r->addr <= r->size - size)
			return true;
	}
	return false;
}

/**
 * bootinfo_is_firmware - may firmware data be read here?
 * @addr: physical address
 * @size: bytes
 *
 * Tables are memory: in a range that the map names, of whatever type, or in the BIOS area that
 * old maps leave out.  Anything else may be a device, where even a read can do harm.
 *
 * Return: true if so.
 */
bool __init bootinfo_is_firmware(u64 addr, u64 size)
{
	u32 type;

	if (addr + size < addr || !size)
		return false;
	if (addr + size <= PC_HOLE_END)
		return true;
	for (type = E820_TYPE_RAM; type <= E820_TYPE_NVS; type++) {
		if (bootinfo_range_is(addr, size, type))
			return true;
	}
	return false;
}

/**
 * bootinfo_rsdp - what the loader said of the ACPI root pointer
 * @copy: gets a copy of the pointer itself, NULL if there is none
 * @copy_len: gets its bytes
 * Return: its physical address, 0 if unknown.
 */
phys_addr_t __init bootinfo_rsdp(const void **copy, unsigned int *copy_len)
{
	*copy = bootinfo.rsdp_copy_len ? bootinfo.rsdp_copy : NULL;
	*copy_len = bootinfo.rsdp_copy_len;
	return bootinfo.rsdp;
}

static const char *__init resource_name(u32 type)
{
	switch (type) {
	case E820_TYPE_ACPI:
		return "ACPI Tables";
	case E820_TYPE_NVS:
		return "ACPI Non-volatile Storage";
	case E820_TYPE_UNUSABLE:
		return "Unusable memory";
	default:
		return "Reserved";
	}
}

/* What the firmware keeps for itself, for /proc/iomem; RAM tells its own (kernel/resource.c). */
static int __init insert_firmware_ranges(void)
{
	const struct bootinfo_range *r;
	struct resource *res;

	for (r = bootinfo.ranges; r < bootinfo.ranges + bootinfo.nr_ranges; r++) {
		if (r->type == E820_TYPE_RAM)
			continue;
		res = kzalloc(sizeof(*res), GFP_KERNEL);
		if (!res)
			return -ENOMEM;
		*res = DEFINE_RES_MEM_NAMED(r->addr, r->size, resource_name(r->type));
		if (insert_resource(&iomem_resource, res))
			kfree(res);
	}
	return 0;
}
arch_initcall(insert_firmware_ranges);

// SPDX-License-Identifier: MIT
/*
 * Multiboot2 and PVH boot information: from bytes to struct x86_bootinfo.
 *
 * Pure functions.  Nothing is read but the bytes handed in (Multiboot2) or lent by the caller's
 * map function (PVH, whose structures are scattered); no length, offset or count is believed
 * before it has been compared with what is there.  A structure that can't be walked to its end
 * is an error; a single entry that makes no sense is dropped and counted, because a machine
 * with one odd range in its memory map should still boot.
 *
 *	Multiboot2:  total_size, reserved, then tags { type, size, payload } on 8-byte borders,
 *	             the last of type 0.  Every step moves forward by at least 8 bytes.
 *	PVH:         hvm_start_info, pointing at a command line, modules and memory map entries.
 *
 * Also built for the host and fuzzed: tools/testing/fuzz.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include <asm/bootinfo.h>

#define MB2_TAG_END		0
#define MB2_TAG_CMDLINE		1
#define MB2_TAG_LOADER		2
#define MB2_TAG_MODULE		3
#define MB2_TAG_MMAP		6
#define MB2_TAG_ACPI_OLD	14
#define MB2_TAG_ACPI_NEW	15

#define MB2_HEADER_SIZE		8
#define MB2_TAG_SIZE		8

#define RSDP_OLD_SIZE		20

/* Physical addresses have at most 52 bits on this architecture. */
#define MAX_PHYS		(1ULL << 52)

static u32 ld32(const u8 *p)
{
	return p[0] | (u32)p[1] << 8 | (u32)p[2] << 16 | (u32)p[3] << 24;
}

static u64 ld64(const u8 *p)
{
	return ld32(p) | (u64)ld32(p + 4) << 32;
}

/**
 * bootinfo_strerror - words for what a parser returned
 * @err: negative errno
 * Return: a constant string.
 */
const char *bootinfo_strerror(int err)
{
	switch (err) {
	case -EINVAL:
		return "bad magic, size or alignment";
	case -E2BIG:
		return "larger than any loader makes it";
	case -EBADMSG:
		return "truncated, or a length in it is wrong";
	case -EFAULT:
		return "points outside physical memory";
	case -ENODATA:
		return "has no memory map";
	default:
		return "unknown error";
	}
}

static bool phys_range_ok(u64 addr, u64 size)
{
	return size && addr < MAX_PHYS && size <= MAX_PHYS - addr;
}

static void add_range(struct x86_bootinfo *out, u64 addr, u64 size, u32 type)
{
	struct bootinfo_range *r;

	if (!phys_range_ok(addr, size) || out->nr_ranges == BOOTINFO_MAX_RANGES) {
		out->dropped++;
		return;
	}
	r = &out->ranges[out->nr_ranges++];
	r->addr = addr;
	r->size = size;
	r->type = type;
}

/* The first module is the RAM disk; one that makes no sense is as good as none. */
static void set_initrd(struct x86_bootinfo *out, u64 start, u64 size)
{
	if (out->initrd_size)
		return;
	if (!phys_range_ok(start, size)) {
		out->dropped++;
		return;
	}
	out->initrd_start = start;
	out->initrd_size = size;
}

/* Copies a string of at most @max bytes, terminated or not; true if it all fitted. */
static bool copy_text(char *to, size_t size, const u8 *from, size_t max)
{
	const u8 *end = memchr(from, 0, max);
	size_t len = end ? (size_t)(end - from) : max;
	bool fits = len < size;

	if (!fits)
		len = size - 1;
	memcpy(to, from, len);
	to[len] = '\0';
	return fits;
}

static int mb2_mmap(const u8 *p, u32 len, struct x86_bootinfo *out)
{
	u32 entry;

	if (len < 8)
		return -EBADMSG;
	entry = ld32(p);
	/* Newer versions may add to the end of an entry. */
	if (entry < 24 || entry % 8 || entry > len)
		return len == 8 ? 0 : -EBADMSG;
	for (p += 8, len -= 8; len >= entry; p += entry, len -= entry)
		add_range(out, ld64(p), ld64(p + 8), ld32(p + 16));
	return 0;
}

static int mb2_rsdp(const u8 *p, u32 len, struct x86_bootinfo *out, u32 type)
{
	if (len < RSDP_OLD_SIZE)
		return -EBADMSG;
	/* The newer form says all that the older one does. */
	if (type == MB2_TAG_ACPI_OLD && out->rsdp_copy_len > RSDP_OLD_SIZE)
		return 0;
	if (len > sizeof(out->rsdp_copy))
		len = sizeof(out->rsdp_copy);
	memset(out->rsdp_copy, 0, sizeof(out->rsdp_copy));
	memcpy(out->rsdp_copy, p, len);
	out->rsdp_copy_len = len;
	return 0;
}

static int mb2_tag(u32 type, const u8 *p, u32 len, struct x86_bootinfo *out)
{
	u32 start, end;

	switch (type) {
	case MB2_TAG_CMDLINE:
		out->cmdline_truncated = !copy_text(out->cmdline, sizeof(out->cmdline), p, len);
		return 0;
	case MB2_TAG_LOADER:
		copy_text(out->loader, sizeof(out->loader), p, len);
		return 0;
	case MB2_TAG_MODULE:
		if (len < 8)
			return -EBADMSG;
		start = ld32(p);
		end = ld32(p + 4);
		set_initrd(out, start, end > start ? end - start : 0);
		return 0;
	case MB2_TAG_MMAP:
		return mb2_mmap(p, len, out);
	case MB2_TAG_ACPI_OLD:
	case MB2_TAG_ACPI_NEW:
		return mb2_rsdp(p, len, out, type);
	default:
		return 0;	/* not for us */
	}
}

/**
 * multiboot2_parse - read Multiboot2 boot information
 * @info: its first byte
 * @size: bytes readable at @info; more than it says of itself is ignored
 * @out: result; cleared first
 *
 * Context: any, pure.
 * Return: 0; -EINVAL if the size makes no sense; -E2BIG above BOOTINFO_MAX_SIZE; -EBADMSG if a
 * tag or the list is cut off; -ENODATA without any memory range.
 */
int multiboot2_parse(const void *info, size_t size, struct x86_bootinfo *out)
{
	const u8 *base = info;
	u32 total, off, type, len;
	int ret;

	memset(out, 0, sizeof(*out));
	if (size < MB2_HEADER_SIZE)
		return -EINVAL;
	total = ld32(base);
	if (total > BOOTINFO_MAX_SIZE)
		return -E2BIG;
	if (total < MB2_HEADER_SIZE + MB2_TAG_SIZE || total > size)
		return -EINVAL;

	for (off = MB2_HEADER_SIZE; total - off >= MB2_TAG_SIZE; ) {
		type = ld32(base + off);
		len = ld32(base + off + 4);
		if (len < MB2_TAG_SIZE || len > total - off)
			return -EBADMSG;
		if (type == MB2_TAG_END)
			return out->nr_ranges ? 0 : -ENODATA;
		ret = mb2_tag(type, base + off + MB2_TAG_SIZE, len - MB2_TAG_SIZE, out);
		if (ret)
			return ret;
		len = (len + 7) & ~7u;
		if (len > total - off)
			break;
		off += len;
	}
	return -EBADMSG;	/* ran off the end without meeting the end tag */
}

/* Offsets in struct hvm_start_info and its satellites (Xen's start_info.h documents them). */
#define PVH_VERSION		4
#define PVH_NR_MODULES		12
#define PVH_MODLIST		16
#define PVH_CMDLINE		24
#define PVH_RSDP		32
#define PVH_MEMMAP		40
#define PVH_MEMMAP_ENTRIES	48
#define PVH_SIZE_V0		40
#define PVH_SIZE_V1		56
#define PVH_ENTRY_SIZE		24

static int pvh_memmap(u64 phys, u32 entries, bootinfo_map_fn map, void *ctx,
		      struct x86_bootinfo *out)
{
	const u8 *p;
	u32 i;

	if (entries > BOOTINFO_MAX_SIZE / PVH_ENTRY_SIZE)
		return -E2BIG;
	if (!phys_range_ok(phys, (u64)entries * PVH_ENTRY_SIZE))
		return entries ? -EFAULT : -ENODATA;
	p = map(phys, (size_t)entries * PVH_ENTRY_SIZE, ctx);
	if (!p)
		return -EFAULT;
	for (i = 0; i < entries; i++, p += PVH_ENTRY_SIZE)
		add_range(out, ld64(p), ld64(p + 8), ld32(p + 16));
	return 0;
}

/* The end of the text is not known beforehand; lend it page by page. */
static int pvh_cmdline(u64 phys, bootinfo_map_fn map, void *ctx, struct x86_bootinfo *out)
{
	size_t done = 0, step;
	const u8 *p;

	while (done < sizeof(out->cmdline) - 1) {
		step = 4096 - (phys + done) % 4096;
		if (step > sizeof(out->cmdline) - 1 - done)
			step = sizeof(out->cmdline) - 1 - done;
		if (!phys_range_ok(phys, done + step))
			return -EFAULT;
		p = map(phys + done, step, ctx);
		if (!p)
			return -EFAULT;
		copy_text(out->cmdline + done, step + 1, p, step);
		if (memchr(p, 0, step))
			return 0;
		done += step;
	}
	out->cmdline_truncated = true;
	return 0;
}

static int pvh_module(u64 phys, bootinfo_map_fn map, void *ctx, struct x86_bootinfo *out)
{
	const u8 *p;

	if (!phys_range_ok(phys, 32))
		return -EFAULT;
	p = map(phys, 32, ctx);
	if (!p)
		return -EFAULT;
	set_initrd(out, ld64(p), ld64(p + 8));
	return 0;
}

/**
 * pvh_parse - read a PVH start info
 * @start_info: its physical address
 * @map: lends physical memory
 * @ctx: passed to @map
 * @out: result; cleared first
 *
 * Context: any; pure but for @map.
 * Return: 0; -EINVAL for a wrong magic; -EFAULT if something points outside memory; -E2BIG for
 * an absurd number of entries; -ENODATA without a memory map (version 0 has none).
 */
int pvh_parse(u64 start_info, bootinfo_map_fn map, void *ctx, struct x86_bootinfo *out)
{
	u64 modlist, cmdline, memmap;
	u32 version, modules, entries;
	const u8 *p;
	int ret;

	memset(out, 0, sizeof(*out));
	if (!phys_range_ok(start_info, PVH_SIZE_V1))
		return -EFAULT;
	p = map(start_info, PVH_SIZE_V1, ctx);
	if (!p)
		return -EFAULT;
	if (ld32(p) != XEN_HVM_START_MAGIC_VALUE)
		return -EINVAL;
	/* Take all of it now: the next map() ends this loan. */
	version = ld32(p + PVH_VERSION);
	modules = ld32(p + PVH_NR_MODULES);
	modlist = ld64(p + PVH_MODLIST);
	cmdline = ld64(p + PVH_CMDLINE);
	out->rsdp = ld64(p + PVH_RSDP);
	memmap = ld64(p + PVH_MEMMAP);
	entries = ld32(p + PVH_MEMMAP_ENTRIES);
	if (version < 1)
		return -ENODATA;

	memcpy(out->loader, "PVH", 4);
	ret = pvh_memmap(memmap, entries, map, ctx, out);
	if (ret)
		return ret;
	if (cmdline) {
		ret = pvh_cmdline(cmdline, map, ctx, out);
		if (ret)
			return ret;
	}
	if (modules) {
		ret = pvh_module(modlist, map, ctx, out);
		if (ret)
			return ret;
	}
	return out->nr_ranges ? 0 : -ENODATA;
}

// SPDX-License-Identifier: MIT
/*
 * A small device tree with one of everything, built by code: for the KUnit suite and, as a seed,
 * for the fuzzer on the host.
 */
#include <linux/libfdt.h>
#include <linux/string.h>
#include <linux/types.h>

#include "fdt_sample.h"

struct builder {
	u8 structs[1536], strings[512];
	size_t nr_structs, nr_strings;
};

void fdt_sample_put32(u8 *p, u32 value)
{
	p[0] = value >> 24;
	p[1] = value >> 16;
	p[2] = value >> 8;
	p[3] = value;
}

static void cell(struct builder *b, u32 value)
{
	fdt_sample_put32(b->structs + b->nr_structs, value);
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
		fdt_sample_put32(value + 4 * i, cells[i]);
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

/**
 * fdt_sample_build - write the sample tree
 * @p: FDT_SAMPLE_SIZE bytes, aligned to 8
 * @version: 16 or 17
 * Return: bytes used.
 */
size_t fdt_sample_build(u8 *p, u32 version)
{
	static const u64 reserve[] = { 0x4e000000, 0x1000, 0, 0 };
	static struct builder b;
	size_t off = sizeof(struct fdt_header);
	int i;

	memset(&b, 0, sizeof(b));
	build_tree(&b);
	memset(p, 0, FDT_SAMPLE_SIZE);
	fdt_sample_put32(p, FDT_MAGIC);
	fdt_sample_put32(p + FDT_SAMPLE_OFF_RSVMAP, off);
	for (i = 0; i < 4; i++, off += 8) {
		fdt_sample_put32(p + off, reserve[i] >> 32);
		fdt_sample_put32(p + off + 4, reserve[i]);
	}
	fdt_sample_put32(p + FDT_SAMPLE_OFF_STRUCT, off);
	memcpy(p + off, b.structs, b.nr_structs);
	off += b.nr_structs;
	fdt_sample_put32(p + FDT_SAMPLE_OFF_STRINGS, off);
	memcpy(p + off, b.strings, b.nr_strings);
	off += b.nr_strings;
	fdt_sample_put32(p + FDT_SAMPLE_TOTALSIZE, off);
	fdt_sample_put32(p + FDT_SAMPLE_VERSION, version);
	fdt_sample_put32(p + FDT_SAMPLE_LAST_COMP, 16);
	fdt_sample_put32(p + FDT_SAMPLE_SIZE_STRINGS, b.nr_strings);
	fdt_sample_put32(p + FDT_SAMPLE_SIZE_STRUCT, version >= 17 ? b.nr_structs : 0);
	return off;
}

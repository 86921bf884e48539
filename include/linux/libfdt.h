/* SPDX-License-Identifier: MIT */
/*
 * Reading a flattened device tree (Devicetree Specification 0.4, chapter 5) in place.
 *
 * fdt_check_full() is the gate: it proves that a blob is well-formed from header to last
 * token.  The other calls still never read outside the blob, whatever is in it; on a blob that
 * was not checked they may return nonsense, but no more than that.  No allocation, no locks,
 * no kernel services: the same file is built for the host and fuzzed there.
 *
 * Nodes are named by the byte offset of their FDT_BEGIN_NODE token in the structure block.
 */
#ifndef _LINUX_LIBFDT_H
#define _LINUX_LIBFDT_H

#include <linux/types.h>

#define FDT_MAGIC		0xd00dfeedu
#define FDT_FIRST_SUPPORTED_VERSION 16
#define FDT_LAST_SUPPORTED_VERSION  17
#define FDT_MAX_SIZE		(2u << 20)	/* what the arm64 boot protocol allows */
#define FDT_MAX_DEPTH		64

#define FDT_BEGIN_NODE		1u
#define FDT_END_NODE		2u
#define FDT_PROP		3u
#define FDT_NOP			4u
#define FDT_END			9u

/* All fields big-endian. */
struct fdt_header {
	u32 magic;
	u32 totalsize;
	u32 off_dt_struct;
	u32 off_dt_strings;
	u32 off_mem_rsvmap;
	u32 version;
	u32 last_comp_version;
	u32 boot_cpuid_phys;
	u32 size_dt_strings;
	u32 size_dt_struct;
};

/* What can be wrong with a blob; returned negated. */
#define FDT_ERR_NOTFOUND	1
#define FDT_ERR_BADMAGIC	2
#define FDT_ERR_BADVERSION	3
#define FDT_ERR_TRUNCATED	4
#define FDT_ERR_BADLAYOUT	5	/* blocks overlap, or are misaligned or outside */
#define FDT_ERR_BADSTRUCTURE	6	/* tokens out of order */
#define FDT_ERR_BADSTRING	7	/* a name without an end */
#define FDT_ERR_TOODEEP		8
#define FDT_ERR_BADRSVMAP	9	/* no terminating entry */

struct fdt_property_view {
	const char *name;
	const void *value;
	int len;
};

u32 fdt32_ld(const void *p);
u64 fdt64_ld(const void *p);

int fdt_check_header(const void *fdt);
int fdt_check_full(const void *fdt, size_t bufsize);
const char *fdt_strerror(int err);
u32 fdt_totalsize(const void *fdt);

int fdt_next_node(const void *fdt, int offset, int *depth);
const char *fdt_get_name(const void *fdt, int node, int *lenp);
int fdt_first_property_offset(const void *fdt, int node);
int fdt_next_property_offset(const void *fdt, int prop);
int fdt_get_property_by_offset(const void *fdt, int prop, struct fdt_property_view *view);
const void *fdt_getprop(const void *fdt, int node, const char *name, int *lenp);
int fdt_subnode_offset_namelen(const void *fdt, int parent, const char *name, int namelen);
int fdt_path_offset(const void *fdt, const char *path);
bool fdt_stringlist_contains(const void *list, int len, const char *string);
int fdt_node_check_compatible(const void *fdt, int node, const char *compatible);
int fdt_num_mem_rsv(const void *fdt);
int fdt_get_mem_rsv(const void *fdt, int n, u64 *address, u64 *size);

#endif /* _LINUX_LIBFDT_H */

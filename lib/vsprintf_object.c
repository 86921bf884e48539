// SPDX-License-Identifier: MIT
/*
 * Text of kernel objects for printf's %p: flags of pages and allocations, device-tree nodes.
 *
 *	%pGp	page flags by names, and the zone: 0x...(uptodate|lru|zone=2)
 *	%pGg	a gfp_t: the common combinations first, then single flags
 *	%pGt	a page's type: 0x...(buddy)
 *	%pGv	flags of a user mapping: read|write|mayread|...
 *	%pd %pD	a struct dentry, a struct file: its name; with a number behind it, parents too
 *	%pOF	a struct device_node: its path; letters behind choose other properties
 *	%pfw	a struct fwnode_handle: its path; with P behind it, its name
 *
 * Flags are given by reference.
 */

#include <linux/sprintf.h>

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fwnode.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/page-flags.h>
#include <linux/property.h>
#include <linux/string.h>
#include <linux/types.h>

#include "vsprintf.h"

static const struct spec hex = { .flags = SPECIAL | SMALL, .base = 16, .precision = -1 };
static const struct spec decimal = { .base = 10, .precision = -1 };
static const struct spec plain = { .precision = -1 };

static void put_text(struct sink *out, const char *s)
{
	put_bytes(out, s, strlen(s));
}

/* --- Flags ------------------------------------------------------------------------------------ */

struct flag_text {
	unsigned long bits;
	const char *name;
};

/* The names of those in @table that are wholly set, joined; what no name covers as a number. */
static void put_flag_names(struct sink *out, unsigned long flags, const struct flag_text *table)
{
	const char *bar = "";

	for (; table->name && flags; table++) {
		if ((flags & table->bits) != table->bits)
			continue;
		put_text(out, bar);
		put_text(out, table->name);
		bar = "|";
		flags &= ~table->bits;
	}
	if (flags) {
		put_text(out, bar);
		put_number(out, flags, &hex);
	}
}

#define PAGE_FLAG(name)	{ BIT(PG_##name), #name }

static const struct flag_text page_flag_texts[] = {
	PAGE_FLAG(locked), PAGE_FLAG(waiters), PAGE_FLAG(referenced), PAGE_FLAG(uptodate),
	PAGE_FLAG(dirty), PAGE_FLAG(lru), PAGE_FLAG(active), PAGE_FLAG(workingset),
	PAGE_FLAG(owner_priv_1), PAGE_FLAG(owner_2), PAGE_FLAG(arch_1), PAGE_FLAG(reserved),
	PAGE_FLAG(private), PAGE_FLAG(private_2), PAGE_FLAG(writeback), PAGE_FLAG(head),
	PAGE_FLAG(reclaim), PAGE_FLAG(swapbacked), PAGE_FLAG(unevictable), PAGE_FLAG(mlocked),
	PAGE_FLAG(poisoned),
	{}
};

/* The zone's number shares the word with the flags: <linux/page-flags-layout.h>. */
static void put_page_flags(struct sink *out, unsigned long flags)
{
	unsigned long named = flags & (BIT(ZONES_PGSHIFT) - 1);

	put_number(out, flags, &hex);
	put_char(out, '(');
	put_flag_names(out, named, page_flag_texts);
	if (named)
		put_char(out, '|');
	put_text(out, "zone=");
	put_number(out, flags >> ZONES_PGSHIFT & ZONES_MASK, &decimal);
	put_char(out, ')');
}

#define GFP_TEXT(name)	{ (__force unsigned long)(name), #name }

/* Combinations before what they are made of, the larger first. */
static const struct flag_text gfp_texts[] = {
	GFP_TEXT(GFP_TRANSHUGE), GFP_TEXT(GFP_TRANSHUGE_LIGHT), GFP_TEXT(GFP_HIGHUSER_MOVABLE),
	GFP_TEXT(GFP_HIGHUSER), GFP_TEXT(GFP_USER), GFP_TEXT(GFP_KERNEL_ACCOUNT),
	GFP_TEXT(GFP_KERNEL), GFP_TEXT(GFP_NOFS), GFP_TEXT(GFP_ATOMIC), GFP_TEXT(GFP_NOIO),
	GFP_TEXT(GFP_NOWAIT), GFP_TEXT(GFP_DMA), GFP_TEXT(__GFP_HIGHMEM), GFP_TEXT(GFP_DMA32),
	GFP_TEXT(__GFP_HIGH), GFP_TEXT(__GFP_IO), GFP_TEXT(__GFP_FS), GFP_TEXT(__GFP_NOWARN),
	GFP_TEXT(__GFP_RETRY_MAYFAIL), GFP_TEXT(__GFP_NOFAIL), GFP_TEXT(__GFP_NORETRY),
	GFP_TEXT(__GFP_COMP), GFP_TEXT(__GFP_ZERO), GFP_TEXT(__GFP_NOMEMALLOC),
	GFP_TEXT(__GFP_MEMALLOC), GFP_TEXT(__GFP_HARDWALL), GFP_TEXT(__GFP_THISNODE),
	GFP_TEXT(__GFP_RECLAIMABLE), GFP_TEXT(__GFP_MOVABLE), GFP_TEXT(__GFP_ACCOUNT),
	GFP_TEXT(__GFP_WRITE), GFP_TEXT(__GFP_RECLAIM), GFP_TEXT(__GFP_DIRECT_RECLAIM),
	GFP_TEXT(__GFP_KSWAPD_RECLAIM), GFP_TEXT(__GFP_ZEROTAGS), GFP_TEXT(__GFP_SKIP_ZERO),
	GFP_TEXT(__GFP_SKIP_KASAN),
	{}
};

#define VM_TEXT(flag, name)	{ VM_##flag, name }

static const struct flag_text vma_flag_texts[] = {
	VM_TEXT(READ, "read"), VM_TEXT(WRITE, "write"), VM_TEXT(EXEC, "exec"),
	VM_TEXT(SHARED, "shared"), VM_TEXT(MAYREAD, "mayread"), VM_TEXT(MAYWRITE, "maywrite"),
	VM_TEXT(MAYEXEC, "mayexec"), VM_TEXT(MAYSHARE, "mayshare"),
	VM_TEXT(GROWSDOWN, "growsdown"), VM_TEXT(PFNMAP, "pfnmap"), VM_TEXT(LOCKED, "locked"),
	VM_TEXT(IO, "io"), VM_TEXT(DONTCOPY, "dontcopy"), VM_TEXT(DONTEXPAND, "dontexpand"),
	VM_TEXT(LOCKONFAULT, "lockonfault"), VM_TEXT(ACCOUNT, "account"),
	VM_TEXT(NORESERVE, "noreserve"), VM_TEXT(SYNC, "sync"),
	VM_TEXT(WIPEONFORK, "wipeonfork"), VM_TEXT(DONTDUMP, "dontdump"),
	VM_TEXT(SOFTDIRTY, "softdirty"), VM_TEXT(MIXEDMAP, "mixedmap"),
	VM_TEXT(HUGEPAGE, "hugepage"), VM_TEXT(NOHUGEPAGE, "nohugepage"),
	VM_TEXT(MERGEABLE, "mergeable"),
	{}
};

static const struct {
	u8 type;
	const char *name;
} page_types[] = {
	{ PGTY_buddy, "buddy" }, { PGTY_offline, "offline" }, { PGTY_table, "table" },
	{ PGTY_guard, "guard" }, { PGTY_hugetlb, "hugetlb" }, { PGTY_slab, "slab" },
};

static void put_page_type(struct sink *out, unsigned int type)
{
	int i;

	put_number(out, type, &hex);
	put_char(out, '(');
	for (i = 0; i < ARRAY_SIZE(page_types); i++)
		if (type >> 24 == page_types[i].type)
			put_text(out, page_types[i].name);
	put_char(out, ')');
}

/** put_flags() - %pG: flags by name */
void put_flags(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	if (put_if_bad_pointer(out, ptr, *spec))
		return;
	switch (letters[1]) {
	case 'p':
		put_page_flags(out, *(const unsigned long *)ptr);
		break;
	case 'g':
		put_flag_names(out, (__force unsigned long)*(const gfp_t *)ptr, gfp_texts);
		break;
	case 'v':
		put_flag_names(out, *(const unsigned long *)ptr, vma_flag_texts);
		break;
	case 't':
		put_page_type(out, *(const unsigned int *)ptr);
		break;
	default:
		put_string_nocheck(out, "(%pG?)", spec);
		break;
	}
}

/* --- Names of files --------------------------------------------------------------------------- */

#define MAX_NAMES	4

static int length_of_names(const char *const *names, int count)
{
	int len = count - 1;	/* slashes */

	while (count--)
		len += strlen(names[count]);
	return len;
}

/* "a/b/c" of @names, the innermost first. */
static void put_names(struct sink *out, const char *const *names, int count,
		      const struct spec *spec)
{
	int len = length_of_names(names, count), left;
	const char *p;

	if (spec->precision >= 0)
		len = min(len, spec->precision);
	if (!(spec->flags & LEFT))
		put_repeated(out, ' ', spec->width - len);
	for (left = len; count--; ) {
		for (p = names[count]; *p && left; p++, left--)
			put_char(out, *p);
		if (count && left) {
			put_char(out, '/');
			left--;
		}
	}
	if (spec->flags & LEFT)
		put_repeated(out, ' ', spec->width - len);
}

/**
 * put_dentry() - %pd, and %pD for a file's: the name, behind those of as many parents as asked for
 *
 * Without a lock: a rename that comes in between may make the text a mixture, but each name is
 * whole, for names and dentries are freed after a grace period.
 */
void put_dentry(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	int wanted = letters[1] >= '2' && letters[1] <= '4' ? letters[1] - '0' : 1;
	const char *names[MAX_NAMES];
	const struct dentry *dentry = ptr, *parent;
	int count = 0;

	if (put_if_bad_pointer(out, ptr, *spec))
		return;
	if (letters[0] == 'D') {
		dentry = ((const struct file *)ptr)->f_path.dentry;
		if (put_if_bad_pointer(out, dentry, *spec))
			return;
	}
	rcu_read_lock();
	for (; count < wanted; dentry = parent) {
		parent = READ_ONCE(dentry->d_parent);
		names[count++] = (const char *)READ_ONCE(dentry->d_name.name);
		if (parent == dentry) {
			/* the root: before a name it is only the slash */
			if (count > 1)
				names[count - 1] = "";
			break;
		}
	}
	put_names(out, names, count, spec);
	rcu_read_unlock();
}

/* --- Nodes of the device tree ----------------------------------------------------------------- */

/* The path; the root is its own. Deeper than any tree is: a damaged one. */
#define MAX_DEPTH	32

static void put_node_path(struct sink *out, const struct device_node *node)
{
	const struct device_node *way[MAX_DEPTH];
	int depth = 0;

	for (; node->parent && depth < MAX_DEPTH; node = node->parent)
		way[depth++] = node;
	if (!depth)
		put_char(out, '/');
	while (depth--) {
		put_char(out, '/');
		put_string(out, way[depth]->full_name, &plain);
	}
}

/* The first string of "compatible", or all of them in quotes. */
static void put_compatible(struct sink *out, const struct device_node *node, bool all)
{
	const char *text, *quote = all ? "\"" : "";
	int i;

	for (i = 0; !of_property_read_string_index(node, "compatible", i, &text); i++) {
		if (i)
			put_char(out, ',');
		put_text(out, quote);
		put_text(out, text);
		put_text(out, quote);
		if (!all)
			break;
	}
}

static void put_node_property(struct sink *out, const struct device_node *node, char letter)
{
	switch (letter) {
	case 'f':
		put_node_path(out, node);
		break;
	case 'n':
		put_bytes(out, node->full_name, strchrnul(node->full_name, '@') - node->full_name);
		break;
	case 'p':
		put_number(out, node->phandle, &decimal);
		break;
	case 'P':
		put_string(out, *node->full_name ? node->full_name : "/", &plain);
		break;
	case 'F':
		/* dynamic, detached, populated, populated bus: our trees never change */
		put_text(out, "----");
		break;
	case 'c':
	case 'C':
		put_compatible(out, node, letter == 'C');
		break;
	}
}

static void put_node_properties(struct sink *out, const char *wanted, const void *node)
{
	put_node_property(out, node, *wanted);
	for (wanted++; *wanted && strchr("fnpPFcC", *wanted); wanted++) {
		put_char(out, ':');
		put_node_property(out, node, *wanted);
	}
}

/** put_device_node() - %pOF and the properties wanted, with ':' between; none means the path */
void put_device_node(struct sink *out, const char *letters, const void *ptr,
		     const struct spec *spec)
{
	const char *wanted = letters + 2;

	if (letters[1] != 'F') {
		put_string_nocheck(out, "(%pO?)", spec);
		return;
	}
	if (put_if_bad_pointer(out, ptr, *spec))
		return;
	if (!*wanted || !strchr("fnpPFcC", *wanted))
		wanted = "f";
	put_widened(out, put_node_properties, wanted, ptr, spec);
}

/* --- Firmware nodes, whatever they are made of ------------------------------------------------ */

/*
 * From the root down, each with what it wants in front. A node keeps those above it, so that the
 * reference to one can be given back at once.
 */
static void put_fwnode_path(struct sink *out, const char *letters, const void *ptr)
{
	const struct fwnode_handle *fwnode = ptr;
	const struct fwnode_handle *way[MAX_DEPTH];
	struct fwnode_handle *parent;
	const char *prefix;
	int depth = 0;

	for (; fwnode && depth < MAX_DEPTH; fwnode = parent) {
		way[depth++] = fwnode;
		parent = fwnode_get_parent(fwnode);
		fwnode_handle_put(parent);
	}
	while (depth--) {
		prefix = fwnode_get_name_prefix(way[depth]);
		put_text(out, prefix ? prefix : "");
		put_string(out, fwnode_get_name(way[depth]), &plain);
	}
}

/** put_fwnode() - %pfw and %pfwf: the path of a firmware node; %pfwP: its name */
void put_fwnode(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	const struct fwnode_handle *fwnode = ptr;

	if (letters[1] != 'w') {
		put_string_nocheck(out, "(%pf?)", spec);
		return;
	}
	if (put_if_bad_pointer(out, ptr, *spec))
		return;
	if (letters[2] == 'P')
		put_string(out, fwnode_get_name(fwnode), spec);
	else
		put_widened(out, put_fwnode_path, letters, fwnode, spec);
}

// SPDX-License-Identifier: MIT
/*
 * Reading a flattened device tree, trusting nothing.
 *
 * A blob is a header and three blocks, all numbers big-endian:
 *
 *	header		where the blocks are
 *	reserve map	(address, size) pairs up to a pair of zeros
 *	structure	a stream of tokens: BEGIN_NODE name, PROP len nameoff value, END_NODE, END
 *	strings		the property names that PROP points into
 *
 * Two layers.  token_read() is the only function that looks at the structure block; it checks
 * every length against the block's end before it believes it, and each token it returns ends
 * behind where it began, so no stream of bytes can make a walk run for ever.  Everything else
 * is a walk built on it.  fdt_check_full() walks the whole blob once and proves that
 *
 *	(1) header and blocks lie inside the buffer, are aligned, and don't overlap;
 *	(2) tokens nest: one root, properties before child nodes, END exactly at depth 0;
 *	(3) every name ends inside its block, and no node is deeper than FDT_MAX_DEPTH;
 *	(4) the reserve map has its end mark.
 *
 * No kernel service is used: the file is built for the host too (tools/testing/fuzz).
 */
#include <linux/libfdt.h>
#include <linux/string.h>
#include <linux/types.h>

/* The header in host order, its ends computed.  Offsets are from the start of the blob. */
struct fdt_view {
	const u8 *blob;
	u32 total;
	u32 struct_off, struct_end;
	u32 strings_off, strings_end;
	u32 rsvmap_off;
};

/* One token of the structure block; offsets are relative to the block. */
struct fdt_token {
	u32 tag;
	u32 next;		/* where the following token starts; always beyond this one */
	const char *name;	/* BEGIN_NODE and PROP */
	u32 name_len;
	const u8 *value;	/* PROP */
	u32 value_len;
};

/**
 * fdt32_ld - a big-endian 32-bit number at any alignment
 * @p: its first byte
 * Return: the number.
 */
u32 fdt32_ld(const void *p)
{
	const u8 *b = p;

	return (u32)b[0] << 24 | (u32)b[1] << 16 | (u32)b[2] << 8 | b[3];
}

/**
 * fdt64_ld - a big-endian 64-bit number at any alignment
 * @p: its first byte
 * Return: the number.
 */
u64 fdt64_ld(const void *p)
{
	return (u64)fdt32_ld(p) << 32 | fdt32_ld((const u8 *)p + 4);
}

/**
 * fdt_totalsize - size of the blob by its own header
 * @fdt: at least a header's worth of bytes
 * Return: bytes.
 */
u32 fdt_totalsize(const void *fdt)
{
	return fdt32_ld((const u8 *)fdt + __builtin_offsetof(struct fdt_header, totalsize));
}

/**
 * fdt_strerror - words for a message
 * @err: negative FDT_ERR_*
 * Return: a constant string.
 */
const char *fdt_strerror(int err)
{
	switch (-err) {
	case FDT_ERR_NOTFOUND:
		return "not found";
	case FDT_ERR_BADMAGIC:
		return "no device tree at this address";
	case FDT_ERR_BADVERSION:
		return "version not supported";
	case FDT_ERR_TRUNCATED:
		return "truncated, or its size is out of range";
	case FDT_ERR_BADLAYOUT:
		return "blocks overlap or leave the blob";
	case FDT_ERR_BADSTRUCTURE:
		return "tokens out of order";
	case FDT_ERR_BADSTRING:
		return "a name has no end";
	case FDT_ERR_TOODEEP:
		return "nested too deep";
	case FDT_ERR_BADRSVMAP:
		return "reserve map has no end";
	default:
		return "unknown error";
	}
}

static bool inside(u32 off, u32 size, u32 end)
{
	return off <= end && size <= end - off;
}

/* Version 16 did not say how long the structure block is: at most up to the next block. */
static u32 room_before_next_block(const struct fdt_view *v)
{
	u32 end = v->total;

	if (v->strings_off > v->struct_off && v->strings_off < end)
		end = v->strings_off;
	if (v->rsvmap_off > v->struct_off && v->rsvmap_off < end)
		end = v->rsvmap_off;
	return end - v->struct_off;
}

/* Reads the header and establishes invariant (1), all but the overlap of blocks. */
static int view_open(const void *fdt, struct fdt_view *v)
{
	const u8 *h = fdt;
	u32 version, struct_size, strings_size;

	if (fdt32_ld(h) != FDT_MAGIC)
		return -FDT_ERR_BADMAGIC;
	version = fdt32_ld(h + __builtin_offsetof(struct fdt_header, version));
	if (version < FDT_FIRST_SUPPORTED_VERSION ||
	    fdt32_ld(h + __builtin_offsetof(struct fdt_header, last_comp_version)) >
	    FDT_LAST_SUPPORTED_VERSION)
		return -FDT_ERR_BADVERSION;

	v->blob = fdt;
	v->total = fdt_totalsize(fdt);
	if (v->total < sizeof(struct fdt_header) || v->total > FDT_MAX_SIZE)
		return -FDT_ERR_TRUNCATED;

	v->struct_off = fdt32_ld(h + __builtin_offsetof(struct fdt_header, off_dt_struct));
	v->strings_off = fdt32_ld(h + __builtin_offsetof(struct fdt_header, off_dt_strings));
	v->rsvmap_off = fdt32_ld(h + __builtin_offsetof(struct fdt_header, off_mem_rsvmap));
	strings_size = fdt32_ld(h + __builtin_offsetof(struct fdt_header, size_dt_strings));
	if (v->struct_off > v->total)
		return -FDT_ERR_BADLAYOUT;
	if (version >= 17)
		struct_size = fdt32_ld(h + __builtin_offsetof(struct fdt_header, size_dt_struct));
	else
		struct_size = room_before_next_block(v);

	if (v->struct_off < sizeof(struct fdt_header) || v->struct_off % 4 ||
	    !inside(v->struct_off, struct_size, v->total))
		return -FDT_ERR_BADLAYOUT;
	if (v->strings_off < sizeof(struct fdt_header) ||
	    !inside(v->strings_off, strings_size, v->total))
		return -FDT_ERR_BADLAYOUT;
	if (v->rsvmap_off < sizeof(struct fdt_header) || v->rsvmap_off % 8 ||
	    v->rsvmap_off > v->total)
		return -FDT_ERR_BADLAYOUT;

	v->struct_end = v->struct_off + struct_size;
	v->strings_end = v->strings_off + strings_size;
	return 0;
}

/* Length of the string at @p without its end mark, or -1 if it has none within @room bytes. */
static s64 string_length(const u8 *p, u32 room)
{
	const u8 *end = memchr(p, 0, room);

	return end ? end - p : -1;
}

static u32 align4(u32 x)
{
	return (x + 3) & ~3u;
}

/* The token at @off (relative to the structure block), fully checked. */
static int token_read(const struct fdt_view *v, u32 off, struct fdt_token *t)
{
	const u8 *base = v->blob + v->struct_off;
	u32 size = v->struct_end - v->struct_off;
	u32 nameoff;
	s64 len;

	if (off % 4 || !inside(off, 4, size))
		return -FDT_ERR_BADSTRUCTURE;
	t->tag = fdt32_ld(base + off);
	off += 4;

	switch (t->tag) {
	case FDT_BEGIN_NODE:
		len = string_length(base + off, size - off);
		if (len < 0)
			return -FDT_ERR_BADSTRING;
		t->name = (const char *)base + off;
		t->name_len = len;
		t->next = align4(off + len + 1);
		return 0;

	case FDT_PROP:
		if (!inside(off, 8, size))
			return -FDT_ERR_BADSTRUCTURE;
		t->value_len = fdt32_ld(base + off);
		nameoff = fdt32_ld(base + off + 4);
		off += 8;
		if (!inside(off, t->value_len, size))
			return -FDT_ERR_BADSTRUCTURE;
		if (nameoff >= v->strings_end - v->strings_off)
			return -FDT_ERR_BADSTRING;
		t->name = (const char *)v->blob + v->strings_off + nameoff;
		len = string_length((const u8 *)t->name, v->strings_end - v->strings_off - nameoff);
		if (len < 0)
			return -FDT_ERR_BADSTRING;
		t->name_len = len;
		t->value = base + off;
		t->next = align4(off + t->value_len);
		return 0;

	case FDT_END_NODE:
	case FDT_NOP:
	case FDT_END:
		t->next = off;
		return 0;

	default:
		return -FDT_ERR_BADSTRUCTURE;
	}
}

/* The next token that means something. */
static int token_skip_nops(const struct fdt_view *v, u32 off, struct fdt_token *t, u32 *at)
{
	int ret;

	for (;;) {
		ret = token_read(v, off, t);
		if (ret)
			return ret;
		if (t->tag != FDT_NOP)
			break;
		off = t->next;
	}
	*at = off;
	return 0;
}

static bool overlap(u32 a, u32 a_end, u32 b, u32 b_end)
{
	return a < b_end && b < a_end;
}

/* Bytes of the reserve map with its end mark, or negative error: invariant (4). */
static s64 rsvmap_size(const struct fdt_view *v)
{
	u32 off = v->rsvmap_off;

	for (;;) {
		if (!inside(off, 16, v->total))
			return -FDT_ERR_BADRSVMAP;
		off += 16;
		if (!fdt64_ld(v->blob + off - 16) && !fdt64_ld(v->blob + off - 8))
			return off - v->rsvmap_off;
	}
}

static int check_blocks(const struct fdt_view *v)
{
	s64 rsv = rsvmap_size(v);
	u32 rsv_end;

	if (rsv < 0)
		return rsv;
	rsv_end = v->rsvmap_off + rsv;
	if (overlap(v->struct_off, v->struct_end, v->strings_off, v->strings_end) ||
	    overlap(v->rsvmap_off, rsv_end, v->strings_off, v->strings_end) ||
	    overlap(v->rsvmap_off, rsv_end, v->struct_off, v->struct_end))
		return -FDT_ERR_BADLAYOUT;
	return 0;
}

/* Invariants (2) and (3). */
static int check_structure(const struct fdt_view *v)
{
	bool props_allowed[FDT_MAX_DEPTH + 1] = { false };
	struct fdt_token t;
	u32 off = 0, at;
	bool seen_root = false;
	int depth = 0, ret;

	for (;; off = t.next) {
		ret = token_skip_nops(v, off, &t, &at);
		if (ret)
			return ret;
		switch (t.tag) {
		case FDT_BEGIN_NODE:
			if (depth == 0 && seen_root)
				return -FDT_ERR_BADSTRUCTURE;
			if (depth == FDT_MAX_DEPTH)
				return -FDT_ERR_TOODEEP;
			seen_root = true;
			props_allowed[depth] = false;
			props_allowed[++depth] = true;
			break;
		case FDT_PROP:
			if (!props_allowed[depth])
				return -FDT_ERR_BADSTRUCTURE;
			break;
		case FDT_END_NODE:
			if (depth-- == 0)
				return -FDT_ERR_BADSTRUCTURE;
			break;
		case FDT_END:
			return depth == 0 && seen_root ? 0 : -FDT_ERR_BADSTRUCTURE;
		}
	}
}

/**
 * fdt_check_header - is there a device tree, and do its blocks lie within it?
 * @fdt: at least sizeof(struct fdt_header) readable bytes
 * Return: 0 or a negative FDT_ERR_*.
 */
int fdt_check_header(const void *fdt)
{
	struct fdt_view v;

	return view_open(fdt, &v);
}

/**
 * fdt_check_full - prove a blob well-formed, invariants (1) to (4) of this file
 * @fdt: the blob
 * @bufsize: readable bytes at @fdt
 * Return: 0 or a negative FDT_ERR_* for the first thing found wrong.
 */
int fdt_check_full(const void *fdt, size_t bufsize)
{
	struct fdt_view v;
	int ret;

	if (bufsize < sizeof(struct fdt_header))
		return -FDT_ERR_TRUNCATED;
	ret = view_open(fdt, &v);
	if (ret)
		return ret;
	if (v.total > bufsize)
		return -FDT_ERR_TRUNCATED;
	ret = check_blocks(&v);
	if (ret)
		return ret;
	return check_structure(&v);
}

/**
 * fdt_next_node - the node after this one, in the order of the blob
 * @fdt: checked blob
 * @offset: a node, or negative to start with the root
 * @depth: if not NULL, in and out: depth of the node; set it to -1 before the first call, so
 *	that the root is 0.  It goes negative when the subtree walked has been left.
 *
 * Return: offset of the node, or -FDT_ERR_NOTFOUND at the end.
 */
int fdt_next_node(const void *fdt, int offset, int *depth)
{
	struct fdt_view v;
	struct fdt_token t;
	u32 off = 0, at;

	if (view_open(fdt, &v))
		return -FDT_ERR_NOTFOUND;
	if (offset >= 0) {
		if (token_read(&v, offset, &t) || t.tag != FDT_BEGIN_NODE)
			return -FDT_ERR_NOTFOUND;
		off = t.next;
	}
	for (;; off = t.next) {
		if (token_skip_nops(&v, off, &t, &at))
			return -FDT_ERR_NOTFOUND;
		switch (t.tag) {
		case FDT_BEGIN_NODE:
			if (depth)
				(*depth)++;
			return at;
		case FDT_END_NODE:
			if (depth && --(*depth) < -1)
				return -FDT_ERR_NOTFOUND;
			break;
		case FDT_END:
			return -FDT_ERR_NOTFOUND;
		}
	}
}

/**
 * fdt_get_name - name of a node with its unit address
 * @fdt: checked blob
 * @node: its offset
 * @lenp: if not NULL, gets the length
 * Return: the name inside the blob, NULL if @node is no node.
 */
const char *fdt_get_name(const void *fdt, int node, int *lenp)
{
	struct fdt_view v;
	struct fdt_token t;

	if (node < 0 || view_open(fdt, &v) || token_read(&v, node, &t) || t.tag != FDT_BEGIN_NODE)
		return NULL;
	if (lenp)
		*lenp = t.name_len;
	return t.name;
}

/* The property token at or after @off, before any child or the node's end. */
static int property_from(const struct fdt_view *v, u32 off, struct fdt_token *t)
{
	u32 at;

	if (token_skip_nops(v, off, t, &at) || t->tag != FDT_PROP)
		return -FDT_ERR_NOTFOUND;
	return at;
}

/**
 * fdt_first_property_offset - a node's first property
 * @fdt: checked blob
 * @node: the node
 * Return: offset of the property, or -FDT_ERR_NOTFOUND.
 */
int fdt_first_property_offset(const void *fdt, int node)
{
	struct fdt_view v;
	struct fdt_token t;

	if (node < 0 || view_open(fdt, &v) || token_read(&v, node, &t) || t.tag != FDT_BEGIN_NODE)
		return -FDT_ERR_NOTFOUND;
	return property_from(&v, t.next, &t);
}

/**
 * fdt_next_property_offset - the property after this one
 * @fdt: checked blob
 * @prop: a property
 * Return: offset of the next, or -FDT_ERR_NOTFOUND after the last.
 */
int fdt_next_property_offset(const void *fdt, int prop)
{
	struct fdt_view v;
	struct fdt_token t;

	if (prop < 0 || view_open(fdt, &v) || token_read(&v, prop, &t) || t.tag != FDT_PROP)
		return -FDT_ERR_NOTFOUND;
	return property_from(&v, t.next, &t);
}

/**
 * fdt_get_property_by_offset - name and value of a property
 * @fdt: checked blob
 * @prop: the property
 * @view: result; it points into the blob
 * Return: 0 or -FDT_ERR_NOTFOUND.
 */
int fdt_get_property_by_offset(const void *fdt, int prop, struct fdt_property_view *view)
{
	struct fdt_view v;
	struct fdt_token t;

	if (prop < 0 || view_open(fdt, &v) || token_read(&v, prop, &t) || t.tag != FDT_PROP)
		return -FDT_ERR_NOTFOUND;
	view->name = t.name;
	view->value = t.value;
	view->len = t.value_len;
	return 0;
}

/**
 * fdt_getprop - value of a named property
 * @fdt: checked blob
 * @node: the node
 * @name: the property
 * @lenp: if not NULL, gets the length in bytes, or -FDT_ERR_NOTFOUND
 * Return: the value inside the blob, NULL if the node has none of that name.
 */
const void *fdt_getprop(const void *fdt, int node, const char *name, int *lenp)
{
	struct fdt_property_view view;
	int prop;

	for (prop = fdt_first_property_offset(fdt, node); prop >= 0;
	     prop = fdt_next_property_offset(fdt, prop)) {
		if (fdt_get_property_by_offset(fdt, prop, &view))
			break;
		if (!strcmp(view.name, name)) {
			if (lenp)
				*lenp = view.len;
			return view.value;
		}
	}
	if (lenp)
		*lenp = -FDT_ERR_NOTFOUND;
	return NULL;
}

/* "serial" names "serial@9000000" too; "serial@1" names just itself. */
static bool node_name_matches(const char *have, int have_len, const char *want, int want_len)
{
	if (have_len < want_len || memcmp(have, want, want_len))
		return false;
	if (have_len == want_len)
		return true;
	return have[want_len] == '@' && !memchr(want, '@', want_len);
}

/**
 * fdt_subnode_offset_namelen - a child by name
 * @fdt: checked blob
 * @parent: where to look
 * @name: its name, with or without unit address; need not be terminated
 * @namelen: bytes of @name
 * Return: offset of the first match, or -FDT_ERR_NOTFOUND.
 */
int fdt_subnode_offset_namelen(const void *fdt, int parent, const char *name, int namelen)
{
	int node, depth = 0, len;
	const char *have;

	if (namelen <= 0)
		return -FDT_ERR_NOTFOUND;
	for (node = fdt_next_node(fdt, parent, &depth); node >= 0 && depth > 0;
	     node = fdt_next_node(fdt, node, &depth)) {
		if (depth != 1)
			continue;
		have = fdt_get_name(fdt, node, &len);
		if (have && node_name_matches(have, len, name, namelen))
			return node;
	}
	return -FDT_ERR_NOTFOUND;
}

/* Follows "/a/b@1/c" from the root; stops at the end or at a ':' (options follow it). */
static int walk_path(const void *fdt, const char *path, int pathlen)
{
	const char *end = path + pathlen, *stop;
	int node = 0;

	while (path < end) {
		while (path < end && *path == '/')
			path++;
		if (path == end)
			break;
		stop = memchr(path, '/', end - path);
		if (!stop)
			stop = end;
		node = fdt_subnode_offset_namelen(fdt, node, path, stop - path);
		if (node < 0)
			return node;
		path = stop;
	}
	return node;
}

/**
 * fdt_path_offset - a node by path or alias
 * @fdt: checked blob
 * @path: "/soc/serial@9000000", or an alias with or without a path after it; text from a ':'
 *	on is ignored
 * Return: offset of the node, or -FDT_ERR_NOTFOUND.
 */
int fdt_path_offset(const void *fdt, const char *path)
{
	const char *colon = strchr(path, ':');
	int len = colon ? colon - path : (int)strlen(path);
	const char *target;
	char alias[32];
	int node, target_len, n = 0;

	if (path[0] == '/')
		return walk_path(fdt, path, len);

	while (n < len && path[n] != '/' && n + 1 < (int)sizeof(alias)) {
		alias[n] = path[n];
		n++;
	}
	alias[n] = '\0';
	node = walk_path(fdt, "/aliases", 8);
	if (node < 0)
		return node;
	target = fdt_getprop(fdt, node, alias, &target_len);
	if (!target || target_len < 2 || target[0] != '/' || target[target_len - 1])
		return -FDT_ERR_NOTFOUND;
	node = walk_path(fdt, target, target_len - 1);
	if (node < 0 || n == len)
		return node;
	/* An alias with a path below it: go on from there. */
	while (n < len) {
		const char *start, *stop;

		while (n < len && path[n] == '/')
			n++;
		start = path + n;
		stop = memchr(start, '/', len - n);
		if (!stop)
			stop = path + len;
		if (stop == start)
			break;
		node = fdt_subnode_offset_namelen(fdt, node, start, stop - start);
		if (node < 0)
			return node;
		n = stop - path;
	}
	return node;
}

/**
 * fdt_stringlist_contains - is a string in a list of terminated strings?
 * @list: value of a property; a last string without an end is ignored
 * @len: its bytes
 * @string: what to look for
 * Return: true if it is there.
 */
bool fdt_stringlist_contains(const void *list, int len, const char *string)
{
	const char *p = list, *end = p + (len > 0 ? len : 0), *stop;

	while (p < end) {
		stop = memchr(p, 0, end - p);
		if (!stop)
			return false;
		if (!strcmp(p, string))
			return true;
		p = stop + 1;
	}
	return false;
}

/**
 * fdt_node_check_compatible - does a node claim to be compatible with something?
 * @fdt: checked blob
 * @node: the node
 * @compatible: for instance "arm,pl011"
 * Return: 0 if so, 1 if not, -FDT_ERR_NOTFOUND if it has no such list.
 */
int fdt_node_check_compatible(const void *fdt, int node, const char *compatible)
{
	int len;
	const void *list = fdt_getprop(fdt, node, "compatible", &len);

	if (!list)
		return -FDT_ERR_NOTFOUND;
	return !fdt_stringlist_contains(list, len, compatible);
}

/**
 * fdt_num_mem_rsv - entries of the reserve map
 * @fdt: checked blob
 * Return: how many, without the end mark; negative FDT_ERR_* if it has none.
 */
int fdt_num_mem_rsv(const void *fdt)
{
	struct fdt_view v;
	s64 size;
	int ret;

	ret = view_open(fdt, &v);
	if (ret)
		return ret;
	size = rsvmap_size(&v);
	return size < 0 ? size : size / 16 - 1;
}

/**
 * fdt_get_mem_rsv - one entry of the reserve map
 * @fdt: checked blob
 * @n: from 0 to fdt_num_mem_rsv() - 1
 * @address: its start
 * @size: its bytes
 * Return: 0, or -FDT_ERR_NOTFOUND for an @n outside.
 */
int fdt_get_mem_rsv(const void *fdt, int n, u64 *address, u64 *size)
{
	struct fdt_view v;

	if (n < 0 || n >= fdt_num_mem_rsv(fdt) || view_open(fdt, &v))
		return -FDT_ERR_NOTFOUND;
	*address = fdt64_ld(v.blob + v.rsvmap_off + 16 * n);
	*size = fdt64_ld(v.blob + v.rsvmap_off + 16 * n + 8);
	return 0;
}

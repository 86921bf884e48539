// SPDX-License-Identifier: MIT
/*
 * Values of device tree properties: cells, strings, references.
 *
 * Every reader checks the property's length first and answers with an errno rather than with
 * a guess: -EINVAL if there is no such property, -ENODATA if it is empty, -EOVERFLOW if it is
 * shorter than asked for, -EILSEQ if a string in it has no end.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/libfdt.h>
#include <linux/of.h>
#include <linux/string.h>

/**
 * of_find_property - a property by name
 * @node: where, or NULL
 * @name: which
 * @lenp: if not NULL, gets its bytes
 * Return: the property or NULL.
 */
struct property *of_find_property(const struct device_node *node, const char *name, int *lenp)
{
	struct property *pp;

	for (pp = node ? node->properties : NULL; pp; pp = pp->next) {
		if (!strcmp(pp->name, name)) {
			if (lenp)
				*lenp = pp->length;
			return pp;
		}
	}
	return NULL;
}

/**
 * of_get_property - raw value of a property
 * @node: where
 * @name: which
 * @lenp: if not NULL, gets its bytes
 * Return: the value, big-endian as it stands, or NULL.
 */
const void *of_get_property(const struct device_node *node, const char *name, int *lenp)
{
	struct property *pp = of_find_property(node, name, lenp);

	return pp ? pp->value : NULL;
}

/* The value of @name if it has at least @min bytes. */
static const u8 *find_value(const struct device_node *node, const char *name, size_t min, int *err)
{
	struct property *pp = of_find_property(node, name, NULL);

	*err = 0;
	if (!pp)
		*err = -EINVAL;
	else if (pp->length <= 0)
		*err = -ENODATA;
	else if ((size_t)pp->length < min)
		*err = -EOVERFLOW;
	return *err ? NULL : pp->value;
}

/**
 * of_property_count_elems_of_size - how many elements a property has
 * @node: where
 * @name: which
 * @size: bytes of one
 * Return: the number; -EINVAL without the property or with a length that @size doesn't divide;
 * -ENODATA if it is empty.
 */
int of_property_count_elems_of_size(const struct device_node *node, const char *name, int size)
{
	struct property *pp = of_find_property(node, name, NULL);

	if (!pp || size <= 0)
		return -EINVAL;
	if (!pp->length)
		return -ENODATA;
	return pp->length % size ? -EINVAL : pp->length / size;
}

/**
 * of_property_read_u32_index - one cell of an array
 * @node: where
 * @name: which
 * @index: which cell
 * @out: gets it, in host order
 * Return: 0, -EINVAL, -ENODATA or -EOVERFLOW.
 */
int of_property_read_u32_index(const struct device_node *node, const char *name, u32 index,
			       u32 *out)
{
	int err;
	const u8 *value = find_value(node, name, ((size_t)index + 1) * 4, &err);

	if (err)
		return err;
	*out = fdt32_ld(value + 4 * (size_t)index);
	return 0;
}

/**
 * of_property_read_u32_array - the first cells of an array
 * @node: where
 * @name: which
 * @out: gets them
 * @count: how many
 * Return: 0, -EINVAL, -ENODATA or -EOVERFLOW; on error @out is untouched.
 */
int of_property_read_u32_array(const struct device_node *node, const char *name, u32 *out,
			       size_t count)
{
	int err;
	const u8 *value = find_value(node, name, count * 4, &err);
	size_t i;

	if (err)
		return err;
	for (i = 0; i < count; i++)
		out[i] = fdt32_ld(value + 4 * i);
	return 0;
}

/**
 * of_property_read_u64 - a number of two cells
 * @node: where
 * @name: which
 * @out: gets it
 * Return: 0, -EINVAL, -ENODATA or -EOVERFLOW.
 */
int of_property_read_u64(const struct device_node *node, const char *name, u64 *out)
{
	int err;
	const u8 *value = find_value(node, name, 8, &err);

	if (err)
		return err;
	*out = fdt64_ld(value);
	return 0;
}

/**
 * of_property_read_string - the (first) string of a property
 * @node: where
 * @name: which
 * @out: gets a pointer into the blob
 * Return: 0, -EINVAL, -ENODATA, or -EILSEQ if it has no end.
 */
int of_property_read_string(const struct device_node *node, const char *name, const char **out)
{
	struct property *pp = of_find_property(node, name, NULL);

	if (!pp)
		return -EINVAL;
	if (!pp->length)
		return -ENODATA;
	if (!memchr(pp->value, 0, pp->length))
		return -EILSEQ;
	*out = pp->value;
	return 0;
}

/**
 * of_property_read_string_helper - strings out of a list
 * @node: where
 * @name: which
 * @out: array for pointers, NULL to count only
 * @count: its size
 * @skip: strings to pass over first
 * Return: strings found behind @skip (at most @count if @out is given); -EINVAL, -ENODATA,
 * -EILSEQ; -ENODATA too if there are none behind @skip.
 */
int of_property_read_string_helper(const struct device_node *node, const char *name,
				   const char **out, size_t count, int skip)
{
	struct property *pp = of_find_property(node, name, NULL);
	const char *p, *end, *stop;
	int n = 0;

	if (!pp)
		return -EINVAL;
	if (!pp->length)
		return -ENODATA;
	p = pp->value;
	end = p + pp->length;
	while (p < end && (!out || n < skip + (int)count)) {
		stop = memchr(p, 0, end - p);
		if (!stop)
			return -EILSEQ;
		if (out && n >= skip)
			out[n - skip] = p;
		n++;
		p = stop + 1;
	}
	return n > skip ? n - skip : -ENODATA;
}

/**
 * of_property_match_string - where in a list of strings one stands
 * @node: where
 * @name: which list
 * @string: what to look for
 * Return: its index; -EINVAL without the property; -EILSEQ; -ENODATA if it isn't there.
 */
int of_property_match_string(const struct device_node *node, const char *name,
			     const char *string)
{
	struct property *pp = of_find_property(node, name, NULL);
	const char *p, *end, *stop;
	int i;

	if (!pp)
		return -EINVAL;
	p = pp->value;
	end = p + pp->length;
	for (i = 0; p < end; i++, p = stop + 1) {
		stop = memchr(p, 0, end - p);
		if (!stop)
			return -EILSEQ;
		if (!strcmp(p, string))
			return i;
	}
	return -ENODATA;
}

/**
 * of_read_number - a number made of cells
 * @cells: big-endian cells
 * @count: how many; of more than two the last two count
 * Return: the number.
 */
u64 of_read_number(const void *cells, int count)
{
	const u8 *p = cells;
	u64 value = 0;

	for (; count > 0; count--, p += 4)
		value = value << 32 | fdt32_ld(p);
	return value;
}

/* "#address-cells" of the bus that @node is on, else of one further up. */
static int bus_cells(struct device_node *node, const char *name, int fallback)
{
	u32 cells;

	for (node = of_get_parent(node); node; node = of_get_parent(node)) {
		if (!of_property_read_u32(node, name, &cells))
			return cells > 4 ? fallback : (int)cells;
	}
	return fallback;
}

/**
 * of_n_addr_cells - cells of an address in a node's "reg"
 * @node: the node
 * Return: 0 to 4.
 */
int of_n_addr_cells(struct device_node *node)
{
	return bus_cells(node, "#address-cells", 2);
}

/**
 * of_n_size_cells - cells of a size in a node's "reg"
 * @node: the node
 * Return: 0 to 4.
 */
int of_n_size_cells(struct device_node *node)
{
	return bus_cells(node, "#size-cells", 1);
}

/* Entry @index of @list; each starts with a phandle whose node tells how many cells follow. */
static int parse_phandle_list(const struct device_node *node, const char *list,
			      const char *cells_name, int index, struct of_phandle_args *out)
{
	struct property *pp = of_find_property(node, list, NULL);
	struct device_node *target;
	const u8 *p, *end;
	u32 cells, i;
	int at;

	if (!pp || index < 0)
		return pp ? -EINVAL : -ENOENT;
	p = pp->value;
	end = p + pp->length;
	for (at = 0; end - p >= 4; at++) {
		target = of_find_node_by_phandle(fdt32_ld(p));
		p += 4;
		cells = 0;
		if (cells_name && target && of_property_read_u32(target, cells_name, &cells))
			return -EINVAL;
		if (cells > MAX_PHANDLE_ARGS || (size_t)(end - p) < 4 * (size_t)cells)
			return -EINVAL;
		if (at == index) {
			if (!target)
				return -ENOENT;
			out->np = target;
			out->args_count = cells;
			for (i = 0; i < cells; i++)
				out->args[i] = fdt32_ld(p + 4 * i);
			return 0;
		}
		p += 4 * cells;
	}
	return -ENOENT;
}

/**
 * of_parse_phandle - the node that a list refers to
 * @node: where the list is
 * @name: the list, plain phandles
 * @index: which entry
 * Return: the node or NULL.
 */
struct device_node *of_parse_phandle(const struct device_node *node, const char *name, int index)
{
	struct of_phandle_args args;

	return parse_phandle_list(node, name, NULL, index, &args) ? NULL : args.np;
}

/**
 * of_parse_phandle_with_args - the same, with arguments behind each phandle
 * @node: where the list is
 * @list: its name
 * @cells_name: property of the target that says how many arguments there are
 * @index: which entry
 * @out: result
 * Return: 0; -ENOENT if there is no such entry or node; -EINVAL if the list is malformed.
 */
int of_parse_phandle_with_args(const struct device_node *node, const char *list,
			       const char *cells_name, int index, struct of_phandle_args *out)
{
	return parse_phandle_list(node, list, cells_name, index, out);
}

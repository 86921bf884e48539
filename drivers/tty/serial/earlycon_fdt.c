// SPDX-License-Identifier: MIT
/*
 * Which port the device tree's stdout-path names, asked of the flat blob: earlycon runs before
 * the tree can be unflattened.
 *
 * Only ports at the root, or on buses that pass addresses through unchanged, are found; a port
 * behind a translating bus can be given as earlycon=TYPE,ADDRESS.
 */
#include <linux/init.h>
#include <linux/libfdt.h>
#include <linux/of_fdt.h>
#include <linux/string.h>

#include "earlycon.h"

static const char *__init stdout_path(const void *blob)
{
	int chosen = fdt_path_offset(blob, "/chosen");
	const char *path;
	int len;

	if (chosen < 0)
		return NULL;
	path = fdt_getprop(blob, chosen, "stdout-path", &len);
	if (!path)
		path = fdt_getprop(blob, chosen, "linux,stdout-path", &len);
	return path && len > 0 && !path[len - 1] ? path : NULL;
}

/**
 * earlycon_fdt_stdout - the stdout-path port, if it is of a given kind
 * @compatible: the kind
 * @out: result
 * Return: true if it is.
 */
bool __init earlycon_fdt_stdout(const char *compatible, struct earlycon_fdt_port *out)
{
	const void *blob = initial_boot_params, *reg;
	const char *path, *colon;
	int node, len;

	path = blob ? stdout_path(blob) : NULL;
	if (!path)
		return false;
	node = fdt_path_offset(blob, path);
	if (node < 0 || fdt_node_check_compatible(blob, node, compatible))
		return false;
	reg = fdt_getprop(blob, node, "reg", &len);
	if (!reg || len < 4 * dt_root_addr_cells || dt_root_addr_cells < 1)
		return false;
	out->phys = dt_mem_next_cell(dt_root_addr_cells, &reg);
	colon = strchr(path, ':');
	out->options = colon ? colon + 1 : NULL;
	return out->phys != 0;
}

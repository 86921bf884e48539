/* SPDX-License-Identifier: MIT */
/*
 * The flattened device tree: the loader's blob, used in place while nothing can be allocated.
 *
 * early_init_dt_verify() checks the whole blob once.  After it has said yes, every other call
 * may walk it without asking again; before, none may be used.
 */
#ifndef _LINUX_OF_FDT_H
#define _LINUX_OF_FDT_H

#include <linux/types.h>

#define OF_ROOT_NODE_ADDR_CELLS_DEFAULT 2
#define OF_ROOT_NODE_SIZE_CELLS_DEFAULT 1

extern const void *initial_boot_params;	/* the checked blob, NULL without one */
extern int dt_root_addr_cells;
extern int dt_root_size_cells;

bool early_init_dt_verify(const void *dt_virt);
bool early_init_dt_scan(const void *dt_virt);
void early_init_dt_scan_nodes(void);
void early_init_fdt_scan_reserved_mem(void);
void early_init_fdt_reserve_self(phys_addr_t dt_phys);

int of_scan_flat_dt(int (*it)(unsigned long node, const char *uname, int depth, void *data),
		    void *data);
const void *of_get_flat_dt_prop(unsigned long node, const char *name, int *size);
int of_flat_dt_is_compatible(unsigned long node, const char *compatible);
unsigned long of_get_flat_dt_root(void);
const char *of_flat_dt_get_machine_name(void);
u64 dt_mem_next_cell(int cells, const void **cellp);

#endif /* _LINUX_OF_FDT_H */

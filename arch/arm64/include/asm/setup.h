/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SETUP_H
#define _ASM_SETUP_H

#include <linux/types.h>

#define COMMAND_LINE_SIZE	2048

/* Physical address of the device tree, as the loader gave it in x0; set by head.S. */
extern phys_addr_t __fdt_pointer;

#endif /* _ASM_SETUP_H */

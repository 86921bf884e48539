/* SPDX-License-Identifier: MIT */
/* Between earlycon.c and the files that know the ports. */
#ifndef _SERIAL_EARLYCON_H
#define _SERIAL_EARLYCON_H

#include <linux/serial_core.h>
#include <linux/types.h>

/* Ends with an entry without a name.  Each machine has one (8250_early.c or pl011_early). */
extern const struct earlycon_id earlycon_table[];

/* What a bare "earlycon" means when the device tree doesn't say; empty for nothing. */
extern const char earlycon_default_spec[];

/* What to try when the kernel dies before it has a console, and no device tree names one. */
extern const char earlycon_panic_spec[];

/**
 * struct earlycon_fdt_port - the port that stdout-path names
 * @phys: its registers
 * @options: text behind the colon of stdout-path, NULL if none
 */
struct earlycon_fdt_port {
	phys_addr_t phys;
	const char *options;
};

bool earlycon_fdt_stdout(const char *compatible, struct earlycon_fdt_port *out);

#endif /* _SERIAL_EARLYCON_H */

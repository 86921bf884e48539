// SPDX-License-Identifier: MIT
/*
 * earlycon=: a console before there are drivers, memory or interrupts.
 *
 *	earlycon=uart8250,io,0x3f8[,115200]	an I/O port
 *	earlycon=pl011,[mmio,]0x9000000		memory-mapped
 *	earlycon				the device tree's stdout-path, else the
 *						machine's usual port
 *
 * The port is used as the firmware left it unless a rate is given.  It is a boot console
 * (CON_BOOT): printk drops it as soon as a real one registers.  A panic before that brings one
 * up unasked.
 */
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/serial_core.h>
#include <linux/string.h>

#include <asm/fixmap.h>

#include "earlycon.h"

static struct uart_port early_port;

static void earlycon_write(struct console *con, const char *s, unsigned int count)
{
	uart_early_write(con->data, s, count);
}

static struct console early_console_dev = {
	.name = "earlycon",
	.write = earlycon_write,
	.flags = CON_PRINTBUFFER | CON_BOOT,
	.index = 0,
	.data = &early_port,
};

/* The page of registers at @phys, through the one fixmap slot kept for it. */
static void __iomem *__init earlycon_map(phys_addr_t phys)
{
	set_fixmap_io(FIX_EARLYCON_MEM_BASE, phys & PAGE_MASK);
	return (void __iomem *)(__fix_to_virt(FIX_EARLYCON_MEM_BASE) + (phys & ~PAGE_MASK));
}

/* Copies up to the next comma into @word; returns what follows the comma, or NULL at the end. */
static const char *__init next_word(const char *s, char *word, size_t size)
{
	size_t n = 0;

	while (*s && *s != ',') {
		if (n + 1 < size)
			word[n++] = *s;
		s++;
	}
	word[n] = '\0';
	return *s ? s + 1 : NULL;
}

static int __init earlycon_start(const struct earlycon_id *id, const char *options)
{
	int ret;

	ret = id->setup(&early_port, options);
	if (ret)
		return ret;
	register_console(&early_console_dev);
	return 0;
}

static const struct earlycon_id *__init earlycon_find(const char *name)
{
	const struct earlycon_id *id;

	for (id = earlycon_table; id->name; id++) {
		if (!strcmp(id->name, name))
			return id;
	}
	return NULL;
}

/* What the device tree names in /chosen: no tree, or a port we can't drive, is -ENODEV. */
static int __init earlycon_from_stdout_path(void)
{
	struct earlycon_fdt_port where;
	const struct earlycon_id *id;

	for (id = earlycon_table; id->name; id++) {
		if (id->compatible[0] && earlycon_fdt_stdout(id->compatible, &where)) {
			early_port.mapbase = where.phys;
			early_port.membase = earlycon_map(where.phys);
			return earlycon_start(id, where.options);
		}
	}
	return -ENODEV;
}

/**
 * setup_earlycon - start the console that a command line describes
 * @spec: value of earlycon=, as at the top of this file
 *
 * Context: early boot; the fixmap must be usable.
 * Return: 0; -ENOENT for an unknown type; -EINVAL for an address that can't be read; -ENODEV
 * if the port does not answer; -EALREADY if there is one already.
 */
int __init setup_earlycon(char *spec)
{
	const struct earlycon_id *id;
	const char *rest = spec;
	char word[32];
	bool io = false;
	u64 addr;

	if (early_port.ops)
		return -EALREADY;

	rest = next_word(rest, word, sizeof(word));
	id = earlycon_find(word);
	if (!id || !rest)
		return -ENOENT;

	rest = next_word(rest, word, sizeof(word));
	if (!strcmp(word, "io") || !strncmp(word, "mmio", 4)) {
		io = word[0] == 'i';
		if (!rest)
			return -EINVAL;
		rest = next_word(rest, word, sizeof(word));
	}
	if (kstrtou64(word, 0, &addr) || !addr)
		return -EINVAL;

	if (io) {
		early_port.iobase = addr;
	} else {
		early_port.mapbase = addr;
		early_port.membase = earlycon_map(addr);
	}
	return earlycon_start(id, rest);
}

static int __init param_setup_earlycon(char *buf)
{
	int ret;

	if (!buf || !*buf) {
		ret = earlycon_from_stdout_path();
		if (ret && earlycon_default_spec[0])
			ret = setup_earlycon((char *)earlycon_default_spec);
	} else {
		ret = setup_earlycon(buf);
	}
	if (ret && ret != -EALREADY)
		pr_warn("earlycon: can't use '%s' (%d)\n", buf ? buf : "", ret);
	return 0;
}
early_param("earlycon", param_setup_earlycon);

/**
 * earlycon_for_panic - a console for last words, where none was asked for
 *
 * A kernel that can't use its memory map or its device tree dies before the first driver. It says
 * why at the port that stdout-path names, else where such machines usually have one: a guess,
 * which nothing but the end of this boot can come of.
 *
 * Context: panic, interrupts off, while system_state is SYSTEM_BOOTING; the fixmap must be usable.
 */
void __init earlycon_for_panic(void)
{
	if (earlycon_from_stdout_path() && earlycon_panic_spec[0])
		setup_earlycon((char *)earlycon_panic_spec);
}

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TTY_FLIP_H
#define _LINUX_TTY_FLIP_H

/*
 * A driver received something:
 *
 *	tty_insert_flip_string(port, bytes, count)	any context; how many there was room for
 *	tty_flip_buffer_push(port)			let the line discipline have them
 */

#include <linux/tty_buffer.h>
#include <linux/tty_port.h>

struct tty_ldisc;

int tty_buffer_set_limit(struct tty_port *port, int limit);
unsigned int tty_buffer_space_avail(struct tty_port *port);
size_t tty_insert_flip_string_flags(struct tty_port *port, const u8 *chars, const u8 *flags,
				    size_t size);
size_t tty_insert_flip_string_fixed_flag(struct tty_port *port, const u8 *chars, u8 flag,
					 size_t size);
void tty_flip_buffer_push(struct tty_port *port);
int tty_insert_flip_string_and_push_buffer(struct tty_port *port, const u8 *chars, size_t cnt);

/**
 * tty_insert_flip_string() - @size bytes came in without error
 *
 * Return: how many there was room for.
 */
static inline size_t tty_insert_flip_string(struct tty_port *port, const u8 *chars, size_t size)
{
	return tty_insert_flip_string_fixed_flag(port, chars, TTY_NORMAL, size);
}

/**
 * tty_insert_flip_char() - a byte came in, TTY_NORMAL or with an error
 *
 * Return: 1; 0 without room.
 */
static inline size_t tty_insert_flip_char(struct tty_port *port, u8 ch, u8 flag)
{
	return tty_insert_flip_string_fixed_flag(port, &ch, flag, 1);
}

#endif /* _LINUX_TTY_FLIP_H */

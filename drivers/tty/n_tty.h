/* SPDX-License-Identifier: MIT */
#ifndef _DRIVERS_TTY_N_TTY_H
#define _DRIVERS_TTY_N_TTY_H

/* The line discipline's state: n_tty.c (reading, writing), n_tty_input.c (what is typed). */

#include <linux/bitmap.h>
#include <linux/mutex.h>
#include <linux/tty.h>
#include <linux/types.h>

#define N_TTY_BUF_SIZE	4096

/**
 * struct n_tty_data - one terminal's line
 * @lock: guards all of it; nests in termios_rwsem, held shared
 * @read_head: where the next byte goes
 * @canon_head: end of the last whole line
 * @read_tail: the next byte to be read
 * @pend_head: where the next byte of pending output goes
 * @pend_tail: the next to be given to the driver
 * @column: where the cursor is
 * @canon_column: where it was when the line that is being typed began
 * @icanon: lines are edited; as in the settings, for those who hold only @lock
 * @raw: nothing at all is done to input
 * @lnext: the next byte is taken as it is (^V)
 * @erasing: between the \ and the / of ECHOPRT
 * @push: the "line" was there when ICANON was switched on: it has no end of its own
 * @no_room: the worker stopped because of a full buffer: restart it
 * @flags: bit set: a line ends with that byte
 * @buf: input. Indices run freely; a byte's place is its index modulo the size
 * @pend: echoes, and what the driver didn't take after all, ready to be sent
 */
struct n_tty_data {
	struct mutex lock;
	size_t read_head;
	size_t canon_head;
	size_t read_tail;
	size_t pend_head;
	size_t pend_tail;
	unsigned int column;
	unsigned int canon_column;
	bool icanon;
	bool raw;
	bool lnext;
	bool erasing;
	bool push;
	bool no_room;
	DECLARE_BITMAP(flags, N_TTY_BUF_SIZE);
	u8 buf[N_TTY_BUF_SIZE];
	u8 pend[N_TTY_BUF_SIZE];
};

static inline size_t n_tty_at(size_t i)
{
	return i & (N_TTY_BUF_SIZE - 1);
}

static inline size_t n_tty_read_cnt(const struct n_tty_data *ldata)
{
	return ldata->read_head - ldata->read_tail;
}

static inline u8 *n_tty_buf(struct n_tty_data *ldata, size_t i)
{
	return &ldata->buf[n_tty_at(i)];
}

/* A byte of UTF-8 that isn't the first of its character. */
static inline bool is_continuation(u8 c, struct tty_struct *tty)
{
	return I_IUTF8(tty) && (c & 0xc0) == 0x80;
}

/* n_tty.c */
unsigned int n_tty_opost(struct tty_struct *tty, u8 c, u8 *out);
bool n_tty_flush_pending(struct tty_struct *tty);
void n_tty_pend(struct n_tty_data *ldata, const u8 *bytes, size_t n);
void n_tty_reset_input(struct n_tty_data *ldata);

/* n_tty_input.c */
size_t n_tty_receive(struct tty_struct *tty, const u8 *cp, const u8 *fp, size_t count);
void n_tty_packet_status(struct tty_struct *tty, u8 mode);

#endif /* _DRIVERS_TTY_N_TTY_H */

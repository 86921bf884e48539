/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEQ_BUF_H
#define _LINUX_SEQ_BUF_H

/*
 * A buffer that text is appended to, piece by piece. What doesn't fit is dropped and remembered:
 * len becomes size + 1, and seq_buf_has_overflowed() says so. The caller locks.
 */

#include <linux/bug.h>
#include <linux/minmax.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct path;
struct seq_file;

/**
 * struct seq_buf - text under construction
 * @buffer: where it goes
 * @size: bytes there
 * @len: bytes used; above @size after an overflow
 */
struct seq_buf {
	char *buffer;
	size_t size;
	size_t len;
};

#define DECLARE_SEQ_BUF(NAME, SIZE)						\
	struct seq_buf NAME = {							\
		.buffer = (char[SIZE]) { 0 },					\
		.size = SIZE,							\
	}

/** seq_buf_clear - forget the text, and that it was too long */
static inline void seq_buf_clear(struct seq_buf *s)
{
	s->len = 0;
	if (s->size)
		s->buffer[0] = '\0';
}

/** seq_buf_init - a text of up to @size - 1 characters in @buf */
static inline void seq_buf_init(struct seq_buf *s, char *buf, unsigned int size)
{
	s->buffer = buf;
	s->size = size;
	seq_buf_clear(s);
}

/** seq_buf_has_overflowed - was the text too long for the buffer? */
static inline bool seq_buf_has_overflowed(struct seq_buf *s)
{
	return s->len > s->size;
}

/** seq_buf_set_overflow - note that the text was too long */
static inline void seq_buf_set_overflow(struct seq_buf *s)
{
	s->len = s->size + 1;
}

/** seq_buf_buffer_left - bytes that still fit */
static inline unsigned int seq_buf_buffer_left(struct seq_buf *s)
{
	return seq_buf_has_overflowed(s) ? 0 : s->size - s->len;
}

/** seq_buf_used - bytes in the buffer */
static inline unsigned int seq_buf_used(struct seq_buf *s)
{
	return min(s->len, s->size);
}

/** seq_buf_str - the text, terminated (at the cost of its last byte if the buffer is full) */
static inline const char *seq_buf_str(struct seq_buf *s)
{
	if (WARN_ON(s->size == 0))
		return "";

	if (seq_buf_buffer_left(s))
		s->buffer[s->len] = 0;
	else
		s->buffer[s->size - 1] = 0;
	return s->buffer;
}

/** seq_buf_get_buf - the free part, for the caller to write into; its size */
static inline size_t seq_buf_get_buf(struct seq_buf *s, char **bufp)
{
	WARN_ON(s->len > s->size + 1);

	if (s->len < s->size) {
		*bufp = s->buffer + s->len;
		return s->size - s->len;
	}
	*bufp = NULL;
	return 0;
}

/** seq_buf_commit - say how much was written there; negative: it didn't fit */
static inline void seq_buf_commit(struct seq_buf *s, int num)
{
	if (num < 0) {
		seq_buf_set_overflow(s);
	} else {
		WARN_ON(s->len + num > s->size);
		s->len += num;
	}
}

/** seq_buf_pop - drop the last character */
static inline void seq_buf_pop(struct seq_buf *s)
{
	if (WARN_ON(s->len == 0))
		return;
	s->len--;
}

__printf(2, 3) int seq_buf_printf(struct seq_buf *s, const char *fmt, ...);
__printf(2, 0) int seq_buf_vprintf(struct seq_buf *s, const char *fmt, va_list args);
int seq_buf_bprintf(struct seq_buf *s, const char *fmt, const u32 *binary);
int seq_buf_puts(struct seq_buf *s, const char *str);
int seq_buf_putc(struct seq_buf *s, unsigned char c);
int seq_buf_putmem(struct seq_buf *s, const void *mem, unsigned int len);
int seq_buf_putmem_hex(struct seq_buf *s, const void *mem, unsigned int len);
int seq_buf_hex_dump(struct seq_buf *s, const char *prefix_str, int prefix_type, int rowsize,
		     int groupsize, const void *buf, size_t len, bool ascii);
void seq_buf_do_printk(struct seq_buf *s, const char *lvl);
int seq_buf_print_seq(struct seq_file *m, struct seq_buf *s);
int seq_buf_path(struct seq_buf *s, const struct path *path, const char *esc);
int seq_buf_to_user(struct seq_buf *s, char __user *ubuf, size_t start, int cnt);

#endif

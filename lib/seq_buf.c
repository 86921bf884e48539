// SPDX-License-Identifier: MIT
/* Appending to a buffer: see <linux/seq_buf.h>. The caller locks; any context. */

#include <linux/seq_buf.h>

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "hexdump.h"

/* Take note of @len characters that were written to the free part, or would have been. */
static int account(struct seq_buf *s, int len)
{
	if (s->len + len < s->size) {
		s->len += len;
		return 0;
	}
	seq_buf_set_overflow(s);
	return -1;
}

/** seq_buf_vprintf() - append formatted text; 0, or -1 if it didn't fit */
int seq_buf_vprintf(struct seq_buf *s, const char *fmt, va_list args)
{
	WARN_ON(s->size == 0);

	if (s->len < s->size)
		return account(s, vsnprintf(s->buffer + s->len, s->size - s->len, fmt, args));
	seq_buf_set_overflow(s);
	return -1;
}

/** seq_buf_printf() - seq_buf_vprintf() with the arguments written out */
int seq_buf_printf(struct seq_buf *s, const char *fmt, ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = seq_buf_vprintf(s, fmt, args);
	va_end(args);
	return ret;
}
EXPORT_SYMBOL_GPL(seq_buf_printf);

/** seq_buf_bprintf() - append text from a format and packed arguments (see vbin_printf()) */
int seq_buf_bprintf(struct seq_buf *s, const char *fmt, const u32 *binary)
{
	WARN_ON(s->size == 0);

	if (s->len < s->size)
		return account(s, bstr_printf(s->buffer + s->len, s->size - s->len, fmt, binary));
	seq_buf_set_overflow(s);
	return -1;
}

/** seq_buf_puts() - append a string; 0, or -1 and nothing if it doesn't fit */
int seq_buf_puts(struct seq_buf *s, const char *str)
{
	size_t len = strlen(str);

	WARN_ON(s->size == 0);

	/* with its NUL, which the next piece overwrites */
	if (s->len + len + 1 <= s->size) {
		memcpy(s->buffer + s->len, str, len + 1);
		s->len += len;
		return 0;
	}
	seq_buf_set_overflow(s);
	return -1;
}
EXPORT_SYMBOL_GPL(seq_buf_puts);

/** seq_buf_putc() - append a character; 0 or -1 */
int seq_buf_putc(struct seq_buf *s, unsigned char c)
{
	WARN_ON(s->size == 0);

	if (s->len < s->size) {
		s->buffer[s->len++] = c;
		return 0;
	}
	seq_buf_set_overflow(s);
	return -1;
}
EXPORT_SYMBOL_GPL(seq_buf_putc);

/** seq_buf_putmem() - append bytes; 0, or -1 and nothing if they don't fit */
int seq_buf_putmem(struct seq_buf *s, const void *mem, unsigned int len)
{
	WARN_ON(s->size == 0);

	if (s->len + len <= s->size) {
		memcpy(s->buffer + s->len, mem, len);
		s->len += len;
		return 0;
	}
	seq_buf_set_overflow(s);
	return -1;
}
EXPORT_SYMBOL_GPL(seq_buf_putmem);

/** seq_buf_putmem_hex() - append a number of @len bytes in hex, a blank after each eight bytes */
int seq_buf_putmem_hex(struct seq_buf *s, const void *mem, unsigned int len)
{
	const u8 *data = mem;

	while (len) {
		unsigned int piece = min(len, 8U), i;
		char text[8 * 2 + 1];
		char *p = text;

		/* little-endian: the highest byte is the last */
		for (i = piece; i > 0; i--)
			p = hex_byte_pack(p, data[i - 1]);
		*p++ = ' ';
		if (seq_buf_putmem(s, text, p - text))
			return -1;
		data += piece;
		len -= piece;
	}
	return 0;
}

/** seq_buf_hex_dump() - append the lines of print_hex_dump(); 0 or -1 */
int seq_buf_hex_dump(struct seq_buf *s, const char *prefix_str, int prefix_type, int rowsize,
		     int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[HEX_DUMP_LINE], place[HEX_DUMP_PLACE];
	size_t i;
	int ret;

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;

	for (i = 0; i < len; i += rowsize) {
		hex_dump_to_buffer(buf + i, len - i, rowsize, groupsize, line, sizeof(line), ascii);
		hex_dump_place(place, prefix_type, buf + i, i);
		ret = seq_buf_printf(s, "%s%s%s\n", prefix_str, place, line);
		if (ret)
			return ret;
	}
	return 0;
}

/** seq_buf_do_printk() - print the text to the log line by line, at a level */
void seq_buf_do_printk(struct seq_buf *s, const char *lvl)
{
	const char *line, *end;

	if (s->size == 0 || s->len == 0)
		return;

	for (line = seq_buf_str(s); (end = strchr(line, '\n')); line = end + 1)
		printk("%s%.*s\n", lvl, (int)(end - line), line);
	if (*line)
		printk("%s%s\n", lvl, line);
}
EXPORT_SYMBOL_GPL(seq_buf_do_printk);

/** seq_buf_print_seq() - show the text in a sequence; 0, or -1 if that has no room for it */
int seq_buf_print_seq(struct seq_file *m, struct seq_buf *s)
{
	return seq_write(m, s->buffer, seq_buf_used(s));
}

/**
 * seq_buf_path() - append the name of a place in the tree of files
 * @s: buffer
 * @path: the place
 * @esc: characters to be escaped in octal
 *
 * Return: how many characters were appended; -1 if there is no room.
 */
int seq_buf_path(struct seq_buf *s, const struct path *path, const char *esc)
{
	char *buf, *name, *end = NULL;
	size_t size = seq_buf_get_buf(s, &buf);
	int len;

	WARN_ON(s->size == 0);

	/* d_path() writes the name at the end of the room: escaping it moves it to the front. */
	if (size) {
		name = d_path(path, buf, size);
		if (!IS_ERR(name))
			end = mangle_path(buf, name, esc);
	}
	len = end ? end - buf : -1;
	seq_buf_commit(s, len);
	return len;
}

/**
 * seq_buf_to_user() - copy a part of the text to user space
 * @s: buffer
 * @ubuf: where to
 * @start: first character
 * @cnt: how many at most
 *
 * Context: may sleep.
 * Return: characters copied; -EBUSY if there is nothing from @start on; -EFAULT.
 */
int seq_buf_to_user(struct seq_buf *s, char __user *ubuf, size_t start, int cnt)
{
	int len, left;

	if (!cnt)
		return 0;
	len = seq_buf_used(s);
	if (len <= start)
		return -EBUSY;
	cnt = min_t(int, len - start, cnt);
	left = copy_to_user(ubuf, s->buffer + start, cnt);
	return left == cnt ? -EFAULT : cnt - left;
}

// SPDX-License-Identifier: MIT
/*
 * Files whose text is made when it is read.
 *
 * The owner gives four verbs: start(pos) finds record number pos, next() the one after, show()
 * prints one, stop() lets go of what start() took. A read is
 *
 *	what was left over in the buffer goes out first
 *	start(index); show; next; show; ... until the caller's size is met; stop
 *	copy out; the rest of the buffer waits for the next read
 *
 * so that the owner's locks are never held while user memory is touched. `from` and `count` bracket
 * the bytes that were printed and not read. A record that doesn't fit an empty buffer makes it
 * twice as large and is printed again: show() must not care how often it is called. A record that
 * doesn't fit behind others is dropped and printed by the next read: no record is torn between two
 * walks.
 *
 * Position: m->index is the record that comes next, m->read_pos the byte at which a plain
 * sequential read goes on. A read elsewhere (pread, lseek) walks from the start and throws away
 * what is before.
 */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string_helpers.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

static struct kmem_cache *seq_file_cache __ro_after_init;

static void seq_set_overflow(struct seq_file *m)
{
	m->count = m->size;
}

static void *seq_buf_alloc(size_t size)
{
	if (unlikely(size > MAX_RW_COUNT))
		return NULL;
	return kvmalloc(size, GFP_KERNEL_ACCOUNT);
}

/**
 * seq_open - make a fresh file a sequence
 * @file: being opened; private_data is ours from here, or a struct seq_file if it was set
 * @op: the verbs
 *
 * Return: 0, -ENOMEM.
 */
int seq_open(struct file *file, const struct seq_operations *op)
{
	struct seq_file *p = kmem_cache_zalloc(seq_file_cache, GFP_KERNEL);

	WARN_ON(file->private_data);
	if (!p)
		return -ENOMEM;
	file->private_data = p;
	mutex_init(&p->lock);
	p->op = op;
	p->file = file;
	/* The text may be written to through ->write(), never by position. */
	file->f_mode &= ~FMODE_PWRITE;
	return 0;
}
EXPORT_SYMBOL(seq_open);

/* Twice the buffer, what was in it is lost. Return: 0, -ENOMEM. */
static int grow_buffer(struct seq_file *m)
{
	size_t size = m->buf ? m->size << 1 : PAGE_SIZE;

	kvfree(m->buf);
	m->count = 0;
	m->size = size;
	m->buf = seq_buf_alloc(size);
	return m->buf ? 0 : -ENOMEM;
}

/* Walk from the first record to byte @offset of the text. Return: 0; -errno, at the start again. */
static int traverse(struct seq_file *m, loff_t offset)
{
	loff_t pos = 0;
	int error;
	void *p;

again:
	m->index = 0;
	m->count = m->from = 0;
	if (!offset)
		return 0;
	if (!m->buf) {
		error = grow_buffer(m);
		if (error)
			return error;
	}
	error = 0;
	pos = 0;
	p = m->op->start(m, &m->index);
	while (p) {
		error = PTR_ERR_OR_ZERO(p);
		if (error)
			break;
		error = m->op->show(m, p);
		if (error < 0)
			break;
		if (unlikely(error)) {
			error = 0;
			m->count = 0;
		}
		if (seq_has_overflowed(m)) {
			m->op->stop(m, p);
			error = grow_buffer(m);
			if (error)
				return error;
			goto again;
		}
		p = m->op->next(m, p, &m->index);
		if (pos + (loff_t)m->count > offset) {
			m->from = offset - pos;
			m->count -= m->from;
			break;
		}
		pos += m->count;
		m->count = 0;
		if (pos == offset)
			break;
	}
	m->op->stop(m, p);
	return error;
}

/*
 * Print the record at m->index into the empty buffer, growing it until the record fits. Records
 * that print nothing are passed over. Return: the iterator behind the record, with start()'s locks
 * held; NULL: the text ends; ERR_PTR. Except for the first, stop() was called.
 */
static void *show_first(struct seq_file *m)
{
	void *p;
	int err;

	m->from = 0;
	p = m->op->start(m, &m->index);
	while (!IS_ERR_OR_NULL(p)) {
		err = m->op->show(m, p);
		if (err < 0) {
			m->op->stop(m, p);
			m->count = 0;
			return ERR_PTR(err);
		}
		if (unlikely(err))
			m->count = 0;
		if (unlikely(!m->count)) {
			p = m->op->next(m, p, &m->index);
			continue;
		}
		if (!seq_has_overflowed(m))
			return p;
		m->op->stop(m, p);
		err = grow_buffer(m);
		if (err)
			return ERR_PTR(err);
		p = m->op->start(m, &m->index);
	}
	m->op->stop(m, p);
	m->count = 0;
	return p;
}

/* Behind the first record @p, more of them until @want bytes are there or the next doesn't fit. */
static void show_more(struct seq_file *m, void *p, size_t want)
{
	for (;;) {
		size_t offs = m->count;
		loff_t pos = m->index;
		int err;

		p = m->op->next(m, p, &m->index);
		/* next() that forgets to move would show one record for ever. */
		if (WARN_ONCE(pos == m->index, "seq_file: ->next() did not move\n"))
			m->index++;
		if (IS_ERR_OR_NULL(p) || m->count >= want)
			break;
		err = m->op->show(m, p);
		if (err > 0) {
			m->count = offs;
		} else if (err || seq_has_overflowed(m)) {
			/* An error is told by the read that begins with this record. */
			m->count = offs;
			break;
		}
	}
	m->op->stop(m, p);
}

/**
 * seq_read_iter - ->read_iter() of a sequence
 * @iocb: where
 * @iter: where to
 *
 * Context: may sleep.
 * Return: bytes; -EFAULT if none could be copied; -ENOMEM; what start() or show() said.
 */
ssize_t seq_read_iter(struct kiocb *iocb, struct iov_iter *iter)
{
	struct seq_file *m = iocb->ki_filp->private_data;
	size_t copied = 0, n;
	int err = 0;
	void *p;

	if (!iov_iter_count(iter))
		return 0;
	mutex_lock(&m->lock);
	/*
	 * A read at 0 begins anew, even if the walk stands there: after an empty text, or an error.
	 */
	if (!iocb->ki_pos) {
		m->index = 0;
		m->count = 0;
	}
	if (unlikely(iocb->ki_pos != m->read_pos)) {
		err = traverse(m, iocb->ki_pos);
		if (err) {
			m->read_pos = 0;
			m->index = 0;
			m->count = 0;
			goto done;
		}
		m->read_pos = iocb->ki_pos;
	}
	if (!m->buf) {
		err = grow_buffer(m);
		if (err)
			goto done;
	}
	if (m->count) {
		n = copy_to_iter(m->buf + m->from, m->count, iter);
		m->count -= n;
		m->from += n;
		copied += n;
		/* Part of a record is left, or the caller's memory ended: */
		if (m->count)
			goto done;
	}
	if (!iov_iter_count(iter))
		goto done;
	p = show_first(m);
	if (IS_ERR_OR_NULL(p)) {
		err = PTR_ERR_OR_ZERO(p);
		goto done;
	}
	show_more(m, p, iov_iter_count(iter));
	n = copy_to_iter(m->buf, m->count, iter);
	copied += n;
	m->count -= n;
	m->from = n;
done:
	if (!copied)
		copied = m->count ? -EFAULT : err;
	else {
		iocb->ki_pos += copied;
		m->read_pos += copied;
	}
	mutex_unlock(&m->lock);
	return copied;
}
EXPORT_SYMBOL(seq_read_iter);

/**
 * seq_read - ->read() of a sequence
 * @file: the file
 * @buf: user memory
 * @size: bytes
 * @ppos: position, moved on
 *
 * Context: may sleep.
 * Return: as seq_read_iter().
 */
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)
{
	struct kiocb kiocb;
	struct iov_iter iter;
	ssize_t ret;

	iov_iter_ubuf(&iter, ITER_DEST, buf, size);
	init_sync_kiocb(&kiocb, file);
	kiocb.ki_pos = *ppos;
	ret = seq_read_iter(&kiocb, &iter);
	*ppos = kiocb.ki_pos;
	return ret;
}
EXPORT_SYMBOL(seq_read);

/**
 * seq_lseek - ->llseek() of a sequence, which is printed as far as that
 * @file: the file
 * @offset: from where @whence says
 * @whence: SEEK_SET or SEEK_CUR
 *
 * Context: may sleep.
 * Return: the new position; -EINVAL, or what start() or show() said.
 */
loff_t seq_lseek(struct file *file, loff_t offset, int whence)
{
	struct seq_file *m = file->private_data;
	loff_t retval = -EINVAL;

	mutex_lock(&m->lock);
	if (whence == SEEK_CUR && check_add_overflow(offset, file->f_pos, &offset))
		offset = -1;
	if ((whence == SEEK_SET || whence == SEEK_CUR) && offset >= 0) {
		retval = offset;
		if (offset != m->read_pos) {
			int err = traverse(m, offset);

			if (err) {
				retval = err;
				file->f_pos = 0;
				m->read_pos = 0;
				m->index = 0;
				m->count = 0;
			} else {
				m->read_pos = offset;
				file->f_pos = offset;
			}
		} else {
			file->f_pos = offset;
		}
	}
	mutex_unlock(&m->lock);
	return retval;
}
EXPORT_SYMBOL(seq_lseek);

/**
 * seq_release - ->release() of a sequence
 * @inode: ignored
 * @file: the file
 *
 * Return: 0.
 */
int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	(void)inode;
	kvfree(m->buf);
	kmem_cache_free(seq_file_cache, m);
	return 0;
}
EXPORT_SYMBOL(seq_release);

/* ---- printing ---- */

/**
 * seq_write - bytes as they are
 * @seq: the file
 * @data: the bytes
 * @len: how many
 *
 * Return: 0; -1 if the buffer is full: the record is made anew in a larger one.
 */
int seq_write(struct seq_file *seq, const void *data, size_t len)
{
	if (seq->count + len < seq->size) {
		memcpy(seq->buf + seq->count, data, len);
		seq->count += len;
		return 0;
	}
	seq_set_overflow(seq);
	return -1;
}
EXPORT_SYMBOL(seq_write);

/**
 * seq_putc - one character
 * @m: the file
 * @c: the character
 */
void seq_putc(struct seq_file *m, char c)
{
	if (m->count < m->size)
		m->buf[m->count++] = c;
}
EXPORT_SYMBOL(seq_putc);

/**
 * seq_puts - a string
 * @m: the file
 * @s: the string
 */
void seq_puts(struct seq_file *m, const char *s)
{
	seq_write(m, s, strlen(s));
}
EXPORT_SYMBOL(seq_puts);

/**
 * seq_vprintf - seq_printf() with its arguments in a list
 * @m: the file
 * @fmt: as printk()'s
 * @args: what it asks for
 */
void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	size_t len;

	if (m->count < m->size) {
		len = vsnprintf(m->buf + m->count, m->size - m->count, fmt, args);
		if (m->count + len < m->size) {
			m->count += len;
			return;
		}
	}
	seq_set_overflow(m);
}
EXPORT_SYMBOL(seq_vprintf);

/**
 * seq_printf - formatted text
 * @m: the file
 * @fmt: as printk()'s
 */
void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(seq_printf);

/**
 * seq_or_printk - text that is shown in a file as well as on the console
 * @m: the file; NULL for the console
 * @level: KERN_INFO or another, for the console
 * @fmt: as printk()'s; a whole line
 *
 * Context: any for the console; that of a show function for a file.
 */
void seq_or_printk(struct seq_file *m, const char *level, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (m)
		seq_vprintf(m, fmt, args);
	else
		printk("%s%pV", level, &vaf);
	va_end(args);
}
EXPORT_SYMBOL_GPL(seq_or_printk);

/* Digits of @v in @base, right-aligned to @width with @pad. */
static void put_number(struct seq_file *m, const char *delimiter, bool negative,
		       unsigned long long v, unsigned int base, unsigned int width, char pad)
{
	char digits[24];
	unsigned int n = 0;

	if (delimiter && delimiter[0])
		seq_puts(m, delimiter);
	if (negative)
		seq_putc(m, '-');
	do {
		digits[n++] = "0123456789abcdef"[v % base];
		v /= base;
	} while (v);
	if (m->count + max(n, width) >= m->size) {
		seq_set_overflow(m);
		return;
	}
	for (; width > n; width--)
		m->buf[m->count++] = pad;
	while (n)
		m->buf[m->count++] = digits[--n];
}

/**
 * seq_put_decimal_ull_width - put a number in decimal, right-aligned
 * @m: the file
 * @delimiter: goes before it, or NULL
 * @num: the number
 * @width: at least so many characters, blanks in front
 */
void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter,
			       unsigned long long num, unsigned int width)
{
	put_number(m, delimiter, false, num, 10, width, ' ');
}

/**
 * seq_put_decimal_ull - a number, quicker than by seq_printf()
 * @m: the file
 * @delimiter: what comes before it, or NULL
 * @num: the number
 */
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)
{
	put_number(m, delimiter, false, num, 10, 0, ' ');
}
EXPORT_SYMBOL(seq_put_decimal_ull);

/**
 * seq_put_decimal_ll - seq_put_decimal_ull() with a sign
 * @m: the file
 * @delimiter: what comes before it, or NULL
 * @num: the number
 */
void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)
{
	put_number(m, delimiter, num < 0, num < 0 ? -(unsigned long long)num : num, 10, 0, ' ');
}
EXPORT_SYMBOL(seq_put_decimal_ll);

/**
 * seq_put_hex_ll - put a number in hexadecimal
 * @m: the file
 * @delimiter: goes before it, or NULL
 * @v: the number
 * @width: at least so many digits, zeros in front
 */
void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v,
		    unsigned int width)
{
	put_number(m, delimiter, false, v, 16, width, '0');
}

/**
 * seq_escape_mem - put bytes, some of them escaped
 * @m: the file
 * @src: the bytes
 * @len: how many
 * @flags: ESCAPE_*, what to escape and how
 * @esc: only these, or in addition these with ESCAPE_APPEND; NULL: all that @flags says
 *
 * Bytes that don't fit make the buffer full, and the record is tried again with a larger one.
 */
void seq_escape_mem(struct seq_file *m, const char *src, size_t len, unsigned int flags,
		    const char *esc)
{
	char *buf;
	size_t size = seq_get_buf(m, &buf);
	int ret = string_escape_mem(src, len, buf, size, flags, esc);

	seq_commit(m, ret < (int)size ? ret : -1);
}
EXPORT_SYMBOL(seq_escape_mem);

/**
 * seq_pad - spaces up to the width that seq_setwidth() has set
 * @m: the file
 * @c: a character to end with, or 0
 */
void seq_pad(struct seq_file *m, char c)
{
	while (m->count < m->pad_until && !seq_has_overflowed(m))
		seq_putc(m, ' ');
	if (c)
		seq_putc(m, c);
}
EXPORT_SYMBOL(seq_pad);

/* ---- paths ---- */

/**
 * mangle_path - copy a path with some characters as \ooo
 * @s: to; may be in the same buffer as @p, before it
 * @p: from
 * @esc: the characters
 *
 * Return: behind what was written; NULL: it would have run into what isn't read yet.
 */
char *mangle_path(char *s, const char *p, const char *esc)
{
	char c;

	while (s <= p) {
		c = *p++;
		if (!c)
			return s;
		if (!strchr(esc, c)) {
			*s++ = c;
			continue;
		}
		if (s + 4 > p)
			break;
		*s++ = '\\';
		*s++ = '0' + ((c >> 6) & 3);
		*s++ = '0' + ((c >> 3) & 7);
		*s++ = '0' + (c & 7);
	}
	return NULL;
}
EXPORT_SYMBOL(mangle_path);

/* What a d_path() look-alike left at the end of the buffer becomes the sequence's next bytes. */
static int commit_path(struct seq_file *m, char *buf, char *p, const char *esc)
{
	int res = IS_ERR(p) ? PTR_ERR(p) : -1;

	if (!IS_ERR(p)) {
		char *end = mangle_path(buf, p, esc);

		if (end)
			res = end - buf;
	}
	seq_commit(m, res);
	return res;
}

/**
 * seq_path - a path, as seen from the reader's root
 * @m: the file
 * @path: the place
 * @esc: characters to be written in octal
 *
 * Return: bytes, or -1 if they didn't fit.
 */
int seq_path(struct seq_file *m, const struct path *path, const char *esc)
{
	char *buf;
	size_t size = seq_get_buf(m, &buf);

	return size ? commit_path(m, buf, d_path(path, buf, size), esc) : -1;
}
EXPORT_SYMBOL(seq_path);

/**
 * seq_file_path - seq_path() of an open file
 * @m: the file that is written to
 * @file: the file whose path it is
 * @esc: characters to be written in octal
 *
 * Return: as seq_path().
 */
int seq_file_path(struct seq_file *m, struct file *file, const char *esc)
{
	return seq_path(m, &file->f_path, esc);
}
EXPORT_SYMBOL(seq_file_path);

/**
 * seq_path_root - put a path as seen from a root
 * @m: the file
 * @path: what
 * @root: from where
 * @esc: characters to put as octal numbers
 *
 * Return: 0; SEQ_SKIP if it isn't below @root; -ENAMETOOLONG: no room, it will be tried with more.
 */
int seq_path_root(struct seq_file *m, const struct path *path, const struct path *root,
		  const char *esc)
{
	char *buf, *p;
	size_t size = seq_get_buf(m, &buf);
	int res = -ENAMETOOLONG;

	if (!size)
		return res;
	p = __d_path(path, root, buf, size);
	if (!p)
		return SEQ_SKIP;
	res = commit_path(m, buf, p, esc);
	return res < 0 && res != -ENAMETOOLONG ? res : 0;
}

/**
 * seq_dentry - the path within its file system
 * @m: the file
 * @dentry: the name
 * @esc: characters to be written in octal
 *
 * Return: as seq_path().
 */
int seq_dentry(struct seq_file *m, struct dentry *dentry, const char *esc)
{
	char *buf;
	size_t size = seq_get_buf(m, &buf);

	return size ? commit_path(m, buf, dentry_path(dentry, buf, size), esc) : -1;
}
EXPORT_SYMBOL(seq_dentry);

/* ---- one record ---- */

static void *single_start(struct seq_file *m, loff_t *pos)
{
	(void)m;
	return *pos ? NULL : SEQ_START_TOKEN;
}

static void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	(void)m;
	(void)v;
	++*pos;
	return NULL;
}

static void single_stop(struct seq_file *m, void *v)
{
	(void)m;
	(void)v;
}

/**
 * single_open - open a sequence of one record
 * @file: the file, for single_release()
 * @show: prints it
 * @data: becomes m->private
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data)
{
	struct seq_operations *op = kmalloc(sizeof(*op), GFP_KERNEL_ACCOUNT);
	int res;

	if (!op)
		return -ENOMEM;
	*op = (struct seq_operations){ single_start, single_stop, single_next, show };
	res = seq_open(file, op);
	if (res)
		kfree(op);
	else
		((struct seq_file *)file->private_data)->private = data;
	return res;
}
EXPORT_SYMBOL(single_open);

/**
 * single_open_size - single_open() with a buffer that is expected to do
 * @file: the file, for single_release()
 * @show: prints it
 * @data: becomes m->private
 * @size: bytes of the buffer
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int single_open_size(struct file *file, int (*show)(struct seq_file *m, void *v), void *data,
		     size_t size)
{
	char *buf = seq_buf_alloc(size);
	struct seq_file *m;
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = single_open(file, show, data);
	if (ret) {
		kvfree(buf);
		return ret;
	}
	m = file->private_data;
	m->buf = buf;
	m->size = size;
	return 0;
}
EXPORT_SYMBOL(single_open_size);

/**
 * single_release - ->release() of a file opened by single_open()
 * @inode: the inode
 * @file: the file
 *
 * Return: 0.
 */
int single_release(struct inode *inode, struct file *file)
{
	const struct seq_operations *op = ((struct seq_file *)file->private_data)->op;
	int res = seq_release(inode, file);

	kfree(op);
	return res;
}
EXPORT_SYMBOL(single_release);

/* ---- a private struct beside the sequence ---- */

/**
 * __seq_open_private - seq_open_private() that returns the memory
 * @file: the file
 * @ops: its records
 * @psize: bytes
 *
 * Context: may sleep.
 * Return: the memory, zeroed, which seq_release_private() frees; NULL.
 */
void *__seq_open_private(struct file *file, const struct seq_operations *ops, int psize)
{
	void *private = kzalloc(psize, GFP_KERNEL_ACCOUNT);

	if (!private)
		return NULL;
	if (seq_open(file, ops)) {
		kfree(private);
		return NULL;
	}
	((struct seq_file *)file->private_data)->private = private;
	return private;
}
EXPORT_SYMBOL(__seq_open_private);

/**
 * seq_open_private - seq_open() with zeroed memory in ->private
 * @file: the file
 * @ops: its records
 * @psize: bytes
 *
 * Context: may sleep. Return: 0, -ENOMEM.
 */
int seq_open_private(struct file *file, const struct seq_operations *ops, int psize)
{
	return __seq_open_private(file, ops, psize) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(seq_open_private);

/**
 * seq_release_private - ->release() of that
 * @inode: the inode
 * @file: the file
 *
 * Return: 0.
 */
int seq_release_private(struct inode *inode, struct file *file)
{
	struct seq_file *seq = file->private_data;

	kfree(seq->private);
	seq->private = NULL;
	return seq_release(inode, file);
}
EXPORT_SYMBOL(seq_release_private);

/* ---- lists as sequences; the caller holds what guards the list ---- */

/**
 * seq_list_start - ->start() over a list
 * @head: the list
 * @pos: which entry, from 0
 *
 * Context: the list is locked. Return: the entry, or NULL.
 */
struct list_head *seq_list_start(struct list_head *head, loff_t pos)
{
	struct list_head *lh;

	list_for_each(lh, head)
		if (!pos--)
			return lh;
	return NULL;
}
EXPORT_SYMBOL(seq_list_start);

/**
 * seq_list_start_head - seq_list_start() where the head itself is record 0, for a heading
 * @head: the list
 * @pos: which record, from 0
 *
 * Context: the list is locked. Return: the head or an entry, or NULL.
 */
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)
{
	return pos ? seq_list_start(head, pos - 1) : head;
}
EXPORT_SYMBOL(seq_list_start_head);

/**
 * seq_list_next - ->next() over a list
 * @v: the entry
 * @head: the list
 * @ppos: its number; counts on
 *
 * Context: the list is locked. Return: the next entry, or NULL.
 */
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos)
{
	struct list_head *lh = ((struct list_head *)v)->next;

	++*ppos;
	return lh == head ? NULL : lh;
}
EXPORT_SYMBOL(seq_list_next);

/**
 * seq_file_init - make the cache for open sequence files
 *
 * Context: boot.
 */
void __init seq_file_init(void)
{
	seq_file_cache = KMEM_CACHE(seq_file, SLAB_ACCOUNT | SLAB_PANIC);
}

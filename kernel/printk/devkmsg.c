// SPDX-License-Identifier: MIT
/*
 * /dev/kmsg: the log as records, one by each read(2), and a way for programs to add to it.
 *
 *	6,339,5140900,-;NET: Registered protocol family
 *	| |   |       '- what belongs to the record (nothing more)
 *	| |   '- microseconds since boot
 *	| '- number of the record
 *	'- facility * 8 + level
 *
 * Every open file has a place of its own. If the record there was overwritten, one read fails with
 * -EPIPE and the next goes on with the oldest one. What is written may begin with "<N>"; a facility
 * of 0 is the kernel's alone and becomes that of programs.
 */

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/irq_work.h>
#include <linux/kern_levels.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/syslog.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "internal.h"

#define FACILITY_USER		1
#define LEVEL_BITS		3

DECLARE_WAIT_QUEUE_HEAD(log_wait);

/* ---- waking readers, from wherever printk() was called ---- */

static void wake_log_readers(struct irq_work *work)
{
	wake_up_interruptible_all(&log_wait);
}

static DEFINE_PER_CPU(struct irq_work, log_wake_work) = IRQ_WORK_INIT_LAZY(wake_log_readers);

/* A record is there. Context: any, preemption off. */
void log_new_record(void)
{
	/* The record before our look. Partner: the readers' set_current_state(). */
	if (wq_has_sleeper(&log_wait))
		irq_work_queue(this_cpu_ptr(&log_wake_work));
}

/* ---- reading ---- */

/**
 * struct devkmsg_user - one open /dev/kmsg
 * @seq: the next record
 * @rs: how much may be written
 * @lock: guards the rest
 * @text: a record's text
 * @line: the record as it is shown: each byte may need four
 */
struct devkmsg_user {
	u64 seq;
	struct ratelimit_state rs;
	struct mutex lock;
	char text[PRINTK_MESSAGE_MAX];
	char line[PRINTK_MESSAGE_MAX * 4 + 64];
};

static size_t format_record(struct devkmsg_user *user, const struct printk_info *info)
{
	size_t size = sizeof(user->line);
	u64 us = info->ts_nsec / 1000;
	size_t len, i, n;

	len = scnprintf(user->line, size, "%u,%llu,%llu,-;",
			(info->facility << LEVEL_BITS) | info->level, info->seq, us);
	n = min_t(size_t, info->text_len, sizeof(user->text));
	for (i = 0; i < n; i++) {
		unsigned char c = user->text[i];

		if (c < ' ' || c >= 127 || c == '\\')
			len += scnprintf(user->line + len, size - len, "\\x%02x", c);
		else
			user->line[len++] = c;
	}
	user->line[len++] = '\n';
	return len;
}

static ssize_t devkmsg_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct devkmsg_user *user = file->private_data;
	struct printk_info info;
	ssize_t ret;
	size_t len;
	int err;

	ret = mutex_lock_interruptible(&user->lock);
	if (ret)
		return ret;
	while ((err = prb_read(prb, user->seq, &info, user->text, sizeof(user->text))) ==
	       PRB_NOT_YET) {
		ret = -EAGAIN;
		if (file->f_flags & O_NONBLOCK)
			goto out;
		ret = wait_event_interruptible(log_wait, prb_read(prb, user->seq, NULL, NULL, 0)
							 != PRB_NOT_YET);
		if (ret)
			goto out;
	}
	if (err == PRB_LOST) {
		user->seq = prb_first_seq(prb);
		ret = -EPIPE;
		goto out;
	}
	len = format_record(user, &info);
	ret = -EINVAL;
	if (len > count)
		goto out;
	/* Also if the copy fails: the record counts as read. */
	user->seq++;
	ret = copy_to_user(buf, user->line, len) ? -EFAULT : len;
out:
	mutex_unlock(&user->lock);
	return ret;
}

/*
 * SEEK_SET: the oldest record. SEEK_DATA: what came after the last clear. SEEK_END: what comes from
 * now on. There are no other places.
 */
static loff_t devkmsg_llseek(struct file *file, loff_t offset, int whence)
{
	struct devkmsg_user *user = file->private_data;

	if (offset)
		return -ESPIPE;
	switch (whence) {
	case SEEK_SET:
		WRITE_ONCE(user->seq, prb_first_seq(prb));
		return 0;
	case SEEK_DATA:
		WRITE_ONCE(user->seq, syslog_clear_seq());
		return 0;
	case SEEK_END:
		WRITE_ONCE(user->seq, prb_next_seq(prb));
		return 0;
	default:
		return -EINVAL;
	}
}

static __poll_t devkmsg_poll(struct file *file, poll_table *wait)
{
	struct devkmsg_user *user = file->private_data;

	poll_wait(file, &log_wait, wait);
	switch (prb_read(prb, READ_ONCE(user->seq), NULL, NULL, 0)) {
	case PRB_NOT_YET:
		return 0;
	case PRB_LOST:
		return EPOLLIN | EPOLLRDNORM | EPOLLERR | EPOLLPRI;
	default:
		return EPOLLIN | EPOLLRDNORM;
	}
}

/* ---- writing ---- */

static void __printf(3, 4) emit(int facility, int level, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintk_emit(facility, level, NULL, fmt, args);
	va_end(args);
}

/* "<N>": both parts of N. What doesn't look like it is text. */
static char *parse_level(char *line, int *facility, int *level)
{
	char *end;
	unsigned int u;

	if (line[0] != '<')
		return line;
	u = simple_strtoul(line + 1, &end, 10);
	if (end == line + 1 || *end != '>')
		return line;
	*level = u & ((1 << LEVEL_BITS) - 1);
	if (u >> LEVEL_BITS)
		*facility = u >> LEVEL_BITS;
	return end + 1;
}

static ssize_t devkmsg_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct devkmsg_user *user = iocb->ki_filp->private_data;
	int level = default_message_loglevel, facility = FACILITY_USER;
	size_t len = iov_iter_count(from);
	char *buf, *line;

	if (len > PRINTK_MESSAGE_MAX)
		return -EINVAL;
	/* What is too much is taken and thrown away. */
	if (!___ratelimit(&user->rs, current->comm))
		return len;
	buf = kmalloc(len + 1, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	buf[len] = '\0';
	if (!copy_from_iter_full(buf, len, from)) {
		kfree(buf);
		return -EFAULT;
	}
	line = parse_level(buf, &facility, &level);
	emit(facility, level, "%s", line);
	kfree(buf);
	return len;
}

/* ---- open ---- */

static int devkmsg_open(struct inode *inode, struct file *file)
{
	struct devkmsg_user *user;
	int err;

	/* Writing alone asks nothing of who may open the node. */
	if ((file->f_flags & O_ACCMODE) != O_WRONLY) {
		err = syslog_permission(SYSLOG_ACTION_READ_ALL, SYSLOG_FROM_READER);
		if (err)
			return err;
	}
	user = kvzalloc(sizeof(*user), GFP_KERNEL);
	if (!user)
		return -ENOMEM;
	ratelimit_default_init(&user->rs);
	ratelimit_set_flags(&user->rs, RATELIMIT_MSG_ON_RELEASE);
	mutex_init(&user->lock);
	user->seq = prb_first_seq(prb);
	file->private_data = user;
	return 0;
}

static int devkmsg_release(struct inode *inode, struct file *file)
{
	struct devkmsg_user *user = file->private_data;

	ratelimit_state_exit(&user->rs);
	mutex_destroy(&user->lock);
	kvfree(user);
	return 0;
}

const struct file_operations kmsg_fops = {
	.open		= devkmsg_open,
	.read		= devkmsg_read,
	.write_iter	= devkmsg_write,
	.llseek		= devkmsg_llseek,
	.poll		= devkmsg_poll,
	.release	= devkmsg_release,
};

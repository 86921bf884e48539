// SPDX-License-Identifier: MIT
/*
 * /dev/random and /dev/urandom: get_random_bytes() as files. They differ only while the generator
 * has not gathered enough yet: random waits, urandom doesn't. What is written is mixed in, and
 * credited only through the ioctl, by who may.
 */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/poll.h>
#include <linux/random.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/uuid.h>

#include <uapi/linux/random.h>

#include "mem.h"

#define RANDOM_CHUNK	256
#define POOL_BITS	256

static ssize_t random_to_iter(struct iov_iter *to)
{
	u8 chunk[RANDOM_CHUNK];
	ssize_t total = 0;

	while (iov_iter_count(to)) {
		size_t want = min_t(size_t, iov_iter_count(to), sizeof(chunk)), copied;

		get_random_bytes(chunk, want);
		copied = copy_to_iter(chunk, want, to);
		total += copied;
		if (copied != want)
			break;
		if (total % PAGE_SIZE == 0) {
			if (signal_pending(current))
				break;
			cond_resched();
		}
	}
	memzero_explicit(chunk, sizeof(chunk));
	return total || !iov_iter_count(to) ? total : -EFAULT;
}

static ssize_t urandom_read_iter(struct kiocb *kiocb, struct iov_iter *to)
{
	return random_to_iter(to);
}

static ssize_t random_read_iter(struct kiocb *kiocb, struct iov_iter *to)
{
	int ret;

	if (!rng_is_initialized() && (kiocb->ki_flags & IOCB_NOWAIT ||
				      kiocb->ki_filp->f_flags & O_NONBLOCK))
		return -EAGAIN;
	ret = wait_for_random_bytes();
	return ret ? ret : random_to_iter(to);
}

static ssize_t random_write_iter(struct kiocb *kiocb, struct iov_iter *from)
{
	u8 chunk[RANDOM_CHUNK];
	ssize_t total = 0;

	if (!iov_iter_count(from))
		return 0;
	while (iov_iter_count(from)) {
		size_t want = min_t(size_t, iov_iter_count(from), sizeof(chunk));
		size_t copied = copy_from_iter(chunk, want, from);

		add_device_randomness(chunk, copied);
		total += copied;
		if (copied != want)
			break;
		if (total % PAGE_SIZE == 0) {
			if (signal_pending(current))
				break;
			cond_resched();
		}
	}
	memzero_explicit(chunk, sizeof(chunk));
	return total ? total : -EFAULT;
}

/* Never ready before the generator is; who asks too early is asked to come again. */
static __poll_t random_poll(struct file *file, poll_table *wait)
{
	return rng_is_initialized() ? DEFAULT_POLLMASK : EPOLLOUT | EPOLLWRNORM;
}

static long random_add_entropy(int __user *p)
{
	const u8 __user *from = (const u8 __user *)(p + 2);
	int bits, size, left;
	u8 chunk[RANDOM_CHUNK];

	if (get_user(bits, p) || get_user(size, p + 1))
		return -EFAULT;
	if (bits < 0 || size < 0)
		return -EINVAL;
	for (left = size; left; ) {
		size_t n = min_t(size_t, left, sizeof(chunk));

		if (copy_from_user(chunk, from, n))
			return -EFAULT;
		/* The bits are credited with the last piece. */
		add_hwgenerator_randomness(chunk, n, n == left ? bits : 0, false);
		from += n;
		left -= n;
	}
	memzero_explicit(chunk, sizeof(chunk));
	return 0;
}

static long random_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	int __user *p = (int __user *)arg;
	int bits;

	switch (cmd) {
	case RNDGETENTCNT:
		return put_user(rng_is_initialized() ? POOL_BITS : 0, p);
	case RNDADDTOENTCNT:
		if (!capable(CAP_SYS_ADMIN))
			return -EPERM;
		if (get_user(bits, p))
			return -EFAULT;
		if (bits < 0)
			return -EINVAL;
		add_hwgenerator_randomness("", 0, bits, false);
		return 0;
	case RNDADDENTROPY:
		if (!capable(CAP_SYS_ADMIN))
			return -EPERM;
		return random_add_entropy(p);
	case RNDZAPENTCNT:
	case RNDCLEARPOOL:
		/* Nothing is taken out of this generator, so there is nothing to clear. */
		return capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
	default:
		return -EINVAL;
	}
}

const struct file_operations random_fops = {
	.read_iter	= random_read_iter,
	.write_iter	= random_write_iter,
	.poll		= random_poll,
	.unlocked_ioctl	= random_ioctl,
	.llseek		= noop_llseek,
};

const struct file_operations urandom_fops = {
	.read_iter	= urandom_read_iter,
	.write_iter	= random_write_iter,
	.unlocked_ioctl	= random_ioctl,
	.llseek		= noop_llseek,
};

/* ---- /proc/sys/kernel/random ---- */

static u8 boot_id[UUID_SIZE];	/* made by the first who reads it */

/* boot_id is the same until the next boot; uuid (no .data) is another one with each read. */
static int proc_do_uuid(const struct ctl_table *table, int write, void *buf, size_t *lenp,
			loff_t *ppos)
{
	static DEFINE_SPINLOCK(boot_id_lock);
	u8 uuid[UUID_SIZE];
	char text[UUID_STRING_LEN + 1];
	struct ctl_table text_table = { .data = text, .maxlen = sizeof(text) };

	if (write)
		return -EPERM;
	generate_random_uuid(uuid);
	if (table->data) {
		spin_lock(&boot_id_lock);
		/* Byte 8 of a UUID has its variant's bits set: zero means none yet. */
		if (!boot_id[8])
			memcpy(boot_id, uuid, sizeof(uuid));
		memcpy(uuid, boot_id, sizeof(uuid));
		spin_unlock(&boot_id_lock);
	}
	snprintf(text, sizeof(text), "%pU", uuid);
	return proc_dostring(&text_table, 0, buf, lenp, ppos);
}

static int proc_entropy_avail(const struct ctl_table *table, int write, void *buf, size_t *lenp,
			      loff_t *ppos)
{
	int bits = rng_is_initialized() ? POOL_BITS : 0;
	struct ctl_table copy = *table;

	copy.data = &bits;
	return proc_dointvec(&copy, write, buf, lenp, ppos);
}

static int poolsize = POOL_BITS;

static const struct ctl_table random_table[] = {
	{ .procname = "poolsize", .data = &poolsize, .maxlen = sizeof(int), .mode = 0444,
	  .proc_handler = proc_dointvec },
	{ .procname = "entropy_avail", .data = &poolsize, .maxlen = sizeof(int), .mode = 0444,
	  .proc_handler = proc_entropy_avail },
	{ .procname = "boot_id", .data = boot_id, .maxlen = sizeof(boot_id), .mode = 0444,
	  .proc_handler = proc_do_uuid },
	{ .procname = "uuid", .mode = 0444, .proc_handler = proc_do_uuid },
};

static int __init random_sysctls_init(void)
{
	register_sysctl_init("kernel/random", random_table);
	return 0;
}
device_initcall(random_sysctls_init);

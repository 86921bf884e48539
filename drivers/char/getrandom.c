// SPDX-License-Identifier: MIT
/*
 * getrandom(2): random bytes without a descriptor.
 */

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

/* Bytes made at a time, on the stack. */
#define CHUNK	256

/* A long read may be broken off by a signal, but 256 bytes are always given whole. */
static ssize_t give_random_bytes(char __user *ubuf, size_t len)
{
	size_t done = 0, n;
	u8 chunk[CHUNK];
	ssize_t ret = 0;

	while (done < len) {
		n = min_t(size_t, len - done, CHUNK);
		get_random_bytes(chunk, n);
		if (copy_to_user(ubuf + done, chunk, n)) {
			ret = -EFAULT;
			break;
		}
		done += n;
		if (done >= CHUNK && done < len && signal_pending(current))
			break;
		cond_resched();
	}
	memzero_explicit(chunk, sizeof(chunk));
	return done ? done : ret;
}

/* getrandom(2). GRND_RANDOM is the same source; it only can't go with GRND_INSECURE. */
SYSCALL_DEFINE3(getrandom, char __user *, ubuf, size_t, len, unsigned int, flags)
{
	int ret;

	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if ((flags & (GRND_INSECURE | GRND_RANDOM)) == (GRND_INSECURE | GRND_RANDOM))
		return -EINVAL;
	if (!rng_is_initialized() && !(flags & GRND_INSECURE)) {
		if (flags & GRND_NONBLOCK)
			return -EAGAIN;
		ret = wait_for_random_bytes();
		if (ret)
			return ret;
	}
	len = min_t(size_t, len, INT_MAX);
	if (!access_ok(ubuf, len))
		return -EFAULT;
	return give_random_bytes(ubuf, len);
}

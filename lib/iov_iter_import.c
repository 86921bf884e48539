// SPDX-License-Identifier: MIT
/*
 * Iterators from what a system call was given: a buffer, or a vector that lies in user memory.
 *
 * Everything is checked here, once: the vector's length, each element's, and that each element lies
 * in user space. The total is cut to MAX_RW_COUNT, so that it fits the call's result.
 */

#include <linux/uio.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static int copy_iovec(struct iovec *iov, const struct iovec __user *uvec, unsigned long nr_segs)
{
	unsigned long seg;

	if (copy_from_user(iov, uvec, nr_segs * sizeof(*iov)))
		return -EFAULT;
	for (seg = 0; seg < nr_segs; seg++) {
		/* a length that is negative as ssize_t could not be reported */
		if ((ssize_t)iov[seg].iov_len < 0)
			return -EINVAL;
	}
	return 0;
}

/**
 * iovec_from_user() - copy a vector from user memory
 * @uvec: it
 * @nr_segs: its elements
 * @fast_segs: elements that @fast_iov has room for
 * @fast_iov: used if the vector fits
 * @compat: the vector is of a 32-bit program (there are none)
 *
 * Context: may sleep.
 * Return: the vector, which the caller kfree()s if it isn't @fast_iov; or -EINVAL (too many
 * elements, too long an element, @compat), -ENOMEM, -EFAULT as an ERR_PTR.
 */
struct iovec *iovec_from_user(const struct iovec __user *uvec, unsigned long nr_segs,
			      unsigned long fast_segs, struct iovec *fast_iov, bool compat)
{
	struct iovec *iov = fast_iov;
	int ret;

	/* readv() and writev() of no buffers are fine, and do nothing. */
	if (nr_segs == 0)
		return iov;
	if (nr_segs > UIO_MAXIOV || compat)
		return ERR_PTR(-EINVAL);
	if (nr_segs > fast_segs) {
		iov = kmalloc_array(nr_segs, sizeof(*iov), GFP_KERNEL);
		if (!iov)
			return ERR_PTR(-ENOMEM);
	}
	ret = copy_iovec(iov, uvec, nr_segs);
	if (ret) {
		if (iov != fast_iov)
			kfree(iov);
		return ERR_PTR(ret);
	}
	return iov;
}
EXPORT_SYMBOL(iovec_from_user);

/* A vector of one is a buffer, which is cheaper to walk. */
static ssize_t import_single(int type, const struct iovec __user *uvec, struct iovec *iov,
			     struct iov_iter *i)
{
	int ret = copy_iovec(iov, uvec, 1);

	if (ret)
		return ret;
	ret = import_ubuf(type, iov->iov_base, iov->iov_len, i);
	return ret ?: (ssize_t)iov_iter_count(i);
}

/* Checks each element's place, cuts the whole to MAX_RW_COUNT; bytes or -EFAULT. */
static ssize_t check_iovec(struct iovec *iov, unsigned long nr_segs)
{
	unsigned long seg;
	size_t total = 0;

	for (seg = 0; seg < nr_segs; seg++) {
		if (!access_ok(iov[seg].iov_base, iov[seg].iov_len))
			return -EFAULT;
		iov[seg].iov_len = min_t(size_t, iov[seg].iov_len, MAX_RW_COUNT - total);
		total += iov[seg].iov_len;
	}
	return total;
}

/**
 * __import_iovec() - import_iovec() of a vector of either kind
 * @type: ITER_SOURCE or ITER_DEST
 * @uvec: the vector, in user memory
 * @nr_segs: its elements
 * @fast_segs: elements that *@iovp has room for
 * @iovp: as of import_iovec()
 * @i: the iterator
 * @compat: the vector is of a 32-bit program: -EINVAL
 *
 * Context: may sleep. Return: as import_iovec().
 */
ssize_t __import_iovec(int type, const struct iovec __user *uvec, unsigned int nr_segs,
		       unsigned int fast_segs, struct iovec **iovp, struct iov_iter *i,
		       bool compat)
{
	struct iovec *fast = *iovp, *iov;
	ssize_t total;

	*iovp = NULL;
	if (nr_segs == 1 && fast_segs && !compat)
		return import_single(type, uvec, fast, i);

	iov = iovec_from_user(uvec, nr_segs, fast_segs, fast, compat);
	if (IS_ERR(iov))
		return PTR_ERR(iov);
	total = check_iovec(iov, nr_segs);
	if (total < 0) {
		if (iov != fast)
			kfree(iov);
		return total;
	}
	iov_iter_init(i, type, iov, nr_segs, total);
	if (iov != fast)
		*iovp = iov;
	return total;
}

/**
 * import_iovec() - make an iterator from a vector in user memory
 * @type: ITER_SOURCE or ITER_DEST
 * @uvec: the vector
 * @nr_segs: its elements
 * @fast_segs: elements that *@iovp has room for
 * @iovp: points to an array of the caller's, for short vectors. Afterwards what the caller has to
 *	kfree() when the iterator is done with: an array or NULL, also after an error
 * @i: the iterator
 *
 * Context: may sleep.
 * Return: bytes in all; -EINVAL (too many elements, a negative length), -EFAULT, -ENOMEM.
 */
ssize_t import_iovec(int type, const struct iovec __user *uvec, unsigned int nr_segs,
		     unsigned int fast_segs, struct iovec **iovp, struct iov_iter *i)
{
	return __import_iovec(type, uvec, nr_segs, fast_segs, iovp, i, false);
}
EXPORT_SYMBOL(import_iovec);

/**
 * import_ubuf() - make an iterator from a buffer in user memory
 * @type: ITER_SOURCE or ITER_DEST
 * @buf: the buffer
 * @len: its length, cut to MAX_RW_COUNT
 * @i: the iterator
 *
 * Return: 0 or -EFAULT.
 */
int import_ubuf(int type, void __user *buf, size_t len, struct iov_iter *i)
{
	len = min_t(size_t, len, MAX_RW_COUNT);
	if (unlikely(!access_ok(buf, len)))
		return -EFAULT;
	iov_iter_ubuf(i, type, buf, len);
	return 0;
}
EXPORT_SYMBOL(import_ubuf);

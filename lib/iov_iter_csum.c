// SPDX-License-Identifier: MIT
/*
 * Copies that sum up on the way: for a packet's data. A piece that begins at an odd offset of the
 * packet counts with its bytes exchanged; csum_block_add() does that.
 */

#include <linux/export.h>
#include <linux/iov_iter.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <net/checksum.h>

/* Adds a piece to the sum, at the offset where it stands. */
static void account(struct csum_state *state, __wsum sum, size_t len)
{
	state->csum = csum_block_add(state->csum, sum, state->off);
	state->off += len;
}

static __always_inline size_t sum_to_iter(void *iter_to, size_t progress, size_t len, void *from,
					  void *state)
{
	account(state, csum_partial_copy_nocheck(from + progress, iter_to, len), len);
	return 0;
}

static __always_inline size_t sum_from_iter(void *iter_from, size_t progress, size_t len, void *to,
					    void *state)
{
	account(state, csum_partial_copy_nocheck(iter_from, to + progress, len), len);
	return 0;
}

/* Of a piece with a fault in it nothing counts. */
static __always_inline size_t sum_to_user_iter(void __user *iter_to, size_t progress, size_t len,
					       void *from, void *state)
{
	__wsum sum = csum_and_copy_to_user(from + progress, iter_to, len);

	if (!sum)
		return len;
	account(state, sum, len);
	return 0;
}

static __always_inline size_t sum_from_user_iter(void __user *iter_from, size_t progress,
						 size_t len, void *to, void *state)
{
	__wsum sum = csum_and_copy_from_user(iter_from, to + progress, len);

	if (!sum)
		return len;
	account(state, sum, len);
	return 0;
}

/**
 * csum_and_copy_to_iter() - copy a buffer to an iterator and sum it up
 * @addr: the buffer
 * @bytes: its length
 * @csstate: a struct csum_state, which goes on where the last copy left it
 * @i: a destination; one of ITER_DISCARD is summed as well
 *
 * Context: may sleep if @i is of a user's kind.
 * Return: bytes copied: a segment of the user's with a fault in it counts for nothing.
 */
size_t csum_and_copy_to_iter(const void *addr, size_t bytes, void *csstate, struct iov_iter *i)
{
	if (WARN_ON_ONCE(i->data_source))
		return 0;
	if (iov_iter_is_discard(i)) {
		bytes = min(bytes, i->count);
		account(csstate, csum_partial(addr, bytes, 0), bytes);
		iov_iter_advance(i, bytes);
		return bytes;
	}
	return iterate_and_advance2(i, bytes, (void *)addr, csstate, sum_to_user_iter,
				    sum_to_iter);
}
EXPORT_SYMBOL(csum_and_copy_to_iter);

/**
 * csum_and_copy_from_iter() - copy from an iterator to a buffer and sum it up
 * @addr: the buffer
 * @bytes: its length
 * @csum: gets the bytes' sum added
 * @i: a source
 *
 * Context: may sleep if @i is of a user's kind.
 * Return: bytes copied.
 */
size_t csum_and_copy_from_iter(void *addr, size_t bytes, __wsum *csum, struct iov_iter *i)
{
	struct csum_state state = { .csum = *csum };
	size_t copied;

	if (WARN_ON_ONCE(!i->data_source))
		return 0;
	copied = iterate_and_advance2(i, bytes, addr, &state, sum_from_user_iter, sum_from_iter);
	*csum = state.csum;
	return copied;
}
EXPORT_SYMBOL(csum_and_copy_from_iter);

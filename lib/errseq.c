// SPDX-License-Identifier: MIT
/*
 * A file's writeback fails once, and every open file description has to hear of it from fsync(),
 * each exactly once. So the error is kept with a number that tells one occurrence from the next, in
 * a word:
 *
 *	31            13   12   11          0
 *	+---------------+------+-------------+
 *	|    counter    | seen |    errno    |
 *	+---------------+------+-------------+
 *
 * A watcher keeps a copy of the word and compares. The counter need only move on if somebody has
 * looked at the current value, which is what "seen" records: an error that recurs a million times
 * unseen is one to everybody, and the counter doesn't run round.
 *
 * No locks: every change is one compare-and-exchange. Any context.
 */

#include <linux/errseq.h>

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/log2.h>

#define ERRSEQ_SHIFT	(ilog2(MAX_ERRNO) + 1)
#define ERRSEQ_SEEN	(1U << ERRSEQ_SHIFT)
#define ERRSEQ_CTR_INC	(1U << (ERRSEQ_SHIFT + 1))

/**
 * errseq_set() - record an error
 * @eseq: the word
 * @err: negative errno, not below -MAX_ERRNO
 *
 * Return: what the word was before, for whoever prints it. It is no sample: errseq_sample() is.
 */
errseq_t errseq_set(errseq_t *eseq, int err)
{
	errseq_t old = READ_ONCE(*eseq), new;

	static_assert(MAX_ERRNO < ERRSEQ_SEEN);
	if (WARN(err >= 0 || err < -MAX_ERRNO, "err = %d\n", err))
		return old;

	for (;;) {
		errseq_t cur;

		new = (old & ~(MAX_ERRNO | ERRSEQ_SEEN)) | -err;
		if (old & ERRSEQ_SEEN)
			new += ERRSEQ_CTR_INC;
		if (new == old)
			return old;
		cur = cmpxchg(eseq, old, new);
		/* Another one recorded the very same: good enough. */
		if (cur == old || cur == new)
			return cur;
		old = cur;
	}
}
EXPORT_SYMBOL(errseq_set);

/**
 * errseq_sample() - begin to watch
 * @eseq: the word
 *
 * Return: what to compare with later; 0 if there is an error that nobody has seen, so that it is
 * reported to this watcher too.
 */
errseq_t errseq_sample(errseq_t *eseq)
{
	errseq_t old = READ_ONCE(*eseq);

	return old & ERRSEQ_SEEN ? old : 0;
}
EXPORT_SYMBOL(errseq_sample);

/** errseq_check() - the error since @since, or 0; nothing is marked as seen */
int errseq_check(errseq_t *eseq, errseq_t since)
{
	errseq_t cur = READ_ONCE(*eseq);

	return cur == since ? 0 : -(int)(cur & MAX_ERRNO);
}
EXPORT_SYMBOL(errseq_check);

/**
 * errseq_check_and_advance() - the error since *@since, reported once
 * @eseq: the word
 * @since: the watcher's copy, brought up to date; the watcher's lock guards it
 *
 * Return: negative errno or 0.
 */
int errseq_check_and_advance(errseq_t *eseq, errseq_t *since)
{
	errseq_t old = READ_ONCE(*eseq), new;

	if (old == *since)
		return 0;
	new = old | ERRSEQ_SEEN;
	/*
	 * If this fails, either another watcher has marked it, or a newer error is there, which the
	 * next check reports.
	 */
	if (new != old)
		cmpxchg(eseq, old, new);
	*since = new;
	return -(int)(new & MAX_ERRNO);
}
EXPORT_SYMBOL(errseq_check_and_advance);

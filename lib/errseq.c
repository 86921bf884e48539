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

#define SEEN		(1U << 12)
#define ERRNO_MASK	(SEEN - 1)
#define COUNT_ONE	(SEEN << 1)

static_assert(MAX_ERRNO <= ERRNO_MASK);

static int error_in(errseq_t word)
{
	return -(int)(word & ERRNO_MASK);
}

/* What @word becomes when @error, positive, occurs: another occurrence only if this was seen. */
static errseq_t followed_by(errseq_t word, unsigned int error)
{
	errseq_t count = word & ~(SEEN | ERRNO_MASK);

	return (word & SEEN ? count + COUNT_ONE : count) | error;
}

/**
 * errseq_set() - record an error
 * @eseq: the word
 * @err: negative errno, not below -MAX_ERRNO
 *
 * Return: what the word was before, for whoever prints it. It is no sample: errseq_sample() is.
 */
errseq_t errseq_set(errseq_t *eseq, int err)
{
	errseq_t was = READ_ONCE(*eseq), next;

	if (WARN(err >= 0 || err < -MAX_ERRNO, "err = %d\n", err))
		return was;
	/* If it is recorded and unseen, by whomever, there is nothing to add. */
	do
		next = followed_by(was, -err);
	while (next != was && !try_cmpxchg(eseq, &was, next));
	return was;
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
	errseq_t now = READ_ONCE(*eseq);

	return now & SEEN ? now : 0;
}
EXPORT_SYMBOL(errseq_sample);

/** errseq_check() - the error since @since, or 0; nothing is marked as seen */
int errseq_check(errseq_t *eseq, errseq_t since)
{
	errseq_t now = READ_ONCE(*eseq);

	return now == since ? 0 : error_in(now);
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
	errseq_t now = READ_ONCE(*eseq);

	if (now == *since)
		return 0;
	*since = now | SEEN;
	/* It fails if another watcher has marked it, or a newer error came: for the next check. */
	(void)try_cmpxchg(eseq, &now, now | SEEN);
	return error_in(*since);
}
EXPORT_SYMBOL(errseq_check_and_advance);

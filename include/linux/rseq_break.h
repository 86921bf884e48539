/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RSEQ_BREAK_H
#define _LINUX_RSEQ_BREAK_H

/*
 * Restartable sequences broken on purpose, for a test of their tests: `rseq_break=NAME` on the
 * command line of a PLANTED_BUGS build. In others rseq_broken() is a constant false.
 */

#include <linux/compiler.h>
#include <linux/types.h>

enum rseq_break {
	RSEQ_BREAK_NONE,
	RSEQ_BREAK_SIGNAL,	/* "signal": a signal doesn't abort */
	RSEQ_BREAK_MIGRATION,	/* "migration": what was moved isn't aborted */
	RSEQ_BREAK_CPU_ID,	/* "cpu-id": the ids in the area are those of registration */
	RSEQ_BREAK_MM_CID,	/* "mm-cid": everybody's concurrency id is 0 */
	RSEQ_BREAK_COUNT
};

#ifdef CONFIG_PLANTED_BUGS

extern enum rseq_break rseq_break_chosen;	/* at boot, from the command line */

/** rseq_broken - is this planted bug chosen? For tests of the tests */
static inline bool rseq_broken(enum rseq_break which)
{
	return unlikely(READ_ONCE(rseq_break_chosen) == which);
}

#else

static inline bool rseq_broken(enum rseq_break which)
{
	(void)which;
	return false;
}

#endif

#endif /* _LINUX_RSEQ_BREAK_H */

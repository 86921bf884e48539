/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ERRSEQ_H
#define _LINUX_ERRSEQ_H

/*
 * An error that many watch: each watcher learns of it once, also if others have before, and one who
 * comes later hears of what nobody has been told yet. See lib/errseq.c.
 */

#include <linux/types.h>

typedef u32 errseq_t;

errseq_t errseq_set(errseq_t *eseq, int err);
errseq_t errseq_sample(errseq_t *eseq);
int errseq_check(errseq_t *eseq, errseq_t since);
int errseq_check_and_advance(errseq_t *eseq, errseq_t *since);

#endif /* _LINUX_ERRSEQ_H */

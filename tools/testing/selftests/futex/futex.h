/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_FUTEX_H
#define SELFTESTS_FUTEX_H

/* Shared by the tests of futexes. */

#include <linux/futex.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "../kselftest.h"

static inline long futex(uint32_t *uaddr, int op, uint32_t val, const void *timeout,
			 uint32_t *uaddr2, uint32_t val3)
{
	return syscall(SYS_futex, uaddr, op, val, timeout, uaddr2, val3);
}

#endif /* SELFTESTS_FUTEX_H */

/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_SYSV_IPC_H
#define SELFTESTS_SYSV_IPC_H

#include <sys/ipc.h>
#include <sys/types.h>
#include <unistd.h>

#include "../kselftest.h"

/* A key of this test's own. */
static inline key_t own_key(void)
{
	return 0x4c000000 | (getpid() & 0xffffff);
}

/* From here on without root's rights. */
static inline void become_nobody(void)
{
	if (setgid(65534) || setuid(65534))
		SKIP("needs root");
}

#endif /* SELFTESTS_SYSV_IPC_H */

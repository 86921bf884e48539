/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COREDUMP_H
#define _LINUX_COREDUMP_H

#include <linux/signal_types.h>

/* The current process dies of @siginfo, a signal that dumps: siglock not held. */
void do_coredump(const kernel_siginfo_t *siginfo);

#endif /* _LINUX_COREDUMP_H */

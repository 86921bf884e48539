/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SIGNAL_TYPES_H
#define _LINUX_SIGNAL_TYPES_H

#include <asm/siginfo.h>
#include <asm/signal.h>
#include <linux/list.h>
#include <linux/types.h>

struct ucounts;
struct user_struct;

/* siginfo without the padding that programs see. */
typedef struct kernel_siginfo {
	struct {
		int si_signo;
		int si_errno;
		int si_code;
		union __sifields _sifields;
	};
} kernel_siginfo_t;

/* One queued signal. */
struct sigqueue {
	struct list_head list;
	int flags;
	kernel_siginfo_t info;
	struct user_struct *user;	/* whose RLIMIT_SIGPENDING it counts against */
};

#define SIGQUEUE_PREALLOC	1	/* belongs to a timer */

struct sigpending {
	struct list_head list;
	sigset_t signal;
};

struct k_sigaction {
	struct sigaction sa;
};

/* A signal that is being acted upon: its action as it was when it was taken. */
struct ksignal {
	struct k_sigaction ka;
	kernel_siginfo_t info;
	int sig;
};

/* Of the kernel's own: the action can't be changed any more. */
#define SA_IMMUTABLE		0x00800000

#define __ARCH_UAPI_SA_FLAGS	SA_RESTORER

#define UAPI_SA_FLAGS							\
	(SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_ONSTACK | SA_RESTART |	\
	 SA_NODEFER | SA_RESETHAND | SA_EXPOSE_TAGBITS | __ARCH_UAPI_SA_FLAGS)

#endif /* _LINUX_SIGNAL_TYPES_H */

// SPDX-License-Identifier: MIT
/*
 * struct siginfo, from and to programs.
 *
 * Programs see 128 bytes; the kernel keeps the 48 that mean something (kernel_siginfo). Every one
 * in the kernel was zeroed when it was made, so that none of its bytes is anybody's secret.
 */

#include "signal.h"

#include <linux/build_bug.h>
#include <linux/uaccess.h>

#define SIGINFO_TAIL	(sizeof(siginfo_t) - sizeof(kernel_siginfo_t))

static_assert(sizeof(siginfo_t) == SI_MAX_SIZE);
static_assert(sizeof(kernel_siginfo_t) == 48);

/* Of signals with si_codes of their own: the last code, and what they look like. */
static const struct {
	unsigned char limit;
	unsigned char layout;
} sig_sicodes[] = {
	[SIGILL]  = { NSIGILL,  SIL_FAULT },
	[SIGFPE]  = { NSIGFPE,  SIL_FAULT },
	[SIGSEGV] = { NSIGSEGV, SIL_FAULT },
	[SIGBUS]  = { NSIGBUS,  SIL_FAULT },
	[SIGTRAP] = { NSIGTRAP, SIL_FAULT },
	[SIGCHLD] = { NSIGCHLD, SIL_CHLD },
	[SIGPOLL] = { NSIGPOLL, SIL_POLL },
	[SIGSYS]  = { NSIGSYS,  SIL_SYS },
};

static bool has_own_code(unsigned int sig, int code)
{
	return sig < ARRAY_SIZE(sig_sicodes) && code <= sig_sicodes[sig].limit;
}

/**
 * siginfo_layout - which members of a siginfo mean something
 * @sig: its signal
 * @si_code: its code
 */
enum siginfo_layout siginfo_layout(unsigned int sig, int si_code)
{
	if (si_code <= SI_USER || si_code >= SI_KERNEL) {
		if (si_code == SI_TIMER)
			return SIL_TIMER;
		if (si_code == SI_SIGIO)
			return SIL_POLL;
		return si_code < 0 ? SIL_RT : SIL_KILL;
	}
	if (!has_own_code(sig, si_code))
		return si_code <= NSIGPOLL ? SIL_POLL : SIL_KILL;
	if (sig == SIGBUS && si_code >= BUS_MCEERR_AR && si_code <= BUS_MCEERR_AO)
		return SIL_FAULT_MCEERR;
	if (sig == SIGSEGV && si_code == SEGV_BNDERR)
		return SIL_FAULT_BNDERR;
	if (sig == SIGSEGV && si_code == SEGV_PKUERR)
		return SIL_FAULT_PKUERR;
	if (sig == SIGTRAP && si_code == TRAP_PERF)
		return SIL_FAULT_PERF_EVENT;
	return sig_sicodes[sig].layout;
}

/* Do we know what such a siginfo holds, and so that it is no longer than ours? */
static bool known_siginfo_layout(unsigned int sig, int si_code)
{
	if (si_code == SI_KERNEL)
		return true;
	if (si_code > SI_USER)
		return has_own_code(sig, si_code) || si_code <= NSIGPOLL;
	return si_code >= SI_DETHREAD || si_code == SI_ASYNCNL;
}

/**
 * copy_siginfo_to_user - to a program
 * @to: 128 bytes of its
 * @from: ours
 *
 * Return: 0 or -EFAULT.
 */
int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from)
{
	if (copy_to_user(to, from, sizeof(*from)))
		return -EFAULT;
	if (clear_user((char __user *)to + sizeof(*from), SIGINFO_TAIL))
		return -EFAULT;
	return 0;
}

static int check_tail(const kernel_siginfo_t *info, const siginfo_t __user *from)
{
	char tail[SIGINFO_TAIL];

	if (likely(known_siginfo_layout(info->si_signo, info->si_code)))
		return 0;
	/* A kind of siginfo from the future: fine, if it fits into ours. */
	if (copy_from_user(tail, (const char __user *)from + sizeof(*info), sizeof(tail)))
		return -EFAULT;
	return memchr_inv(tail, 0, sizeof(tail)) ? -E2BIG : 0;
}

/**
 * copy_siginfo_from_user - from a program
 * @to: ours
 * @from: 128 bytes of its
 *
 * Return: 0, -EFAULT, or -E2BIG if it holds what we can't keep.
 */
int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from)
{
	if (copy_from_user(to, from, sizeof(*to)))
		return -EFAULT;
	return check_tail(to, from);
}

/**
 * copy_siginfo_from_user_as - copy_siginfo_from_user() for a call that has the signal's number as
 * an argument: that is the one which counts
 * @to: ours
 * @sig: the number
 * @from: 128 bytes of the program's
 *
 * Return: 0, -EFAULT, or -E2BIG if it holds what we can't keep.
 */
int copy_siginfo_from_user_as(kernel_siginfo_t *to, int sig, const siginfo_t __user *from)
{
	if (copy_from_user(to, from, sizeof(*to)))
		return -EFAULT;
	to->si_signo = sig;
	return check_tail(to, from);
}

// SPDX-License-Identifier: MIT
/*
 * Signals: actions, masks, queues, siginfo, waiting, the alternate stack, restart of calls.
 */
#include <limits.h>
#include <sched.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>

#include "../kselftest.h"

static volatile sig_atomic_t count, last_sig, last_code, last_value;
static volatile pid_t last_pid;
static volatile uintptr_t last_addr;
static volatile int order[64], order_n;

static void note(int sig, siginfo_t *info, void *ctx)
{
	(void)ctx;
	count++;
	last_sig = sig;
	last_code = info->si_code;
	last_value = info->si_value.sival_int;
	last_pid = info->si_pid;
	last_addr = (uintptr_t)info->si_addr;
	if (order_n < 64)
		order[order_n++] = sig;
}

static void handle(int sig, int flags)
{
	struct sigaction sa = { .sa_sigaction = note, .sa_flags = SA_SIGINFO | flags };

	CHECK_EQ(sigaction(sig, &sa, NULL), 0);
}

static void block(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
}

static void unblock(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	CHECK_EQ(sigprocmask(SIG_UNBLOCK, &set, NULL), 0);
}

static void a_handler_runs_and_returns(void)
{
	handle(SIGUSR1, 0);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	CHECK_EQ(count, 1);
	CHECK_EQ(last_sig, SIGUSR1);
	CHECK_EQ(last_code, SI_USER);
	CHECK_EQ(last_pid, getpid());
}

static void every_signal_can_be_handled_but_two(void)
{
	int sig;

	for (sig = 1; sig <= SIGRTMAX; sig++) {
		/* 32 and 33 are the C library's. */
		if (sig == SIGKILL || sig == SIGSTOP || sig == 32 || sig == 33)
			continue;
		handle(sig, 0);
		count = 0;
		CHECK_EQ(kill(getpid(), sig), 0);
		CHECK_EQ(count, 1);
		CHECK_EQ(last_sig, sig);
	}
	CHECK_ERR(signal(SIGKILL, SIG_IGN) == SIG_ERR ? -1 : 0, EINVAL);
	CHECK_ERR(signal(SIGSTOP, SIG_IGN) == SIG_ERR ? -1 : 0, EINVAL);
}

static void a_blocked_signal_waits(void)
{
	sigset_t pending;

	handle(SIGUSR1, 0);
	block(SIGUSR1);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	CHECK_EQ(count, 0);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK(sigismember(&pending, SIGUSR1));
	unblock(SIGUSR1);
	CHECK_EQ(count, 1);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK(!sigismember(&pending, SIGUSR1));
}

static void a_standard_signal_is_queued_once(void)
{
	handle(SIGUSR1, 0);
	block(SIGUSR1);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	unblock(SIGUSR1);
	CHECK_EQ(count, 1);
}

static void real_time_signals_are_queued_in_order(void)
{
	union sigval v;
	int i;

	handle(SIGRTMIN + 1, 0);
	block(SIGRTMIN + 1);
	for (i = 0; i < 5; i++) {
		v.sival_int = i + 10;
		CHECK_EQ(sigqueue(getpid(), SIGRTMIN + 1, v), 0);
	}
	unblock(SIGRTMIN + 1);
	CHECK_EQ(count, 5);
	CHECK_EQ(last_code, SI_QUEUE);
	CHECK_EQ(last_value, 14);
}

static void low_numbers_are_taken_first(void)
{
	struct sigaction sa = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };
	int sigs[] = { SIGRTMIN + 3, SIGUSR2, SIGRTMIN + 2, SIGHUP };
	sigset_t all;
	int i;

	sigfillset(&sa.sa_mask);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (i = 0; i < 4; i++) {
		sigaction(sigs[i], &sa, NULL);
		kill(getpid(), sigs[i]);
	}
	sigprocmask(SIG_UNBLOCK, &all, NULL);
	CHECK_EQ(order_n, 4);
	CHECK_EQ(order[0], SIGHUP);
	CHECK_EQ(order[1], SIGUSR2);
	CHECK_EQ(order[2], SIGRTMIN + 2);
	CHECK_EQ(order[3], SIGRTMIN + 3);
}

static void the_handled_signal_is_blocked_meanwhile(void);

static void check_mask(int sig, siginfo_t *info, void *ctx)
{
	sigset_t now;

	(void)info;
	(void)ctx;
	sigprocmask(SIG_BLOCK, NULL, &now);
	count = sigismember(&now, sig) + 2 * sigismember(&now, SIGUSR2);
}

static void the_handled_signal_is_blocked_meanwhile(void)
{
	struct sigaction sa = { .sa_sigaction = check_mask, .sa_flags = SA_SIGINFO };
	sigset_t now;

	sigaddset(&sa.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, &sa, NULL);
	kill(getpid(), SIGUSR1);
	CHECK_EQ(count, 3);
	sigprocmask(SIG_BLOCK, NULL, &now);
	CHECK(!sigismember(&now, SIGUSR1) && !sigismember(&now, SIGUSR2));
	sa.sa_flags |= SA_NODEFER;
	sigaction(SIGUSR1, &sa, NULL);
	kill(getpid(), SIGUSR1);
	CHECK_EQ(count, 2);
}

static void resethand_works_once(void)
{
	struct sigaction sa;

	handle(SIGUSR1, SA_RESETHAND);
	kill(getpid(), SIGUSR1);
	CHECK_EQ(count, 1);
	sigaction(SIGUSR1, NULL, &sa);
	CHECK(sa.sa_handler == SIG_DFL);
}

static void ignoring_discards_what_waits(void)
{
	sigset_t pending;

	block(SIGUSR1);
	kill(getpid(), SIGUSR1);
	signal(SIGUSR1, SIG_IGN);
	sigpending(&pending);
	CHECK(!sigismember(&pending, SIGUSR1));
	unblock(SIGUSR1);
}

static int die_of(void *arg)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	kill(getpid(), *(int *)arg);
	return 0;
}

static void default_actions_end_the_program(void)
{
	int deadly[] = { SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL,
			 SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU,
			 SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSYS };
	int harmless[] = { SIGCHLD, SIGCONT, SIGURG, SIGWINCH };
	unsigned int i;

	for (i = 0; i < sizeof(deadly) / sizeof(int); i++)
		CHECK_EQ(end_of(start_child(die_of, &deadly[i])), 128 + deadly[i]);
	for (i = 0; i < sizeof(harmless) / sizeof(int); i++)
		CHECK_EQ(end_of(start_child(die_of, &harmless[i])), 0);
}

static int sleep_for_ever(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return 0;
}

static void stop_and_continue_are_told_to_the_parent(void)
{
	pid_t pid = start_child(sleep_for_ever, NULL);
	int status;

	CHECK_EQ(kill(pid, SIGSTOP), 0);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK_EQ(kill(pid, SIGCONT), 0);
	CHECK_EQ(waitpid(pid, &status, WCONTINUED), pid);
	CHECK(WIFCONTINUED(status));
	kill(pid, SIGKILL);
	CHECK_EQ(end_of(pid), 128 + SIGKILL);
}

static void a_stopped_process_can_be_killed(void)
{
	pid_t pid = start_child(sleep_for_ever, NULL);
	int status;

	kill(pid, SIGSTOP);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	kill(pid, SIGKILL);
	CHECK_EQ(end_of(pid), 128 + SIGKILL);
}

static void sigchld_tells_of_the_child(void)
{
	int status = 7;
	pid_t pid;

	(void)status;
	handle(SIGCHLD, 0);
	block(SIGCHLD);
	pid = fork();
	if (!pid)
		_exit(7);
	siginfo_t info;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	CHECK_EQ(sigwaitinfo(&set, &info), SIGCHLD);
	CHECK_EQ(info.si_code, CLD_EXITED);
	CHECK_EQ(info.si_status, 7);
	CHECK_EQ(info.si_pid, pid);
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
}

static void ignored_sigchld_leaves_no_zombies(void)
{
	pid_t pid;

	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	if (!pid)
		_exit(0);
	CHECK_ERR(waitpid(pid, NULL, 0), ECHILD);
}

static void kill_says_what_is_wrong(void)
{
	CHECK_ERR(kill(getpid(), -1), EINVAL);
	CHECK_ERR(kill(getpid(), 65), EINVAL);
	CHECK_ERR(kill(0x7ffffffe, 0), ESRCH);
	CHECK_EQ(kill(getpid(), 0), 0);
	CHECK_ERR(syscall(SYS_tgkill, 0, getpid(), 0), EINVAL);
	CHECK_ERR(syscall(SYS_tgkill, getpid(), -1, 0), EINVAL);
	CHECK_ERR(syscall(SYS_tgkill, getpid() + 1, getpid(), 0), ESRCH);
	CHECK_ERR(syscall(SYS_tkill, 0, SIGUSR1), EINVAL);
	CHECK_ERR(kill(INT_MIN, 0), ESRCH);
}

static void tgkill_reaches_this_thread(void)
{
	handle(SIGUSR1, 0);
	CHECK_EQ(syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1), 0);
	CHECK_EQ(count, 1);
	CHECK_EQ(last_code, SI_TKILL);
}

static void bad_pointers_are_efault(void)
{
	void *bad = (void *)8;
	size_t size = 8;

	CHECK_ERR(syscall(SYS_rt_sigprocmask, SIG_BLOCK, bad, NULL, size), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, bad, size), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigprocmask, 77, &size, NULL, size), EINVAL);
	CHECK_ERR(syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, NULL, 7), EINVAL);
	CHECK_ERR(syscall(SYS_rt_sigaction, SIGUSR1, bad, NULL, size), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigaction, SIGUSR1, NULL, bad, size), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigaction, SIGUSR1, NULL, NULL, 4), EINVAL);
	CHECK_ERR(syscall(SYS_rt_sigaction, 0, NULL, NULL, size), EINVAL);
	CHECK_ERR(syscall(SYS_rt_sigaction, 65, NULL, NULL, size), EINVAL);
	CHECK_ERR(syscall(SYS_rt_sigpending, bad, size), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigsuspend, bad, size), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigtimedwait, bad, NULL, NULL, size), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, bad), EFAULT);
	CHECK_ERR(syscall(SYS_sigaltstack, bad, NULL), EFAULT);
	CHECK_ERR(syscall(SYS_sigaltstack, NULL, bad), EFAULT);
	CHECK_ERR(syscall(SYS_rt_sigprocmask, SIG_BLOCK, (void *)-8L, NULL, size), EFAULT);
}

static void timed_wait_times_out(void)
{
	struct timespec ts = { 0, 1000000 }, bad = { 0, 1000000000 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	block(SIGUSR1);
	CHECK_ERR(sigtimedwait(&set, NULL, &ts), EAGAIN);
	ts.tv_nsec = 0;
	CHECK_ERR(sigtimedwait(&set, NULL, &ts), EAGAIN);
	CHECK_ERR(syscall(SYS_rt_sigtimedwait, &set, NULL, &bad, 8), EINVAL);
	kill(getpid(), SIGUSR1);
	CHECK_EQ(sigtimedwait(&set, NULL, &ts), SIGUSR1);
}

static int signal_parent(void *arg)
{
	(void)arg;
	kill(getppid(), SIGUSR1);
	return 0;
}

static void sigsuspend_waits_and_restores_the_mask(void)
{
	sigset_t none, now;
	pid_t pid;

	handle(SIGUSR1, 0);
	block(SIGUSR1);
	pid = start_child(signal_parent, NULL);
	sigemptyset(&none);
	CHECK_ERR(sigsuspend(&none), EINTR);
	CHECK_EQ(count, 1);
	sigprocmask(SIG_BLOCK, NULL, &now);
	CHECK(sigismember(&now, SIGUSR1));
	CHECK_EQ(end_of(pid), 0);
}

static char stack[65536] __attribute__((aligned(16)));
static volatile int on_stack;

static void look_at_stack(int sig)
{
	char here;
	stack_t ss;

	(void)sig;
	on_stack = &here >= stack && &here < stack + sizeof(stack);
	sigaltstack(NULL, &ss);
	last_code = ss.ss_flags;
	ss.ss_flags = SS_DISABLE;
	last_value = sigaltstack(&ss, NULL) == -1 ? errno : 0;
}

static void the_alternate_stack_is_used(void)
{
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) }, old;
	struct sigaction sa = { .sa_handler = look_at_stack, .sa_flags = SA_ONSTACK };

	CHECK_EQ(sigaltstack(&ss, &old), 0);
	CHECK_EQ(old.ss_flags, SS_DISABLE);
	sigaction(SIGUSR1, &sa, NULL);
	kill(getpid(), SIGUSR1);
	CHECK(on_stack);
	CHECK_EQ(last_code, SS_ONSTACK);
	CHECK_EQ(last_value, EPERM);
	CHECK_EQ(sigaltstack(NULL, &old), 0);
	CHECK(old.ss_sp == stack && old.ss_size == sizeof(stack) && old.ss_flags == 0);
	ss.ss_size = 512;
	CHECK_ERR(sigaltstack(&ss, NULL), ENOMEM);
	ss.ss_flags = 77;
	CHECK_ERR(sigaltstack(&ss, NULL), EINVAL);
}

/* Waits until our parent sleeps: it has come to its call, however slow the machine is. */
static void wait_for_sleeping_parent(void)
{
	struct timespec ms = { 0, 1000000 };
	char path[32], state = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", getppid());
	do {
		nanosleep(&ms, NULL);
		f = fopen(path, "r");
		if (!f)
			return;
		if (fscanf(f, "%*d %*s %c", &state) != 1)
			state = 0;
		fclose(f);
	} while (state != 'S');
}

static int write_later(void *arg)
{
	int *fds = arg;

	wait_for_sleeping_parent();
	kill(getppid(), SIGUSR1);
	wait_for_sleeping_parent();
	return write(fds[1], "x", 1) != 1;
}

static void read_restarts_only_with_sa_restart(void)
{
	int fds[2];
	pid_t pid;
	char c;

	CHECK_EQ(pipe(fds), 0);
	handle(SIGUSR1, SA_RESTART);
	pid = start_child(write_later, fds);
	CHECK_EQ(read(fds[0], &c, 1), 1);
	CHECK_EQ(count, 1);
	CHECK_EQ(end_of(pid), 0);

	handle(SIGUSR1, 0);
	pid = start_child(write_later, fds);
	CHECK_ERR(read(fds[0], &c, 1), EINTR);
	CHECK_EQ(count, 2);
	CHECK_EQ(read(fds[0], &c, 1), 1);
	CHECK_EQ(end_of(pid), 0);
}

static void nanosleep_is_interrupted_by_a_handler_only(void)
{
	struct timespec ts = { 0, 60000000 }, left = { 0, 0 };
	int fds[2];
	pid_t pid;

	CHECK_EQ(pipe(fds), 0);
	handle(SIGUSR1, SA_RESTART);
	pid = start_child(write_later, fds);
	ts.tv_sec = 100;
	CHECK_ERR(nanosleep(&ts, &left), EINTR);
	CHECK(left.tv_sec > 0 && left.tv_sec <= 100);
	CHECK_EQ(end_of(pid), 0);
}

static int nap(void *arg)
{
	struct timespec ts = { 0, 100000000 };

	(void)arg;
	return nanosleep(&ts, NULL) ? errno : 0;
}

static void a_stopped_sleep_goes_on(void)
{
	struct timespec ts = { 0, 10000000 };
	pid_t pid = start_child(nap, NULL);
	int status;

	nanosleep(&ts, NULL);
	kill(pid, SIGSTOP);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	if (WIFSTOPPED(status)) {
		kill(pid, SIGCONT);
		CHECK_EQ(end_of(pid), 0);
	}
}

static void siginfo_beyond_ours_may_be_sent_to_oneself_only(void)
{
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	handle(SIGUSR1, 0);
	info.si_code = SI_USER;
	CHECK_EQ(syscall(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, &info), 0);
	CHECK_ERR(syscall(SYS_rt_sigqueueinfo, getppid(), SIGUSR1, &info), EPERM);
	info.si_code = SI_TKILL;
	CHECK_ERR(syscall(SYS_rt_sigqueueinfo, getppid(), SIGUSR1, &info), EPERM);
}

static void queued_signals_are_limited(void)
{
	struct rlimit few = { 4, 4 };
	union sigval v = { .sival_int = 1 };
	int i, sent = 0;

	block(SIGRTMIN + 1);
	CHECK_EQ(setrlimit(RLIMIT_SIGPENDING, &few), 0);
	for (i = 0; i < 10; i++) {
		if (sigqueue(getpid(), SIGRTMIN + 1, v) == 0)
			sent++;
		else
			CHECK_EQ(errno, EAGAIN);
	}
	CHECK(sent <= 4);
	/* kill() gets through all the same. */
	CHECK_EQ(kill(getpid(), SIGRTMIN + 1), 0);
}

static void unknown_flags_read_back_as_zero(void)
{
	struct { void *handler; unsigned long flags; void *restorer; unsigned long mask; } sa, old;

	memset(&sa, 0, sizeof(sa));
	sa.handler = SIG_IGN;
	sa.flags = 0x400;
	CHECK_EQ(syscall(SYS_rt_sigaction, SIGUSR1, &sa, NULL, 8), 0);
	CHECK_EQ(syscall(SYS_rt_sigaction, SIGUSR1, NULL, &old, 8), 0);
	CHECK_EQ(old.flags & 0x400, 0);
}

TESTS(
	TEST(a_handler_runs_and_returns),
	TEST(every_signal_can_be_handled_but_two),
	TEST(a_blocked_signal_waits),
	TEST(a_standard_signal_is_queued_once),
	TEST(real_time_signals_are_queued_in_order),
	TEST(low_numbers_are_taken_first),
	TEST(the_handled_signal_is_blocked_meanwhile),
	TEST(resethand_works_once),
	TEST(ignoring_discards_what_waits),
	TEST(default_actions_end_the_program),
	TEST(stop_and_continue_are_told_to_the_parent),
	TEST(a_stopped_process_can_be_killed),
	TEST(sigchld_tells_of_the_child),
	TEST(ignored_sigchld_leaves_no_zombies),
	TEST(kill_says_what_is_wrong),
	TEST(tgkill_reaches_this_thread),
	TEST(bad_pointers_are_efault),
	TEST(timed_wait_times_out),
	TEST(sigsuspend_waits_and_restores_the_mask),
	TEST(the_alternate_stack_is_used),
	TEST(read_restarts_only_with_sa_restart),
	TEST(nanosleep_is_interrupted_by_a_handler_only),
	TEST(a_stopped_sleep_goes_on),
	TEST(siginfo_beyond_ours_may_be_sent_to_oneself_only),
	TEST(queued_signals_are_limited),
	TEST(unknown_flags_read_back_as_zero),
)

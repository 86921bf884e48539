// SPDX-License-Identifier: MIT
/* Stops by signals and by job control, and what a tracer does to signals meanwhile. */

#include "trace.h"

static volatile int got_sig, got_code, got_pid, got_value;

static void note(int sig, siginfo_t *info, void *context)
{
	(void)context;
	got_sig = sig;
	got_code = info->si_code;
	got_pid = info->si_pid;
	got_value = info->si_value.sival_int;
}

static void handle(int sig)
{
	struct sigaction sa = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };

	sigaction(sig, &sa, NULL);
}

/* ---- changing signals ---- */

static int expect_usr2_from_parent(void)
{
	handle(SIGUSR1);
	handle(SIGUSR2);
	raise(SIGUSR1);
	return got_sig != SIGUSR2 || got_code != SI_USER || got_pid != getppid();
}

static void another_signal_comes_from_the_tracer(void)
{
	pid_t pid = traced_child(expect_usr2_from_parent);

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	go_on(PTRACE_CONT, pid, SIGUSR2);
	CHECK_EXIT(pid, 0);
}

static int expect_none(void)
{
	handle(SIGUSR1);
	raise(SIGUSR1);
	return got_sig;
}

static void a_signal_can_be_taken_away(void)
{
	pid_t pid = traced_child(expect_none);

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int expect_value_7(void)
{
	union sigval value = { .sival_int = 3 };

	handle(SIGUSR1);
	sigqueue(getpid(), SIGUSR1, value);
	return got_value != 7 || got_code != SI_QUEUE;
}

static void siginfo_is_read_and_written(void)
{
	pid_t pid = traced_child(expect_value_7);
	siginfo_t info;

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	CHECK_EQ(info.si_signo, SIGUSR1);
	CHECK_EQ(info.si_code, SI_QUEUE);
	CHECK_EQ(info.si_pid, pid);
	CHECK_EQ(info.si_value.sival_int, 3);
	info.si_value.sival_int = 7;
	CHECK_EQ(trace(PTRACE_SETSIGINFO, pid, 0, (unsigned long)&info), 0);
	go_on(PTRACE_CONT, pid, SIGUSR1);
	CHECK_EXIT(pid, 0);
}

static int queue_three(void)
{
	union sigval value;
	sigset_t set;
	int i;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (i = 0; i < 3; i++) {
		value.sival_int = 100 + i;
		sigqueue(getpid(), SIGRTMIN, value);
	}
	raise(SIGSTOP);
	return 0;
}

static void queued_signals_are_peeked_at(void)
{
	struct __ptrace_peeksiginfo_args arg = { .off = 0, .flags = 1, .nr = 10 };
	pid_t pid = traced_child(queue_three);
	siginfo_t infos[10];
	int i;

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_EQ(trace(PTRACE_PEEKSIGINFO, pid, (unsigned long)&arg, (unsigned long)infos), 3);
	for (i = 0; i < 3; i++) {
		CHECK_EQ(infos[i].si_signo, SIGRTMIN);
		CHECK_EQ(infos[i].si_value.sival_int, 100 + i);
	}
	arg.off = 2;
	CHECK_EQ(trace(PTRACE_PEEKSIGINFO, pid, (unsigned long)&arg, (unsigned long)infos), 1);
	CHECK_EQ(infos[0].si_value.sival_int, 102);
	arg.off = 0;
	arg.flags = 0;	/* the thread's own queue is empty */
	CHECK_EQ(trace(PTRACE_PEEKSIGINFO, pid, (unsigned long)&arg, (unsigned long)infos), 0);
	arg.flags = 2;
	CHECK_ERR(trace(PTRACE_PEEKSIGINFO, pid, (unsigned long)&arg, (unsigned long)infos),
		  EINVAL);
	arg.flags = 1;
	CHECK_ERR(trace(PTRACE_PEEKSIGINFO, pid, (unsigned long)&arg, 8), EFAULT);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int take_usr1_when_unblocked(void)
{
	sigset_t set;

	handle(SIGUSR1);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	raise(SIGSTOP);
	return got_sig != SIGUSR1;
}

static void the_mask_is_read_and_written(void)
{
	pid_t pid = traced_child(take_usr1_when_unblocked);
	unsigned long mask = 0;

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_ERR(trace(PTRACE_GETSIGMASK, pid, 4, (unsigned long)&mask), EINVAL);
	CHECK_EQ(trace(PTRACE_GETSIGMASK, pid, 8, (unsigned long)&mask), 0);
	CHECK_EQ(mask, 1UL << (SIGUSR1 - 1));
	mask = 0;
	CHECK_EQ(trace(PTRACE_SETSIGMASK, pid, 8, (unsigned long)&mask), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	go_on(PTRACE_CONT, pid, SIGUSR1);
	CHECK_EXIT(pid, 0);
}

static void sigkill_is_not_shown(void)
{
	pid_t pid = traced_child(pause_forever);

	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
	pid = traced_child(pause_forever);
	go_on(PTRACE_CONT, pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

/* ---- job control ---- */

static void a_stop_signal_stops_it_for_the_tracer(void)
{
	pid_t pid = traced_child(pause_forever);
	siginfo_t info;

	go_on(PTRACE_CONT, pid, 0);
	kill(pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	go_on(PTRACE_CONT, pid, SIGSTOP);
	/* The signal has its effect: a stop again, but no signal's. */
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_ERR(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), EINVAL);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void listen_stays_and_tells_of_sigcont(void)
{
	pid_t pid = plain_child(pause_forever);
	siginfo_t info;

	CHECK_EQ(trace(PTRACE_SEIZE, pid, 0, 0), 0);
	kill(pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, 0);
	go_on(PTRACE_CONT, pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, PTRACE_EVENT_STOP);
	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	CHECK_EQ(info.si_code, (PTRACE_EVENT_STOP << 8) | SIGSTOP);
	CHECK_EQ(trace(PTRACE_LISTEN, pid, 0, 0), 0);
	/* Not stopped, as far as requests go. */
	CHECK_ERR(trace(PTRACE_CONT, pid, 0, 0), ESRCH);
	CHECK_EQ(waitpid(pid, NULL, WNOHANG | __WALL), 0);
	kill(pid, SIGCONT);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_STOP);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGCONT, 0);
	go_on(PTRACE_CONT, pid, SIGCONT);
	kill(pid, SIGTERM);
	CHECK_STOP(pid, SIGTERM, 0);
	go_on(PTRACE_CONT, pid, SIGTERM);
	CHECK_KILLED(pid, SIGTERM);
}

static void interrupt_wakes_a_listener(void)
{
	pid_t pid = plain_child(pause_forever);

	CHECK_EQ(trace(PTRACE_SEIZE, pid, 0, 0), 0);
	kill(pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, 0);
	go_on(PTRACE_CONT, pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, PTRACE_EVENT_STOP);
	CHECK_EQ(trace(PTRACE_LISTEN, pid, 0, 0), 0);
	CHECK_EQ(trace(PTRACE_INTERRUPT, pid, 0, 0), 0);
	CHECK_STOP(pid, SIGSTOP, PTRACE_EVENT_STOP);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void sigcont_takes_a_stop_signal_back(void)
{
	pid_t pid = traced_child(pause_forever);

	go_on(PTRACE_CONT, pid, 0);
	kill(pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, 0);
	kill(pid, SIGCONT);
	/* The stop was shown, but not acted upon yet: it isn't any more. */
	go_on(PTRACE_CONT, pid, SIGSTOP);
	CHECK_STOP(pid, SIGCONT, 0);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void a_detached_one_stays_in_its_stop(void)
{
	pid_t pid = traced_child(pause_forever);
	int status;

	go_on(PTRACE_CONT, pid, 0);
	kill(pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, 0);
	go_on(PTRACE_CONT, pid, SIGSTOP);
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
	kill(pid, SIGCONT);
	CHECK_EQ(waitpid(pid, &status, WCONTINUED), pid);
	CHECK_EQ(status, 0xffff);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void waitid_says_trapped(void)
{
	pid_t pid = traced_child(pause_forever);
	siginfo_t info = { };

	go_on(PTRACE_CONT, pid, 0);
	kill(pid, SIGUSR1);
	CHECK_EQ(waitid(P_PID, pid, &info, WSTOPPED | WNOWAIT), 0);
	CHECK_EQ(info.si_code, CLD_TRAPPED);
	CHECK_EQ(info.si_status, SIGUSR1);
	CHECK_EQ(waitid(P_PID, pid, &info, WSTOPPED), 0);
	CHECK_EQ(info.si_code, CLD_TRAPPED);
	info.si_pid = 0;
	CHECK_EQ(waitid(P_PID, pid, &info, WSTOPPED | WNOHANG), 0);
	CHECK_EQ(info.si_pid, 0);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

TESTS(
	TEST(another_signal_comes_from_the_tracer),
	TEST(a_signal_can_be_taken_away),
	TEST(siginfo_is_read_and_written),
	TEST(queued_signals_are_peeked_at),
	TEST(the_mask_is_read_and_written),
	TEST(sigkill_is_not_shown),
	TEST(a_stop_signal_stops_it_for_the_tracer),
	TEST(listen_stays_and_tells_of_sigcont),
	TEST(interrupt_wakes_a_listener),
	TEST(sigcont_takes_a_stop_signal_back),
	TEST(a_detached_one_stays_in_its_stop),
	TEST(waitid_says_trapped),
)

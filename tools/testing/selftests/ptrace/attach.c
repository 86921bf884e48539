// SPDX-License-Identifier: MIT
/* Who may trace whom, how it begins and how it ends. */

#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include "trace.h"

static void a_traced_child_stops_at_signals(void)
{
	pid_t pid = traced_child(return_0);

	CHECK_EQ(kill(pid, SIGUSR1), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void traceme_twice_is_eperm(void)
{
	pid_t pid = fork();

	if (!pid) {
		CHECK_EQ(trace(PTRACE_TRACEME, 0, 0, 0), 0);
		CHECK_ERR(trace(PTRACE_TRACEME, 0, 0, 0), EPERM);
		_exit(0);
	}
	CHECK_EXIT(pid, 0);
}

static void attach_stops_and_detach_lets_go(void)
{
	pid_t pid = plain_child(pause_forever);

	CHECK_EQ(trace(PTRACE_ATTACH, pid, 0, 0), 0);
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
	CHECK_ERR(trace(PTRACE_CONT, pid, 0, 0), ESRCH);
	CHECK_EQ(waitpid(pid, NULL, WNOHANG | __WALL), 0);
	kill(pid, SIGTERM);
	CHECK_KILLED(pid, SIGTERM);
}

static void detach_gives_a_signal_along(void)
{
	pid_t pid = plain_child(pause_forever);

	CHECK_EQ(trace(PTRACE_ATTACH, pid, 0, 0), 0);
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_ERR(trace(PTRACE_DETACH, pid, 0, 1000), EIO);
	CHECK_EQ(trace(PTRACE_DETACH, pid, 0, SIGUSR2), 0);
	CHECK_KILLED(pid, SIGUSR2);
}

static void who_cannot_be_traced(void)
{
	pid_t pid = plain_child(pause_forever);

	CHECK_ERR(trace(PTRACE_ATTACH, getpid(), 0, 0), EPERM);
	CHECK_ERR(trace(PTRACE_ATTACH, 0x3fffff, 0, 0), ESRCH);
	CHECK_ERR(trace(PTRACE_CONT, pid, 0, 0), ESRCH);
	CHECK_ERR(trace(PTRACE_PEEKDATA, pid, 0, 0), ESRCH);
	CHECK_EQ(trace(PTRACE_ATTACH, pid, 0, 0), 0);
	CHECK_ERR(trace(PTRACE_ATTACH, pid, 0, 0), EPERM);
	CHECK_STOP(pid, SIGSTOP, 0);
	CHECK_EQ(trace(PTRACE_KILL, pid, 0, 0), 0);
	CHECK_KILLED(pid, SIGKILL);
}

static void a_running_child_takes_no_requests(void)
{
	pid_t pid = traced_child(pause_forever);

	go_on(PTRACE_CONT, pid, 0);
	CHECK_ERR(trace(PTRACE_CONT, pid, 0, 0), ESRCH);
	CHECK_ERR(trace(PTRACE_GETEVENTMSG, pid, 0, 0), ESRCH);
	CHECK_EQ(trace(PTRACE_KILL, pid, 0, 0), 0);
	CHECK_KILLED(pid, SIGKILL);
}

static int attach_to_parent(void)
{
	if (setgid(1000) || setuid(1000))
		return 4;
	CHECK_ERR(trace(PTRACE_ATTACH, getppid(), 0, 0), EPERM);
	CHECK_ERR(trace(PTRACE_SEIZE, getppid(), 0, 0), EPERM);
	return 0;
}

static void another_user_may_not(void)
{
	need_root();
	CHECK_EXIT(plain_child(attach_to_parent), 0);
}

static int be_undumpable(void)
{
	CHECK_EQ(setgid(1000) | setuid(1000), 0);
	prctl(PR_SET_DUMPABLE, 0);
	return pause_forever();
}

static int attach_undumpable(void)
{
	int status = 0;
	pid_t pid;

	CHECK_EQ(setgid(1000) | setuid(1000), 0);
	pid = fork();
	if (!pid)
		_exit(be_undumpable());
	/* It becomes so at some moment. */
	while (trace(PTRACE_SEIZE, pid, 0, 0) == 0) {
		CHECK_EQ(trace(PTRACE_INTERRUPT, pid, 0, 0), 0);
		status_of(pid);
		CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
	}
	CHECK_EQ(errno, EPERM);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return 0;
}

static void nor_the_same_one_if_it_isnt_dumpable(void)
{
	need_root();
	CHECK_EXIT(plain_child(attach_undumpable), 0);
}

static void bad_requests(void)
{
	pid_t pid = traced_child(return_0);

	CHECK_ERR(trace(12345, pid, 0, 0), EIO);
	CHECK_ERR(trace(PTRACE_SETOPTIONS, pid, 0, 1 << 30), EINVAL);
	CHECK_ERR(trace(PTRACE_CONT, pid, 0, 65), EIO);
	CHECK_ERR(trace(PTRACE_INTERRUPT, pid, 0, 0), EIO);	/* not seized */
	CHECK_ERR(trace(PTRACE_LISTEN, pid, 0, 0), EIO);
	CHECK_ERR(trace(PTRACE_GETREGSET, pid, NT_PRSTATUS, 8), EFAULT);
	CHECK_ERR(trace(PTRACE_GETEVENTMSG, pid, 0, 8), EFAULT);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void seize_wants_no_address_and_known_options(void)
{
	pid_t pid = plain_child(pause_forever);

	CHECK_ERR(trace(PTRACE_SEIZE, pid, 1, 0), EIO);
	CHECK_ERR(trace(PTRACE_SEIZE, pid, 0, 1 << 30), EIO);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void seize_does_not_stop_but_interrupt_does(void)
{
	pid_t pid = plain_child(pause_forever);
	siginfo_t info;

	CHECK_EQ(trace(PTRACE_SEIZE, pid, 0, 0), 0);
	CHECK_EQ(waitpid(pid, NULL, WNOHANG | __WALL), 0);
	CHECK_EQ(trace(PTRACE_INTERRUPT, pid, 0, 0), 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_STOP);
	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	CHECK_EQ(info.si_signo, SIGTRAP);
	CHECK_EQ(info.si_code, (PTRACE_EVENT_STOP << 8) | SIGTRAP);
	/* Twice is once more. */
	CHECK_EQ(trace(PTRACE_INTERRUPT, pid, 0, 0), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_STOP);
	CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
	kill(pid, SIGTERM);
	CHECK_KILLED(pid, SIGTERM);
}

static void attach_to_one_that_is_stopped_already(void)
{
	pid_t pid = plain_child(pause_forever);
	int status, i;

	for (i = 0; i < 50; i++) {
		kill(pid, SIGSTOP);
		CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
		CHECK_EQ(status, STOP_STATUS(SIGSTOP, 0));
		CHECK_EQ(trace(PTRACE_ATTACH, pid, 0, 0), 0);
		/* At once: attach waits until it has changed from one stop to the other. */
		CHECK_EQ(waitpid(pid, &status, WNOHANG | __WALL), pid);
		CHECK_EQ(status, STOP_STATUS(SIGSTOP, 0));
		CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
		kill(pid, SIGCONT);
	}
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

/* ---- the tracer ends ---- */

/* A tracer that exits while it traces @pid; it tells by its exit code that it does. */
static int trace_and_exit(pid_t pid, int options)
{
	if (trace(PTRACE_SEIZE, pid, 0, options) || trace(PTRACE_INTERRUPT, pid, 0, 0))
		return 1;
	return waitpid(pid, NULL, __WALL) != pid;
}

static void the_tracers_death_lets_it_go(void)
{
	pid_t pid = plain_child(pause_forever), tracer = fork();

	if (!tracer)
		_exit(trace_and_exit(pid, 0));
	CHECK_EXIT(tracer, 0);
	CHECK_EQ(waitpid(pid, NULL, WNOHANG), 0);
	/* It runs: it isn't stopped, and takes a signal. */
	kill(pid, SIGTERM);
	CHECK_KILLED(pid, SIGTERM);
}

static void exitkill_takes_it_along(void)
{
	pid_t pid = plain_child(pause_forever), tracer = fork();

	if (!tracer)
		_exit(trace_and_exit(pid, PTRACE_O_EXITKILL));
	CHECK_EXIT(tracer, 0);
	CHECK_KILLED(pid, SIGKILL);
}

/* ---- two who wait ---- */

static int trace_to_the_end(pid_t pid, int started)
{
	int status;

	if (trace(PTRACE_SEIZE, pid, 0, 0))
		return 1;
	write(started, "x", 1);
	if (waitpid(pid, &status, __WALL) != pid || status != STOP_STATUS(SIGTERM, 0))
		return 2;
	if (trace(PTRACE_CONT, pid, 0, SIGTERM))
		return 3;
	if (waitpid(pid, &status, __WALL) != pid || status != SIGTERM)
		return 4;
	return waitpid(pid, &status, __WALL) != -1;
}

static void the_parent_sees_the_end_after_the_tracer(void)
{
	pid_t pid = plain_child(pause_forever), tracer;
	int pipe_fds[2], status;
	char byte;

	CHECK_EQ(pipe(pipe_fds), 0);
	tracer = fork();
	if (!tracer)
		_exit(trace_to_the_end(pid, pipe_fds[1]));
	CHECK_EQ(read(pipe_fds[0], &byte, 1), 1);
	kill(pid, SIGTERM);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, SIGTERM);
	CHECK_EXIT(tracer, 0);
}

static void status_names_the_tracer(void)
{
	pid_t pid = traced_child(return_0);
	char path[64], line[256];
	int found = 0, tracer = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	f = fopen(path, "r");
	if (!f && !getuid()) {
		mkdir("/proc", 0755);
		mount("proc", "/proc", "proc", 0, NULL);
		f = fopen(path, "r");
	}
	if (!f)
		SKIP("no /proc");
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "TracerPid: %d", &tracer) == 1)
			CHECK_EQ(tracer, getpid());
		found += !strncmp(line, "State:\tt (tracing stop)", 23);
	}
	fclose(f);
	CHECK_EQ(tracer, getpid());
	CHECK_EQ(found, 1);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

TESTS(
	TEST(a_traced_child_stops_at_signals),
	TEST(traceme_twice_is_eperm),
	TEST(attach_stops_and_detach_lets_go),
	TEST(detach_gives_a_signal_along),
	TEST(who_cannot_be_traced),
	TEST(a_running_child_takes_no_requests),
	TEST(another_user_may_not),
	TEST(nor_the_same_one_if_it_isnt_dumpable),
	TEST(bad_requests),
	TEST(seize_wants_no_address_and_known_options),
	TEST(seize_does_not_stop_but_interrupt_does),
	TEST(attach_to_one_that_is_stopped_already),
	TEST(the_tracers_death_lets_it_go),
	TEST(exitkill_takes_it_along),
	TEST(the_parent_sees_the_end_after_the_tracer),
	TEST(status_names_the_tracer),
)

// SPDX-License-Identifier: MIT
/* Events: births, exec, exit, each with its message, and what a new child begins with. */

#include <pthread.h>

#include "trace.h"

static unsigned long message_of(pid_t pid)
{
	unsigned long message = ~0UL;

	CHECK_EQ(trace(PTRACE_GETEVENTMSG, pid, 0, (unsigned long)&message), 0);
	return message;
}

static void set_options(pid_t pid, unsigned long options)
{
	CHECK_EQ(trace(PTRACE_SETOPTIONS, pid, 0, options), 0);
}

/* Its end, passing over the SIGCHLDs of its children. */
static void go_on_to_exit(pid_t pid, int code)
{
	int status;

	for (;;) {
		go_on(PTRACE_CONT, pid, 0);
		status = status_of(pid);
		if (status != STOP_STATUS(SIGCHLD, 0))
			break;
	}
	CHECK_EQ(status, code << 8);
}

/* ---- births ---- */

static int fork_once(void)
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(5);
	return waitpid(pid, &status, 0) != pid || status != 5 << 8;
}

static void fork_is_an_event_and_the_child_is_traced(void)
{
	pid_t pid = traced_child(fork_once), child;

	set_options(pid, PTRACE_O_TRACEFORK);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_FORK);
	child = message_of(pid);
	CHECK_STOP(child, SIGSTOP, 0);
	go_on(PTRACE_CONT, child, 0);
	CHECK_EXIT(child, 5);
	/* The child's end, told to its own parent only now. */
	go_on_to_exit(pid, 0);
}

static void a_seized_ones_child_begins_with_an_event_stop(void)
{
	pid_t pid = fork(), child;

	if (!pid) {
		raise(SIGSTOP);
		_exit(fork_once());
	}
	CHECK_EQ(waitpid(pid, NULL, WUNTRACED), pid);
	CHECK_EQ(trace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACEFORK), 0);
	CHECK_STOP(pid, SIGSTOP, PTRACE_EVENT_STOP);
	/* Sent while it stands: let go first, it would run on before the signal came. */
	kill(pid, SIGCONT);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_STOP);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGCONT, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_FORK);
	child = message_of(pid);
	CHECK_STOP(child, SIGTRAP, PTRACE_EVENT_STOP);
	go_on(PTRACE_CONT, child, 0);
	CHECK_EXIT(child, 5);
	go_on_to_exit(pid, 0);
}

static int vfork_once(void)
{
	int status;
	pid_t pid;

	pid = vfork();
	if (!pid)
		_exit(6);
	return waitpid(pid, &status, 0) != pid || status != 6 << 8;
}

static void vfork_has_two_events(void)
{
	pid_t pid = traced_child(vfork_once), child;

	set_options(pid, PTRACE_O_TRACEVFORK | PTRACE_O_TRACEVFORKDONE);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_VFORK);
	child = message_of(pid);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(child, SIGSTOP, 0);
	go_on(PTRACE_CONT, child, 0);
	CHECK_EXIT(child, 6);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_VFORK_DONE);
	CHECK_EQ(message_of(pid), child);
	go_on_to_exit(pid, 0);
}

static void *return_arg(void *arg)
{
	return arg;
}

static int one_thread(void)
{
	pthread_t thread;
	void *result;

	if (pthread_create(&thread, NULL, return_arg, stdout))
		return 1;
	return pthread_join(thread, &result) || result != stdout;
}

static void clone_is_an_event_and_a_threads_end_is_told(void)
{
	pid_t pid = traced_child(one_thread), thread;

	set_options(pid, PTRACE_O_TRACECLONE);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_CLONE);
	thread = message_of(pid);
	CHECK(thread != pid);
	CHECK_STOP(thread, SIGSTOP, 0);
	go_on(PTRACE_CONT, thread, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(thread, 0);
	CHECK_EXIT(pid, 0);
}

static void without_the_option_a_child_is_nobodys(void)
{
	pid_t pid = traced_child(fork_once);

	go_on_to_exit(pid, 0);
}

/* ---- exec ---- */

static const char *self;

static int exec_self(void)
{
	char *argv[] = { "events", "exit", NULL };

	execv(self, argv);
	_exit(77);
}

static void exec_is_a_sigtrap(void)
{
	pid_t pid = traced_child(exec_self);

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 33);
}

static void exec_is_an_event_by_option(void)
{
	pid_t pid = traced_child(exec_self);

	set_options(pid, PTRACE_O_TRACEEXEC);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_EXEC);
	CHECK_EQ(message_of(pid), pid);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 33);
}

static void *exec_in_thread(void *arg)
{
	(void)arg;
	exec_self();
	return NULL;
}

static int exec_by_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, exec_in_thread, NULL))
		return 1;
	return pause_forever();
}

static void a_thread_that_execs_becomes_the_process(void)
{
	pid_t pid = traced_child(exec_by_thread), thread;

	set_options(pid, PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_CLONE);
	thread = message_of(pid);
	CHECK_STOP(thread, SIGSTOP, 0);
	go_on(PTRACE_CONT, pid, 0);
	go_on(PTRACE_CONT, thread, 0);
	/* By the process' number, and the message is the one that it had. */
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_EXEC);
	CHECK_EQ(message_of(pid), thread);
	CHECK_ERR(trace(PTRACE_CONT, thread, 0, 0), ESRCH);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 33);
}

/* ---- exit ---- */

static int return_9(void)
{
	return 9;
}

static void exit_is_an_event_with_its_status(void)
{
	pid_t pid = traced_child(return_9);
	struct user_regs_struct regs;

	set_options(pid, PTRACE_O_TRACEEXIT);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_EXIT);
	CHECK_EQ(message_of(pid), 9 << 8);
	get_regs(pid, &regs);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 9);
}

static void so_is_an_end_by_signal(void)
{
	pid_t pid = traced_child(pause_forever);

	set_options(pid, PTRACE_O_TRACEEXIT);
	go_on(PTRACE_CONT, pid, 0);
	kill(pid, SIGTERM);
	CHECK_STOP(pid, SIGTERM, 0);
	go_on(PTRACE_CONT, pid, SIGTERM);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_EXIT);
	CHECK_EQ(message_of(pid), SIGTERM);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_KILLED(pid, SIGTERM);
}

static const struct selftest tests[] = {
	TEST(fork_is_an_event_and_the_child_is_traced),
	TEST(a_seized_ones_child_begins_with_an_event_stop),
	TEST(vfork_has_two_events),
	TEST(clone_is_an_event_and_a_threads_end_is_told),
	TEST(without_the_option_a_child_is_nobodys),
	TEST(exec_is_a_sigtrap),
	TEST(exec_is_an_event_by_option),
	TEST(a_thread_that_execs_becomes_the_process),
	TEST(exit_is_an_event_with_its_status),
	TEST(so_is_an_end_by_signal),
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	/* The program that the tests of exec become. */
	if (argc > 1 && !strcmp(argv[1], "exit"))
		return 33;
	self = argv[0];
	return selftest_main(tests);
}

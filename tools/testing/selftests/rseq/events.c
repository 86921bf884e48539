// SPDX-License-Identifier: MIT
/*
 * Each kind of event by itself: a thread stays in a sequence until it is broken off by what the
 * test does to it. There is no other way out, so a kernel that misses the event hangs in here.
 */

#include "../kselftest.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/ptrace.h>

#include "rseq.h"

#define MEMBARRIER_PRIVATE_EXPEDITED		(1 << 3)
#define MEMBARRIER_REGISTER_PRIVATE_EXPEDITED	(1 << 4)
#define MEMBARRIER_SYNC_CORE			(1 << 5)
#define MEMBARRIER_REGISTER_SYNC_CORE		(1 << 6)
#define MEMBARRIER_RSEQ				(1 << 7)
#define MEMBARRIER_REGISTER_RSEQ		(1 << 8)
#define MEMBARRIER_GET_REGISTRATIONS		(1 << 9)
#define MEMBARRIER_ONE_CPU			1

static long membarrier(int cmd, unsigned int flags, int cpu)
{
	return syscall(SYS_membarrier, cmd, flags, cpu);
}

/* ---- a thread that stays in its sequence ---- */

static struct {
	volatile int tid;
	volatile uint64_t stop;		/* never set */
	volatile uint32_t aborted_on;	/* the CPU */
	volatile int aborts;
} stayer;

static void *stay(void *unused)
{
	uint32_t cpu;

	(void)unused;
	stayer.tid = gettid();
	for (;;) {
		cpu = rseq_area()->cpu_id;
		if (rseq_stay(&rseq_area()->cpu_id, cpu, &stayer.stop) != RSEQ_ABORTED)
			continue;
		stayer.aborted_on = rseq_area()->cpu_id;
		stayer.aborts++;
	}
	return NULL;
}

static void start_stayer(void)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, NULL, stay, NULL), 0);
	while (!stayer.tid)
		sched_yield();
}

static void wait_for_abort(int before)
{
	while (stayer.aborts == before)
		sched_yield();
}

/* Both on one CPU: while we run it doesn't. */
static void preemption_aborts(void)
{
	run_on(0, 0);
	start_stayer();
	wait_for_abort(0);
	wait_for_abort(1);
	CHECK_EQ(stayer.aborted_on, 0);
}

static void migration_aborts(void)
{
	int cpus[CPU_SETSIZE], n = usable_cpus(cpus), i, before;

	if (n < 2)
		SKIP("one CPU");
	start_stayer();
	for (i = 0; i < 20; i++) {
		run_on(stayer.tid, cpus[i % n]);
		while (stayer.aborted_on != (uint32_t)cpus[i % n])
			sched_yield();
		before = stayer.aborts;
		run_on(stayer.tid, cpus[(i + 1) % n]);
		wait_for_abort(before);
	}
}

static volatile int handled;

static void handler(int sig)
{
	(void)sig;
	handled++;
}

static void signals_abort(void)
{
	int i, before;

	signal(SIGUSR1, handler);
	start_stayer();
	for (i = 1; i <= 20; i++) {
		before = stayer.aborts;
		CHECK_EQ(syscall(SYS_tgkill, getpid(), stayer.tid, SIGUSR1), 0);
		while (handled < i)
			sched_yield();
		wait_for_abort(before);
	}
}

/* ---- membarrier ---- */

static void membarrier_aborts(void)
{
	int i, before;

	CHECK_ERR(membarrier(MEMBARRIER_RSEQ, 0, 0), EPERM);
	CHECK_EQ(membarrier(MEMBARRIER_REGISTER_RSEQ, 0, 0), 0);
	start_stayer();
	for (i = 0; i < 20; i++) {
		before = stayer.aborts;
		CHECK_EQ(membarrier(MEMBARRIER_RSEQ, 0, 0), 0);
		wait_for_abort(before);
	}
}

static void membarrier_aborts_on_one_cpu(void)
{
	int cpus[CPU_SETSIZE], n = usable_cpus(cpus), i, before;

	CHECK_EQ(membarrier(MEMBARRIER_REGISTER_RSEQ, 0, 0), 0);
	start_stayer();
	run_on(stayer.tid, cpus[n - 1]);
	if (n > 1)
		run_on(0, cpus[0]);
	for (i = 0; i < 20; i++) {
		before = stayer.aborts;
		CHECK_EQ(membarrier(MEMBARRIER_RSEQ, MEMBARRIER_ONE_CPU, cpus[n - 1]), 0);
		wait_for_abort(before);
	}
	/* One that isn't there has nothing to abort; no CPU is all of them. */
	CHECK_EQ(membarrier(MEMBARRIER_RSEQ, MEMBARRIER_ONE_CPU, 1 << 20), 0);
	CHECK_EQ(membarrier(MEMBARRIER_RSEQ, MEMBARRIER_ONE_CPU, -1), 0);
}

static void membarrier_commands_and_flags_are_checked(void)
{
	int command;

	CHECK_EQ(membarrier(0, 0, 0) & 0x3ff, 0x3ff);
	CHECK_EQ(membarrier(MEMBARRIER_REGISTER_RSEQ, 0, 0), 0);
	CHECK_ERR(membarrier(MEMBARRIER_RSEQ, 2, 0), EINVAL);
	for (command = 0; command <= MEMBARRIER_GET_REGISTRATIONS;
	     command = command ? command << 1 : 1)
		if (command != MEMBARRIER_RSEQ)
			CHECK_ERR(membarrier(command, MEMBARRIER_ONE_CPU, 0), EINVAL);
}

static void each_membarrier_wants_its_own_registration(void)
{
	static const int commands[] = { MEMBARRIER_PRIVATE_EXPEDITED, MEMBARRIER_SYNC_CORE,
					MEMBARRIER_RSEQ };
	int i, j;

	for (i = 0; i < 3; i++) {
		pid_t pid = fork();

		if (pid) {
			CHECK_EQ(end_of(pid), 0);
			continue;
		}
		CHECK_EQ(membarrier(MEMBARRIER_GET_REGISTRATIONS, 0, 0), 0);
		CHECK_EQ(membarrier(commands[i] << 1, 0, 0), 0);
		CHECK_EQ(membarrier(MEMBARRIER_GET_REGISTRATIONS, 0, 0),
			 commands[i] << 1 | MEMBARRIER_REGISTER_PRIVATE_EXPEDITED);
		for (j = 0; j < 3; j++) {
			if (i == j)
				CHECK_EQ(membarrier(commands[j], 0, 0), 0);
			else
				CHECK_ERR(membarrier(commands[j], 0, 0), EPERM);
		}
		_exit(0);
	}
}

/* ---- processes and threads ---- */

static void a_fork_inherits_the_area(void)
{
	pid_t pid = fork();

	if (!pid) {
		CHECK_ERR(rseq_call(rseq_area(), RSEQ_AREA_SIZE, 0, RSEQ_SIG), EBUSY);
		CHECK(rseq_area()->cpu_id < (uint32_t)sysconf(_SC_NPROCESSORS_CONF));
		CHECK_EQ(rseq_area()->mm_cid, 0);
		CHECK_EQ(rseq_call(rseq_area(), RSEQ_AREA_SIZE, 1, RSEQ_SIG), 0);
		_exit(0);
	}
	CHECK_EQ(end_of(pid), 0);
	/* Its registration was its own. */
	CHECK_ERR(rseq_call(rseq_area(), RSEQ_AREA_SIZE, 0, RSEQ_SIG), EBUSY);
}

static void a_vfork_has_no_area(void)
{
	long (*volatile call)(volatile void *, uint32_t, int, uint32_t) = rseq_call;
	pid_t pid = vfork();

	if (!pid)
		_exit(call(rseq_area(), RSEQ_AREA_SIZE, 1, RSEQ_SIG) == -1 &&
		      errno == EINVAL ? 0 : 1);
	CHECK_EQ(end_of(pid), 0);
	CHECK_ERR(rseq_call(rseq_area(), RSEQ_AREA_SIZE, 0, RSEQ_SIG), EBUSY);
}

/* The helper's library is told to register nothing; then the helper can. */
static void an_exec_forgets_it(void)
{
	char path[300];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 10);
	char *argv[] = { path, NULL };
	char *envp[] = { "GLIBC_TUNABLES=glibc.pthread.rseq=0", NULL };
	pid_t pid;

	CHECK(n > 0);
	strcpy(strstr(path, "events"), "none.helper");
	pid = fork();
	if (!pid) {
		execve(path, argv, envp);
		_exit(99);
	}
	CHECK_EQ(end_of(pid), 0);
}

static void *have_own_area(void *main_area)
{
	CHECK(rseq_area() != main_area);
	CHECK_ERR(rseq_call(rseq_area(), RSEQ_AREA_SIZE, 0, RSEQ_SIG), EBUSY);
	CHECK_ERR(rseq_call(main_area, RSEQ_AREA_SIZE, 0, RSEQ_SIG), EINVAL);
	return NULL;
}

static void each_thread_has_its_own(void)
{
	pthread_t thread;

	CHECK_EQ(pthread_create(&thread, NULL, have_own_area, (void *)rseq_area()), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
}

/* ---- ptrace ---- */

struct configuration {
	uint64_t pointer;
	uint32_t size, signature, flags, pad;
};

static void a_tracer_learns_of_the_area(void)
{
	struct configuration conf;
	int status, i;
	pid_t pid = fork();

	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		rseq_call(rseq_area(), RSEQ_AREA_SIZE, 1, RSEQ_SIG);
		raise(SIGSTOP);
		_exit(0);
	}
	for (i = 0; i < 2; i++) {
		CHECK_EQ(waitpid(pid, &status, 0), pid);
		CHECK(WIFSTOPPED(status));
		memset(&conf, 0x5a, sizeof(conf));
		CHECK_EQ(ptrace(0x420f, pid, sizeof(conf), &conf), sizeof(conf));
		CHECK_EQ(conf.pointer, i ? 0 : (uintptr_t)rseq_area());
		CHECK_EQ(conf.size, i ? 0 : RSEQ_AREA_SIZE);
		CHECK_EQ(conf.signature, i ? 0 : RSEQ_SIG);
		CHECK_EQ(conf.flags, 0);
		CHECK_EQ(conf.pad, 0);
		/* A smaller one is filled as far as it goes, and told the whole size. */
		memset(&conf, 0x5a, sizeof(conf));
		CHECK_EQ(ptrace(0x420f, pid, 8, &conf), sizeof(conf));
		CHECK_EQ(conf.pointer, i ? 0 : (uintptr_t)rseq_area());
		CHECK_EQ(conf.size, 0x5a5a5a5a);
		CHECK_ERR(ptrace(0x420f, pid, sizeof(conf), (void *)8), EFAULT);
		CHECK_EQ(ptrace(PTRACE_CONT, pid, 0, 0), 0);
	}
	CHECK_EQ(end_of(pid), 0);
}

TESTS(
	TEST(preemption_aborts),
	TEST(migration_aborts),
	TEST(signals_abort),
	TEST(membarrier_aborts),
	TEST(membarrier_aborts_on_one_cpu),
	TEST(membarrier_commands_and_flags_are_checked),
	TEST(each_membarrier_wants_its_own_registration),
	TEST(a_fork_inherits_the_area),
	TEST(a_vfork_has_no_area),
	TEST(an_exec_forgets_it),
	TEST(each_thread_has_its_own),
	TEST(a_tracer_learns_of_the_area),
)

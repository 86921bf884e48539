// SPDX-License-Identifier: MIT
/*
 * A storm: TRACERS processes, each on its own, attach to threads of one process, step them, look at
 * their registers, and detach; for ten seconds, or ptrace_storm=SECONDS of the command line.
 *
 * A tracer counts on each stop that it has asked for: one that gets lost hangs it, and the runner
 * finds that. Two tracers often want the same thread: one of them is refused. Some tracers exit in
 * the midst of it. Afterwards all threads run, nobody is traced, no task and no memory is left.
 */

#include <pthread.h>
#include <sys/mman.h>
#include <time.h>

#include "../processes.h"
#include "trace.h"

#define TRACERS		8
#define THREADS		64
#define SLAB_SLACK	(8L << 20)	/* bytes that caches may keep */

struct shared {
	volatile int tids[THREADS];
	volatile unsigned long turns[THREADS];	/* of each thread: it runs */
	volatile int calm;			/* tracers: no more */
	volatile int stop;			/* threads: the end */
	volatile long attached, steps, calls, refused, deserted;
};

static struct shared *shared;

/* ---- the traced process ---- */

static void *turn_round(void *arg)
{
	long me = (long)arg;

	shared->tids[me] = syscall(SYS_gettid);
	while (!shared->stop) {
		shared->turns[me]++;
		syscall(SYS_getppid);
		/* Most sleep most of the time, or nobody would get at anything. */
		if (me % 16)
			pause_a_little();
	}
	return NULL;
}

static pid_t start_threads(void)
{
	pthread_t threads[THREADS];
	pid_t pid = fork();
	long i;

	CHECK(pid >= 0);
	if (pid)
		return pid;
	for (i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, turn_round, (void *)i), 0);
	for (i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	_exit(0);
}

/* ---- a tracer ---- */

static unsigned int draw(unsigned int *state, unsigned int below)
{
	*state = *state * 1103515245 + 12345;
	return (*state >> 16) % below;
}

/* The next stop of a thread that nothing else can happen to. */
static void expect(pid_t tid, int status)
{
	int got;

	CHECK_EQ(waitpid(tid, &got, __WALL), tid);
	CHECK_EQ(got, status);
}

static bool attach_somehow(pid_t tid, bool seize)
{
	if (trace(seize ? PTRACE_SEIZE : PTRACE_ATTACH, tid, 0, 0)) {
		CHECK(errno == EPERM);
		__sync_fetch_and_add(&shared->refused, 1);
		return false;
	}
	if (!seize) {
		expect(tid, STOP_STATUS(SIGSTOP, 0));
		return true;
	}
	CHECK_EQ(trace(PTRACE_INTERRUPT, tid, 0, 0), 0);
	expect(tid, STOP_STATUS(SIGTRAP, PTRACE_EVENT_STOP));
	return true;
}

static void look(pid_t tid)
{
	struct user_regs_struct regs;

	get_regs(tid, &regs);
	CHECK(REG_PC(&regs) != 0);
	set_regs(tid, &regs);
	errno = 0;
	trace(PTRACE_PEEKDATA, tid, REG_SP(&regs) & ~7UL, (unsigned long)&regs);
	CHECK_EQ(errno, 0);
}

static void step(pid_t tid)
{
	CHECK_EQ(trace(PTRACE_SINGLESTEP, tid, 0, 0), 0);
	expect(tid, STOP_STATUS(SIGTRAP, 0));
	__sync_fetch_and_add(&shared->steps, 1);
}

static void run_to_call(pid_t tid)
{
	CHECK_EQ(trace(PTRACE_SYSCALL, tid, 0, 0), 0);
	expect(tid, STOP_STATUS(SIGTRAP | 0x80, 0));
	__sync_fetch_and_add(&shared->calls, 1);
}

/* Return: it has gone without a word, and so must we. */
static bool trace_once(unsigned int *state)
{
	pid_t tid = shared->tids[draw(state, THREADS)];
	bool seize = draw(state, 2);
	int n;

	if (!attach_somehow(tid, seize))
		return false;
	__sync_fetch_and_add(&shared->attached, 1);
	look(tid);
	/*
	 * Only from such a stop: the SIGSTOP of the other kind would be its then, and the trap of a
	 * step that is under way would have nobody to go to.
	 */
	if (seize && !draw(state, 25)) {
		__sync_fetch_and_add(&shared->deserted, 1);
		return true;
	}
	for (n = draw(state, 6); n; n--)
		step(tid);
	CHECK_EQ(trace(PTRACE_SETOPTIONS, tid, 0, PTRACE_O_TRACESYSGOOD), 0);
	for (n = draw(state, 4); n; n--)
		run_to_call(tid);
	look(tid);
	CHECK_EQ(trace(PTRACE_DETACH, tid, 0, 0), 0);
	return false;
}

static pid_t start_tracer(unsigned int seed)
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid)
		return pid;
	while (!shared->calm) {
		if (trace_once(&seed))
			break;
	}
	_exit(0);
}

/* ---- what is left ---- */

static long slab_bytes(void)
{
	char line[128];
	long kib = 0;
	FILE *f = fopen("/proc/meminfo", "r");

	CHECK(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "Slab: %ld kB", &kib) == 1)
			break;
	}
	fclose(f);
	return kib << 10;
}

static int tracer_of(pid_t pid, pid_t tid)
{
	char path[64], line[128];
	int tracer = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/status", pid, tid);
	f = fopen(path, "r");
	CHECK(f);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "TracerPid: %d", &tracer) == 1)
			break;
	}
	fclose(f);
	return tracer;
}

static void all_threads_run(pid_t target)
{
	unsigned long before;
	int i;

	for (i = 0; i < THREADS; i++) {
		CHECK_EQ(tracer_of(target, shared->tids[i]), 0);
		before = shared->turns[i];
		WAIT_UNTIL(shared->turns[i] != before);
	}
}

/* Wait for a tracer. Return: has one ended? */
static bool next_to_end(pid_t target, int options)
{
	int status;
	pid_t pid = waitpid(-1, &status, options);

	CHECK(pid >= 0 && pid != target);
	if (pid)
		CHECK_EQ(status, 0);
	return pid;
}

/* Silence is taken for a hang. */
static void tell_now_and_then(void)
{
	static time_t told;

	if (time(NULL) < told + 20)
		return;
	told = time(NULL);
	printf("# attached %ld times\n", shared->attached);
	fflush(stdout);
}

static void rage(time_t seconds)
{
	time_t end = time(NULL) + seconds;
	unsigned int seed = 1;
	int i, status, running;
	pid_t target;

	target = start_threads();
	for (i = 0; i < THREADS; i++)
		WAIT_UNTIL(shared->tids[i]);
	for (i = 0; i < TRACERS; i++)
		start_tracer(seed++);
	/* Only those that have gone without a word end before; each is followed by another. */
	for (running = TRACERS; running; running--) {
		while (!shared->calm && !next_to_end(target, WNOHANG)) {
			tell_now_and_then();
			shared->calm = time(NULL) >= end;
			pause_a_little();
		}
		if (shared->calm) {
			next_to_end(target, 0);
		} else {
			start_tracer(seed++);
			running++;
		}
	}
	all_threads_run(target);
	shared->stop = 1;
	CHECK_EQ(waitpid(target, &status, 0), target);
	CHECK_EQ(status, 0);
}

static void tracers_and_threads_in_a_storm(void)
{
	long before, processes;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	/* What is made once and kept. */
	rage(0);
	memset((void *)shared, 0, sizeof(*shared));
	before = slab_bytes();
	processes = count_processes();

	rage(parameter("ptrace_storm", rounds(10)));
	printf("# attached %ld times, %ld steps, %ld calls, refused %ld, deserted %ld\n",
	       shared->attached, shared->steps, shared->calls, shared->refused, shared->deserted);
	CHECK(shared->attached && shared->steps && shared->calls);
	WAIT_UNTIL(count_processes() <= processes && slab_bytes() <= before + SLAB_SLACK);
}

TESTS(
	TEST(tracers_and_threads_in_a_storm),
)

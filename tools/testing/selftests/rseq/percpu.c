// SPDX-License-Identifier: MIT
/*
 * What restartable sequences are for, at length: counters, lists and buffers of each CPU, and slots
 * of each concurrency id, that 8 threads a CPU change by plain loads and stores. While they do, one
 * more thread moves them to other CPUs and sends them signals, whose handlers change the same data;
 * and with so many threads each is preempted all the time. Nothing may be lost.
 *
 * Why a sequence was aborted is seen from the inside: its thread has handled a signal meanwhile, or
 * is on another CPU, or else was preempted. A run goes on until it has seen each, and is long
 * enough: rseq_ops=N on the kernel's command line says how many operations that is (for each kind
 * of data).
 */

#include "../kselftest.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "rseq.h"

#define THREADS_PER_CPU	8
#define MAX_CPUS	64
#define MAX_THREADS	(THREADS_PER_CPU * 16)
#define DEFAULT_OPS	200000
#define ENOUGH_ABORTS	3		/* of each cause */
#define TURNS		400		/* turns within a sequence */

enum cause { BY_PREEMPTION, BY_MIGRATION, BY_SIGNAL, CAUSES };

static const char *const cause_names[CAUSES] = { "preemption", "migration", "signal" };

/* ---- the run ---- */

struct worker {
	pthread_t thread;
	volatile pid_t tid;
	uint64_t ops;		/* by itself and by its handlers */
	uint64_t aborts[CAUSES];
};

static struct run {
	void (*step)(void);	/* one operation */
	int cpus[CPU_SETSIZE], nr_cpus;
	int possible_cpus;	/* asked once: the C library reads a folder of /sys for it */
	int nr_threads;
	uint64_t wanted;
	struct worker worker[MAX_THREADS];
	atomic_int stop;
	atomic_ulong ops;	/* of all, as they are reported */
	atomic_ulong aborts[CAUSES];
	char why[200];		/* a check that failed in a worker */
	atomic_int failed;
} run;

static __thread struct worker *me;
static __thread volatile uint64_t signals;	/* handled by this thread */

static void fail(const char *what, long a, long b)
{
	if (!atomic_exchange(&run.failed, 1))
		snprintf(run.why, sizeof(run.why), "%s: %ld, %ld", what, a, b);
	run.stop = 1;
}

static void count_abort(uint32_t cpu, uint64_t signals_before)
{
	enum cause cause = BY_PREEMPTION;

	if (signals != signals_before)
		cause = BY_SIGNAL;
	else if (rseq_area()->cpu_id != cpu)
		cause = BY_MIGRATION;
	me->aborts[cause]++;
}

/*
 * Try again until it is done, on whatever CPU we are then. @attempt is an expression with @cpu in
 * it. A handler that comes in between may have aborted us, and has then counted its own.
 */
#define UNTIL_DONE(cpu, attempt)						\
do {										\
	enum rseq_end end__;							\
	do {									\
		uint64_t signals__ = signals;					\
		uint32_t cpu = rseq_area()->cpu_id_start;			\
										\
		end__ = (attempt);						\
		if (end__ == RSEQ_ABORTED)					\
			count_abort(cpu, signals__);				\
	} while (end__ != RSEQ_DONE);						\
} while (0)

static void on_signal(int sig)
{
	(void)sig;
	if (!run.stop) {
		run.step();
		me->ops++;
	}
	signals++;
}

/* What the others are told now and then, so that the run can end. */
static void report(uint64_t *told_ops, uint64_t told[CAUSES])
{
	int cause;

	atomic_fetch_add(&run.ops, me->ops - *told_ops);
	*told_ops = me->ops;
	for (cause = 0; cause < CAUSES; cause++) {
		atomic_fetch_add(&run.aborts[cause], me->aborts[cause] - told[cause]);
		told[cause] = me->aborts[cause];
	}
}

static void block_signals(int how)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(how, &set, NULL);
}

static void *work(void *worker)
{
	uint64_t told_ops = 0, told[CAUSES] = { 0 };
	int i;

	me = worker;
	/* The one who disturbs comes first. */
	setpriority(PRIO_PROCESS, gettid(), 10);
	me->tid = gettid();
	block_signals(SIG_UNBLOCK);
	while (!run.stop) {
		for (i = 0; i < 32 && !run.stop; i++) {
			run.step();
			/* The handler counts here too. */
			__atomic_fetch_add(&me->ops, 1, __ATOMIC_RELAXED);
		}
		block_signals(SIG_BLOCK);
		report(&told_ops, told);
		block_signals(SIG_UNBLOCK);
	}
	block_signals(SIG_BLOCK);
	return NULL;
}

/* Fewer threads than CPUs needn't ever take turns; one CPU has nowhere to move to. */
static int may_come(int cause)
{
	if (cause == BY_PREEMPTION)
		return run.nr_threads > run.nr_cpus;
	return cause != BY_MIGRATION || run.nr_cpus > 1;
}

static int all_causes_seen(void)
{
	int cause;

	for (cause = 0; cause < CAUSES; cause++) {
		if (run.aborts[cause] < ENOUGH_ABORTS && may_come(cause))
			return 0;
	}
	return 1;
}

/*
 * Moves and signals threads until there was enough. Twenty times as much without having seen all
 * causes is a failure.
 */
static void disturb(void)
{
	uint64_t disturbances = 0;
	unsigned int seed = 1;
	struct worker *victim;

	while (!run.stop && (run.ops < run.wanted || !all_causes_seen())) {
		victim = &run.worker[rand_r(&seed) % run.nr_threads];
		if (victim->tid && rand_r(&seed) % 2)
			run_on(victim->tid, run.cpus[rand_r(&seed) % run.nr_cpus]);
		else if (victim->tid)
			syscall(SYS_tgkill, getpid(), victim->tid, SIGUSR1);
		if (++disturbances > 20 * run.wanted && run.ops > 20 * run.wanted)
			break;
	}
	run.stop = 1;
}

/* @step again and again, by @nr_threads threads or, 0, by 8 a CPU. */
static void run_all(void (*step)(void), int nr_threads)
{
	uint64_t sum[CAUSES] = { 0 };
	int i, cause;

	if (!__rseq_size)
		SKIP("the C library hasn't registered an area");
	signal(SIGUSR1, on_signal);
	run.step = step;
	run.nr_cpus = usable_cpus(run.cpus);
	run.possible_cpus = sysconf(_SC_NPROCESSORS_CONF);
	if (run.nr_cpus > MAX_THREADS / THREADS_PER_CPU)
		run.nr_cpus = MAX_THREADS / THREADS_PER_CPU;
	run.nr_threads = nr_threads ? nr_threads : THREADS_PER_CPU * run.nr_cpus;
	run.wanted = rounds(parameter("rseq_ops", DEFAULT_OPS));
	block_signals(SIG_BLOCK);
	for (i = 0; i < run.nr_threads; i++)
		CHECK_EQ(pthread_create(&run.worker[i].thread, NULL, work, &run.worker[i]), 0);
	disturb();
	for (i = 0; i < run.nr_threads; i++) {
		CHECK_EQ(pthread_join(run.worker[i].thread, NULL), 0);
		for (cause = 0; cause < CAUSES; cause++)
			sum[cause] += run.worker[i].aborts[cause];
	}
	printf("# %lu operations", (unsigned long)run.ops);
	for (cause = 0; cause < CAUSES; cause++)
		printf(", %lu aborts by %s", (unsigned long)sum[cause], cause_names[cause]);
	printf("\n");
	if (run.failed)
		printf("# %s\n", run.why);
	CHECK(!run.failed);
	CHECK(all_causes_seen());
}

static uint64_t all_ops(void)
{
	uint64_t sum = 0;
	int i;

	for (i = 0; i < run.nr_threads; i++)
		sum += run.worker[i].ops;
	return sum;
}

/* ---- data of each CPU ---- */

#define PER_CPU __attribute__((aligned(128)))

static volatile uint64_t nowhere;

static struct { volatile uint64_t value; } PER_CPU counter[MAX_CPUS];

static enum rseq_end try_add(volatile uint32_t *id, uint32_t want, volatile uint64_t *p)
{
	uint64_t old = *p;

	return rseq_store(id, want, p, old, old + 1, &nowhere, 0, TURNS);
}

static void count(void)
{
	UNTIL_DONE(cpu, try_add(&rseq_area()->cpu_id, cpu, &counter[cpu].value));
}

static void counters_lose_nothing(void)
{
	uint64_t sum = 0;
	int i;

	run_all(count, 0);
	for (i = 0; i < MAX_CPUS; i++)
		sum += counter[i].value;
	CHECK_EQ(sum, all_ops());
}

/* Lists: a node goes from the list of one CPU to that of the next one. */

#define NODES	(MAX_THREADS * 2)

static struct node {
	volatile uint64_t next;
	int seen;
} node[NODES];

static struct { volatile uint64_t head; } PER_CPU list[MAX_CPUS];

static enum rseq_end try_push(uint32_t cpu, struct node *n)
{
	uint64_t head = list[cpu].head;

	return rseq_store(&rseq_area()->cpu_id, cpu, &list[cpu].head, head, (uintptr_t)n, &n->next,
			  head, TURNS);
}

static enum rseq_end try_pop(uint32_t cpu, struct node **n)
{
	uint64_t head = list[cpu].head;

	*n = (struct node *)head;
	if (!head)
		return RSEQ_DONE;
	return rseq_unlink(&rseq_area()->cpu_id, cpu, &list[cpu].head, head, &(*n)->next, TURNS);
}

static void pop_and_push(void)
{
	struct node *n;

	UNTIL_DONE(cpu, try_pop(cpu, &n));
	if (n)
		UNTIL_DONE(cpu, try_push(cpu, n));
}

static void lists_lose_nothing(void)
{
	int i, n = 0;

	for (i = 0; i < NODES; i++) {
		struct node *first = (struct node *)list[i % 4].head;

		node[i].next = (uintptr_t)first;
		list[i % 4].head = (uintptr_t)&node[i];
	}
	run_all(pop_and_push, 0);
	for (i = 0; i < MAX_CPUS; i++) {
		uint64_t at;

		for (at = list[i].head; at; at = ((struct node *)at)->next) {
			CHECK(!((struct node *)at)->seen++);
			n++;
		}
	}
	CHECK_EQ(n, NODES);
}

/* Buffers: likewise, with values in an array. */

#define VALUES	(MAX_THREADS * 2)

static struct {
	volatile uint64_t count;
	volatile uint64_t value[VALUES];
} PER_CPU buffer[MAX_CPUS];

static enum rseq_end try_put(uint32_t cpu, uint64_t value)
{
	uint64_t n = buffer[cpu].count;

	return rseq_store(&rseq_area()->cpu_id, cpu, &buffer[cpu].count, n, n + 1,
			  &buffer[cpu].value[n], value, TURNS);
}

static enum rseq_end try_get(uint32_t cpu, volatile uint64_t *value)
{
	uint64_t n = buffer[cpu].count;

	*value = 0;
	if (!n)
		return RSEQ_DONE;
	return rseq_take(&rseq_area()->cpu_id, cpu, &buffer[cpu].count, n, n - 1,
			 &buffer[cpu].value[n - 1], value, TURNS);
}

static void get_and_put(void)
{
	volatile uint64_t value;

	UNTIL_DONE(cpu, try_get(cpu, &value));
	if (value)
		UNTIL_DONE(cpu, try_put(cpu, value));
}

static void buffers_lose_nothing(void)
{
	static int seen[VALUES + 1];
	uint64_t i, n = 0;
	int cpu;

	for (i = 1; i <= VALUES; i++)
		buffer[0].value[buffer[0].count++] = i;
	run_all(get_and_put, 0);
	for (cpu = 0; cpu < MAX_CPUS; cpu++) {
		for (i = 0; i < buffer[cpu].count; i++, n++)
			CHECK(!seen[buffer[cpu].value[i]]++);
	}
	CHECK_EQ(n, VALUES);
}

/* ---- concurrency ids ---- */

static struct { volatile uint64_t owner, count; } PER_CPU slot[MAX_THREADS];

/* Mark the id's slot as ours and see that it stays so; count in it, as in a CPU's. */
static void own_an_id(void)
{
	volatile uint32_t *id = &rseq_area()->mm_cid;
	enum rseq_end end;
	uint32_t cid;

	do {
		/*
		 * Of few threads it may be above their number: on Linux 6.12 a CPU keeps the id
		 * of a thread that left it for a while.
		 */
		cid = *id;
		if (cid >= MAX_THREADS || cid >= (uint32_t)run.possible_cpus) {
			fail("mm_cid isn't below the number of CPUs", cid, run.possible_cpus);
			return;
		}
		end = rseq_claim(id, cid, &slot[cid].owner, gettid(), TURNS);
		if (end == RSEQ_CHANGED) {
			fail("mm_cid of two threads", cid, slot[cid].owner);
			return;
		}
	} while (end != RSEQ_DONE);
}

static enum rseq_end count_in_id(void)
{
	volatile uint32_t *id = &rseq_area()->mm_cid;
	uint32_t cid = *id;

	return cid < MAX_THREADS ? try_add(id, cid, &slot[cid].count) : RSEQ_MOVED;
}

static void use_an_id(void)
{
	own_an_id();
	UNTIL_DONE(cpu, count_in_id());
}

static void check_ids(int nr_threads)
{
	uint64_t sum = 0;
	int i;

	run_all(use_an_id, nr_threads);
	for (i = 0; i < MAX_THREADS; i++)
		sum += slot[i].count;
	CHECK_EQ(sum, all_ops());
}

static void concurrency_ids_are_of_one_thread_each(void)
{
	check_ids(0);
}

static void ids_of_few_threads_are_of_one_thread_each(void)
{
	check_ids(2);
}

TESTS(
	TEST(counters_lose_nothing),
	TEST(lists_lose_nothing),
	TEST(buffers_lose_nothing),
	TEST(concurrency_ids_are_of_one_thread_each),
	TEST(ids_of_few_threads_are_of_one_thread_each),
)

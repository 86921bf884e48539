// SPDX-License-Identifier: MIT
/*
 * futex(2), priority inheritance: taking, giving back, boosting, deadlocks, dead owners,
 * requeueing.
 *
 * Whether somebody sleeps is read from /proc/self/task/TID/stat, not guessed from time passed.
 */
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

#include "futex.h"

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2	13
#endif

static uint32_t read_word(uint32_t *w)
{
	return __atomic_load_n(w, __ATOMIC_SEQ_CST);
}

static void write_word(uint32_t *w, uint32_t val)
{
	__atomic_store_n(w, val, __ATOMIC_SEQ_CST);
}

/* What stands in a field of /proc/PID/task/TID/stat after the name: 0 is the state. */
static long stat_field(pid_t pid, uint32_t tid, int nr)
{
	char path[64], buf[1024], *s;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/task/%u/stat", pid, tid);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return -1;
	n = read(fd, buf, sizeof(buf) - 1);
	close(fd);
	if (n <= 0)
		return -1;
	buf[n] = 0;
	s = strrchr(buf, ')') + 2;
	if (!nr)
		return *s;
	while (nr--)
		s = strchr(s, ' ') + 1;
	return strtol(s, NULL, 10);
}

static void wait_asleep(pid_t pid, uint32_t *tid)
{
	while (!read_word(tid) || stat_field(pid, read_word(tid), 0) != 'S')
		sched_yield();
}

static void take(uint32_t *w)
{
	uint32_t free_word = 0;

	if (__atomic_compare_exchange_n(w, &free_word, gettid(), false, __ATOMIC_ACQUIRE,
					__ATOMIC_RELAXED))
		return;
	CHECK_EQ(futex(w, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0), 0);
}

static void give(uint32_t *w)
{
	uint32_t mine = gettid();

	if (__atomic_compare_exchange_n(w, &mine, 0, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		return;
	CHECK_EQ(futex(w, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0), 0);
}

static uint32_t lock_a, lock_b, cond;

static void a_free_lock_is_taken_and_given_back(void)
{
	lock_a = 0;
	CHECK_EQ(futex(&lock_a, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0), 0);
	CHECK_EQ(lock_a, gettid());
	CHECK_EQ(futex(&lock_a, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0), 0);
	CHECK_EQ(lock_a, 0);
	CHECK_EQ(futex(&lock_a, FUTEX_TRYLOCK_PI, 0, NULL, NULL, 0), 0);
	CHECK_EQ(lock_a, gettid());
	CHECK_EQ(futex(&lock_a, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0), 0);
	CHECK_EQ(futex(&lock_a, FUTEX_LOCK_PI2, 0, NULL, NULL, 0), 0);
	CHECK_EQ(futex(&lock_a, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0), 0);
}

static void ones_own_lock_is_a_deadlock(void)
{
	lock_a = gettid();
	CHECK_ERR(futex(&lock_a, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0), EDEADLK);
	CHECK_ERR(futex(&lock_a, FUTEX_TRYLOCK_PI_PRIVATE, 0, NULL, NULL, 0), EDEADLK);
}

static void nonsense_is_refused(void)
{
	uint32_t *odd = (uint32_t *)((char *)&lock_a + 1), *nowhere = (uint32_t *)8;

	lock_a = 0;
	CHECK_ERR(futex(odd, FUTEX_LOCK_PI, 0, NULL, NULL, 0), EINVAL);
	CHECK_ERR(futex(nowhere, FUTEX_LOCK_PI, 0, NULL, NULL, 0), EFAULT);
	CHECK_ERR(futex(nowhere, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0), EFAULT);
	CHECK_ERR(futex(&lock_a, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0), EPERM);
	lock_a = 0x3ffffff0;	/* no such thread */
	CHECK_ERR(futex(&lock_a, FUTEX_LOCK_PI, 0, NULL, NULL, 0), ESRCH);
	lock_a = 0;
	CHECK_ERR(futex(&lock_a, FUTEX_LOCK_PI | FUTEX_CLOCK_REALTIME, 0, NULL, NULL, 0), ENOSYS);
	CHECK_ERR(futex(&lock_a, FUTEX_WAIT_REQUEUE_PI, 0, NULL, &lock_a, 0), EINVAL);
	CHECK_ERR(futex(&cond, FUTEX_CMP_REQUEUE_PI, 2, (void *)1L, &lock_a, 0), EINVAL);
	CHECK_ERR(futex(&cond, FUTEX_CMP_REQUEUE_PI, 1, (void *)1L, &cond, 0), EINVAL);
	CHECK_ERR(futex(&cond, FUTEX_CMP_REQUEUE_PI, 1, (void *)1L, &lock_a, cond + 1), EAGAIN);
	CHECK_EQ(futex(&cond, FUTEX_CMP_REQUEUE_PI, 1, (void *)1L, &lock_a, cond), 0);
}

static void a_read_only_word_faults(void)
{
	uint32_t *w = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(w != MAP_FAILED);
	CHECK_ERR(futex(w, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0), EFAULT);
	CHECK_ERR(futex(w, FUTEX_LOCK_PI, 0, NULL, NULL, 0), EFAULT);
}

struct locker {
	pthread_t thread;
	uint32_t tid;
	uint32_t *lock;
	uint32_t release;	/* set to let it give the lock back */
	int got, err;
	int prio;		/* > 0: real-time */
	const struct timespec *timeout;
	int op;
};

static void be_realtime(int prio)
{
	struct sched_param param = { .sched_priority = prio };

	if (sched_setscheduler(0, SCHED_FIFO, &param))
		SKIP("no right to real-time priorities");
}

static void *locker(void *arg)
{
	struct locker *l = arg;

	if (l->prio) {
		struct sched_param param = { .sched_priority = l->prio };

		sched_setscheduler(0, SCHED_FIFO, &param);
	}
	write_word(&l->tid, gettid());
	l->err = futex(l->lock, l->op ? l->op : FUTEX_LOCK_PI_PRIVATE, 0, l->timeout, NULL, 0)
		 ? errno : 0;
	__atomic_store_n(&l->got, 1, __ATOMIC_SEQ_CST);
	if (l->err)
		return NULL;
	while (!read_word(&l->release))
		sched_yield();
	give(l->lock);
	return NULL;
}

static void start(struct locker *l)
{
	CHECK_EQ(pthread_create(&l->thread, NULL, locker, l), 0);
}

static void unlock_hands_over_to_the_waiter(void)
{
	static struct locker l = { .lock = &lock_a, .release = 1 };

	lock_a = 0;
	take(&lock_a);
	start(&l);
	wait_asleep(getpid(), &l.tid);
	CHECK_EQ(read_word(&lock_a), gettid() | FUTEX_WAITERS);
	CHECK_EQ(futex(&lock_a, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0), 0);
	CHECK(read_word(&lock_a) != (gettid() | FUTEX_WAITERS));
	pthread_join(l.thread, NULL);
	CHECK_EQ(l.err, 0);
	CHECK_EQ(read_word(&lock_a), 0);
}

static void a_wait_times_out(void)
{
	struct timespec now;
	struct locker l = { .lock = &lock_a, .timeout = &now };

	lock_a = 0;
	take(&lock_a);
	clock_gettime(CLOCK_REALTIME, &now);
	start(&l);
	pthread_join(l.thread, NULL);
	CHECK_EQ(l.err, ETIMEDOUT);
	l = (struct locker){ .lock = &lock_a, .timeout = &now,
			     .op = FUTEX_LOCK_PI2 | FUTEX_PRIVATE_FLAG };
	clock_gettime(CLOCK_MONOTONIC, &now);
	start(&l);
	pthread_join(l.thread, NULL);
	CHECK_EQ(l.err, ETIMEDOUT);
	CHECK_EQ(read_word(&lock_a) & FUTEX_TID_MASK, gettid());
	give(&lock_a);
	CHECK_EQ(read_word(&lock_a), 0);
}

static void trylock_of_a_taken_lock_fails(void)
{
	struct locker l = { .lock = &lock_a, .op = FUTEX_TRYLOCK_PI_PRIVATE };

	lock_a = 0;
	take(&lock_a);
	start(&l);
	pthread_join(l.thread, NULL);
	CHECK_EQ(l.err, EAGAIN);
	give(&lock_a);
}

static void only_the_owner_unlocks(void)
{
	static struct locker l = { .lock = &lock_a };

	lock_a = 0;
	start(&l);
	while (!__atomic_load_n(&l.got, __ATOMIC_SEQ_CST))
		sched_yield();
	CHECK_ERR(futex(&lock_a, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0), EPERM);
	write_word(&l.release, 1);
	pthread_join(l.thread, NULL);
}

static void the_most_urgent_waiter_is_next(void)
{
	static struct locker low = { .lock = &lock_a, .prio = 5 },
		high = { .lock = &lock_a, .prio = 9 };

	be_realtime(2);
	lock_a = 0;
	take(&lock_a);
	start(&low);
	wait_asleep(getpid(), &low.tid);
	start(&high);
	wait_asleep(getpid(), &high.tid);
	give(&lock_a);
	CHECK_EQ(read_word(&lock_a) & FUTEX_TID_MASK, high.tid);
	write_word(&low.release, 1);
	write_word(&high.release, 1);
	pthread_join(high.thread, NULL);
	pthread_join(low.thread, NULL);
	CHECK_EQ(low.err + high.err, 0);
}

/* Field 15 after the name is the priority: -1 - prio for a real-time task, 20 + nice for others. */
static long priority_of(uint32_t tid)
{
	return stat_field(getpid(), tid, 15);
}

static void the_owner_inherits_priority(void)
{
	static struct locker high = { .lock = &lock_a, .prio = 30, .release = 1 };
	uint32_t me = gettid();

	be_realtime(1);
	lock_a = 0;
	take(&lock_a);
	CHECK_EQ(priority_of(me), -2);
	start(&high);
	wait_asleep(getpid(), &high.tid);
	CHECK_EQ(priority_of(me), -31);
	give(&lock_a);
	CHECK_EQ(priority_of(me), -2);
	pthread_join(high.thread, NULL);
	CHECK_EQ(high.err, 0);
}

static uint32_t chain_tid, chain_ready, chain_go;

static void *holds_b_wants_a(void *arg)
{
	(void)arg;
	take(&lock_b);
	write_word(&chain_tid, gettid());
	write_word(&chain_ready, 1);
	while (!read_word(&chain_go))
		sched_yield();
	take(&lock_a);
	give(&lock_a);
	give(&lock_b);
	return NULL;
}

static void inheritance_runs_along_a_chain(void)
{
	static struct locker high = { .lock = &lock_b, .prio = 40, .release = 1 };
	uint32_t me = gettid();
	pthread_t t;

	be_realtime(1);
	lock_a = lock_b = 0;
	chain_go = 1;
	take(&lock_a);
	CHECK_EQ(pthread_create(&t, NULL, holds_b_wants_a, NULL), 0);
	wait_asleep(getpid(), &chain_tid);
	start(&high);
	wait_asleep(getpid(), &high.tid);
	CHECK_EQ(priority_of(chain_tid), -41);
	CHECK_EQ(priority_of(me), -41);
	give(&lock_a);
	CHECK_EQ(priority_of(me), -2);
	pthread_join(t, NULL);
	pthread_join(high.thread, NULL);
}

static void a_circle_of_owners_is_a_deadlock(void)
{
	pthread_t t;

	lock_a = lock_b = 0;
	chain_go = 1;
	take(&lock_a);
	CHECK_EQ(pthread_create(&t, NULL, holds_b_wants_a, NULL), 0);
	wait_asleep(getpid(), &chain_tid);
	CHECK_ERR(futex(&lock_b, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0), EDEADLK);
	give(&lock_a);
	pthread_join(t, NULL);
	take(&lock_b);
	give(&lock_b);
}

static void *dies_with_the_lock(void *arg)
{
	take(arg);
	write_word(&chain_ready, 1);
	while (!read_word(&chain_go))
		sched_yield();
	return NULL;
}

static void a_dead_owners_lock_goes_to_the_waiter(void)
{
	static struct locker l = { .lock = &lock_a };
	pthread_t t;

	lock_a = 0;
	CHECK_EQ(pthread_create(&t, NULL, dies_with_the_lock, &lock_a), 0);
	while (!read_word(&chain_ready))
		sched_yield();
	start(&l);
	wait_asleep(getpid(), &l.tid);
	write_word(&chain_go, 1);
	pthread_join(t, NULL);
	while (!__atomic_load_n(&l.got, __ATOMIC_SEQ_CST))
		sched_yield();
	CHECK_EQ(l.err, 0);
	CHECK_EQ(read_word(&lock_a) & FUTEX_TID_MASK, l.tid);
	CHECK(read_word(&lock_a) & FUTEX_OWNER_DIED);
	write_word(&l.release, 1);
	pthread_join(l.thread, NULL);
}

static void nobody_waited_for_a_dead_owner_is_esrch(void)
{
	pthread_t t;

	lock_a = 0;
	chain_go = 1;
	CHECK_EQ(pthread_create(&t, NULL, dies_with_the_lock, &lock_a), 0);
	pthread_join(t, NULL);
	/* The thread may not be quite gone when it is joined; then it is waited for. */
	CHECK_ERR(futex(&lock_a, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0), ESRCH);
}

static void robust_pi_mutexes_tell_of_a_dead_owner(void)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				  -1, 0);
	pid_t pid;
	int i;

	CHECK(m != MAP_FAILED);
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
	CHECK_EQ(pthread_mutex_init(m, &attr), 0);
	for (i = 0; i < 20; i++) {
		pid = fork();
		if (!pid) {
			pthread_mutex_lock(m);
			_exit(0);
		}
		if (i % 2) {	/* sometimes we come while it lives, sometimes after */
			CHECK_EQ(waitpid(pid, NULL, 0), pid);
			CHECK_EQ(pthread_mutex_lock(m), EOWNERDEAD);
			CHECK_EQ(pthread_mutex_consistent(m), 0);
		} else if (pthread_mutex_lock(m) == EOWNERDEAD) {
			CHECK_EQ(pthread_mutex_consistent(m), 0);
		}
		CHECK_EQ(pthread_mutex_unlock(m), 0);
		if (!(i % 2)) {
			CHECK_EQ(waitpid(pid, NULL, 0), pid);
			if (pthread_mutex_lock(m) == EOWNERDEAD)
				pthread_mutex_consistent(m);
			pthread_mutex_unlock(m);
		}
	}
}

static void wakes_without_pi_are_refused(void)
{
	static struct locker l = { .lock = &lock_a, .release = 1 };

	lock_a = 0;
	take(&lock_a);
	start(&l);
	wait_asleep(getpid(), &l.tid);
	CHECK_ERR(futex(&lock_a, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0), EINVAL);
	CHECK_ERR(futex(&lock_a, FUTEX_REQUEUE_PRIVATE, 0, (void *)1L, &lock_b, 0), EINVAL);
	give(&lock_a);
	pthread_join(l.thread, NULL);
}

static int counter;

static void *counts(void *arg)
{
	int i;

	for (i = rounds(2000); i; i--) {
		take(arg);
		counter++;
		if (i % 64 == 0)
			sched_yield();
		give(arg);
	}
	return NULL;
}

static void the_lock_excludes(void)
{
	pthread_t t[4];
	int i;

	lock_a = 0;
	for (i = 0; i < 4; i++)
		CHECK_EQ(pthread_create(&t[i], NULL, counts, &lock_a), 0);
	for (i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	CHECK_EQ(counter, 4 * rounds(2000));
	CHECK_EQ(read_word(&lock_a), 0);
}

/* --- Requeueing --- */

struct sleeper {
	pthread_t thread;
	uint32_t tid;
	const struct timespec *timeout;
	int err;
};

static void *sleeps_for_cond(void *arg)
{
	struct sleeper *s = arg;

	write_word(&s->tid, gettid());
	s->err = futex(&cond, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, s->timeout, &lock_a, 0) ? errno : 0;
	if (!s->err) {
		if ((read_word(&lock_a) & FUTEX_TID_MASK) != s->tid)
			s->err = -1;
		counter++;
		give(&lock_a);
	}
	return NULL;
}

static void sleepers_get_the_lock_one_after_the_other(void)
{
	static struct sleeper s[3];
	int i;

	lock_a = cond = 0;
	for (i = 0; i < 3; i++) {
		CHECK_EQ(pthread_create(&s[i].thread, NULL, sleeps_for_cond, &s[i]), 0);
		wait_asleep(getpid(), &s[i].tid);
	}
	CHECK_ERR(futex(&cond, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0), EINVAL);
	CHECK_ERR(futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)9L, &lock_b, 0), EINVAL);
	take(&lock_a);
	CHECK_EQ(futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)9L, &lock_a, 0), 3);
	CHECK_EQ(counter, 0);
	CHECK(read_word(&lock_a) & FUTEX_WAITERS);
	give(&lock_a);
	for (i = 0; i < 3; i++) {
		pthread_join(s[i].thread, NULL);
		CHECK_EQ(s[i].err, 0);
	}
	CHECK_EQ(counter, 3);
	CHECK_EQ(read_word(&lock_a), 0);
}

static void a_free_lock_goes_to_the_first_sleeper(void)
{
	static struct sleeper s[2];
	int i;

	lock_a = cond = 0;
	for (i = 0; i < 2; i++) {
		CHECK_EQ(pthread_create(&s[i].thread, NULL, sleeps_for_cond, &s[i]), 0);
		wait_asleep(getpid(), &s[i].tid);
	}
	CHECK_EQ(futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)1L, &lock_a, 0), 2);
	for (i = 0; i < 2; i++) {
		pthread_join(s[i].thread, NULL);
		CHECK_EQ(s[i].err, 0);
	}
	CHECK_EQ(counter, 2);
}

static void a_sleeper_times_out_before_and_after_the_move(void)
{
	static struct sleeper s;
	struct timespec at;

	lock_a = cond = 0;
	clock_gettime(CLOCK_MONOTONIC, &at);
	s.timeout = &at;
	CHECK_EQ(pthread_create(&s.thread, NULL, sleeps_for_cond, &s), 0);
	pthread_join(s.thread, NULL);
	CHECK_EQ(s.err, ETIMEDOUT);

	at.tv_sec += 2;
	s.tid = 0;
	take(&lock_a);
	CHECK_EQ(pthread_create(&s.thread, NULL, sleeps_for_cond, &s), 0);
	wait_asleep(getpid(), &s.tid);
	/* On a very slow host it may be gone already; else it is moved. */
	futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)1L, &lock_a, 0);
	pthread_join(s.thread, NULL);
	CHECK_EQ(s.err, ETIMEDOUT);
	give(&lock_a);
	CHECK_EQ(read_word(&lock_a), 0);
}

static pthread_mutex_t pm;
static pthread_cond_t pc = PTHREAD_COND_INITIALIZER;
static int turn;

static void *takes_turns(void *arg)
{
	int me = (long)arg, i;

	for (i = rounds(200); i; i--) {
		pthread_mutex_lock(&pm);
		while (turn != me)
			pthread_cond_wait(&pc, &pm);
		turn = (turn + 1) % 3;
		pthread_cond_broadcast(&pc);
		pthread_mutex_unlock(&pm);
	}
	return NULL;
}

static void the_c_librarys_pi_mutex_works(void)
{
	pthread_mutexattr_t attr;
	pthread_t t[3];
	long i;

	pthread_mutexattr_init(&attr);
	CHECK_EQ(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT), 0);
	CHECK_EQ(pthread_mutex_init(&pm, &attr), 0);
	for (i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&t[i], NULL, takes_turns, (void *)i), 0);
	for (i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	CHECK_EQ(turn, 0);
}

/* Timeouts, moves and unlocks, all at once: nobody may be lost, and nothing may stay owned. */
static uint32_t storm_over;

static void *storm_sleeper(void *arg)
{
	int i, got = 0;

	for (i = rounds(150); i; i--) {
		struct timespec at;
		int err;

		clock_gettime(CLOCK_MONOTONIC, &at);
		at.tv_nsec += (i * 7919 + (long)arg * 104729) % 900000;
		if (at.tv_nsec >= 1000000000) {
			at.tv_nsec -= 1000000000;
			at.tv_sec++;
		}
		err = futex(&cond, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, &at, &lock_a, 0) ? errno : 0;
		if (!err) {
			got++;
			give(&lock_a);
		} else if (err != ETIMEDOUT) {
			printf("# sleeper: errno %d\n", err);
			return (void *)-1L;
		}
	}
	return (void *)(long)got;
}

static void *storm_mover(void *arg)
{
	(void)arg;
	while (!read_word(&storm_over)) {
		take(&lock_a);
		if (futex(&cond, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)3L, &lock_a, 0) < 0)
			return (void *)(long)errno;
		give(&lock_a);
		sched_yield();
	}
	return NULL;
}

static void moves_and_timeouts_may_race(void)
{
	pthread_t t[3], mover;
	void *ret;
	long i;

	lock_a = cond = 0;
	CHECK_EQ(pthread_create(&mover, NULL, storm_mover, NULL), 0);
	for (i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&t[i], NULL, storm_sleeper, (void *)i), 0);
	for (i = 0; i < 3; i++) {
		pthread_join(t[i], &ret);
		CHECK((long)ret >= 0);
	}
	write_word(&storm_over, 1);
	pthread_join(mover, &ret);
	CHECK_EQ((long)ret, 0);
	CHECK_EQ(read_word(&lock_a), 0);
}

TESTS(TEST(a_free_lock_is_taken_and_given_back),
      TEST(ones_own_lock_is_a_deadlock),
      TEST(nonsense_is_refused),
      TEST(a_read_only_word_faults),
      TEST(unlock_hands_over_to_the_waiter),
      TEST(a_wait_times_out),
      TEST(trylock_of_a_taken_lock_fails),
      TEST(only_the_owner_unlocks),
      TEST(the_most_urgent_waiter_is_next),
      TEST(the_owner_inherits_priority),
      TEST(inheritance_runs_along_a_chain),
      TEST(a_circle_of_owners_is_a_deadlock),
      TEST(a_dead_owners_lock_goes_to_the_waiter),
      TEST(nobody_waited_for_a_dead_owner_is_esrch),
      TEST(robust_pi_mutexes_tell_of_a_dead_owner),
      TEST(wakes_without_pi_are_refused),
      TEST(the_lock_excludes),
      TEST(sleepers_get_the_lock_one_after_the_other),
      TEST(a_free_lock_goes_to_the_first_sleeper),
      TEST(a_sleeper_times_out_before_and_after_the_move),
      TEST(the_c_librarys_pi_mutex_works),
      TEST(moves_and_timeouts_may_race),)

// SPDX-License-Identifier: MIT
/*
 * futex(2): waiting, waking, moving, robust lists, between threads and processes.
 */
#include <limits.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>
#include <time.h>

#include "futex.h"

static uint32_t word, word2;

static void a_changed_word_doesnt_wait(void)
{
	word = 1;
	CHECK_ERR(futex(&word, FUTEX_WAIT, 0, NULL, NULL, 0), EAGAIN);
	CHECK_ERR(futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0), EAGAIN);
}

static void nobody_to_wake_is_zero(void)
{
	CHECK_EQ(futex(&word, FUTEX_WAKE, 1, NULL, NULL, 0), 0);
	CHECK_EQ(futex(&word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0), 0);
}

static void waits_time_out(void)
{
	struct timespec ts = { 0, 1000000 }, now;

	CHECK_ERR(futex(&word, FUTEX_WAIT_PRIVATE, 0, &ts, NULL, 0), ETIMEDOUT);
	clock_gettime(CLOCK_MONOTONIC, &now);
	CHECK_ERR(futex(&word, FUTEX_WAIT_BITSET_PRIVATE, 0, &now, NULL, ~0u), ETIMEDOUT);
	clock_gettime(CLOCK_REALTIME, &now);
	CHECK_ERR(futex(&word, FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 0, &now, NULL,
			~0u),
		  ETIMEDOUT);
	ts.tv_nsec = 1000000000;
	CHECK_ERR(futex(&word, FUTEX_WAIT_PRIVATE, 0, &ts, NULL, 0), EINVAL);
}

static void bad_arguments_are_refused(void)
{
	uint32_t *odd = (uint32_t *)((char *)&word + 1);

	CHECK_ERR(futex(odd, FUTEX_WAIT, 0, NULL, NULL, 0), EINVAL);
	CHECK_ERR(futex(odd, FUTEX_WAKE, 1, NULL, NULL, 0), EINVAL);
	CHECK_ERR(futex((uint32_t *)8, FUTEX_WAIT, 0, NULL, NULL, 0), EFAULT);
	CHECK_ERR(futex((uint32_t *)8, FUTEX_WAKE, 1, NULL, NULL, 0), EFAULT);
	CHECK_ERR(futex((uint32_t *)-8L, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0), EFAULT);
	CHECK_ERR(futex(&word, FUTEX_WAIT_BITSET, 0, NULL, NULL, 0), EINVAL);
	CHECK_ERR(futex(&word, FUTEX_WAKE_BITSET, 1, NULL, NULL, 0), EINVAL);
	CHECK_ERR(futex(&word, 77, 0, NULL, NULL, 0), ENOSYS);
	CHECK_ERR(futex(&word, FUTEX_WAIT_PRIVATE, 0, (void *)8, NULL, 0), EFAULT);
	CHECK_ERR(futex(&word, FUTEX_REQUEUE_PRIVATE, 1, (void *)-1L, &word2, 0), EINVAL);
}

/* The threads that wait, as they came. */
static pid_t waiters[4];
static int nr_waiters;

static void tell_of_me(void)
{
	int i = __atomic_fetch_add(&nr_waiters, 1, __ATOMIC_SEQ_CST);

	__atomic_store_n(&waiters[i], gettid(), __ATOMIC_SEQ_CST);
}

static pid_t waiter(int i)
{
	return __atomic_load_n(&waiters[i], __ATOMIC_SEQ_CST);
}

static void wait_for_waiters(int n)
{
	int i;

	for (i = 0; i < n; i++)
		WAIT_UNTIL(waiter(i) && waits_in(getpid(), waiter(i), SYS_futex));
}

static void *sleeper(void *arg)
{
	uint32_t *w = arg;

	tell_of_me();
	while (__atomic_load_n(w, __ATOMIC_SEQ_CST) == 0)
		futex(w, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	return NULL;
}

static void threads_wake_each_other(void)
{
	pthread_t t[4];
	int i;

	for (i = 0; i < 4; i++)
		CHECK_EQ(pthread_create(&t[i], NULL, sleeper, &word), 0);
	wait_for_waiters(4);
	__atomic_store_n(&word, 1, __ATOMIC_SEQ_CST);
	futex(&word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
	for (i = 0; i < 4; i++)
		CHECK_EQ(pthread_join(t[i], NULL), 0);
}

static uint32_t turn;

static void *ping_pong(void *arg)
{
	uint32_t me = (uintptr_t)arg;
	int i, n = rounds(2000);

	for (i = 0; i < n; i++) {
		while (__atomic_load_n(&turn, __ATOMIC_SEQ_CST) != me)
			futex(&turn, FUTEX_WAIT_PRIVATE, !me, NULL, NULL, 0);
		__atomic_store_n(&turn, !me, __ATOMIC_SEQ_CST);
		futex(&turn, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	}
	return NULL;
}

static void no_wake_up_is_lost(void)
{
	pthread_t a, b;

	CHECK_EQ(pthread_create(&a, NULL, ping_pong, (void *)0), 0);
	CHECK_EQ(pthread_create(&b, NULL, ping_pong, (void *)1), 0);
	CHECK_EQ(pthread_join(a, NULL), 0);
	CHECK_EQ(pthread_join(b, NULL), 0);
}

static uint32_t *shared;

static int wait_shared(void *arg)
{
	(void)arg;
	while (__atomic_load_n(shared, __ATOMIC_SEQ_CST) == 0)
		futex(shared, FUTEX_WAIT, 0, NULL, NULL, 0);
	return 0;
}

static void processes_meet_in_shared_memory(void)
{
	pid_t pid;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	pid = start_child(wait_shared, NULL);
	WAIT_UNTIL(waits_in(pid, pid, SYS_futex));
	__atomic_store_n(shared, 1, __ATOMIC_SEQ_CST);
	futex(shared, FUTEX_WAKE, 1, NULL, NULL, 0);
	CHECK_EQ(end_of(pid), 0);
}

static int woken;

static void *wait_once(void *arg)
{
	uint32_t *w = arg;

	tell_of_me();
	futex(w, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	__atomic_fetch_add(&woken, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

static void requeue_moves_waiters(void)
{
	pthread_t t[3];
	long n = 0;
	int i;

	for (i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&t[i], NULL, wait_once, &word), 0);
	wait_for_waiters(3);
	CHECK_ERR(futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)INT_MAX, &word2, 5), EAGAIN);
	n = futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)INT_MAX, &word2, 0);
	CHECK_EQ(n, 3);
	CHECK_EQ(futex(&word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0), 0);
	CHECK_EQ(futex(&word2, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0), 2);
	for (i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	CHECK_EQ(woken, 3);
}

static void bitsets_select_waiters(void)
{
	pthread_t t;

	CHECK_EQ(pthread_create(&t, NULL, wait_once, &word), 0);
	wait_for_waiters(1);
	CHECK_EQ(futex(&word, FUTEX_WAKE_BITSET_PRIVATE, 1, NULL, NULL, 0x80), 1);
	pthread_join(t, NULL);
}

static void wake_op_changes_the_second_word(void)
{
	word2 = 5;
	CHECK_EQ(futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &word2,
		       FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_EQ, 5)), 0);
	CHECK_EQ(word2, 8);
	CHECK_EQ(futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &word2,
		       FUTEX_OP((FUTEX_OP_SET | FUTEX_OP_OPARG_SHIFT), 4, FUTEX_OP_CMP_GT, 1)), 0);
	CHECK_EQ(word2, 16);
	CHECK_EQ(futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &word2,
		       FUTEX_OP(FUTEX_OP_ANDN, 16, FUTEX_OP_CMP_NE, 1)), 0);
	CHECK_EQ(word2, 0);
	CHECK_ERR(futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, (uint32_t *)8,
			FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_EQ, 0)), EFAULT);
}

static void a_signal_interrupts_a_wait(void)
{
	struct sigaction sa = { .sa_handler = do_nothing };

	/* Again and again: the first may come before the wait does. */
	sigaction(SIGALRM, &sa, NULL);
	ualarm(20000, 20000);
	CHECK_ERR(futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0), EINTR);
}

struct robust_lock {
	struct robust_list list;
	uint32_t word;
};

static struct robust_list_head head;
static struct robust_lock *lock;

static int die_with_lock(void *arg)
{
	(void)arg;
	head.list.next = &lock->list;
	lock->list.next = &head.list;
	head.futex_offset = offsetof(struct robust_lock, word);
	lock->word = syscall(SYS_gettid) | FUTEX_WAITERS;
	syscall(SYS_set_robust_list, &head, sizeof(head));
	return 0;
}

static void a_dead_owner_is_marked(void)
{
	lock = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(lock != MAP_FAILED);
	CHECK_EQ(end_of(start_child(die_with_lock, NULL)), 0);
	CHECK_EQ(lock->word & (FUTEX_OWNER_DIED | FUTEX_WAITERS), FUTEX_OWNER_DIED | FUTEX_WAITERS);
	CHECK_EQ(lock->word & FUTEX_TID_MASK, 0);
}

static int die_with_wild_list(void *arg)
{
	syscall(SYS_set_robust_list, arg, sizeof(head));
	return 0;
}

static void wild_lists_do_no_harm(void)
{
	struct robust_lock circle;

	CHECK_EQ(end_of(start_child(die_with_wild_list, (void *)8)), 0);
	CHECK_EQ(end_of(start_child(die_with_wild_list, (void *)-64L)), 0);
	circle.list.next = &circle.list;
	head.list.next = &circle.list;
	head.futex_offset = 8;
	CHECK_EQ(end_of(start_child(die_with_wild_list, &head)), 0);
	CHECK_ERR(syscall(SYS_set_robust_list, &head, 4), EINVAL);
}

#ifndef SYS_futex_waitv
#define SYS_futex_waitv	449
#endif

struct waitv {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
};

static void *wake_second(void *arg)
{
	(void)arg;
	WAIT_UNTIL(futex(&word2, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0));
	return NULL;
}

static void waitv_tells_which(void)
{
	struct waitv v[2] = {
		{ 0, (uintptr_t)&word, 2 | 128, 0 }, { 0, (uintptr_t)&word2, 2 | 128, 0 },
	};
	pthread_t t;

	if (syscall(SYS_futex_waitv, NULL, 0, 0, NULL, 0) == -1 && errno == ENOSYS)
		SKIP("no futex_waitv");
	CHECK_ERR(syscall(SYS_futex_waitv, v, 2, 1, NULL, 0), EINVAL);
	CHECK_ERR(syscall(SYS_futex_waitv, v, 129, 0, NULL, 0), EINVAL);
	CHECK_ERR(syscall(SYS_futex_waitv, 8, 2, 0, NULL, 0), EFAULT);
	word2 = 1;
	CHECK_ERR(syscall(SYS_futex_waitv, v, 2, 0, NULL, 0), EAGAIN);
	word2 = 0;
	pthread_create(&t, NULL, wake_second, NULL);
	CHECK_EQ(syscall(SYS_futex_waitv, v, 2, 0, NULL, 0), 1);
	pthread_join(t, NULL);
}

TESTS(
	TEST(a_changed_word_doesnt_wait),
	TEST(nobody_to_wake_is_zero),
	TEST(waits_time_out),
	TEST(bad_arguments_are_refused),
	TEST(threads_wake_each_other),
	TEST(no_wake_up_is_lost),
	TEST(processes_meet_in_shared_memory),
	TEST(requeue_moves_waiters),
	TEST(bitsets_select_waiters),
	TEST(wake_op_changes_the_second_word),
	TEST(a_signal_interrupts_a_wait),
	TEST(a_dead_owner_is_marked),
	TEST(wild_lists_do_no_harm),
	TEST(waitv_tells_which),
)

// SPDX-License-Identifier: MIT
/* System V semaphores. */

#include <limits.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <time.h>

#include "sysv_ipc.h"

union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *info;
};

static int new_set(int nsems)
{
	int id = semget(IPC_PRIVATE, nsems, 0600);

	CHECK(id >= 0);
	return id;
}

static int value(int id, int num)
{
	return semctl(id, num, GETVAL);
}

static void set_value(int id, int num, int val)
{
	CHECK_EQ(semctl(id, num, SETVAL, (union semun){ .val = val }), 0);
}

static int step(int id, int num, int op, int flags)
{
	struct sembuf sb = { num, op, flags };

	return semop(id, &sb, 1);
}

static void remove_set(int id)
{
	CHECK_EQ(semctl(id, 0, IPC_RMID), 0);
}

static void a_key_finds_its_set(void)
{
	int id = semget(own_key(), 3, IPC_CREAT | IPC_EXCL | 0600);

	CHECK(id >= 0);
	CHECK_EQ(semget(own_key(), 0, 0), id);
	CHECK_EQ(semget(own_key(), 3, IPC_CREAT | 0600), id);
	CHECK_ERR(semget(own_key(), 3, IPC_CREAT | IPC_EXCL | 0600), EEXIST);
	CHECK_ERR(semget(own_key(), 4, 0600), EINVAL);
	remove_set(id);
	CHECK_ERR(semget(own_key(), 0, 0), ENOENT);
}

static void a_private_key_makes_a_new_one_each_time(void)
{
	int a = new_set(1), b = new_set(1);

	CHECK(a != b);
	remove_set(a);
	remove_set(b);
}

static void sizes_are_checked(void)
{
	CHECK_ERR(semget(IPC_PRIVATE, 0, 0600), EINVAL);
	CHECK_ERR(semget(IPC_PRIVATE, -1, 0600), EINVAL);
	CHECK_ERR(semget(IPC_PRIVATE, INT_MAX, 0600), EINVAL);
}

static void an_id_that_was_removed_names_nothing(void)
{
	int id = new_set(1), other;

	remove_set(id);
	other = new_set(1);
	CHECK(other != id);
	CHECK_ERR(semctl(id, 0, GETVAL), EINVAL);
	CHECK_ERR(step(id, 0, 1, 0), EINVAL);
	CHECK_ERR(semctl(-1, 0, GETVAL), EINVAL);
	remove_set(other);
}

static void values_are_set_and_told(void)
{
	unsigned short in[3] = { 1, 2, 32767 }, out[3];
	int id = new_set(3);

	CHECK_EQ(value(id, 0), 0);
	set_value(id, 1, 7);
	CHECK_EQ(value(id, 1), 7);
	CHECK_EQ(semctl(id, 1, GETPID), getpid());
	CHECK_EQ(semctl(id, 0, SETALL, (union semun){ .array = in }), 0);
	CHECK_EQ(semctl(id, 0, GETALL, (union semun){ .array = out }), 0);
	CHECK(!memcmp(in, out, sizeof(in)));
	CHECK_ERR(semctl(id, 3, GETVAL), EINVAL);
	CHECK_ERR(semctl(id, -1, GETVAL), EINVAL);
	CHECK_ERR(semctl(id, 0, SETVAL, (union semun){ .val = 32768 }), ERANGE);
	CHECK_ERR(semctl(id, 0, SETVAL, (union semun){ .val = -1 }), ERANGE);
	in[1] = 32768;
	CHECK_ERR(semctl(id, 0, SETALL, (union semun){ .array = in }), ERANGE);
	CHECK_ERR(semctl(id, 0, GETALL, (union semun){ .array = (void *)8 }), EFAULT);
	CHECK_ERR(semctl(id, 0, SETALL, (union semun){ .array = (void *)8 }), EFAULT);
	CHECK_ERR(semctl(id, 0, 99), EINVAL);
	remove_set(id);
}

static void steps_happen_all_or_none(void)
{
	struct sembuf ops[] = { { 0, 5, 0 }, { 1, -1, IPC_NOWAIT } };
	int id = new_set(2);

	CHECK_ERR(semop(id, ops, 2), EAGAIN);
	CHECK_EQ(value(id, 0), 0);
	set_value(id, 1, 1);
	CHECK_EQ(semop(id, ops, 2), 0);
	CHECK_EQ(value(id, 0), 5);
	CHECK_EQ(value(id, 1), 0);
	remove_set(id);
}

static void steps_have_their_errnos(void)
{
	struct sembuf many[501] = {};
	int id = new_set(1);

	CHECK_ERR(semop(id, many, 0), EINVAL);
	CHECK_ERR(semop(id, many, 501), E2BIG);
	CHECK_ERR(semop(id, (void *)8, 1), EFAULT);
	CHECK_ERR(step(id, 1, 1, 0), EFBIG);
	CHECK_ERR(step(id, 0, 32767, 0) ?: step(id, 0, 1, 0), ERANGE);
	CHECK_ERR(step(id, 0, 0, IPC_NOWAIT), EAGAIN);
	CHECK_EQ(semop(id, (struct sembuf[]){ { 0, -32767, 0 }, { 0, 0, 0 } }, 2), 0);
	remove_set(id);
}

static void waiting_for_zero_has_nothing_to_undo(void)
{
	struct sembuf ops[] = { { 0, 0, SEM_UNDO }, { 0, -1, IPC_NOWAIT } };
	int id = new_set(1);

	CHECK_ERR(semop(id, ops, 2), EAGAIN);
	CHECK_EQ(step(id, 0, 0, SEM_UNDO), 0);
	remove_set(id);
}

static void a_time_limit_ends_the_wait(void)
{
	struct timespec ts = { 0, 20 * 1000 * 1000 }, bad = { 0, 1000000000 };
	struct sembuf sb = { 0, -1, 0 };
	int id = new_set(1);

	CHECK_ERR(semtimedop(id, &sb, 1, &ts), EAGAIN);
	CHECK_ERR(semtimedop(id, &sb, 1, &bad), EINVAL);
	CHECK_EQ(semctl(id, 0, GETNCNT), 0);
	remove_set(id);
}

static int wait_for_one(void *arg)
{
	return step(*(int *)arg, 0, -1, 0) ? errno : 0;
}

static int wait_for_zero(void *arg)
{
	return step(*(int *)arg, 0, 0, 0) ? errno : 0;
}

static void who_waits_is_counted_and_woken(void)
{
	int id = new_set(1);
	pid_t a, b, z;

	a = start_child(wait_for_one, &id);
	b = start_child(wait_for_one, &id);
	WAIT_UNTIL(semctl(id, 0, GETNCNT) == 2);
	CHECK_EQ(step(id, 0, 3, 0), 0);
	CHECK_EQ(end_of(a), 0);
	CHECK_EQ(end_of(b), 0);
	CHECK_EQ(value(id, 0), 1);
	z = start_child(wait_for_zero, &id);
	WAIT_UNTIL(semctl(id, 0, GETZCNT) == 1);
	CHECK_EQ(semctl(id, 0, GETNCNT), 0);
	set_value(id, 0, 0);
	CHECK_EQ(end_of(z), 0);
	remove_set(id);
}

static void removal_wakes_who_waits(void)
{
	int id = new_set(1);
	pid_t a = start_child(wait_for_one, &id);

	WAIT_UNTIL(semctl(id, 0, GETNCNT) == 1);
	remove_set(id);
	CHECK_EQ(end_of(a), EIDRM);
}

static int wait_with_a_handler(void *arg)
{
	struct sigaction sa = { .sa_handler = do_nothing, .sa_flags = SA_RESTART };

	sigaction(SIGUSR1, &sa, NULL);
	return wait_for_one(arg);
}

static void a_signal_ends_the_wait(void)
{
	int id = new_set(1);
	pid_t a = start_child(wait_with_a_handler, &id);

	WAIT_UNTIL(semctl(id, 0, GETNCNT) == 1);
	CHECK_EQ(kill(a, SIGUSR1), 0);
	CHECK_EQ(end_of(a), EINTR);
	CHECK_EQ(semctl(id, 0, GETNCNT), 0);
	remove_set(id);
}

static int take_with_undo(void *arg)
{
	return step(*(int *)arg, 0, -2, SEM_UNDO) || step(*(int *)arg, 1, 5, SEM_UNDO);
}

static void the_end_of_a_process_undoes(void)
{
	int id = new_set(2);

	set_value(id, 0, 3);
	CHECK_EQ(end_of(start_child(take_with_undo, &id)), 0);
	CHECK_EQ(value(id, 0), 3);
	CHECK_EQ(value(id, 1), 0);
	remove_set(id);
}

static int take_and_wait(void *arg)
{
	CHECK_EQ(step(*(int *)arg, 0, -1, SEM_UNDO), 0);
	for (;;)
		pause();
	return 0;
}

static void what_is_undone_wakes_who_waits(void)
{
	int id = new_set(1);
	pid_t holder, waiter;

	set_value(id, 0, 1);
	holder = start_child(take_and_wait, &id);
	WAIT_UNTIL(value(id, 0) == 0);
	waiter = start_child(wait_for_one, &id);
	WAIT_UNTIL(semctl(id, 0, GETNCNT) == 1);
	kill(holder, SIGKILL);
	CHECK_EQ(end_of(waiter), 0);
	CHECK_EQ(end_of(holder), 128 + SIGKILL);
	remove_set(id);
}

static void a_value_that_is_set_is_not_undone(void)
{
	int id = new_set(1);
	pid_t holder;

	set_value(id, 0, 1);
	holder = start_child(take_and_wait, &id);
	WAIT_UNTIL(value(id, 0) == 0);
	set_value(id, 0, 0);
	kill(holder, SIGKILL);
	CHECK_EQ(end_of(holder), 128 + SIGKILL);
	CHECK_EQ(value(id, 0), 0);
	remove_set(id);
}

static void *thread_takes(void *arg)
{
	return (void *)(long)step(*(int *)arg, 0, -1, SEM_UNDO);
}

static int take_in_a_thread(void *arg)
{
	pthread_t thread;
	void *ret;

	CHECK_EQ(pthread_create(&thread, NULL, thread_takes, arg), 0);
	CHECK_EQ(pthread_join(thread, &ret), 0);
	/* The thread has ended; its process hasn't. */
	CHECK_EQ(value(*(int *)arg, 0), 0);
	return ret != NULL;
}

static void threads_undo_together(void)
{
	int id = new_set(1);

	set_value(id, 0, 1);
	CHECK_EQ(end_of(start_child(take_in_a_thread, &id)), 0);
	CHECK_EQ(value(id, 0), 1);
	remove_set(id);
}

static int undo_then_fork(void *arg)
{
	CHECK_EQ(step(*(int *)arg, 0, -1, SEM_UNDO), 0);
	if (!fork())
		_exit(0);
	CHECK(wait(NULL) > 0);
	return value(*(int *)arg, 0);
}

static void a_fork_has_nothing_to_undo(void)
{
	int id = new_set(1);

	set_value(id, 0, 1);
	CHECK_EQ(end_of(start_child(undo_then_fork, &id)), 0);
	CHECK_EQ(value(id, 0), 1);
	remove_set(id);
}

static int undo_then_remove(void *arg)
{
	CHECK_EQ(step(*(int *)arg, 0, 1, SEM_UNDO), 0);
	remove_set(*(int *)arg);
	return 0;
}

static void a_set_is_removed_with_its_undos(void)
{
	int id = new_set(1);

	CHECK_EQ(end_of(start_child(undo_then_remove, &id)), 0);
	CHECK_ERR(semctl(id, 0, GETVAL), EINVAL);
}

static int as_nobody(void *arg)
{
	int id = *(int *)arg;

	become_nobody();
	CHECK_EQ(value(id, 0), 1);
	CHECK_ERR(step(id, 0, 1, 0), EACCES);
	CHECK_ERR(semctl(id, 0, SETVAL, (union semun){ .val = 1 }), EACCES);
	CHECK_ERR(semctl(id, 0, IPC_RMID), EPERM);
	CHECK_ERR(semget(own_key(), 1, 0600), ENOENT);
	return 0;
}

static void rights_are_heeded(void)
{
	int id = semget(IPC_PRIVATE, 1, 0644), end;

	CHECK(id >= 0);
	set_value(id, 0, 1);
	end = end_of(start_child(as_nobody, &id));
	remove_set(id);
	if (end == EXIT_SKIP)
		SKIP("needs root");
	CHECK_EQ(end, 0);
}

static void a_set_tells_of_itself(void)
{
	time_t now = time(NULL);
	struct semid_ds ds;
	int id = new_set(4);

	CHECK_EQ(semctl(id, 0, IPC_STAT, (union semun){ .buf = &ds }), 0);
	CHECK_EQ(ds.sem_nsems, 4);
	CHECK_EQ(ds.sem_perm.mode, 0600);
	CHECK_EQ(ds.sem_perm.uid, geteuid());
	CHECK_EQ(ds.sem_perm.cgid, getegid());
	CHECK_EQ(ds.sem_otime, 0);
	CHECK(ds.sem_ctime >= now);
	ds.sem_perm.mode = 01640;
	CHECK_EQ(semctl(id, 0, IPC_SET, (union semun){ .buf = &ds }), 0);
	CHECK_EQ(step(id, 0, 1, 0), 0);
	CHECK_EQ(semctl(id, 0, IPC_STAT, (union semun){ .buf = &ds }), 0);
	CHECK_EQ(ds.sem_perm.mode, 0640);
	CHECK(ds.sem_otime >= now);
	remove_set(id);
}

static void the_table_tells_of_all(void)
{
	struct seminfo info;
	struct semid_ds ds;
	int id = new_set(1), highest, i, seen = 0;

	highest = semctl(0, 0, SEM_INFO, (union semun){ .info = &info });
	CHECK(highest >= 0);
	CHECK(info.semusz >= 1 && info.semaem >= 1);
	CHECK_EQ(info.semvmx, 32767);
	for (i = 0; i <= highest; i++)
		seen += semctl(i, 0, SEM_STAT, (union semun){ .buf = &ds }) == id;
	CHECK_EQ(seen, 1);
	remove_set(id);
}

/* Many processes, one semaphore as a lock: what it guards is never seen half done. */
static int count_up(void *arg)
{
	volatile int *shared = *(volatile int **)arg;
	int i;

	for (i = 0; i < 200; i++) {
		CHECK_EQ(step(shared[0], 0, -1, SEM_UNDO), 0);
		shared[1]++;
		CHECK_EQ(step(shared[0], 0, 1, SEM_UNDO), 0);
	}
	return 0;
}


static void a_semaphore_is_a_lock(void)
{
	volatile int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				    -1, 0);
	pid_t pids[4];
	int i;

	CHECK(shared != MAP_FAILED);
	shared[0] = new_set(1);
	set_value(shared[0], 0, 1);
	for (i = 0; i < 4; i++)
		pids[i] = start_child(count_up, &shared);
	for (i = 0; i < 4; i++)
		CHECK_EQ(end_of(pids[i]), 0);
	CHECK_EQ(shared[1], 800);
	CHECK_EQ(value(shared[0], 0), 1);
	remove_set(shared[0]);
}

TESTS(
	TEST(a_key_finds_its_set),
	TEST(a_private_key_makes_a_new_one_each_time),
	TEST(sizes_are_checked),
	TEST(an_id_that_was_removed_names_nothing),
	TEST(values_are_set_and_told),
	TEST(steps_happen_all_or_none),
	TEST(steps_have_their_errnos),
	TEST(waiting_for_zero_has_nothing_to_undo),
	TEST(a_time_limit_ends_the_wait),
	TEST(who_waits_is_counted_and_woken),
	TEST(removal_wakes_who_waits),
	TEST(a_signal_ends_the_wait),
	TEST(the_end_of_a_process_undoes),
	TEST(what_is_undone_wakes_who_waits),
	TEST(a_value_that_is_set_is_not_undone),
	TEST(threads_undo_together),
	TEST(a_fork_has_nothing_to_undo),
	TEST(a_set_is_removed_with_its_undos),
	TEST(rights_are_heeded),
	TEST(a_set_tells_of_itself),
	TEST(the_table_tells_of_all),
	TEST(a_semaphore_is_a_lock),
)

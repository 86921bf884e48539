// SPDX-License-Identifier: MIT
/*
 * Signals that wait: which is taken first, which stay, and what counts against the limit. The
 * queues are those of the test's own thread, which ignores all signals and so is in nobody's way;
 * entries are put there by hand, since a kernel thread gets none from the sender.
 */

#include <kunit/test.h>

#include <linux/cred.h>
#include <linux/sched/jobctl.h>
#include <linux/sched/user.h>
#include <linux/slab.h>

#include "../signal.h"

static sigset_t none_blocked;

static spinlock_t *siglock(void)
{
	return &own_sighand()->siglock;
}

static int signal_suite_init(struct kunit *test)
{
	(void)test;
	flush_signals(current);
	return 0;
}

static void signal_suite_exit(struct kunit *test)
{
	(void)test;
	spin_lock_irq(siglock());
	current->jobctl = 0;
	current->signal->flags &= ~(SIGNAL_STOP_MASK);
	current->signal->group_stop_count = 0;
	sigemptyset(&current->blocked);
	spin_unlock_irq(siglock());
	flush_signals(current);
}

/* One entry at the end of @queue, told apart by @value. */
static void put(struct kunit *test, struct sigpending *queue, int sig, int code, int value)
{
	struct sigqueue *q = sigqueue_alloc_for(current, GFP_KERNEL, true);

	KUNIT_ASSERT_NOT_NULL(test, q);
	clear_siginfo(&q->info);
	q->info.si_signo = sig;
	q->info.si_code = code;
	q->info.si_int = value;
	spin_lock_irq(siglock());
	list_add_tail(&q->list, &queue->list);
	sigaddset(&queue->signal, sig);
	spin_unlock_irq(siglock());
}

static struct sigpending *own(void)
{
	return &current->pending;
}

static struct sigpending *shared(void)
{
	return &current->signal->shared_pending;
}

static int take(sigset_t *mask, kernel_siginfo_t *info, enum pid_type *type)
{
	int sig;

	spin_lock_irq(siglock());
	sig = dequeue_signal(mask, info, type);
	spin_unlock_irq(siglock());
	return sig;
}

static int take_one(sigset_t *mask)
{
	kernel_siginfo_t info;
	enum pid_type type;

	return take(mask, &info, &type);
}

static int take_value(int sig)
{
	kernel_siginfo_t info;
	enum pid_type type;

	return take(&none_blocked, &info, &type) == sig ? info.si_int : -1;
}

/* ---- order ---- */

static void the_lowest_number_comes_first(struct kunit *test)
{
	put(test, own(), SIGRTMIN + 3, SI_QUEUE, 0);
	put(test, own(), SIGUSR2, SI_USER, 0);
	put(test, own(), SIGRTMIN, SI_QUEUE, 0);
	put(test, own(), SIGHUP, SI_USER, 0);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGHUP);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGUSR2);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGRTMIN);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGRTMIN + 3);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), 0);
}

static void what_the_program_caused_comes_before_lower_numbers(struct kunit *test)
{
	put(test, own(), SIGHUP, SI_USER, 0);
	put(test, own(), SIGSEGV, SI_USER, 0);
	put(test, own(), SIGILL, SI_USER, 0);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGILL);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGSEGV);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGHUP);
}

static void a_fault_comes_before_one_sent_by_hand(struct kunit *test)
{
	kernel_siginfo_t info;

	put(test, own(), SIGILL, SI_USER, 1);
	put(test, own(), SIGSEGV, SEGV_MAPERR, 0);
	spin_lock_irq(siglock());
	KUNIT_EXPECT_EQ(test, dequeue_synchronous_signal(&info), SIGSEGV);
	KUNIT_EXPECT_EQ(test, info.si_code, SEGV_MAPERR);
	/* By hand it is no fault, whatever its number. */
	KUNIT_EXPECT_EQ(test, dequeue_synchronous_signal(&info), 0);
	spin_unlock_irq(siglock());
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGILL);
}

static void real_time_signals_keep_their_order_and_number(struct kunit *test)
{
	int i;

	for (i = 1; i <= 5; i++)
		put(test, own(), SIGRTMIN + 1, SI_QUEUE, i);
	for (i = 1; i <= 5; i++) {
		KUNIT_EXPECT_TRUE(test, sigismember(&own()->signal, SIGRTMIN + 1));
		KUNIT_EXPECT_EQ(test, take_value(SIGRTMIN + 1), i);
	}
	KUNIT_EXPECT_FALSE(test, sigismember(&own()->signal, SIGRTMIN + 1));
}

static void the_threads_own_come_before_the_process(struct kunit *test)
{
	kernel_siginfo_t info;
	enum pid_type type;

	put(test, shared(), SIGHUP, SI_USER, 0);
	put(test, own(), SIGTERM, SI_USER, 0);
	KUNIT_EXPECT_EQ(test, take(&none_blocked, &info, &type), SIGTERM);
	KUNIT_EXPECT_EQ(test, type, PIDTYPE_PID);
	KUNIT_EXPECT_EQ(test, take(&none_blocked, &info, &type), SIGHUP);
	KUNIT_EXPECT_EQ(test, type, PIDTYPE_TGID);
}

/* ---- masks ---- */

static void masked_ones_stay(struct kunit *test)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	put(test, own(), SIGUSR1, SI_USER, 0);
	put(test, shared(), SIGUSR2, SI_USER, 0);
	KUNIT_EXPECT_EQ(test, take_one(&mask), SIGUSR2);
	KUNIT_EXPECT_EQ(test, take_one(&mask), 0);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGUSR1);
}

static void the_flag_follows_what_can_be_taken(struct kunit *test)
{
	put(test, own(), SIGUSR1, SI_USER, 0);
	spin_lock_irq(siglock());
	recalc_sigpending();
	KUNIT_EXPECT_TRUE(test, signal_pending(current));
	sigaddset(&current->blocked, SIGUSR1);
	recalc_sigpending();
	KUNIT_EXPECT_FALSE(test, signal_pending(current));
	sigdelset(&current->blocked, SIGUSR1);
	recalc_sigpending();
	KUNIT_EXPECT_TRUE(test, signal_pending(current));
	spin_unlock_irq(siglock());
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGUSR1);
	KUNIT_EXPECT_FALSE(test, signal_pending(current));
}

/* As in a child that inherits what came while it was made: the set is there before the flag. */
static void a_new_task_finds_what_came_before_it_ran(struct kunit *test)
{
	put(test, shared(), SIGUSR1, SI_USER, 0);
	KUNIT_EXPECT_FALSE(test, signal_pending(current));
	calculate_sigpending();
	KUNIT_EXPECT_TRUE(test, signal_pending(current));
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGUSR1);
	calculate_sigpending();
	KUNIT_EXPECT_FALSE(test, signal_pending(current));
}

static void one_without_an_entry_is_from_nobody(struct kunit *test)
{
	kernel_siginfo_t info;
	enum pid_type type;

	memset(&info, 0xa5, sizeof(info));
	spin_lock_irq(siglock());
	sigaddset(&own()->signal, SIGUSR1);
	spin_unlock_irq(siglock());
	KUNIT_EXPECT_EQ(test, take(&none_blocked, &info, &type), SIGUSR1);
	KUNIT_EXPECT_EQ(test, info.si_code, SI_USER);
	KUNIT_EXPECT_EQ(test, info.si_pid, 0);
	KUNIT_EXPECT_EQ(test, info.si_uid, 0);
	KUNIT_EXPECT_FALSE(test, sigismember(&own()->signal, SIGUSR1));
}

/* ---- limits ---- */

static int queued_of_user(void)
{
	return atomic_read(&current_user()->sigpending);
}

static void entries_count_until_they_are_taken(struct kunit *test)
{
	int before = queued_of_user();

	put(test, own(), SIGRTMIN, SI_QUEUE, 1);
	put(test, shared(), SIGRTMIN, SI_QUEUE, 2);
	KUNIT_EXPECT_EQ(test, queued_of_user(), before + 2);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGRTMIN);
	KUNIT_EXPECT_EQ(test, queued_of_user(), before + 1);
	flush_signals(current);
	KUNIT_EXPECT_EQ(test, queued_of_user(), before);
}

static void at_the_limit_there_is_no_entry(struct kunit *test)
{
	struct rlimit *limit = &current->signal->rlim[RLIMIT_SIGPENDING], old = *limit;
	int before = queued_of_user();
	struct sigqueue *q, *over;

	limit->rlim_cur = before + 1;
	q = sigqueue_alloc_for(current, GFP_KERNEL, false);
	KUNIT_EXPECT_NOT_NULL(test, q);
	KUNIT_EXPECT_NULL(test, sigqueue_alloc_for(current, GFP_KERNEL, false));
	KUNIT_EXPECT_EQ(test, queued_of_user(), before + 1);
	over = sigqueue_alloc_for(current, GFP_KERNEL, true);
	KUNIT_EXPECT_NOT_NULL(test, over);
	*limit = old;
	if (q)
		sigqueue_put(q);
	if (over)
		sigqueue_put(over);
	KUNIT_EXPECT_EQ(test, queued_of_user(), before);
}

static void a_timers_entry_outlives_its_signal(struct kunit *test)
{
	struct sigqueue *q = sigqueue_alloc();
	int before = queued_of_user();

	KUNIT_ASSERT_NOT_NULL(test, q);
	clear_siginfo(&q->info);
	q->info.si_signo = SIGALRM;
	q->info.si_code = SI_TIMER;
	spin_lock_irq(siglock());
	list_add_tail(&q->list, &own()->list);
	sigaddset(&own()->signal, SIGALRM);
	spin_unlock_irq(siglock());
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGALRM);
	KUNIT_EXPECT_TRUE(test, list_empty(&q->list));
	KUNIT_EXPECT_EQ(test, queued_of_user(), before);
	sigqueue_free(q);
	KUNIT_EXPECT_EQ(test, queued_of_user(), before - 1);
}

static void flushing_takes_the_named_ones_only(struct kunit *test)
{
	sigset_t mask;

	put(test, own(), SIGRTMIN, SI_QUEUE, 1);
	put(test, own(), SIGUSR1, SI_USER, 2);
	put(test, own(), SIGRTMIN, SI_QUEUE, 3);
	sigemptyset(&mask);
	sigaddset(&mask, SIGRTMIN);
	spin_lock_irq(siglock());
	flush_sigqueue_mask(&mask, own());
	spin_unlock_irq(siglock());
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGUSR1);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), 0);
}

/* ---- stop and continue ---- */

static void send(struct kunit *test, int sig)
{
	spin_lock_irq(siglock());
	KUNIT_EXPECT_EQ(test, send_signal_locked(sig, SEND_SIG_PRIV, current, PIDTYPE_TGID), 0);
	spin_unlock_irq(siglock());
}

static void stops_and_continues_take_each_other_away(struct kunit *test)
{
	put(test, own(), SIGTSTP, SI_USER, 0);
	put(test, shared(), SIGTTIN, SI_USER, 0);
	put(test, shared(), SIGUSR1, SI_USER, 0);
	send(test, SIGCONT);	/* which is ignored itself, and does this all the same */
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), SIGUSR1);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), 0);

	put(test, shared(), SIGCONT, SI_USER, 0);
	send(test, SIGTTOU);
	KUNIT_EXPECT_EQ(test, take_one(&none_blocked), 0);
}

/* Ask the test's thread to stop, as one of @threads that count. */
static void ask_to_stop(struct kunit *test, int threads)
{
	current->signal->group_stop_count = threads;
	KUNIT_EXPECT_TRUE(test, task_set_jobctl_pending(current, SIGTSTP | JOBCTL_STOP_PENDING |
							JOBCTL_STOP_CONSUME));
}

static void the_last_thread_completes_the_stop(struct kunit *test)
{
	struct signal_struct *sig = current->signal;

	spin_lock_irq(siglock());
	ask_to_stop(test, 2);
	KUNIT_EXPECT_FALSE(test, task_participate_group_stop(current));
	KUNIT_EXPECT_EQ(test, sig->group_stop_count, 1);
	KUNIT_EXPECT_EQ(test, sig->flags & SIGNAL_STOP_STOPPED, 0);
	KUNIT_EXPECT_EQ(test, current->jobctl & JOBCTL_PENDING_MASK, 0);
	ask_to_stop(test, 1);
	KUNIT_EXPECT_TRUE(test, task_participate_group_stop(current));
	KUNIT_EXPECT_EQ(test, sig->group_stop_count, 0);
	KUNIT_EXPECT_EQ(test, sig->flags & SIGNAL_STOP_STOPPED, SIGNAL_STOP_STOPPED);
	/* Once it is stopped, one more that stops is no news. */
	ask_to_stop(test, 1);
	KUNIT_EXPECT_FALSE(test, task_participate_group_stop(current));
	spin_unlock_irq(siglock());
}

static void one_that_does_not_count_changes_nothing(struct kunit *test)
{
	struct signal_struct *sig = current->signal;

	spin_lock_irq(siglock());
	sig->group_stop_count = 1;
	KUNIT_EXPECT_TRUE(test, task_set_jobctl_pending(current, JOBCTL_STOP_PENDING));
	KUNIT_EXPECT_FALSE(test, task_participate_group_stop(current));
	KUNIT_EXPECT_EQ(test, sig->group_stop_count, 1);
	spin_unlock_irq(siglock());
}

static void a_continue_calls_an_unfinished_stop_off(struct kunit *test)
{
	struct signal_struct *sig = current->signal;

	spin_lock_irq(siglock());
	ask_to_stop(test, 3);
	spin_unlock_irq(siglock());
	send(test, SIGCONT);
	KUNIT_EXPECT_EQ(test, current->jobctl & JOBCTL_STOP_PENDING, 0);
	KUNIT_EXPECT_EQ(test, sig->group_stop_count, 0);
	/* To the parent it looks like a stop and a continuation. */
	KUNIT_EXPECT_EQ(test, sig->flags & SIGNAL_STOP_MASK,
			SIGNAL_CLD_STOPPED | SIGNAL_STOP_CONTINUED);
}

static struct kunit_case signal_cases[] = {
	KUNIT_CASE(the_lowest_number_comes_first),
	KUNIT_CASE(what_the_program_caused_comes_before_lower_numbers),
	KUNIT_CASE(a_fault_comes_before_one_sent_by_hand),
	KUNIT_CASE(real_time_signals_keep_their_order_and_number),
	KUNIT_CASE(the_threads_own_come_before_the_process),
	KUNIT_CASE(masked_ones_stay),
	KUNIT_CASE(the_flag_follows_what_can_be_taken),
	KUNIT_CASE(a_new_task_finds_what_came_before_it_ran),
	KUNIT_CASE(one_without_an_entry_is_from_nobody),
	KUNIT_CASE(entries_count_until_they_are_taken),
	KUNIT_CASE(at_the_limit_there_is_no_entry),
	KUNIT_CASE(a_timers_entry_outlives_its_signal),
	KUNIT_CASE(flushing_takes_the_named_ones_only),
	KUNIT_CASE(stops_and_continues_take_each_other_away),
	KUNIT_CASE(the_last_thread_completes_the_stop),
	KUNIT_CASE(one_that_does_not_count_changes_nothing),
	KUNIT_CASE(a_continue_calls_an_unfinished_stop_off),
	{}
};

static struct kunit_suite signal_suite = {
	.name = "signal",
	.init = signal_suite_init,
	.exit = signal_suite_exit,
	.test_cases = signal_cases,
};
kunit_test_suite(signal_suite);

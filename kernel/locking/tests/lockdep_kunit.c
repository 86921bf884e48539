// SPDX-License-Identifier: MIT
/*
 * The lock checker catches what it is for, and stays silent where there is nothing.
 *
 * Every case has classes of its own (static keys at each lock's initialiser), since what the
 * checker has seen once it knows for ever. The orders are tried one after the other in one task: no
 * test ever deadlocks, which is the point of the checker. Contexts (hard and soft interrupt) are
 * real ones.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static void take_both(spinlock_t *first, spinlock_t *second)
{
	spin_lock(first);
	spin_lock(second);
	spin_unlock(second);
	spin_unlock(first);
}

static void ab_ba_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);

	take_both(&a, &b);
	kunit_expect_report(test, REPORT_LOCKDEP);
	take_both(&b, &a);
}

static void same_order_is_fine(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);
	int i;

	for (i = 0; i < 10; i++)
		take_both(&a, &b);
}

static void a_cycle_of_four_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);
	static DEFINE_SPINLOCK(c);
	static DEFINE_SPINLOCK(d);

	take_both(&a, &b);
	take_both(&b, &c);
	take_both(&c, &d);
	kunit_expect_report(test, REPORT_LOCKDEP);
	take_both(&d, &a);
}

static void mutexes_and_rwsems_share_the_graph(struct kunit *test)
{
	static DEFINE_MUTEX(m);
	static DECLARE_RWSEM(s);

	mutex_lock(&m);
	down_read(&s);
	up_read(&s);
	mutex_unlock(&m);

	kunit_expect_report(test, REPORT_LOCKDEP);
	down_write(&s);
	mutex_lock(&m);
	mutex_unlock(&m);
	up_write(&s);
}

static void a_trylock_cannot_close_a_cycle(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);

	take_both(&a, &b);
	spin_lock(&b);
	KUNIT_EXPECT_TRUE(test, spin_trylock(&a));
	spin_unlock(&a);
	spin_unlock(&b);
}

static void a_lock_held_by_trylock_has_dependencies(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);

	KUNIT_EXPECT_TRUE(test, spin_trylock(&a));
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock(&a);
	kunit_expect_report(test, REPORT_LOCKDEP);
	take_both(&b, &a);
}

/* Two locks of one class: the checker cannot know an order between them. */
static void init_one_class(spinlock_t *lock)
{
	spin_lock_init(lock);
}

static void nesting_one_class_is_reported(struct kunit *test)
{
	spinlock_t a, b;

	init_one_class(&a);
	init_one_class(&b);
	kunit_expect_report(test, REPORT_LOCKDEP);
	take_both(&a, &b);
}

static void subclasses_allow_nesting(struct kunit *test)
{
	spinlock_t a, b;

	init_one_class(&a);
	init_one_class(&b);
	spin_lock(&a);
	spin_lock_nested(&b, SINGLE_DEPTH_NESTING);
	spin_unlock(&b);
	spin_unlock(&a);
}

/* Of two that were taken in order the inner one stays; it may be the outer one of the next two. */
static void a_held_lock_can_change_its_subclass(struct kunit *test)
{
	spinlock_t a, b;

	init_one_class(&a);
	init_one_class(&b);
	spin_lock(&a);
	spin_lock_nested(&b, SINGLE_DEPTH_NESTING);
	spin_unlock(&a);
	lock_set_subclass(&b.dep_map, 0, _THIS_IP_);
	spin_lock_nested(&a, SINGLE_DEPTH_NESTING);
	spin_unlock(&a);
	spin_unlock(&b);
}

static void an_inner_lock_that_stays_is_inner(struct kunit *test)
{
	spinlock_t a, b;

	init_one_class(&a);
	init_one_class(&b);
	kunit_expect_report(test, REPORT_LOCKDEP);
	spin_lock(&a);
	spin_lock_nested(&b, SINGLE_DEPTH_NESTING);
	spin_unlock(&a);
	spin_lock_nested(&a, SINGLE_DEPTH_NESTING);
	spin_unlock(&a);
	spin_unlock(&b);
}

static void a_nest_lock_allows_any_number(struct kunit *test)
{
	static DEFINE_MUTEX(outer);
	spinlock_t lock[4];
	int i;

	for (i = 0; i < 4; i++)
		init_one_class(&lock[i]);
	mutex_lock(&outer);
	for (i = 0; i < 4; i++)
		spin_lock_nest_lock(&lock[i], &outer);
	KUNIT_EXPECT_EQ(test, lockdep_is_held(&lock[0]), LOCK_STATE_HELD);
	for (i = 0; i < 4; i++)
		spin_unlock(&lock[i]);
	KUNIT_EXPECT_EQ(test, lockdep_is_held(&lock[3]), LOCK_STATE_NOT_HELD);
	mutex_unlock(&outer);
}

/* ---- readers ------------------------------------------------------------------------ */

static struct lockdep_map reader_a = STATIC_LOCKDEP_MAP_INIT("reader_a", &reader_a);
static struct lockdep_map reader_b = STATIC_LOCKDEP_MAP_INIT("reader_b", &reader_b);
static struct lockdep_map reader_c = STATIC_LOCKDEP_MAP_INIT("reader_c", &reader_c);
static struct lockdep_map reader_d = STATIC_LOCKDEP_MAP_INIT("reader_d", &reader_d);

static void recursive_readers_do_not_deadlock(struct kunit *test)
{
	/* Both orders, all as recursive readers: nobody ever waits. */
	lock_acquire_shared_recursive(&reader_a, 0, 0, NULL, _THIS_IP_);
	lock_acquire_shared_recursive(&reader_b, 0, 0, NULL, _THIS_IP_);
	lock_release(&reader_b, _THIS_IP_);
	lock_release(&reader_a, _THIS_IP_);

	lock_acquire_shared_recursive(&reader_b, 0, 0, NULL, _THIS_IP_);
	lock_acquire_shared_recursive(&reader_a, 0, 0, NULL, _THIS_IP_);
	lock_release(&reader_a, _THIS_IP_);
	lock_release(&reader_b, _THIS_IP_);

	/* Inside itself too. */
	lock_acquire_shared_recursive(&reader_a, 0, 0, NULL, _THIS_IP_);
	lock_acquire_shared_recursive(&reader_a, 0, 0, NULL, _THIS_IP_);
	lock_release(&reader_a, _THIS_IP_);
	lock_release(&reader_a, _THIS_IP_);
}

static void readers_behind_writers_do(struct kunit *test)
{
	/* c read (not recursive) under d written, then d written under c read. */
	lock_acquire_exclusive(&reader_d, 0, 0, NULL, _THIS_IP_);
	lock_acquire_shared(&reader_c, 0, 0, NULL, _THIS_IP_);
	lock_release(&reader_c, _THIS_IP_);
	lock_release(&reader_d, _THIS_IP_);

	kunit_expect_report(test, REPORT_LOCKDEP);
	lock_acquire_shared(&reader_c, 0, 0, NULL, _THIS_IP_);
	lock_acquire_exclusive(&reader_d, 0, 0, NULL, _THIS_IP_);
	lock_release(&reader_d, _THIS_IP_);
	lock_release(&reader_c, _THIS_IP_);
}

static void recursive_read_of_an_rwsem_is_reported(struct kunit *test)
{
	static DECLARE_RWSEM(s);

	down_read(&s);
	kunit_expect_report(test, REPORT_LOCKDEP);
	down_read(&s);
	up_read(&s);
	up_read(&s);
}

/* ---- interrupts ---------------------------------------------------------------------- */

/* Run @fn in a hard interrupt of this CPU, and wait for it. */
static spinlock_t *irq_lock;

static void take_in_irq(struct irq_work *work)
{
	spin_lock(irq_lock);
	spin_unlock(irq_lock);
}

static void in_hard_irq(spinlock_t *lock)
{
	struct irq_work work = IRQ_WORK_INIT_HARD(take_in_irq);

	irq_lock = lock;
	irq_work_queue(&work);
	irq_work_sync(&work);
}

static void take_in_tasklet(struct tasklet_struct *t)
{
	spin_lock(irq_lock);
	spin_unlock(irq_lock);
}

static void in_soft_irq(spinlock_t *lock)
{
	struct tasklet_struct t;

	irq_lock = lock;
	tasklet_setup(&t, take_in_tasklet);
	tasklet_schedule(&t);
	tasklet_kill(&t);
}

static void a_lock_taken_in_irqs_and_with_irqs_on_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	in_hard_irq(&lock);
	kunit_expect_report(test, REPORT_LOCKDEP);
	spin_lock(&lock);
	spin_unlock(&lock);
}

static void the_same_in_the_other_order(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	spin_unlock(&lock);
	kunit_expect_report(test, REPORT_LOCKDEP);
	in_hard_irq(&lock);
}

static void irqsave_makes_it_right(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	unsigned long flags;

	in_hard_irq(&lock);
	spin_lock_irqsave(&lock, flags);
	spin_unlock_irqrestore(&lock, flags);
}

static void a_lock_taken_in_softirqs_wants_bh_off(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	in_soft_irq(&lock);
	spin_lock_bh(&lock);
	spin_unlock_bh(&lock);
	kunit_expect_report(test, REPORT_LOCKDEP);
	spin_lock(&lock);
	spin_unlock(&lock);
}

static void enabling_irqs_with_an_irq_lock_held_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	in_hard_irq(&lock);
	kunit_expect_report(test, REPORT_LOCKDEP);
	spin_lock_irq(&lock);
	local_irq_enable();
	local_irq_disable();
	spin_unlock_irq(&lock);
}

/* safe -> unsafe: the interrupt takes a; b is taken with interrupts on; then b under a. */
static void an_irq_safe_lock_over_an_unsafe_one_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);

	in_hard_irq(&a);
	spin_lock(&b);
	spin_unlock(&b);
	kunit_expect_report(test, REPORT_LOCKDEP);
	spin_lock_irq(&a);
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock_irq(&a);
}

/* The edge first, through a third lock; the usage that makes it a danger comes last. */
static void an_inversion_along_a_path_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);
	static DEFINE_SPINLOCK(c);

	local_irq_disable();
	take_both(&a, &b);
	take_both(&b, &c);
	local_irq_enable();
	in_hard_irq(&a);
	kunit_expect_report(test, REPORT_LOCKDEP);
	spin_lock(&c);
	spin_unlock(&c);
}

/* ---- wait types ------------------------------------------------------------------------ */

static void a_mutex_under_a_spin_lock_is_reported(struct kunit *test)
{
	static DEFINE_SPINLOCK(spin);
	static struct lockdep_map sleeping = {
		.name = "sleeping", .key = (void *)&sleeping, .wait_type_inner = LD_WAIT_SLEEP,
	};

	spin_lock(&spin);
	kunit_expect_report(test, REPORT_LOCKDEP);
	/* As mutex_lock() would say it, without its might_sleep(). */
	lock_acquire_exclusive(&sleeping, 0, 0, NULL, _THIS_IP_);
	lock_release(&sleeping, _THIS_IP_);
	spin_unlock(&spin);
}

static void a_spin_lock_under_a_mutex_is_fine(struct kunit *test)
{
	static DEFINE_SPINLOCK(spin);
	static DEFINE_MUTEX(mutex);

	mutex_lock(&mutex);
	spin_lock(&spin);
	spin_unlock(&spin);
	mutex_unlock(&mutex);
}

/* ---- bookkeeping ------------------------------------------------------------------------- */

static void held_locks_are_known(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	static DECLARE_RWSEM(sem);

	KUNIT_EXPECT_EQ(test, lockdep_is_held(&lock), LOCK_STATE_NOT_HELD);
	spin_lock(&lock);
	KUNIT_EXPECT_EQ(test, lockdep_is_held(&lock), LOCK_STATE_HELD);
	lockdep_assert_held(&lock);
	spin_unlock(&lock);
	lockdep_assert_not_held(&lock);

	down_read(&sem);
	KUNIT_EXPECT_EQ(test, lockdep_is_held_type(&sem, 1), LOCK_STATE_HELD);
	KUNIT_EXPECT_EQ(test, lockdep_is_held_type(&sem, 0), LOCK_STATE_NOT_HELD);
	up_read(&sem);
	down_write(&sem);
	lockdep_assert_held_write(&sem);
	downgrade_write(&sem);
	lockdep_assert_held_read(&sem);
	up_read(&sem);
}

static void assert_held_warns_without_the_lock(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);

	kunit_expect_report(test, REPORT_WARN);
	lockdep_assert_held(&lock);
}

static void locks_may_be_released_in_any_order(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);
	static DEFINE_SPINLOCK(c);
	int depth = current->lockdep_depth;

	spin_lock(&a);
	spin_lock(&b);
	spin_lock(&c);
	spin_unlock(&b);
	KUNIT_EXPECT_EQ(test, lockdep_is_held(&a), LOCK_STATE_HELD);
	KUNIT_EXPECT_EQ(test, lockdep_is_held(&c), LOCK_STATE_HELD);
	spin_unlock(&a);
	spin_unlock(&c);
	KUNIT_EXPECT_EQ(test, current->lockdep_depth, depth);
}

static void releasing_what_is_not_held_is_reported(struct kunit *test)
{
	static struct lockdep_map map = STATIC_LOCKDEP_MAP_INIT("never_taken", &map);

	kunit_expect_report(test, REPORT_LOCKDEP);
	lock_release(&map, _THIS_IP_);
}

static void freeing_a_held_lock_is_reported(struct kunit *test)
{
	spinlock_t *lock = kunit_kzalloc(test, sizeof(*lock), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, lock);
	spin_lock_init(lock);
	spin_lock(lock);
	kunit_expect_report(test, REPORT_LOCKDEP);
	debug_check_no_locks_freed(lock, sizeof(*lock));
	spin_unlock(lock);
}

static void might_lock_checks_without_taking(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);

	spin_lock(&a);
	might_lock(&b);
	spin_unlock(&a);
	kunit_expect_report(test, REPORT_LOCKDEP);
	spin_lock(&b);
	might_lock(&a);
	spin_unlock(&b);
}

static void lockdep_off_is_blind(struct kunit *test)
{
	static DEFINE_SPINLOCK(a);
	static DEFINE_SPINLOCK(b);

	take_both(&a, &b);
	lockdep_off();
	take_both(&b, &a);
	lockdep_on();
}

static void a_registered_key_can_be_forgotten(struct kunit *test)
{
	static DEFINE_SPINLOCK(other);
	struct lock_class_key *key = kunit_kzalloc(test, sizeof(*key), GFP_KERNEL);
	spinlock_t lock;

	KUNIT_ASSERT_NOT_NULL(test, key);
	lockdep_register_key(key);
	spin_lock_init(&lock);
	lockdep_set_class(&lock, key);
	take_both(&lock, &other);
	lockdep_unregister_key(key);

	/* The same memory as a new class: the old order is gone. */
	lockdep_register_key(key);
	lockdep_set_class(&lock, key);
	take_both(&other, &lock);
	lockdep_unregister_key(key);
}

static void interrupt_state_is_followed(struct kunit *test)
{
	unsigned long flags;

	KUNIT_EXPECT_TRUE(test, lockdep_hardirqs_enabled());
	KUNIT_EXPECT_TRUE(test, lockdep_softirqs_enabled(current));
	local_irq_save(flags);
	KUNIT_EXPECT_FALSE(test, lockdep_hardirqs_enabled());
	lockdep_assert_irqs_disabled();
	local_irq_restore(flags);
	lockdep_assert_irqs_enabled();
	local_bh_disable();
	KUNIT_EXPECT_FALSE(test, lockdep_softirqs_enabled(current));
	local_bh_enable();
	KUNIT_EXPECT_TRUE(test, lockdep_softirqs_enabled(current));
}

static void seqcount_writer_inside_its_reader_lock_is_checked(struct kunit *test)
{
	static DEFINE_SPINLOCK(lock);
	static seqcount_spinlock_t s = SEQCNT_SPINLOCK_ZERO(s, &lock);

	/* Writing without the lock that the type names. */
	kunit_expect_report(test, REPORT_WARN);
	preempt_disable();
	write_seqcount_begin(&s);
	write_seqcount_end(&s);
	preempt_enable();
}

/* Planted reports must leave the checker on. */
static void the_checker_is_still_on(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, debug_locks, 1);
}

static struct kunit_case lockdep_cases[] = {
	KUNIT_CASE(ab_ba_is_reported),
	KUNIT_CASE(same_order_is_fine),
	KUNIT_CASE(a_cycle_of_four_is_reported),
	KUNIT_CASE(mutexes_and_rwsems_share_the_graph),
	KUNIT_CASE(a_trylock_cannot_close_a_cycle),
	KUNIT_CASE(a_lock_held_by_trylock_has_dependencies),
	KUNIT_CASE(nesting_one_class_is_reported),
	KUNIT_CASE(subclasses_allow_nesting),
	KUNIT_CASE(a_held_lock_can_change_its_subclass),
	KUNIT_CASE(an_inner_lock_that_stays_is_inner),
	KUNIT_CASE(a_nest_lock_allows_any_number),
	KUNIT_CASE(recursive_readers_do_not_deadlock),
	KUNIT_CASE(readers_behind_writers_do),
	KUNIT_CASE(recursive_read_of_an_rwsem_is_reported),
	KUNIT_CASE(a_lock_taken_in_irqs_and_with_irqs_on_is_reported),
	KUNIT_CASE(the_same_in_the_other_order),
	KUNIT_CASE(irqsave_makes_it_right),
	KUNIT_CASE(a_lock_taken_in_softirqs_wants_bh_off),
	KUNIT_CASE(enabling_irqs_with_an_irq_lock_held_is_reported),
	KUNIT_CASE(an_irq_safe_lock_over_an_unsafe_one_is_reported),
	KUNIT_CASE(an_inversion_along_a_path_is_reported),
	KUNIT_CASE(a_mutex_under_a_spin_lock_is_reported),
	KUNIT_CASE(a_spin_lock_under_a_mutex_is_fine),
	KUNIT_CASE(held_locks_are_known),
	KUNIT_CASE(assert_held_warns_without_the_lock),
	KUNIT_CASE(locks_may_be_released_in_any_order),
	KUNIT_CASE(releasing_what_is_not_held_is_reported),
	KUNIT_CASE(freeing_a_held_lock_is_reported),
	KUNIT_CASE(might_lock_checks_without_taking),
	KUNIT_CASE(lockdep_off_is_blind),
	KUNIT_CASE(a_registered_key_can_be_forgotten),
	KUNIT_CASE(interrupt_state_is_followed),
	KUNIT_CASE(seqcount_writer_inside_its_reader_lock_is_checked),
	KUNIT_CASE(the_checker_is_still_on),
	{}
};

static struct kunit_suite lockdep_suite = {
	.name = "lockdep",
	.test_cases = lockdep_cases,
};
kunit_test_suite(lockdep_suite);

MODULE_LICENSE("MIT");

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

/*
 * Sleep until a bit is clear, or until a variable changes, without a wait queue beside it: the
 * address hashes to one of a few shared queues, and each waiter carries the (word, bit) it means.
 *
 * The waker clears the bit, orders that before the look at the queue (clear_and_wake_up_bit() and
 * store_release_wake_up() do), and calls wake_up_bit() or wake_up_var().
 */

#include <linux/wait.h>

struct wait_bit_key {
	unsigned long *flags;
	int bit_nr;
	unsigned long timeout;
};

struct wait_bit_queue_entry {
	struct wait_bit_key key;
	struct wait_queue_entry wq_entry;
};

#define __WAIT_BIT_KEY_INITIALIZER(word, bit)	{ .flags = word, .bit_nr = bit, }

/* The sleep itself, chosen by the caller; nonzero ends the wait with that error. */
typedef int wait_bit_action_f(struct wait_bit_key *key, int mode);

void __wake_up_bit(struct wait_queue_head *wq_head, unsigned long *word, int bit);
int __wait_on_bit(struct wait_queue_head *wq_head, struct wait_bit_queue_entry *wbq_entry,
		  wait_bit_action_f *action, unsigned int mode);
int __wait_on_bit_lock(struct wait_queue_head *wq_head, struct wait_bit_queue_entry *wbq_entry,
		       wait_bit_action_f *action, unsigned int mode);
void wake_up_bit(unsigned long *word, int bit);
int out_of_line_wait_on_bit(unsigned long *word, int bit, wait_bit_action_f *action,
			    unsigned int mode);
int out_of_line_wait_on_bit_timeout(unsigned long *word, int bit, wait_bit_action_f *action,
				    unsigned int mode, unsigned long timeout);
int out_of_line_wait_on_bit_lock(unsigned long *word, int bit, wait_bit_action_f *action,
				 unsigned int mode);
struct wait_queue_head *bit_waitqueue(unsigned long *word, int bit);
void __init wait_bit_init(void);
int wake_bit_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key);

/** DEFINE_WAIT_BIT - an entry on the stack, of current, for a bit of a word */
#define DEFINE_WAIT_BIT(name, word, bit) \
	struct wait_bit_queue_entry name = { \
		.key = __WAIT_BIT_KEY_INITIALIZER(word, bit), \
		.wq_entry = { \
			.private = current, \
			.func = wake_bit_function, \
			.entry = LIST_HEAD_INIT((name).wq_entry.entry), \
		}, \
	}

int bit_wait(struct wait_bit_key *key, int mode);
int bit_wait_io(struct wait_bit_key *key, int mode);
int bit_wait_timeout(struct wait_bit_key *key, int mode);

/**
 * wait_on_bit - sleep until a bit is clear
 * @word: the word
 * @bit: its number in @word
 * @mode: task state to sleep in
 *
 * Return: 0 with acquire ordering after the bit was seen clear; -EINTR on a signal, if @mode
 * allows.
 */
static inline int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_bit_acquire(bit, word))
		return 0;
	return out_of_line_wait_on_bit(word, bit, bit_wait, mode);
}

/** wait_on_bit_io - wait_on_bit() that counts as waiting for a device */
static inline int wait_on_bit_io(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_bit_acquire(bit, word))
		return 0;
	return out_of_line_wait_on_bit(word, bit, bit_wait_io, mode);
}

/**
 * wait_on_bit_timeout - wait_on_bit() with an end
 *
 * Return: 0, -EINTR, -EAGAIN after @timeout jiffies.
 */
static inline int wait_on_bit_timeout(unsigned long *word, int bit, unsigned int mode,
				      unsigned long timeout)
{
	might_sleep();
	if (!test_bit_acquire(bit, word))
		return 0;
	return out_of_line_wait_on_bit_timeout(word, bit, bit_wait_timeout, mode, timeout);
}

/** wait_on_bit_action - wait_on_bit() that sleeps by @action, whose error ends it */
static inline int wait_on_bit_action(unsigned long *word, int bit, wait_bit_action_f *action,
				     unsigned int mode)
{
	might_sleep();
	if (!test_bit_acquire(bit, word))
		return 0;
	return out_of_line_wait_on_bit(word, bit, action, mode);
}

/**
 * wait_on_bit_lock - wait for a bit to be clear, and set it
 * @word: the word
 * @bit: its number in there
 * @mode: TASK_UNINTERRUPTIBLE ...
 *
 * The wait is exclusive: one waiter proceeds per wake-up.
 *
 * Context: may sleep.
 * Return: 0: the bit is ours; -EINTR for a signal that @mode lets in.
 */
static inline int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_and_set_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit_lock(word, bit, bit_wait, mode);
}

/** wait_on_bit_lock_io - wait_on_bit_lock() that counts as waiting for a device */
static inline int wait_on_bit_lock_io(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_and_set_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit_lock(word, bit, bit_wait_io, mode);
}

/** wait_on_bit_lock_action - wait_on_bit_lock() that sleeps by @action, whose error ends it */
static inline int wait_on_bit_lock_action(unsigned long *word, int bit, wait_bit_action_f *action,
					  unsigned int mode)
{
	might_sleep();
	if (!test_and_set_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit_lock(word, bit, action, mode);
}

void init_wait_var_entry(struct wait_bit_queue_entry *wbq_entry, void *var, int flags);
void wake_up_var(void *var);
struct wait_queue_head *__var_waitqueue(void *p);

#define ___wait_var_event(var, condition, state, exclusive, ret, cmd) \
({ \
	__label__ __out; \
	struct wait_queue_head *__wq_head = __var_waitqueue(var); \
	struct wait_bit_queue_entry __wbq_entry; \
	long __ret = ret; \
	\
	init_wait_var_entry(&__wbq_entry, var, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0); \
	for (;;) { \
		long __int = prepare_to_wait_event(__wq_head, &__wbq_entry.wq_entry, state); \
		\
		if (condition) \
			break; \
		if (___wait_is_interruptible(state) && __int) { \
			__ret = __int; \
			goto __out; \
		} \
		cmd; \
	} \
	finish_wait(__wq_head, &__wbq_entry.wq_entry); \
__out:	__ret; \
})

/**
 * wait_var_event - sleep until a condition that depends on a variable
 * @var: its address, which wakers give to wake_up_var()
 * @condition: evaluated before sleeping and after each wake-up
 *
 * Context: may sleep.
 */
#define wait_var_event(var, condition) \
do { \
	might_sleep(); \
	if (condition) \
		break; \
	(void)___wait_var_event(var, condition, TASK_UNINTERRUPTIBLE, 0, 0, schedule()); \
} while (0)

/** wait_var_event_io - wait_var_event() that counts as waiting for I/O */
#define wait_var_event_io(var, condition) \
do { \
	might_sleep(); \
	if (condition) \
		break; \
	(void)___wait_var_event(var, condition, TASK_UNINTERRUPTIBLE, 0, 0, io_schedule()); \
} while (0)

/**
 * wait_var_event_killable - wait_var_event(), or a fatal signal
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_var_event_killable(var, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = ___wait_var_event(var, condition, TASK_KILLABLE, 0, 0, schedule()); \
	__ret; \
})

/**
 * wait_var_event_interruptible - wait_var_event(), or a signal
 *
 * Return: 0, -ERESTARTSYS.
 */
#define wait_var_event_interruptible(var, condition) \
({ \
	int __ret = 0; \
	\
	might_sleep(); \
	if (!(condition)) \
		__ret = ___wait_var_event(var, condition, TASK_INTERRUPTIBLE, 0, 0, schedule()); \
	__ret; \
})

/**
 * wait_var_event_timeout - wait_var_event() for at most @timeout jiffies
 *
 * Return: the jiffies left, at least 1; 0 when time was up.
 */
#define wait_var_event_timeout(var, condition, timeout) \
({ \
	long __ret = timeout; \
	\
	might_sleep(); \
	if (!___wait_cond_timeout(condition)) \
		__ret = ___wait_var_event(var, ___wait_cond_timeout(condition), \
					  TASK_UNINTERRUPTIBLE, 0, timeout, \
					  __ret = schedule_timeout(__ret)); \
	__ret; \
})

/** clear_and_wake_up_bit - clear a bit with release, and wake who waits for it */
static inline void clear_and_wake_up_bit(int bit, unsigned long *word)
{
	clear_bit_unlock(bit, word);
	smp_mb__after_atomic();		/* the clear before the queue; pairs with the waiter's
					 * set_current_state() */
	wake_up_bit(word, bit);
}

/** test_and_clear_wake_up_bit - clear a bit and wake who waits for it. Return: was it set? */
static inline bool test_and_clear_wake_up_bit(int bit, unsigned long *word)
{
	if (!test_and_clear_bit(bit, word))
		return false;
	wake_up_bit(word, bit);
	return true;
}

/**
 * atomic_dec_and_wake_up - take one off, and wake who waits for it to be 0
 *
 * Return: is it 0 now?.
 */
static inline bool atomic_dec_and_wake_up(atomic_t *var)
{
	if (!atomic_dec_and_test(var))
		return false;
	wake_up_var(var);
	return true;
}

/**
 * store_release_wake_up - store, and wake who waits for that in wait_var_event()
 * @var: the variable's address
 * @val: the value; what was stored before is seen by who sees it
 */
#define store_release_wake_up(var, val) \
do { \
	smp_store_release(var, val); \
	smp_mb();	/* the store before the queue, as above */ \
	wake_up_var(var); \
} while (0)

#endif /* _LINUX_WAIT_BIT_H */

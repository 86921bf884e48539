// SPDX-License-Identifier: MIT
/*
 * Waiting for bits and variables by address; see linux/wait_bit.h.
 *
 * One array of wait queues serves all. A waiter's entry carries what it waits for, and a wake-up
 * passes its own (word, bit) as the key: the callback ignores the others that hashed to the queue.
 * A variable is a key with a word but no bit (-1).
 */

#include <linux/hash.h>
#include <linux/jiffies.h>
#include <linux/wait_bit.h>

#include "sched.h"

#define WAIT_TABLE_BITS	8
#define WAIT_TABLE_SIZE	(1 << WAIT_TABLE_BITS)

static struct wait_queue_head bit_wait_table[WAIT_TABLE_SIZE] __cacheline_aligned;

/**
 * bit_waitqueue - the queue that serves a bit, and others
 * @word: the word
 * @bit: its number
 */
struct wait_queue_head *bit_waitqueue(unsigned long *word, int bit)
{
	const int shift = BITS_PER_LONG == 64 ? 6 : 5;
	unsigned long val = (unsigned long)word << shift | bit;

	return bit_wait_table + hash_long(val, WAIT_TABLE_BITS);
}
EXPORT_SYMBOL(bit_waitqueue);

/* ---- bits ---- */

/**
 * wake_bit_function - the callback that wakes only for its own bit, and if that is clear
 * @wq_entry: within a struct wait_bit_queue_entry
 * @mode: task states to wake
 * @sync: WF_*
 * @arg: the struct wait_bit_key of who wakes
 *
 * Return: as default_wake_function().
 */
int wake_bit_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *arg)
{
	struct wait_bit_key *key = arg;
	struct wait_bit_queue_entry *wait_bit =
		container_of(wq_entry, struct wait_bit_queue_entry, wq_entry);

	if (wait_bit->key.flags != key->flags || wait_bit->key.bit_nr != key->bit_nr ||
	    test_bit(key->bit_nr, key->flags))
		return 0;
	return autoremove_wake_function(wq_entry, mode, sync, key);
}
EXPORT_SYMBOL(wake_bit_function);

/**
 * __wait_on_bit - sleep until a bit is clear
 * @wq_head: its queue
 * @wbq_entry: the entry; its key says which bit
 * @action: one sleep: bit_wait() and its kin
 * @mode: to sleep in
 *
 * Return: 0; or what @action returned, if the bit is set still.
 */
int __wait_on_bit(struct wait_queue_head *wq_head, struct wait_bit_queue_entry *wbq_entry,
		  wait_bit_action_f *action, unsigned int mode)
{
	int ret = 0;

	do {
		prepare_to_wait(wq_head, &wbq_entry->wq_entry, mode);
		if (test_bit(wbq_entry->key.bit_nr, wbq_entry->key.flags))
			ret = action(&wbq_entry->key, mode);
	} while (test_bit_acquire(wbq_entry->key.bit_nr, wbq_entry->key.flags) && !ret);
	finish_wait(wq_head, &wbq_entry->wq_entry);
	return ret;
}
EXPORT_SYMBOL(__wait_on_bit);

/**
 * out_of_line_wait_on_bit - wait_on_bit() when the bit was found set
 * @word: the word
 * @bit: its number
 * @action: one sleep
 * @mode: to sleep in
 *
 * Return: as __wait_on_bit().
 */
int out_of_line_wait_on_bit(unsigned long *word, int bit, wait_bit_action_f *action,
			    unsigned int mode)
{
	struct wait_queue_head *wq_head = bit_waitqueue(word, bit);
	DEFINE_WAIT_BIT(wq_entry, word, bit);

	return __wait_on_bit(wq_head, &wq_entry, action, mode);
}
EXPORT_SYMBOL(out_of_line_wait_on_bit);

/**
 * out_of_line_wait_on_bit_timeout - out_of_line_wait_on_bit(), not for ever
 * @word: the word
 * @bit: its number
 * @action: one sleep: bit_wait_timeout()
 * @mode: to sleep in
 * @timeout: jiffies
 *
 * Return: as __wait_on_bit(), -EAGAIN when the time is up.
 */
int out_of_line_wait_on_bit_timeout(unsigned long *word, int bit, wait_bit_action_f *action,
				    unsigned int mode, unsigned long timeout)
{
	struct wait_queue_head *wq_head = bit_waitqueue(word, bit);
	DEFINE_WAIT_BIT(wq_entry, word, bit);

	wq_entry.key.timeout = jiffies + timeout;
	return __wait_on_bit(wq_head, &wq_entry, action, mode);
}
EXPORT_SYMBOL(out_of_line_wait_on_bit_timeout);

/**
 * __wait_on_bit_lock - sleep until we are the one who has set the bit
 * @wq_head: its queue
 * @wbq_entry: the entry; its key says which bit
 * @action: one sleep
 * @mode: to sleep in
 *
 * Exclusive: one waiter per wake-up. One that gives up on a signal may have been woken at that
 * moment; finish_wait() takes it off first, and then it tries for the bit once more, so that no
 * wake-up is swallowed.
 *
 * Return: 0: the bit is ours; or what @action returned.
 */
int __wait_on_bit_lock(struct wait_queue_head *wq_head, struct wait_bit_queue_entry *wbq_entry,
		       wait_bit_action_f *action, unsigned int mode)
{
	int ret = 0;

	for (;;) {
		prepare_to_wait_exclusive(wq_head, &wbq_entry->wq_entry, mode);
		if (test_bit(wbq_entry->key.bit_nr, wbq_entry->key.flags)) {
			ret = action(&wbq_entry->key, mode);
			if (ret)
				finish_wait(wq_head, &wbq_entry->wq_entry);
		}
		if (!test_and_set_bit(wbq_entry->key.bit_nr, wbq_entry->key.flags)) {
			if (!ret)
				finish_wait(wq_head, &wbq_entry->wq_entry);
			return 0;
		}
		if (ret)
			return ret;
	}
}
EXPORT_SYMBOL(__wait_on_bit_lock);

/**
 * out_of_line_wait_on_bit_lock - wait_on_bit_lock() when the bit was found set
 * @word: the word
 * @bit: its number
 * @action: one sleep
 * @mode: to sleep in
 *
 * Return: as __wait_on_bit_lock().
 */
int out_of_line_wait_on_bit_lock(unsigned long *word, int bit, wait_bit_action_f *action,
				 unsigned int mode)
{
	struct wait_queue_head *wq_head = bit_waitqueue(word, bit);
	DEFINE_WAIT_BIT(wq_entry, word, bit);

	return __wait_on_bit_lock(wq_head, &wq_entry, action, mode);
}
EXPORT_SYMBOL(out_of_line_wait_on_bit_lock);

/**
 * __wake_up_bit - wake_up_bit() of one who knows the queue
 * @wq_head: bit_waitqueue() of the bit
 * @word: the word
 * @bit: its number
 */
void __wake_up_bit(struct wait_queue_head *wq_head, unsigned long *word, int bit)
{
	struct wait_bit_key key = __WAIT_BIT_KEY_INITIALIZER(word, bit);

	if (waitqueue_active(wq_head))
		__wake_up(wq_head, TASK_NORMAL, 1, &key);
}
EXPORT_SYMBOL(__wake_up_bit);

/**
 * wake_up_bit - wake those who wait for a bit
 * @word: the word
 * @bit: its number
 *
 * The caller cleared the bit and put smp_mb() or the like after it.
 */
void wake_up_bit(unsigned long *word, int bit)
{
	__wake_up_bit(bit_waitqueue(word, bit), word, bit);
}
EXPORT_SYMBOL(wake_up_bit);

/* ---- the sleeps ---- */

/**
 * bit_wait - the sleep of most waits for a bit
 * @word: which bit; ignored
 * @mode: the state in which the task is
 *
 * Return: 0, -EINTR.
 */
int bit_wait(struct wait_bit_key *word, int mode)
{
	(void)word;
	schedule();
	return signal_pending_state(mode, current) ? -EINTR : 0;
}
EXPORT_SYMBOL(bit_wait);

/**
 * bit_wait_io - bit_wait(), counted as waiting for a device
 * @word: which bit; ignored
 * @mode: the state in which the task is
 *
 * Return: 0, -EINTR.
 */
int bit_wait_io(struct wait_bit_key *word, int mode)
{
	(void)word;
	io_schedule();
	return signal_pending_state(mode, current) ? -EINTR : 0;
}
EXPORT_SYMBOL(bit_wait_io);

/**
 * bit_wait_timeout - bit_wait() until word->timeout
 * @word: its timeout is a time in jiffies
 * @mode: the state in which the task is
 *
 * Return: 0, -EINTR, -EAGAIN.
 */
int bit_wait_timeout(struct wait_bit_key *word, int mode)
{
	unsigned long now = READ_ONCE(jiffies);

	if (time_after_eq(now, word->timeout))
		return -EAGAIN;
	schedule_timeout(word->timeout - now);
	return signal_pending_state(mode, current) ? -EINTR : 0;
}
EXPORT_SYMBOL(bit_wait_timeout);

/* ---- variables ---- */

/**
 * __var_waitqueue - the queue that serves a variable, and others
 * @p: its address
 */
struct wait_queue_head *__var_waitqueue(void *p)
{
	return bit_wait_table + hash_ptr(p, WAIT_TABLE_BITS);
}
EXPORT_SYMBOL(__var_waitqueue);

static int var_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync,
			     void *arg)
{
	struct wait_bit_key *key = arg;
	struct wait_bit_queue_entry *wbq_entry =
		container_of(wq_entry, struct wait_bit_queue_entry, wq_entry);

	if (wbq_entry->key.flags != key->flags || wbq_entry->key.bit_nr != key->bit_nr)
		return 0;
	return autoremove_wake_function(wq_entry, mode, sync, key);
}

/**
 * init_wait_var_entry - an entry for the running task, woken for one variable only
 * @wbq_entry: the entry
 * @var: the variable's address
 * @flags: WQ_FLAG_*
 */
void init_wait_var_entry(struct wait_bit_queue_entry *wbq_entry, void *var, int flags)
{
	*wbq_entry = (struct wait_bit_queue_entry) {
		.key = {
			.flags = var,
			.bit_nr = -1,
		},
		.wq_entry = {
			.flags = flags,
			.private = current,
			.func = var_wake_function,
			.entry = LIST_HEAD_INIT(wbq_entry->wq_entry.entry),
		},
	};
}
EXPORT_SYMBOL(init_wait_var_entry);

/**
 * wake_up_var - wake those who wait for a variable
 * @var: its address
 *
 * The caller changed it and put smp_mb() or the like after it.
 */
void wake_up_var(void *var)
{
	__wake_up_bit(__var_waitqueue(var), var, -1);
}
EXPORT_SYMBOL(wake_up_var);

/**
 * wait_bit_init - make the table of queues that all bits share
 *
 * Context: boot, before the first sleep.
 */
void __init wait_bit_init(void)
{
	int i;

	for (i = 0; i < WAIT_TABLE_SIZE; i++)
		init_waitqueue_head(bit_wait_table + i);
}

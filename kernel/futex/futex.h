/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_FUTEX_FUTEX_H
#define _KERNEL_FUTEX_FUTEX_H

/* What the files of this folder share. */

#include <linux/futex.h>
#include <linux/hrtimer.h>
#include <linux/plist.h>
#include <linux/rtmutex.h>
#include <linux/sched/wake_q.h>
#include <linux/spinlock.h>

#define FLAGS_SHARED	0x01	/* found by file and offset */
#define FLAGS_CLOCKRT	0x02	/* an absolute timeout of CLOCK_REALTIME */
#define FLAGS_TIMEOUT	0x04	/* a restart block has a timeout */

/**
 * union futex_key - which futex is it?
 * @private: address space and address
 * @shared: the file's inode by its sequence number, and the page in it
 * @both: for comparing; @both.offset: in the page, with FUT_OFF_INODE in its low bits, which an
 * aligned address leaves free
 */
union futex_key {
	struct {
		struct mm_struct *mm;
		unsigned long address;
		unsigned int offset;
	} private;
	struct {
		u64 i_seq;
		unsigned long pgoff;
		unsigned int offset;
	} shared;
	struct {
		u64 ptr;
		unsigned long word;
		unsigned int offset;
	} both;
};

#define FUT_OFF_INODE	1
#define FUTEX_KEY_INIT	((union futex_key) { .both = { .ptr = 0 } })

/**
 * struct futex_hash_bucket - waiters whose keys hash alike
 * @waiters: who waits or is about to; a waker that sees none needn't take the lock
 * @lock: guards @chain
 * @chain: struct futex_q by priority, then age
 */
struct futex_hash_bucket {
	atomic_t waiters;
	spinlock_t lock;
	struct plist_head chain;
} ____cacheline_aligned_in_smp;

/**
 * struct futex_pi_state - a PI futex that somebody waits for
 * @list: in the owner's pi_state_list, under the owner's pi_lock
 * @pi_mutex: what they wait for; through it the owner inherits their priority
 * @owner: who has it
 * @users: struct futex_q that refer to it
 * @word_behind: a dead owner handed it on: the word doesn't name @owner yet
 * @key: which futex
 *
 * All but @list under the bucket's lock; @owner changes under its pi_lock too.
 */
struct futex_pi_state {
	struct list_head list;
	struct rt_mutex_base pi_mutex;
	struct task_struct *owner;
	unsigned int users;
	bool word_behind;
	union futex_key key;
};

struct rt_mutex_waiter;

/**
 * struct futex_q - one task that waits for one futex, on its stack
 * @list: in a bucket
 * @task: who
 * @lock_ptr: the bucket's lock; NULL once woken, and then @task may be gone with the struct
 * @key: for what
 * @bitset: wakers with no bit of these pass it by
 * @pi_state: of the PI futex that it waits for; under the bucket's lock
 * @rt_waiter: its place in the wait for a PI futex; NULL: it waits for none and won't
 * @requeue_pi_key: WAIT_REQUEUE_PI: the PI futex that it expects to be moved to
 */
struct futex_q {
	struct plist_node list;
	struct task_struct *task;
	spinlock_t *lock_ptr;
	union futex_key key;
	u32 bitset;
	struct futex_pi_state *pi_state;
	struct rt_mutex_waiter *rt_waiter;
	union futex_key *requeue_pi_key;
};

/* Wakers and requeuers that know nothing of PI have no business with these. */
#define futex_q_is_pi(q)	((q)->rt_waiter != NULL)

#define FUTEX_Q_INIT	((struct futex_q) { .bitset = FUTEX_BITSET_MATCH_ANY })

enum futex_access {
	FUTEX_READ,
	FUTEX_WRITE,
};

int get_futex_key(u32 __user *uaddr, unsigned int flags, union futex_key *key,
		  enum futex_access rw);
struct futex_hash_bucket *futex_hash(const union futex_key *key);

static inline bool futex_match(const union futex_key *a, const union futex_key *b)
{
	return a->both.word == b->both.word && a->both.ptr == b->both.ptr &&
	       a->both.offset == b->both.offset;
}

/* The word, without sleeping. Return: 0 or -EFAULT. */
int futex_get_value_locked(u32 *dest, u32 __user *from);
int futex_cmpxchg_value_locked(u32 *curval, u32 __user *uaddr, u32 uval, u32 newval);
int fault_in_user_writeable(u32 __user *uaddr);

struct futex_hash_bucket *futex_q_lock(struct futex_q *q);
void futex_q_unlock(struct futex_hash_bucket *hb);
void __futex_queue(struct futex_q *q, struct futex_hash_bucket *hb);
void futex_queue(struct futex_q *q, struct futex_hash_bucket *hb);
int futex_unqueue(struct futex_q *q);
void __futex_unqueue(struct futex_q *q);
void futex_wake_mark(struct wake_q_head *wake_q, struct futex_q *q);

static inline void futex_hb_waiters_inc(struct futex_hash_bucket *hb)
{
	atomic_inc(&hb->waiters);
	/* (A) of core.c: before the load of the word. */
	smp_mb__after_atomic();
}

static inline void futex_hb_waiters_dec(struct futex_hash_bucket *hb)
{
	atomic_dec(&hb->waiters);
}

static inline bool futex_hb_waiters_pending(struct futex_hash_bucket *hb)
{
	/* (B) of core.c: the program's store to the word comes before. */
	smp_mb();
	return atomic_read(&hb->waiters);
}

/* Two buckets, which may be one. */
static inline void double_lock_hb(struct futex_hash_bucket *hb1, struct futex_hash_bucket *hb2)
{
	if (hb1 > hb2)
		swap(hb1, hb2);
	spin_lock(&hb1->lock);
	if (hb1 != hb2)
		spin_lock_nested(&hb2->lock, SINGLE_DEPTH_NESTING);
}

static inline void double_unlock_hb(struct futex_hash_bucket *hb1, struct futex_hash_bucket *hb2)
{
	spin_unlock(&hb1->lock);
	if (hb1 != hb2)
		spin_unlock(&hb2->lock);
}

struct hrtimer_sleeper *futex_setup_timer(ktime_t *time, struct hrtimer_sleeper *timeout, int flags,
					  u64 range_ns);

void futex_requeue_one(struct futex_q *q, struct futex_hash_bucket *hb1,
		       struct futex_hash_bucket *hb2, const union futex_key *key2);
int futex_wait_setup(u32 __user *uaddr, u32 val, unsigned int flags, struct futex_q *q,
		     struct futex_hash_bucket **hb);
void futex_sleep_in_queue(struct futex_hash_bucket *hb, struct futex_q *q,
			  struct hrtimer_sleeper *timeout);

/* pi.c */
int refill_pi_state_cache(void);
void drop_pi_state_cache(struct task_struct *tsk);
int futex_lock_pi_atomic(u32 __user *uaddr, struct futex_hash_bucket *hb,
			 const union futex_key *key, struct futex_pi_state **ps,
			 struct task_struct *task, struct task_struct **exiting, bool set_waiters);
void get_pi_state(struct futex_pi_state *ps);
void put_pi_state(struct futex_pi_state *ps);
int futex_start_pi_wait(struct futex_q *q, struct futex_pi_state *ps, struct task_struct *task);
int futex_finish_pi_wait(u32 __user *uaddr, struct futex_q *q, struct hrtimer_sleeper *to);
void wait_for_owner_exiting(struct task_struct *exiting);
void exit_pi_state_list(struct task_struct *curr);
int futex_lock_pi(u32 __user *uaddr, unsigned int flags, ktime_t *time, bool trylock);
int futex_unlock_pi(u32 __user *uaddr, unsigned int flags);

/* requeue_pi.c */
int futex_wait_requeue_pi(u32 __user *uaddr, unsigned int flags, u32 val, ktime_t *abs_time,
			  u32 bitset, u32 __user *uaddr2);
int futex_cmp_requeue_pi(u32 __user *uaddr1, unsigned int flags, u32 __user *uaddr2, int nr_wake,
			 int nr_requeue, u32 cmpval);

int futex_wait(u32 __user *uaddr, unsigned int flags, u32 val, ktime_t *abs_time, u32 bitset);
int futex_wake(u32 __user *uaddr, unsigned int flags, int nr_wake, u32 bitset);
int futex_wake_op(u32 __user *uaddr1, unsigned int flags, u32 __user *uaddr2, int nr_wake,
		  int nr_wake2, int op);
int futex_requeue(u32 __user *uaddr1, unsigned int flags1, u32 __user *uaddr2, unsigned int flags2,
		  int nr_wake, int nr_requeue, u32 *cmpval);

/* One of those that futex_waitv() waits for. */
struct futex_vector {
	u32 __user *uaddr;
	u32 val;
	unsigned int flags;
	struct futex_q q;
};

int futex_wait_multiple(struct futex_vector *vs, unsigned int count, struct hrtimer_sleeper *to);

#endif /* _KERNEL_FUTEX_FUTEX_H */

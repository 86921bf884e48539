/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H

/*
 * Readers that never wait for a lock and never make a writer wait: they read, and read again
 * if a writer was at work meanwhile.
 *
 *	writer					reader
 *	------					------
 *	sequence++ (odd)			do {
 *	smp_wmb()   A				    wait until sequence is even
 *	... change the data ...			    smp_rmb()   B
 *	smp_wmb()   C				    ... read the data ...
 *	sequence++ (even)			    smp_rmb()   D
 *						} while (sequence changed)
 *
 * A pairs with D: a reader that saw any new data sees the odd number. C pairs with B: a reader
 * that saw the new even number sees all new data.
 *
 * Rules. Readers follow no pointers that a writer may free, and tolerate nonsense until the retry
 * test has passed. Writers exclude each other (that is the lock) and must not be preempted or
 * interrupted by a reader on their CPU, which would spin for ever. Which type for what:
 *
 *	seqcount_t			the writers' exclusion is the caller's business
 *	seqcount_spinlock_t, ..._t	the same, and lockdep checks the lock named in the init
 *	seqcount_latch_t		readers in NMIs: two copies of the data, one always at rest
 *	seqlock_t			counter and spin lock in one
 */

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/kcsan-checks.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/seqlock_types.h>
#include <linux/spinlock.h>
#include <linux/ww_mutex.h>

#include <asm/processor.h>

/* How many of a reader's next accesses KCSAN takes as marked. */
#define KCSAN_SEQLOCK_REGION_MAX	1000

/** __seqcount_init() - seqcount_init() with the names that lockdep shows */
static inline void __seqcount_init(seqcount_t *s, const char *name, struct lock_class_key *key)
{
	lockdep_init_map(&s->dep_map, name, key, 0);
	s->sequence = 0;
}

#ifdef CONFIG_DEBUG_LOCK_ALLOC
#define SEQCOUNT_DEP_MAP_INIT(lockname)	.dep_map = { .name = #lockname }

/** seqcount_init() - make a counter; each place that does has a lock class of its own */
#define seqcount_init(s)				\
do {							\
	static struct lock_class_key __key;		\
							\
	__seqcount_init((s), #s, &__key);		\
} while (0)

/**
 * seqcount_lockdep_reader_access() - for lockdep, a reader is a lock that is taken and dropped at
 * once
 */
static inline void seqcount_lockdep_reader_access(const seqcount_t *s)
{
	seqcount_t *l = (seqcount_t *)s;
	unsigned long flags;

	local_irq_save(flags);
	seqcount_acquire_read(&l->dep_map, 0, 0, _RET_IP_);
	seqcount_release(&l->dep_map, _RET_IP_);
	local_irq_restore(flags);
}
#else
#define SEQCOUNT_DEP_MAP_INIT(lockname)
#define seqcount_init(s)			__seqcount_init(s, NULL, NULL)
#define seqcount_lockdep_reader_access(x)	do { } while (0)
#endif

/** SEQCNT_ZERO() - static initializer of a seqcount_t */
#define SEQCNT_ZERO(name)	{ .sequence = 0, SEQCOUNT_DEP_MAP_INIT(name) }

#define seqcount_LOCKNAME_init(s, _lock, lockname)			\
do {									\
	seqcount_##lockname##_t *____s = (s);				\
									\
	seqcount_init(&____s->seqcount);				\
	__SEQ_LOCK(____s->lock = (_lock));				\
} while (0)

/**
 * seqcount_raw_spinlock_init() - make a counter whose writers hold a raw_spinlock_t; the next ones
 * likewise
 */
#define seqcount_raw_spinlock_init(s, lock)	seqcount_LOCKNAME_init(s, lock, raw_spinlock)
#define seqcount_spinlock_init(s, lock)		seqcount_LOCKNAME_init(s, lock, spinlock)
#define seqcount_rwlock_init(s, lock)		seqcount_LOCKNAME_init(s, lock, rwlock)
#define seqcount_mutex_init(s, lock)		seqcount_LOCKNAME_init(s, lock, mutex)
#define seqcount_ww_mutex_init(s, lock)		seqcount_LOCKNAME_init(s, lock, ww_mutex)

#define SEQCOUNT_LOCKNAME_ZERO(seq_name, assoc_lock) {			\
	.seqcount = SEQCNT_ZERO(seq_name.seqcount),			\
	__SEQ_LOCK(.lock = (assoc_lock))				\
}

/** SEQCNT_RAW_SPINLOCK_ZERO() - static initializer of such a counter; the next ones likewise */
#define SEQCNT_RAW_SPINLOCK_ZERO(name, lock)	SEQCOUNT_LOCKNAME_ZERO(name, lock)
#define SEQCNT_SPINLOCK_ZERO(name, lock)	SEQCOUNT_LOCKNAME_ZERO(name, lock)
#define SEQCNT_RWLOCK_ZERO(name, lock)		SEQCOUNT_LOCKNAME_ZERO(name, lock)
#define SEQCNT_MUTEX_ZERO(name, lock)		SEQCOUNT_LOCKNAME_ZERO(name, lock)
#define SEQCNT_WW_MUTEX_ZERO(name, lock)	SEQCOUNT_LOCKNAME_ZERO(name, lock)

/* From any of the types to the counter inside. */
#define __seqcount_ptr(s) _Generic(*(s),				\
	seqcount_t:		(seqcount_t *)(s),			\
	const seqcount_t:	(seqcount_t *)(s),			\
	default:		(seqcount_t *)(s))

/* Does the type's lock leave its holder preemptible? Then writing turns preemption off. */
#define __seqcount_preemptible(s) _Generic(*(s),			\
	seqcount_mutex_t:	true,					\
	seqcount_ww_mutex_t:	true,					\
	default:		false)

/* The counter stands first in every type, which the cast above rests on. */
static_assert(__builtin_offsetof(seqcount_spinlock_t, seqcount) == 0);
static_assert(__builtin_offsetof(seqcount_mutex_t, seqcount) == 0);

#ifdef CONFIG_LOCKDEP
#define __seqcount_assert_lock(s) _Generic(*(s),			\
	seqcount_raw_spinlock_t: __seq_assert_raw_spinlock,		\
	seqcount_spinlock_t:	__seq_assert_spinlock,			\
	seqcount_rwlock_t:	__seq_assert_rwlock,			\
	seqcount_mutex_t:	__seq_assert_mutex,			\
	seqcount_ww_mutex_t:	__seq_assert_ww_mutex,			\
	default:		__seq_assert_plain)((const void *)(s))

/** __seq_assert_raw_spinlock() - a writer holds the counter's lock; so the next three */
static inline void __seq_assert_raw_spinlock(const seqcount_raw_spinlock_t *s)
{
	lockdep_assert_held(s->lock);
}

/** __seq_assert_spinlock() - complain unless the writers' lock is held */
static inline void __seq_assert_spinlock(const seqcount_spinlock_t *s)
{
	lockdep_assert_held(s->lock);
}

/** __seq_assert_rwlock() - complain unless the writers' lock is held */
static inline void __seq_assert_rwlock(const seqcount_rwlock_t *s)
{
	lockdep_assert_held(s->lock);
}

/** __seq_assert_mutex() - complain unless the writers' lock is held */
static inline void __seq_assert_mutex(const seqcount_mutex_t *s)
{
	lockdep_assert_held(s->lock);
}

/** __seq_assert_ww_mutex() - complain unless the writers' lock is held */
static inline void __seq_assert_ww_mutex(const seqcount_ww_mutex_t *s)
{
	lockdep_assert_held(s->lock);
}

/** __seq_assert_plain() - a writer of a counter without a lock can't be preempted */
static inline void __seq_assert_plain(const seqcount_t *s)
{
	(void)s;
	lockdep_assert_preemption_disabled();
}
#else
#define __seqcount_assert_lock(s)	do { } while (0)
#endif

/**
 * seqcount_even_acquire() - wait until no writer is at work
 *
 * Context: any.
 * Return: the number to retry with.
 */
static __always_inline unsigned int seqcount_even_acquire(const seqcount_t *s)
{
	unsigned int seq;

	while ((seq = smp_load_acquire(&s->sequence)) & 1)
		cpu_relax();
	kcsan_atomic_next(KCSAN_SEQLOCK_REGION_MAX);
	return seq;
}

/**
 * read_seqcount_begin() - begin to read; waits out a writer
 * @s: any of the seqcount types
 *
 * Return: the number to give to read_seqcount_retry().
 */
#define read_seqcount_begin(s)						\
({									\
	seqcount_lockdep_reader_access(__seqcount_ptr(s));		\
	raw_read_seqcount_begin(s);					\
})

/** raw_read_seqcount_begin() - read_seqcount_begin() that lockdep isn't told of */
#define raw_read_seqcount_begin(s)	seqcount_even_acquire(__seqcount_ptr(s))
/** __read_seqcount_begin() - read_seqcount_begin() under an older name that promises no barrier */
#define __read_seqcount_begin(s)	raw_read_seqcount_begin(s)

/**
 * raw_read_seqcount() - the number as it is, perhaps odd
 * @s: any of the seqcount types
 */
#define raw_read_seqcount(s)						\
({									\
	unsigned int __seq = smp_load_acquire(&__seqcount_ptr(s)->sequence); \
									\
	kcsan_atomic_next(KCSAN_SEQLOCK_REGION_MAX);			\
	__seq;								\
})

/**
 * raw_seqcount_begin() - begin to read without waiting: with a writer at work the retry test is
 * sure to fail
 */
#define raw_seqcount_begin(s)		(raw_read_seqcount(s) & ~1U)

/**
 * raw_seqcount_try_begin() - begin to read unless a writer is at work
 * @s: any of the seqcount types
 * @start: where the number goes
 *
 * Return: true if no writer was at work.
 */
#define raw_seqcount_try_begin(s, start)				\
({									\
	(start) = raw_read_seqcount(s);					\
	!((start) & 1);							\
})

/** do___read_seqcount_retry() - has a writer begun since @start? Without a barrier */
static __always_inline int do___read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	kcsan_atomic_next(0);
	return unlikely(READ_ONCE(s->sequence) != start);
}

/**
 * do_read_seqcount_retry() - has a writer begun since @start? What was read before is thrown away
 * then
 */
static __always_inline int do_read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	smp_rmb();	/* D */
	return do___read_seqcount_retry(s, start);
}

/** __read_seqcount_retry() - read_seqcount_retry() without barrier D: the caller has one */
#define __read_seqcount_retry(s, start)	do___read_seqcount_retry(__seqcount_ptr(s), start)

/**
 * read_seqcount_retry() - was what has been read since @start whole?
 * @s: any of the seqcount types
 * @start: from read_seqcount_begin()
 *
 * Return: 1 if not: read again.
 */
#define read_seqcount_retry(s, start)	do_read_seqcount_retry(__seqcount_ptr(s), start)

/** do_raw_write_seqcount_begin() - make the number odd: readers wait */
static __always_inline void do_raw_write_seqcount_begin(seqcount_t *s)
{
	kcsan_nestable_atomic_begin();
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb();	/* A */
}

/** do_raw_write_seqcount_end() - make the number even: readers may go on */
static __always_inline void do_raw_write_seqcount_end(seqcount_t *s)
{
	smp_wmb();	/* C */
	WRITE_ONCE(s->sequence, s->sequence + 1);
	kcsan_nestable_atomic_end();
}

/** raw_write_seqcount_begin() - write_seqcount_begin() that lockdep isn't told of */
#define raw_write_seqcount_begin(s)					\
do {									\
	if (__seqcount_preemptible(s))					\
		preempt_disable();					\
	do_raw_write_seqcount_begin(__seqcount_ptr(s));			\
} while (0)

/** raw_write_seqcount_end() - end raw_write_seqcount_begin() */
#define raw_write_seqcount_end(s)					\
do {									\
	do_raw_write_seqcount_end(__seqcount_ptr(s));			\
	if (__seqcount_preemptible(s))					\
		preempt_enable();					\
} while (0)

/**
 * do_write_seqcount_begin_nested() - do_raw_write_seqcount_begin(), known to lockdep as @subclass
 */
static __always_inline void do_write_seqcount_begin_nested(seqcount_t *s, int subclass)
{
	seqcount_acquire(&s->dep_map, subclass, 0, _RET_IP_);
	do_raw_write_seqcount_begin(s);
}

/** do_write_seqcount_end() - do_raw_write_seqcount_end(), known to lockdep */
static __always_inline void do_write_seqcount_end(seqcount_t *s)
{
	seqcount_release(&s->dep_map, _RET_IP_);
	do_raw_write_seqcount_end(s);
}

/**
 * write_seqcount_begin() - begin to change the data
 * @s: any of the seqcount types; its lock is held
 *
 * Context: Not preemptible unless the type's lock is a mutex; then it is from here on.
 */
#define write_seqcount_begin(s)		write_seqcount_begin_nested(s, 0)

/** write_seqcount_begin_nested() - write_seqcount_begin() inside another counter of its class */
#define write_seqcount_begin_nested(s, subclass)			\
do {									\
	__seqcount_assert_lock(s);					\
	if (__seqcount_preemptible(s))					\
		preempt_disable();					\
	do_write_seqcount_begin_nested(__seqcount_ptr(s), subclass);	\
} while (0)

/**
 * write_seqcount_end() - the data are whole again
 * @s: any of the seqcount types
 */
#define write_seqcount_end(s)						\
do {									\
	do_write_seqcount_end(__seqcount_ptr(s));			\
	if (__seqcount_preemptible(s))					\
		preempt_enable();					\
} while (0)

/** do_raw_write_seqcount_barrier() - readers who saw stores of both sides of it read again */
static __always_inline void do_raw_write_seqcount_barrier(seqcount_t *s)
{
	kcsan_nestable_atomic_begin();
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb();	/* orders the stores before and after it for the readers */
	WRITE_ONCE(s->sequence, s->sequence + 1);
	kcsan_nestable_atomic_end();
}

/**
 * raw_write_seqcount_barrier() - readers that straddle this point retry; those before and after it
 * don't
 */
#define raw_write_seqcount_barrier(s)	do_raw_write_seqcount_barrier(__seqcount_ptr(s))

/** do_write_seqcount_invalidate() - all who read now will read again, and nobody waits */
static __always_inline void do_write_seqcount_invalidate(seqcount_t *s)
{
	smp_wmb();
	kcsan_nestable_atomic_begin();
	WRITE_ONCE(s->sequence, s->sequence + 2);
	kcsan_nestable_atomic_end();
}

/** write_seqcount_invalidate() - every reader now at work retries */
#define write_seqcount_invalidate(s)	do_write_seqcount_invalidate(__seqcount_ptr(s))

/*
 * The latch. Two copies of the data: the writer changes copy 0 while the number is odd and readers
 * use copy 1, then copy 1 while it is even and they use copy 0.
 *
 *	write_seqcount_latch_begin(&l);		// readers to data[1]
 *	modify(data[0]);
 *	write_seqcount_latch(&l);		// readers to data[0]
 *	modify(data[1]);
 *	write_seqcount_latch_end(&l);
 *
 *	do {
 *		seq = read_seqcount_latch(&l);
 *		use(data[seq & 1]);
 *	} while (read_seqcount_latch_retry(&l, seq));
 */
#define SEQCNT_LATCH_ZERO(seq_name)	{ .seqcount = SEQCNT_ZERO(seq_name.seqcount) }
#define seqcount_latch_init(s)		seqcount_init(&(s)->seqcount)

/** raw_read_seqcount_latch() - the number whose lowest bit says which copy to read */
static __always_inline unsigned int raw_read_seqcount_latch(const seqcount_latch_t *s)
{
	/* The address dependency from the number to the copy orders the reads after it. */
	return READ_ONCE(s->seqcount.sequence);
}

/** read_seqcount_latch() - raw_read_seqcount_latch(), known to KCSAN */
static __always_inline unsigned int read_seqcount_latch(const seqcount_latch_t *s)
{
	kcsan_atomic_next(KCSAN_SEQLOCK_REGION_MAX);
	return raw_read_seqcount_latch(s);
}

/** raw_read_seqcount_latch_retry() - was that copy changed meanwhile? Non-zero: read again */
static __always_inline int raw_read_seqcount_latch_retry(const seqcount_latch_t *s,
							 unsigned int start)
{
	smp_rmb();	/* pairs with the first barrier of raw_write_seqcount_latch() */
	return unlikely(READ_ONCE(s->seqcount.sequence) != start);
}

/** read_seqcount_latch_retry() - raw_read_seqcount_latch_retry(), known to KCSAN */
static __always_inline int read_seqcount_latch_retry(const seqcount_latch_t *s,
						     unsigned int start)
{
	kcsan_atomic_next(0);
	return raw_read_seqcount_latch_retry(s, start);
}

/** raw_write_seqcount_latch() - send readers to the other copy */
static __always_inline void raw_write_seqcount_latch(seqcount_latch_t *s)
{
	smp_wmb();	/* the changes of the copy that comes to rest before the number */
	WRITE_ONCE(s->seqcount.sequence, s->seqcount.sequence + 1);
	smp_wmb();	/* the number before the changes of the other copy */
}

/**
 * write_seqcount_latch_begin() - readers go to copy 1; now change copy 0
 *
 * Context: one writer at a time.
 */
static __always_inline void write_seqcount_latch_begin(seqcount_latch_t *s)
{
	kcsan_nestable_atomic_begin();
	raw_write_seqcount_latch(s);
}

/** write_seqcount_latch() - readers go to copy 0, which is new; now change copy 1 */
static __always_inline void write_seqcount_latch(seqcount_latch_t *s)
{
	raw_write_seqcount_latch(s);
}

/** write_seqcount_latch_end() - both copies are changed */
static __always_inline void write_seqcount_latch_end(seqcount_latch_t *s)
{
	(void)s;
	kcsan_nestable_atomic_end();
}

/* seqlock_t: counter and lock in one. */
#define __SEQLOCK_UNLOCKED(lockname) {					\
	.seqcount = SEQCNT_SPINLOCK_ZERO(lockname.seqcount, &(lockname).lock), \
	.lock = __SPIN_LOCK_UNLOCKED(lockname.lock)			\
}

/** seqlock_init() - make a lock, free */
#define seqlock_init(sl)						\
do {									\
	spin_lock_init(&(sl)->lock);					\
	seqcount_spinlock_init(&(sl)->seqcount, &(sl)->lock);		\
} while (0)

/** DEFINE_SEQLOCK() - a static lock, free */
#define DEFINE_SEQLOCK(sl)	seqlock_t sl = __SEQLOCK_UNLOCKED(sl)

/**
 * read_seqbegin() - begin to read; waits for a writer to end
 *
 * Return: the number for read_seqretry().
 */
static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	return read_seqcount_begin(&sl->seqcount);
}

/** read_seqretry() - has a writer been there since? Non-zero: read again */
static inline unsigned int read_seqretry(const seqlock_t *sl, unsigned int start)
{
	return read_seqcount_retry(&sl->seqcount, start);
}

#define __DEFINE_SEQLOCK_WRITE(suffix)						\
static inline void write_seqlock##suffix(seqlock_t *sl)				\
{										\
	spin_lock##suffix(&sl->lock);						\
	do_write_seqcount_begin_nested(&sl->seqcount.seqcount, 0);		\
}										\
static inline void write_sequnlock##suffix(seqlock_t *sl)			\
{										\
	do_write_seqcount_end(&sl->seqcount.seqcount);				\
	spin_unlock##suffix(&sl->lock);						\
}										\
/* A reader that shuts writers (and its like) out; changes no number. */	\
static inline void read_seqlock_excl##suffix(seqlock_t *sl)			\
{										\
	spin_lock##suffix(&sl->lock);						\
}										\
static inline void read_sequnlock_excl##suffix(seqlock_t *sl)			\
{										\
	spin_unlock##suffix(&sl->lock);						\
}

__DEFINE_SEQLOCK_WRITE()
__DEFINE_SEQLOCK_WRITE(_bh)
__DEFINE_SEQLOCK_WRITE(_irq)
#undef __DEFINE_SEQLOCK_WRITE

static inline unsigned long __write_seqlock_irqsave(seqlock_t *sl)
{
	unsigned long flags;

	spin_lock_irqsave(&sl->lock, flags);
	do_write_seqcount_begin_nested(&sl->seqcount.seqcount, 0);
	return flags;
}

#define write_seqlock_irqsave(lock, flags) \
	do { flags = __write_seqlock_irqsave(lock); } while (0)

/** write_sequnlock_irqrestore() - end of write_seqlock_irqsave() */
static inline void write_sequnlock_irqrestore(seqlock_t *sl, unsigned long flags)
{
	do_write_seqcount_end(&sl->seqcount.seqcount);
	spin_unlock_irqrestore(&sl->lock, flags);
}

/** __read_seqlock_excl_irqsave() - keep writers out, interrupts off. Return: the interrupt state */
static inline unsigned long __read_seqlock_excl_irqsave(seqlock_t *sl)
{
	unsigned long flags;

	spin_lock_irqsave(&sl->lock, flags);
	return flags;
}

#define read_seqlock_excl_irqsave(lock, flags) \
	do { flags = __read_seqlock_excl_irqsave(lock); } while (0)

/** read_sequnlock_excl_irqrestore() - end of read_seqlock_excl_irqsave() */
static inline void read_sequnlock_excl_irqrestore(seqlock_t *sl, unsigned long flags)
{
	spin_unlock_irqrestore(&sl->lock, flags);
}

/**
 * read_seqbegin_or_lock() - begin a reader: without the lock first (*seq even), then with it (odd)
 * @lock: the lock
 * @seq: 0 at first
 *
 *
 *	int seq = 0;
 * retry:
 *	read_seqbegin_or_lock(&sl, &seq);
 *	...
 *	if (need_seqretry(&sl, seq)) { seq = 1; goto retry; }
 *	done_seqretry(&sl, seq);
 */
static inline void read_seqbegin_or_lock(seqlock_t *lock, int *seq)
{
	if (*seq & 1)
		read_seqlock_excl(lock);
	else
		*seq = read_seqbegin(lock);
}

/** need_seqretry() - after a pass of read_seqbegin_or_lock(): is another one needed? */
static inline int need_seqretry(seqlock_t *lock, int seq)
{
	return !(seq & 1) && read_seqretry(lock, seq);
}

/** done_seqretry() - after the last pass: drops the lock if that one took it */
static inline void done_seqretry(seqlock_t *lock, int seq)
{
	if (seq & 1)
		read_sequnlock_excl(lock);
}

/** read_seqbegin_or_lock_irqsave() - read_seqbegin_or_lock(), with interrupts off while locked */
static inline unsigned long read_seqbegin_or_lock_irqsave(seqlock_t *lock, int *seq)
{
	unsigned long flags = 0;

	if (*seq & 1)
		read_seqlock_excl_irqsave(lock, flags);
	else
		*seq = read_seqbegin(lock);
	return flags;
}

/** done_seqretry_irqrestore() - done_seqretry() of read_seqbegin_or_lock_irqsave() */
static inline void done_seqretry_irqrestore(seqlock_t *lock, int seq, unsigned long flags)
{
	if (seq & 1)
		read_sequnlock_excl_irqrestore(lock, flags);
}

/**
 * enum ss_state - how a pass of scoped_seqlock_read() reads
 * @ss_done: not at all, the section is over
 * @ss_lock: writers are shut out
 * @ss_lock_irqsave: that, with interrupts off
 * @ss_lockless: as read_seqbegin() does
 */
enum ss_state {
	ss_done,
	ss_lock,
	ss_lock_irqsave,
	ss_lockless,
};

/**
 * struct ss_section - a reader between two passes
 * @lock: what it reads under
 * @now: how
 * @seq: for read_seqretry(), if without the lock
 * @flags: the interrupt state, with ss_lock_irqsave
 */
struct ss_section {
	seqlock_t *lock;
	enum ss_state now;
	unsigned int seq;
	unsigned long flags;
};

/** __ss_begin() - the first pass, without the lock */
static inline struct ss_section __ss_begin(seqlock_t *lock)
{
	return (struct ss_section){ lock, ss_lockless, read_seqbegin(lock), 0 };
}

/** __ss_end() - drop what the pass holds; by way of break or return, too */
static inline void __ss_end(struct ss_section *section)
{
	if (section->now == ss_lock)
		read_sequnlock_excl(section->lock);
	else if (section->now == ss_lock_irqsave)
		read_sequnlock_excl_irqrestore(section->lock, section->flags);
	section->now = ss_done;
}

/** __ss_next() - after a pass: a writer was there? Then begin another, as @target says */
static inline void __ss_next(struct ss_section *section, enum ss_state target)
{
	if (section->now != ss_lockless || !read_seqretry(section->lock, section->seq)) {
		__ss_end(section);
		return;
	}
	section->now = target;
	if (target == ss_lock)
		read_seqlock_excl(section->lock);
	else if (target == ss_lock_irqsave)
		read_seqlock_excl_irqsave(section->lock, section->flags);
	else if (target == ss_lockless)
		section->seq = read_seqbegin(section->lock);
}

/**
 * scoped_seqlock_read() - a block that is read again, as a whole, if a writer was there meanwhile
 * @_seqlock: seqlock_t *
 * @_target: how it is read from the second pass on: ss_lock, ss_lock_irqsave or ss_lockless
 *
 * The first pass is lockless, and so are all with ss_lockless; else the second is the last. break
 * and return drop the lock, but tell nobody whether what was read without it is consistent.
 *
 * Context: any; with ss_lock none that may interrupt a writer.
 */
#define scoped_seqlock_read(_seqlock, _target)					\
	for (struct ss_section __ss __cleanup(__ss_end) = __ss_begin(_seqlock);	\
	     __ss.now != ss_done; __ss_next(&__ss, _target))

#endif /* _LINUX_SEQLOCK_H */

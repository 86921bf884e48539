/* SPDX-License-Identifier: MIT */
#ifndef _LOCKDEP_INTERNALS_H
#define _LOCKDEP_INTERNALS_H

/*
 * What the parts of the lock checker share.
 *
 *	lockdep.c		what each task holds, the calls that locks make
 *	lockdep_class.c		classes of locks, and their keys
 *	lockdep_graph.c		the graph of dependencies, and searching it
 *	lockdep_irq.c		interrupt state, and which locks are used where
 *	lockdep_report.c	reports
 */

#include <linux/lockdep_types.h>
#include <linux/types.h>

struct task_struct;

/*
 * How a class has been used, ever. For hard and soft interrupts:
 *
 *	USED_IN		taken inside such an interrupt	("safe" if never ENABLED)
 *	ENABLED		taken while they were enabled	("unsafe" for code in them)
 *
 * with a bit for readers and one for everybody else.
 */
enum lock_usage_bit {
	LOCK_USED_IN_HARDIRQ,
	LOCK_USED_IN_HARDIRQ_READ,
	LOCK_ENABLED_HARDIRQ,
	LOCK_ENABLED_HARDIRQ_READ,
	LOCK_USED_IN_SOFTIRQ,
	LOCK_USED_IN_SOFTIRQ_READ,
	LOCK_ENABLED_SOFTIRQ,
	LOCK_ENABLED_SOFTIRQ_READ,
	LOCK_USED,
	LOCK_USAGE_STATES
};

#define LOCK_USAGE_READ		1	/* the bit's distance from write to read */
#define LOCK_USAGE_ENABLED	2	/* ... from USED_IN to ENABLED */
#define LOCK_USAGE_SOFTIRQ	4	/* ... from hard to soft */

#define LOCKF(bit)		(1U << (bit))

/* Calls kept to show where something happened. */
#define LOCK_TRACE_ENTRIES	10

struct lock_trace {
	unsigned int	nr;
	unsigned long	entries[LOCK_TRACE_ENTRIES];
};

/*
 * All locks that behave alike: one per init site and subclass. Written under the graph lock; name
 * and types don't change while the class is in the hash.
 */
struct lock_class {
	struct hlist_node	hash_entry;
	const struct lockdep_subclass_key *key;
	const char		*name;
	unsigned int		subclass;
	u8			wait_type_inner;
	u8			wait_type_outer;
	u8			lock_type;
	bool			used;		/* this slot holds a class */
	unsigned int		usage_mask;
	struct lock_trace	usage_trace[LOCK_USAGE_STATES];
	unsigned int		out, in;	/* heads of edge lists: index + 1, 0 is the end */
};

/*
 * The four ways in which one lock was taken with another held. First letter, the one held:
 * Exclusive or Shared. Second, the one taken: a Recursive reader or Not one.
 */
#define DEP_SR	(1U << 0)
#define DEP_ER	(1U << 1)
#define DEP_SN	(1U << 2)
#define DEP_EN	(1U << 3)

struct lock_edge {
	u16			from, to;	/* classes */
	u16			next_out, next_in; /* index + 1 in the lists of from and to */
	u8			dep;		/* DEP_* seen */
	bool			used;
	struct lock_trace	trace;		/* where it was seen first */
};

#define MAX_LOCK_EDGES		16384
#define MAX_CHAIN_BITS		15
#define LOCKDEP_NO_CLASS	0xffffU

extern struct lock_class lock_classes[MAX_LOCKDEP_KEYS];
extern struct lock_edge lock_edges[MAX_LOCK_EDGES];
extern unsigned long nr_lock_edges;

static inline u16 class_index(const struct lock_class *class)
{
	return class - lock_classes;
}

static inline struct lock_class *hlock_class(const struct held_lock *hlock)
{
	return &lock_classes[hlock->class_idx];
}

/* lockdep.c */
bool graph_lock(void);
void graph_lock_always(void);
void graph_unlock(void);
void save_lock_trace(struct lock_trace *trace);
bool lockdep_enabled(void);
void lockdep_recursion_inc(void);
void lockdep_recursion_dec(void);

/* lockdep_class.c */
struct lock_class *find_class(const struct lockdep_subclass_key *key);
const struct lockdep_subclass_key *subclass_key(const struct lock_class_key *key,
						unsigned int subclass);
struct lock_class *register_class(struct lockdep_map *lock, unsigned int subclass);

/* lockdep_graph.c. Under the graph lock. */
struct lock_path {
	unsigned int	len;		/* edges */
	u16		edge[64];	/* in the direction of the search */
};

typedef bool (*class_match_t)(const struct lock_class *class, bool weak, const void *data);

bool graph_search(u16 start, bool weak, bool forward, class_match_t match, const void *data,
		  u16 *found, struct lock_path *path);
bool graph_has_edge(const struct held_lock *prev, const struct held_lock *next);
bool graph_add_edge(const struct held_lock *prev, const struct held_lock *next);
void graph_remove_class(u16 class);
bool chain_known(u64 key);
void chain_remember(u64 key);
void chain_forget_all(void);

/* lockdep_irq.c */
bool mark_usage(struct task_struct *curr, struct held_lock *hlock);
bool check_irq_dependency(struct task_struct *curr, struct held_lock *prev,
			  struct held_lock *next);
extern const char * const lock_usage_names[LOCK_USAGE_STATES];

/* lockdep_report.c. Called without the graph lock; each says whether it was printed. */
void report_recursion(struct task_struct *curr, struct held_lock *prev, struct held_lock *next);
void report_cycle(struct task_struct *curr, struct held_lock *prev, struct held_lock *next,
		  const struct lock_path *path);
void report_irq_dependency(struct task_struct *curr, struct held_lock *prev,
			   struct held_lock *next, u16 safe, u16 unsafe,
			   enum lock_usage_bit safe_bit, enum lock_usage_bit unsafe_bit);
void report_usage(struct task_struct *curr, struct held_lock *hlock, enum lock_usage_bit old,
		  enum lock_usage_bit new);
void report_irq_inversion(struct task_struct *curr, struct held_lock *hlock, u16 other,
			  enum lock_usage_bit bit, enum lock_usage_bit other_bit);
void report_wait_context(struct task_struct *curr, struct held_lock *next, int inner, int outer);
void report_bad_unlock(struct task_struct *curr, struct lockdep_map *lock, unsigned long ip);
void report_plain(const char *what, const char *headline, struct task_struct *curr);

#endif /* _LOCKDEP_INTERNALS_H */

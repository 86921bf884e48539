/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

/*
 * Chains of callbacks, highest priority first. Four kinds differ in what guards the chain:
 *
 *	kind		registering	calling			callbacks may sleep
 *	atomic		spin lock	RCU read side		no
 *	blocking	rwsem, write	rwsem, read		yes
 *	raw		the caller	the caller		as the caller says
 *	srcu		mutex		SRCU read side		yes
 *
 * A srcu chain suits callers that are many and may sleep, with changes few and slow: calling takes
 * no lock. It is made at run time and cleaned up, or defined by SRCU_NOTIFIER_HEAD().
 *
 * A callback returns NOTIFY_OK or NOTIFY_DONE to go on, with NOTIFY_STOP_MASK to end the walk.
 */

#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

struct notifier_block;

typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block __rcu *next;
	int priority;
};

struct atomic_notifier_head {
	spinlock_t lock;
	struct notifier_block __rcu *head;
};

struct blocking_notifier_head {
	struct rw_semaphore rwsem;
	struct notifier_block __rcu *head;
};

struct raw_notifier_head {
	struct notifier_block __rcu *head;
};

struct srcu_notifier_head {
	struct mutex mutex;
	struct srcu_usage srcuu;
	struct srcu_struct srcu;
	struct notifier_block __rcu *head;
};

#define ATOMIC_INIT_NOTIFIER_HEAD(name) \
do { \
	spin_lock_init(&(name)->lock); \
	(name)->head = NULL; \
} while (0)
#define BLOCKING_INIT_NOTIFIER_HEAD(name) \
do { \
	init_rwsem(&(name)->rwsem); \
	(name)->head = NULL; \
} while (0)
#define RAW_INIT_NOTIFIER_HEAD(name) \
do { \
	(name)->head = NULL; \
} while (0)

#define ATOMIC_NOTIFIER_INIT(name) { \
	.lock = __SPIN_LOCK_UNLOCKED(name.lock), \
	.head = NULL }
#define BLOCKING_NOTIFIER_INIT(name) { \
	.rwsem = __RWSEM_INITIALIZER((name).rwsem), \
	.head = NULL }
#define RAW_NOTIFIER_INIT(name) { \
	.head = NULL }


/* Not at file scope: memory for readers' counts is allocated. cleanup_ when nobody is left. */
void srcu_init_notifier_head(struct srcu_notifier_head *nh);
#define srcu_cleanup_notifier_head(name)	cleanup_srcu_struct(&(name)->srcu)

#define SRCU_NOTIFIER_INIT(name, pcpu) {						\
	.mutex = __MUTEX_INITIALIZER((name).mutex),				\
	.srcuu = __SRCU_USAGE_INIT((name).srcuu),				\
	.srcu = __SRCU_STRUCT_INIT((name).srcu, (name).srcuu, pcpu),		\
	.head = NULL }

#define __SRCU_NOTIFIER_HEAD(name, is_static)					\
	static DEFINE_PER_CPU(struct srcu_data, name##_head_srcu_data);		\
	is_static struct srcu_notifier_head name =				\
		SRCU_NOTIFIER_INIT(name, name##_head_srcu_data)
#define SRCU_NOTIFIER_HEAD(name)		__SRCU_NOTIFIER_HEAD(name, /* not static */)
#define SRCU_NOTIFIER_HEAD_STATIC(name)		__SRCU_NOTIFIER_HEAD(name, static)

/** ATOMIC_NOTIFIER_HEAD() - an empty chain; the next ones likewise */
#define ATOMIC_NOTIFIER_HEAD(name) \
	struct atomic_notifier_head name = ATOMIC_NOTIFIER_INIT(name)
#define BLOCKING_NOTIFIER_HEAD(name) \
	struct blocking_notifier_head name = BLOCKING_NOTIFIER_INIT(name)
#define RAW_NOTIFIER_HEAD(name) \
	struct raw_notifier_head name = RAW_NOTIFIER_INIT(name)

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_register(struct blocking_notifier_head *nh,
				     struct notifier_block *nb);
int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *nb);
int atomic_notifier_chain_register_unique_prio(struct atomic_notifier_head *nh,
					       struct notifier_block *nb);
int blocking_notifier_chain_register_unique_prio(struct blocking_notifier_head *nh,
						 struct notifier_block *nb);

int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb);
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb);
int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *nb);

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v);
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v);
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v);
int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v);

/* Announce @val_up; if somebody objects, tell those who heard it @val_down. */
int blocking_notifier_call_chain_robust(struct blocking_notifier_head *nh, unsigned long val_up,
					unsigned long val_down, void *v);
int raw_notifier_call_chain_robust(struct raw_notifier_head *nh, unsigned long val_up,
				   unsigned long val_down, void *v);

bool atomic_notifier_call_chain_is_empty(struct atomic_notifier_head *nh);

#define NOTIFY_DONE		0x0000
#define NOTIFY_OK		0x0001
#define NOTIFY_STOP_MASK	0x8000
#define NOTIFY_BAD		(NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP		(NOTIFY_OK | NOTIFY_STOP_MASK)

/** notifier_from_errno() - an errno (0 or below) as a notifier's answer; an error ends the chain */
static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}

/** notifier_to_errno() - the errno in a notifier's answer, 0 if there is none */
static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}


#define SYS_DOWN		0x0001
#define SYS_RESTART		SYS_DOWN
#define SYS_HALT		0x0002
#define SYS_POWER_OFF		0x0003

extern struct blocking_notifier_head reboot_notifier_list;

#endif /* _LINUX_NOTIFIER_H */

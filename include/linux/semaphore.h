/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

/*
 * The counting semaphore: no owner, so anybody may up(), interrupts included. For mutual
 * exclusion take a mutex; lockdep cannot follow a semaphore.
 */

#include <linux/list.h>
#include <linux/spinlock_types.h>

struct semaphore {
	raw_spinlock_t		lock;		/* guards both */
	unsigned int		count;		/* how many more may come in */
	struct list_head	wait_list;	/* first come first */
};

#define __SEMAPHORE_INITIALIZER(name, n) {				\
	.lock		= __RAW_SPIN_LOCK_UNLOCKED((name).lock),	\
	.count		= n,						\
	.wait_list	= LIST_HEAD_INIT((name).wait_list),		\
}

#define DEFINE_SEMAPHORE(_name, _n) \
	struct semaphore _name = __SEMAPHORE_INITIALIZER(_name, _n)

/** sema_init() - a semaphore that @val may take before others wait */
static inline void sema_init(struct semaphore *sem, int val)
{
	static struct lock_class_key __key;

	*sem = (struct semaphore) __SEMAPHORE_INITIALIZER(*sem, val);
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	sem->lock.dep_map = (struct lockdep_map){
		.key = &__key,
		.name = "semaphore->lock",
		.wait_type_inner = LD_WAIT_SPIN,
	};
#else
	(void)__key;
#endif
}

void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem);
int __must_check down_killable(struct semaphore *sem);
int __must_check down_trylock(struct semaphore *sem);
int __must_check down_timeout(struct semaphore *sem, long timeout);
void up(struct semaphore *sem);

#endif /* _LINUX_SEMAPHORE_H */

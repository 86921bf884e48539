// SPDX-License-Identifier: MIT
/*
 * Notifier chains; the table of kinds is in linux/notifier.h.
 *
 * All kinds share one singly linked list, sorted by falling priority, equals in order of
 * registration. Changes keep it walkable at every moment, for those who walk under RCU.
 */

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/rcupdate.h>

BLOCKING_NOTIFIER_HEAD(reboot_notifier_list);

/* ---- the list; the caller excludes other changes ---- */

static int chain_register(struct notifier_block __rcu **nl, struct notifier_block *n,
			  bool unique_prio)
{
	struct notifier_block *at;

	for (; (at = rcu_dereference_protected(*nl, true)); nl = &at->next) {
		if (unlikely(at == n)) {
			WARN(1, "notifier callback %ps already registered\n", n->notifier_call);
			return -EEXIST;
		}
		if (n->priority > at->priority)
			break;
		if (n->priority == at->priority && unique_prio)
			return -EBUSY;
	}
	RCU_INIT_POINTER(n->next, at);
	rcu_assign_pointer(*nl, n);
	return 0;
}

static int chain_unregister(struct notifier_block __rcu **nl, struct notifier_block *n)
{
	struct notifier_block *at;

	for (; (at = rcu_dereference_protected(*nl, true)); nl = &at->next) {
		if (at == n) {
			rcu_assign_pointer(*nl, rcu_access_pointer(n->next));
			return 0;
		}
	}
	return -ENOENT;
}

/* Calls up to @nr_to_call (-1: all); *@nr_calls counts. Return: the last answer. */
static int chain_call(struct notifier_block __rcu **nl, unsigned long val, void *v, int nr_to_call,
		      int *nr_calls)
{
	struct notifier_block *nb = rcu_dereference_raw(*nl);
	int ret = NOTIFY_DONE;

	while (nb && nr_to_call) {
		struct notifier_block *next = rcu_dereference_raw(nb->next);

		ret = nb->notifier_call(nb, val, v);
		if (nr_calls)
			(*nr_calls)++;
		if (ret & NOTIFY_STOP_MASK)
			break;
		nb = next;
		nr_to_call--;
	}
	return ret;
}

/* The one that objected is not told the second time: it didn't do anything. */
static int chain_call_robust(struct notifier_block __rcu **nl, unsigned long val_up,
			     unsigned long val_down, void *v)
{
	int nr = 0;
	int ret = chain_call(nl, val_up, v, -1, &nr);

	if (ret & NOTIFY_STOP_MASK)
		chain_call(nl, val_down, v, nr - 1, NULL);
	return ret;
}

/* ---- atomic chains ---- */

/**
 * atomic_notifier_chain_register - add a callback that must not sleep
 * @nh: the chain
 * @n: the callback
 *
 * Context: any but NMI.
 * Return: 0, or -EEXIST.
 */
int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *n)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&nh->lock, flags);
	ret = chain_register(&nh->head, n, false);
	spin_unlock_irqrestore(&nh->lock, flags);
	return ret;
}
EXPORT_SYMBOL(atomic_notifier_chain_register);

/**
 * atomic_notifier_chain_register_unique_prio - add a callback that must be alone at its priority
 * @nh: the chain
 * @n: the callback, which must not sleep
 *
 * Context: any but NMI.
 * Return: 0; -EEXIST if it is on the chain, -EBUSY if another one has its priority.
 */
int atomic_notifier_chain_register_unique_prio(struct atomic_notifier_head *nh,
					       struct notifier_block *n)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&nh->lock, flags);
	ret = chain_register(&nh->head, n, true);
	spin_unlock_irqrestore(&nh->lock, flags);
	return ret;
}
EXPORT_SYMBOL(atomic_notifier_chain_register_unique_prio);

/**
 * atomic_notifier_chain_unregister - take a callback off, and wait until nobody calls it
 * @nh: the chain
 * @n: the callback
 *
 * Context: may sleep.
 * Return: 0, or -ENOENT.
 */
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *n)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&nh->lock, flags);
	ret = chain_unregister(&nh->head, n);
	spin_unlock_irqrestore(&nh->lock, flags);
	synchronize_rcu();
	return ret;
}
EXPORT_SYMBOL(atomic_notifier_chain_unregister);

/**
 * atomic_notifier_call_chain - tell everybody on a chain
 * @nh: the chain
 * @val: what happened
 * @v: with what
 *
 * Context: any. Return: what the last one called said; NOTIFY_STOP_MASK in it ended the walk.
 */
int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)
{
	int ret;

	rcu_read_lock();
	ret = chain_call(&nh->head, val, v, -1, NULL);
	rcu_read_unlock();
	return ret;
}
EXPORT_SYMBOL(atomic_notifier_call_chain);

/**
 * atomic_notifier_call_chain_is_empty - has nobody registered?
 * @nh: the chain
 */
bool atomic_notifier_call_chain_is_empty(struct atomic_notifier_head *nh)
{
	return !rcu_access_pointer(nh->head);
}

/* ---- blocking chains ---- */

/*
 * While the machine boots there is one task and interrupts may be off: nothing to exclude, and the
 * rwsem must not turn them on.
 */
static int blocking_register(struct blocking_notifier_head *nh, struct notifier_block *n,
			     bool unique_prio)
{
	int ret;

	if (unlikely(system_state == SYSTEM_BOOTING))
		return chain_register(&nh->head, n, unique_prio);
	down_write(&nh->rwsem);
	ret = chain_register(&nh->head, n, unique_prio);
	up_write(&nh->rwsem);
	return ret;
}

/**
 * blocking_notifier_chain_register - add a callback that may sleep
 * @nh: the chain
 * @n: the callback
 *
 * Context: may sleep.
 * Return: 0, or -EEXIST.
 */
int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *n)
{
	return blocking_register(nh, n, false);
}
EXPORT_SYMBOL(blocking_notifier_chain_register);

/**
 * blocking_notifier_chain_register_unique_prio - add a callback that must be alone at its priority
 * @nh: the chain
 * @n: the callback, which may sleep
 *
 * Context: may sleep.
 * Return: 0; -EEXIST if it is on the chain, -EBUSY if another one has its priority.
 */
int blocking_notifier_chain_register_unique_prio(struct blocking_notifier_head *nh,
						 struct notifier_block *n)
{
	return blocking_register(nh, n, true);
}
EXPORT_SYMBOL(blocking_notifier_chain_register_unique_prio);

/**
 * blocking_notifier_chain_unregister - take a callback off
 * @nh: the chain
 * @n: the callback; nobody is in it when this returns
 *
 * Context: may sleep; not from a callback of this chain.
 * Return: 0, or -ENOENT.
 */
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh, struct notifier_block *n)
{
	int ret;

	if (unlikely(system_state == SYSTEM_BOOTING))
		return chain_unregister(&nh->head, n);
	down_write(&nh->rwsem);
	ret = chain_unregister(&nh->head, n);
	up_write(&nh->rwsem);
	return ret;
}
EXPORT_SYMBOL(blocking_notifier_chain_unregister);

/**
 * blocking_notifier_call_chain - tell everybody on a chain
 * @nh: the chain
 * @val: what happened
 * @v: with what
 *
 * Context: may sleep. Return: as atomic_notifier_call_chain().
 */
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v)
{
	int ret = NOTIFY_DONE;

	if (rcu_access_pointer(nh->head)) {
		down_read(&nh->rwsem);
		ret = chain_call(&nh->head, val, v, -1, NULL);
		up_read(&nh->rwsem);
	}
	return ret;
}
EXPORT_SYMBOL(blocking_notifier_call_chain);

/**
 * blocking_notifier_call_chain_robust - tell everybody, and if one says stop, tell those before it
 * that it is off
 * @nh: the chain
 * @val_up: what is to happen
 * @val_down: that it does not
 * @v: with what
 *
 * Context: may sleep.
 * Return: the last answer to @val_up, NOTIFY_DONE if there was none.
 */
int blocking_notifier_call_chain_robust(struct blocking_notifier_head *nh, unsigned long val_up,
					unsigned long val_down, void *v)
{
	int ret = NOTIFY_DONE;

	if (rcu_access_pointer(nh->head)) {
		down_read(&nh->rwsem);
		ret = chain_call_robust(&nh->head, val_up, val_down, v);
		up_read(&nh->rwsem);
	}
	return ret;
}
EXPORT_SYMBOL(blocking_notifier_call_chain_robust);

/* ---- raw chains ---- */

/**
 * raw_notifier_chain_register - add a callback to a chain that has no lock
 * @nh: the chain
 * @n: the callback
 *
 * Context: the caller excludes other changes.
 * Return: 0, or -EEXIST.
 */
int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *n)
{
	return chain_register(&nh->head, n, false);
}
EXPORT_SYMBOL(raw_notifier_chain_register);

/**
 * raw_notifier_chain_unregister - take a callback off a chain that has no lock
 * @nh: the chain
 * @n: the callback; the caller sees to it that nobody is in it before it is freed
 *
 * Context: the caller excludes other changes.
 * Return: 0, or -ENOENT.
 */
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *n)
{
	return chain_unregister(&nh->head, n);
}
EXPORT_SYMBOL(raw_notifier_chain_unregister);

/**
 * raw_notifier_call_chain - tell everybody on a chain
 * @nh: the chain
 * @val: what happened
 * @v: with what
 *
 * Context: the caller keeps the chain as it is. Return: as atomic_notifier_call_chain().
 */
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)
{
	return chain_call(&nh->head, val, v, -1, NULL);
}
EXPORT_SYMBOL(raw_notifier_call_chain);

/**
 * raw_notifier_call_chain_robust - tell everybody, and if one says stop, tell those before it that
 * it is off
 * @nh: the chain
 * @val_up: what is to happen
 * @val_down: that it does not
 * @v: with what
 *
 * Context: the caller keeps the chain as it is.
 * Return: the last answer to @val_up, NOTIFY_DONE if there was none.
 */
int raw_notifier_call_chain_robust(struct raw_notifier_head *nh, unsigned long val_up,
				   unsigned long val_down, void *v)
{
	return chain_call_robust(&nh->head, val_up, val_down, v);
}
EXPORT_SYMBOL(raw_notifier_call_chain_robust);

/* ---- srcu chains ---- */

/**
 * srcu_init_notifier_head - make an empty chain
 * @nh: the chain
 *
 * Context: may sleep. No memory is a BUG: there is nobody to tell.
 */
void srcu_init_notifier_head(struct srcu_notifier_head *nh)
{
	mutex_init(&nh->mutex);
	if (init_srcu_struct(&nh->srcu) < 0)
		BUG();
	nh->head = NULL;
}
EXPORT_SYMBOL_GPL(srcu_init_notifier_head);

/**
 * srcu_notifier_chain_register - add a callback that may sleep
 * @nh: the chain
 * @n: the callback
 *
 * Context: may sleep.
 * Return: 0, or -EEXIST.
 */
int srcu_notifier_chain_register(struct srcu_notifier_head *nh, struct notifier_block *n)
{
	int ret;

	if (unlikely(system_state == SYSTEM_BOOTING))
		return chain_register(&nh->head, n, false);
	mutex_lock(&nh->mutex);
	ret = chain_register(&nh->head, n, false);
	mutex_unlock(&nh->mutex);
	return ret;
}
EXPORT_SYMBOL_GPL(srcu_notifier_chain_register);

/**
 * srcu_notifier_chain_unregister - take a callback off, and wait until nobody calls it
 * @nh: the chain
 * @n: the callback
 *
 * Context: may sleep; not in a callback of the chain.
 * Return: 0, or -ENOENT.
 */
int srcu_notifier_chain_unregister(struct srcu_notifier_head *nh, struct notifier_block *n)
{
	int ret;

	if (unlikely(system_state == SYSTEM_BOOTING))
		return chain_unregister(&nh->head, n);
	mutex_lock(&nh->mutex);
	ret = chain_unregister(&nh->head, n);
	mutex_unlock(&nh->mutex);
	synchronize_srcu(&nh->srcu);
	return ret;
}
EXPORT_SYMBOL_GPL(srcu_notifier_chain_unregister);

/**
 * srcu_notifier_call_chain - tell everybody on a chain
 * @nh: the chain
 * @val: what happened
 * @v: with what
 *
 * Context: may sleep. Return: as atomic_notifier_call_chain().
 */
int srcu_notifier_call_chain(struct srcu_notifier_head *nh, unsigned long val, void *v)
{
	int idx, ret;

	idx = srcu_read_lock(&nh->srcu);
	ret = chain_call(&nh->head, val, v, -1, NULL);
	srcu_read_unlock(&nh->srcu, idx);
	return ret;
}
EXPORT_SYMBOL_GPL(srcu_notifier_call_chain);

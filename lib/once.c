// SPDX-License-Identifier: MIT
/*
 * The two ends of DO_ONCE(). See <linux/once.h>.
 *
 * *done is what decides, under a lock that the function runs under too. The static branch only
 * makes later calls cheap, so turning it off may come late, or never for lack of memory: changing
 * code sleeps, and is left to a work item.
 */

#include <linux/once.h>

#include <linux/export.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

static DEFINE_SPINLOCK(once_lock);
static DEFINE_MUTEX(once_mutex);

struct once_work {
	struct work_struct work;
	struct static_key_true *key;
};

static void turn_off(struct work_struct *w)
{
	struct once_work *work = container_of(w, struct once_work, work);

	static_branch_disable(work->key);
	kfree(work);
}

static void turn_off_later(struct static_key_true *key)
{
	struct once_work *work = kmalloc(sizeof(*work), GFP_ATOMIC);

	if (!work)
		return;
	INIT_WORK(&work->work, turn_off);
	work->key = key;
	schedule_work(&work->work);
}

/** __do_once_start() - is it this caller's turn? If so it holds the lock until __do_once_done() */
bool __do_once_start(bool *done, unsigned long *flags)
	__acquires(&once_lock)
{
	spin_lock_irqsave(&once_lock, *flags);
	if (!*done)
		return true;
	spin_unlock_irqrestore(&once_lock, *flags);
	/* on the way out without the lock: for sparse, which sees one exit */
	__acquire(&once_lock);
	return false;
}
EXPORT_SYMBOL(__do_once_start);

/** __do_once_done() - the function has run */
void __do_once_done(bool *done, struct static_key_true *once_key, unsigned long *flags,
		    struct module *mod)
	__releases(&once_lock)
{
	(void)mod;
	*done = true;
	spin_unlock_irqrestore(&once_lock, *flags);
	turn_off_later(once_key);
}
EXPORT_SYMBOL(__do_once_done);

/** __do_once_sleepable_start() - the same under a mutex */
bool __do_once_sleepable_start(bool *done)
	__acquires(&once_mutex)
{
	mutex_lock(&once_mutex);
	if (!*done)
		return true;
	mutex_unlock(&once_mutex);
	__acquire(&once_mutex);
	return false;
}
EXPORT_SYMBOL(__do_once_sleepable_start);

/** __do_once_sleepable_done() - the function has run */
void __do_once_sleepable_done(bool *done, struct static_key_true *once_key, struct module *mod)
	__releases(&once_mutex)
{
	(void)mod;
	*done = true;
	mutex_unlock(&once_mutex);
	/* the caller may hold what changing code takes: not from here either */
	turn_off_later(once_key);
}
EXPORT_SYMBOL(__do_once_sleepable_done);

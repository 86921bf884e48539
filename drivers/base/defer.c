// SPDX-License-Identifier: MIT
/*
 * Devices that wait for something: a probe() returned -EPROBE_DEFER, since what the driver needs is
 * another driver's to give, which hasn't come yet.
 *
 * Whenever some device gets its driver, that may have been it: all that wait are tried again, by a
 * worker. A try that fails once more puts the device back.
 *
 * A device may come too late to wait:
 *
 *	A's probe() looks for a clock: none
 *							B is bound, and gives the clock;
 *							nobody waits
 *	A's probe() returns -EPROBE_DEFER: A waits, but for whom?
 *
 * So binds are counted. Who adds a device tells how many there were when its probe() began, and if
 * there were more since, the worker is started at once.
 *
 * A device on the list is referenced by it. Lock: waiting_lock guards the list and the count; it
 * nests inside device_lock(), and nothing is called with it held.
 */

#include <linux/device.h>

#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "base.h"

static DEFINE_SPINLOCK(waiting_lock);
static LIST_HEAD(waiting);		/* by device.deferred */
static unsigned long binds;		/* since boot */

static struct device *first_of(struct list_head *list)
{
	guard(spinlock)(&waiting_lock);
	return get_device(list_first_entry_or_null(list, struct device, deferred));
}

/* Those that wait now are tried once each; one that has to go on waiting is on the new list. */
static void try_all(struct work_struct *work)
{
	LIST_HEAD(now);
	struct device *dev;

	(void)work;
	scoped_guard(spinlock, &waiting_lock)
		list_splice_init(&waiting, &now);
	while ((dev = first_of(&now))) {
		deferral_forget(dev);
		/* Whether it has a driver now, is going, or waits again: all is done. */
		(void)!device_attach(dev);
		put_device(dev);
	}
}

static DECLARE_WORK(try_work, try_all);

/* Before probe(): what deferral_add() wants to know. */
unsigned long deferral_begin(void)
{
	guard(spinlock)(&waiting_lock);
	return binds;
}

/* @dev, whose probe() began at @begun, waits. device_lock() held. */
void deferral_add(struct device *dev, unsigned long begun)
{
	bool missed;

	device_lock_assert(dev);
	scoped_guard(spinlock, &waiting_lock) {
		if (list_empty(&dev->deferred)) {
			get_device(dev);
			list_add_tail(&dev->deferred, &waiting);
		}
		missed = binds != begun;
	}
	if (missed)
		schedule_work(&try_work);
}

/* @dev doesn't wait any more, if it did. */
void deferral_forget(struct device *dev)
{
	scoped_guard(spinlock, &waiting_lock) {
		if (list_empty(&dev->deferred))
			return;
		list_del_init(&dev->deferred);
	}
	put_device(dev);
}

/* A device got its driver. */
void deferral_try_again(void)
{
	bool any;

	scoped_guard(spinlock, &waiting_lock) {
		binds++;
		any = !list_empty(&waiting);
	}
	if (any)
		schedule_work(&try_work);
}

/**
 * wait_for_device_probe - wait until nobody is being tried again
 *
 * A device may still wait for something that never comes. Context: may sleep; not in a probe().
 */
void wait_for_device_probe(void)
{
	flush_work(&try_work);
}
EXPORT_SYMBOL_GPL(wait_for_device_probe);

/**
 * driver_deferred_probe_check_state - is it worth while to wait for what is missing?
 * @dev: whose probe() finds something missing
 *
 * Return: -EPROBE_DEFER while the kernel starts, -ENODEV after that: drivers come in the image, and
 * all are there.
 */
int driver_deferred_probe_check_state(struct device *dev)
{
	(void)dev;
	return system_state < SYSTEM_RUNNING ? -EPROBE_DEFER : -ENODEV;
}
EXPORT_SYMBOL_GPL(driver_deferred_probe_check_state);

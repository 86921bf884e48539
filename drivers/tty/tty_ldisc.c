// SPDX-License-Identifier: MIT
/*
 * Which line discipline a terminal has.
 *
 * Who uses the discipline holds tty->ldisc_sem shared (tty_ldisc_ref_wait()), also while it sleeps
 * for input; who changes it, or lets it start afresh after a hangup, holds it exclusively. So
 * before that sleepers have to be woken, and see by TTY_HUPPING or by tty_hung_up_p() that they are
 * to go.
 *
 * Lock order: legacy_mutex (master > slave) > ldisc_sem > termios_rwsem > the discipline's own.
 */

#include <linux/tty_ldisc.h>

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/tty.h>

#include "tty.h"

static const struct tty_ldisc_ops *ldiscs[NR_LDISCS];
static DEFINE_SPINLOCK(ldiscs_lock);

/** tty_register_ldisc - make a discipline known: 0, -EINVAL for a number that isn't one */
int tty_register_ldisc(const struct tty_ldisc_ops *new_ldisc)
{
	if (new_ldisc->num < 0 || new_ldisc->num >= NR_LDISCS)
		return -EINVAL;
	spin_lock(&ldiscs_lock);
	ldiscs[new_ldisc->num] = new_ldisc;
	spin_unlock(&ldiscs_lock);
	return 0;
}
EXPORT_SYMBOL(tty_register_ldisc);

/** tty_unregister_ldisc - nobody may be using it */
void tty_unregister_ldisc(const struct tty_ldisc_ops *ldisc)
{
	spin_lock(&ldiscs_lock);
	ldiscs[ldisc->num] = NULL;
	spin_unlock(&ldiscs_lock);
}
EXPORT_SYMBOL(tty_unregister_ldisc);

/** tty_ldiscs_show - /proc/tty/ldiscs: name and number of each */
int tty_ldiscs_show(struct seq_file *m, void *v)
{
	int i;

	spin_lock(&ldiscs_lock);
	for (i = 0; i < NR_LDISCS; i++) {
		if (ldiscs[i])
			seq_printf(m, "%-10s %2d\n", ldiscs[i]->name ?: "???", i);
	}
	spin_unlock(&ldiscs_lock);
	return 0;
}

static struct tty_ldisc *tty_ldisc_get(struct tty_struct *tty, int disc)
{
	const struct tty_ldisc_ops *ops;
	struct tty_ldisc *ld;

	if (disc < 0 || disc >= NR_LDISCS)
		return ERR_PTR(-EINVAL);
	spin_lock(&ldiscs_lock);
	ops = ldiscs[disc];
	spin_unlock(&ldiscs_lock);
	if (!ops)
		return ERR_PTR(-EINVAL);
	ld = kmalloc(sizeof(*ld), GFP_KERNEL);
	if (!ld)
		return ERR_PTR(-ENOMEM);
	ld->ops = ops;
	ld->tty = tty;
	return ld;
}

/**
 * tty_ldisc_ref_wait - use the discipline
 * @tty: the terminal
 *
 * Context: may sleep, for a hangup to end.
 * Return: the discipline until tty_ldisc_deref(); NULL if there is none any more.
 */
struct tty_ldisc *tty_ldisc_ref_wait(struct tty_struct *tty)
{
	struct tty_ldisc *ld;

	down_read(&tty->ldisc_sem);
	ld = tty->ldisc;
	if (!ld)
		up_read(&tty->ldisc_sem);
	return ld;
}
EXPORT_SYMBOL_GPL(tty_ldisc_ref_wait);

/** tty_ldisc_ref - the same, but NULL if one would have to wait */
struct tty_ldisc *tty_ldisc_ref(struct tty_struct *tty)
{
	struct tty_ldisc *ld;

	if (!down_read_trylock(&tty->ldisc_sem))
		return NULL;
	ld = tty->ldisc;
	if (!ld)
		up_read(&tty->ldisc_sem);
	return ld;
}
EXPORT_SYMBOL_GPL(tty_ldisc_ref);

/** tty_ldisc_deref - end the use of a line discipline that tty_ldisc_ref() or _ref_wait() began */
void tty_ldisc_deref(struct tty_ldisc *ld)
{
	up_read(&ld->tty->ldisc_sem);
}
EXPORT_SYMBOL_GPL(tty_ldisc_deref);

/** tty_ldisc_flush - forget all received bytes */
void tty_ldisc_flush(struct tty_struct *tty)
{
	struct tty_ldisc *ld = tty_ldisc_ref(tty);

	tty_buffer_flush(tty, ld);
	if (ld)
		tty_ldisc_deref(ld);
}
EXPORT_SYMBOL_GPL(tty_ldisc_flush);

static int tty_ldisc_open(struct tty_struct *tty, struct tty_ldisc *ld)
{
	int ret = 0;

	WARN_ON(test_and_set_bit(TTY_LDISC_OPEN, &tty->flags));
	if (ld->ops->open) {
		ret = ld->ops->open(tty);
		if (ret)
			clear_bit(TTY_LDISC_OPEN, &tty->flags);
	}
	return ret;
}

static void tty_ldisc_close(struct tty_struct *tty, struct tty_ldisc *ld)
{
	WARN_ON(!test_and_clear_bit(TTY_LDISC_OPEN, &tty->flags));
	if (ld->ops->close)
		ld->ops->close(tty);
}

/* ldisc_sem is held exclusively. */
static void tty_ldisc_kill(struct tty_struct *tty)
{
	if (!tty->ldisc)
		return;
	if (test_bit(TTY_LDISC_OPEN, &tty->flags))
		tty_ldisc_close(tty, tty->ldisc);
	kfree(tty->ldisc);
	tty->ldisc = NULL;
}

static void tty_reset_termios(struct tty_struct *tty)
{
	down_write(&tty->termios_rwsem);
	tty->termios = tty->driver->init_termios;
	tty->termios.c_ispeed = tty_termios_input_baud_rate(&tty->termios);
	tty->termios.c_ospeed = tty_termios_baud_rate(&tty->termios);
	up_write(&tty->termios_rwsem);
}

/**
 * tty_ldisc_reinit - N_TTY, opened afresh
 * @tty: with ldisc_sem held exclusively
 *
 * Return: 0 or a negative errno, then there is no discipline.
 */
int tty_ldisc_reinit(struct tty_struct *tty)
{
	struct tty_ldisc *ld = tty_ldisc_get(tty, N_TTY);
	int ret;

	if (IS_ERR(ld))
		return PTR_ERR(ld);
	tty_ldisc_kill(tty);
	tty->ldisc = ld;
	tty->termios.c_line = N_TTY;
	ret = tty_ldisc_open(tty, ld);
	if (ret) {
		kfree(ld);
		tty->ldisc = NULL;
	}
	return ret;
}

/**
 * tty_set_ldisc - TIOCSETD
 * @tty: the terminal
 * @disc: N_*
 *
 * Return: 0, -EINVAL if there is none of the number, -EBUSY if somebody sleeps in the old one, -EIO
 * after a hangup.
 */
int tty_set_ldisc(struct tty_struct *tty, int disc)
{
	struct tty_ldisc *ld = tty_ldisc_get(tty, disc), *old;
	int ret;

	if (IS_ERR(ld))
		return PTR_ERR(ld);
	tty_lock(tty);
	set_bit(TTY_LDISC_CHANGING, &tty->flags);
	wake_up_interruptible_all(&tty->read_wait);
	wake_up_interruptible_all(&tty->write_wait);
	if (!down_write_trylock(&tty->ldisc_sem)) {
		ret = -EBUSY;
		goto out_unlock;
	}
	old = tty->ldisc;
	ret = -EIO;
	if (!old || test_bit(TTY_HUPPED, &tty->flags))
		goto out_sem;
	ret = 0;
	if (old->ops->num == disc)
		goto out_sem;
	tty_ldisc_close(tty, old);
	tty->ldisc = ld;
	tty->termios.c_line = disc;
	ret = tty_ldisc_open(tty, ld);
	if (!ret) {
		ld = old;	/* the one to free */
	} else {
		tty->ldisc = old;
		tty->termios.c_line = old->ops->num;
		if (tty_ldisc_open(tty, old))
			tty_ldisc_reinit(tty);
	}
out_sem:
	up_write(&tty->ldisc_sem);
out_unlock:
	clear_bit(TTY_LDISC_CHANGING, &tty->flags);
	tty_unlock(tty);
	tty_buffer_restart_work(tty->port);
	kfree(ld);
	return ret;
}

/**
 * tty_ldisc_hangup - the line is gone: nobody sleeps in the discipline, it forgets what it has
 * @tty: locked, TTY_HUPPING is set
 * @go_on: some files stay open: begin afresh; else the next open will
 */
void tty_ldisc_hangup(struct tty_struct *tty, bool go_on)
{
	struct tty_ldisc *ld = tty_ldisc_ref(tty);

	if (ld) {
		if (ld->ops->flush_buffer)
			ld->ops->flush_buffer(tty);
		tty_driver_flush_buffer(tty);
		if (ld->ops->hangup)
			ld->ops->hangup(tty);
		tty_ldisc_deref(ld);
	}
	wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT | EPOLLWRNORM);
	wake_up_interruptible_poll(&tty->read_wait, EPOLLIN | EPOLLRDNORM);

	down_write(&tty->ldisc_sem);
	if (tty->driver->flags & TTY_DRIVER_RESET_TERMIOS)
		tty_reset_termios(tty);
	if (tty->ldisc && (!go_on || tty_ldisc_reinit(tty)))
		tty_ldisc_kill(tty);
	up_write(&tty->ldisc_sem);
}

/** tty_ldisc_setup - open the disciplines of a fresh terminal, and of its other side */
int tty_ldisc_setup(struct tty_struct *tty, struct tty_struct *o_tty)
{
	int ret = tty_ldisc_open(tty, tty->ldisc);

	if (ret)
		return ret;
	if (o_tty) {
		ret = tty_ldisc_open(o_tty, o_tty->ldisc);
		if (ret)
			tty_ldisc_close(tty, tty->ldisc);
	}
	return ret;
}

static void tty_ldisc_release_one(struct tty_struct *tty, int subclass)
{
	down_write_nested(&tty->ldisc_sem, subclass);
	tty_ldisc_kill(tty);
	up_write(&tty->ldisc_sem);
}

/** tty_ldisc_release - the last user is gone: close the discipline here and on the other side */
void tty_ldisc_release(struct tty_struct *tty)
{
	/* What a worker has in its hands now finds no discipline afterwards. */
	tty_ldisc_release_one(tty, 0);
	if (tty->link)
		tty_ldisc_release_one(tty->link, 1);
}

/** tty_ldisc_init - a discipline for a fresh terminal, not opened: 0, -ENOMEM */
int tty_ldisc_init(struct tty_struct *tty)
{
	struct tty_ldisc *ld = tty_ldisc_get(tty, N_TTY);

	if (IS_ERR(ld))
		return PTR_ERR(ld);
	tty->ldisc = ld;
	return 0;
}

/** tty_ldisc_deinit - undo tty_ldisc_init() of one that was never opened */
void tty_ldisc_deinit(struct tty_struct *tty)
{
	kfree(tty->ldisc);
	tty->ldisc = NULL;
}

// SPDX-License-Identifier: MIT
/*
 * N_TTY: the line discipline that everybody uses. What is typed is in n_tty_input.c; here are
 * output processing, read(2), write(2), poll(2), and what happens when the settings change.
 *
 * Output. A byte that is written may become several (a newline: CR NL; a tab: blanks) and moves the
 * cursor, whose column is counted. Echoes take the same way into the pending output, which goes
 * first:
 *
 *	n_tty_write()				n_tty_receive()
 *	pending output to the driver		echo -> pending output
 *	all of it gone? process and give	   ... to the driver, as far as it has room
 *	to the driver as much as it takes
 *	else sleep for room
 *
 * Input. With ICANON a read gets (a part of) one line. Without, c_cc[VMIN] and c_cc[VTIME] (tenths
 * of a second) tell when it has enough:
 *
 *	VMIN > 0, VTIME = 0	that many bytes
 *	VMIN > 0, VTIME > 0	that many, or a pause after at least one
 *	VMIN = 0, VTIME > 0	one, or none when the time is up
 *	VMIN = 0, VTIME = 0	what is there
 *
 * Locks: termios_rwsem (shared), then ldata->lock; see tty_struct.c for what is above. The driver's
 * write() is called under both and doesn't sleep.
 */

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

#include "n_tty.h"
#include "tty.h"

#define THROTTLE_ROOM	128	/* less room than that: the other side is to stop */
#define UNTHROTTLE_CNT	128	/* no more bytes than that: it may go on */
#define WAKEUP_CHARS	256	/* a driver with fewer bytes to send has room, to poll() */

/* ---- output ---- */

/**
 * n_tty_opost - a byte as it is sent
 * @tty: the terminal, with OPOST
 * @c: the byte
 * @out: gets up to eight
 *
 * The column is counted as if it were sent now.
 *
 * Return: how many bytes it became.
 */
unsigned int n_tty_opost(struct tty_struct *tty, u8 c, u8 *out)
{
	struct n_tty_data *ldata = tty->disc_data;
	unsigned int spaces;

	switch (c) {
	case '\n':
		if (O_ONLRET(tty))
			ldata->column = 0;
		if (O_ONLCR(tty)) {
			ldata->column = ldata->canon_column = 0;
			out[0] = '\r';
			out[1] = '\n';
			return 2;
		}
		ldata->canon_column = ldata->column;
		break;
	case '\r':
		if (O_ONOCR(tty) && !ldata->column)
			return 0;
		if (O_OCRNL(tty)) {
			c = '\n';
			if (O_ONLRET(tty))
				ldata->column = ldata->canon_column = 0;
			break;
		}
		ldata->column = ldata->canon_column = 0;
		break;
	case '\t':
		spaces = 8 - (ldata->column & 7);
		ldata->column += spaces;
		if (O_TABDLY(tty) == XTABS) {
			memset(out, ' ', spaces);
			return spaces;
		}
		break;
	case '\b':
		if (ldata->column)
			ldata->column--;
		break;
	default:
		if (!iscntrl(c)) {
			if (O_OLCUC(tty))
				c = toupper(c);
			if (!is_continuation(c, tty))
				ldata->column++;
		}
		break;
	}
	out[0] = c;
	return 1;
}

/** n_tty_pend - output for the driver, when it has room. What doesn't fit is lost. */
void n_tty_pend(struct n_tty_data *ldata, const u8 *bytes, size_t n)
{
	if (n > N_TTY_BUF_SIZE - (ldata->pend_head - ldata->pend_tail))
		return;
	while (n--)
		ldata->pend[n_tty_at(ldata->pend_head++)] = *bytes++;
}

/** n_tty_flush_pending - give the driver what is pending. True when nothing is left. */
bool n_tty_flush_pending(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	while (ldata->pend_head != ldata->pend_tail) {
		size_t at = n_tty_at(ldata->pend_tail);
		size_t n = min(ldata->pend_head - ldata->pend_tail, N_TTY_BUF_SIZE - at);
		ssize_t sent = tty->ops->write(tty, ldata->pend + at, n);

		if (sent <= 0) {
			set_bit(TTY_DO_WRITE_WAKEUP, &tty->flags);
			return false;
		}
		ldata->pend_tail += sent;
	}
	return true;
}

/* Process and send what fits. How many of @nr bytes, or what the driver says. */
static ssize_t write_processed(struct tty_struct *tty, const u8 *buf, size_t nr)
{
	struct n_tty_data *ldata = tty->disc_data;
	u8 out[256];
	size_t done = 0;

	while (done < nr) {
		size_t room = min_t(size_t, tty_write_room(tty), sizeof(out)), n = 0;
		ssize_t sent;

		/* The last byte may become more than there is room for: see below. */
		while (done < nr && n < room && n + 8 <= sizeof(out))
			n += n_tty_opost(tty, buf[done++], out + n);
		if (!n)
			break;
		sent = tty->ops->write(tty, out, n);
		if (sent < 0) {
			if (!done)
				return sent;
			sent = 0;
		}
		/* What the driver had no room for goes first next time. */
		if (sent < n) {
			n_tty_pend(ldata, out + sent, n - sent);
			break;
		}
	}
	return done;
}

static ssize_t write_some(struct tty_struct *tty, const u8 *buf, size_t nr)
{
	struct n_tty_data *ldata = tty->disc_data;
	ssize_t ret = 0;

	mutex_lock(&ldata->lock);
	if (n_tty_flush_pending(tty)) {
		if (O_OPOST(tty))
			ret = write_processed(tty, buf, nr);
		else
			ret = tty->ops->write(tty, buf, nr);
	}
	mutex_unlock(&ldata->lock);
	return ret;
}

static ssize_t n_tty_write(struct tty_struct *tty, struct file *file, const u8 *buf, size_t nr)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);
	const u8 *b = buf;
	ssize_t ret = 0, n;

	if (L_TOSTOP(tty)) {
		ret = tty_check_change(tty);
		if (ret)
			return ret;
	}
	down_read(&tty->termios_rwsem);
	add_wait_queue(&tty->write_wait, &wait);
	for (;;) {
		if (signal_pending(current)) {
			ret = -ERESTARTSYS;
			break;
		}
		if (tty_hung_up_p(file) || test_bit(TTY_HUPPING, &tty->flags) ||
		    (tty->link && !tty->link->count)) {
			ret = -EIO;
			break;
		}
		n = write_some(tty, b, nr);
		if (n < 0 && n != -EAGAIN) {
			ret = n;
			break;
		}
		if (n > 0) {
			b += n;
			nr -= n;
		}
		if (!nr)
			break;
		if (n > 0)
			continue;
		if (tty_io_nonblock(tty, file)) {
			ret = -EAGAIN;
			break;
		}
		up_read(&tty->termios_rwsem);
		wait_woken(&wait, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
		down_read(&tty->termios_rwsem);
	}
	remove_wait_queue(&tty->write_wait, &wait);
	if (nr && tty->fasync)
		set_bit(TTY_DO_WRITE_WAKEUP, &tty->flags);
	up_read(&tty->termios_rwsem);
	return b != buf ? b - buf : ret;
}

/* The driver has room again, and somebody asked to be told. */
static void n_tty_write_wakeup(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	clear_bit(TTY_DO_WRITE_WAKEUP, &tty->flags);
	mutex_lock(&ldata->lock);
	n_tty_flush_pending(tty);
	mutex_unlock(&ldata->lock);
	kill_fasync(&tty->fasync, SIGIO, POLL_OUT);
}

/* ---- input ---- */

void n_tty_reset_input(struct n_tty_data *ldata)
{
	ldata->read_head = ldata->canon_head = ldata->read_tail = 0;
	bitmap_zero(ldata->flags, N_TTY_BUF_SIZE);
	ldata->erasing = false;
	ldata->lnext = false;
	ldata->push = false;
}

static bool reads_lines(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	return ldata->icanon && !L_EXTPROC(tty);
}

/* Is there something to read? To poll() it is VMIN bytes that are something, if no time counts. */
static bool input_available(struct tty_struct *tty, bool poll)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t enough = poll && !TIME_CHAR(tty) && MIN_CHAR(tty) ? MIN_CHAR(tty) : 1;
	bool ret;

	mutex_lock(&ldata->lock);
	if (reads_lines(tty))
		ret = ldata->canon_head != ldata->read_tail;
	else
		ret = n_tty_read_cnt(ldata) >= enough;
	mutex_unlock(&ldata->lock);
	return ret;
}

static void copy_out(struct n_tty_data *ldata, u8 *to, size_t n)
{
	size_t at = n_tty_at(ldata->read_tail);
	size_t first = min(n, N_TTY_BUF_SIZE - at);

	memcpy(to, ldata->buf + at, first);
	memcpy(to + first, ldata->buf, n - first);
	/* What was typed doesn't lie about. */
	memset(ldata->buf + at, 0, first);
	memset(ldata->buf, 0, n - first);
	ldata->read_tail += n;
}

/* The end of a line stands at the tail: take it away. True if it was an end of file. */
static bool eat_line_end(struct n_tty_data *ldata)
{
	size_t at = n_tty_at(ldata->read_tail);

	if (ldata->read_tail == ldata->canon_head || !test_bit(at, ldata->flags) ||
	    ldata->buf[at] != __DISABLED_CHAR)
		return false;
	clear_bit(at, ldata->flags);
	ldata->read_tail++;
	return true;
}

/* A line, or @nr bytes of it. */
static size_t copy_line(struct n_tty_data *ldata, u8 *to, size_t nr)
{
	size_t n = 0, whole = ldata->canon_head - ldata->read_tail;
	bool ended = false;

	while (n < nr && n < whole && !ended) {
		size_t at = n_tty_at(ldata->read_tail + n);

		if (test_bit(at, ldata->flags)) {
			if (ldata->buf[at] == __DISABLED_CHAR && !ldata->push)
				break;
			clear_bit(at, ldata->flags);
			ended = true;
		}
		n++;
	}
	copy_out(ldata, to, n);
	/* An end of file after it belongs to it, also if it filled the buffer to the last byte. */
	if (!ended)
		eat_line_end(ldata);
	else
		ldata->push = false;
	return n;
}

static size_t copy_input(struct tty_struct *tty, u8 *to, size_t nr)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t n;

	mutex_lock(&ldata->lock);
	if (reads_lines(tty)) {
		n = copy_line(ldata, to, nr);
	} else {
		n = min(nr, n_tty_read_cnt(ldata));
		copy_out(ldata, to, n);
		/* Lines' ends mean nothing here. */
		if (ldata->canon_head - ldata->read_tail > N_TTY_BUF_SIZE)
			ldata->canon_head = ldata->read_tail;
	}
	mutex_unlock(&ldata->lock);
	return n;
}

/* There is room again: the worker, and the other side, may go on. */
static void input_was_taken(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;
	bool restart, unthrottle;

	mutex_lock(&ldata->lock);
	restart = ldata->no_room;
	ldata->no_room = false;
	unthrottle = n_tty_read_cnt(ldata) <= UNTHROTTLE_CNT;
	mutex_unlock(&ldata->lock);
	if (restart)
		tty_buffer_restart_work(tty->port);
	if (unthrottle && tty_throttled(tty))
		tty_unthrottle_safe(tty);
}

static int job_control(struct tty_struct *tty, struct file *file)
{
	/* The console may be read by anybody who has it open. */
	if (file_inode(file)->i_rdev == MKDEV(TTYAUX_MAJOR, 1))
		return 0;
	return __tty_check_change(tty, SIGTTIN);
}

/* A master in packet mode: is there a status, and which? 0: none. */
static u8 take_packet_status(struct tty_struct *tty)
{
	u8 status = 0;

	if (!tty->ctrl.packet || !tty->link)
		return 0;
	spin_lock_irq(&tty->ctrl.lock);
	if (tty->ctrl.packet) {
		status = tty->link->ctrl.pktstatus;
		tty->link->ctrl.pktstatus = 0;
	}
	spin_unlock_irq(&tty->ctrl.lock);
	return status;
}

/*
 * Why a read has to end although there is nothing: 0 (the end of the file), a negative errno, or 1.
 */
static int why_not_wait(struct tty_struct *tty, struct file *file, long timeout)
{
	if (test_bit(TTY_OTHER_CLOSED, &tty->flags))
		return -EIO;
	if (tty_hung_up_p(file) || test_bit(TTY_HUPPING, &tty->flags))
		return 0;
	if (!timeout)
		return 0;
	if (tty_io_nonblock(tty, file))
		return -EAGAIN;
	if (signal_pending(current))
		return -ERESTARTSYS;
	return 1;
}

static ssize_t n_tty_read(struct tty_struct *tty, struct file *file, u8 *buf, size_t nr)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);
	long timeout = MAX_SCHEDULE_TIMEOUT, time = 0;
	size_t got = 0, minimum = 1;
	ssize_t ret = 0;
	bool lines;

	ret = job_control(tty, file);
	if (ret)
		return ret;
	down_read(&tty->termios_rwsem);
	lines = reads_lines(tty);
	if (!lines) {
		minimum = MIN_CHAR(tty);
		time = (HZ / 10) * TIME_CHAR(tty);
		if (!minimum) {
			timeout = time;
			time = 0;
			minimum = 1;
		}
	}
	add_wait_queue(&tty->read_wait, &wait);
	while (got < nr) {
		u8 status = take_packet_status(tty);

		if (status) {
			if (got)
				break;
			buf[got++] = status;
			break;
		}
		if (!input_available(tty, false)) {
			/* What is on its way may change the answer. */
			up_read(&tty->termios_rwsem);
			tty_buffer_flush_work(tty->port);
			down_read(&tty->termios_rwsem);
			if (!input_available(tty, false)) {
				ret = why_not_wait(tty, file, timeout);
				if (ret <= 0)
					break;
				ret = 0;
				up_read(&tty->termios_rwsem);
				timeout = wait_woken(&wait, TASK_INTERRUPTIBLE, timeout);
				down_read(&tty->termios_rwsem);
				continue;
			}
		}
		if (tty->ctrl.packet && !got) {
			buf[got++] = TIOCPKT_DATA;
			if (got == nr)
				break;
		}
		got += copy_input(tty, buf + got, nr - got);
		input_was_taken(tty);
		/* The settings may have changed while we slept. */
		if (lines || reads_lines(tty) || got >= minimum)
			break;
		if (time)
			timeout = time;
	}
	remove_wait_queue(&tty->read_wait, &wait);
	up_read(&tty->termios_rwsem);
	return got ? got : ret;
}

/* Context of the worker that hands bytes in. */
static size_t n_tty_receive_buf2(struct tty_struct *tty, const u8 *cp, const u8 *fp, size_t count)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t n, room;

	down_read(&tty->termios_rwsem);
	mutex_lock(&ldata->lock);
	n = n_tty_receive(tty, cp, fp, count);
	room = N_TTY_BUF_SIZE - n_tty_read_cnt(ldata);
	/* A full line that can't be read yet must not stop its own end. */
	if (ldata->icanon && ldata->canon_head == ldata->read_tail)
		room = N_TTY_BUF_SIZE;
	mutex_unlock(&ldata->lock);
	if (room < THROTTLE_ROOM && tty->driver->type != TTY_DRIVER_TYPE_PTY)
		tty_throttle_safe(tty);
	up_read(&tty->termios_rwsem);
	return n;
}

static void n_tty_flush_buffer(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	down_read(&tty->termios_rwsem);
	mutex_lock(&ldata->lock);
	n_tty_reset_input(ldata);
	mutex_unlock(&ldata->lock);
	input_was_taken(tty);
	n_tty_packet_status(tty, TIOCPKT_FLUSHREAD);
	up_read(&tty->termios_rwsem);
}

/* ---- poll, ioctl ---- */

static __poll_t n_tty_poll(struct tty_struct *tty, struct file *file, poll_table *wait)
{
	__poll_t mask = 0;

	poll_wait(file, &tty->read_wait, wait);
	poll_wait(file, &tty->write_wait, wait);
	down_read(&tty->termios_rwsem);
	if (!input_available(tty, true)) {
		up_read(&tty->termios_rwsem);
		tty_buffer_flush_work(tty->port);
		down_read(&tty->termios_rwsem);
	}
	if (input_available(tty, true))
		mask |= EPOLLIN | EPOLLRDNORM;
	up_read(&tty->termios_rwsem);
	if (tty->ctrl.packet && tty->link && READ_ONCE(tty->link->ctrl.pktstatus))
		mask |= EPOLLPRI | EPOLLIN | EPOLLRDNORM;
	if (test_bit(TTY_OTHER_CLOSED, &tty->flags) || tty_hung_up_p(file))
		mask |= EPOLLHUP;
	if (tty->ops->write && !mutex_is_locked(&tty->atomic_write_lock) &&
	    tty_chars_in_buffer(tty) < WAKEUP_CHARS && tty_write_room(tty) > 0)
		mask |= EPOLLOUT | EPOLLWRNORM;
	return mask;
}

/* Bytes of whole lines, without ends of file. */
static size_t readable_bytes(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t i, n;

	if (!reads_lines(tty))
		return n_tty_read_cnt(ldata);
	n = ldata->canon_head - ldata->read_tail;
	for (i = ldata->read_tail; i != ldata->canon_head; i++) {
		if (test_bit(n_tty_at(i), ldata->flags) &&
		    *n_tty_buf(ldata, i) == __DISABLED_CHAR)
			n--;
	}
	return n;
}

static int n_tty_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct n_tty_data *ldata = tty->disc_data;
	int n;

	switch (cmd) {
	case TIOCOUTQ:
		return put_user(tty_chars_in_buffer(tty), (int __user *)arg);
	case TIOCINQ:
		down_read(&tty->termios_rwsem);
		mutex_lock(&ldata->lock);
		n = readable_bytes(tty);
		mutex_unlock(&ldata->lock);
		up_read(&tty->termios_rwsem);
		return put_user(n, (int __user *)arg);
	default:
		return n_tty_ioctl_helper(tty, cmd, arg);
	}
}

/* ---- settings ---- */

/* From lines to bytes or back: what is there becomes one line, or a heap of bytes. */
static void switch_mode(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	bitmap_zero(ldata->flags, N_TTY_BUF_SIZE);
	if (!L_ICANON(tty) || !n_tty_read_cnt(ldata)) {
		ldata->canon_head = ldata->read_tail;
		ldata->push = false;
	} else {
		set_bit(n_tty_at(ldata->read_head - 1), ldata->flags);
		ldata->canon_head = ldata->read_head;
		ldata->push = true;
	}
	ldata->erasing = false;
	ldata->lnext = false;
}

static bool nothing_to_do(struct tty_struct *tty)
{
	return !(tty->termios.c_iflag & (ISTRIP | IUCLC | IGNCR | ICRNL | INLCR | IXON | PARMRK)) &&
	       !(tty->termios.c_lflag & (ICANON | ECHO | ISIG));
}

/* termios_rwsem is held for writing. @old is NULL at first. */
static void n_tty_set_termios(struct tty_struct *tty, const struct ktermios *old)
{
	struct n_tty_data *ldata = tty->disc_data;

	mutex_lock(&ldata->lock);
	if (!old || (old->c_lflag ^ tty->termios.c_lflag) & (ICANON | EXTPROC))
		switch_mode(tty);
	ldata->icanon = L_ICANON(tty);
	ldata->raw = nothing_to_do(tty);
	/* Nobody could type ^Q any more. */
	if (!I_IXON(tty) && old && (old->c_iflag & IXON) && !tty->flow.tco_stopped) {
		start_tty(tty);
		n_tty_flush_pending(tty);
	}
	mutex_unlock(&ldata->lock);
	/* What sleepers wait for may be there, under the new rules. */
	wake_up_interruptible(&tty->write_wait);
	wake_up_interruptible(&tty->read_wait);
}

static int n_tty_open(struct tty_struct *tty)
{
	struct n_tty_data *ldata = kvzalloc(sizeof(*ldata), GFP_KERNEL);

	if (!ldata)
		return -ENOMEM;
	mutex_init(&ldata->lock);
	if (tty->driver->type == TTY_DRIVER_TYPE_PTY && tty->driver->subtype == PTY_TYPE_SLAVE)
		lockdep_set_subclass(&ldata->lock, TTY_LOCK_SLAVE);	/* see pty.c */
	tty->disc_data = ldata;
	tty->closing = false;
	clear_bit(TTY_LDISC_HALTED, &tty->flags);
	n_tty_set_termios(tty, NULL);
	if (tty_throttled(tty))
		tty_unthrottle_safe(tty);
	return 0;
}

static void n_tty_close(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (tty->link)
		n_tty_packet_status(tty, TIOCPKT_FLUSHREAD);
	tty->disc_data = NULL;
	mutex_destroy(&ldata->lock);
	kvfree(ldata);
}

static const struct tty_ldisc_ops n_tty_ops = {
	.name		= "n_tty",
	.num		= N_TTY,
	.open		= n_tty_open,
	.close		= n_tty_close,
	.flush_buffer	= n_tty_flush_buffer,
	.read		= n_tty_read,
	.write		= n_tty_write,
	.ioctl		= n_tty_ioctl,
	.set_termios	= n_tty_set_termios,
	.poll		= n_tty_poll,
	.receive_buf2	= n_tty_receive_buf2,
	.write_wakeup	= n_tty_write_wakeup,
};

void __init n_tty_init(void)
{
	tty_register_ldisc(&n_tty_ops);
}

// SPDX-License-Identifier: MIT
/*
 * ioctl(2) on terminals. Who is asked, in this order, until one knows the number:
 *
 *	tty_ioctl()		what concerns the terminal as such: its size, its session, packet
 *				mode
 *	tty->ops->ioctl		the driver
 *	ld->ops->ioctl		the line discipline, which passes settings on to tty_mode_ioctl()
 *
 * Changing anything from the background is an output: SIGTTOU (tty_check_change).
 * The settings are guarded by termios_rwsem.
 */

#include <linux/tty.h>

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "tty.h"

/* ---- the driver's buffer and its flow ---- */

/** tty_chars_in_buffer - bytes that the driver hasn't sent */
unsigned int tty_chars_in_buffer(struct tty_struct *tty)
{
	return tty->ops->chars_in_buffer ? tty->ops->chars_in_buffer(tty) : 0;
}
EXPORT_SYMBOL(tty_chars_in_buffer);

/** tty_write_room - bytes that the driver would take */
unsigned int tty_write_room(struct tty_struct *tty)
{
	return tty->ops->write_room ? tty->ops->write_room(tty) : 2048;
}
EXPORT_SYMBOL(tty_write_room);

/** tty_driver_flush_buffer - forget what isn't sent */
void tty_driver_flush_buffer(struct tty_struct *tty)
{
	if (tty->ops->flush_buffer)
		tty->ops->flush_buffer(tty);
}
EXPORT_SYMBOL(tty_driver_flush_buffer);

/** tty_unthrottle - let the other side send. Context: may sleep. */
void tty_unthrottle(struct tty_struct *tty)
{
	down_write(&tty->termios_rwsem);
	if (test_and_clear_bit(TTY_THROTTLED, &tty->flags) && tty->ops->unthrottle)
		tty->ops->unthrottle(tty);
	up_write(&tty->termios_rwsem);
}
EXPORT_SYMBOL(tty_unthrottle);

/** tty_throttle_safe - have the other side stop. True if it is to. termios_rwsem is held. */
bool tty_throttle_safe(struct tty_struct *tty)
{
	mutex_lock(&tty->throttle_mutex);
	if (!test_and_set_bit(TTY_THROTTLED, &tty->flags) && tty->ops->throttle)
		tty->ops->throttle(tty);
	mutex_unlock(&tty->throttle_mutex);
	return true;
}

/** tty_unthrottle_safe - let the other side go on. termios_rwsem is held. */
bool tty_unthrottle_safe(struct tty_struct *tty)
{
	mutex_lock(&tty->throttle_mutex);
	if (test_and_clear_bit(TTY_THROTTLED, &tty->flags) && tty->ops->unthrottle)
		tty->ops->unthrottle(tty);
	mutex_unlock(&tty->throttle_mutex);
	return true;
}

/**
 * tty_wait_until_sent - sleep until all that was written is sent
 * @tty: the terminal
 * @timeout: jiffies at most; 0: no limit
 */
void tty_wait_until_sent(struct tty_struct *tty, long timeout)
{
	if (!timeout)
		timeout = MAX_SCHEDULE_TIMEOUT;
	timeout = wait_event_interruptible_timeout(tty->write_wait, !tty_chars_in_buffer(tty),
						   timeout);
	if (timeout <= 0)
		return;
	if (timeout == MAX_SCHEDULE_TIMEOUT)
		timeout = 0;
	if (tty->ops->wait_until_sent)
		tty->ops->wait_until_sent(tty, timeout);
}
EXPORT_SYMBOL(tty_wait_until_sent);

/* ---- speeds ---- */

static const struct {
	speed_t rate;
	tcflag_t bits;
} baud_table[] = {
	{ 0, B0 }, { 50, B50 }, { 75, B75 }, { 110, B110 }, { 134, B134 }, { 150, B150 },
	{ 200, B200 }, { 300, B300 }, { 600, B600 }, { 1200, B1200 }, { 1800, B1800 },
	{ 2400, B2400 }, { 4800, B4800 }, { 9600, B9600 }, { 19200, B19200 },
	{ 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 }, { 230400, B230400 },
	{ 460800, B460800 }, { 500000, B500000 }, { 576000, B576000 }, { 921600, B921600 },
	{ 1000000, B1000000 }, { 1152000, B1152000 }, { 1500000, B1500000 },
	{ 2000000, B2000000 }, { 2500000, B2500000 }, { 3000000, B3000000 },
	{ 3500000, B3500000 }, { 4000000, B4000000 },
};

static speed_t rate_of_bits(tcflag_t bits)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(baud_table); i++) {
		if (baud_table[i].bits == bits)
			return baud_table[i].rate;
	}
	return 0;
}

/** tty_termios_baud_rate - bits per second that are sent */
speed_t tty_termios_baud_rate(const struct ktermios *termios)
{
	tcflag_t bits = termios->c_cflag & CBAUD;

	return bits == BOTHER ? termios->c_ospeed : rate_of_bits(bits);
}
EXPORT_SYMBOL(tty_termios_baud_rate);

/** tty_termios_input_baud_rate - bits per second that are received */
speed_t tty_termios_input_baud_rate(const struct ktermios *termios)
{
	tcflag_t bits = (termios->c_cflag >> IBSHIFT) & CBAUD;

	if (bits == B0)
		return tty_termios_baud_rate(termios);
	return bits == BOTHER ? termios->c_ispeed : rate_of_bits(bits);
}
EXPORT_SYMBOL(tty_termios_input_baud_rate);

/* The name of a rate, if it is within a fiftieth of one that has one; else BOTHER. */
static tcflag_t bits_of_rate(speed_t rate)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(baud_table); i++) {
		speed_t close = rate / 50;

		if (rate - close <= baud_table[i].rate && rate + close >= baud_table[i].rate)
			return baud_table[i].bits;
	}
	return BOTHER;
}

/** tty_termios_encode_baud_rate - put the rates that a driver really has into the settings */
void tty_termios_encode_baud_rate(struct ktermios *termios, speed_t ibaud, speed_t obaud)
{
	bool explicit_input = termios->c_cflag & CIBAUD;
	bool was_other = (termios->c_cflag & CBAUD) == BOTHER;

	termios->c_ispeed = ibaud;
	termios->c_ospeed = obaud;
	termios->c_cflag &= ~(CBAUD | CIBAUD);
	termios->c_cflag |= was_other ? BOTHER : bits_of_rate(obaud);
	if (explicit_input || ibaud != obaud)
		termios->c_cflag |= (was_other ? BOTHER : bits_of_rate(ibaud)) << IBSHIFT;
}
EXPORT_SYMBOL_GPL(tty_termios_encode_baud_rate);

/** tty_get_char_size - data bits of a character */
unsigned char tty_get_char_size(unsigned int cflag)
{
	switch (cflag & CSIZE) {
	case CS5:
		return 5;
	case CS6:
		return 6;
	case CS7:
		return 7;
	default:
		return 8;
	}
}
EXPORT_SYMBOL_GPL(tty_get_char_size);

/** tty_termios_copy_hw - of a driver without a line: what is the line's stays as it was */
void tty_termios_copy_hw(struct ktermios *new, const struct ktermios *old)
{
	const tcflag_t soft = HUPCL | CREAD | CLOCAL;

	new->c_cflag = (new->c_cflag & soft) | (old->c_cflag & ~soft);
	new->c_ispeed = old->c_ispeed;
	new->c_ospeed = old->c_ospeed;
}
EXPORT_SYMBOL(tty_termios_copy_hw);

/* ---- settings ---- */

static void keep_locked(tcflag_t *value, tcflag_t old, tcflag_t locked)
{
	*value = (*value & ~locked) | (old & locked);
}

/**
 * tty_set_termios - change the settings
 * @tty: the terminal
 * @new_termios: what is wanted
 *
 * The driver may correct them; then the discipline is told.
 *
 * Context: may sleep.
 * Return: 0.
 */
int tty_set_termios(struct tty_struct *tty, struct ktermios *new_termios)
{
	struct ktermios old, *locked = &tty->termios_locked;
	struct tty_ldisc *ld;
	int i;

	/* A discipline that must not go away, before the lock that nests in its own. */
	ld = tty_ldisc_ref(tty);
	down_write(&tty->termios_rwsem);
	old = tty->termios;
	tty->termios = *new_termios;
	tty->termios.c_line = old.c_line;
	keep_locked(&tty->termios.c_iflag, old.c_iflag, locked->c_iflag);
	keep_locked(&tty->termios.c_oflag, old.c_oflag, locked->c_oflag);
	keep_locked(&tty->termios.c_cflag, old.c_cflag, locked->c_cflag);
	keep_locked(&tty->termios.c_lflag, old.c_lflag, locked->c_lflag);
	for (i = 0; i < NCCS; i++) {
		if (locked->c_cc[i])
			tty->termios.c_cc[i] = old.c_cc[i];
	}
	if (tty->ops->set_termios)
		tty->ops->set_termios(tty, &old);
	else
		tty_termios_copy_hw(&tty->termios, &old);
	if (ld && ld->ops->set_termios)
		ld->ops->set_termios(tty, &old);
	up_write(&tty->termios_rwsem);
	if (ld)
		tty_ldisc_deref(ld);
	return 0;
}
EXPORT_SYMBOL_GPL(tty_set_termios);

/* Shapes in which programs have the settings. */
enum termios_abi { ABI_TERMIO, ABI_TERMIOS, ABI_TERMIOS2 };

static void copy_termios(struct tty_struct *tty, struct ktermios *kterm)
{
	down_read(&tty->termios_rwsem);
	*kterm = tty->termios;
	up_read(&tty->termios_rwsem);
}

/* The low halves, and the first control characters. */
static int user_termio_to_kernel(struct ktermios *k, const struct termio __user *u)
{
	struct termio t;

	if (copy_from_user(&t, u, sizeof(t)))
		return -EFAULT;
	k->c_iflag = (k->c_iflag & 0xffff0000) | t.c_iflag;
	k->c_oflag = (k->c_oflag & 0xffff0000) | t.c_oflag;
	k->c_cflag = (k->c_cflag & 0xffff0000) | t.c_cflag;
	k->c_lflag = (k->c_lflag & 0xffff0000) | t.c_lflag;
	k->c_line = t.c_line;
	memcpy(k->c_cc, t.c_cc, NCC);
	return 0;
}

static int kernel_to_user_termio(struct termio __user *u, const struct ktermios *k)
{
	struct termio t;

	memset(&t, 0, sizeof(t));	/* it ends with padding */
	t.c_iflag = k->c_iflag;
	t.c_oflag = k->c_oflag;
	t.c_cflag = k->c_cflag;
	t.c_lflag = k->c_lflag;
	t.c_line = k->c_line;
	memcpy(t.c_cc, k->c_cc, NCC);
	return copy_to_user(u, &t, sizeof(t)) ? -EFAULT : 0;
}

static int get_user_termios(struct ktermios *k, const void __user *u, enum termios_abi abi)
{
	if (abi == ABI_TERMIO)
		return user_termio_to_kernel(k, u);
	/* The three begin alike. */
	BUILD_BUG_ON(sizeof(struct termios2) != sizeof(struct ktermios));
	if (copy_from_user(k, u, abi == ABI_TERMIOS2 ? sizeof(struct termios2) :
						       sizeof(struct termios)))
		return -EFAULT;
	return 0;
}

static int put_user_termios(void __user *u, const struct ktermios *k, enum termios_abi abi)
{
	if (abi == ABI_TERMIO)
		return kernel_to_user_termio(u, k);
	return copy_to_user(u, k, abi == ABI_TERMIOS2 ? sizeof(struct termios2) :
							sizeof(struct termios)) ? -EFAULT : 0;
}

#define TERMIOS_FLUSH	1	/* forget what was received */
#define TERMIOS_WAIT	2	/* send what is written first */

static int set_termios(struct tty_struct *tty, void __user *arg, int opt, enum termios_abi abi)
{
	int ret = tty_check_change(tty);
	struct ktermios k;

	if (ret)
		return ret;
	copy_termios(tty, &k);
	ret = get_user_termios(&k, arg, abi);
	if (ret)
		return ret;
	/* Programs that know of no other speeds leave these alone. */
	k.c_ispeed = tty_termios_input_baud_rate(&k);
	k.c_ospeed = tty_termios_baud_rate(&k);

	if (opt & TERMIOS_FLUSH)
		tty_ldisc_flush(tty);
	if (opt & TERMIOS_WAIT) {
		tty_wait_until_sent(tty, 0);
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	return tty_set_termios(tty, &k);
}

static int get_termios(struct tty_struct *tty, void __user *arg, enum termios_abi abi)
{
	struct ktermios k;

	copy_termios(tty, &k);
	return put_user_termios(arg, &k, abi);
}

/* TCXONC: stop or start either direction. */
static int tty_flow_ioctl(struct tty_struct *tty, unsigned long arg)
{
	u8 c = __DISABLED_CHAR;

	switch (arg) {
	case TCOOFF:
	case TCOON:
		spin_lock_irq(&tty->flow.lock);
		if (arg == TCOOFF && !tty->flow.tco_stopped) {
			tty->flow.tco_stopped = true;
			__stop_tty(tty);
		} else if (arg == TCOON && tty->flow.tco_stopped) {
			tty->flow.tco_stopped = false;
			__start_tty(tty);
		}
		spin_unlock_irq(&tty->flow.lock);
		if (arg == TCOON)
			wake_up_interruptible_poll(&tty->write_wait, EPOLLOUT);
		return 0;
	case TCIOFF:
	case TCION:
		down_read(&tty->termios_rwsem);
		c = arg == TCIOFF ? STOP_CHAR(tty) : START_CHAR(tty);
		up_read(&tty->termios_rwsem);
		if (c == __DISABLED_CHAR)
			return 0;
		if (tty->ops->send_xchar)
			tty->ops->send_xchar(tty, c);
		else
			tty_put_char(tty, c);
		return 0;
	default:
		return -EINVAL;
	}
}

/**
 * tty_perform_flush - tcflush(3): forget what was received, or is yet to be sent, or both
 * @tty: the terminal
 * @arg: TCIFLUSH, TCOFLUSH, TCIOFLUSH
 *
 * Context: may sleep; the caller has a reference to the line discipline, as tty_ioctl() has for it:
 * a second one would wait for ever if somebody who changes the discipline came between the two.
 * Return: 0, -EINVAL, or what tty_check_change() says of a background process.
 */
int tty_perform_flush(struct tty_struct *tty, unsigned long arg)
{
	int ret = tty_check_change(tty);

	if (ret)
		return ret;
	if (arg != TCIFLUSH && arg != TCOFLUSH && arg != TCIOFLUSH)
		return -EINVAL;
	if (arg != TCOFLUSH) {
		tty_buffer_flush(tty, tty->ldisc);
		tty_unthrottle(tty);
	}
	if (arg != TCIFLUSH)
		tty_driver_flush_buffer(tty);
	return 0;
}
EXPORT_SYMBOL_GPL(tty_perform_flush);

static int tty_soft_carrier(struct tty_struct *tty, void __user *p)
{
	struct ktermios k;
	int on;

	if (get_user(on, (int __user *)p))
		return -EFAULT;
	copy_termios(tty, &k);
	k.c_cflag = on ? k.c_cflag | CLOCAL : k.c_cflag & ~CLOCAL;
	return tty_set_termios(tty, &k);
}

/**
 * tty_mode_ioctl - the settings, of any line discipline
 *
 * A pty's settings are its slave's, whichever side asks.
 *
 * Return: 0, a negative errno, -ENOIOCTLCMD.
 */
int tty_mode_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	void __user *p = (void __user *)arg;
	struct tty_struct *real_tty = tty;

	if (tty->driver->type == TTY_DRIVER_TYPE_PTY && tty->driver->subtype == PTY_TYPE_MASTER)
		real_tty = tty->link;
	switch (cmd) {
	case TCGETS:
		return get_termios(real_tty, p, ABI_TERMIOS);
	case TCGETS2:
		return get_termios(real_tty, p, ABI_TERMIOS2);
	case TCGETA:
		return get_termios(real_tty, p, ABI_TERMIO);
	case TCSETS:
		return set_termios(real_tty, p, 0, ABI_TERMIOS);
	case TCSETSW:
		return set_termios(real_tty, p, TERMIOS_WAIT, ABI_TERMIOS);
	case TCSETSF:
		return set_termios(real_tty, p, TERMIOS_FLUSH | TERMIOS_WAIT, ABI_TERMIOS);
	case TCSETS2:
		return set_termios(real_tty, p, 0, ABI_TERMIOS2);
	case TCSETSW2:
		return set_termios(real_tty, p, TERMIOS_WAIT, ABI_TERMIOS2);
	case TCSETSF2:
		return set_termios(real_tty, p, TERMIOS_FLUSH | TERMIOS_WAIT, ABI_TERMIOS2);
	case TCSETA:
		return set_termios(real_tty, p, 0, ABI_TERMIO);
	case TCSETAW:
		return set_termios(real_tty, p, TERMIOS_WAIT, ABI_TERMIO);
	case TCSETAF:
		return set_termios(real_tty, p, TERMIOS_FLUSH | TERMIOS_WAIT, ABI_TERMIO);
	case TIOCGSOFTCAR:
		return put_user(C_CLOCAL(real_tty) ? 1 : 0, (int __user *)p);
	case TIOCSSOFTCAR:
		return tty_soft_carrier(real_tty, p);
	default:
		return -ENOIOCTLCMD;
	}
}
EXPORT_SYMBOL_GPL(tty_mode_ioctl);

/** n_tty_ioctl_helper - what line disciplines do alike: flow, flushing, settings */
int n_tty_ioctl_helper(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	int ret;

	switch (cmd) {
	case TCXONC:
		ret = tty_check_change(tty);
		return ret ? ret : tty_flow_ioctl(tty, arg);
	case TCFLSH:
		return tty_perform_flush(tty, arg);
	default:
		return tty_mode_ioctl(tty, cmd, arg);
	}
}
EXPORT_SYMBOL(n_tty_ioctl_helper);

/* ---- ioctls of the terminal as such ---- */

static int tiocgwinsz(struct tty_struct *tty, struct winsize __user *arg)
{
	struct winsize ws;

	mutex_lock(&tty->winsize_mutex);
	ws = tty->winsize;
	mutex_unlock(&tty->winsize_mutex);
	return copy_to_user(arg, &ws, sizeof(ws)) ? -EFAULT : 0;
}

static int tiocswinsz(struct tty_struct *tty, struct winsize __user *arg)
{
	struct winsize ws;

	if (copy_from_user(&ws, arg, sizeof(ws)))
		return -EFAULT;
	return tty->ops->resize ? tty->ops->resize(tty, &ws) : tty_do_resize(tty, &ws);
}

/* A byte as if it had been typed. Anybody's terminal: only for who may do anything. */
static int tiocsti(struct tty_struct *tty, u8 __user *p)
{
	struct tty_ldisc *ld;
	u8 ch;

	if (current->signal->tty != tty && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (!capable(CAP_SYS_ADMIN))
		return -EIO;
	if (get_user(ch, p))
		return -EFAULT;
	ld = tty_ldisc_ref_wait(tty);
	if (!ld)
		return -EIO;
	mutex_lock(&tty->port->buf.lock);	/* the one who hands bytes in */
	if (ld->ops->receive_buf2)
		ld->ops->receive_buf2(tty, &ch, NULL, 1);
	mutex_unlock(&tty->port->buf.lock);
	tty_ldisc_deref(ld);
	return 0;
}

static int send_break(struct tty_struct *tty, unsigned int duration_ms)
{
	int ret;

	if (!tty->ops->break_ctl)
		return 0;
	if (tty->driver->flags & TTY_DRIVER_HARDWARE_BREAK)
		return tty->ops->break_ctl(tty, duration_ms);
	/* Between two writes, not inside one. */
	if (mutex_lock_interruptible(&tty->atomic_write_lock))
		return -EINTR;
	ret = tty->ops->break_ctl(tty, -1);
	if (!ret) {
		schedule_timeout_interruptible(msecs_to_jiffies(duration_ms));
		ret = tty->ops->break_ctl(tty, 0);
	}
	mutex_unlock(&tty->atomic_write_lock);
	if (ret)
		return ret == -EOPNOTSUPP ? 0 : ret;
	return signal_pending(current) ? -EINTR : 0;
}

static int tty_tiocmget(struct tty_struct *tty, int __user *p)
{
	int ret = -ENOTTY;

	if (tty->ops->tiocmget) {
		ret = tty->ops->tiocmget(tty);
		if (ret >= 0)
			ret = put_user(ret, p);
	}
	return ret;
}

static int tty_tiocmset(struct tty_struct *tty, unsigned int cmd, unsigned int __user *p)
{
	const unsigned int settable = TIOCM_DTR | TIOCM_RTS | TIOCM_OUT1 | TIOCM_OUT2 | TIOCM_LOOP;
	unsigned int val, set = 0, clear = 0;

	if (!tty->ops->tiocmset)
		return -ENOTTY;
	if (get_user(val, p))
		return -EFAULT;
	if (cmd != TIOCMBIC)
		set = val;
	if (cmd == TIOCMBIC)
		clear = val;
	else if (cmd == TIOCMSET)
		clear = ~val;
	return tty->ops->tiocmset(tty, set & settable, clear & settable);
}

static struct tty_struct *real_tty_of(struct tty_struct *tty)
{
	if (tty->driver->type == TTY_DRIVER_TYPE_PTY && tty->driver->subtype == PTY_TYPE_MASTER)
		return tty->link;
	return tty;
}

/* These wait until what was written is sent; a signal ends the wait and the call. */
static int wait_before_change(struct tty_struct *tty, unsigned int cmd)
{
	int ret;

	switch (cmd) {
	case TIOCSETD:
	case TIOCSBRK:
	case TIOCCBRK:
	case TCSBRK:
	case TCSBRKP:
		ret = tty_check_change(tty);
		if (ret)
			return ret;
		if (cmd == TIOCCBRK)
			return 0;
		tty_wait_until_sent(tty, 0);
		return signal_pending(current) ? -EINTR : 0;
	default:
		return 0;
	}
}

static long tty_own_ioctl(struct tty_struct *tty, struct tty_struct *real_tty, struct file *file,
			  unsigned int cmd, unsigned long arg)
{
	void __user *p = (void __user *)arg;
	int n;

	switch (cmd) {
	case TIOCSTI:
		return tiocsti(tty, p);
	case TIOCGWINSZ:
		return tiocgwinsz(real_tty, p);
	case TIOCSWINSZ:
		return tiocswinsz(real_tty, p);
	case TIOCEXCL:
		set_bit(TTY_EXCLUSIVE, &tty->flags);
		return 0;
	case TIOCNXCL:
		clear_bit(TTY_EXCLUSIVE, &tty->flags);
		return 0;
	case TIOCGEXCL:
		return put_user(test_bit(TTY_EXCLUSIVE, &tty->flags), (int __user *)p);
	case TIOCGETD:
		down_read(&tty->termios_rwsem);
		n = tty->termios.c_line;
		up_read(&tty->termios_rwsem);
		return put_user(n, (int __user *)p);
	case TIOCSETD:
		if (get_user(n, (int __user *)p))
			return -EFAULT;
		return tty_set_ldisc(tty, n);
	case TIOCVHANGUP:
		if (!capable(CAP_SYS_ADMIN))
			return -EPERM;
		tty_vhangup(tty);
		return 0;
	case TIOCGDEV:
		return put_user(new_encode_dev(tty_devnum(real_tty)), (unsigned int __user *)p);
	case TIOCSBRK:
		return tty->ops->break_ctl ? tty->ops->break_ctl(tty, -1) : 0;
	case TIOCCBRK:
		return tty->ops->break_ctl ? tty->ops->break_ctl(tty, 0) : 0;
	case TCSBRK:
		/* Anything but 0 has only waited: tcdrain(3). */
		return arg ? 0 : send_break(tty, 250);
	case TCSBRKP:
		return send_break(tty, arg ? arg * 100 : 250);
	case TIOCMGET:
		return tty_tiocmget(tty, p);
	case TIOCMSET:
	case TIOCMBIC:
	case TIOCMBIS:
		return tty_tiocmset(tty, cmd, p);
	case TCFLSH:
		/* What is flushed here may have come by way of the driver's queue. */
		if (arg == TCIFLUSH || arg == TCIOFLUSH)
			tty_buffer_flush(tty, NULL);
		return -ENOIOCTLCMD;
	default:
		return tty_jobctrl_ioctl(tty, real_tty, file, cmd, arg);
	}
}

/**
 * tty_ioctl - ioctl(2) of a terminal
 *
 * Return: what the call returns; -ENOTTY for numbers that nobody knows.
 */
long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tty_struct *tty = file_tty(file), *real_tty = real_tty_of(tty);
	struct tty_ldisc *ld;
	long ret;

	if (!current->signal)
		return -ENOTTY;
	ret = wait_before_change(tty, cmd);
	if (ret)
		return ret;
	ret = tty_own_ioctl(tty, real_tty, file, cmd, arg);
	if (ret != -ENOIOCTLCMD)
		return ret;
	if (tty->ops->ioctl) {
		ret = tty->ops->ioctl(tty, cmd, arg);
		if (ret != -ENOIOCTLCMD)
			return ret;
	}
	ld = tty_ldisc_ref_wait(tty);
	if (!ld)
		return -EIO;
	ret = -EINVAL;
	if (ld->ops->ioctl) {
		ret = ld->ops->ioctl(tty, cmd, arg);
		if (ret == -ENOIOCTLCMD)
			ret = -ENOTTY;
	}
	tty_ldisc_deref(ld);
	return ret;
}

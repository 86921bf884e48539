// SPDX-License-Identifier: MIT
/*
 * What is typed: from received bytes to lines, with echo, editing and signals.
 *
 * A byte goes through these, until one takes it:
 *
 *	^V before it?		it is taken as it is
 *	stripping, lower case	ISTRIP, IUCLC
 *	flow			^S ^Q (IXON); anything restarts (IXANY)
 *	signals			^C ^\ ^Z (ISIG): to the foreground group
 *	CR and NL		IGNCR, ICRNL, INLCR
 *	editing (ICANON)	erase, kill, ^W, ^V, ^R, and what ends a line
 *	the buffer		with echo
 *
 * In the buffer (struct n_tty_data):
 *
 *	read_tail	       canon_head	    read_head
 *	    | whole lines, flags[] at each end | what is being typed |
 *
 * An end of file is a __DISABLED_CHAR with its flag set: it ends a line and isn't part of it.
 *
 * Echo goes by output processing to the pending output, so columns are counted when an echo is
 * made; writes come only when nothing is pending, so that is also the order on the screen.
 *
 * Everything here runs with termios_rwsem shared and ldata->lock held.
 */

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/tty_buffer.h>

#include "n_tty.h"
#include "tty.h"

/* ---- echo ---- */

static void echo_raw(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;
	u8 out[8];

	if (O_OPOST(tty))
		n_tty_pend(ldata, out, n_tty_opost(tty, c, out));
	else
		n_tty_pend(ldata, &c, 1);
}

/* Control characters as ^X, if one wants. */
static void echo_char(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;
	u8 shown[2] = { '^', c ^ 0100 };

	if (!L_ECHOCTL(tty) || !iscntrl(c) || c == '\t') {
		echo_raw(tty, c);
		return;
	}
	n_tty_pend(ldata, shown, 2);
	ldata->column += 2;
}

/* The cursor moves as said, whatever output processing does. */
static void echo_back_over(struct n_tty_data *ldata, bool blank)
{
	n_tty_pend(ldata, blank ? "\b \b" : "\b", blank ? 3 : 1);
	if (ldata->column)
		ldata->column--;
}

static void finish_erasing(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (ldata->erasing) {
		echo_raw(tty, '/');
		ldata->erasing = false;
	}
}

/* ---- erasing ---- */

enum erase_what { ERASE_ONE, ERASE_WORD, ERASE_LINE };

/*
 * A tab was erased: back to where it began. That is known from the characters before it, up to
 * another tab (which ends at a multiple of eight) or the beginning of the line.
 */
static void echo_erase_tab(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t i = ldata->read_head;
	unsigned int columns = 0;
	bool after_tab = false;

	while (i != ldata->canon_head && !after_tab) {
		u8 c = *n_tty_buf(ldata, --i);

		if (c == '\t')
			after_tab = true;
		else if (iscntrl(c))
			columns += L_ECHOCTL(tty) ? 2 : 0;
		else if (!is_continuation(c, tty))
			columns++;
	}
	if (!after_tab)
		columns += ldata->canon_column;
	for (columns = 8 - (columns & 7); columns; columns--)
		echo_back_over(ldata, false);
}

/* Show that the character at @head, @cnt bytes, was erased. */
static void echo_erasure(struct tty_struct *tty, size_t head, size_t cnt, enum erase_what what)
{
	struct n_tty_data *ldata = tty->disc_data;
	u8 c = *n_tty_buf(ldata, head);

	if (L_ECHOPRT(tty)) {
		if (!ldata->erasing) {
			echo_raw(tty, '\\');
			ldata->erasing = true;
		}
		echo_char(tty, c);
		while (--cnt)
			echo_raw(tty, *n_tty_buf(ldata, ++head));
	} else if (what == ERASE_ONE && !L_ECHOE(tty)) {
		echo_char(tty, ERASE_CHAR(tty));
	} else if (c == '\t') {
		echo_erase_tab(tty);
	} else {
		if (iscntrl(c) && L_ECHOCTL(tty))
			echo_back_over(ldata, true);
		if (!iscntrl(c) || L_ECHOCTL(tty))
			echo_back_over(ldata, true);
	}
}

/*
 * The first byte of the last character that was typed; canon_head if there is only a part of one.
 */
static size_t last_char(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t head = ldata->read_head;

	do {
		head--;
	} while (is_continuation(*n_tty_buf(ldata, head), tty) && head != ldata->canon_head);
	return head;
}

static void erase_line_at_once(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	ldata->read_head = ldata->canon_head;
	if (!L_ECHO(tty))
		return;
	finish_erasing(tty);
	echo_char(tty, KILL_CHAR(tty));
	if (L_ECHOK(tty))
		echo_raw(tty, '\n');
}

static void erase(struct tty_struct *tty, enum erase_what what)
{
	struct n_tty_data *ldata = tty->disc_data;
	bool in_word = false;

	if (ldata->read_head == ldata->canon_head)
		return;
	if (what == ERASE_LINE &&
	    (!L_ECHO(tty) || !L_ECHOK(tty) || !L_ECHOKE(tty) || !L_ECHOE(tty))) {
		erase_line_at_once(tty);
		return;
	}
	while (ldata->read_head != ldata->canon_head) {
		size_t head = last_char(tty), cnt = ldata->read_head - head;
		u8 c = *n_tty_buf(ldata, head);

		if (is_continuation(c, tty))
			break;
		if (what == ERASE_WORD) {
			if (isalnum(c) || c == '_')
				in_word = true;
			else if (in_word)
				break;
		}
		ldata->read_head = head;
		if (L_ECHO(tty))
			echo_erasure(tty, head, cnt, what);
		if (what == ERASE_ONE)
			break;
	}
	if (ldata->read_head == ldata->canon_head && L_ECHO(tty))
		finish_erasing(tty);
}

/* ---- into the buffer ---- */

static void put_byte(struct n_tty_data *ldata, u8 c)
{
	*n_tty_buf(ldata, ldata->read_head) = c;
	ldata->read_head++;
}

/* With PARMRK a 0377 of the data is told from one that marks an error. */
static void put_data(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (I_PARMRK(tty) && c == 0377)
		put_byte(ldata, c);
	put_byte(ldata, c);
}

static void wake_readers(struct tty_struct *tty)
{
	kill_fasync(&tty->fasync, SIGIO, POLL_IN);
	wake_up_interruptible_poll(&tty->read_wait, EPOLLIN | EPOLLRDNORM);
}

static void end_line(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;

	set_bit(n_tty_at(ldata->read_head), ldata->flags);
	put_byte(ldata, c);
	ldata->canon_head = ldata->read_head;
	wake_readers(tty);
}

/* The echo of the first byte of a line: from here erasing of tabs counts. */
static void mark_line_start(struct n_tty_data *ldata)
{
	if (ldata->canon_head == ldata->read_head)
		ldata->canon_column = ldata->column;
}

static void receive_plain(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (L_ECHO(tty)) {
		finish_erasing(tty);
		if (c == '\n') {
			echo_raw(tty, '\n');
		} else {
			mark_line_start(ldata);
			echo_char(tty, c);
		}
	}
	put_data(tty, c);
}

/* ---- signals and flow ---- */

static void send_signal(struct tty_struct *tty, int sig)
{
	struct pid *pgrp = tty_get_pgrp(tty);

	if (pgrp) {
		kill_pgrp(pgrp, sig, 1);
		put_pid(pgrp);
	}
}

/** n_tty_packet_status - tell the master of a pty in packet mode */
void n_tty_packet_status(struct tty_struct *tty, u8 mode)
{
	unsigned long flags;
	bool wake = false;

	if (!tty->link)
		return;
	spin_lock_irqsave(&tty->link->ctrl.lock, flags);
	if (tty->link->ctrl.packet) {
		tty->ctrl.pktstatus |= mode;
		wake = true;
	}
	spin_unlock_irqrestore(&tty->link->ctrl.lock, flags);
	if (wake)
		wake_up_interruptible(&tty->link->read_wait);
}

/* Unless NOFLSH: what was typed, and what isn't printed yet, is forgotten. */
static void isig(struct tty_struct *tty, int sig)
{
	struct n_tty_data *ldata = tty->disc_data;

	send_signal(tty, sig);
	if (L_NOFLSH(tty))
		return;
	ldata->pend_tail = ldata->pend_head;
	tty_driver_flush_buffer(tty);
	n_tty_reset_input(ldata);
	n_tty_packet_status(tty, TIOCPKT_FLUSHREAD | TIOCPKT_FLUSHWRITE);
}

/* Which signal a key stands for; 0: none. */
static int signal_of(struct tty_struct *tty, u8 c)
{
	if (!L_ISIG(tty) || c == __DISABLED_CHAR)
		return 0;
	if (c == INTR_CHAR(tty))
		return SIGINT;
	if (c == QUIT_CHAR(tty))
		return SIGQUIT;
	if (c == SUSP_CHAR(tty))
		return SIGTSTP;
	return 0;
}

static bool is_char(u8 c, u8 special)
{
	return special != __DISABLED_CHAR && c == special;
}

/* ^S and ^Q. True if it was one of them. */
static bool receive_flow(struct tty_struct *tty, u8 c)
{
	if (!I_IXON(tty))
		return false;
	if (is_char(c, START_CHAR(tty))) {
		start_tty(tty);
		return true;
	}
	if (is_char(c, STOP_CHAR(tty))) {
		stop_tty(tty);
		return true;
	}
	return false;
}

static bool receive_signal(struct tty_struct *tty, u8 c)
{
	int sig = signal_of(tty, c);

	if (!sig)
		return false;
	isig(tty, sig);
	if (I_IXON(tty))
		start_tty(tty);
	if (L_ECHO(tty))
		echo_char(tty, c);
	return true;
}

/* ---- editing ---- */

static void reprint(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t i;

	finish_erasing(tty);
	echo_char(tty, c);
	echo_raw(tty, '\n');
	for (i = ldata->canon_head; i != ldata->read_head; i++)
		echo_char(tty, *n_tty_buf(ldata, i));
}

static void begin_lnext(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	ldata->lnext = true;
	if (!L_ECHO(tty))
		return;
	finish_erasing(tty);
	if (L_ECHOCTL(tty)) {
		/* The cursor stands on a ^ until the next key. */
		echo_raw(tty, '^');
		echo_raw(tty, '\b');
	}
}

/* Keys that edit or end a line. True if it was one. */
static bool receive_editing(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (is_char(c, ERASE_CHAR(tty))) {
		erase(tty, ERASE_ONE);
	} else if (is_char(c, KILL_CHAR(tty))) {
		erase(tty, ERASE_LINE);
	} else if (is_char(c, WERASE_CHAR(tty)) && L_IEXTEN(tty)) {
		erase(tty, ERASE_WORD);
	} else if (is_char(c, LNEXT_CHAR(tty)) && L_IEXTEN(tty)) {
		begin_lnext(tty);
	} else if (is_char(c, REPRINT_CHAR(tty)) && L_ECHO(tty) && L_IEXTEN(tty)) {
		reprint(tty, c);
	} else if (c == '\n') {
		if (L_ECHO(tty) || L_ECHONL(tty))
			echo_raw(tty, '\n');
		end_line(tty, c);
	} else if (is_char(c, EOF_CHAR(tty))) {
		end_line(tty, __DISABLED_CHAR);
	} else if (is_char(c, EOL_CHAR(tty)) ||
		   (is_char(c, EOL2_CHAR(tty)) && L_IEXTEN(tty))) {
		if (L_ECHO(tty)) {
			mark_line_start(ldata);
			echo_char(tty, c);
		}
		if (I_PARMRK(tty) && c == 0377)
			put_byte(ldata, c);
		end_line(tty, c);
	} else {
		return false;
	}
	return true;
}

/* ---- a byte ---- */

static u8 fold(struct tty_struct *tty, u8 c)
{
	if (I_ISTRIP(tty))
		c &= 0x7f;
	if (I_IUCLC(tty) && L_IEXTEN(tty))
		c = tolower(c);
	return c;
}

static void receive_normal(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (ldata->lnext) {
		ldata->lnext = false;
		receive_plain(tty, fold(tty, c));
		return;
	}
	c = fold(tty, c);
	if (L_EXTPROC(tty)) {
		put_byte(ldata, c);	/* somebody else edits */
		return;
	}
	if (tty->flow.stopped && !tty->flow.tco_stopped && I_IXON(tty) && I_IXANY(tty) &&
	    !is_char(c, STOP_CHAR(tty)))
		start_tty(tty);
	if (receive_flow(tty, c) || receive_signal(tty, c))
		return;
	if (c == '\r') {
		if (I_IGNCR(tty))
			return;
		if (I_ICRNL(tty))
			c = '\n';
	} else if (c == '\n' && I_INLCR(tty)) {
		c = '\r';
	}
	if (ldata->icanon && receive_editing(tty, c))
		return;
	receive_plain(tty, c);
}

static void receive_break(struct tty_struct *tty)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (I_IGNBRK(tty))
		return;
	if (I_BRKINT(tty)) {
		isig(tty, SIGINT);
		return;
	}
	if (I_PARMRK(tty)) {
		put_byte(ldata, 0377);
		put_byte(ldata, '\0');
	}
	put_byte(ldata, '\0');
}

static void receive_parity_error(struct tty_struct *tty, u8 c)
{
	struct n_tty_data *ldata = tty->disc_data;

	if (!I_INPCK(tty)) {
		put_byte(ldata, c);
		return;
	}
	if (I_IGNPAR(tty))
		return;
	if (I_PARMRK(tty)) {
		put_byte(ldata, 0377);
		put_byte(ldata, '\0');
		put_byte(ldata, c);
	} else {
		put_byte(ldata, '\0');
	}
}

static void receive_flagged(struct tty_struct *tty, u8 c, u8 flag)
{
	switch (flag) {
	case TTY_NORMAL:
		receive_normal(tty, c);
		break;
	case TTY_BREAK:
		receive_break(tty);
		break;
	case TTY_PARITY:
	case TTY_FRAME:
		receive_parity_error(tty, c);
		break;
	case TTY_OVERRUN:
		/* The byte is good; others before it are lost. */
		break;
	default:
		tty_msg(pr_warn, tty, "byte with unknown flag %u\n", flag);
		break;
	}
}

/* ---- many ---- */

/*
 * How many bytes there is surely room for. A line that is too long goes on being edited: its last
 * byte is overwritten by each further one, until one ends it.
 */
static size_t input_room(struct tty_struct *tty, bool *overflow)
{
	struct n_tty_data *ldata = tty->disc_data;
	ssize_t room = N_TTY_BUF_SIZE - n_tty_read_cnt(ldata);

	/* One byte may become three. */
	if (I_PARMRK(tty))
		room = DIV_ROUND_UP(room, 3);
	room--;
	*overflow = room <= 0 && ldata->icanon && ldata->canon_head == ldata->read_tail;
	if (room > 0)
		return room;
	if (*overflow && room < 0)
		ldata->read_head--;
	return *overflow ? 1 : 0;
}

static void receive_raw(struct n_tty_data *ldata, const u8 *cp, size_t n)
{
	size_t at = n_tty_at(ldata->read_head);
	size_t first = min(n, N_TTY_BUF_SIZE - at);

	memcpy(ldata->buf + at, cp, first);
	memcpy(ldata->buf, cp + first, n - first);
	ldata->read_head += n;
}

/**
 * n_tty_receive - bytes came
 * @tty: the terminal
 * @cp: the bytes
 * @fp: a flag for each, or NULL: nothing is wrong with them
 * @count: how many
 *
 * Return: how many were taken; when that is less, the discipline's no_room is set.
 */
size_t n_tty_receive(struct tty_struct *tty, const u8 *cp, const u8 *fp, size_t count)
{
	struct n_tty_data *ldata = tty->disc_data;
	size_t done = 0, n, i;
	bool overflow;

	while (done < count) {
		n = min(count - done, input_room(tty, &overflow));
		if (!n) {
			ldata->no_room = true;
			break;
		}
		if (ldata->raw && !fp) {
			receive_raw(ldata, cp + done, n);
		} else {
			for (i = 0; i < n; i++)
				receive_flagged(tty, cp[done + i], fp ? fp[done + i] : TTY_NORMAL);
		}
		done += n;
	}
	n_tty_flush_pending(tty);
	if ((!ldata->icanon || L_EXTPROC(tty)) && n_tty_read_cnt(ldata))
		wake_readers(tty);
	return done;
}

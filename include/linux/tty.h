/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

/*
 * Terminals. A tty_struct is there while anybody has the terminal open:
 *
 *	file  ->  tty_struct  ->  line discipline (n_tty.c)  ->  driver
 *	                 \____->  tty_port  ->  bytes received  ->  line discipline
 *
 * Lock order is in drivers/tty/tty_struct.c.
 */

#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/major.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/termios.h>
#include <linux/tty_buffer.h>
#include <linux/tty_driver.h>
#include <linux/tty_ldisc.h>
#include <linux/tty_port.h>
#include <linux/workqueue.h>

struct device;
struct fasync_struct;
struct pid;
struct seq_file;
struct signal_struct;

/* A control character that is switched off. */
#define __DISABLED_CHAR	'\0'

#define _I_FLAG(tty, f)	((tty)->termios.c_iflag & (f))
#define _O_FLAG(tty, f)	((tty)->termios.c_oflag & (f))
#define _C_FLAG(tty, f)	((tty)->termios.c_cflag & (f))
#define _L_FLAG(tty, f)	((tty)->termios.c_lflag & (f))

#define INTR_CHAR(tty)	((tty)->termios.c_cc[VINTR])
#define QUIT_CHAR(tty)	((tty)->termios.c_cc[VQUIT])
#define ERASE_CHAR(tty)	((tty)->termios.c_cc[VERASE])
#define KILL_CHAR(tty)	((tty)->termios.c_cc[VKILL])
#define EOF_CHAR(tty)	((tty)->termios.c_cc[VEOF])
#define TIME_CHAR(tty)	((tty)->termios.c_cc[VTIME])
#define MIN_CHAR(tty)	((tty)->termios.c_cc[VMIN])
#define START_CHAR(tty)	((tty)->termios.c_cc[VSTART])
#define STOP_CHAR(tty)	((tty)->termios.c_cc[VSTOP])
#define SUSP_CHAR(tty)	((tty)->termios.c_cc[VSUSP])
#define EOL_CHAR(tty)	((tty)->termios.c_cc[VEOL])
#define REPRINT_CHAR(tty) ((tty)->termios.c_cc[VREPRINT])
#define WERASE_CHAR(tty) ((tty)->termios.c_cc[VWERASE])
#define LNEXT_CHAR(tty)	((tty)->termios.c_cc[VLNEXT])
#define EOL2_CHAR(tty)	((tty)->termios.c_cc[VEOL2])

#define I_IGNBRK(tty)	_I_FLAG((tty), IGNBRK)
#define I_BRKINT(tty)	_I_FLAG((tty), BRKINT)
#define I_IGNPAR(tty)	_I_FLAG((tty), IGNPAR)
#define I_PARMRK(tty)	_I_FLAG((tty), PARMRK)
#define I_INPCK(tty)	_I_FLAG((tty), INPCK)
#define I_ISTRIP(tty)	_I_FLAG((tty), ISTRIP)
#define I_INLCR(tty)	_I_FLAG((tty), INLCR)
#define I_IGNCR(tty)	_I_FLAG((tty), IGNCR)
#define I_ICRNL(tty)	_I_FLAG((tty), ICRNL)
#define I_IUCLC(tty)	_I_FLAG((tty), IUCLC)
#define I_IXON(tty)	_I_FLAG((tty), IXON)
#define I_IXANY(tty)	_I_FLAG((tty), IXANY)
#define I_IXOFF(tty)	_I_FLAG((tty), IXOFF)
#define I_IMAXBEL(tty)	_I_FLAG((tty), IMAXBEL)
#define I_IUTF8(tty)	_I_FLAG((tty), IUTF8)

#define O_OPOST(tty)	_O_FLAG((tty), OPOST)
#define O_OLCUC(tty)	_O_FLAG((tty), OLCUC)
#define O_ONLCR(tty)	_O_FLAG((tty), ONLCR)
#define O_OCRNL(tty)	_O_FLAG((tty), OCRNL)
#define O_ONOCR(tty)	_O_FLAG((tty), ONOCR)
#define O_ONLRET(tty)	_O_FLAG((tty), ONLRET)
#define O_TABDLY(tty)	_O_FLAG((tty), TABDLY)

#define C_BAUD(tty)	_C_FLAG((tty), CBAUD)
#define C_CSIZE(tty)	_C_FLAG((tty), CSIZE)
#define C_HUPCL(tty)	_C_FLAG((tty), HUPCL)
#define C_CLOCAL(tty)	_C_FLAG((tty), CLOCAL)
#define C_CRTSCTS(tty)	_C_FLAG((tty), CRTSCTS)

#define L_ISIG(tty)	_L_FLAG((tty), ISIG)
#define L_ICANON(tty)	_L_FLAG((tty), ICANON)
#define L_ECHO(tty)	_L_FLAG((tty), ECHO)
#define L_ECHOE(tty)	_L_FLAG((tty), ECHOE)
#define L_ECHOK(tty)	_L_FLAG((tty), ECHOK)
#define L_ECHONL(tty)	_L_FLAG((tty), ECHONL)
#define L_NOFLSH(tty)	_L_FLAG((tty), NOFLSH)
#define L_TOSTOP(tty)	_L_FLAG((tty), TOSTOP)
#define L_ECHOCTL(tty)	_L_FLAG((tty), ECHOCTL)
#define L_ECHOPRT(tty)	_L_FLAG((tty), ECHOPRT)
#define L_ECHOKE(tty)	_L_FLAG((tty), ECHOKE)
#define L_IEXTEN(tty)	_L_FLAG((tty), IEXTEN)
#define L_EXTPROC(tty)	_L_FLAG((tty), EXTPROC)

/* The terminal of a session, and who may read it: see tty_jobctrl.c. */
struct tty_ctrl {
	spinlock_t lock;		/* guards all of it */
	struct pid *pgrp;		/* the foreground process group */
	struct pid *session;
	unsigned char pktstatus;	/* TIOCPKT_*: what the master is to be told */
	bool packet;			/* TIOCPKT */
};

struct tty_flow {
	spinlock_t lock;
	bool stopped;			/* by ^S or tcflow(); lock */
	bool tco_stopped;		/* by tcflow(); lock */
};

/**
 * struct tty_struct - an open terminal
 *
 * Letters say what guards a field: c constant, t legacy_mutex, T tty_mutex, r termios_rwsem,
 * s ldisc_sem, w atomic_write_lock, f files_lock; the rest says for itself.
 */
struct tty_struct {
	struct kref kref;
	int index;			/* c */
	struct device *dev;		/* c */
	struct tty_driver *driver;	/* c: referenced */
	struct tty_port *port;		/* c */
	const struct tty_operations *ops; /* c */
	struct tty_ldisc *ldisc;	/* s; NULL once the line hung up for good */
	struct rw_semaphore ldisc_sem;
	struct mutex atomic_write_lock;
	struct mutex legacy_mutex;
	struct mutex throttle_mutex;
	struct rw_semaphore termios_rwsem;
	struct mutex winsize_mutex;
	struct ktermios termios;	/* r */
	struct ktermios termios_locked;	/* r */
	char name[64];			/* c */
	unsigned long flags;		/* TTY_*, atomic bits */
	int count;			/* t: opens, and for a slave the master */
	struct winsize winsize;		/* winsize_mutex */
	struct tty_flow flow;
	struct tty_ctrl ctrl;
	bool closing;			/* t */
	struct tty_struct *link;	/* c: of a pty: the other side */
	struct fasync_struct *fasync;	/* t */
	wait_queue_head_t write_wait;
	wait_queue_head_t read_wait;
	struct work_struct hangup_work;	/* tty_hangup(); in the end: the release */
	struct work_struct SAK_work;
	void *disc_data;		/* the line discipline's */
	void *driver_data;		/* the driver's */
	spinlock_t files_lock;
	struct list_head tty_files;	/* f: struct tty_file_private */
	int write_cnt;			/* w: size of write_buf */
	u8 *write_buf;			/* w */
};

/* What a file's private_data is. */
struct tty_file_private {
	struct tty_struct *tty;
	struct file *file;
	struct list_head list;
};

/* tty_struct.flags: bit numbers */
#define TTY_THROTTLED		0	/* the other side was asked to stop */
#define TTY_IO_ERROR		1	/* reads and writes fail with -EIO */
#define TTY_OTHER_CLOSED	2	/* a pty's other side is closed */
#define TTY_EXCLUSIVE		3	/* TIOCEXCL */
#define TTY_DO_WRITE_WAKEUP	5	/* the discipline's write_wakeup() is wanted */
#define TTY_LDISC_OPEN		11
#define TTY_PTY_LOCK		16	/* TIOCSPTLCK */
#define TTY_NO_WRITE_SPLIT	17
#define TTY_HUPPED		18	/* hung up, and not opened since */
#define TTY_HUPPING		19	/* a hangup is under way */
#define TTY_LDISC_CHANGING	20
#define TTY_LDISC_HALTED	22	/* no more bytes go to the discipline */

extern struct ktermios tty_std_termios;
extern struct mutex tty_mutex;
extern const struct class tty_class;

/** tty_io_nonblock() - may a call on that file not wait? */
static inline bool tty_io_nonblock(struct tty_struct *tty, struct file *file)
{
	return file->f_flags & O_NONBLOCK || test_bit(TTY_LDISC_CHANGING, &tty->flags);
}

/** tty_io_error() - is the terminal out of order? */
static inline bool tty_io_error(struct tty_struct *tty)
{
	return test_bit(TTY_IO_ERROR, &tty->flags);
}

/** tty_throttled() - was the other side asked to send nothing? */
static inline bool tty_throttled(struct tty_struct *tty)
{
	return test_bit(TTY_THROTTLED, &tty->flags);
}

/** tty_kref_get() - one more reference; @tty may be NULL */
static inline struct tty_struct *tty_kref_get(struct tty_struct *tty)
{
	if (tty)
		kref_get(&tty->kref);
	return tty;
}

/* tty_struct.c, tty_open.c, tty_io.c, tty_hangup.c */
void tty_kref_put(struct tty_struct *tty);
const char *tty_name(const struct tty_struct *tty);
int tty_hung_up_p(struct file *filp);
void tty_hangup(struct tty_struct *tty);
void tty_vhangup(struct tty_struct *tty);
void tty_vhangup_self(void);
void tty_vhangup_session(struct tty_struct *tty);
void stop_tty(struct tty_struct *tty);
void start_tty(struct tty_struct *tty);
void __stop_tty(struct tty_struct *tty);
void __start_tty(struct tty_struct *tty);
void tty_wakeup(struct tty_struct *tty);
int tty_do_resize(struct tty_struct *tty, struct winsize *ws);
dev_t tty_devnum(struct tty_struct *tty);
int tty_init_termios(struct tty_struct *tty);
void tty_save_termios(struct tty_struct *tty);
int tty_standard_install(struct tty_driver *driver, struct tty_struct *tty);
struct device *tty_register_device(struct tty_driver *driver, unsigned int index,
				   struct device *dev);
void tty_unregister_device(struct tty_driver *driver, unsigned int index);
int tty_put_char(struct tty_struct *tty, u8 c);

/* tty_ioctl.c */
unsigned int tty_chars_in_buffer(struct tty_struct *tty);
unsigned int tty_write_room(struct tty_struct *tty);
void tty_driver_flush_buffer(struct tty_struct *tty);
void tty_unthrottle(struct tty_struct *tty);
bool tty_throttle_safe(struct tty_struct *tty);
bool tty_unthrottle_safe(struct tty_struct *tty);
void tty_wait_until_sent(struct tty_struct *tty, long timeout);
int tty_set_termios(struct tty_struct *tty, struct ktermios *new_termios);
int tty_perform_flush(struct tty_struct *tty, unsigned long arg);
int n_tty_ioctl_helper(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
int tty_mode_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
speed_t tty_termios_baud_rate(const struct ktermios *termios);
speed_t tty_termios_input_baud_rate(const struct ktermios *termios);
void tty_termios_encode_baud_rate(struct ktermios *termios, speed_t ibaud, speed_t obaud);
unsigned char tty_get_char_size(unsigned int cflag);
void tty_termios_copy_hw(struct ktermios *new, const struct ktermios *old);

/* tty_jobctrl.c */
int tty_check_change(struct tty_struct *tty);
int __tty_check_change(struct tty_struct *tty, int sig);
struct tty_struct *get_current_tty(void);
void proc_clear_tty(struct task_struct *p);
void disassociate_ctty(int on_exit);
void no_tty(void);
struct pid *tty_get_pgrp(struct tty_struct *tty);

/* pty.c: which pty /dev/pts/N is */
int ptm_open_peer(struct file *master, struct tty_struct *tty, int flags);

#endif /* _LINUX_TTY_H */

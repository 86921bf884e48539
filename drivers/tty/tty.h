/* SPDX-License-Identifier: MIT */
#ifndef _DRIVERS_TTY_TTY_H
#define _DRIVERS_TTY_TTY_H

/* What the parts of the terminal layer share among themselves. */

#include <linux/tty.h>

#define tty_msg(fn, tty, f, ...)	fn("%s: " f, tty_name(tty), ##__VA_ARGS__)

/* Order of nesting for lockdep: a pty's master, then its slave. */
enum {
	TTY_LOCK_NORMAL = 0,
	TTY_LOCK_SLAVE,
};

/* What poll(2) says of a file that was hung up. */
#define TTY_HUNG_UP_EVENTS	\
	(EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLRDNORM | EPOLLWRNORM)

/* tty_struct.c */
void tty_lock(struct tty_struct *tty);
int tty_lock_interruptible(struct tty_struct *tty);
void tty_unlock(struct tty_struct *tty);
void tty_lock_slave(struct tty_struct *tty);
void tty_unlock_slave(struct tty_struct *tty);
void tty_set_lock_subclass(struct tty_struct *tty);
struct tty_struct *alloc_tty_struct(struct tty_driver *driver, int idx);
struct tty_struct *tty_driver_lookup_tty(struct tty_driver *driver, struct file *file, int idx);
struct tty_struct *tty_init_dev(struct tty_driver *driver, int idx);
void tty_init_release(struct tty_struct *tty, int idx);
void tty_forget(struct tty_struct *tty);

/* tty_open.c */
int tty_alloc_file(struct file *file);
void tty_add_file(struct tty_struct *tty, struct file *file);
void tty_free_file(struct file *file);
int tty_open(struct inode *inode, struct file *filp);
int tty_release(struct inode *inode, struct file *filp);

/* tty_hangup.c */
void __tty_hangup(struct tty_struct *tty, bool leader_exits);
void tty_hangup_work(struct work_struct *work);

/* tty_io.c, tty_ioctl.c */
extern const struct file_operations tty_fops;
int tty_set_fasync(int fd, struct file *filp, int on);
long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

static inline struct tty_struct *file_tty(struct file *file)
{
	return ((struct tty_file_private *)file->private_data)->tty;
}

/* tty_ldisc.c */
int tty_ldisc_init(struct tty_struct *tty);
int tty_ldisc_setup(struct tty_struct *tty, struct tty_struct *o_tty);
void tty_ldisc_release(struct tty_struct *tty);
void tty_ldisc_deinit(struct tty_struct *tty);
void tty_ldisc_hangup(struct tty_struct *tty, bool go_on);
int tty_ldisc_reinit(struct tty_struct *tty);
int tty_set_ldisc(struct tty_struct *tty, int disc);
void n_tty_init(void);

/* tty_buffer.c */
void tty_buffer_init(struct tty_port *port);
void tty_buffer_free_all(struct tty_port *port);
void tty_buffer_flush(struct tty_struct *tty, struct tty_ldisc *ld);
void tty_buffer_flush_work(struct tty_port *port);
bool tty_buffer_restart_work(struct tty_port *port);
bool tty_buffer_cancel_work(struct tty_port *port);

/* tty_jobctrl.c */
int tty_signal_session_leader(struct tty_struct *tty, int exit_session);
void session_clear_tty(struct pid *session);
void tty_open_proc_set_tty(struct file *filp, struct tty_struct *tty);
long tty_jobctrl_ioctl(struct tty_struct *tty, struct tty_struct *real_tty, struct file *file,
		       unsigned int cmd, unsigned long arg);

/* tty_ldisc.c */
struct seq_file;
int tty_ldiscs_show(struct seq_file *m, void *v);

#endif /* _DRIVERS_TTY_TTY_H */

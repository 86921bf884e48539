// SPDX-License-Identifier: MIT
/*
 * The system calls that move data through sockets, from write(2) to recvmmsg(2). All of them become
 * one struct msghdr (<linux/socket.h>) and one call of the family's ->sendmsg() or ->recvmsg():
 *
 *	write, writev	data
 *	send, sendto	data, flags, an address
 *	sendmsg		data as a vector, flags, an address, control data
 *	sendmmsg	many of those
 *
 * What a program gives is copied once, checked, and used from the copy: another thread may change
 * it meanwhile. A struct msghdr of the program's has three lengths and three pointers, and each may
 * be anything.
 */

#include "socket.h"

#include <linux/export.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/user_field.h>
#include <net/sock.h>
#include <uapi/linux/time_types.h>

/* How much control data may go with a message: Linux's net.core.optmem_max. */
#define OPTMEM_MAX	(1 << 17)

/* Small control data has its room on the stack. */
#define CONTROL_INLINE	(sizeof(struct cmsghdr) + 20)

/* Of programs of 32 bits on Linux; nobody else may say it. */
#define CMSG_COMPAT_FLAG	0x80000000U

/* ---- with the security modules' consent ---- */

/**
 * sock_sendmsg - send a message
 * @sock: the sender
 * @msg: the message; its iterator moves
 *
 * Return: bytes, -errno.
 */
int sock_sendmsg(struct socket *sock, struct msghdr *msg)
{
	int err = security_socket_sendmsg(sock, msg, msg_data_left(msg));

	return err ? err : sock->ops->sendmsg(sock, msg, msg_data_left(msg));
}
EXPORT_SYMBOL(sock_sendmsg);

/**
 * sock_recvmsg - receive a message
 * @sock: the receiver
 * @msg: where to; what came along is told in it
 * @flags: MSG_*
 *
 * Return: bytes, 0: the end; -errno.
 */
int sock_recvmsg(struct socket *sock, struct msghdr *msg, int flags)
{
	int err = security_socket_recvmsg(sock, msg, msg_data_left(msg), flags);

	return err ? err : sock->ops->recvmsg(sock, msg, msg_data_left(msg), flags);
}
EXPORT_SYMBOL(sock_recvmsg);

/** kernel_sendmsg - from memory of the kernel */
int kernel_sendmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t size)
{
	iov_iter_kvec(&msg->msg_iter, ITER_SOURCE, vec, num, size);
	return sock_sendmsg(sock, msg);
}
EXPORT_SYMBOL(kernel_sendmsg);

/** kernel_recvmsg - to memory of the kernel, control data too */
int kernel_recvmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t size, int flags)
{
	msg->msg_control_is_user = false;
	iov_iter_kvec(&msg->msg_iter, ITER_DEST, vec, num, size);
	return sock_recvmsg(sock, msg, flags);
}
EXPORT_SYMBOL(kernel_recvmsg);

/* ---- read(2) and write(2) ---- */

static bool dont_wait(const struct kiocb *iocb)
{
	return (iocb->ki_filp->f_flags & O_NONBLOCK) || (iocb->ki_flags & IOCB_NOWAIT);
}

ssize_t sock_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct socket *sock = iocb->ki_filp->private_data;
	struct msghdr msg = { .msg_iter = *to, .msg_iocb = iocb };
	ssize_t ret;

	if (iocb->ki_pos != 0)
		return -ESPIPE;
	/* Nothing is asked for: an empty datagram stays where it is. */
	if (!iov_iter_count(to))
		return 0;
	ret = sock_recvmsg(sock, &msg, dont_wait(iocb) ? MSG_DONTWAIT : 0);
	*to = msg.msg_iter;
	return ret;
}

ssize_t sock_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct socket *sock = iocb->ki_filp->private_data;
	struct msghdr msg = { .msg_iter = *from, .msg_iocb = iocb };
	ssize_t ret;

	if (iocb->ki_pos != 0)
		return -ESPIPE;
	if (dont_wait(iocb))
		msg.msg_flags = MSG_DONTWAIT;
	if (sock->type == SOCK_SEQPACKET)
		msg.msg_flags |= MSG_EOR;
	ret = sock_sendmsg(sock, &msg);
	*from = msg.msg_iter;
	return ret;
}

/* ---- sendto(2) and recvfrom(2) ---- */

SYSCALL_DEFINE6(sendto, int, fd, void __user *, buff, size_t, len, unsigned int, flags,
		struct sockaddr __user *, addr, int, addr_len)
{
	struct sockaddr_storage address;
	struct msghdr msg = {};
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	err = import_ubuf(ITER_SOURCE, buff, len, &msg.msg_iter);
	if (err)
		return err;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	if (addr) {
		err = move_addr_to_kernel(addr, addr_len, &address);
		if (err < 0)
			return err;
		msg.msg_name = &address;
		msg.msg_namelen = addr_len;
	}
	msg.msg_flags = flags & ~MSG_INTERNAL_SENDMSG_FLAGS;
	if (fd_file(f)->f_flags & O_NONBLOCK)
		msg.msg_flags |= MSG_DONTWAIT;
	return sock_sendmsg(sock, &msg);
}

SYSCALL_DEFINE6(recvfrom, int, fd, void __user *, ubuf, size_t, size, unsigned int, flags,
		struct sockaddr __user *, addr, int __user *, addr_len)
{
	struct sockaddr_storage address = {};
	struct msghdr msg = { .msg_name = addr ? &address : NULL };
	CLASS(fd, f)(fd);
	struct socket *sock;
	int ret, err;

	err = import_ubuf(ITER_DEST, ubuf, size, &msg.msg_iter);
	if (err)
		return err;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	if (fd_file(f)->f_flags & O_NONBLOCK)
		flags |= MSG_DONTWAIT;
	ret = sock_recvmsg(sock, &msg, flags);
	if (ret >= 0 && addr) {
		err = move_addr_to_user(&address, msg.msg_namelen, addr, addr_len);
		if (err < 0)
			ret = err;
	}
	return ret;
}

/* ---- a program's struct msghdr ---- */

/*
 * Take it in; the vector of data with it.
 *
 * @address: for the name; @uaddr: NULL: sending, the name is copied to @address; else receiving,
 * gets where the program wants the name. @iov: in: UIO_FASTIOV of them; out: to be kfree()d.
 */
static int take_msghdr(struct msghdr *kmsg, const struct user_msghdr __user *umsg,
				 struct sockaddr_storage *address, void __user **uaddr,
				 struct iovec **iov)
{
	struct user_msghdr msg;
	ssize_t err;

	if (copy_from_user(&msg, umsg, sizeof(msg)))
		return -EFAULT;
	if (!msg.msg_name)
		msg.msg_namelen = 0;
	if (msg.msg_namelen < 0)
		return -EINVAL;
	msg.msg_namelen = min_t(int, msg.msg_namelen, sizeof(*address));
	*kmsg = (struct msghdr){
		.msg_control_user = msg.msg_control,
		.msg_controllen = msg.msg_controllen,
		.msg_control_is_user = true,
		.msg_flags = msg.msg_flags,
		.msg_name = address,
		.msg_namelen = msg.msg_namelen,
	};
	if (uaddr) {
		*uaddr = msg.msg_name;
	} else if (msg.msg_namelen) {
		err = move_addr_to_kernel(msg.msg_name, msg.msg_namelen, address);
		if (err)
			return err;
	} else {
		kmsg->msg_name = NULL;
	}
	if (msg.msg_iovlen > UIO_MAXIOV)
		return -EMSGSIZE;
	err = import_iovec(uaddr ? ITER_DEST : ITER_SOURCE, msg.msg_iov, msg.msg_iovlen,
			   UIO_FASTIOV, iov, &kmsg->msg_iter);
	return min_t(ssize_t, err, 0);
}

/* ---- sendmsg(2), sendmmsg(2) ---- */

/* With the control data in kernel memory for as long as it takes. */
static int send_with_control(struct socket *sock, struct msghdr *msg)
{
	unsigned char inline_buf[CONTROL_INLINE] __aligned(sizeof(__kernel_size_t));
	size_t len = msg->msg_controllen;
	void *buf = inline_buf;
	int err;

	if (len > OPTMEM_MAX)
		return -ENOBUFS;
	if (len > sizeof(inline_buf)) {
		buf = kmalloc(len, GFP_KERNEL_ACCOUNT);
		if (!buf)
			return -ENOBUFS;
	}
	err = -EFAULT;
	if (!len || !copy_from_user(buf, msg->msg_control_user, len)) {
		msg->msg_control = buf;
		msg->msg_control_is_user = false;
		err = sock_sendmsg(sock, msg);
	}
	if (buf != inline_buf)
		kfree(buf);
	return err;
}

/* One message. @left: gets how many bytes of it could not be sent. */
static int send_one(struct socket *sock, struct user_msghdr __user *umsg, unsigned int flags,
		    bool nonblock, size_t *left)
{
	struct iovec iovstack[UIO_FASTIOV], *iov = iovstack;
	struct sockaddr_storage address;
	struct msghdr msg;
	int err = take_msghdr(&msg, umsg, &address, NULL, &iov);

	if (err < 0)
		return err;
	msg.msg_flags = flags & ~MSG_INTERNAL_SENDMSG_FLAGS;
	if (nonblock)
		msg.msg_flags |= MSG_DONTWAIT;
	err = send_with_control(sock, &msg);
	*left = msg_data_left(&msg);
	kfree(iov);
	return err;
}

/** __sys_sendmsg - sendmsg(2) */
long __sys_sendmsg(int fd, struct user_msghdr __user *umsg, unsigned int flags)
{
	CLASS(fd, f)(fd);
	struct socket *sock;
	size_t left;
	int err;

	if (flags & CMSG_COMPAT_FLAG)
		return -EINVAL;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	return send_one(sock, umsg, flags, fd_file(f)->f_flags & O_NONBLOCK, &left);
}

SYSCALL_DEFINE3(sendmsg, int, fd, struct user_msghdr __user *, msg, unsigned int, flags)
{
	return __sys_sendmsg(fd, msg, flags);
}

/* Return: how many were sent; if none, why. An error behind the first is found next time. */
SYSCALL_DEFINE4(sendmmsg, int, fd, struct mmsghdr __user *, mmsg, unsigned int, vlen,
		unsigned int, flags)
{
	CLASS(fd, f)(fd);
	struct socket *sock;
	unsigned int sent;
	size_t left;
	int err;

	if (flags & CMSG_COMPAT_FLAG)
		return -EINVAL;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	vlen = min_t(unsigned int, vlen, UIO_MAXIOV);
	for (sent = 0, err = 0; sent < vlen; ) {
		err = send_one(sock, user_field(mmsg + sent, msg_hdr),
			       sent + 1 < vlen ? flags | MSG_BATCH : flags,
			       fd_file(f)->f_flags & O_NONBLOCK, &left);
		if (err >= 0)
			err = put_user(err, user_field(mmsg + sent, msg_len));
		if (err)
			break;
		sent++;
		if (left)
			break;
		cond_resched();
	}
	return sent ? (long)sent : err;
}

/* ---- recvmsg(2), recvmmsg(2) ---- */

/* What came along with the data, into the program's struct. */
static int tell_msghdr(struct user_msghdr __user *umsg, const struct msghdr *msg,
		       struct sockaddr_storage *address, void __user *uaddr,
		       unsigned long control_start)
{
	int err = 0;

	if (uaddr)
		err = move_addr_to_user(address, msg->msg_namelen, uaddr,
					user_field(umsg, msg_namelen));
	if (err < 0)
		return err;
	if (put_user(msg->msg_flags, user_field(umsg, msg_flags)) ||
	    put_user((unsigned long)msg->msg_control_user - control_start,
		     user_field(umsg, msg_controllen)))
		return -EFAULT;
	return 0;
}

/* One message. @out_flags: gets the MSG_* that it came with. */
static int receive_one(struct socket *sock, struct user_msghdr __user *umsg, unsigned int flags,
		       bool nonblock, unsigned int *out_flags)
{
	struct iovec iovstack[UIO_FASTIOV], *iov = iovstack;
	struct sockaddr_storage address = {};
	unsigned long control_start;
	void __user *uaddr;
	struct msghdr msg;
	int ret, err = take_msghdr(&msg, umsg, &address, &uaddr, &iov);

	if (err < 0)
		return err;
	control_start = (unsigned long)msg.msg_control_user;
	msg.msg_flags = flags & MSG_CMSG_CLOEXEC;
	msg.msg_namelen = 0;	/* the family says how long it is */
	if (nonblock)
		flags |= MSG_DONTWAIT;
	ret = sock_recvmsg(sock, &msg, flags);
	if (ret >= 0) {
		err = tell_msghdr(umsg, &msg, &address, uaddr, control_start);
		if (err)
			ret = err;
	}
	*out_flags = msg.msg_flags;
	kfree(iov);
	return ret;
}

/** __sys_recvmsg - recvmsg(2) */
long __sys_recvmsg(int fd, struct user_msghdr __user *umsg, unsigned int flags)
{
	unsigned int out_flags;
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	if (flags & CMSG_COMPAT_FLAG)
		return -EINVAL;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	return receive_one(sock, umsg, flags, fd_file(f)->f_flags & O_NONBLOCK, &out_flags);
}

SYSCALL_DEFINE3(recvmsg, int, fd, struct user_msghdr __user *, msg, unsigned int, flags)
{
	return __sys_recvmsg(fd, msg, flags);
}

/*
 * Up to @vlen messages, until @end. The time is looked at behind each message: a wait for one is
 * not cut short by it.
 */
static int receive_many(struct socket *sock, struct mmsghdr __user *mmsg, unsigned int vlen,
			unsigned int flags, bool nonblock, const struct timespec64 *end,
			struct timespec64 *remaining)
{
	unsigned int got = 0, out_flags;
	struct timespec64 now;
	int err = 0;

	if (!(flags & MSG_ERRQUEUE)) {
		err = sock_error(sock->sk);
		if (err)
			return err;
	}
	while (got < vlen) {
		err = receive_one(sock, user_field(mmsg + got, msg_hdr),
				  flags & ~MSG_WAITFORONE, nonblock, &out_flags);
		if (err >= 0)
			err = put_user(err, user_field(mmsg + got, msg_len));
		if (err)
			break;
		got++;
		if (flags & MSG_WAITFORONE)
			flags |= MSG_DONTWAIT;
		if (end) {
			ktime_get_ts64(&now);
			*remaining = timespec64_sub(*end, now);
			if (remaining->tv_sec < 0) {
				*remaining = (struct timespec64){};
				break;
			}
			if (!remaining->tv_sec && !remaining->tv_nsec)
				break;
		}
		if (out_flags & MSG_OOB)
			break;
		cond_resched();
	}
	if (!got)
		return err;
	/* The error is told by the next call; this one has messages to tell of. */
	if (err && err != -EAGAIN)
		WRITE_ONCE(sock->sk->sk_err, -err);
	return got;
}

SYSCALL_DEFINE5(recvmmsg, int, fd, struct mmsghdr __user *, mmsg, unsigned int, vlen,
		unsigned int, flags, struct __kernel_timespec __user *, timeout)
{
	struct timespec64 end, remaining;
	CLASS(fd, f)(fd);
	struct socket *sock;
	int ret, err;

	if (flags & CMSG_COMPAT_FLAG)
		return -EINVAL;
	if (timeout) {
		if (get_timespec64(&remaining, timeout))
			return -EFAULT;
		if (poll_select_set_timeout(&end, remaining.tv_sec, remaining.tv_nsec))
			return -EINVAL;
	}
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	ret = receive_many(sock, mmsg, vlen, flags,
			   fd_file(f)->f_flags & O_NONBLOCK, timeout ? &end : NULL, &remaining);
	if (ret > 0 && timeout && put_timespec64(&remaining, timeout))
		return -EFAULT;
	return ret;
}

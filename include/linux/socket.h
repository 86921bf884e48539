/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SOCKET_H
#define _LINUX_SOCKET_H

/* Addresses, messages and control data of sockets: what goes in and out of the system calls. */

#include <asm/socket.h>
#include <linux/compiler.h>
#include <linux/sockios.h>
#include <linux/types.h>
#include <linux/uio.h>
#include <uapi/linux/socket.h>

struct cred;
struct file;
struct iovec;
struct kiocb;
struct pid;
struct __kernel_timespec;

typedef __kernel_sa_family_t sa_family_t;

/* What every address begins with. */
struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};

#define sockaddr_storage __kernel_sockaddr_storage

/* SO_LINGER */
struct linger {
	int l_onoff;
	int l_linger;	/* seconds */
};

/* sendmsg(2) and recvmsg(2): as programs have it ... */
struct user_msghdr {
	void __user *msg_name;		/* an address */
	int msg_namelen;
	struct iovec __user *msg_iov;
	__kernel_size_t msg_iovlen;
	void __user *msg_control;	/* control data: struct cmsghdr, one after the other */
	__kernel_size_t msg_controllen;
	unsigned int msg_flags;
};

/*
 * ... and as the protocols get it. When sending, the name and the control data were copied in;
 * when receiving, msg_name is kernel memory of sizeof(struct sockaddr_storage), or NULL, and
 * msg_control_user is where put_cmsg() writes.
 */
struct msghdr {
	void *msg_name;
	int msg_namelen;
	int msg_inq;
	struct iov_iter msg_iter;	/* the data */
	union {
		void *msg_control;
		void __user *msg_control_user;
	};
	bool msg_control_is_user : 1;
	bool msg_get_inq : 1;
	unsigned int msg_flags;
	__kernel_size_t msg_controllen;
	struct kiocb *msg_iocb;
};

/* sendmmsg(2), recvmmsg(2) */
struct mmsghdr {
	struct user_msghdr msg_hdr;
	unsigned int msg_len;
};

/*
 * One piece of control data: the head, then cmsg_len - sizeof(head) bytes; the next head begins at
 * the next multiple of long.
 */
struct cmsghdr {
	__kernel_size_t cmsg_len;	/* the head included */
	int cmsg_level;			/* SOL_SOCKET */
	int cmsg_type;			/* SCM_* */
};

#define CMSG_ALIGN(len)	(((len) + sizeof(long) - 1) & ~(sizeof(long) - 1))
#define CMSG_DATA(cmsg)	((void *)(cmsg) + sizeof(struct cmsghdr))
#define CMSG_USER_DATA(cmsg)	((void __user *)(cmsg) + sizeof(struct cmsghdr))
#define CMSG_SPACE(len)	(sizeof(struct cmsghdr) + CMSG_ALIGN(len))
#define CMSG_LEN(len)	(sizeof(struct cmsghdr) + (len))

#define __CMSG_FIRSTHDR(ctl, len) \
	((len) >= sizeof(struct cmsghdr) ? (struct cmsghdr *)(ctl) : (struct cmsghdr *)NULL)
#define CMSG_FIRSTHDR(msg)	__CMSG_FIRSTHDR((msg)->msg_control, (msg)->msg_controllen)

/* Does the piece lie within the control data, its head at least? */
#define CMSG_OK(mhdr, cmsg)						\
	((cmsg)->cmsg_len >= sizeof(struct cmsghdr) &&			\
	 (cmsg)->cmsg_len <= (unsigned long)((mhdr)->msg_controllen -	\
			      ((char *)(cmsg) - (char *)(mhdr)->msg_control)))

/** cmsg_nxthdr() - the next head, NULL behind the last; @cmsg passed CMSG_OK() */
static inline struct cmsghdr *cmsg_nxthdr(struct msghdr *msg, struct cmsghdr *cmsg)
{
	char *next = (char *)cmsg + CMSG_ALIGN(cmsg->cmsg_len);
	char *end = (char *)msg->msg_control + msg->msg_controllen;

	if (next > end || (size_t)(end - next) < sizeof(struct cmsghdr))
		return NULL;
	return (struct cmsghdr *)next;
}

#define for_each_cmsghdr(cmsg, msg) \
	for (cmsg = CMSG_FIRSTHDR(msg); cmsg; cmsg = cmsg_nxthdr(msg, cmsg))

/** msg_data_left() - bytes that are still to be moved */
static inline size_t msg_data_left(struct msghdr *msg)
{
	return iov_iter_count(&msg->msg_iter);
}

/* Types of control data, level SOL_SOCKET. */
#define SCM_RIGHTS	0x01	/* int[]: descriptors */
#define SCM_CREDENTIALS	0x02	/* struct ucred */
#define SCM_SECURITY	0x03	/* a security module's label */
#define SCM_PIDFD	0x04	/* int: a pidfd of the sender */

struct ucred {
	__u32 pid;
	__u32 uid;
	__u32 gid;
};

#define AF_UNSPEC	0
#define AF_UNIX		1
#define AF_LOCAL	1
#define AF_INET		2
#define AF_INET6	10
#define AF_NETLINK	16
#define AF_PACKET	17
#define AF_VSOCK	40
#define AF_MAX		46

#define PF_UNSPEC	AF_UNSPEC
#define PF_UNIX		AF_UNIX
#define PF_LOCAL	AF_LOCAL
#define PF_INET		AF_INET
#define PF_INET6	AF_INET6
#define PF_NETLINK	AF_NETLINK
#define PF_PACKET	AF_PACKET
#define PF_VSOCK	AF_VSOCK
#define PF_MAX		AF_MAX

#define SOMAXCONN	4096	/* listen(2)'s limit */

/* Flags of send(2), recv(2) and their kin. */
#define MSG_OOB			1
#define MSG_PEEK		2
#define MSG_DONTROUTE		4
#define MSG_CTRUNC		8
#define MSG_PROBE		0x10
#define MSG_TRUNC		0x20
#define MSG_DONTWAIT		0x40
#define MSG_EOR			0x80
#define MSG_WAITALL		0x100
#define MSG_FIN			0x200
#define MSG_SYN			0x400
#define MSG_CONFIRM		0x800
#define MSG_RST			0x1000
#define MSG_ERRQUEUE		0x2000
#define MSG_NOSIGNAL		0x4000
#define MSG_MORE		0x8000
#define MSG_WAITFORONE		0x10000
#define MSG_BATCH		0x40000
#define MSG_EOF			MSG_FIN
#define MSG_NO_SHARED_FRAGS	0x80000		/* the kernel's own */
#define MSG_SENDPAGE_DECRYPTED	0x100000
#define MSG_SPLICE_PAGES	0x8000000
#define MSG_ZEROCOPY		0x4000000
#define MSG_FASTOPEN		0x20000000
#define MSG_CMSG_CLOEXEC	0x40000000
#define MSG_CMSG_COMPAT		0		/* no programs of 32 bits */

/* What sendmsg(2) drops: flags that the kernel sets for itself. */
#define MSG_INTERNAL_SENDMSG_FLAGS \
	(MSG_SPLICE_PAGES | MSG_SENDPAGE_DECRYPTED | MSG_NO_SHARED_FRAGS)

#define SOL_UNIX	1	/* has no options: unix(7) uses SOL_SOCKET */

int move_addr_to_kernel(void __user *uaddr, int ulen, struct sockaddr_storage *kaddr);
int put_cmsg(struct msghdr *msg, int level, int type, int len, void *data);

long __sys_recvmsg(int fd, struct user_msghdr __user *msg, unsigned int flags);
long __sys_sendmsg(int fd, struct user_msghdr __user *msg, unsigned int flags);

#endif /* _LINUX_SOCKET_H */

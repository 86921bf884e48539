/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NET_H
#define _LINUX_NET_H

/*
 * struct socket: the upper half of a socket, what the system calls and the VFS see.
 *
 *	file -> struct socket -> struct proto_ops	what the family can do with it
 *			\-> struct sock (<net/sock.h>)	the lower half: queues, options, the peer
 *
 * The upper half lives with its inode in sockfs, one to one; the last fput() of its file releases
 * it. The lower half is counted: peers and messages on their way keep it longer.
 */

#include <linux/bitops.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/socket.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <uapi/linux/net.h>

struct file;
struct inode;
struct module;
struct net;
struct poll_table_struct;
struct proto_ops;
struct seq_file;
struct sock;
struct socket;

#define NPROTO	AF_MAX

/* struct socket.flags: bit numbers */
#define SOCKWQ_ASYNC_NOSPACE	0	/* SIGIO is wanted when there is room again */
#define SOCKWQ_ASYNC_WAITDATA	1	/* somebody is reading: no SIGIO for data */
#define SOCK_NOSPACE		2
#define SOCK_PASSCRED		3
#define SOCK_PASSSEC		4
#define SOCK_PASSPIDFD		5

enum sock_type {
	SOCK_STREAM	= 1,
	SOCK_DGRAM	= 2,
	SOCK_RAW	= 3,
	SOCK_RDM	= 4,
	SOCK_SEQPACKET	= 5,
	SOCK_DCCP	= 6,
	SOCK_PACKET	= 10,
};

#define SOCK_MAX	(SOCK_PACKET + 1)

/* socket(2)'s type carries flags above it. */
#define SOCK_TYPE_MASK	0xf
#define SOCK_CLOEXEC	O_CLOEXEC
#define SOCK_NONBLOCK	O_NONBLOCK

enum sock_shutdown_cmd {
	SHUT_RD,
	SHUT_WR,
	SHUT_RDWR,
};

/**
 * struct socket - the upper half
 * @state: SS_*; the family's lock
 * @type: SOCK_STREAM ...; constant
 * @flags: SOCK_PASSCRED ...; atomic bits
 * @file: backlink without a reference; NULL until there is one
 * @sk: the lower half, with a reference; NULL once released
 * @ops: the family's methods for this type; constant
 */
struct socket {
	socket_state state;
	short type;
	unsigned long flags;
	struct file *file;
	struct sock *sk;
	const struct proto_ops *ops;
};

/**
 * struct proto_ops - what a family does for a type of socket
 *
 * All may sleep. A method that a type can't have is one of the sock_no_*() functions, which answer
 * -EOPNOTSUPP; ->socketpair, ->setsockopt, ->ioctl and ->set_peek_off may be NULL for the same.
 */
struct proto_ops {
	int family;
	struct module *owner;
	int (*release)(struct socket *sock);
	int (*bind)(struct socket *sock, struct sockaddr *addr, int addr_len);
	int (*connect)(struct socket *sock, struct sockaddr *addr, int addr_len, int flags);
	int (*socketpair)(struct socket *a, struct socket *b);
	int (*accept)(struct socket *sock, struct socket *newsock, int flags);
	/* @peer: 1: the other end's; returns the length of the address */
	int (*getname)(struct socket *sock, struct sockaddr *addr, int peer);
	__poll_t (*poll)(struct file *file, struct socket *sock, struct poll_table_struct *wait);
	int (*ioctl)(struct socket *sock, unsigned int cmd, unsigned long arg);
	int (*listen)(struct socket *sock, int backlog);
	int (*shutdown)(struct socket *sock, int how);
	int (*setsockopt)(struct socket *sock, int level, int optname, char __user *optval,
			  unsigned int optlen);
	int (*getsockopt)(struct socket *sock, int level, int optname, char __user *optval,
			  int __user *optlen);
	void (*show_fdinfo)(struct seq_file *m, struct socket *sock);
	int (*sendmsg)(struct socket *sock, struct msghdr *msg, size_t total_len);
	int (*recvmsg)(struct socket *sock, struct msghdr *msg, size_t total_len, int flags);
	int (*set_peek_off)(struct sock *sk, int val);
};

/**
 * struct net_proto_family - a family, for sock_register()
 * @family: AF_*
 * @create: gives @sock its ops and its lower half; type and protocol are the program's
 */
struct net_proto_family {
	int family;
	int (*create)(struct net *net, struct socket *sock, int protocol, int kern);
	struct module *owner;
};

int sock_register(const struct net_proto_family *ops);
void sock_unregister(int family);

int sock_create(int family, int type, int proto, struct socket **res);
int sock_create_kern(struct net *net, int family, int type, int proto, struct socket **res);
int sock_create_lite(int family, int type, int proto, struct socket **res);
struct socket *sock_alloc(void);
void sock_release(struct socket *sock);
struct file *sock_alloc_file(struct socket *sock, int flags, const char *dname);
struct socket *sock_from_file(struct file *file);
struct socket *sockfd_lookup(int fd, int *err);
int sock_sendmsg(struct socket *sock, struct msghdr *msg);
int sock_recvmsg(struct socket *sock, struct msghdr *msg, int flags);
int kernel_sendmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t len);
int kernel_recvmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num,
		   size_t len, int flags);

/** sockfd_put - undo sockfd_lookup() */
static inline void sockfd_put(struct socket *sock)
{
	fput(sock->file);
}

#endif /* _LINUX_NET_H */

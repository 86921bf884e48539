/* SPDX-License-Identifier: MIT */
#ifndef _NET_SOCK_H
#define _NET_SOCK_H

/*
 * struct sock: the lower half of a socket, what one end of a connection is to the other.
 *
 * Lifetime: sock_hold() and sock_put(). The upper half (struct socket) has one reference, each peer
 * one, each message under way one on its sender. Once the upper half is gone the flag SOCK_DEAD is
 * set, sk_socket is NULL, and nobody may be told of anything any more.
 *
 * Waiting: all who wait for this socket, by a system call or by poll, wait on sk_wq.wait. It is
 * part of the struct, so a peer may wake it for as long as it has its reference. The order is:
 * change the state, then call sk_state_change(), sk_data_ready() or sk_write_space().
 *
 * Memory: sk_wmem_alloc is what this socket's messages under way cost. A sender waits while it is
 * sk_sndbuf or more; poll says "writable" from a quarter of it downwards.
 *
 * Fields: c = constant after sock_init_data(), s = the family's state lock, o = set by
 * setsockopt(), read at any time by READ_ONCE(), a = atomic.
 */

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <linux/socket.h>
#include <linux/spinlock.h>
#include <linux/uidgid.h>
#include <linux/wait.h>

struct cred;
struct fasync_struct;
struct kmem_cache;
struct net;
struct pid;
struct proto;

/* sk_state: TCP's names, which every family borrows; programs see some of them in /proc/net. */
enum {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT = 2,
	TCP_CLOSE = 7,
	TCP_LISTEN = 10,
};

/* sk_shutdown */
#define RCV_SHUTDOWN	1
#define SEND_SHUTDOWN	2
#define SHUTDOWN_MASK	3

/* sk_flags: bit numbers, sock_flag() */
enum sock_flags {
	SOCK_DEAD,		/* no upper half any more */
	SOCK_DONE,
	SOCK_URGINLINE,		/* SO_OOBINLINE */
	SOCK_KEEPOPEN,
	SOCK_LINGER,
	SOCK_BROADCAST,
	SOCK_DBG,
	SOCK_RCVTSTAMP,		/* SO_TIMESTAMP or SO_TIMESTAMPNS */
	SOCK_RCVTSTAMPNS,	/* the latter */
	SOCK_LOCALROUTE,
	SOCK_RXQ_OVFL,
	SOCK_SELECT_ERR_QUEUE,
	SOCK_TSTAMP_NEW,
	SOCK_NOFCS,
	SOCK_RCVMARK,
};

/* Who waits for a socket, and who gets SIGIO from it. */
struct socket_wq {
	wait_queue_head_t wait;
	struct fasync_struct *fasync_list;	/* fasync_lock of fs/fasync.c */
};

struct sock {
	refcount_t sk_refcnt;			/* a */
	unsigned short sk_family;		/* c */
	unsigned short sk_type;			/* c */
	unsigned short sk_protocol;		/* c */
	unsigned char sk_state;			/* s: TCP_*; read anywhere */
	unsigned char sk_shutdown;		/* s; read anywhere */
	unsigned char sk_userlocks;		/* o: SOCK_SNDBUF_LOCK ... */
	unsigned char sk_reuse;			/* o */
	unsigned char sk_reuseport;		/* o */
	unsigned char sk_no_check_tx;		/* o */
	unsigned long sk_flags;			/* a: bits of enum sock_flags */
	struct socket *sk_socket;		/* s: the upper half; NULL: none yet, or no more */
	struct socket_wq sk_wq;
	struct sk_buff_head sk_receive_queue;	/* its lock */
	refcount_t sk_wmem_alloc;		/* a: charged, and 1 for the struct itself */
	atomic_t sk_drops;			/* a */
	int sk_sndbuf;				/* o */
	int sk_rcvbuf;				/* o */
	int sk_rcvlowat;			/* o */
	int sk_peek_off;			/* o, and moved by readers; -1: off */
	long sk_rcvtimeo;			/* o: jiffies */
	long sk_sndtimeo;			/* o */
	unsigned long sk_lingertime;		/* o: jiffies */
	u32 sk_priority;			/* o */
	u32 sk_mark;				/* o */
	int sk_err;				/* a: told once by the next call, then 0 */
	int sk_err_soft;
	u32 sk_ack_backlog;			/* s */
	u32 sk_max_ack_backlog;			/* s: listen(2)'s */
	kuid_t sk_uid;				/* c: of who made it */
	atomic64_t sk_cookie;			/* a: SO_COOKIE; 0: never asked */
	spinlock_t sk_peer_lock;		/* the next two */
	struct pid *sk_peer_pid;		/* SO_PEERCRED */
	const struct cred *sk_peer_cred;
	void *sk_security;			/* the security modules' */
	struct proto *sk_prot;			/* c */
	void (*sk_state_change)(struct sock *sk);	/* c */
	void (*sk_data_ready)(struct sock *sk);		/* c */
	void (*sk_write_space)(struct sock *sk);	/* c */
	void (*sk_error_report)(struct sock *sk);	/* c */
	void (*sk_destruct)(struct sock *sk);		/* c: the last reference is gone */
};

/**
 * struct proto - a kind of struct sock
 * @name: of its slab cache
 * @obj_size: of the family's struct, which begins with struct sock
 * @slab: made by proto_register()
 * @sockets: how many there are
 */
struct proto {
	char name[32];
	unsigned int obj_size;
	struct kmem_cache *slab;
	atomic_long_t sockets;
};

int proto_register(struct proto *prot, int alloc_slab);
struct sock *sk_alloc(int family, gfp_t priority, struct proto *prot);
void sk_free(struct sock *sk);
void sock_init_data(struct socket *sock, struct sock *sk);

/* The upper half and its inode are one object: net/socket.c. */
struct socket_alloc {
	struct socket socket;
	struct inode vfs_inode;
};

/** SOCKET_I - the socket of an inode of sockfs */
static inline struct socket *SOCKET_I(struct inode *inode)
{
	return &container_of(inode, struct socket_alloc, vfs_inode)->socket;
}

/** SOCK_INODE - the inode of a socket */
static inline struct inode *SOCK_INODE(struct socket *socket)
{
	return &container_of(socket, struct socket_alloc, socket)->vfs_inode;
}

/** sock_hold - one more reference, by who has one */
static inline void sock_hold(struct sock *sk)
{
	refcount_inc(&sk->sk_refcnt);
}

/** sock_put - drop a reference; the last one frees. Context: as sk_free() */
static inline void sock_put(struct sock *sk)
{
	if (refcount_dec_and_test(&sk->sk_refcnt))
		sk_free(sk);
}

/** sock_set_flag - set a SOCK_* flag, atomically */
static inline void sock_set_flag(struct sock *sk, enum sock_flags flag)
{
	set_bit(flag, &sk->sk_flags);
}

/** sock_reset_flag - clear a SOCK_* flag, atomically */
static inline void sock_reset_flag(struct sock *sk, enum sock_flags flag)
{
	clear_bit(flag, &sk->sk_flags);
}

/** sock_valbool_flag - set or clear a SOCK_* flag, as an option says */
static inline void sock_valbool_flag(struct sock *sk, enum sock_flags flag, int on)
{
	if (on)
		sock_set_flag(sk, flag);
	else
		sock_reset_flag(sk, flag);
}

/** sock_flag - is a SOCK_* flag set? */
static inline bool sock_flag(const struct sock *sk, enum sock_flags flag)
{
	return test_bit(flag, &sk->sk_flags);
}

/** sk_sleep - where those wait who want something of it */
static inline wait_queue_head_t *sk_sleep(struct sock *sk)
{
	return &sk->sk_wq.wait;
}

/** sock_graft - the upper half takes the lower one. Context: the state lock, or nobody knows it */
static inline void sock_graft(struct sock *sk, struct socket *parent)
{
	WRITE_ONCE(sk->sk_socket, parent);
	parent->sk = sk;
}

/** sock_orphan - the upper half lets it go. Context: the state lock */
static inline void sock_orphan(struct sock *sk)
{
	sock_set_flag(sk, SOCK_DEAD);
	WRITE_ONCE(sk->sk_socket, NULL);
}

/** sock_error - the error that is due, told once. Return: 0, -errno */
static inline int sock_error(struct sock *sk)
{
	return likely(!READ_ONCE(sk->sk_err)) ? 0 : -xchg(&sk->sk_err, 0);
}

/** sock_rcvtimeo - how long a reader may wait, in jiffies; 0: not at all */
static inline long sock_rcvtimeo(const struct sock *sk, bool noblock)
{
	return noblock ? 0 : READ_ONCE(sk->sk_rcvtimeo);
}

/** sock_sndtimeo - how long a sender may wait, in jiffies; 0: not at all */
static inline long sock_sndtimeo(const struct sock *sk, bool noblock)
{
	return noblock ? 0 : READ_ONCE(sk->sk_sndtimeo);
}

/** sock_rcvlowat - with how many bytes a read of @len is content */
static inline int sock_rcvlowat(const struct sock *sk, int waitall, int len)
{
	int lowat = waitall ? len : min_t(int, READ_ONCE(sk->sk_rcvlowat), len);

	return lowat ? lowat : 1;
}

/** sock_intr_errno - a wait was interrupted: -ERESTARTSYS, or -EINTR if it had a time limit */
static inline int sock_intr_errno(long timeo)
{
	return timeo == MAX_SCHEDULE_TIMEOUT ? -ERESTARTSYS : -EINTR;
}

/** sk_wmem_alloc_get - bytes of its messages that nobody has read yet, overhead included */
static inline int sk_wmem_alloc_get(const struct sock *sk)
{
	return refcount_read(&sk->sk_wmem_alloc) - 1;
}

struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size, int noblock, int *errcode);
struct sk_buff *sock_wmalloc(struct sock *sk, unsigned int size, gfp_t priority);
void skb_set_owner_w(struct sk_buff *skb, struct sock *sk);
void sock_wfree(struct sk_buff *skb);
void sk_wake_async(struct sock *sk, int how, int band);
void sk_send_sigurg(struct sock *sk);
unsigned long sock_i_ino(struct sock *sk);

/* How sk_wake_async() decides whether anybody wants the signal. */
enum {
	SOCK_WAKE_IO,
	SOCK_WAKE_WAITD,
	SOCK_WAKE_SPACE,
	SOCK_WAKE_URG,
};

int sk_set_peek_off(struct sock *sk, int val);
int sk_peek_offset(struct sock *sk, int flags);
void sk_peek_offset_fwd(struct sock *sk, int val);
void sk_peek_offset_bwd(struct sock *sk, int val);

int sock_setsockopt(struct socket *sock, int level, int optname, char __user *optval,
		    unsigned int optlen);
int sock_getsockopt(struct socket *sock, int level, int optname, char __user *optval,
		    int __user *optlen);
void sock_recv_timestamp(struct msghdr *msg, struct sock *sk, struct sk_buff *skb);

int sock_no_bind(struct socket *sock, struct sockaddr *addr, int len);
int sock_no_connect(struct socket *sock, struct sockaddr *addr, int len, int flags);
int sock_no_socketpair(struct socket *a, struct socket *b);
int sock_no_accept(struct socket *sock, struct socket *newsock, int flags);
int sock_no_listen(struct socket *sock, int backlog);
int sock_no_shutdown(struct socket *sock, int how);

extern __u32 sysctl_wmem_max, sysctl_rmem_max, sysctl_wmem_default, sysctl_rmem_default;
extern int sysctl_somaxconn;

#define SOCK_MIN_SNDBUF	4608	/* twice what a message of 2048 bytes costs, without its head */
#define SOCK_MIN_RCVBUF	2304

#endif /* _NET_SOCK_H */

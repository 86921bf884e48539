/* SPDX-License-Identifier: MIT */
#ifndef _NET_AF_UNIX_H
#define _NET_AF_UNIX_H

/*
 * Unix sockets, as the parts of net/unix/ see them. Lock order, outermost first:
 *
 *	iolock			one reader of a stream at a time; may sleep
 *	i_rwsem			of the directory that bind() makes a name in
 *	bindlock		one bind() of a socket at a time; may sleep
 *	state lock (u->lock)	of two sockets: by address; spins
 *	unix_gc_lock		what is under way, garbage.c
 *	unix_table_lock		names
 *	peer_wait.lock		then sk_wq.wait's
 *	queue lock		sk_receive_queue.lock of a listener, then of one it holds
 */

#include <linux/mutex.h>
#include <linux/path.h>
#include <linux/refcount.h>
#include <linux/un.h>
#include <net/scm.h>
#include <net/sock.h>

struct seq_file;

/* A name; never changed, shared by a listener and what it accepts. */
struct unix_address {
	refcount_t refcnt;
	int len;			/* of name, as the system calls count it */
	struct sockaddr_un name[];	/* only the first len bytes of it */
};

/**
 * struct unix_sock - a Unix socket
 * @sk: what all sockets have
 * @addr: its name; NULL: none. Set once, by smp_store_release()
 * @path: of a name in the file system: what it is bound to; as @addr
 * @iolock: readers
 * @bindlock: bind() and autobind
 * @peer: connected to; with a reference. @lock
 * @name_node: among the sockets with that name's hash; unix_table_lock
 * @all_node: among all; unix_table_lock
 * @lock: the state lock
 * @peer_wait: who waits for room in our receive queue
 * @bell: our entry in the peer's peer_wait, while poll wants to know; .private: which peer's.
 *	Guarded by that queue's lock
 * @oob_skb: the urgent byte in our queue, without a reference; the queue's lock
 * @inflight: messages that carry a descriptor of it; unix_gc_lock
 * @gc_node: in the list of sockets under way; unix_gc_lock
 * @gc_refs: the collector's count; unix_gc_lock
 * @gc_candidate: the collector's; unix_gc_lock
 */
struct unix_sock {
	struct sock sk;
	struct unix_address *addr;
	struct path path;
	struct mutex iolock, bindlock;
	struct sock *peer;
	struct hlist_node name_node;
	struct list_head all_node;
	spinlock_t lock;
	wait_queue_head_t peer_wait;
	wait_queue_entry_t bell;
	struct sk_buff *oob_skb;
	unsigned long inflight;
	struct list_head gc_node;
	unsigned long gc_refs;
	bool gc_candidate;
};

#define unix_sk(ptr)	container_of(ptr, struct unix_sock, sk)
#define unix_peer(sk)	(unix_sk(sk)->peer)

#define unix_state_lock(s)	spin_lock(&unix_sk(s)->lock)
#define unix_state_unlock(s)	spin_unlock(&unix_sk(s)->lock)

/* What a message of ours carries besides data. */
struct unix_skb_parms {
	struct pid *pid;		/* with a reference; NULL: no credentials */
	kuid_t uid;
	kgid_t gid;
	struct scm_fp_list *fp;		/* or NULL */
};

#define UNIXCB(skb)	(*(struct unix_skb_parms *)&((skb)->cb))

/** unix_wants_creds() - does the upper half wish for credentials with every message? */
static inline bool unix_wants_creds(const struct socket *sock)
{
	return sock->flags & (BIT(SOCK_PASSCRED) | BIT(SOCK_PASSPIDFD));
}

/* af_unix.c: life and death, connections */
extern struct proto unix_proto;
extern const struct proto_ops unix_stream_ops, unix_dgram_ops, unix_seqpacket_ops;
struct sock *unix_peer_get(struct sock *s);
void unix_state_double_lock(struct sock *a, struct sock *b);
void unix_state_double_unlock(struct sock *a, struct sock *b);
bool unix_queue_full(const struct sock *sk);
bool unix_writable(const struct sock *sk, unsigned char state);
long unix_wait_for_room(struct sock *other, long timeo);
int unix_wait_for_message(struct sock *sk, u32 seen, long *timeo);
void unix_left_peer(struct sock *sk, struct sock *other);
void unix_stop_ringing(struct sock *sk, struct sock *other);
bool unix_ring_when_room(struct sock *sk, struct sock *other);
int unix_close_sock(struct sock *sk, int unaccepted);
int unix_shutdown(struct socket *sock, int mode);
int unix_peek_from(struct sock *sk, int val);

/* name.c: names */
int unix_check_addr(const struct sockaddr_un *sunaddr, int addr_len);
int unix_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len);
int unix_autobind(struct sock *sk);
struct sock *unix_find_name(struct sockaddr_un *sunaddr, int addr_len, int type);
int unix_getname(struct socket *sock, struct sockaddr *uaddr, int peer);
void unix_tell_sender(struct msghdr *msg, struct sock *sk);
void unix_put_addr(struct unix_address *addr);
void unix_list_socket(struct sock *sk);
void unix_unlist_socket(struct sock *sk);
int unix_list_register(void);

/* connect.c */
int unix_listen(struct socket *sock, int backlog);
int unix_stream_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags);
int unix_dgram_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags);
int unix_accept(struct socket *sock, struct socket *newsock, int flags);
int unix_socketpair(struct socket *a, struct socket *b);
struct sock *unix_new_sock(struct socket *sock, int type);

/* poll.c */
__poll_t unix_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait);
__poll_t unix_packet_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait);
int unix_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);
void unix_show_fdinfo(struct seq_file *m, struct socket *sock);

/* stream.c, dgram.c: messages */
int unix_stream_sendmsg(struct socket *sock, struct msghdr *msg, size_t len);
int unix_stream_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags);
int unix_dgram_sendmsg(struct socket *sock, struct msghdr *msg, size_t len);
int unix_dgram_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags);
int unix_seqpacket_sendmsg(struct socket *sock, struct msghdr *msg, size_t len);
int unix_seqpacket_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags);

/* scm.c: descriptors and credentials in messages */
int unix_load_message(struct scm_cookie *scm, struct sk_buff *skb, bool send_fds);
void unix_sign_message(struct sk_buff *skb, const struct socket *sock,
			  const struct sock *other);
bool unix_same_sender(const struct sk_buff *skb, const struct scm_cookie *scm);
void unix_take_files(struct scm_cookie *scm, struct sk_buff *skb);
int unix_copy_files(struct scm_cookie *scm, struct sk_buff *skb);
void unix_unload_message(struct sk_buff *skb);

/* garbage.c */
struct sock *unix_get_socket(struct file *filp);
void unix_inflight_add(struct scm_fp_list *fpl);
void unix_inflight_del(struct scm_fp_list *fpl);
void unix_gc_barrier(void);
void unix_schedule_gc(void);
void wait_for_unix_gc(struct scm_fp_list *fpl);
unsigned int unix_inflight_total(void);
void unix_gc_flush(void);

extern int sysctl_unix_max_dgram_qlen;

#endif /* _NET_AF_UNIX_H */

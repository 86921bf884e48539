// SPDX-License-Identifier: MIT
/*
 * struct sock: its birth and death, the memory that its messages cost, and who is told of what. The
 * head of <net/sock.h> says how it lives.
 *
 * Room for a sender:
 *
 *	0          sk_sndbuf/4                sk_sndbuf
 *	|-- poll: ---|
 *	|  writable  |
 *	|---------- send(2) goes on ------------|------ send(2) waits, or -EAGAIN
 *
 * A message is let in whole when there is any room, so the charge may go above the limit by one.
 * The wake-up comes when it has fallen below a quarter: one for many messages that were read.
 */

#include <net/sock.h>

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>

/* What Linux takes for 256 messages of 256 bytes. */
#define SK_MEM_DEFAULT	212992

__u32 sysctl_wmem_max __read_mostly = SK_MEM_DEFAULT;
__u32 sysctl_rmem_max __read_mostly = SK_MEM_DEFAULT;
__u32 sysctl_wmem_default __read_mostly = SK_MEM_DEFAULT;
__u32 sysctl_rmem_default __read_mostly = SK_MEM_DEFAULT;
int sysctl_somaxconn __read_mostly = SOMAXCONN;

/* ---- birth and death ---- */

/**
 * proto_register - before the first sk_alloc() of that kind
 * @prot: name and size are set
 * @alloc_slab: make its cache
 *
 * Return: 0, -ENOBUFS.
 */
int proto_register(struct proto *prot, int alloc_slab)
{
	if (!alloc_slab)
		return 0;
	prot->slab = kmem_cache_create(prot->name, prot->obj_size, 0,
				       SLAB_HWCACHE_ALIGN | SLAB_ACCOUNT, NULL);
	return prot->slab ? 0 : -ENOBUFS;
}
EXPORT_SYMBOL(proto_register);

/** sk_alloc - a lower half, zeroed, for sock_init_data(). NULL without memory, or not allowed */
struct sock *sk_alloc(int family, gfp_t priority, struct proto *prot)
{
	struct sock *sk = kmem_cache_zalloc(prot->slab, priority);

	if (!sk)
		return NULL;
	sk->sk_family = family;
	sk->sk_prot = prot;
	if (security_sk_alloc_security(sk, family, priority)) {
		kmem_cache_free(prot->slab, sk);
		return NULL;
	}
	atomic_long_inc(&prot->sockets);
	return sk;
}
EXPORT_SYMBOL(sk_alloc);

/** sk_free - the last reference is gone: sock_put() calls it */
void sk_free(struct sock *sk)
{
	struct proto *prot = sk->sk_prot;

	if (sk->sk_destruct)
		sk->sk_destruct(sk);
	/* Each message under way has a reference to its sender. */
	WARN_ON_ONCE(sk_wmem_alloc_get(sk));
	WARN_ON_ONCE(!skb_queue_empty(&sk->sk_receive_queue));
	put_pid(sk->sk_peer_pid);
	put_cred(sk->sk_peer_cred);
	security_sk_free_security(sk);
	kmem_cache_free(prot->slab, sk);
	atomic_long_dec(&prot->sockets);
}
EXPORT_SYMBOL(sk_free);

static void wake_everybody(struct sock *sk)
{
	if (wq_has_sleeper(sk_sleep(sk)))
		wake_up_interruptible_all(sk_sleep(sk));
}

static void tell_of_error(struct sock *sk)
{
	if (wq_has_sleeper(sk_sleep(sk)))
		wake_up_interruptible_poll(sk_sleep(sk), EPOLLERR);
	sk_wake_async(sk, SOCK_WAKE_IO, POLL_ERR);
}

static void tell_readers(struct sock *sk)
{
	if (wq_has_sleeper(sk_sleep(sk)))
		wake_up_interruptible_sync_poll(sk_sleep(sk), EPOLLIN | EPOLLPRI | EPOLLRDNORM |
							      EPOLLRDBAND);
	sk_wake_async(sk, SOCK_WAKE_WAITD, POLL_IN);
}

static void tell_writers(struct sock *sk)
{
	if ((sk_wmem_alloc_get(sk) << 1) > READ_ONCE(sk->sk_sndbuf))
		return;
	if (wq_has_sleeper(sk_sleep(sk)))
		wake_up_interruptible_sync_poll(sk_sleep(sk), EPOLLOUT | EPOLLWRNORM |
							      EPOLLWRBAND);
	sk_wake_async(sk, SOCK_WAKE_SPACE, POLL_OUT);
}

/**
 * sock_init_data - the defaults of a new lower half
 * @sock: its upper half; NULL: it gets one later, by accept()
 * @sk: fresh from sk_alloc()
 *
 * The caller has the one reference.
 */
void sock_init_data(struct socket *sock, struct sock *sk)
{
	refcount_set(&sk->sk_refcnt, 1);
	refcount_set(&sk->sk_wmem_alloc, 1);
	skb_queue_head_init(&sk->sk_receive_queue);
	init_waitqueue_head(&sk->sk_wq.wait);
	spin_lock_init(&sk->sk_peer_lock);
	sk->sk_state = TCP_CLOSE;
	sk->sk_sndbuf = READ_ONCE(sysctl_wmem_default);
	sk->sk_rcvbuf = READ_ONCE(sysctl_rmem_default);
	sk->sk_rcvlowat = 1;
	sk->sk_peek_off = -1;
	sk->sk_rcvtimeo = MAX_SCHEDULE_TIMEOUT;
	sk->sk_sndtimeo = MAX_SCHEDULE_TIMEOUT;
	sk->sk_uid = current_fsuid();
	sk->sk_state_change = wake_everybody;
	sk->sk_data_ready = tell_readers;
	sk->sk_write_space = tell_writers;
	sk->sk_error_report = tell_of_error;
	if (sock) {
		sk->sk_type = sock->type;
		sock_graft(sk, sock);
	}
}
EXPORT_SYMBOL(sock_init_data);

/* ---- memory ---- */

/** sock_wfree - the destructor of a charged message: its sender has room again */
void sock_wfree(struct sk_buff *skb)
{
	struct sock *sk = skb->sk;

	WARN_ON_ONCE(refcount_sub_and_test(skb->truesize, &sk->sk_wmem_alloc));
	sk->sk_write_space(sk);
	skb->sk = NULL;
	sock_put(sk);
}
EXPORT_SYMBOL(sock_wfree);

/** skb_set_owner_w - charge a message to its sender */
void skb_set_owner_w(struct sk_buff *skb, struct sock *sk)
{
	sock_hold(sk);
	skb->sk = sk;
	skb->destructor = sock_wfree;
	refcount_add(skb->truesize, &sk->sk_wmem_alloc);
}
EXPORT_SYMBOL(skb_set_owner_w);

/** sock_wmalloc - a charged message, limit or not; NULL without memory */
struct sk_buff *sock_wmalloc(struct sock *sk, unsigned int size, gfp_t priority)
{
	struct sk_buff *skb = alloc_skb(size, priority);

	if (skb)
		skb_set_owner_w(skb, sk);
	return skb;
}
EXPORT_SYMBOL(sock_wmalloc);

static bool has_room(const struct sock *sk)
{
	return sk_wmem_alloc_get(sk) < READ_ONCE(sk->sk_sndbuf);
}

/* Return: what is left of @timeo; 0: it is over. May return without cause. */
static long wait_for_room(struct sock *sk, long timeo)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(sk_sleep(sk), &wait, TASK_INTERRUPTIBLE);
	if (!has_room(sk) && !signal_pending(current) && !READ_ONCE(sk->sk_err) &&
	    !(READ_ONCE(sk->sk_shutdown) & SEND_SHUTDOWN))
		timeo = schedule_timeout(timeo);
	finish_wait(sk_sleep(sk), &wait);
	return timeo;
}

/**
 * sock_alloc_send_skb - a charged message, once the socket has room
 * @sk: the sender; the caller's descriptor keeps its upper half
 * @size: bytes
 * @noblock: don't wait
 * @errcode: set when there is none
 *
 * Context: may sleep.
 * Return: the message; NULL: *@errcode is -EAGAIN, -EPIPE, -ENOBUFS, -ERESTARTSYS or -EINTR, or
 * what the socket's error was.
 */
struct sk_buff *sock_alloc_send_skb(struct sock *sk, unsigned long size, int noblock, int *errcode)
{
	long timeo = sock_sndtimeo(sk, noblock);
	struct sk_buff *skb;
	int err;

	for (;;) {
		err = sock_error(sk);
		if (err)
			goto out_err;
		err = -EPIPE;
		if (READ_ONCE(sk->sk_shutdown) & SEND_SHUTDOWN)
			goto out_err;
		if (has_room(sk))
			break;
		if (sk->sk_socket)
			set_bit(SOCKWQ_ASYNC_NOSPACE, &sk->sk_socket->flags);
		err = -EAGAIN;
		if (!timeo)
			goto out_err;
		if (signal_pending(current)) {
			err = sock_intr_errno(timeo);
			goto out_err;
		}
		timeo = wait_for_room(sk, timeo);
	}
	skb = sock_wmalloc(sk, size, GFP_KERNEL_ACCOUNT);
	err = -ENOBUFS;
	if (skb)
		return skb;
out_err:
	*errcode = err;
	return NULL;
}
EXPORT_SYMBOL(sock_alloc_send_skb);

/* ---- signals ---- */

/**
 * sk_wake_async - SIGIO for those who asked for it by O_ASYNC
 * @sk: whose file
 * @how: SOCK_WAKE_*: the state that says whether somebody wants it now
 * @band: POLL_IN ...
 */
void sk_wake_async(struct sock *sk, int how, int band)
{
	struct socket *sock;

	if (!READ_ONCE(sk->sk_wq.fasync_list))
		return;
	rcu_read_lock();	/* the upper half's memory goes after a grace period */
	sock = READ_ONCE(sk->sk_socket);
	if (sock && (how == SOCK_WAKE_IO || how == SOCK_WAKE_URG ||
		     (how == SOCK_WAKE_WAITD && !test_bit(SOCKWQ_ASYNC_WAITDATA, &sock->flags)) ||
		     (how == SOCK_WAKE_SPACE &&
		      test_and_clear_bit(SOCKWQ_ASYNC_NOSPACE, &sock->flags))))
		kill_fasync(&sk->sk_wq.fasync_list, how == SOCK_WAKE_URG ? SIGURG : SIGIO, band);
	rcu_read_unlock();
}
EXPORT_SYMBOL(sk_wake_async);

/** sk_send_sigurg - SIGURG to the file's owner; the state lock is held, so the file stays */
void sk_send_sigurg(struct sock *sk)
{
	if (sk->sk_socket && sk->sk_socket->file && send_sigurg(sk->sk_socket->file))
		sk_wake_async(sk, SOCK_WAKE_URG, POLL_PRI);
}
EXPORT_SYMBOL(sk_send_sigurg);

/* ---- SO_PEEK_OFF: MSG_PEEK goes on where the last one ended ---- */

/**
 * sk_set_peek_off - SO_PEEK_OFF: where the next MSG_PEEK begins
 * @sk: the socket
 * @val: bytes behind the front; below 0: always at the front
 *
 * Return: 0.
 */
int sk_set_peek_off(struct sock *sk, int val)
{
	WRITE_ONCE(sk->sk_peek_off, val);
	return 0;
}
EXPORT_SYMBOL_GPL(sk_set_peek_off);

/** sk_peek_offset - where a read with @flags begins */
int sk_peek_offset(struct sock *sk, int flags)
{
	return unlikely(flags & MSG_PEEK) ? READ_ONCE(sk->sk_peek_off) : 0;
}

/** sk_peek_offset_fwd - @val bytes were peeked at; the readers' lock is held */
void sk_peek_offset_fwd(struct sock *sk, int val)
{
	int off = READ_ONCE(sk->sk_peek_off);

	if (unlikely(off >= 0))
		WRITE_ONCE(sk->sk_peek_off, off + val);
}

/** sk_peek_offset_bwd - @val bytes were taken from the front */
void sk_peek_offset_bwd(struct sock *sk, int val)
{
	int off = READ_ONCE(sk->sk_peek_off);

	if (unlikely(off >= 0))
		WRITE_ONCE(sk->sk_peek_off, max(off - val, 0));
}

/* ---- methods of those who don't have them ---- */

/** sock_no_bind - bind(2) for families without: -EOPNOTSUPP */
int sock_no_bind(struct socket *sock, struct sockaddr *addr, int len)
{
	return -EOPNOTSUPP;
}

/** sock_no_connect - connect(2) for families without: -EOPNOTSUPP */
int sock_no_connect(struct socket *sock, struct sockaddr *addr, int len, int flags)
{
	return -EOPNOTSUPP;
}

/** sock_no_socketpair - socketpair(2) for families without: -EOPNOTSUPP */
int sock_no_socketpair(struct socket *a, struct socket *b)
{
	return -EOPNOTSUPP;
}

/** sock_no_accept - accept(2) for types without: -EOPNOTSUPP */
int sock_no_accept(struct socket *sock, struct socket *newsock, int flags)
{
	return -EOPNOTSUPP;
}

/** sock_no_listen - listen(2) for types without: -EOPNOTSUPP */
int sock_no_listen(struct socket *sock, int backlog)
{
	return -EOPNOTSUPP;
}

/** sock_no_shutdown - shutdown(2) for families without: -EOPNOTSUPP */
int sock_no_shutdown(struct socket *sock, int how)
{
	return -EOPNOTSUPP;
}

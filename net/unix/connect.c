// SPDX-License-Identifier: MIT
/*
 * Connections of Unix sockets: listen(2), connect(2), accept(2), socketpair(2).
 *
 * A stream's connection is complete when connect(2) returns; accept(2) only picks it up. In between
 * it is an embryo: a struct sock without an upper half, in the listener's receive queue, as the
 * sender of an empty message. The client may write already.
 *
 *	before		client			listener L
 *	connect(2)	client <-peer-> embryo <-skb-- L->sk_receive_queue
 *	accept(2)	client <-peer-> accepted socket	L
 *
 * connect(2) does this with the state locks of client and listener held, the embryo's place in the
 * queue first: whatever is ever found in an embryo's own queue, the embryo can be found from L. The
 * garbage collector needs that.
 *
 * Lists of who waits: clients for room in the listener's queue on L->peer_wait, one woken for each
 * that was accepted; acceptors on L->sk_wq.
 */

#include <net/af_unix.h>

#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/path.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/security.h>

/* ---- SO_PEERCRED ---- */

/* Who the current task is, as the peer of @sk's other end will see it. */
static void record_self_as_peer(struct sock *sk)
{
	const struct cred *old_cred;
	struct pid *old_pid;

	spin_lock(&sk->sk_peer_lock);
	old_pid = sk->sk_peer_pid;
	old_cred = sk->sk_peer_cred;
	sk->sk_peer_pid = get_pid(task_tgid(current));
	sk->sk_peer_cred = get_current_cred();
	spin_unlock(&sk->sk_peer_lock);
	put_pid(old_pid);
	put_cred(old_cred);
}

/* A client's peer is who called listen(2). @sk isn't connected: it has none yet, or an old one. */
static void record_listener_as_peer(struct sock *sk, struct sock *listener)
{
	const struct cred *cred, *old_cred;
	struct pid *pid, *old_pid;

	spin_lock(&listener->sk_peer_lock);
	pid = get_pid(listener->sk_peer_pid);
	cred = get_cred(listener->sk_peer_cred);
	spin_unlock(&listener->sk_peer_lock);
	spin_lock(&sk->sk_peer_lock);
	old_pid = sk->sk_peer_pid;
	old_cred = sk->sk_peer_cred;
	sk->sk_peer_pid = pid;
	sk->sk_peer_cred = cred;
	spin_unlock(&sk->sk_peer_lock);
	put_pid(old_pid);
	put_cred(old_cred);
}

/* ---- listen(2) ---- */

/** unix_listen - Return: 0, -EOPNOTSUPP: datagrams; -EINVAL: no name, or connected */
int unix_listen(struct socket *sock, int backlog)
{
	struct sock *sk = sock->sk;
	struct unix_sock *u = unix_sk(sk);
	int err = -EINVAL;

	if (!READ_ONCE(u->addr))
		return -EINVAL;
	unix_state_lock(sk);
	if (sk->sk_state != TCP_CLOSE && sk->sk_state != TCP_LISTEN)
		goto out_unlock;
	if ((u32)backlog > sk->sk_max_ack_backlog)
		wake_up_interruptible_all(&u->peer_wait);
	WRITE_ONCE(sk->sk_max_ack_backlog, backlog);
	/* As whom clients see us: before the first of them can. */
	record_self_as_peer(sk);
	WRITE_ONCE(sk->sk_state, TCP_LISTEN);
	err = 0;
out_unlock:
	unix_state_unlock(sk);
	return err;
}

/* ---- connect(2) of a stream ---- */

/* With the state lock of @other: what is in the way of a connection. -EAGAIN: the queue is full. */
static int may_connect_to(struct sock *other)
{
	if (other->sk_state != TCP_LISTEN || (other->sk_shutdown & RCV_SHUTDOWN))
		return -ECONNREFUSED;
	return unix_queue_full(other) ? -EAGAIN : 0;
}

static int may_connect_from(struct sock *sk)
{
	switch (sk->sk_state) {
	case TCP_CLOSE:
		return 0;
	case TCP_ESTABLISHED:
		return -EISCONN;
	default:
		return -EINVAL;
	}
}

/*
 * The listener with a name, once it has room. Return: it, with a reference, and both state locks
 * held; ERR_PTR().
 */
static struct sock *lock_listener(struct sock *sk, struct sockaddr_un *sunaddr, int addr_len,
				  long timeo)
{
	struct sock *other;
	int err;

	for (;;) {
		other = unix_find_name(sunaddr, addr_len, sk->sk_type);
		if (IS_ERR(other))
			return other;
		unix_state_double_lock(sk, other);
		if (sock_flag(other, SOCK_DEAD)) {
			unix_state_double_unlock(sk, other);
			sock_put(other);
			continue;	/* somebody else may have the name now */
		}
		err = may_connect_to(other);
		if (err == -EAGAIN && timeo) {
			if (sk != other)
				unix_state_unlock(sk);
			timeo = unix_wait_for_room(other, timeo);
			sock_put(other);
			if (signal_pending(current))
				return ERR_PTR(sock_intr_errno(timeo));
			continue;
		}
		if (!err)
			err = may_connect_from(sk);
		if (!err)
			return other;
		unix_state_double_unlock(sk, other);
		sock_put(other);
		return ERR_PTR(err);
	}
}

/* The embryo is the listener's image, connected to @sk. */
static void dress_embryo(struct sock *newsk, struct sock *other)
{
	struct unix_sock *newu = unix_sk(newsk), *otheru = unix_sk(other);

	record_self_as_peer(newsk);
	if (otheru->path.dentry) {
		path_get(&otheru->path);
		newu->path = otheru->path;
	}
	refcount_inc(&otheru->addr->refcnt);
	smp_store_release(&newu->addr, otheru->addr);
}

/** unix_stream_connect - connect(2) */
int unix_stream_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags)
{
	struct sockaddr_un *sunaddr = (struct sockaddr_un *)uaddr;
	struct sock *sk = sock->sk, *newsk, *other;
	struct sk_buff *skb;
	int err;

	err = unix_check_addr(sunaddr, addr_len);
	if (err)
		return err;
	if (unix_wants_creds(sock) && !READ_ONCE(unix_sk(sk)->addr)) {
		err = unix_autobind(sk);
		if (err)
			return err;
	}
	newsk = unix_new_sock(NULL, sock->type);
	if (IS_ERR(newsk))
		return PTR_ERR(newsk);
	err = -ENOMEM;
	skb = sock_wmalloc(newsk, 0, GFP_KERNEL_ACCOUNT);
	if (!skb)
		goto err_newsk;
	other = lock_listener(sk, sunaddr, addr_len, sock_sndtimeo(sk, flags & O_NONBLOCK));
	if (IS_ERR(other)) {
		err = PTR_ERR(other);
		goto err_skb;
	}
	err = security_unix_stream_connect(sk, other, newsk);
	if (err)
		goto err_unlock;

	/* Nothing fails from here on. The embryo is whole before the queue shows it. */
	dress_embryo(newsk, other);
	sock_hold(sk);
	unix_peer(newsk) = sk;
	WRITE_ONCE(newsk->sk_state, TCP_ESTABLISHED);
	skb_queue_tail(&other->sk_receive_queue, skb);
	record_listener_as_peer(sk, other);
	sock->state = SS_CONNECTED;
	WRITE_ONCE(sk->sk_state, TCP_ESTABLISHED);
	sock_hold(newsk);
	unix_peer(sk) = newsk;
	unix_state_double_unlock(sk, other);
	other->sk_data_ready(other);
	sock_put(other);
	return 0;

err_unlock:
	unix_state_double_unlock(sk, other);
	sock_put(other);
err_skb:
	kfree_skb(skb);
err_newsk:
	unix_close_sock(newsk, 0);
	return err;
}

/* ---- accept(2) ---- */

/** unix_accept - Return: 0: @newsock has the connection; -EINVAL: it doesn't listen; -EAGAIN ... */
int unix_accept(struct socket *sock, struct socket *newsock, int flags)
{
	struct sock *sk = sock->sk, *tsk;
	long timeo = sock_rcvtimeo(sk, flags & O_NONBLOCK);
	struct sk_buff *skb;
	u32 seen;
	int err;

	if (READ_ONCE(sk->sk_state) != TCP_LISTEN)
		return -EINVAL;
	for (;;) {
		err = sock_error(sk);
		if (err)
			return err;
		skb = skb_dequeue_seen(&sk->sk_receive_queue, &seen);
		if (skb)
			break;
		err = unix_wait_for_message(sk, seen, &timeo);
		if (err)
			return err < 0 ? err : -EINVAL;
	}
	tsk = skb->sk;
	/* It takes its reference along; the creator's is the new socket's. */
	kfree_skb(skb);
	wake_up_interruptible(&unix_sk(sk)->peer_wait);
	unix_state_lock(tsk);
	newsock->state = SS_CONNECTED;
	assign_bit(SOCK_PASSCRED, &newsock->flags, test_bit(SOCK_PASSCRED, &sock->flags));
	assign_bit(SOCK_PASSPIDFD, &newsock->flags, test_bit(SOCK_PASSPIDFD, &sock->flags));
	assign_bit(SOCK_PASSSEC, &newsock->flags, test_bit(SOCK_PASSSEC, &sock->flags));
	sock_graft(tsk, newsock);
	unix_state_unlock(tsk);
	return 0;
}

/* ---- socketpair(2) ---- */

/** unix_socketpair - socketpair(2): two new sockets become each other's peers. Return: 0 */
int unix_socketpair(struct socket *socka, struct socket *sockb)
{
	struct sock *ska = socka->sk, *skb = sockb->sk;

	/* Nobody else knows of them yet. */
	sock_hold(ska);
	sock_hold(skb);
	unix_peer(ska) = skb;
	unix_peer(skb) = ska;
	record_self_as_peer(ska);
	record_self_as_peer(skb);
	ska->sk_state = TCP_ESTABLISHED;
	skb->sk_state = TCP_ESTABLISHED;
	socka->state = SS_CONNECTED;
	sockb->state = SS_CONNECTED;
	return 0;
}

/* ---- connect(2) of datagrams: only a default address, and a filter ---- */

/* May @sk send to @other? Only to one that talks to anybody, or to us. */
static bool lets_in(struct sock *other, struct sock *sk)
{
	struct sock *peer = READ_ONCE(unix_peer(other));

	return !peer || peer == sk;
}

/* Return: the new peer with a reference, both state locks held; ERR_PTR(). */
static struct sock *lock_new_peer(struct sock *sk, struct sockaddr_un *sunaddr, int addr_len)
{
	struct sock *other;
	int err;

	for (;;) {
		other = unix_find_name(sunaddr, addr_len, sk->sk_type);
		if (IS_ERR(other))
			return other;
		unix_state_double_lock(sk, other);
		if (!sock_flag(other, SOCK_DEAD))
			break;
		unix_state_double_unlock(sk, other);
		sock_put(other);
	}
	err = lets_in(other, sk) ?
	      security_unix_may_send(sk->sk_socket, other->sk_socket) : -EPERM;
	if (!err)
		return other;
	unix_state_double_unlock(sk, other);
	sock_put(other);
	return ERR_PTR(err);
}

/* The old peer is left; it may have been connected to us, and not be so any more. */
static void leave_peer(struct sock *sk, struct sock *old_peer)
{
	unix_left_peer(sk, old_peer);
	unix_state_lock(old_peer);
	if (!unix_peer(old_peer) && old_peer->sk_state == TCP_ESTABLISHED)
		WRITE_ONCE(old_peer->sk_state, TCP_CLOSE);
	unix_state_unlock(old_peer);
}

/** unix_dgram_connect - connect(2); AF_UNSPEC undoes it */
int unix_dgram_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags)
{
	struct sockaddr_un *sunaddr = (struct sockaddr_un *)uaddr;
	struct sock *sk = sock->sk, *other = NULL, *old_peer;
	int err;

	(void)flags;
	if (addr_len < (int)sizeof(sa_family_t))
		return -EINVAL;
	if (uaddr->sa_family != AF_UNSPEC) {
		err = unix_check_addr(sunaddr, addr_len);
		if (err)
			return err;
		if (unix_wants_creds(sock) && !READ_ONCE(unix_sk(sk)->addr)) {
			err = unix_autobind(sk);
			if (err)
				return err;
		}
		other = lock_new_peer(sk, sunaddr, addr_len);
		if (IS_ERR(other))
			return PTR_ERR(other);
		WRITE_ONCE(other->sk_state, TCP_ESTABLISHED);
		WRITE_ONCE(sk->sk_state, TCP_ESTABLISHED);
	} else {
		unix_state_lock(sk);
		WRITE_ONCE(sk->sk_state, TCP_CLOSE);
	}
	old_peer = unix_peer(sk);
	WRITE_ONCE(unix_peer(sk), other);
	if (old_peer)
		unix_stop_ringing(sk, old_peer);
	if (other)
		unix_state_double_unlock(sk, other);
	else
		unix_state_unlock(sk);
	if (old_peer) {
		if (old_peer != other)
			leave_peer(sk, old_peer);
		sock_put(old_peer);
	}
	return 0;
}

// SPDX-License-Identifier: MIT
/*
 * Unix sockets: their life, and what two that know each other do to each other.
 *
 * <net/af_unix.h> has struct unix_sock and the order of locks. The parts:
 *
 *	name.c		names			connect.c	connections
 *	stream.c	bytes in order		dgram.c		messages, each whole
 *	poll.c		poll(2), ioctl(2)	scm.c, garbage.c	descriptors under way
 *
 * A message goes straight into the receiver's queue, and is charged to the sender until it is read:
 *
 *	write(a)				read(b)
 *	charge a for skb
 *	b->sk_receive_queue += skb
 *	wake those who wait for b
 *						skb taken, copied, freed:
 *						uncharge a, wake those who wait for a
 *
 * u->peer is whom send(2) without an address goes to. Streams and sequenced packets have it both
 * ways or not at all, and when one end is closed it tells the other: sk_shutdown of both, and
 * -ECONNRESET if something was left unread. A datagram socket may have a peer that knows nothing of
 * it.
 *
 * The upper half's going (unix_close_sock()) is not the end of struct unix_sock: whoever has it
 * as its peer, and every message of it that is still unread, keep it. They see SOCK_DEAD.
 */

#include <net/af_unix.h>

#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

struct proto unix_proto = {
	.name		= "UNIX",
	.obj_size	= sizeof(struct unix_sock),
};

/* net.unix.max_dgram_qlen: datagrams that wait in a queue, for senders who aren't its peer. */
int sysctl_unix_max_dgram_qlen __read_mostly = 10;

/* ---- both of two ---- */

/** unix_state_double_lock - the state locks of two sockets, which may be one */
void unix_state_double_lock(struct sock *a, struct sock *b)
{
	if (a > b)
		swap(a, b);
	unix_state_lock(a);
	if (a != b)
		spin_lock_nested(&unix_sk(b)->lock, SINGLE_DEPTH_NESTING);
}

/** unix_state_double_unlock - undo unix_state_double_lock() */
void unix_state_double_unlock(struct sock *a, struct sock *b)
{
	unix_state_unlock(a);
	if (a != b)
		unix_state_unlock(b);
}

/** unix_peer_get - the peer, with a reference; NULL: none */
struct sock *unix_peer_get(struct sock *s)
{
	struct sock *peer;

	unix_state_lock(s);
	peer = unix_peer(s);
	if (peer)
		sock_hold(peer);
	unix_state_unlock(s);
	return peer;
}

/* ---- room ---- */

/** unix_writable - what poll(2) calls so: a quarter of the room is used at most */
bool unix_writable(const struct sock *sk, unsigned char state)
{
	return state != TCP_LISTEN &&
	       ((long)sk_wmem_alloc_get(sk) << 2) <= READ_ONCE(sk->sk_sndbuf);
}

static void unix_room_again(struct sock *sk)
{
	if (!unix_writable(sk, READ_ONCE(sk->sk_state)))
		return;
	if (wq_has_sleeper(sk_sleep(sk)))
		wake_up_interruptible_sync_poll(sk_sleep(sk),
						EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
	sk_wake_async(sk, SOCK_WAKE_SPACE, POLL_OUT);
}

/** unix_queue_full - as many messages or connections wait there as may */
bool unix_queue_full(const struct sock *sk)
{
	return skb_queue_len_lockless(&sk->sk_receive_queue) >
	       READ_ONCE(sk->sk_max_ack_backlog);
}

/**
 * unix_wait_for_room - until there may be room in a socket's queue
 * @other: whose; its state lock is held, and dropped
 * @timeo: jiffies
 *
 * Return: what is left of the time.
 */
long unix_wait_for_room(struct sock *other, long timeo)
{
	struct unix_sock *u = unix_sk(other);
	DEFINE_WAIT(wait);
	bool sleep;

	prepare_to_wait_exclusive(&u->peer_wait, &wait, TASK_INTERRUPTIBLE);
	sleep = !sock_flag(other, SOCK_DEAD) &&
		!(READ_ONCE(other->sk_shutdown) & RCV_SHUTDOWN) && unix_queue_full(other);
	unix_state_unlock(other);
	if (sleep)
		timeo = schedule_timeout(timeo);
	finish_wait(&u->peer_wait, &wait);
	return timeo;
}

/**
 * unix_wait_for_message - until a queue may have something new
 * @sk: whose
 * @seen: sk_receive_queue.added when the caller looked
 * @timeo: jiffies; what is left of them
 *
 * Several who wait are woken one for each message. No lock is held.
 *
 * Return: 0: look again; 1: nothing will come any more; -EAGAIN: the time is over; -ERESTARTSYS,
 * -EINTR, or the socket's error.
 */
int unix_wait_for_message(struct sock *sk, u32 seen, long *timeo)
{
	DEFINE_WAIT(wait);
	bool shut;
	int ret;

	if (!*timeo)
		return -EAGAIN;
	prepare_to_wait_exclusive(sk_sleep(sk), &wait, TASK_INTERRUPTIBLE);
	ret = sock_error(sk);
	if (ret)
		goto out;
	/* This first: what was sent before the shutdown is in the queue then. */
	unix_state_lock(sk);
	shut = sk->sk_shutdown & RCV_SHUTDOWN;
	unix_state_unlock(sk);
	if (READ_ONCE(sk->sk_receive_queue.added) != seen)
		goto out;
	ret = 1;
	if (shut)
		goto out;
	ret = sock_intr_errno(*timeo);
	if (signal_pending(current))
		goto out;
	ret = 0;
	*timeo = schedule_timeout(*timeo);
out:
	finish_wait(sk_sleep(sk), &wait);
	return ret;
}

/*
 * poll(2) of a datagram socket whose peer's queue is full: the wake-up comes from the peer's
 * peer_wait, but poll waits in our own queue. So an entry of ours stands in the peer's queue and
 * passes it on:
 *
 *	poll(a) -> a's wait queue <- pass_ring_on <- a->bell in b->peer_wait <- read(b)
 *
 * It is there at most once, in the queue of bell.private, and leaves when it has rung, when
 * the peer changes, and when either dies.
 */
static int pass_ring_on(wait_queue_entry_t *q, unsigned int mode, int flags, void *key)
{
	struct unix_sock *u = container_of(q, struct unix_sock, bell);

	/* The lock of the queue that it stands in is held. */
	__remove_wait_queue(&unix_sk((struct sock *)q->private)->peer_wait, q);
	q->private = NULL;
	wake_up_interruptible_poll(sk_sleep(&u->sk), key_to_poll(key));
	return 0;
}

static bool hang_bell(struct sock *sk, struct sock *other)
{
	struct unix_sock *u = unix_sk(sk), *u_other = unix_sk(other);
	bool new = false;

	spin_lock(&u_other->peer_wait.lock);
	if (!u->bell.private) {
		u->bell.private = other;
		__add_wait_queue(&u_other->peer_wait, &u->bell);
		new = true;
	}
	spin_unlock(&u_other->peer_wait.lock);
	return new;
}

static void take_bell_down(struct sock *sk, struct sock *other)
{
	struct unix_sock *u = unix_sk(sk), *u_other = unix_sk(other);

	spin_lock(&u_other->peer_wait.lock);
	if (u->bell.private == other) {
		__remove_wait_queue(&u_other->peer_wait, &u->bell);
		u->bell.private = NULL;
	}
	spin_unlock(&u_other->peer_wait.lock);
}

/** unix_stop_ringing - @other isn't the peer any more: look again */
void unix_stop_ringing(struct sock *sk, struct sock *other)
{
	take_bell_down(sk, other);
	wake_up_interruptible_poll(sk_sleep(sk), EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
}

/**
 * unix_ring_when_room - poll wants to know when @other has room; @sk's state lock held
 *
 * Return: true: it has none now, and a wake-up will come.
 */
bool unix_ring_when_room(struct sock *sk, struct sock *other)
{
	bool connected = hang_bell(sk, other);

	if (sock_flag(other, SOCK_DEAD))
		goto no_wait;
	if (unix_queue_full(other))
		return true;
no_wait:
	if (connected)
		take_bell_down(sk, other);
	return false;
}

/**
 * unix_left_peer - a datagram socket left its peer
 * @sk: who; what it has not read yet is lost
 * @other: whom; if it was connected to @sk, it gets -ECONNRESET
 */
void unix_left_peer(struct sock *sk, struct sock *other)
{
	if (!skb_queue_empty(&sk->sk_receive_queue)) {
		skb_queue_purge(&sk->sk_receive_queue);
		wake_up_interruptible_all(&unix_sk(sk)->peer_wait);
		if (!sock_flag(other, SOCK_DEAD) && READ_ONCE(unix_peer(other)) == sk) {
			WRITE_ONCE(other->sk_err, ECONNRESET);
			other->sk_error_report(other);
		}
	}
}

/* ---- death ---- */

/* struct sock's last reference is gone. */
static void unix_last_put(struct sock *sk)
{
	struct unix_sock *u = unix_sk(sk);

	skb_queue_purge(&sk->sk_receive_queue);
	WARN_ON_ONCE(!hlist_unhashed(&u->name_node));
	WARN_ON_ONCE(sk->sk_socket);
	unix_put_addr(u->addr);
}

/* Does it leave anything unread? An urgent byte that was read leaves an empty message behind. */
static bool leaves_unread(struct sock *sk)
{
	struct sk_buff *skb;
	bool unread = false;

	spin_lock(&sk->sk_receive_queue.lock);
	skb_queue_walk(&sk->sk_receive_queue, skb) {
		if (skb_left(skb) || sk->sk_type != SOCK_STREAM) {
			unread = true;
			break;
		}
	}
	spin_unlock(&sk->sk_receive_queue.lock);
	return unread;
}

/* The other end of a stream has nobody to talk to any more. */
static void tell_peer(struct sock *peer, bool reset)
{
	unix_state_lock(peer);
	WRITE_ONCE(peer->sk_shutdown, SHUTDOWN_MASK);
	if (reset)
		WRITE_ONCE(peer->sk_err, ECONNRESET);
	unix_state_unlock(peer);
	peer->sk_state_change(peer);
	sk_wake_async(peer, SOCK_WAKE_WAITD, POLL_HUP);
}

/**
 * unix_close_sock - the upper half goes, or never came
 * @sk: the socket; the caller's reference goes
 * @unaccepted: it waited to be accepted
 *
 * Return: 0.
 */
int unix_close_sock(struct sock *sk, int unaccepted)
{
	struct unix_sock *u = unix_sk(sk);
	struct sk_buff *skb;
	struct sock *peer;
	struct path path;
	bool listened, unread;

	unix_unlist_socket(sk);
	unix_state_lock(sk);
	sock_orphan(sk);
	WRITE_ONCE(sk->sk_shutdown, SHUTDOWN_MASK);
	path = u->path;
	u->path = (struct path){};
	listened = sk->sk_state == TCP_LISTEN;
	unread = leaves_unread(sk);
	WRITE_ONCE(sk->sk_state, TCP_CLOSE);
	peer = unix_peer(sk);
	unix_peer(sk) = NULL;
	unix_state_unlock(sk);

	spin_lock(&sk->sk_receive_queue.lock);
	u->oob_skb = NULL;
	spin_unlock(&sk->sk_receive_queue.lock);
	wake_up_interruptible_all(&u->peer_wait);
	if (peer) {
		if (sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET)
			tell_peer(peer, unread || unaccepted);
		unix_stop_ringing(sk, peer);
		sock_put(peer);
	}
	while ((skb = skb_dequeue(&sk->sk_receive_queue))) {
		if (listened)
			unix_close_sock(skb->sk, 1);
		kfree_skb(skb);
	}
	if (path.dentry)
		path_put(&path);
	sock_put(sk);
	if (unix_inflight_total())
		unix_schedule_gc();
	return 0;
}

static int unix_release(struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (!sk)
		return 0;
	sock->sk = NULL;
	return unix_close_sock(sk, 0);
}

/* ---- birth ---- */

static bool too_many_sockets(void)
{
	return atomic_long_read(&unix_proto.sockets) > 2 * get_max_files();
}

/**
 * unix_new_sock - a lower half
 * @sock: its upper half, or NULL
 * @type: SOCK_*
 *
 * Return: the socket, with one reference; ERR_PTR(-ENFILE), -ENOMEM.
 */
struct sock *unix_new_sock(struct socket *sock, int type)
{
	struct unix_sock *u;
	struct sock *sk;

	if (too_many_sockets())
		return ERR_PTR(-ENFILE);
	sk = sk_alloc(PF_UNIX, GFP_KERNEL, &unix_proto);
	if (!sk)
		return ERR_PTR(-ENOMEM);
	sock_init_data(sock, sk);
	sk->sk_type = type;
	sk->sk_max_ack_backlog = READ_ONCE(sysctl_unix_max_dgram_qlen);
	sk->sk_write_space = unix_room_again;
	sk->sk_destruct = unix_last_put;
	u = unix_sk(sk);
	spin_lock_init(&u->lock);
	mutex_init(&u->iolock);
	mutex_init(&u->bindlock);
	init_waitqueue_head(&u->peer_wait);
	init_waitqueue_func_entry(&u->bell, pass_ring_on);
	INIT_HLIST_NODE(&u->name_node);
	INIT_LIST_HEAD(&u->gc_node);
	unix_list_socket(sk);
	return sk;
}

static int unix_create(struct net *net, struct socket *sock, int protocol, int kern)
{
	struct sock *sk;

	(void)net;
	(void)kern;
	if (protocol && protocol != PF_UNIX)
		return -EPROTONOSUPPORT;
	sock->state = SS_UNCONNECTED;
	switch (sock->type) {
	case SOCK_STREAM:
		sock->ops = &unix_stream_ops;
		break;
	case SOCK_RAW:		/* an old name of it */
		sock->type = SOCK_DGRAM;
		fallthrough;
	case SOCK_DGRAM:
		sock->ops = &unix_dgram_ops;
		break;
	case SOCK_SEQPACKET:
		sock->ops = &unix_seqpacket_ops;
		break;
	default:
		return -ESOCKTNOSUPPORT;
	}
	sk = unix_new_sock(sock, sock->type);
	return PTR_ERR_OR_ZERO(sk);
}

/* ---- shutdown(2) ---- */

/* What one end's going means to the other: our writing is its reading. */
static int mirrored(int mode)
{
	return (mode & RCV_SHUTDOWN ? SEND_SHUTDOWN : 0) |
	       (mode & SEND_SHUTDOWN ? RCV_SHUTDOWN : 0);
}

static void shutdown_peer(struct sock *other, int mode)
{
	unix_state_lock(other);
	WRITE_ONCE(other->sk_shutdown, other->sk_shutdown | mode);
	unix_state_unlock(other);
	other->sk_state_change(other);
	if (mode == SHUTDOWN_MASK)
		sk_wake_async(other, SOCK_WAKE_WAITD, POLL_HUP);
	else if (mode & RCV_SHUTDOWN)
		sk_wake_async(other, SOCK_WAKE_WAITD, POLL_IN);
}

/** unix_shutdown - shutdown(2). Return: 0, also without a peer; -EINVAL */
int unix_shutdown(struct socket *sock, int mode)
{
	struct sock *sk = sock->sk, *other;

	if (mode < SHUT_RD || mode > SHUT_RDWR)
		return -EINVAL;
	mode++;		/* SHUT_* are the bits of *_SHUTDOWN, less one */
	unix_state_lock(sk);
	WRITE_ONCE(sk->sk_shutdown, sk->sk_shutdown | mode);
	other = unix_peer(sk);
	if (other)
		sock_hold(other);
	unix_state_unlock(sk);
	sk->sk_state_change(sk);
	if (!other)
		return 0;
	if (sk->sk_type == SOCK_STREAM || sk->sk_type == SOCK_SEQPACKET)
		shutdown_peer(other, mirrored(mode));
	sock_put(other);
	return 0;
}

/** unix_peek_from - SO_PEEK_OFF: not while somebody reads */
int unix_peek_from(struct sock *sk, int val)
{
	struct unix_sock *u = unix_sk(sk);

	if (mutex_lock_interruptible(&u->iolock))
		return -EINTR;
	sk_set_peek_off(sk, val);
	mutex_unlock(&u->iolock);
	return 0;
}

/* ---- the tables ---- */

const struct proto_ops unix_stream_ops = {
	.family		= PF_UNIX,
	.release	= unix_release,
	.bind		= unix_bind,
	.connect	= unix_stream_connect,
	.socketpair	= unix_socketpair,
	.accept		= unix_accept,
	.getname	= unix_getname,
	.poll		= unix_poll,
	.ioctl		= unix_ioctl,
	.listen		= unix_listen,
	.shutdown	= unix_shutdown,
	.show_fdinfo	= unix_show_fdinfo,
	.sendmsg	= unix_stream_sendmsg,
	.recvmsg	= unix_stream_recvmsg,
	.set_peek_off	= unix_peek_from,
};

const struct proto_ops unix_dgram_ops = {
	.family		= PF_UNIX,
	.release	= unix_release,
	.bind		= unix_bind,
	.connect	= unix_dgram_connect,
	.socketpair	= unix_socketpair,
	.accept		= sock_no_accept,
	.getname	= unix_getname,
	.poll		= unix_packet_poll,
	.ioctl		= unix_ioctl,
	.listen		= sock_no_listen,
	.shutdown	= unix_shutdown,
	.show_fdinfo	= unix_show_fdinfo,
	.sendmsg	= unix_dgram_sendmsg,
	.recvmsg	= unix_dgram_recvmsg,
	.set_peek_off	= unix_peek_from,
};

const struct proto_ops unix_seqpacket_ops = {
	.family		= PF_UNIX,
	.release	= unix_release,
	.bind		= unix_bind,
	.connect	= unix_stream_connect,
	.socketpair	= unix_socketpair,
	.accept		= unix_accept,
	.getname	= unix_getname,
	.poll		= unix_packet_poll,
	.ioctl		= unix_ioctl,
	.listen		= unix_listen,
	.shutdown	= unix_shutdown,
	.show_fdinfo	= unix_show_fdinfo,
	.sendmsg	= unix_seqpacket_sendmsg,
	.recvmsg	= unix_seqpacket_recvmsg,
	.set_peek_off	= unix_peek_from,
};

static const struct net_proto_family unix_family_ops = {
	.family	= PF_UNIX,
	.create	= unix_create,
};

static int __init af_unix_init(void)
{
	int err = proto_register(&unix_proto, 1);

	static_assert(sizeof(struct unix_skb_parms) <= sizeof_field(struct sk_buff, cb));
	if (!err)
		err = sock_register(&unix_family_ops);
	if (!err)
		err = unix_list_register();
	return err;
}
fs_initcall(af_unix_init);

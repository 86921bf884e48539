// SPDX-License-Identifier: MIT
/*
 * Datagram and sequenced-packet sockets: messages, each whole.
 *
 * A message goes into the receiver's queue in one piece and is read by one call; what the reader
 * has no room for is lost, and MSG_TRUNC says so. Two things make a sender wait:
 *
 *	its own room	sk_sndbuf, as for streams
 *	the queue	max_dgram_qlen messages of the receiver's, unless the receiver is connected
 *			to the sender: then the first limit does, and neither can block third
 *			parties
 *
 * A sequenced-packet socket is connected like a stream, and then sends and reads like this.
 */

#include <net/af_unix.h>

#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/timekeeping.h>
#include <linux/uio.h>

/* ---- sending ---- */

/* The message, with its data and what came along. Return: it; NULL and *@err. */
static struct sk_buff *make_message(struct socket *sock, struct msghdr *msg, size_t len,
				    struct scm_cookie *scm, int *err)
{
	struct sock *sk = sock->sk;
	struct sk_buff *skb;

	*err = -EMSGSIZE;
	if (len > (size_t)max(READ_ONCE(sk->sk_sndbuf) - 32, 0))
		return NULL;
	skb = sock_alloc_send_skb(sk, len, msg->msg_flags & MSG_DONTWAIT, err);
	if (!skb)
		return NULL;
	*err = unix_load_message(scm, skb, true);
	if (!*err)
		*err = skb_copy_from_iter(skb, len, &msg->msg_iter);
	if (!*err)
		return skb;
	kfree_skb(skb);
	return NULL;
}

/*
 * The receiver has died; its state lock is held, and dropped. Return: 0: it was named by address,
 * which somebody else may have now; -ECONNREFUSED: it was our peer, and isn't any more; -EPIPE.
 */
static int receiver_died(struct sock *sk, struct sock *other)
{
	unix_state_unlock(other);
	if (sk->sk_type == SOCK_SEQPACKET)
		return -EPIPE;
	unix_state_lock(sk);
	if (unix_peer(sk) != other) {
		unix_state_unlock(sk);
		return 0;
	}
	WRITE_ONCE(unix_peer(sk), NULL);
	WRITE_ONCE(sk->sk_state, TCP_CLOSE);
	unix_stop_ringing(sk, other);
	unix_state_unlock(sk);
	unix_left_peer(sk, other);
	sock_put(other);	/* the peer's reference; the caller has its own */
	return -ECONNREFUSED;
}

/* With the receiver's state lock. Return: 0, -EPERM: it talks to somebody else; -EPIPE ... */
static int may_send(struct socket *sock, struct sock *other)
{
	struct sock *sk = sock->sk, *peer = unix_peer(other);

	if (peer && peer != sk)
		return -EPERM;
	if (other->sk_shutdown & RCV_SHUTDOWN)
		return -EPIPE;
	if (sk->sk_type != SOCK_SEQPACKET)
		return security_unix_may_send(sock, other->sk_socket);
	return 0;
}

/*
 * The receiver's queue is full; its state lock is held, and dropped. Return: 0: try again; -EAGAIN,
 * -ERESTARTSYS, -EINTR.
 */
static int wait_for_queue(struct sock *other, long *timeo)
{
	if (!*timeo) {
		unix_state_unlock(other);
		return -EAGAIN;
	}
	*timeo = unix_wait_for_room(other, *timeo);
	return signal_pending(current) ? sock_intr_errno(*timeo) : 0;
}

/* Return: 0: it is in the queue; 1: the receiver has to be looked for again; -errno. */
static int deliver(struct socket *sock, struct sock *other, struct sk_buff *skb, long timeo)
{
	struct sock *sk = sock->sk;
	int err;

	for (;;) {
		unix_state_lock(other);
		if (sock_flag(other, SOCK_DEAD))
			return receiver_died(sk, other) ? : 1;
		err = may_send(sock, other);
		if (err)
			break;
		if (other == sk || unix_peer(other) == sk || !unix_queue_full(other)) {
			skb->tstamp = ktime_get_real();
			unix_sign_message(skb, sock, other);
			skb_queue_tail(&other->sk_receive_queue, skb);
			break;
		}
		err = wait_for_queue(other, &timeo);
		if (err)
			return err;
	}
	unix_state_unlock(other);
	if (!err)
		other->sk_data_ready(other);
	return err;
}

/* Where to: a name, or the peer. Return: the receiver, with a reference; ERR_PTR(). */
static struct sock *find_receiver(struct sock *sk, struct msghdr *msg)
{
	struct sock *other;

	if (msg->msg_namelen)
		return unix_find_name(msg->msg_name, msg->msg_namelen, sk->sk_type);
	other = unix_peer_get(sk);
	return other ? other : ERR_PTR(-ENOTCONN);
}

static int send_message(struct socket *sock, struct msghdr *msg, size_t len, struct scm_cookie *scm)
{
	struct sock *sk = sock->sk, *other;
	struct sk_buff *skb;
	int err;

	/* Before the data: who has nobody to send to waits for no room. */
	if (!msg->msg_namelen && !READ_ONCE(unix_peer(sk)))
		return -ENOTCONN;
	if (unix_wants_creds(sock) && !READ_ONCE(unix_sk(sk)->addr)) {
		err = unix_autobind(sk);
		if (err)
			return err;
	}
	skb = make_message(sock, msg, len, scm, &err);
	if (!skb)
		return err;
	do {
		other = find_receiver(sk, msg);
		if (IS_ERR(other)) {
			err = PTR_ERR(other);
			break;
		}
		err = deliver(sock, other, skb,
			      sock_sndtimeo(sk, msg->msg_flags & MSG_DONTWAIT));
		sock_put(other);
	} while (err > 0);
	if (err)
		kfree_skb(skb);
	return err ? err : (int)len;
}

/** unix_dgram_sendmsg - Return: bytes; -ENOTCONN, -ECONNREFUSED, -EMSGSIZE, -EPERM, -EPIPE ... */
int unix_dgram_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct scm_cookie scm;
	int err;

	err = scm_send(sock, msg, &scm);
	if (err < 0)
		return err;
	wait_for_unix_gc(scm.fp);
	if (msg->msg_flags & MSG_OOB)
		err = -EOPNOTSUPP;
	else if (msg->msg_namelen)
		err = unix_check_addr(msg->msg_name, msg->msg_namelen);
	if (!err)
		err = send_message(sock, msg, len, &scm);
	scm_destroy(&scm);
	return err;
}

/** unix_seqpacket_sendmsg - to the peer, whatever the address says */
int unix_seqpacket_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	int err = sock_error(sock->sk);

	if (err)
		return err;
	if (READ_ONCE(sock->sk->sk_state) != TCP_ESTABLISHED)
		return -ENOTCONN;
	if (msg->msg_namelen)
		msg->msg_namelen = 0;
	return unix_dgram_sendmsg(sock, msg, len);
}

/* ---- receiving ---- */

/*
 * The message that lies @*skip bytes into the queue, which MSG_PEEK has seen. iolock is held; the
 * queue keeps it for a peek. Return: NULL: none, and what to wait beyond.
 */
static struct sk_buff *take_message(struct sock *sk, int flags, unsigned int *skip, u32 *seen)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct sk_buff *skb;

	spin_lock(&queue->lock);
	*seen = queue->added;
	skb = skb_peek(queue);
	/* What ends where the offset is was seen whole. */
	while (skb && *skip && *skip >= skb->len) {
		*skip -= skb->len;
		skb = skb_peek_next(skb, queue);
	}
	if (skb && !(flags & MSG_PEEK))
		__skb_unlink(skb, queue);
	spin_unlock(&queue->lock);
	return skb;
}

/*
 * The next message, waited for. Return: 0: *@res has it, and iolock is held; 1: nothing will come;
 * -errno.
 */
static int next_message(struct sock *sk, int flags, long timeo, struct sk_buff **res,
			unsigned int *skip)
{
	struct unix_sock *u = unix_sk(sk);
	u32 seen;
	int err;

	for (;;) {
		mutex_lock(&u->iolock);
		*skip = max(sk_peek_offset(sk, flags), 0);
		err = sock_error(sk);
		*res = err ? NULL : take_message(sk, flags, skip, &seen);
		if (*res)
			return 0;
		mutex_unlock(&u->iolock);
		if (err)
			return err;
		err = unix_wait_for_message(sk, seen, &timeo);
		if (err)
			return err;
	}
}

/* Nobody waits, nothing is there. Return: 0: and nothing will come: the end; -EAGAIN. */
static int end_or_again(struct sock *sk)
{
	int err = -EAGAIN;

	unix_state_lock(sk);
	if (sk->sk_type == SOCK_SEQPACKET && (sk->sk_shutdown & RCV_SHUTDOWN) &&
	    skb_queue_empty(&sk->sk_receive_queue))
		err = 0;
	unix_state_unlock(sk);
	return err;
}

/* Its data and what came along; iolock is held. Return: bytes, -errno. */
static int read_message(struct socket *sock, struct msghdr *msg, size_t size, int flags,
			struct sk_buff *skb, unsigned int skip)
{
	size_t left = skb->len - skip, n = min(size, left);
	struct scm_cookie scm = {};
	struct sock *sk = sock->sk;
	int err;

	if (msg->msg_name)
		unix_tell_sender(msg, skb->sk);
	if (n < left)
		msg->msg_flags |= MSG_TRUNC;
	err = skb_copy_datagram_iter(skb, skip, &msg->msg_iter, n);
	if (err)
		return err;
	sock_recv_timestamp(msg, sk, skb);
	scm_set_cred(&scm, UNIXCB(skb).pid, UNIXCB(skb).uid, UNIXCB(skb).gid);
	if (!(flags & MSG_PEEK)) {
		if (UNIXCB(skb).fp)
			unix_take_files(&scm, skb);
		sk_peek_offset_bwd(sk, skb->len);
	} else {
		sk_peek_offset_fwd(sk, n);
		err = UNIXCB(skb).fp ? unix_copy_files(&scm, skb) : 0;
	}
	if (err) {
		scm_destroy(&scm);
		return err;
	}
	scm_recv_unix(sock, msg, &scm, flags);
	return flags & MSG_TRUNC ? left : n;
}

/** unix_dgram_recvmsg - Return: bytes, with MSG_TRUNC all that it had; -EAGAIN, -ECONNRESET ... */
int unix_dgram_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	struct sock *sk = sock->sk;
	struct unix_sock *u = unix_sk(sk);
	struct sk_buff *skb;
	unsigned int skip;
	int ret;

	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	ret = next_message(sk, flags, sock_rcvtimeo(sk, flags & MSG_DONTWAIT), &skb, &skip);
	if (ret == -EAGAIN)
		return end_or_again(sk);
	if (ret)
		return min(ret, 0);
	if (wq_has_sleeper(&u->peer_wait))
		wake_up_interruptible_sync_poll(&u->peer_wait,
						EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND);
	ret = read_message(sock, msg, size, flags, skb, skip);
	mutex_unlock(&u->iolock);
	if (!(flags & MSG_PEEK))
		kfree_skb(skb);
	return ret;
}

/**
 * unix_seqpacket_recvmsg - recvmsg(2) of SOCK_SEQPACKET
 * @sock: the reader's
 * @msg: gets the record
 * @size: room in it, bytes
 * @flags: MSG_*
 *
 * Return: as unix_dgram_recvmsg(); -ENOTCONN before it is connected.
 */
int unix_seqpacket_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	if (READ_ONCE(sock->sk->sk_state) != TCP_ESTABLISHED)
		return -ENOTCONN;
	return unix_dgram_recvmsg(sock, msg, size, flags);
}

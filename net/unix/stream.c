// SPDX-License-Identifier: MIT
/*
 * Stream sockets: bytes, in order.
 *
 * write(2) cuts its bytes into messages of up to 32 KiB and puts them into the peer's queue;
 * read(2) takes from the first message, then the next, as far as it wants. Boundaries don't show,
 * but for:
 *
 *	credentials	with SO_PASSCRED one read has bytes of one sender only
 *	descriptors	a read ends behind the message that carried some
 *	urgent byte	a read ends before it, see below
 *
 * Readers take turns by u->iolock, so that the bytes of one read are together; it is let go for a
 * wait.
 *
 * The urgent byte (MSG_OOB): the last byte of such a write is a message of its own, and u->oob_skb
 * of the receiver points to it while it is still in its queue. recv(MSG_OOB) takes it from there,
 * and leaves the message behind, empty: the mark. An ordinary read stops in front of the mark if it
 * has bytes; else it goes on behind it, and then the urgent byte, unless SO_OOBINLINE made it part
 * of the stream, is lost if nobody has asked for it. A second urgent byte makes the first an
 * ordinary one.
 *
 *	queue:	[ab] [c]<-oob_skb [de]
 *	read	"ab"			then: read "de", c is lost
 *	read	"ab"	recv(OOB) "c"	then: read "de"
 */

#include <net/af_unix.h>

#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/uio.h>

/* A message's data, at most. */
#define STREAM_CHUNK	32768U

/* ---- sending ---- */

/* Half of the room, so that the reader may begin while the writer goes on. */
static unsigned int chunk_of(const struct sock *sk, size_t left)
{
	unsigned int half = (READ_ONCE(sk->sk_sndbuf) >> 1) - 64;

	return min3(left, (size_t)half, (size_t)STREAM_CHUNK);
}

/*
 * A message with the next @size bytes; the files of @scm go into the first. Return: it, or NULL and
 * *@err.
 */
static struct sk_buff *next_message(struct sock *sk, struct msghdr *msg, struct scm_cookie *scm,
				    unsigned int size, int *err)
{
	struct sk_buff *skb = sock_alloc_send_skb(sk, size, msg->msg_flags & MSG_DONTWAIT, err);

	if (!skb)
		return NULL;
	*err = unix_load_message(scm, skb, true);
	if (!*err)
		*err = skb_copy_from_iter(skb, size, &msg->msg_iter);
	if (!*err)
		return skb;
	kfree_skb(skb);
	return NULL;
}

/* Into the peer's queue. Return: 0; -EPIPE: it doesn't read any more; @skb is freed then. */
static int deliver(struct socket *sock, struct sock *other, struct sk_buff *skb, bool urgent)
{
	struct sk_buff_head *queue = &other->sk_receive_queue;

	unix_state_lock(other);
	if (sock_flag(other, SOCK_DEAD) || (other->sk_shutdown & RCV_SHUTDOWN)) {
		unix_state_unlock(other);
		kfree_skb(skb);
		return -EPIPE;
	}
	unix_sign_message(skb, sock, other);
	spin_lock(&queue->lock);
	if (urgent)
		unix_sk(other)->oob_skb = skb;
	__skb_queue_tail(queue, skb);
	spin_unlock(&queue->lock);
	if (urgent)
		sk_send_sigurg(other);
	unix_state_unlock(other);
	other->sk_data_ready(other);
	return 0;
}

static int send_bytes(struct socket *sock, struct sock *other, struct msghdr *msg,
		      struct scm_cookie *scm, size_t len, size_t *sent)
{
	struct sk_buff *skb;
	unsigned int size;
	int err;

	while (*sent < len) {
		size = chunk_of(sock->sk, len - *sent);
		skb = next_message(sock->sk, msg, scm, size, &err);
		if (!skb)
			return err;
		err = deliver(sock, other, skb, false);
		if (err)
			return err;
		*sent += size;
	}
	return 0;
}

static int send_urgent(struct socket *sock, struct sock *other, struct msghdr *msg,
		       struct scm_cookie *scm)
{
	struct sk_buff *skb;
	int err;

	skb = next_message(sock->sk, msg, scm, 1, &err);
	return skb ? deliver(sock, other, skb, true) : err;
}

/** unix_stream_sendmsg - Return: bytes; -EPIPE, with SIGPIPE; -ENOTCONN, -EISCONN ... */
int unix_stream_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	bool urgent = msg->msg_flags & MSG_OOB;
	struct sock *sk = sock->sk, *other = NULL;
	struct scm_cookie scm;
	size_t sent = 0;
	int err;

	err = scm_send(sock, msg, &scm);
	if (err < 0)
		return err;
	wait_for_unix_gc(scm.fp);
	err = -EOPNOTSUPP;
	if (urgent && !len)
		goto out;
	if (msg->msg_namelen) {
		if (READ_ONCE(sk->sk_state) == TCP_ESTABLISHED)
			err = -EISCONN;
		goto out;
	}
	other = unix_peer_get(sk);
	err = -ENOTCONN;
	if (!other)
		goto out;
	err = -EPIPE;
	if (!(READ_ONCE(sk->sk_shutdown) & SEND_SHUTDOWN))
		err = send_bytes(sock, other, msg, &scm, len - urgent, &sent);
	if (!err && urgent) {
		err = send_urgent(sock, other, msg, &scm);
		sent += !err;
	}
	if (err == -EPIPE && !sent && !(msg->msg_flags & MSG_NOSIGNAL))
		send_sig(SIGPIPE, current, 0);
out:
	if (other)
		sock_put(other);
	scm_destroy(&scm);
	return sent ? sent : err;
}

/* ---- receiving ---- */

/* What one call of recvmsg(2) has got so far. */
struct stream_read {
	struct socket *sock;
	struct msghdr *msg;
	struct scm_cookie scm;
	size_t size;		/* bytes that are wanted */
	size_t copied;
	int flags;
	bool has_creds;		/* scm names the sender of the first bytes */
};

/* The queue's lock is held. The message may be freed once it is dropped. */
static struct sk_buff *drop_message(struct sk_buff_head *queue, struct sk_buff *skb,
				    struct list_head *dropped)
{
	struct sk_buff *next = skb_peek_next(skb, queue);

	__skb_unlink(skb, queue);
	list_add_tail(&skb->list, dropped);
	return next;
}

/*
 * Where reading goes on: at @skb, or behind the mark that it is; NULL: not beyond it. @stop: the
 * read has bytes from in front of it. The queue's lock is held. What nobody will read any more goes
 * to @dropped.
 */
static struct sk_buff *pass_mark(struct sock *sk, struct sk_buff *skb, bool stop, bool peek,
				 struct list_head *dropped)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct unix_sock *u = unix_sk(sk);

	/* The empty mark of an urgent byte that was taken. */
	if (skb && !skb_left(skb)) {
		if (stop && !u->oob_skb)
			return NULL;
		skb = peek ? skb_peek_next(skb, queue) : drop_message(queue, skb, dropped);
	}
	if (!skb || skb != u->oob_skb)
		return skb;
	if (stop)
		return NULL;
	if (sock_flag(sk, SOCK_URGINLINE)) {
		if (!peek)
			u->oob_skb = NULL;
		return skb;
	}
	if (peek)
		return skb_peek_next(skb, queue);
	u->oob_skb = NULL;
	return drop_message(queue, skb, dropped);
}

static void free_dropped(struct list_head *dropped)
{
	struct sk_buff *skb, *next;

	list_for_each_entry_safe(skb, next, dropped, list) {
		list_del_init(&skb->list);
		kfree_skb(skb);
	}
}

/*
 * The message to read from, past the first @*skip bytes of the queue, which MSG_PEEK has seen.
 * iolock is held, so nobody else takes it. @seen: what to wait beyond, if there is none.
 */
static struct sk_buff *find_message(struct sock *sk, const struct stream_read *rd,
				    unsigned int *skip, u32 *seen)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	bool peek = rd->flags & MSG_PEEK;
	LIST_HEAD(dropped);
	struct sk_buff *skb;

	spin_lock(&queue->lock);
	*seen = queue->added;
	for (skb = skb_peek(queue); skb; skb = skb_peek_next(skb, queue)) {
		/* Marks among what was skipped were passed before. */
		skb = pass_mark(sk, skb, rd->copied && !*skip, peek, &dropped);
		if (!skb || *skip < skb_left(skb))
			break;
		*skip -= skb_left(skb);
	}
	spin_unlock(&queue->lock);
	free_dropped(&dropped);
	return skb;
}

/* Until there is more than @seen, or never will be; without iolock. Return: the rest of @timeo. */
static long wait_for_bytes(struct sock *sk, u32 seen, long timeo)
{
	DEFINE_WAIT(wait);

	set_bit(SOCKWQ_ASYNC_WAITDATA, &sk->sk_socket->flags);
	for (;;) {
		prepare_to_wait(sk_sleep(sk), &wait, TASK_INTERRUPTIBLE);
		if (READ_ONCE(sk->sk_receive_queue.added) != seen || READ_ONCE(sk->sk_err) ||
		    (READ_ONCE(sk->sk_shutdown) & RCV_SHUTDOWN) || signal_pending(current) ||
		    !timeo)
			break;
		timeo = schedule_timeout(timeo);
	}
	finish_wait(sk_sleep(sk), &wait);
	clear_bit(SOCKWQ_ASYNC_WAITDATA, &sk->sk_socket->flags);
	return timeo;
}

/*
 * The queue has nothing beyond @seen. Return: 0: it has by now; 1: it never will; -errno. Under the
 * state lock, which senders and whoever shuts down hold: nothing slips in between the two looks.
 */
static int nothing_more(struct sock *sk, u32 seen)
{
	int ret = 0;

	unix_state_lock(sk);
	if (READ_ONCE(sk->sk_receive_queue.added) == seen) {
		ret = sock_error(sk);
		if (!ret)
			ret = sk->sk_shutdown & RCV_SHUTDOWN ? 1 : -EAGAIN;
	}
	unix_state_unlock(sk);
	return ret;
}

/* iolock is held, and again after a wait. Return: 0: look again; 1: stop; -errno */
static int wait_or_stop(struct sock *sk, const struct stream_read *rd, size_t target, u32 seen,
			long *timeo)
{
	int ret;

	if (rd->copied >= target)
		return 1;
	ret = nothing_more(sk, seen);
	if (ret != -EAGAIN || !*timeo)
		return ret;
	mutex_unlock(&unix_sk(sk)->iolock);
	*timeo = wait_for_bytes(sk, seen, *timeo);
	mutex_lock(&unix_sk(sk)->iolock);
	return signal_pending(current) ? sock_intr_errno(*timeo) : 0;
}

/* Bytes of several senders aren't mixed if the program wants to know who they are from. */
static bool other_sender(struct stream_read *rd, struct sk_buff *skb)
{
	if (rd->has_creds)
		return unix_wants_creds(rd->sock) && !unix_same_sender(skb, &rd->scm);
	scm_set_cred(&rd->scm, UNIXCB(skb).pid, UNIXCB(skb).uid, UNIXCB(skb).gid);
	rd->has_creds = true;
	return false;
}

/* MSG_PEEK: @chunk bytes were looked at. Return: 0: go on; 1: stop; -ENOMEM. */
static int after_peek(struct sock *sk, struct stream_read *rd, struct sk_buff *skb,
		      unsigned int chunk)
{
	sk_peek_offset_fwd(sk, chunk);
	if (UNIXCB(skb).fp)
		return unix_copy_files(&rd->scm, skb) ? : 1;
	return 0;
}

/* @chunk bytes were taken. Return: 0: go on; 1: stop. */
static int after_read(struct sock *sk, struct stream_read *rd, struct sk_buff *skb,
		      unsigned int chunk)
{
	struct unix_sock *u = unix_sk(sk);

	WRITE_ONCE(skb->consumed, skb->consumed + chunk);
	sk_peek_offset_bwd(sk, chunk);
	if (UNIXCB(skb).fp)
		unix_take_files(&rd->scm, skb);
	if (skb_left(skb))
		return 1;
	spin_lock(&sk->sk_receive_queue.lock);
	__skb_unlink(skb, &sk->sk_receive_queue);
	if (u->oob_skb == skb)
		u->oob_skb = NULL;
	spin_unlock(&sk->sk_receive_queue.lock);
	kfree_skb(skb);
	return rd->scm.fp ? 1 : 0;
}

/* One step of a read, at @skb, behind @skip bytes of it. Return: 0: go on; 1: stop; -errno. */
static int read_message(struct sock *sk, struct stream_read *rd, struct sk_buff *skb,
			unsigned int skip)
{
	unsigned int chunk = min_t(size_t, skb_left(skb) - skip, rd->size - rd->copied);

	if (other_sender(rd, skb))
		return 1;
	if (rd->msg->msg_name) {
		unix_tell_sender(rd->msg, skb->sk);
		rd->msg->msg_name = NULL;	/* told once */
	}
	if (skb_copy_datagram_iter(skb, skb->consumed + skip, &rd->msg->msg_iter, chunk))
		return -EFAULT;
	rd->copied += chunk;
	return rd->flags & MSG_PEEK ? after_peek(sk, rd, skb, chunk) :
				      after_read(sk, rd, skb, chunk);
}

/* The loop of a read; iolock is held. Return: 0, -errno: why it ended. */
static int read_messages(struct sock *sk, struct stream_read *rd, long timeo)
{
	size_t target = sock_rcvlowat(sk, rd->flags & MSG_WAITALL, rd->size);
	int start = max(sk_peek_offset(sk, rd->flags), 0), ret;
	struct sk_buff *skb;
	unsigned int skip;
	u32 seen;

	do {
		skip = rd->flags & MSG_PEEK ? start + rd->copied : 0;
		skb = find_message(sk, rd, &skip, &seen);
		ret = skb ? read_message(sk, rd, skb, skip) :
			    wait_or_stop(sk, rd, target, seen, &timeo);
	} while (!ret && (!skb || rd->copied < rd->size));
	return min(ret, 0);
}

/* recv(MSG_OOB). Return: 1, -EINVAL: there is no urgent byte; -EFAULT. */
static int read_urgent(struct sock *sk, struct stream_read *rd)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct unix_sock *u = unix_sk(sk);
	struct sk_buff *skb;
	int err = 0;

	mutex_lock(&u->iolock);
	spin_lock(&queue->lock);
	skb = u->oob_skb;
	if (sock_flag(sk, SOCK_URGINLINE) || !skb)
		err = -EINVAL;
	else if (!(rd->flags & MSG_PEEK))
		u->oob_skb = NULL;
	spin_unlock(&queue->lock);
	if (!err && rd->size) {
		/* iolock keeps the message where it is. */
		err = skb_copy_datagram_iter(skb, 0, &rd->msg->msg_iter, 1);
		rd->copied = !err;
	}
	if (!err && !(rd->flags & MSG_PEEK))
		WRITE_ONCE(skb->consumed, skb->len);
	mutex_unlock(&u->iolock);
	if (err)
		return err;
	rd->msg->msg_flags |= MSG_OOB;
	return 1;
}

/** unix_stream_recvmsg - Return: bytes, 0: the end; -EINVAL: not connected; -EAGAIN ... */
int unix_stream_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)
{
	struct stream_read rd = {
		.sock = sock, .msg = msg, .size = size, .flags = flags,
		.scm = { .creds = { .uid = INVALID_UID, .gid = INVALID_GID } },
	};
	struct sock *sk = sock->sk;
	int err;

	if (READ_ONCE(sk->sk_state) != TCP_ESTABLISHED)
		return -EINVAL;
	if (flags & MSG_OOB)
		return read_urgent(sk, &rd);
	mutex_lock(&unix_sk(sk)->iolock);
	err = read_messages(sk, &rd, sock_rcvtimeo(sk, flags & MSG_DONTWAIT));
	mutex_unlock(&unix_sk(sk)->iolock);
	/* Credentials and descriptors belong to bytes that the program got. */
	if (rd.copied || !err)
		scm_recv_unix(sock, msg, &rd.scm, flags);
	else
		scm_destroy(&rd.scm);
	return rd.copied ? rd.copied : err;
}

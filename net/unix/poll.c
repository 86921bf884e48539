// SPDX-License-Identifier: MIT
/*
 * What can be done with a Unix socket now: poll(2), ioctl(2), /proc/PID/fdinfo.
 *
 * Each looks at fields that change under the state lock without it: a change is followed by a
 * wake-up, and whoever polls looks again.
 */

#include <net/af_unix.h>

#include <linux/fs.h>
#include <linux/poll.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

/* Of both kinds: errors, ends, something to read. */
static __poll_t poll_common(struct sock *sk, unsigned char state, unsigned char shutdown)
{
	__poll_t mask = 0;

	if (READ_ONCE(sk->sk_err))
		mask |= EPOLLERR;
	if (shutdown == SHUTDOWN_MASK)
		mask |= EPOLLHUP;
	if (shutdown & RCV_SHUTDOWN)
		mask |= EPOLLRDHUP | EPOLLIN | EPOLLRDNORM;
	if (!skb_queue_empty_lockless(&sk->sk_receive_queue))
		mask |= EPOLLIN | EPOLLRDNORM;
	/* A connection that isn't there: never was, or is over. */
	if (sk->sk_type != SOCK_DGRAM && state == TCP_CLOSE)
		mask |= EPOLLHUP;
	return mask;
}

/** unix_poll - of streams */
__poll_t unix_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait)
{
	struct sock *sk = sock->sk;
	unsigned char state, shutdown;
	__poll_t mask;

	poll_wait(file, sk_sleep(sk), wait);
	shutdown = READ_ONCE(sk->sk_shutdown);
	state = READ_ONCE(sk->sk_state);
	mask = poll_common(sk, state, shutdown);
	if (READ_ONCE(unix_sk(sk)->oob_skb))
		mask |= EPOLLPRI;
	if (unix_writable(sk, state))
		mask |= EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
	return mask;
}

/* Is the peer's queue full, for us? Then its room wakes us. */
static bool peer_is_full(struct sock *sk)
{
	struct sock *other;
	bool full = false;

	unix_state_lock(sk);
	other = unix_peer(sk);
	if (other && READ_ONCE(unix_peer(other)) != sk && unix_queue_full(other))
		full = unix_ring_when_room(sk, other);
	unix_state_unlock(sk);
	return full;
}

/** unix_packet_poll - of datagrams and sequenced packets */
__poll_t unix_packet_poll(struct file *file, struct socket *sock, struct poll_table_struct *wait)
{
	struct sock *sk = sock->sk;
	unsigned char state, shutdown;
	__poll_t mask;

	poll_wait(file, sk_sleep(sk), wait);
	shutdown = READ_ONCE(sk->sk_shutdown);
	state = READ_ONCE(sk->sk_state);
	mask = poll_common(sk, state, shutdown);
	if (!(poll_requested_events(wait) & (EPOLLWRBAND | EPOLLWRNORM | EPOLLOUT)))
		return mask;
	if (unix_writable(sk, state) && !peer_is_full(sk))
		mask |= EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
	else
		set_bit(SOCKWQ_ASYNC_NOSPACE, &sock->flags);
	return mask;
}

/* Bytes that are unread; of datagrams those of the first. Return: -EINVAL: it listens. */
static int bytes_to_read(struct sock *sk)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct sk_buff *skb;
	long amount = 0;

	if (READ_ONCE(sk->sk_state) == TCP_LISTEN)
		return -EINVAL;
	spin_lock(&queue->lock);
	skb_queue_walk(queue, skb) {
		amount += skb_left(skb);
		if (sk->sk_type == SOCK_DGRAM)
			break;
	}
	spin_unlock(&queue->lock);
	return min_t(long, amount, INT_MAX);
}

/* Does reading go on at the urgent byte, or where it was? */
static int at_mark(struct sock *sk)
{
	struct sk_buff_head *queue = &sk->sk_receive_queue;
	struct unix_sock *u = unix_sk(sk);
	struct sk_buff *skb;
	int ret;

	spin_lock(&queue->lock);
	skb = skb_peek(queue);
	ret = skb && (skb == u->oob_skb || (!u->oob_skb && !skb_left(skb)));
	spin_unlock(&queue->lock);
	return ret;
}

/** unix_ioctl - Return: 0, -EFAULT, -EINVAL, -ENOIOCTLCMD */
int unix_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	struct sock *sk = sock->sk;
	int ret;

	switch (cmd) {
	case SIOCOUTQ:
		ret = sk_wmem_alloc_get(sk);
		break;
	case SIOCINQ:
		ret = bytes_to_read(sk);
		break;
	case SIOCATMARK:
		ret = at_mark(sk);
		break;
	default:
		return -ENOIOCTLCMD;
	}
	return ret < 0 ? ret : put_user(ret, (int __user *)arg);
}

static int count_fds(struct sock *sk)
{
	struct sk_buff *skb;
	int n = 0;

	spin_lock(&sk->sk_receive_queue.lock);
	if (READ_ONCE(sk->sk_state) != TCP_LISTEN)
		skb_queue_walk(&sk->sk_receive_queue, skb)
			n += UNIXCB(skb).fp ? UNIXCB(skb).fp->count : 0;
	spin_unlock(&sk->sk_receive_queue.lock);
	return n;
}

/** unix_show_fdinfo - descriptors that wait in its queue, for /proc/PID/fdinfo */
void unix_show_fdinfo(struct seq_file *m, struct socket *sock)
{
	struct sock *sk = sock->sk;

	if (sk)
		seq_printf(m, "scm_fds: %u\n", count_fds(sk));
}

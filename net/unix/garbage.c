// SPDX-License-Identifier: MIT
/*
 * The collector of Unix sockets that nobody can reach any more.
 *
 * A descriptor of a socket may be sent through a socket, through itself even. If then all
 * descriptors are closed, the message keeps the socket, and the socket's queue keeps the message:
 *
 *	close(a), close(b)		a's queue: [ b ]	b's queue: [ a ]
 *
 * Files under way are counted per socket: u->inflight is how many messages carry it. A socket whose
 * file has no other references than those is a *candidate*. Three passes under unix_gc_lock:
 *
 *  1. gc_refs = inflight for every candidate.
 *  2. For each message in a candidate's queue that carries a candidate: its gc_refs--. What is left
 *     counts messages in queues of sockets that somebody has, or on the way into a queue.
 *  3. A candidate with gc_refs left is alive, and so is all that its queue holds, and theirs.
 *
 * The others are garbage. Their messages with sockets in them are taken out and freed after the
 * lock; the last fput() does the rest.
 *
 * Why the world stands still enough:
 *
 *  G1  file references >= inflight, always: a file is counted as under way after the reference is
 *      taken, and not any more before a descriptor is made of it.
 *  G2  Nobody can take a message from a candidate's queue: that needs a descriptor of it, and it
 *      has none. To get one it must be received from some queue, and unix_inflight_del(), which
 *      comes before the descriptor, waits for unix_gc_lock. (MSG_PEEK passes unix_gc_barrier()
 *      instead.)
 *  G3  Nobody can send a candidate either, for the same reason. Other sockets may come and go in a
 *      candidate's queue; the passes look at candidates only.
 *  G4  A message that was taken from a queue but not given up yet, or isn't in one yet, is counted
 *      by inflight and found nowhere: what it carries is alive. Wrong in this direction is
 *      harmless.
 *  G5  The queues of connections that wait in a listener's queue count as the listener's own:
 *      connect(2) puts a connection there before anything can be sent on it.
 */

#include <net/af_unix.h>

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched/user.h>
#include <linux/workqueue.h>

/* With so many under way senders wait for the collector. */
#define UNIX_INFLIGHT_TRIGGER_GC	16000

static DEFINE_SPINLOCK(unix_gc_lock);
static LIST_HEAD(under_way);	/* sockets with inflight; unix_gc_lock */
static unsigned int inflight_total;	/* sum of inflight; unix_gc_lock */

/** unix_get_socket - the Unix socket that a file is; NULL */
struct sock *unix_get_socket(struct file *filp)
{
	struct socket *sock = sock_from_file(filp);

	return sock && sock->ops && sock->ops->family == PF_UNIX ? sock->sk : NULL;
}

/**
 * unix_inflight_total - how often Unix sockets are in messages under way, all together. Context:
 * any
 */
unsigned int unix_inflight_total(void)
{
	return READ_ONCE(inflight_total);
}

/* ---- counting ---- */

static void count_sockets(struct scm_fp_list *fpl)
{
	int i;

	fpl->count_unix = 0;
	for (i = 0; i < fpl->count; i++)
		if (unix_get_socket(fpl->fp[i]))
			fpl->count_unix++;
}

/* One message more, or less, carries it. unix_gc_lock held. */
static void change_inflight(struct unix_sock *u, int change)
{
	if (!u->inflight)
		list_add_tail(&u->gc_node, &under_way);
	u->inflight += change;
	if (!u->inflight)
		list_del_init(&u->gc_node);
	WRITE_ONCE(inflight_total, inflight_total + change);
}

static void change_all(struct scm_fp_list *fpl, int change)
{
	int i;

	atomic_long_add((long)change * fpl->count, &fpl->user->unix_inflight);
	if (!fpl->count_unix)
		return;
	spin_lock(&unix_gc_lock);
	for (i = 0; i < fpl->count; i++) {
		struct sock *sk = unix_get_socket(fpl->fp[i]);

		if (sk)
			change_inflight(unix_sk(sk), change);
	}
	spin_unlock(&unix_gc_lock);
}

/** unix_inflight_add - these files are in a message from now on */
void unix_inflight_add(struct scm_fp_list *fpl)
{
	count_sockets(fpl);
	change_all(fpl, 1);
	fpl->inflight = true;
}

/** unix_inflight_del - these files are in a message no more; undoes unix_inflight_add() */
void unix_inflight_del(struct scm_fp_list *fpl)
{
	if (!fpl->inflight)
		return;
	change_all(fpl, -1);
	fpl->inflight = false;
}

/** unix_gc_barrier - a collector that is at work has ended */
void unix_gc_barrier(void)
{
	spin_lock(&unix_gc_lock);
	spin_unlock(&unix_gc_lock);
}

/* ---- what a socket's queue holds ---- */

/* Call @fn for each candidate in the messages of one queue; its lock is held. */
static void scan_queue(struct sk_buff_head *queue,
		       void (*fn)(struct unix_sock *child, struct list_head *arg),
		       struct list_head *arg)
{
	struct scm_fp_list *fpl;
	struct sk_buff *skb;
	struct sock *sk;
	int i;

	skb_queue_walk(queue, skb) {
		fpl = UNIXCB(skb).fp;
		if (!fpl || !fpl->count_unix)
			continue;
		for (i = 0; i < fpl->count; i++) {
			sk = unix_get_socket(fpl->fp[i]);
			if (sk && unix_sk(sk)->gc_candidate)
				fn(unix_sk(sk), arg);
		}
	}
}

/* The same, for the queue of a socket and of the connections that wait in it. */
static void scan_children(struct unix_sock *u,
			  void (*fn)(struct unix_sock *child, struct list_head *arg),
			  struct list_head *arg)
{
	struct sk_buff_head *queue = &u->sk.sk_receive_queue, *embryo;
	struct sk_buff *skb;

	spin_lock(&queue->lock);
	if (READ_ONCE(u->sk.sk_state) != TCP_LISTEN) {
		scan_queue(queue, fn, arg);
	} else {
		skb_queue_walk(queue, skb) {
			embryo = &skb->sk->sk_receive_queue;
			spin_lock_nested(&embryo->lock, SINGLE_DEPTH_NESTING);
			scan_queue(embryo, fn, arg);
			spin_unlock(&embryo->lock);
		}
	}
	spin_unlock(&queue->lock);
}

/* ---- the passes ---- */

static void choose_candidates(struct list_head *candidates)
{
	struct unix_sock *u, *next;

	list_for_each_entry_safe(u, next, &under_way, gc_node) {
		struct file *file = u->sk.sk_socket->file;

		u->gc_refs = u->inflight;
		u->gc_candidate = (unsigned long)file_count(file) == u->inflight;
		if (u->gc_candidate)
			list_move_tail(&u->gc_node, candidates);
	}
}

static void lose_reference(struct unix_sock *child, struct list_head *arg)
{
	(void)arg;
	child->gc_refs--;
}

static void revive(struct unix_sock *child, struct list_head *alive)
{
	child->gc_candidate = false;
	list_move_tail(&child->gc_node, alive);
}

/* What somebody outside may receive, then what that holds: @alive grows as it is walked. */
static void move_the_living(struct list_head *candidates, struct list_head *alive)
{
	struct unix_sock *u, *next;

	list_for_each_entry_safe(u, next, candidates, gc_node)
		if (u->gc_refs)
			revive(u, alive);
	list_for_each_entry(u, alive, gc_node)
		scan_children(u, revive, alive);
}

/* Messages with sockets in them, out of a queue. Its lock is held. */
static void take_messages(struct unix_sock *u, struct list_head *taken)
{
	struct sk_buff_head *queue = &u->sk.sk_receive_queue;
	struct sk_buff *skb, *next;

	list_for_each_entry_safe(skb, next, &queue->list, list) {
		if (!UNIXCB(skb).fp || !UNIXCB(skb).fp->count_unix)
			continue;
		if (u->oob_skb == skb)
			u->oob_skb = NULL;
		__skb_unlink(skb, queue);
		list_add_tail(&skb->list, taken);
	}
}

static void take_all_messages(struct unix_sock *u, struct list_head *taken)
{
	struct sk_buff_head *queue = &u->sk.sk_receive_queue;
	struct sk_buff *skb;

	spin_lock(&queue->lock);
	if (READ_ONCE(u->sk.sk_state) != TCP_LISTEN) {
		take_messages(u, taken);
	} else {
		skb_queue_walk(queue, skb) {
			spin_lock_nested(&skb->sk->sk_receive_queue.lock, SINGLE_DEPTH_NESTING);
			take_messages(unix_sk(skb->sk), taken);
			spin_unlock(&skb->sk->sk_receive_queue.lock);
		}
	}
	spin_unlock(&queue->lock);
}

/* Messages that only garbage could receive. */
static void unix_gc(struct work_struct *work)
{
	LIST_HEAD(candidates);
	LIST_HEAD(alive);
	LIST_HEAD(taken);
	struct sk_buff *skb, *next;
	struct unix_sock *u;

	(void)work;
	spin_lock(&unix_gc_lock);
	choose_candidates(&candidates);
	list_for_each_entry(u, &candidates, gc_node)
		scan_children(u, lose_reference, NULL);
	move_the_living(&candidates, &alive);
	list_for_each_entry(u, &candidates, gc_node) {
		u->gc_candidate = false;
		take_all_messages(u, &taken);
	}
	list_splice_tail(&candidates, &under_way);
	list_splice_tail(&alive, &under_way);
	spin_unlock(&unix_gc_lock);

	list_for_each_entry_safe(skb, next, &taken, list) {
		list_del_init(&skb->list);
		kfree_skb(skb);
		cond_resched();
	}
}

static DECLARE_WORK(unix_gc_work, unix_gc);

/** unix_schedule_gc - collect soon */
void unix_schedule_gc(void)
{
	queue_work(system_unbound_wq, &unix_gc_work);
}

/** unix_gc_flush - every collection that was asked for has ended; what it closed may still go */
void unix_gc_flush(void)
{
	flush_work(&unix_gc_work);
}

/** wait_for_unix_gc - a sender of descriptors pays for there being so many; Context: may sleep */
void wait_for_unix_gc(struct scm_fp_list *fpl)
{
	if (unix_inflight_total() <= UNIX_INFLIGHT_TRIGGER_GC || !fpl)
		return;
	unix_schedule_gc();
	unix_gc_flush();
}

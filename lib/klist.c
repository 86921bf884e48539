// SPDX-License-Identifier: MIT
/*
 * Lists that may change while somebody walks them. See <linux/klist.h> for the model.
 *
 * K1  A node's reference count drops only under the lock of its list. So whoever holds the lock and
 *     sees a node on the list may take a reference: the count isn't 0.
 * K2  Dead nodes stay linked until their count is 0. So a walker may step on from a dead node.
 * K3  put() is called after the lock is dropped, and nothing touches the node after it.
 *
 * Lock order: klist.k_lock, then remove_lock.
 */

#include <linux/klist.h>

#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/export.h>

#define DEAD	1UL

/* Those who wait in klist_remove(). */
struct remover {
	struct list_head link;		/* remove_lock */
	struct klist_node *node;
	struct completion gone;
};

static DEFINE_SPINLOCK(remove_lock);
static LIST_HEAD(removers);		/* remove_lock */

static struct klist *list_of(struct klist_node *n)
{
	return (struct klist *)((unsigned long)n->n_klist & ~DEAD);
}

static bool is_dead(struct klist_node *n)
{
	return (unsigned long)n->n_klist & DEAD;
}

static void mark_dead(struct klist_node *n)
{
	/* who deletes a node twice drops a reference that another one counts on */
	WARN_ON(is_dead(n));
	n->n_klist = (void *)((unsigned long)n->n_klist | DEAD);
}

/**
 * klist_init() - make an empty list
 * @k: the list
 * @get: called with each node that joins, or NULL
 * @put: called with each node that has left, or NULL
 */
void klist_init(struct klist *k, void (*get)(struct klist_node *),
		void (*put)(struct klist_node *))
{
	INIT_LIST_HEAD(&k->k_list);
	spin_lock_init(&k->k_lock);
	k->get = get;
	k->put = put;
}
EXPORT_SYMBOL_GPL(klist_init);

/* ---- joining ---- */

/* Makes @n a node of @k behind @prev, which is k's head or the link of a node that stays. */
static void join(struct klist *k, struct klist_node *n, struct list_head *prev)
{
	n->n_klist = k;
	kref_init(&n->n_ref);
	list_add(&n->n_node, prev);
}

static void add(struct klist *k, struct klist_node *n, struct klist_node *pos, bool behind)
{
	struct list_head *at = pos ? &pos->n_node : &k->k_list;

	if (k->get)
		k->get(n);
	spin_lock(&k->k_lock);
	join(k, n, behind ? at : at->prev);
	spin_unlock(&k->k_lock);
}

/** klist_add_head() - let a node join as the first */
void klist_add_head(struct klist_node *n, struct klist *k)
{
	add(k, n, NULL, true);
}
EXPORT_SYMBOL_GPL(klist_add_head);

/** klist_add_tail() - let a node join as the last */
void klist_add_tail(struct klist_node *n, struct klist *k)
{
	add(k, n, NULL, false);
}
EXPORT_SYMBOL_GPL(klist_add_tail);

/** klist_add_behind() - let a node join behind another, which the caller keeps on its list */
void klist_add_behind(struct klist_node *n, struct klist_node *pos)
{
	add(list_of(pos), n, pos, true);
}
EXPORT_SYMBOL_GPL(klist_add_behind);

/** klist_add_before() - let a node join before another, which the caller keeps on its list */
void klist_add_before(struct klist_node *n, struct klist_node *pos)
{
	add(list_of(pos), n, pos, false);
}
EXPORT_SYMBOL_GPL(klist_add_before);

/* ---- leaving ---- */

static void tell_removers(struct klist_node *n)
{
	struct remover *r, *next;

	spin_lock(&remove_lock);
	list_for_each_entry_safe(r, next, &removers, link) {
		if (r->node != n)
			continue;
		/* *r is on the stack of one who leaves as soon as it is told */
		list_del(&r->link);
		complete(&r->gone);
	}
	spin_unlock(&remove_lock);
}

static void leave(struct kref *ref)
{
	struct klist_node *n = container_of(ref, struct klist_node, n_ref);

	WARN_ON(!is_dead(n));
	list_del(&n->n_node);
	n->n_klist = NULL;
	tell_removers(n);
}

/* Drops a reference, with the lock held; true if the node has left and is put()'s. */
static bool drop_locked(struct klist_node *n)
{
	return kref_put(&n->n_ref, leave);
}

/**
 * klist_del() - take a node off its list
 * @n: the node, on a list and alive
 *
 * Walkers that don't stand on it won't meet it. It stays linked while one stands on it.
 */
void klist_del(struct klist_node *n)
{
	struct klist *k = list_of(n);
	bool left;

	spin_lock(&k->k_lock);
	mark_dead(n);
	left = drop_locked(n);
	spin_unlock(&k->k_lock);
	if (left && k->put)
		k->put(n);
}
EXPORT_SYMBOL_GPL(klist_del);

/**
 * klist_remove() - take a node off its list and wait till it has left
 * @n: the node, on a list and alive
 *
 * Context: sleeps. The caller's own iterator must not stand on the node.
 */
void klist_remove(struct klist_node *n)
{
	struct remover r = { .node = n };

	init_completion(&r.gone);
	spin_lock(&remove_lock);
	list_add(&r.link, &removers);
	spin_unlock(&remove_lock);

	klist_del(n);
	wait_for_completion(&r.gone);
}
EXPORT_SYMBOL_GPL(klist_remove);

/** klist_node_attached() - is the node linked to a list, dead or alive? */
int klist_node_attached(struct klist_node *n)
{
	return n->n_klist != NULL;
}
EXPORT_SYMBOL_GPL(klist_node_attached);

/* ---- walking ---- */

/**
 * klist_iter_init_node() - begin a walk at a node
 * @k: the list
 * @i: the iterator, which klist_iter_exit() ends
 * @n: a node of @k: the next step goes to its neighbour; NULL or one that has left: from the end
 *	of the list that the first step goes from.
 */
void klist_iter_init_node(struct klist *k, struct klist_iter *i, struct klist_node *n)
{
	i->i_klist = k;
	i->i_cur = n && kref_get_unless_zero(&n->n_ref) ? n : NULL;
}
EXPORT_SYMBOL_GPL(klist_iter_init_node);

/** klist_iter_init() - begin a walk; see klist_iter_init_node() */
void klist_iter_init(struct klist *k, struct klist_iter *i)
{
	klist_iter_init_node(k, i, NULL);
}
EXPORT_SYMBOL_GPL(klist_iter_init);

/** klist_iter_exit() - end a walk; must be called, also after the last step */
void klist_iter_exit(struct klist_iter *i)
{
	struct klist_node *n = i->i_cur;
	struct klist *k = i->i_klist;
	bool left;

	i->i_cur = NULL;
	if (!n)
		return;
	spin_lock(&k->k_lock);
	left = drop_locked(n);
	spin_unlock(&k->k_lock);
	if (left && k->put)
		k->put(n);
}
EXPORT_SYMBOL_GPL(klist_iter_exit);

static struct list_head *neighbour(struct list_head *at, bool forward)
{
	return forward ? at->next : at->prev;
}

/* To the next live node, from where it stands or from the head; then lets go of where it stood. */
static struct klist_node *step(struct klist_iter *i, bool forward)
{
	struct klist_node *from = i->i_cur, *to = NULL;
	struct klist *k = i->i_klist;
	struct list_head *at;
	bool left = false;

	spin_lock(&k->k_lock);
	at = from ? &from->n_node : &k->k_list;
	while ((at = neighbour(at, forward)) != &k->k_list) {
		struct klist_node *n = container_of(at, struct klist_node, n_node);

		if (is_dead(n))
			continue;
		kref_get(&n->n_ref);
		to = n;
		break;
	}
	if (from)
		left = drop_locked(from);
	i->i_cur = to;
	spin_unlock(&k->k_lock);
	if (left && k->put)
		k->put(from);
	return to;
}

/** klist_next() - step forward; NULL behind the last node, from where it begins anew */
struct klist_node *klist_next(struct klist_iter *i)
{
	return step(i, true);
}
EXPORT_SYMBOL_GPL(klist_next);

/** klist_prev() - step backward; NULL before the first node, from where it begins anew */
struct klist_node *klist_prev(struct klist_iter *i)
{
	return step(i, false);
}
EXPORT_SYMBOL_GPL(klist_prev);

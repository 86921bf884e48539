// SPDX-License-Identifier: MIT
/*
 * The graph of lock classes: who was taken with whom held.
 *
 * Not every path is a danger, because readers don't wait for readers. An edge remembers how it came
 * about (DEP_*): the first lock held Exclusively or Shared, the second taken by a Recursive reader
 * or Not. Where one edge ends and the next begins at a class B,
 *
 *	A -*R-> B -S*-> C	somebody waits for B as a recursive reader, somebody holds it
 *				shared: no wait at all, the path ends here
 *
 * and every other combination is a wait. So a search goes over pairs (class, weak), where weak
 * means that all ways by which it came there end in R, and it may not go on by an edge that is only
 * S. Backwards it is the mirror image: weak means "left by S only", and R edges may not lead in.
 *
 * The search is breadth first, so the shortest path is what a report shows. There are at most twice
 * as many pairs as classes; the queue and the marks are static, under the graph lock.
 */

#include <linux/lockdep.h>

#include <linux/kernel.h>
#include <linux/string.h>

#include "lockdep_internals.h"

struct lock_edge lock_edges[MAX_LOCK_EDGES];
unsigned long nr_lock_edges;		/* slots ever used */
static unsigned int free_edges;		/* list of returned slots by next_out: index + 1 */

static u8 edge_dep(const struct held_lock *prev, const struct held_lock *next)
{
	if (prev->read)
		return next->read == 2 ? DEP_SR : DEP_SN;
	return next->read == 2 ? DEP_ER : DEP_EN;
}

static struct lock_edge *find_edge(u16 from, u16 to)
{
	unsigned int e;

	for (e = lock_classes[from].out; e; e = lock_edges[e - 1].next_out) {
		if (lock_edges[e - 1].to == to)
			return &lock_edges[e - 1];
	}
	return NULL;
}

static struct lock_edge *alloc_edge(void)
{
	struct lock_edge *edge;

	if (free_edges) {
		edge = &lock_edges[free_edges - 1];
		free_edges = edge->next_out;
		return edge;
	}
	if (nr_lock_edges == MAX_LOCK_EDGES)
		return NULL;
	return &lock_edges[nr_lock_edges++];
}

/**
 * graph_has_edge() - is this dependency known?
 * @prev: held
 * @next: taken
 */
bool graph_has_edge(const struct held_lock *prev, const struct held_lock *next)
{
	const struct lock_edge *edge = find_edge(prev->class_idx, next->class_idx);

	return edge && (edge->dep & edge_dep(prev, next));
}

/**
 * graph_add_edge() - remember a dependency
 * @prev: held
 * @next: taken
 *
 * Return: false if there is no room.
 */
bool graph_add_edge(const struct held_lock *prev, const struct held_lock *next)
{
	struct lock_edge *edge = find_edge(prev->class_idx, next->class_idx);
	struct lock_class *from = hlock_class(prev), *to = hlock_class(next);
	unsigned int id;

	if (!edge) {
		edge = alloc_edge();
		if (!edge)
			return false;
		id = edge - lock_edges + 1;
		edge->from = prev->class_idx;
		edge->to = next->class_idx;
		edge->dep = 0;
		edge->used = true;
		edge->next_out = from->out;
		edge->next_in = to->in;
		from->out = id;
		to->in = id;
		save_lock_trace(&edge->trace);
	}
	edge->dep |= edge_dep(prev, next);
	return true;
}

static void unlink_out(struct lock_edge *edge)
{
	unsigned int id = edge - lock_edges + 1;
	struct lock_class *from = &lock_classes[edge->from];
	unsigned int e;

	if (from->out == id) {
		from->out = edge->next_out;
		return;
	}
	for (e = from->out; e; e = lock_edges[e - 1].next_out) {
		if (lock_edges[e - 1].next_out == id) {
			lock_edges[e - 1].next_out = edge->next_out;
			return;
		}
	}
}

static void unlink_in(struct lock_edge *edge)
{
	unsigned int id = edge - lock_edges + 1;
	struct lock_class *to = &lock_classes[edge->to];
	unsigned int e;

	if (to->in == id) {
		to->in = edge->next_in;
		return;
	}
	for (e = to->in; e; e = lock_edges[e - 1].next_in) {
		if (lock_edges[e - 1].next_in == id) {
			lock_edges[e - 1].next_in = edge->next_in;
			return;
		}
	}
}

/**
 * graph_remove_class() - forget all edges of a class
 * @class: its index
 */
void graph_remove_class(u16 class)
{
	unsigned long i;

	for (i = 0; i < nr_lock_edges; i++) {
		struct lock_edge *edge = &lock_edges[i];

		if (!edge->used || (edge->from != class && edge->to != class))
			continue;
		unlink_out(edge);
		unlink_in(edge);
		edge->used = false;
		edge->next_out = free_edges;
		free_edges = i + 1;
	}
}

/* ---- the search -------------------------------------------------------------------- */

/* A pair (class, weak) as a number. */
#define NR_STATES	(2 * MAX_LOCKDEP_KEYS)

static u16 queue[NR_STATES];
static u16 came_by[NR_STATES];		/* edge into the state */
static u16 came_from[NR_STATES];	/* state before it */
static u32 seen[NR_STATES];		/* equals generation: in this search's queue */
static u32 generation;

static u16 state_num(u16 class, bool weak)
{
	return 2 * class + weak;
}

/* May the search go on by @edge, and is the state behind it weak? */
static bool edge_passable(const struct lock_edge *edge, bool weak, bool forward, bool *weak_after)
{
	u8 dep = edge->dep;

	if (weak)
		dep &= forward ? DEP_ER | DEP_EN : DEP_SN | DEP_EN;
	*weak_after = !(dep & (forward ? DEP_SN | DEP_EN : DEP_ER | DEP_EN));
	return dep;
}

static void trace_path(u16 start, u16 end, struct lock_path *path)
{
	u16 state;
	int i;

	path->len = 0;
	for (state = end; state != start; state = came_from[state])
		path->len++;
	/* A path longer than there is room for is shown without its end. */
	i = path->len;
	for (state = end; state != start; state = came_from[state]) {
		if (--i < (int)ARRAY_SIZE(path->edge))
			path->edge[i] = came_by[state];
	}
	path->len = min_t(unsigned int, path->len, ARRAY_SIZE(path->edge));
}

/**
 * graph_search() - find a class that can be reached, and matches
 * @start: from this class, which may match itself
 * @weak: begin weak (see the file's head)
 * @forward: along the edges, or against them
 * @match: asked for each (class, weak)
 * @data: passed to it
 * @found: gets the class
 * @path: gets the edges from @start; may be NULL
 *
 * Return: true if one was found: the nearest.
 */
bool graph_search(u16 start, bool weak, bool forward, class_match_t match, const void *data,
		  u16 *found, struct lock_path *path)
{
	unsigned int head = 0, tail = 0, e;

	generation++;
	queue[tail++] = state_num(start, weak);
	seen[state_num(start, weak)] = generation;

	while (head < tail) {
		u16 state = queue[head++];
		struct lock_class *class = &lock_classes[state / 2];

		if (match(class, state & 1, data)) {
			*found = state / 2;
			if (path)
				trace_path(state_num(start, weak), state, path);
			return true;
		}
		for (e = forward ? class->out : class->in; e;
		     e = forward ? lock_edges[e - 1].next_out : lock_edges[e - 1].next_in) {
			struct lock_edge *edge = &lock_edges[e - 1];
			bool weak_after;
			u16 next;

			if (!edge_passable(edge, state & 1, forward, &weak_after))
				continue;
			next = state_num(forward ? edge->to : edge->from, weak_after);
			if (seen[next] == generation)
				continue;
			seen[next] = generation;
			came_by[next] = e - 1;
			came_from[next] = state;
			queue[tail++] = next;
		}
	}
	return false;
}

/* ---- sequences that were checked ---------------------------------------------------- */

/*
 * The hash of each sequence of held classes that was found good. Open addressing; read without the
 * lock: a key is one word, and a false "no" only costs a check. Zero marks a free slot.
 */
static u64 chain_table[1U << MAX_CHAIN_BITS];
static unsigned int nr_chains;

#define CHAIN_PROBES	8

static unsigned int chain_slot(u64 key, unsigned int probe)
{
	return ((key >> 32) + probe) & ((1U << MAX_CHAIN_BITS) - 1);
}

/**
 * chain_known() - was this sequence of locks checked before? Needs no lock: at worst it is checked
 * again
 */
bool chain_known(u64 key)
{
	unsigned int i;

	for (i = 0; i < CHAIN_PROBES; i++) {
		if (READ_ONCE(chain_table[chain_slot(key, i)]) == key)
			return true;
	}
	return false;
}

/* If its neighbourhood is full, it takes somebody's place, who will be checked again. */
void chain_remember(u64 key)
{
	unsigned int i;

	for (i = 0; i < CHAIN_PROBES; i++) {
		if (!chain_table[chain_slot(key, i)]) {
			nr_chains++;
			break;
		}
	}
	WRITE_ONCE(chain_table[chain_slot(key, i % CHAIN_PROBES)], key);
}

/** chain_forget_all() - all sequences are to be checked again. Context: graph lock held */
void chain_forget_all(void)
{
	memset(chain_table, 0, sizeof(chain_table));
	nr_chains = 0;
}

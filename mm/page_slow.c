// SPDX-License-Identifier: MIT
/*
 * The page allocator's slow path: no zone has a block above its low mark.
 *
 * One attempt (try_harder()) goes down this ladder, and ends with a page, with the advice to begin
 * again, or with giving up:
 *
 *	1  the reserves that this caller may use	interrupts, reclaim itself, the dying
 *	2  -- who may not sleep, or is reclaim, gives up here --
 *	3  reclaim: shrinkers; and all CPUs' stocks are emptied
 *	4  -- __GFP_NORETRY, and large blocks that may fail, give up here --
 *	5  again, until MAX_FRUITLESS reclaims in a row have freed nothing
 *	6  the OOM killer (mm/oom_kill.c), for who may ask for it
 *
 * __GFP_NOFAIL never gives up, if it may sleep. PAGE_ALLOC_COSTLY_ORDER divides the small blocks,
 * of which reclaim sooner or later makes one, from those that it might never make.
 */

#define pr_fmt(fmt) "page_alloc: " fmt

#include "page_alloc.h"

#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/oom.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched/mm.h>
#include <linux/string.h>

#define MAX_FRUITLESS	4

enum verdict { GOT_IT, TRY_AGAIN, GIVE_UP };

/* An allocation that takes the slow path; on its stack. */
struct slow_alloc {
	gfp_t gfp;
	unsigned int order;
	bool may_sleep;
	int fruitless;		/* reclaims in a row that have freed nothing */
	struct page *page;	/* the result */
};

/* ---- how deep? ---- */

/* Who helps memory to come back, and who is about to give up all of his, may use the last page. */
static bool may_use_last_page(gfp_t gfp)
{
	if (gfp & __GFP_NOMEMALLOC)
		return false;
	if (gfp & __GFP_MEMALLOC)
		return true;
	return !in_interrupt() && (current->flags & PF_MEMALLOC || tsk_is_oom_victim(current));
}

static unsigned int reserves_for(gfp_t gfp)
{
	unsigned int alloc_flags = ALLOC_WMARK_MIN;

	if (gfp & __GFP_HIGH) {
		alloc_flags |= ALLOC_MIN_RESERVE;
		if (!(gfp & __GFP_DIRECT_RECLAIM))
			alloc_flags |= ALLOC_NON_BLOCK;
	}
	if (may_use_last_page(gfp))
		alloc_flags |= ALLOC_NO_WATERMARKS;
	return alloc_flags;
}

/* Asked anew each time: the caller may become an OOM victim while it tries. */
static bool take_with_reserves(struct slow_alloc *sa)
{
	sa->page = take_from_zones(sa->gfp, sa->order, reserves_for(sa->gfp));
	return sa->page;
}

/* ---- the OOM killer ---- */

static bool may_kill(const struct slow_alloc *sa)
{
	if (sa->gfp & __GFP_NOFAIL)
		return true;
	if (sa->gfp & (__GFP_NORETRY | __GFP_RETRY_MAYFAIL | __GFP_THISNODE))
		return false;
	return sa->order <= PAGE_ALLOC_COSTLY_ORDER && !(current->flags & PF_DUMPCORE);
}

static enum verdict ask_oom_killer(struct slow_alloc *sa)
{
	struct oom_control oc = { .gfp_mask = sa->gfp, .order = sa->order };
	enum verdict verdict = GIVE_UP;

	/* It had the last page open to it: what there isn't won't come by waiting. */
	if (tsk_is_oom_victim(current) && !(sa->gfp & __GFP_NOFAIL))
		return GIVE_UP;
	/* Somebody else is at it already: what that frees is ours too. */
	if (!mutex_trylock(&oom_lock))
		return TRY_AGAIN;
	/* A free between our last look and the lock must not cost a life. */
	sa->page = take_from_zones(sa->gfp & ~__GFP_DIRECT_RECLAIM, sa->order, ALLOC_WMARK_HIGH);
	if (sa->page)
		verdict = GOT_IT;
	else if (may_kill(sa) && out_of_memory(&oc))
		verdict = TRY_AGAIN;
	mutex_unlock(&oom_lock);
	return verdict;
}

/* ---- the ladder ---- */

static bool fails_rather_than_insists(const struct slow_alloc *sa)
{
	if (sa->gfp & __GFP_NORETRY)
		return true;
	return sa->order > PAGE_ALLOC_COSTLY_ORDER &&
	       !(sa->gfp & (__GFP_RETRY_MAYFAIL | __GFP_NOFAIL));
}

static enum verdict try_harder(struct slow_alloc *sa)
{
	enum verdict verdict;
	bool progress;

	if (take_with_reserves(sa))
		return GOT_IT;
	if (!sa->may_sleep || current->flags & PF_MEMALLOC)
		return GIVE_UP;

	progress = try_to_free_pages(sa->order, sa->gfp) > 0;
	drain_all_pages(NULL);
	if (take_with_reserves(sa))
		return GOT_IT;
	if (fails_rather_than_insists(sa))
		return GIVE_UP;

	sa->fruitless = progress ? 0 : sa->fruitless + 1;
	if (sa->fruitless < MAX_FRUITLESS)
		return TRY_AGAIN;
	verdict = ask_oom_killer(sa);
	sa->fruitless = 0;
	return verdict;
}

/* ---- when it fails ---- */

static const struct {
	gfp_t flag;
	const char *name;
} gfp_names[] = {
	{ GFP_KERNEL,		"GFP_KERNEL" },
	{ GFP_NOFS,		"GFP_NOFS" },
	{ GFP_ATOMIC,		"GFP_ATOMIC" },
	{ GFP_NOIO,		"GFP_NOIO" },
	{ GFP_NOWAIT,		"GFP_NOWAIT" },
	{ __GFP_DIRECT_RECLAIM,	"__GFP_DIRECT_RECLAIM" },
	{ __GFP_KSWAPD_RECLAIM,	"__GFP_KSWAPD_RECLAIM" },
	{ __GFP_HIGH,		"__GFP_HIGH" },
	{ __GFP_IO,		"__GFP_IO" },
	{ __GFP_FS,		"__GFP_FS" },
	{ __GFP_DMA,		"__GFP_DMA" },
	{ __GFP_DMA32,		"__GFP_DMA32" },
	{ __GFP_NOWARN,		"__GFP_NOWARN" },
	{ __GFP_RETRY_MAYFAIL,	"__GFP_RETRY_MAYFAIL" },
	{ __GFP_NOFAIL,		"__GFP_NOFAIL" },
	{ __GFP_NORETRY,	"__GFP_NORETRY" },
	{ __GFP_MEMALLOC,	"__GFP_MEMALLOC" },
	{ __GFP_COMP,		"__GFP_COMP" },
	{ __GFP_ZERO,		"__GFP_ZERO" },
	{ __GFP_ACCOUNT,	"__GFP_ACCOUNT" },
};

/**
 * gfp_to_text() - flags in words
 * @gfp: the flags
 * @buf: gets their names, joined by '|', largest sets first
 * @len: of @buf, bytes
 */
void gfp_to_text(gfp_t gfp, char *buf, size_t len)
{
	size_t pos = 0;
	unsigned int i;

	buf[0] = '\0';
	for (i = 0; i < ARRAY_SIZE(gfp_names); i++) {
		if ((gfp & gfp_names[i].flag) != gfp_names[i].flag)
			continue;
		gfp &= ~gfp_names[i].flag;
		pos += scnprintf(buf + pos, len - pos, "%s%s", pos ? "|" : "", gfp_names[i].name);
	}
	if (gfp)
		scnprintf(buf + pos, len - pos, "%s%#x", pos ? "|" : "", gfp);
}

static void report_failure(const struct slow_alloc *sa)
{
	static DEFINE_RATELIMIT_STATE(limit, 10 * HZ, 1);
	char text[128];

	if (sa->gfp & __GFP_NOWARN || !__ratelimit(&limit))
		return;
	gfp_to_text(sa->gfp, text, sizeof(text));
	pr_warn("%s: page allocation failure: order:%u, mode:%#x(%s), nodemask=(null)\n",
		current->comm, sa->order, sa->gfp, text);
	dump_stack();
	show_mem();
}

/**
 * alloc_slowly - allocate a block when no zone has one above its low mark
 * @gfp: how
 * @order: 2^order pages
 *
 * Context: as the flags say.
 * Return: the first page, ready for use; NULL, which has been reported unless __GFP_NOWARN.
 */
struct page *alloc_slowly(gfp_t gfp, unsigned int order)
{
	struct slow_alloc sa = {
		.gfp = gfp,
		.order = order,
		.may_sleep = gfp & __GFP_DIRECT_RECLAIM,
	};
	enum verdict verdict;

	WARN_ON_ONCE(gfp & __GFP_NOFAIL && !sa.may_sleep);
	for (;;) {
		verdict = try_harder(&sa);
		if (verdict == GOT_IT)
			return sa.page;
		if (verdict == GIVE_UP && !(gfp & __GFP_NOFAIL && sa.may_sleep))
			break;
		cond_resched();
	}
	report_failure(&sa);
	return NULL;
}

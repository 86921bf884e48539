// SPDX-License-Identifier: MIT
/*
 * Slab debugging: red zones, poison, owners.
 *
 * A debug cache surrounds each object with known bytes and looks at them whenever the object is
 * allocated or freed, under the list lock:
 *
 *	| left red zone | object             | right red zone | link | tracks | size | padding |
 *	  in use: CC      free: 6B .. 6B A5    in use: CC                              5A
 *	  free:   BB                           free:   BB
 *
 *	red zone changed		somebody wrote beyond an object's ends
 *	red zone of the other state	double free, or a list that is out of order
 *	poison changed			somebody wrote to the object after its free
 *	padding changed			a far overflow
 *
 * Each finding is printed with the object's bytes and who allocated and freed it last, and then
 * repaired, so that the machine goes on; an object whose state can't be trusted is not used.
 *
 * kmalloc() caches also remember how much was asked for, and let the red zone begin there.
 */

#define pr_fmt(fmt) fmt

#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#include "internal.h"
#include "slab.h"

#define RED_INACTIVE	0xbb
#define RED_ACTIVE	0xcc
#define POISON_INUSE	0x5a	/* never used; also padding */
#define POISON_FREE	0x6b
#define POISON_END	0xa5

#define STACK_DEPTH	16

/* Who allocated or freed an object last. */
struct track {
	unsigned long addr;		/* 0: nobody yet */
	depot_stack_handle_t handle;
	int cpu;
	int pid;
	unsigned long when;		/* jiffies */
};

enum track_item { TRACK_ALLOC, TRACK_FREE, NR_TRACKS };

/* ---- which caches ---- */

static slab_flags_t boot_debug_flags __ro_after_init =
#ifdef CONFIG_SLUB_DEBUG_ON
	DEBUG_DEFAULT_FLAGS;
#else
	0;
#endif
static char boot_debug_name[32] __ro_after_init;

static slab_flags_t __init flag_of_letter(char c)
{
	switch (c) {
	case 'F': case 'f': return SLAB_CONSISTENCY_CHECKS;
	case 'Z': case 'z': return SLAB_RED_ZONE;
	case 'P': case 'p': return SLAB_POISON;
	case 'U': case 'u': return SLAB_STORE_USER;
	default: return 0;
	}
}

/*
 * slab_debug[=FZPU][,name]: letters pick the checks ('-': none), name a cache, with '*' at the end.
 */
static int __init setup_slub_debug(char *str)
{
	boot_debug_flags = DEBUG_DEFAULT_FLAGS;
	if (!str || *str++ != '=' || !*str)
		return 1;
	if (*str != ',') {
		boot_debug_flags = 0;
		for (; *str && *str != ','; str++)
			boot_debug_flags |= flag_of_letter(*str);
	}
	if (*str == ',')
		strscpy(boot_debug_name, str + 1, sizeof(boot_debug_name));
	return 1;
}
__setup("slab_debug", setup_slub_debug);

static bool name_matches(const char *name)
{
	size_t len = strlen(boot_debug_name);

	if (!len)
		return true;
	if (boot_debug_name[len - 1] == '*')
		return !strncmp(name, boot_debug_name, len - 1);
	return !strcmp(name, boot_debug_name);
}

/* The flags of a new cache: what its maker wants and what the command line adds. */
slab_flags_t slub_debug_flags(slab_flags_t flags, const char *name)
{
	if (flags & (SLAB_NO_USER_FLAGS | SLAB_NOLEAKTRACE))
		return flags;
	return name_matches(name) ? flags | boot_debug_flags : flags;
}

/* ---- layout ---- */

/** slub_debug_layout() - make an object larger for red zones, link and records */
void slub_debug_layout(struct kmem_cache *s, unsigned int *size)
{
	if (!kmem_cache_debug(s))
		return;
	/* At least a word of right red zone. */
	if ((s->flags & SLAB_RED_ZONE) && *size == s->object_size)
		*size += sizeof(void *);
	s->inuse = *size;
	s->offset = *size;
	*size += sizeof(void *);
	if (s->flags & SLAB_STORE_USER) {
		*size += NR_TRACKS * sizeof(struct track);
		if (s->flags & SLAB_KMALLOC)
			*size += sizeof(unsigned long);
	}
	if (s->flags & SLAB_RED_ZONE) {
		s->red_left_pad = ALIGN(sizeof(void *), s->align);
		*size += s->red_left_pad;
	}
}

/* First byte after the link. */
static void *info_end(const struct kmem_cache *s, void *object)
{
	return object + s->offset + sizeof(void *);
}

static struct track *get_track(const struct kmem_cache *s, void *object, enum track_item item)
{
	return (struct track *)info_end(s, object) + item;
}

static unsigned long *orig_size_of(const struct kmem_cache *s, void *object)
{
	return (unsigned long *)get_track(s, object, NR_TRACKS);
}

static bool keeps_orig_size(const struct kmem_cache *s)
{
	return (s->flags & (SLAB_STORE_USER | SLAB_KMALLOC)) == (SLAB_STORE_USER | SLAB_KMALLOC);
}

/** slub_debug_orig_size() - bytes that kmalloc() was asked for */
size_t slub_debug_orig_size(struct kmem_cache *s, void *object)
{
	return keeps_orig_size(s) ? *orig_size_of(s, object) : s->object_size;
}

/* Where the known bytes after @object begin and end: [zone_start, inuse) and [pad, size). */
static unsigned int pad_start(const struct kmem_cache *s)
{
	unsigned int off = s->offset + sizeof(void *);

	if (s->flags & SLAB_STORE_USER) {
		off += NR_TRACKS * sizeof(struct track);
		if (s->flags & SLAB_KMALLOC)
			off += sizeof(unsigned long);
	}
	return off;
}

/* ---- printing ---- */

/** slub_debug_save_stack() - keep the present call chain */
depot_stack_handle_t slub_debug_save_stack(gfp_t gfp)
{
	unsigned long entries[STACK_DEPTH];
	unsigned int nr = stack_trace_save(entries, STACK_DEPTH, 3);

	return stack_depot_save(entries, nr, gfp & ~__GFP_DIRECT_RECLAIM);
}

static void print_track(const char *what, const struct track *t)
{
	if (!t->addr)
		return;
	pr_err("%s in %pS age=%lu cpu=%u pid=%d\n", what, (void *)t->addr, jiffies - t->when,
	       t->cpu, t->pid);
	if (t->handle)
		stack_depot_print(t->handle);
}

/** slub_debug_print_tracking() - who allocated and who freed an object */
void slub_debug_print_tracking(struct kmem_cache *s, void *object)
{
	if (!(s->flags & SLAB_STORE_USER))
		return;
	print_track("Allocated", get_track(s, object, TRACK_ALLOC));
	print_track("Freed", get_track(s, object, TRACK_FREE));
}

static void print_section(const char *text, void *addr, unsigned int length)
{
	if (length)
		print_hex_dump(KERN_ERR, text, DUMP_PREFIX_ADDRESS, 16, 1, addr, length, 1);
}

static void print_slab(struct slab *slab)
{
	pr_err("Slab 0x%px objects=%u used=%u fp=0x%px flags=%#lx\n", slab, slab->objects,
	       state_inuse(slab->state), token_to_obj(slab, state_free(slab->state)),
	       slab->__page_flags & PAGEFLAGS_MASK);
}

static void print_trailer(struct kmem_cache *s, struct slab *slab, void *object)
{
	unsigned int off = pad_start(s);

	slub_debug_print_tracking(s, object);
	print_slab(slab);
	pr_err("Object 0x%px @offset=%td fp=0x%px\n\n", object, object - slab_address(slab),
	       get_freepointer(s, object));
	if (s->flags & SLAB_RED_ZONE)
		print_section("Redzone  ", object - s->red_left_pad, s->red_left_pad);
	print_section("Object   ", object, min_t(unsigned int, s->object_size, PAGE_SIZE));
	if (s->flags & SLAB_RED_ZONE)
		print_section("Redzone  ", object + s->object_size, s->inuse - s->object_size);
	if (off != s->size - s->red_left_pad)
		print_section("Padding  ", object + off, s->size - s->red_left_pad - off);
	dump_stack();
}

/* Each finding begins and ends here. */
static enum report_verdict slab_bug(struct kmem_cache *s, const char *what)
{
	enum report_verdict verdict = report_begin(REPORT_SLAB, what);

	pr_err("=============================================================================\n");
	pr_err("BUG %s (%s): %s\n", s->name, print_tainted(), what);
	pr_err("-----------------------------------------------------------------------------\n\n");
	return verdict;
}

static void slab_bug_end(enum report_verdict verdict)
{
	if (verdict == REPORT_REAL)
		add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

static void slab_fix(struct kmem_cache *s, const char *what)
{
	pr_err("FIX %s: %s\n", s->name, what);
}

static void object_err(struct kmem_cache *s, struct slab *slab, void *object, const char *what)
{
	enum report_verdict verdict = slab_bug(s, what);

	print_trailer(s, slab, object);
	slab_bug_end(verdict);
}

/* ---- filling ---- */

static void fill_redzones(struct kmem_cache *s, void *object, u8 value)
{
	size_t used = s->object_size;

	if (!(s->flags & SLAB_RED_ZONE))
		return;
	memset(object - s->red_left_pad, value, s->red_left_pad);
	if (value == RED_ACTIVE)
		used = slub_debug_orig_size(s, object);
	memset(object + used, value, s->inuse - used);
}

static void fill_free(struct kmem_cache *s, void *object)
{
	if (!(s->flags & SLAB_POISON) || s->ctor || (s->flags & SLAB_TYPESAFE_BY_RCU))
		return;
	memset(object, POISON_FREE, s->object_size - 1);
	*(u8 *)(object + s->object_size - 1) = POISON_END;
}

/* A whole new slab: everything is padding until its objects are set up. */
void slub_debug_init_slab(struct kmem_cache *s, struct slab *slab)
{
	if (kmem_cache_debug_flags(s, SLAB_POISON))
		memset(slab_address(slab), POISON_INUSE,
		       PAGE_SIZE << compound_order(slab_page(slab)));
}

/** slub_debug_init_object() - a new slab's object: free, with all marks in place */
void slub_debug_init_object(struct kmem_cache *s, void *object)
{
	if (!kmem_cache_debug(s))
		return;
	if (keeps_orig_size(s))
		*orig_size_of(s, object) = s->object_size;
	fill_redzones(s, object, RED_INACTIVE);
	fill_free(s, object);
	if (s->flags & SLAB_STORE_USER)
		memset(get_track(s, object, 0), 0, NR_TRACKS * sizeof(struct track));
}

/* ---- checking ---- */

/* All of [start, start + len) must be @value; a difference is printed and put right. */
static bool check_bytes(struct kmem_cache *s, struct slab *slab, void *object, const char *what,
			u8 *start, u8 value, unsigned int len)
{
	enum report_verdict verdict;
	u8 *bad = memchr_inv(start, value, len), *end;
	char title[64];

	if (!bad)
		return true;
	for (end = start + len; end > bad && end[-1] == value; )
		end--;
	snprintf(title, sizeof(title), "%s overwritten", what);
	verdict = slab_bug(s, title);
	pr_err("0x%px-0x%px @offset=%td. First byte 0x%x instead of 0x%x\n", bad, end - 1,
	       (void *)bad - slab_address(slab), *bad, value);
	print_trailer(s, slab, object);
	slab_fix(s, "Restoring the bytes");
	memset(bad, value, end - bad);
	slab_bug_end(verdict);
	return false;
}

static bool check_redzones(struct kmem_cache *s, struct slab *slab, void *object, u8 value)
{
	size_t used = value == RED_ACTIVE ? slub_debug_orig_size(s, object) : s->object_size;
	bool left, right;

	if (!(s->flags & SLAB_RED_ZONE))
		return true;
	/* Both are looked at, so that both are reported. */
	left = check_bytes(s, slab, object, "Left Redzone", object - s->red_left_pad, value,
			   s->red_left_pad);
	right = check_bytes(s, slab, object, used < s->object_size ? "kmalloc Redzone" :
			    "Right Redzone", object + used, value, s->inuse - used);
	return left && right;
}

static bool check_poison(struct kmem_cache *s, struct slab *slab, void *object)
{
	if (!(s->flags & SLAB_POISON) || s->ctor || (s->flags & SLAB_TYPESAFE_BY_RCU))
		return true;
	return check_bytes(s, slab, object, "Poison", object, POISON_FREE, s->object_size - 1) &&
	       check_bytes(s, slab, object, "End Poison", object + s->object_size - 1,
			   POISON_END, 1);
}

static bool check_padding(struct kmem_cache *s, struct slab *slab, void *object)
{
	unsigned int off = pad_start(s), room = s->size - s->red_left_pad;

	if (!(s->flags & SLAB_POISON) || off >= room)
		return true;
	return check_bytes(s, slab, object, "Object padding", object + off, POISON_INUSE,
			   room - off);
}

/* Is @object the start of one of the slab's objects? */
static bool is_object(struct kmem_cache *s, struct slab *slab, const void *object)
{
	const void *first = nth_object(s, slab, 0);

	return object >= first && object <= nth_object(s, slab, slab->objects - 1) &&
	       !((object - first) % s->size);
}

static bool check_link(struct kmem_cache *s, struct slab *slab, void *object)
{
	void *next = get_freepointer(s, object);

	if (!next || is_object(s, slab, next))
		return true;
	object_err(s, slab, object, "Freepointer corrupt");
	slab_fix(s, "Cutting the free list here");
	set_freepointer(s, object, NULL);
	return false;
}

static bool check_object(struct kmem_cache *s, struct slab *slab, void *object, u8 value)
{
	bool ok = check_redzones(s, slab, object, value);

	if (value == RED_INACTIVE) {
		ok &= check_poison(s, slab, object);
		ok &= check_link(s, slab, object);
	}
	return check_padding(s, slab, object) && ok;
}

/* Does the struct page still say what we wrote into it? */
bool slub_debug_slab_ok(struct kmem_cache *s, struct slab *slab)
{
	enum report_verdict verdict;

	if (slab->slab_cache == s && state_inuse(slab->state) <= slab->objects)
		return true;
	verdict = slab_bug(s, "Not a valid slab page");
	print_slab(slab);
	dump_stack();
	slab_bug_end(verdict);
	return false;
}

static bool on_freelist(struct kmem_cache *s, struct slab *slab, const void *object)
{
	void *fp = token_to_obj(slab, state_free(slab->state));
	unsigned int left = slab->objects;

	for (; fp && left--; fp = get_freepointer(s, fp)) {
		if (fp == object)
			return true;
		if (!is_object(s, slab, fp))
			return false;
	}
	return false;
}

/* ---- the two doors ---- */

/**
 * slub_debug_alloc() - look at an object that is about to be handed out, and mark it in use
 * @s: its cache
 * @slab: its slab
 * @object: first of the slab's free list
 * @orig_size: what the user asked for
 *
 * What can be repaired is, after the report; then the object is used all the same.
 *
 * Return: false if the slab can't be used any more.
 */
bool slub_debug_alloc(struct kmem_cache *s, struct slab *slab, void *object, size_t orig_size)
{
	if (!slub_debug_slab_ok(s, slab))
		return false;
	if (!object || !is_object(s, slab, object))
		return false;
	if (s->flags & SLAB_CONSISTENCY_CHECKS)
		check_object(s, slab, object, RED_INACTIVE);
	if (keeps_orig_size(s))
		*orig_size_of(s, object) = orig_size;
	fill_redzones(s, object, RED_ACTIVE);
	return true;
}

static void set_track(struct kmem_cache *s, void *object, enum track_item item,
		      unsigned long addr, depot_stack_handle_t stack)
{
	struct track *t = get_track(s, object, item);

	if (!(s->flags & SLAB_STORE_USER))
		return;
	t->addr = addr;
	t->handle = stack;
	t->cpu = raw_smp_processor_id();
	t->pid = current->pid;
	t->when = jiffies;
}

/** slub_debug_track_alloc() - note who allocates an object */
void slub_debug_track_alloc(struct kmem_cache *s, void *object, unsigned long addr, gfp_t gfp)
{
	if (s->flags & SLAB_STORE_USER)
		set_track(s, object, TRACK_ALLOC, addr, slub_debug_save_stack(gfp));
}

/**
 * slub_debug_free() - look at an object that is being freed, and mark it free
 * @s: its cache
 * @slab: its slab
 * @object: the pointer that was passed
 * @addr: who frees it
 * @stack: the whole stack
 *
 * Return: false if it must not be freed: it isn't an object, or it is free already.
 */
bool slub_debug_free(struct kmem_cache *s, struct slab *slab, void *object, unsigned long addr,
		     depot_stack_handle_t stack)
{
	enum report_verdict verdict;

	if (!slub_debug_slab_ok(s, slab))
		return false;
	if (!is_object(s, slab, object)) {
		verdict = slab_bug(s, "Invalid object pointer");
		pr_err("0x%px\n", object);
		print_trailer(s, slab, nearest_obj(s, slab, object));
		slab_bug_end(verdict);
		return false;
	}
	if (on_freelist(s, slab, object)) {
		object_err(s, slab, object, "Object already free");
		return false;
	}
	if (s->flags & SLAB_CONSISTENCY_CHECKS)
		check_object(s, slab, object, RED_ACTIVE);
	if (keeps_orig_size(s))
		*orig_size_of(s, object) = s->object_size;
	set_track(s, object, TRACK_FREE, addr, stack);
	fill_redzones(s, object, RED_INACTIVE);
	fill_free(s, object);
	return true;
}

/* ---- whole slabs ---- */

/* Print every object in use of a slab, with its owner. */
void slub_debug_list_objects(struct kmem_cache *s, struct slab *slab, const char *text)
{
	enum report_verdict verdict = slab_bug(s, text);
	unsigned int i;

	print_slab(slab);
	for (i = 0; i < slab->objects; i++) {
		void *object = nth_object(s, slab, i);

		if (on_freelist(s, slab, object))
			continue;
		pr_err("Object 0x%px @offset=%td\n", object, object - slab_address(slab));
		slub_debug_print_tracking(s, object);
	}
	slab_bug_end(verdict);
}

static unsigned long validate_list(struct kmem_cache *s, struct list_head *list)
{
	unsigned long bad = 0;
	struct slab *slab;
	unsigned int i;

	list_for_each_entry(slab, list, slab_list) {
		for (i = 0; i < slab->objects; i++) {
			void *object = nth_object(s, slab, i);
			u8 value = on_freelist(s, slab, object) ? RED_INACTIVE : RED_ACTIVE;

			bad += !check_object(s, slab, object, value);
		}
	}
	return bad;
}

/**
 * slub_debug_validate() - check all objects of a debug cache
 * @s: the cache
 *
 * Return: how many of them were damaged.
 */
unsigned long slub_debug_validate(struct kmem_cache *s)
{
	unsigned long flags, bad;

	if (!kmem_cache_debug(s))
		return 0;
	spin_lock_irqsave(&s->node.list_lock, flags);
	bad = validate_list(s, &s->node.partial) + validate_list(s, &s->node.full);
	spin_unlock_irqrestore(&s->node.list_lock, flags);
	return bad;
}

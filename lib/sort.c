// SPDX-License-Identifier: MIT
/*
 * Heapsort of an array.
 *
 * The array is seen as a binary tree: the children of element i are 2i + 1 and 2i + 2. First it is
 * made a heap (no child is above its parent), bottom up; then the root, the largest element, is
 * exchanged with the last one and the rest made a heap again.
 *
 * Sifting goes bottom-up: follow the path of larger children down to a leaf without looking at the
 * element to be sifted, then go up to where it belongs, which is usually near the leaf. That needs
 * about n log2(n) comparisons instead of twice as many, and comparisons are calls.
 */

#include <linux/sort.h>

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/types.h>

/* The built-in ways to exchange two elements; callers' functions are none of these values. */
#define SWAP_WORDS_64	((swap_r_func_t)0)
#define SWAP_WORDS_32	((swap_r_func_t)1)
#define SWAP_BYTES	((swap_r_func_t)2)
#define SWAP_WRAPPER	((swap_r_func_t)3)

/* sort() on top of sort_r(): the callbacks without the extra argument. */
struct wrapper {
	cmp_func_t cmp;
	swap_func_t exchange;
};

static int cmp_wrapper(const void *a, const void *b, const void *priv)
{
	const struct wrapper *w = priv;

	return w->cmp(a, b);
}

/* Elements whose size and place are multiples of @align can be exchanged by such words. */
static bool is_aligned(const void *base, size_t size, unsigned char align)
{
	return (((unsigned long)base | size) & (align - 1)) == 0;
}

static void swap_words_64(u64 *a, u64 *b, size_t size)
{
	for (; size; size -= sizeof(u64), a++, b++)
		swap(*a, *b);
}

static void swap_words_32(u32 *a, u32 *b, size_t size)
{
	for (; size; size -= sizeof(u32), a++, b++)
		swap(*a, *b);
}

static void swap_bytes(u8 *a, u8 *b, size_t size)
{
	for (; size; size--, a++, b++)
		swap(*a, *b);
}

static void do_swap(void *a, void *b, size_t size, swap_r_func_t swap_func, const void *priv)
{
	if (swap_func == SWAP_WRAPPER)
		((const struct wrapper *)priv)->exchange(a, b, (int)size);
	else if (swap_func == SWAP_WORDS_64)
		swap_words_64(a, b, size);
	else if (swap_func == SWAP_WORDS_32)
		swap_words_32(a, b, size);
	else if (swap_func == SWAP_BYTES)
		swap_bytes(a, b, size);
	else
		swap_func(a, b, (int)size, priv);
}

static swap_r_func_t builtin_swap(const void *base, size_t size)
{
	if (is_aligned(base, size, 8))
		return SWAP_WORDS_64;
	if (is_aligned(base, size, 4))
		return SWAP_WORDS_32;
	return SWAP_BYTES;
}

/* What all steps of one sort share. */
struct heap {
	char *base;
	size_t size;
	cmp_r_func_t cmp;
	swap_r_func_t exchange;
	const void *priv;
};

static inline void *element(const struct heap *h, size_t i)
{
	return h->base + i * h->size;
}

/* Elements 0 to @used - 1 are a heap but for element @root: put it where it belongs. */
static void sift_down(const struct heap *h, size_t root, size_t used)
{
	size_t hole = root, place;

	/* down the path of the larger children */
	while (2 * hole + 2 < used) {
		size_t left = 2 * hole + 1;

		hole = h->cmp(element(h, left), element(h, left + 1), h->priv) >= 0 ?
		       left : left + 1;
	}
	if (2 * hole + 2 == used)
		hole = 2 * hole + 1;		/* an only child */

	/* up to the first element that is above the one to be sifted */
	while (hole != root && h->cmp(element(h, root), element(h, hole), h->priv) >= 0)
		hole = (hole - 1) / 2;

	/* it goes there, and those above move up one level each: exchange along the path */
	place = hole;
	while (hole != root) {
		hole = (hole - 1) / 2;
		do_swap(element(h, hole), element(h, place), h->size, h->exchange, h->priv);
	}
}

static void heapsort(void *base, size_t num, size_t size, cmp_r_func_t cmp_func,
		     swap_r_func_t swap_func, const void *priv, bool may_schedule)
{
	struct heap h = { base, size, cmp_func, swap_func, priv };
	size_t i;

	if (num < 2)
		return;

	for (i = num / 2; i-- > 0; ) {
		sift_down(&h, i, num);
		if (may_schedule)
			cond_resched();
	}
	for (i = num - 1; i > 0; i--) {
		do_swap(element(&h, 0), element(&h, i), size, swap_func, priv);
		sift_down(&h, 0, i);
		if (may_schedule)
			cond_resched();
	}
}

/**
 * sort_r() - sort an array in place
 * @base: array
 * @num: number of elements
 * @size: bytes of one
 * @cmp_func: < 0, 0, > 0 as the first argument comes before, with or after the second
 * @swap_func: exchanges two elements; NULL for the built-in way, which is faster
 * @priv: third argument of both
 *
 * O(n log n) at worst, no extra memory, not stable.
 */
void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp_func, swap_r_func_t swap_func,
	    const void *priv)
{
	heapsort(base, num, size, cmp_func, swap_func ? swap_func : builtin_swap(base, size), priv,
		 false);
}
EXPORT_SYMBOL(sort_r);

/** sort_r_nonatomic() - sort_r() with scheduling points; may sleep */
void sort_r_nonatomic(void *base, size_t num, size_t size, cmp_r_func_t cmp_func,
		      swap_r_func_t swap_func, const void *priv)
{
	heapsort(base, num, size, cmp_func, swap_func ? swap_func : builtin_swap(base, size), priv,
		 true);
}
EXPORT_SYMBOL(sort_r_nonatomic);

/** sort() - sort_r() without the extra argument */
void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func, swap_func_t swap_func)
{
	struct wrapper w = { cmp_func, swap_func };

	heapsort(base, num, size, cmp_wrapper, swap_func ? SWAP_WRAPPER : builtin_swap(base, size),
		 &w, false);
}
EXPORT_SYMBOL(sort);

/** sort_nonatomic() - sort() with scheduling points; may sleep */
void sort_nonatomic(void *base, size_t num, size_t size, cmp_func_t cmp_func,
		    swap_func_t swap_func)
{
	struct wrapper w = { cmp_func, swap_func };

	heapsort(base, num, size, cmp_wrapper, swap_func ? SWAP_WRAPPER : builtin_swap(base, size),
		 &w, true);
}
EXPORT_SYMBOL(sort_nonatomic);

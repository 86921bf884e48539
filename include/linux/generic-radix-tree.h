/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_GENERIC_RADIX_TREE_H
#define _LINUX_GENERIC_RADIX_TREE_H

/*
 * An array that grows where it is used: elements of one type, zero at first, made a page's part at
 * a time.
 *
 *	static DEFINE_GENRADIX(foos, struct foo);
 *
 *	struct foo *f = genradix_ptr_alloc(&foos, 12345, GFP_KERNEL);
 *	f = genradix_ptr(&foos, 12345);		NULL if it was never made
 *	genradix_for_each(&foos, iter, f) ...	all that was made, and its neighbours in the same
 *						leaf
 *	genradix_free(&foos);
 *
 * Elements never move and never cross a leaf's border; they must fit a leaf. Looking up and making
 * may go on at the same time without a lock; genradix_free() must be alone.
 */

#include <linux/array_size.h>
#include <linux/bug.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/types.h>

struct genradix_root;

#define GENRADIX_NODE_SHIFT	9
#define GENRADIX_NODE_SIZE	(1U << GENRADIX_NODE_SHIFT)

struct __genradix {
	struct genradix_root *root;	/* a node's address with its depth in the low bits */
};

/* The type is remembered by an array that takes no room. */
#define __GENRADIX_INITIALIZER							\
	{									\
		.tree = {							\
			.root = NULL,						\
		}								\
	}

#define GENRADIX(_type)								\
struct {									\
	struct __genradix	tree;						\
	_type			type[0];						\
}

#define DEFINE_GENRADIX(_name, _type)						\
	GENRADIX(_type) _name = __GENRADIX_INITIALIZER

#define genradix_init(_radix)							\
do {										\
	*(_radix) = (typeof(*_radix)) __GENRADIX_INITIALIZER;			\
} while (0)

void __genradix_free(struct __genradix *radix);
void *__genradix_ptr(struct __genradix *radix, size_t offset);
void *__genradix_ptr_alloc(struct __genradix *radix, size_t offset, gfp_t gfp);
int __genradix_prealloc(struct __genradix *radix, size_t size, gfp_t gfp);

/** genradix_free - free all elements; the array is empty then */
#define genradix_free(_radix)	__genradix_free(&(_radix)->tree)

/** __idx_to_offset - where element @idx begins, in bytes; none crosses the end of a leaf */
static inline size_t __idx_to_offset(size_t idx, size_t obj_size)
{
	size_t per_leaf = GENRADIX_NODE_SIZE / obj_size;

	if (is_power_of_2(obj_size))
		return idx * obj_size;
	/* the end of each leaf is left unused */
	return idx / per_leaf * GENRADIX_NODE_SIZE + idx % per_leaf * obj_size;
}

#define __genradix_cast(_radix)		(typeof((_radix)->type[0]) *)
#define __genradix_obj_size(_radix)	sizeof((_radix)->type[0])
#define __genradix_objs_per_page(_radix) (GENRADIX_NODE_SIZE / __genradix_obj_size(_radix))

#define __genradix_idx_to_offset(_radix, _idx) ({				\
	BUILD_BUG_ON(__genradix_obj_size(_radix) > GENRADIX_NODE_SIZE);		\
	__idx_to_offset(_idx, __genradix_obj_size(_radix));			\
})

/** genradix_ptr - element @_idx, or NULL if it wasn't made */
#define genradix_ptr(_radix, _idx)						\
	(__genradix_cast(_radix)						\
	 __genradix_ptr(&(_radix)->tree, __genradix_idx_to_offset(_radix, _idx)))

/** genradix_ptr_alloc - element @_idx, made if need be; NULL for lack of memory */
#define genradix_ptr_alloc(_radix, _idx, _gfp)					\
	(__genradix_cast(_radix)						\
	 __genradix_ptr_alloc(&(_radix)->tree, __genradix_idx_to_offset(_radix, _idx), _gfp))

/** genradix_prealloc - make the first @_nr elements; 0 or -ENOMEM */
#define genradix_prealloc(_radix, _nr, _gfp)					\
	__genradix_prealloc(&(_radix)->tree, __genradix_idx_to_offset(_radix, _nr), _gfp)

/* ---- walking ---- */

struct genradix_iter {
	size_t offset;
	size_t pos;		/* index of the element */
};

void *__genradix_iter_peek(struct genradix_iter *iter, struct __genradix *radix,
			   size_t objs_per_page);
void *__genradix_iter_peek_prev(struct genradix_iter *iter, struct __genradix *radix,
				size_t objs_per_page, size_t obj_size_plus_page_remainder);

#define genradix_iter_init(_radix, _idx)					\
	((struct genradix_iter) {						\
		.pos = (_idx),							\
		.offset = __genradix_idx_to_offset((_radix), (_idx)),		\
	})

/**
 * genradix_iter_peek - the element where the iterator stands, or the next that was made, or NULL
 */
#define genradix_iter_peek(_iter, _radix)					\
	(__genradix_cast(_radix)						\
	 __genradix_iter_peek(_iter, &(_radix)->tree, __genradix_objs_per_page(_radix)))

/** genradix_iter_peek_prev - the same backwards */
#define genradix_iter_peek_prev(_iter, _radix)					\
	(__genradix_cast(_radix)						\
	 __genradix_iter_peek_prev(_iter, &(_radix)->tree, __genradix_objs_per_page(_radix),	\
		__genradix_obj_size(_radix) +					\
		GENRADIX_NODE_SIZE % __genradix_obj_size(_radix)))

/** __genradix_iter_advance - to the next element; past the last possible one it stays at the end */
static inline void __genradix_iter_advance(struct genradix_iter *iter, size_t obj_size)
{
	if (iter->offset > SIZE_MAX - obj_size) {
		iter->offset = SIZE_MAX;
		iter->pos = SIZE_MAX;
		return;
	}
	iter->pos++;
	iter->offset = __idx_to_offset(iter->pos, obj_size);
}

#define genradix_iter_advance(_iter, _radix)					\
	__genradix_iter_advance(_iter, __genradix_obj_size(_radix))

/** __genradix_iter_rewind - to the element before; before the first one it is at the end */
static inline void __genradix_iter_rewind(struct genradix_iter *iter, size_t obj_size)
{
	if (!iter->pos || iter->offset == SIZE_MAX) {
		iter->offset = SIZE_MAX;
		return;
	}
	iter->pos--;
	iter->offset = __idx_to_offset(iter->pos, obj_size);
}

#define genradix_iter_rewind(_iter, _radix)					\
	__genradix_iter_rewind(_iter, __genradix_obj_size(_radix))

#define genradix_for_each_from(_radix, _iter, _p, _start)			\
	for (_iter = genradix_iter_init(_radix, _start);			\
	     (_p = genradix_iter_peek(&_iter, _radix)) != NULL;			\
	     genradix_iter_advance(&_iter, _radix))

#define genradix_for_each(_radix, _iter, _p)					\
	genradix_for_each_from(_radix, _iter, _p, 0)

#define genradix_last_pos(_radix)						\
	(SIZE_MAX / GENRADIX_NODE_SIZE * __genradix_objs_per_page(_radix) - 1)

#define genradix_for_each_reverse(_radix, _iter, _p)				\
	for (_iter = genradix_iter_init(_radix, genradix_last_pos(_radix));	\
	     (_p = genradix_iter_peek_prev(&_iter, _radix)) != NULL;		\
	     genradix_iter_rewind(&_iter, _radix))

#endif /* _LINUX_GENERIC_RADIX_TREE_H */

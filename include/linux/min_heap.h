/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MIN_HEAP_H
#define _LINUX_MIN_HEAP_H

/*
 * A heap in an array: the smallest element is always data[0].
 *
 * The children of element i are 2i + 1 and 2i + 2, and no child is less than its parent. Adding and
 * removing walk one path between root and leaf: O(log n) comparisons.
 *
 *	static MIN_HEAP_PREALLOCATED(struct event, ready, 16) heap;
 *	static const struct min_heap_callbacks by_time = { .less = earlier };
 *
 *	min_heap_init(&heap, NULL, 16);
 *	min_heap_push(&heap, &event, &by_time, NULL);
 *	first = min_heap_peek(&heap);
 *
 * less() defines the order, swp() exchanges two elements (NULL: their bytes are exchanged); both
 * get the caller's @_args. The caller locks. Any context.
 */

#include <linux/bug.h>
#include <linux/string.h>
#include <linux/types.h>

/**
 * MIN_HEAP_PREALLOCATED - the type of a heap that holds @_nr elements itself
 * @_type: of an element
 * @_name: struct tag
 * @_nr: elements; 0 where the array comes from elsewhere
 */
#define MIN_HEAP_PREALLOCATED(_type, _name, _nr)				\
	struct _name {								\
		size_t nr;		/* elements in use */			\
		size_t size;		/* elements there is room for */	\
		_type *data;							\
		_type preallocated[_nr];					\
	}

#define DEFINE_MIN_HEAP(_type, _name)	MIN_HEAP_PREALLOCATED(_type, _name, 0)

typedef DEFINE_MIN_HEAP(char, min_heap_char) min_heap_char;

/**
 * struct min_heap_callbacks - what the heap needs to know of its elements
 * @less: does @lhs come before @rhs?
 * @swp: exchange two elements, or NULL
 */
struct min_heap_callbacks {
	bool (*less)(const void *lhs, const void *rhs, void *args);
	void (*swp)(void *lhs, void *rhs, void *args);
};

#define __minheap_cast(_heap)		((min_heap_char *)(_heap))
#define __minheap_obj_size(_heap)	sizeof((_heap)->data[0])

/** min_heap_init - an empty heap in @_data, or in its own array if that is NULL */
#define min_heap_init(_heap, _data, _size)					\
do {										\
	void *__array = (_data);						\
										\
	(_heap)->nr = 0;							\
	(_heap)->size = (_size);						\
	(_heap)->data = __array ?: (_heap)->preallocated;			\
} while (0)

/** min_heap_peek - the smallest element, or NULL */
#define min_heap_peek(_heap)	((_heap)->nr ? (_heap)->data : NULL)

/** min_heap_full - is there no room for another? */
#define min_heap_full(_heap)	((_heap)->nr == (_heap)->size)

/** min_heap_sift_down - element @_pos has grown, its subtrees are heaps: let it sink */
#define min_heap_sift_down(_heap, _pos, _func, _args)				\
	__min_heap_sift_down(__minheap_cast(_heap), _pos, __minheap_obj_size(_heap), _func, _args)

/** min_heap_sift_up - element @_idx has become less: let it rise */
#define min_heap_sift_up(_heap, _idx, _func, _args)				\
	__min_heap_sift_up(__minheap_cast(_heap), __minheap_obj_size(_heap), _idx, _func, _args)

/** min_heapify_all - make a heap of nr elements in any order, in O(n) */
#define min_heapify_all(_heap, _func, _args)					\
	__min_heapify_all(__minheap_cast(_heap), __minheap_obj_size(_heap), _func, _args)

/** min_heap_pop - drop the smallest element; false, with a warning, if there is none */
#define min_heap_pop(_heap, _func, _args)					\
	__min_heap_pop(__minheap_cast(_heap), __minheap_obj_size(_heap), _func, _args)

/** min_heap_pop_push - replace the smallest element (there must be one) by a copy of @_element */
#define min_heap_pop_push(_heap, _element, _func, _args)			\
	__min_heap_pop_push(__minheap_cast(_heap), _element, __minheap_obj_size(_heap),	\
			    _func, _args)

/** min_heap_push - add a copy of @_element; false, with a warning, if the heap is full */
#define min_heap_push(_heap, _element, _func, _args)				\
	__min_heap_push(__minheap_cast(_heap), _element, __minheap_obj_size(_heap), _func, _args)

/** min_heap_del - drop element @_idx; false, with a warning, if there is none at all */
#define min_heap_del(_heap, _idx, _func, _args)					\
	__min_heap_del(__minheap_cast(_heap), __minheap_obj_size(_heap), _idx, _func, _args)

/** __min_heap_at - element @i of the heap's array */
static __always_inline void *__min_heap_at(min_heap_char *heap, size_t i, size_t elem_size)
{
	return heap->data + i * elem_size;
}

/** __min_heap_swap - exchange two elements, by the user's function or byte by byte */
static __always_inline void __min_heap_swap(void *a, void *b, size_t elem_size,
					    const struct min_heap_callbacks *func, void *args)
{
	char *x = a, *y = b;

	if (func->swp) {
		func->swp(a, b, args);
		return;
	}
	for (; elem_size; elem_size--, x++, y++) {
		char tmp = *x;

		*x = *y;
		*y = tmp;
	}
}

/** __min_heap_sift_down - an element may be greater than its children: move it down */
static __always_inline void __min_heap_sift_down(min_heap_char *heap, size_t pos,
						 size_t elem_size,
						 const struct min_heap_callbacks *func, void *args)
{
	size_t child;

	while ((child = 2 * pos + 1) < heap->nr) {
		void *here = __min_heap_at(heap, pos, elem_size);
		void *least = __min_heap_at(heap, child, elem_size);

		if (child + 1 < heap->nr && func->less(least + elem_size, least, args)) {
			least += elem_size;
			child++;
		}
		if (!func->less(least, here, args))
			break;
		__min_heap_swap(here, least, elem_size, func, args);
		pos = child;
	}
}

/** __min_heap_sift_up - an element may be less than its parent: move it up */
static __always_inline void __min_heap_sift_up(min_heap_char *heap, size_t elem_size, size_t idx,
					       const struct min_heap_callbacks *func, void *args)
{
	while (idx) {
		size_t up = (idx - 1) / 2;
		void *parent = __min_heap_at(heap, up, elem_size);
		void *here = __min_heap_at(heap, idx, elem_size);

		if (!func->less(here, parent, args))
			break;
		__min_heap_swap(here, parent, elem_size, func, args);
		idx = up;
	}
}

/** __min_heapify_all - make a heap of an array in any order; O(n) */
static __always_inline void __min_heapify_all(min_heap_char *heap, size_t elem_size,
					      const struct min_heap_callbacks *func, void *args)
{
	size_t i;

	/* from the last that has a child; leaves are heaps already */
	for (i = heap->nr / 2; i--; )
		__min_heap_sift_down(heap, i, elem_size, func, args);
}

/** __min_heap_pop - remove the least element; false, and a warning, if there is none */
static __always_inline bool __min_heap_pop(min_heap_char *heap, size_t elem_size,
					   const struct min_heap_callbacks *func, void *args)
{
	if (WARN_ONCE(!heap->nr, "pop from an empty heap"))
		return false;
	heap->nr--;
	if (heap->nr) {
		memcpy(heap->data, __min_heap_at(heap, heap->nr, elem_size), elem_size);
		__min_heap_sift_down(heap, 0, elem_size, func, args);
	}
	return true;
}

/** __min_heap_pop_push - replace the least element; the heap isn't empty */
static __always_inline void __min_heap_pop_push(min_heap_char *heap, const void *element,
						size_t elem_size,
						const struct min_heap_callbacks *func, void *args)
{
	memcpy(heap->data, element, elem_size);
	__min_heap_sift_down(heap, 0, elem_size, func, args);
}

/** __min_heap_push - add an element; false, and a warning, if the heap is full */
static __always_inline bool __min_heap_push(min_heap_char *heap, const void *element,
					    size_t elem_size,
					    const struct min_heap_callbacks *func, void *args)
{
	if (WARN_ONCE(heap->nr >= heap->size, "push to a full heap"))
		return false;
	memcpy(__min_heap_at(heap, heap->nr, elem_size), element, elem_size);
	__min_heap_sift_up(heap, elem_size, heap->nr++, func, args);
	return true;
}

/** __min_heap_del - remove element @idx; false, and a warning, if the heap is empty */
static __always_inline bool __min_heap_del(min_heap_char *heap, size_t elem_size, size_t idx,
					   const struct min_heap_callbacks *func, void *args)
{
	if (WARN_ONCE(!heap->nr, "delete from an empty heap"))
		return false;
	heap->nr--;
	if (idx == heap->nr)
		return true;
	/* the last takes its place, and may belong further up or down */
	memcpy(__min_heap_at(heap, idx, elem_size), __min_heap_at(heap, heap->nr, elem_size),
	       elem_size);
	__min_heap_sift_up(heap, elem_size, idx, func, args);
	__min_heap_sift_down(heap, idx, elem_size, func, args);
	return true;
}

#endif /* _LINUX_MIN_HEAP_H */

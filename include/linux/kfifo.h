/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

/*
 * Queues of elements, or of records of bytes, in a ring whose size is a power of two.
 *
 * Exclusion: one reader and one writer need no lock between them. Several writers lock among
 * themselves, so do several readers. kfifo_reset() needs everybody excluded; kfifo_reset_out() may
 * be called by the one reader. kfifo_*_spinlocked() take a spin lock with interrupts saved and
 * disabled, the _noirqsave forms leave interrupts alone.
 *
 * The indices only grow; index & mask is a place, in - out the number of elements, also across
 * wrap-around. The writer publishes @in with release order after the data, the reader @out after it
 * has copied; each acquires the other's.
 *
 * A fifo's type carries the element's type, the size of a record's length field (0: no records) and
 * whether the buffer is part of it; DECLARE_KFIFO() and so on make such types, and the macros below
 * take a pointer to any of them.
 */

#include <linux/array_size.h>
#include <linux/dma-mapping.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/errno.h>

struct scatterlist;

struct __kfifo {
	unsigned int in;	/* written by the writer only */
	unsigned int out;	/* written by the reader only */
	unsigned int mask;	/* elements - 1 */
	unsigned int esize;	/* bytes of an element */
	void *data;
};

/* The members other than kfifo are never accessed: they carry types. */
#define __STRUCT_KFIFO_COMMON(datatype, recsize, ptrtype)			\
	union {									\
		struct __kfifo kfifo;						\
		datatype *type;							\
		const datatype *const_type;					\
		char (*rectype)[recsize];					\
		ptrtype *ptr;							\
		ptrtype const *ptr_const;					\
	}

/* -1 elements, hence a build error, for a size that is no power of two. */
#define __KFIFO_ELEMENTS(size)	((size < 2) || (size & (size - 1)) ? -1 : size)

#define __STRUCT_KFIFO(type, size, recsize, ptrtype)				\
{										\
	__STRUCT_KFIFO_COMMON(type, recsize, ptrtype);				\
	type buf[__KFIFO_ELEMENTS(size)];					\
}
#define STRUCT_KFIFO(type, size)	struct __STRUCT_KFIFO(type, size, 0, type)

#define __STRUCT_KFIFO_PTR(type, recsize, ptrtype)				\
{										\
	__STRUCT_KFIFO_COMMON(type, recsize, ptrtype);				\
	type buf[0];								\
}
#define STRUCT_KFIFO_PTR(type)	struct __STRUCT_KFIFO_PTR(type, 0, type)

/* Byte fifos for those who want a type with a name. */
struct kfifo __STRUCT_KFIFO_PTR(unsigned char, 0, void);

#define STRUCT_KFIFO_REC_1(size)						\
	struct __STRUCT_KFIFO(unsigned char, size, 1, void)
#define STRUCT_KFIFO_REC_2(size)						\
	struct __STRUCT_KFIFO(unsigned char, size, 2, void)

/* Records with a length field of one and two bytes. */
struct kfifo_rec_ptr_1 __STRUCT_KFIFO_PTR(unsigned char, 1, void);
struct kfifo_rec_ptr_2 __STRUCT_KFIFO_PTR(unsigned char, 2, void);

/* Is the buffer elsewhere? Then its member has no elements. */
#define __is_kfifo_ptr(fifo)	(!sizeof((fifo)->buf))

/** DECLARE_KFIFO_PTR - declare a fifo whose buffer comes from kfifo_alloc() or kfifo_init() */
#define DECLARE_KFIFO_PTR(fifo, type)	STRUCT_KFIFO_PTR(type) fifo

/** DECLARE_KFIFO - declare a fifo with its buffer of @size elements; INIT_KFIFO() it */
#define DECLARE_KFIFO(fifo, type, size)	STRUCT_KFIFO(type, size) fifo

/** INIT_KFIFO - make a fifo declared by DECLARE_KFIFO() (or _PTR) empty */
#define INIT_KFIFO(fifo)							\
	((void)((fifo).kfifo = (struct __kfifo) {				\
		.mask = __is_kfifo_ptr(&(fifo)) ? 0 : ARRAY_SIZE((fifo).buf) - 1, \
		.esize = sizeof(*(fifo).type),					\
		.data = __is_kfifo_ptr(&(fifo)) ? NULL : (fifo).buf,		\
	}))

/** DEFINE_KFIFO - define a fifo of @size elements, empty */
#define DEFINE_KFIFO(fifo, type, size)						\
	DECLARE_KFIFO(fifo, type, size) = {					\
		{ .kfifo = { .mask = (size) - 1, .esize = sizeof(type), .data = (fifo).buf } } \
	}

/* ---- behind the macros ---- */

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp_mask);
void __kfifo_free(struct __kfifo *fifo);
int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int size, size_t esize);
unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int len);
unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len);
int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long len,
		      unsigned int *copied);
int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long len,
		    unsigned int *copied);
unsigned int __kfifo_dma_in_prepare(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				    unsigned int len, dma_addr_t dma);
unsigned int __kfifo_dma_out_prepare(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				     unsigned int len, dma_addr_t dma);
unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int len);
unsigned int __kfifo_out_linear(struct __kfifo *fifo, unsigned int *tail, unsigned int n);

unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len,
			  size_t recsize);
unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize);
int __kfifo_from_user_r(struct __kfifo *fifo, const void __user *from, unsigned long len,
			unsigned int *copied, size_t recsize);
int __kfifo_to_user_r(struct __kfifo *fifo, void __user *to, unsigned long len,
		      unsigned int *copied, size_t recsize);
unsigned int __kfifo_dma_in_prepare_r(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				      unsigned int len, size_t recsize, dma_addr_t dma);
void __kfifo_dma_in_finish_r(struct __kfifo *fifo, unsigned int len, size_t recsize);
unsigned int __kfifo_dma_out_prepare_r(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				       unsigned int len, size_t recsize, dma_addr_t dma);
unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize);
void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize);
unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len,
				size_t recsize);
unsigned int __kfifo_out_linear_r(struct __kfifo *fifo, unsigned int *tail, unsigned int n,
				  size_t recsize);
unsigned int __kfifo_max_r(unsigned int len, size_t recsize);

/*
 * Each macro gives one of the following functions the fifo without its type, and of the type what
 * it needs: @rec, the size of a record's length field, constant, and 0 for fifos of elements; with
 * them inlined one branch is left. Pointers that must fit the fifo's type are checked by putting
 * them into a literal of that type: __kfifo_to(), __kfifo_from().
 */
#define __kfifo_to(fifo, buf)	((typeof((fifo)->ptr)){ (buf) })
#define __kfifo_from(fifo, buf)	((typeof((fifo)->ptr_const)){ (buf) })

/** __kfifo_heed - @n; the compiler warns who ignores it */
static inline unsigned int __must_check __kfifo_heed(unsigned int n)
{
	return n;
}

/** __kfifo_count - elements (bytes, of a fifo of records) that are in it */
static inline unsigned int __kfifo_count(const struct __kfifo *f)
{
	unsigned int in = smp_load_acquire(&f->in);

	return in - smp_load_acquire(&f->out);
}

/** __kfifo_empty - is there nothing to take? */
static inline bool __kfifo_empty(const struct __kfifo *f)
{
	return smp_load_acquire(&f->in) == READ_ONCE(f->out);
}

/** __kfifo_room - elements that still fit; in a fifo of records, bytes of the next record */
static __always_inline unsigned int __must_check __kfifo_room(const struct __kfifo *f, size_t rec)
{
	unsigned int room = f->mask + 1 - __kfifo_count(f);

	if (!rec)
		return room;
	return room > rec ? __kfifo_max_r(room - rec, rec) : 0;
}

/**
 * __kfifo_drop - forget the oldest @count elements, or the oldest record
 *
 * Context: the one reader.
 */
static __always_inline void __kfifo_drop(struct __kfifo *f, unsigned int count, size_t rec)
{
	if (rec)
		__kfifo_skip_r(f, rec);
	else
		smp_store_release(&f->out, f->out + count);
}

/** __kfifo_get_buffer - kfifo_alloc(): -EINVAL for a fifo that has its buffer inside */
static inline int __must_check __kfifo_get_buffer(struct __kfifo *f, bool is_ptr,
						  unsigned int size, size_t esize, gfp_t gfp)
{
	return is_ptr ? __kfifo_alloc(f, size, esize, gfp) : -EINVAL;
}

/** __kfifo_slot - where element @i of the ring at @ring is; @i grows without end */
static __always_inline void *__kfifo_slot(const struct __kfifo *f, void *ring, unsigned int i,
					  size_t esize)
{
	return ring + (i & f->mask) * esize;
}

/**
 * __kfifo_put - append one element
 * @f: the fifo
 * @ring: its buffer
 * @val: the element
 * @esize: its size, constant, so that the copy is a move or two
 * @rec: bytes of a record's length field, 0: there are no records
 *
 * Context: the one writer.
 * Return: elements (bytes, of a record) that were put in; 0: it doesn't fit.
 */
static __always_inline unsigned int __kfifo_put(struct __kfifo *f, void *ring, const void *val,
						size_t esize, size_t rec)
{
	if (rec)
		return __kfifo_in_r(f, val, esize, rec);
	if (__kfifo_count(f) > f->mask)
		return 0;
	__builtin_memcpy(__kfifo_slot(f, ring, f->in, esize), val, esize);
	smp_store_release(&f->in, f->in + 1);
	return 1;
}

/**
 * __kfifo_look - copy the oldest element (or record) to @val; 0: there is none
 *
 * Context: the one reader.
 */
static __always_inline unsigned int __must_check
__kfifo_look(struct __kfifo *f, void *ring, void *val, size_t esize, size_t rec)
{
	if (rec)
		return __kfifo_out_peek_r(f, val, esize, rec);
	if (__kfifo_empty(f))
		return 0;
	__builtin_memcpy(val, __kfifo_slot(f, ring, f->out, esize), esize);
	return 1;
}

/**
 * __kfifo_get - take the oldest element (or record) to @val; 0: there is none
 *
 * Context: the one reader.
 */
static __always_inline unsigned int __must_check
__kfifo_get(struct __kfifo *f, void *ring, void *val, size_t esize, size_t rec)
{
	if (rec)
		return __kfifo_out_r(f, val, esize, rec);
	if (!__kfifo_look(f, ring, val, esize, 0))
		return 0;
	smp_store_release(&f->out, f->out + 1);
	return 1;
}

/* Of elements, or with one argument more of records. Written once for all pairs of lib/kfifo.c. */
#define __KFIFO_EITHER(result, name, args, plain, records)			\
	static __always_inline result name args					\
	{									\
		return rec ? records : plain;					\
	}

__KFIFO_EITHER(unsigned int, __kfifo_append,
	       (struct __kfifo *f, const void *buf, unsigned int n, size_t rec),
	       __kfifo_in(f, buf, n), __kfifo_in_r(f, buf, n, rec))
__KFIFO_EITHER(unsigned int __must_check, __kfifo_take,
	       (struct __kfifo *f, void *buf, unsigned int n, size_t rec),
	       __kfifo_out(f, buf, n), __kfifo_out_r(f, buf, n, rec))
__KFIFO_EITHER(unsigned int __must_check, __kfifo_read,
	       (struct __kfifo *f, void *buf, unsigned int n, size_t rec),
	       __kfifo_out_peek(f, buf, n), __kfifo_out_peek_r(f, buf, n, rec))
__KFIFO_EITHER(unsigned int __must_check, __kfifo_linear,
	       (struct __kfifo *f, unsigned int *tail, unsigned int n, size_t rec),
	       __kfifo_out_linear(f, tail, n), __kfifo_out_linear_r(f, tail, n, rec))
__KFIFO_EITHER(unsigned int, __kfifo_next_len, (struct __kfifo *f, size_t rec),
	       __kfifo_count(f) * f->esize, __kfifo_len_r(f, rec))
__KFIFO_EITHER(int __must_check, __kfifo_take_in,
	       (struct __kfifo *f, const void __user *from, unsigned long len,
		unsigned int *copied, size_t rec),
	       __kfifo_from_user(f, from, len, copied),
	       __kfifo_from_user_r(f, from, len, copied, rec))
__KFIFO_EITHER(int __must_check, __kfifo_give_out,
	       (struct __kfifo *f, void __user *to, unsigned long len, unsigned int *copied,
		size_t rec),
	       __kfifo_to_user(f, to, len, copied), __kfifo_to_user_r(f, to, len, copied, rec))
__KFIFO_EITHER(unsigned int, __kfifo_dma_in,
	       (struct __kfifo *f, struct scatterlist *sgl, int nents, unsigned int len,
		size_t rec, dma_addr_t dma),
	       __kfifo_dma_in_prepare(f, sgl, nents, len, dma),
	       __kfifo_dma_in_prepare_r(f, sgl, nents, len, rec, dma))
__KFIFO_EITHER(unsigned int, __kfifo_dma_out,
	       (struct __kfifo *f, struct scatterlist *sgl, int nents, unsigned int len,
		size_t rec, dma_addr_t dma),
	       __kfifo_dma_out_prepare(f, sgl, nents, len, dma),
	       __kfifo_dma_out_prepare_r(f, sgl, nents, len, rec, dma))

/**
 * __kfifo_dma_came - a device wrote @len bytes to where kfifo_dma_in_prepare() said
 *
 * Context: the one writer.
 */
static __always_inline void __kfifo_dma_came(struct __kfifo *f, unsigned int len, size_t esize,
					     size_t rec)
{
	if (rec)
		__kfifo_dma_in_finish_r(f, len, rec);
	else
		smp_store_release(&f->in, f->in + len / esize);
}

/* @call under a lock, with interrupts off or as they are. */
#define __kfifo_irqsaved(lock, call) ({						\
	typeof(call) __result;							\
	unsigned long __saved;							\
										\
	spin_lock_irqsave(lock, __saved);					\
	__result = (call);							\
	spin_unlock_irqrestore(lock, __saved);					\
	__result;								\
})
#define __kfifo_locked(lock, call) ({						\
	typeof(call) __result;							\
										\
	spin_lock(lock);							\
	__result = (call);							\
	spin_unlock(lock);							\
	__result;								\
})

/* ---- what there is to know of a fifo ---- */

/** kfifo_initialized - was a fifo initialised? It was zeroed before. */
#define kfifo_initialized(fifo)	((fifo)->kfifo.mask)

/** kfifo_esize - bytes of an element */
#define kfifo_esize(fifo)	((fifo)->kfifo.esize)

/** kfifo_recsize - bytes of a record's length field; 0: no records */
#define kfifo_recsize(fifo)	(sizeof(*(fifo)->rectype))

/** kfifo_size - how many elements fit */
#define kfifo_size(fifo)	((fifo)->kfifo.mask + 1)

/** kfifo_len - how many elements (bytes, with records) are in */
#define kfifo_len(fifo)		__kfifo_count(&(fifo)->kfifo)

/** kfifo_is_empty - is nothing in? */
#define kfifo_is_empty(fifo)	__kfifo_empty(&(fifo)->kfifo)

/** kfifo_is_empty_spinlocked - kfifo_is_empty() under a lock, interrupts disabled */
#define kfifo_is_empty_spinlocked(fifo, lock) \
	__kfifo_irqsaved(lock, kfifo_is_empty(fifo))

/** kfifo_is_empty_spinlocked_noirqsave - kfifo_is_empty() under a lock */
#define kfifo_is_empty_spinlocked_noirqsave(fifo, lock) \
	__kfifo_locked(lock, kfifo_is_empty(fifo))

/** kfifo_is_full - is there no room for an element? */
#define kfifo_is_full(fifo) ({							\
	const struct __kfifo *__full = &(fifo)->kfifo;				\
	__kfifo_count(__full) > __full->mask;					\
})

/** kfifo_avail - how many elements fit now; with records, bytes of the largest one that fits */
#define kfifo_avail(fifo)	__kfifo_room(&(fifo)->kfifo, kfifo_recsize(fifo))

/** kfifo_peek_len - bytes of the next record (of all elements, without records) */
#define kfifo_peek_len(fifo)	__kfifo_next_len(&(fifo)->kfifo, kfifo_recsize(fifo))

/* ---- making and emptying ---- */

/** kfifo_alloc - give a fifo a buffer of @size elements, rounded up to a power of two; 0, -errno */
#define kfifo_alloc(fifo, size, gfp_mask)					\
	__kfifo_get_buffer(&(fifo)->kfifo, __is_kfifo_ptr(fifo), size,		\
			   sizeof(*(fifo)->type), gfp_mask)

/** kfifo_free - free the buffer of kfifo_alloc() */
#define kfifo_free(fifo)							\
	((void)(__is_kfifo_ptr(fifo) && (__kfifo_free(&(fifo)->kfifo), true)))

/** kfifo_init - give a fifo a buffer of @size bytes; elements: rounded down to a power of two */
#define kfifo_init(fifo, buffer, size)						\
	(__is_kfifo_ptr(fifo) ?							\
	 __kfifo_init(&(fifo)->kfifo, buffer, size, sizeof(*(fifo)->type)) : -EINVAL)

/** kfifo_reset - drop everything; nobody else may use the fifo meanwhile */
#define kfifo_reset(fifo) do {							\
	struct __kfifo *__reset = &(fifo)->kfifo;				\
	__reset->out = 0;							\
	__reset->in = 0;							\
} while (0)

/** kfifo_reset_out - drop everything; by the only reader */
#define kfifo_reset_out(fifo) do {						\
	struct __kfifo *__reset = &(fifo)->kfifo;				\
	smp_store_release(&__reset->out, smp_load_acquire(&__reset->in));	\
} while (0)

/** kfifo_skip_count - drop @count elements from the front; with records, one */
#define kfifo_skip_count(fifo, count) \
	__kfifo_drop(&(fifo)->kfifo, count, kfifo_recsize(fifo))

/** kfifo_skip - drop one element or record from the front */
#define kfifo_skip(fifo)	kfifo_skip_count(fifo, 1)

/* ---- one element ---- */

/* @call(fifo's part, its ring, @val, size of an element, of a record's length). */
#define __kfifo_one(call, fifo, val) ({						\
	__auto_type __one = (fifo);						\
										\
	call(&__one->kfifo, __is_kfifo_ptr(__one) ? __one->kfifo.data : (void *)__one->buf, \
	     val, sizeof(*__one->type), kfifo_recsize(__one));			\
})

/** kfifo_put - append one element; 1, or 0 if the fifo is full */
#define kfifo_put(fifo, val) \
	__kfifo_one(__kfifo_put, fifo, ((typeof(*(fifo)->type)[1]){ (val) }))

/** kfifo_get - take the first element; 1, or 0 if there is none */
#define kfifo_get(fifo, val) \
	__kfifo_heed(__kfifo_one(__kfifo_get, fifo, __kfifo_to(fifo, val)))

/** kfifo_peek - read the first element without taking it; 1, or 0 if there is none */
#define kfifo_peek(fifo, val) \
	__kfifo_heed(__kfifo_one(__kfifo_look, fifo, __kfifo_to(fifo, val)))

/* ---- many ---- */

/** kfifo_in - append up to @n elements (one record of @n bytes); how many were */
#define kfifo_in(fifo, buf, n) \
	__kfifo_append(&(fifo)->kfifo, __kfifo_from(fifo, buf), n, kfifo_recsize(fifo))

/** kfifo_in_spinlocked - kfifo_in() under a lock, interrupts disabled */
#define kfifo_in_spinlocked(fifo, buf, n, lock) \
	__kfifo_irqsaved(lock, kfifo_in(fifo, buf, n))

/** kfifo_in_spinlocked_noirqsave - kfifo_in() under a lock */
#define kfifo_in_spinlocked_noirqsave(fifo, buf, n, lock) \
	__kfifo_locked(lock, kfifo_in(fifo, buf, n))

#define kfifo_in_locked(fifo, buf, n, lock)	kfifo_in_spinlocked(fifo, buf, n, lock)

/** kfifo_out - take up to @n elements (one record, cut to @n bytes); how many were */
#define kfifo_out(fifo, buf, n) \
	__kfifo_take(&(fifo)->kfifo, __kfifo_to(fifo, buf), n, kfifo_recsize(fifo))

/** kfifo_out_spinlocked - kfifo_out() under a lock, interrupts disabled */
#define kfifo_out_spinlocked(fifo, buf, n, lock) \
	__kfifo_heed(__kfifo_irqsaved(lock, kfifo_out(fifo, buf, n)))

/** kfifo_out_spinlocked_noirqsave - kfifo_out() under a lock */
#define kfifo_out_spinlocked_noirqsave(fifo, buf, n, lock) \
	__kfifo_heed(__kfifo_locked(lock, kfifo_out(fifo, buf, n)))

#define kfifo_out_locked(fifo, buf, n, lock)	kfifo_out_spinlocked(fifo, buf, n, lock)

/** kfifo_out_peek - read up to @n elements without taking them; how many */
#define kfifo_out_peek(fifo, buf, n) \
	__kfifo_read(&(fifo)->kfifo, __kfifo_to(fifo, buf), n, kfifo_recsize(fifo))

/** kfifo_out_linear - where up to @n elements lie in one piece: offset to *@tail; how many */
#define kfifo_out_linear(fifo, tail, n) \
	__kfifo_linear(&(fifo)->kfifo, tail, n, kfifo_recsize(fifo))

/** kfifo_out_linear_ptr - the same, a pointer to the data to *@ptr */
#define kfifo_out_linear_ptr(fifo, ptr, n)					\
__kfifo_heed(({									\
	__auto_type __piece = (fifo);						\
	unsigned int __at, __n = kfifo_out_linear(__piece, &__at, n);		\
										\
	*(ptr) = __piece->kfifo.data + __at * kfifo_esize(__piece);		\
	__n;									\
}))

/** kfifo_from_user - append up to @len bytes of user space; *@copied: bytes; 0 or -EFAULT */
#define kfifo_from_user(fifo, from, len, copied) \
	__kfifo_take_in(&(fifo)->kfifo, from, len, copied, kfifo_recsize(fifo))

/** kfifo_to_user - take up to @len bytes to user space; *@copied: bytes; 0 or -EFAULT */
#define kfifo_to_user(fifo, to, len, copied) \
	__kfifo_give_out(&(fifo)->kfifo, to, len, copied, kfifo_recsize(fifo))

/* ---- by a device ---- */

/** kfifo_dma_in_prepare_mapped - scatter list entries for the free space; their number */
#define kfifo_dma_in_prepare_mapped(fifo, sgl, nents, len, dma) \
	__kfifo_dma_in(&(fifo)->kfifo, sgl, nents, len, kfifo_recsize(fifo), dma)

#define kfifo_dma_in_prepare(fifo, sgl, nents, len)				\
	kfifo_dma_in_prepare_mapped(fifo, sgl, nents, len, DMA_MAPPING_ERROR)

/** kfifo_dma_in_finish - @len bytes were put there by a device */
#define kfifo_dma_in_finish(fifo, len)						\
	__kfifo_dma_came(&(fifo)->kfifo, len, sizeof(*(fifo)->type), kfifo_recsize(fifo))

/** kfifo_dma_out_prepare_mapped - scatter list entries for up to @len bytes; their number */
#define kfifo_dma_out_prepare_mapped(fifo, sgl, nents, len, dma) \
	__kfifo_dma_out(&(fifo)->kfifo, sgl, nents, len, kfifo_recsize(fifo), dma)

#define kfifo_dma_out_prepare(fifo, sgl, nents, len)				\
	kfifo_dma_out_prepare_mapped(fifo, sgl, nents, len, DMA_MAPPING_ERROR)

/** kfifo_dma_out_finish - @len bytes were taken by a device (the next record, with records) */
#define kfifo_dma_out_finish(fifo, len) \
	kfifo_skip_count(fifo, (len) / sizeof(*(fifo)->type))

#endif

/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

/*
 * Queues of elements, or of records of bytes, in a ring whose size is a power of two.
 *
 * Exclusion: one reader and one writer need no lock between them. Several writers lock among
 * themselves, so do several readers. kfifo_reset() needs everybody excluded; kfifo_reset_out() may be
 * called by the one reader. kfifo_*_spinlocked() take a spin lock with interrupts saved and disabled,
 * the _noirqsave forms leave interrupts alone.
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

/* Is the buffer elsewhere? */
#define __is_kfifo_ptr(fifo)	(sizeof(*fifo) == sizeof(STRUCT_KFIFO_PTR(typeof(*(fifo)->type))))

/** DECLARE_KFIFO_PTR - declare a fifo whose buffer comes from kfifo_alloc() or kfifo_init() */
#define DECLARE_KFIFO_PTR(fifo, type)	STRUCT_KFIFO_PTR(type) fifo

/** DECLARE_KFIFO - declare a fifo with its buffer of @size elements; INIT_KFIFO() it */
#define DECLARE_KFIFO(fifo, type, size)	STRUCT_KFIFO(type, size) fifo

/** INIT_KFIFO - make a fifo declared by DECLARE_KFIFO() (or _PTR) empty */
#define INIT_KFIFO(fifo)							\
(void)({									\
	typeof(&(fifo)) __tmp = &(fifo);					\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	__kfifo->in = 0;							\
	__kfifo->out = 0;							\
	__kfifo->mask = __is_kfifo_ptr(__tmp) ? 0 : ARRAY_SIZE(__tmp->buf) - 1;	\
	__kfifo->esize = sizeof(*__tmp->buf);					\
	__kfifo->data = __is_kfifo_ptr(__tmp) ? NULL : __tmp->buf;		\
})

/** DEFINE_KFIFO - define a fifo of @size elements, empty */
#define DEFINE_KFIFO(fifo, type, size)						\
	DECLARE_KFIFO(fifo, type, size) =					\
	(typeof(fifo)) {							\
		{								\
			{							\
			.in	= 0,						\
			.out	= 0,						\
			.mask	= __is_kfifo_ptr(&(fifo)) ?			\
				  0 : ARRAY_SIZE((fifo).buf) - 1,		\
			.esize	= sizeof(*(fifo).buf),				\
			.data	= __is_kfifo_ptr(&(fifo)) ?			\
				  NULL : (fifo).buf,				\
			}							\
		}								\
	}

static inline unsigned int __must_check __kfifo_uint_must_check_helper(unsigned int val)
{
	return val;
}

static inline int __must_check __kfifo_int_must_check_helper(int val)
{
	return val;
}

/** kfifo_initialized - was a fifo initialised? It was zeroed before. */
#define kfifo_initialized(fifo)	((fifo)->kfifo.mask)

/** kfifo_esize - bytes of an element */
#define kfifo_esize(fifo)	((fifo)->kfifo.esize)

/** kfifo_recsize - bytes of a record's length field; 0: no records */
#define kfifo_recsize(fifo)	(sizeof(*(fifo)->rectype))

/** kfifo_size - how many elements fit */
#define kfifo_size(fifo)	((fifo)->kfifo.mask + 1)

/** kfifo_reset - drop everything; nobody else may use the fifo meanwhile */
#define kfifo_reset(fifo)							\
(void)({									\
	typeof((fifo) + 1) __tmp = (fifo);					\
	__tmp->kfifo.in = __tmp->kfifo.out = 0;					\
})

/** kfifo_reset_out - drop everything; by the only reader */
#define kfifo_reset_out(fifo)							\
(void)({									\
	typeof((fifo) + 1) __tmp = (fifo);					\
	smp_store_release(&__tmp->kfifo.out, smp_load_acquire(&__tmp->kfifo.in)); \
})

/** kfifo_len - how many elements (bytes, with records) are in */
#define kfifo_len(fifo) ({							\
	typeof((fifo) + 1) __tmpl = (fifo);					\
	smp_load_acquire(&__tmpl->kfifo.in) - smp_load_acquire(&__tmpl->kfifo.out); \
})

/** kfifo_is_empty - is nothing in? */
#define kfifo_is_empty(fifo) ({							\
	typeof((fifo) + 1) __tmpq = (fifo);					\
	smp_load_acquire(&__tmpq->kfifo.in) == READ_ONCE(__tmpq->kfifo.out);	\
})

/** kfifo_is_empty_spinlocked - kfifo_is_empty() under a lock, interrupts disabled */
#define kfifo_is_empty_spinlocked(fifo, lock) ({				\
	unsigned long __flags;							\
	bool __ret;								\
										\
	spin_lock_irqsave(lock, __flags);					\
	__ret = kfifo_is_empty(fifo);						\
	spin_unlock_irqrestore(lock, __flags);					\
	__ret;									\
})

/** kfifo_is_empty_spinlocked_noirqsave - kfifo_is_empty() under a lock */
#define kfifo_is_empty_spinlocked_noirqsave(fifo, lock) ({			\
	bool __ret;								\
										\
	spin_lock(lock);							\
	__ret = kfifo_is_empty(fifo);						\
	spin_unlock(lock);							\
	__ret;									\
})

/** kfifo_is_full - is there no room for an element? */
#define kfifo_is_full(fifo) ({							\
	typeof((fifo) + 1) __tmpq = (fifo);					\
	kfifo_len(__tmpq) > __tmpq->kfifo.mask;					\
})

/** kfifo_avail - how many elements fit now; with records, bytes of the largest one that fits */
#define kfifo_avail(fifo)							\
__kfifo_uint_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmpq = (fifo);					\
	const size_t __recsize = sizeof(*__tmpq->rectype);			\
	unsigned int __avail = kfifo_size(__tmpq) - kfifo_len(__tmpq);		\
										\
	__recsize ? (__avail <= __recsize ? 0 :					\
		     __kfifo_max_r(__avail - __recsize, __recsize)) : __avail;	\
}))

/** kfifo_skip_count - drop @count elements from the front; with records, one */
#define kfifo_skip_count(fifo, count) do {					\
	typeof((fifo) + 1) __tmp = (fifo);					\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	if (__recsize)								\
		__kfifo_skip_r(__kfifo, __recsize);				\
	else									\
		smp_store_release(&__kfifo->out, __kfifo->out + (count));	\
} while (0)

/** kfifo_skip - drop one element or record from the front */
#define kfifo_skip(fifo)	kfifo_skip_count(fifo, 1)

/** kfifo_peek_len - bytes of the next record (of all elements, without records) */
#define kfifo_peek_len(fifo) ({							\
	typeof((fifo) + 1) __tmp = (fifo);					\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	!__recsize ? kfifo_len(__tmp) * sizeof(*__tmp->type) :			\
		     __kfifo_len_r(__kfifo, __recsize);				\
})

/** kfifo_alloc - give a fifo a buffer of @size elements, rounded up to a power of two; 0 or -errno */
#define kfifo_alloc(fifo, size, gfp_mask)					\
__kfifo_int_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	__is_kfifo_ptr(__tmp) ?							\
		__kfifo_alloc(__kfifo, size, sizeof(*__tmp->type), gfp_mask) :	\
		-EINVAL;							\
}))

/** kfifo_free - free the buffer of kfifo_alloc() */
#define kfifo_free(fifo) ({							\
	typeof((fifo) + 1) __tmp = (fifo);					\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	if (__is_kfifo_ptr(__tmp))						\
		__kfifo_free(__kfifo);						\
})

/** kfifo_init - give a fifo a buffer of @size bytes; elements: rounded down to a power of two */
#define kfifo_init(fifo, buffer, size) ({					\
	typeof((fifo) + 1) __tmp = (fifo);					\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	__is_kfifo_ptr(__tmp) ?							\
		__kfifo_init(__kfifo, buffer, size, sizeof(*__tmp->type)) :	\
		-EINVAL;							\
})

/** kfifo_put - append one element; 1, or 0 if the fifo is full */
#define kfifo_put(fifo, val) ({							\
	typeof((fifo) + 1) __tmp = (fifo);					\
	typeof(*__tmp->const_type) __val = (val);				\
	unsigned int __ret;							\
	size_t __recsize = sizeof(*__tmp->rectype);				\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	if (__recsize) {							\
		__ret = __kfifo_in_r(__kfifo, &__val, sizeof(__val), __recsize);\
	} else {								\
		__ret = !kfifo_is_full(__tmp);					\
		if (__ret) {							\
			(__is_kfifo_ptr(__tmp) ?				\
			 ((typeof(__tmp->type))__kfifo->data) :			\
			 (__tmp->buf)						\
			)[__kfifo->in & __kfifo->mask] =			\
				*(typeof(__tmp->type))&__val;			\
			smp_store_release(&__kfifo->in, __kfifo->in + 1);	\
		}								\
	}									\
	__ret;									\
})

/** kfifo_get - take the first element; 1, or 0 if there is none */
#define kfifo_get(fifo, val)							\
__kfifo_uint_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	typeof(__tmp->ptr) __val = (val);					\
	unsigned int __ret;							\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	if (__recsize) {							\
		__ret = __kfifo_out_r(__kfifo, __val, sizeof(*__val), __recsize);\
	} else {								\
		__ret = !kfifo_is_empty(__tmp);					\
		if (__ret) {							\
			*(typeof(__tmp->type))__val =				\
				(__is_kfifo_ptr(__tmp) ?			\
				 ((typeof(__tmp->type))__kfifo->data) :		\
				 (__tmp->buf)					\
				)[__kfifo->out & __kfifo->mask];		\
			smp_store_release(&__kfifo->out, __kfifo->out + 1);	\
		}								\
	}									\
	__ret;									\
}))

/** kfifo_peek - read the first element without taking it; 1, or 0 if there is none */
#define kfifo_peek(fifo, val)							\
__kfifo_uint_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	typeof(__tmp->ptr) __val = (val);					\
	unsigned int __ret;							\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	if (__recsize) {							\
		__ret = __kfifo_out_peek_r(__kfifo, __val, sizeof(*__val), __recsize); \
	} else {								\
		__ret = !kfifo_is_empty(__tmp);					\
		if (__ret)							\
			*(typeof(__tmp->type))__val =				\
				(__is_kfifo_ptr(__tmp) ?			\
				 ((typeof(__tmp->type))__kfifo->data) :		\
				 (__tmp->buf)					\
				)[__kfifo->out & __kfifo->mask];		\
	}									\
	__ret;									\
}))

/** kfifo_in - append up to @n elements (one record of @n bytes); how many were */
#define kfifo_in(fifo, buf, n) ({						\
	typeof((fifo) + 1) __tmp = (fifo);					\
	typeof(__tmp->ptr_const) __buf = (buf);					\
	unsigned long __n = (n);						\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_in_r(__kfifo, __buf, __n, __recsize) :				\
	__kfifo_in(__kfifo, __buf, __n);					\
})

/** kfifo_in_spinlocked - kfifo_in() under a lock, interrupts disabled */
#define kfifo_in_spinlocked(fifo, buf, n, lock) ({				\
	unsigned long __flags;							\
	unsigned int __ret;							\
										\
	spin_lock_irqsave(lock, __flags);					\
	__ret = kfifo_in(fifo, buf, n);						\
	spin_unlock_irqrestore(lock, __flags);					\
	__ret;									\
})

/** kfifo_in_spinlocked_noirqsave - kfifo_in() under a lock */
#define kfifo_in_spinlocked_noirqsave(fifo, buf, n, lock) ({			\
	unsigned int __ret;							\
										\
	spin_lock(lock);							\
	__ret = kfifo_in(fifo, buf, n);						\
	spin_unlock(lock);							\
	__ret;									\
})

#define kfifo_in_locked(fifo, buf, n, lock)	kfifo_in_spinlocked(fifo, buf, n, lock)

/** kfifo_out - take up to @n elements (one record, cut to @n bytes); how many were */
#define kfifo_out(fifo, buf, n)							\
__kfifo_uint_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	typeof(__tmp->ptr) __buf = (buf);					\
	unsigned long __n = (n);						\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_out_r(__kfifo, __buf, __n, __recsize) :				\
	__kfifo_out(__kfifo, __buf, __n);					\
}))

/** kfifo_out_spinlocked - kfifo_out() under a lock, interrupts disabled */
#define kfifo_out_spinlocked(fifo, buf, n, lock)				\
__kfifo_uint_must_check_helper(							\
({										\
	unsigned long __flags;							\
	unsigned int __ret;							\
										\
	spin_lock_irqsave(lock, __flags);					\
	__ret = kfifo_out(fifo, buf, n);					\
	spin_unlock_irqrestore(lock, __flags);					\
	__ret;									\
}))

/** kfifo_out_spinlocked_noirqsave - kfifo_out() under a lock */
#define kfifo_out_spinlocked_noirqsave(fifo, buf, n, lock)			\
__kfifo_uint_must_check_helper(							\
({										\
	unsigned int __ret;							\
										\
	spin_lock(lock);							\
	__ret = kfifo_out(fifo, buf, n);					\
	spin_unlock(lock);							\
	__ret;									\
}))

#define kfifo_out_locked(fifo, buf, n, lock)	kfifo_out_spinlocked(fifo, buf, n, lock)

/** kfifo_from_user - append up to @len bytes of user space; *@copied: bytes; 0 or -EFAULT */
#define kfifo_from_user(fifo, from, len, copied)				\
__kfifo_int_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	const void __user *__from = (from);					\
	unsigned int __len = (len);						\
	unsigned int *__copied = (copied);					\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_from_user_r(__kfifo, __from, __len, __copied, __recsize) :	\
	__kfifo_from_user(__kfifo, __from, __len, __copied);			\
}))

/** kfifo_to_user - take up to @len bytes to user space; *@copied: bytes; 0 or -EFAULT */
#define kfifo_to_user(fifo, to, len, copied)					\
__kfifo_int_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	void __user *__to = (to);						\
	unsigned int __len = (len);						\
	unsigned int *__copied = (copied);					\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_to_user_r(__kfifo, __to, __len, __copied, __recsize) :		\
	__kfifo_to_user(__kfifo, __to, __len, __copied);			\
}))

/** kfifo_dma_in_prepare_mapped - scatter list entries for the free space; their number */
#define kfifo_dma_in_prepare_mapped(fifo, sgl, nents, len, dma) ({		\
	typeof((fifo) + 1) __tmp = (fifo);					\
	struct scatterlist *__sgl = (sgl);					\
	int __nents = (nents);							\
	unsigned int __len = (len);						\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_dma_in_prepare_r(__kfifo, __sgl, __nents, __len, __recsize, dma) : \
	__kfifo_dma_in_prepare(__kfifo, __sgl, __nents, __len, dma);		\
})

#define kfifo_dma_in_prepare(fifo, sgl, nents, len)				\
	kfifo_dma_in_prepare_mapped(fifo, sgl, nents, len, DMA_MAPPING_ERROR)

/** kfifo_dma_in_finish - @len bytes were put there by a device */
#define kfifo_dma_in_finish(fifo, len)						\
(void)({									\
	typeof((fifo) + 1) __tmp = (fifo);					\
	unsigned int __len = (len);						\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	if (__recsize)								\
		__kfifo_dma_in_finish_r(__kfifo, __len, __recsize);		\
	else									\
		smp_store_release(&__kfifo->in,					\
				  __kfifo->in + __len / sizeof(*__tmp->type));	\
})

/** kfifo_dma_out_prepare_mapped - scatter list entries for up to @len bytes; their number */
#define kfifo_dma_out_prepare_mapped(fifo, sgl, nents, len, dma) ({		\
	typeof((fifo) + 1) __tmp = (fifo);					\
	struct scatterlist *__sgl = (sgl);					\
	int __nents = (nents);							\
	unsigned int __len = (len);						\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_dma_out_prepare_r(__kfifo, __sgl, __nents, __len, __recsize, dma) : \
	__kfifo_dma_out_prepare(__kfifo, __sgl, __nents, __len, dma);		\
})

#define kfifo_dma_out_prepare(fifo, sgl, nents, len)				\
	kfifo_dma_out_prepare_mapped(fifo, sgl, nents, len, DMA_MAPPING_ERROR)

/** kfifo_dma_out_finish - @len bytes were taken by a device (the next record, with records) */
#define kfifo_dma_out_finish(fifo, len) do {					\
	typeof((fifo) + 1) ___tmp = (fifo);					\
	kfifo_skip_count(___tmp, (len) / sizeof(*___tmp->type));		\
} while (0)

/** kfifo_out_peek - read up to @n elements without taking them; how many */
#define kfifo_out_peek(fifo, buf, n)						\
__kfifo_uint_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	typeof(__tmp->ptr) __buf = (buf);					\
	unsigned long __n = (n);						\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_out_peek_r(__kfifo, __buf, __n, __recsize) :			\
	__kfifo_out_peek(__kfifo, __buf, __n);					\
}))

/** kfifo_out_linear - where up to @n elements lie in one piece: offset to *@tail; how many */
#define kfifo_out_linear(fifo, tail, n)						\
__kfifo_uint_must_check_helper(							\
({										\
	typeof((fifo) + 1) __tmp = (fifo);					\
	unsigned int *__tail = (tail);						\
	unsigned long __n = (n);						\
	const size_t __recsize = sizeof(*__tmp->rectype);			\
	struct __kfifo *__kfifo = &__tmp->kfifo;				\
										\
	(__recsize) ?								\
	__kfifo_out_linear_r(__kfifo, __tail, __n, __recsize) :			\
	__kfifo_out_linear(__kfifo, __tail, __n);				\
}))

/** kfifo_out_linear_ptr - the same, a pointer to the data to *@ptr */
#define kfifo_out_linear_ptr(fifo, ptr, n)					\
__kfifo_uint_must_check_helper(							\
({										\
	typeof((fifo) + 1) ___tmp = (fifo);					\
	unsigned int ___tail;							\
	unsigned int ___n = kfifo_out_linear(___tmp, &___tail, (n));		\
	*(ptr) = ___tmp->kfifo.data + ___tail * kfifo_esize(___tmp);		\
	___n;									\
}))

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

#endif

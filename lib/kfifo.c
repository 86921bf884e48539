// SPDX-License-Identifier: MIT
/*
 * Queues in a ring: what <linux/kfifo.h>'s macros call. The rules of exclusion are there.
 *
 * Copying goes in up to two pieces, before and after the end of the ring. A record is its length in
 * @recsize bytes, lowest first, and that many bytes; the fifo's elements are bytes then.
 */

#include <linux/kfifo.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/* Elements in, as the reader sees it: what is read after this was written before @in. */
static unsigned int used(struct __kfifo *fifo)
{
	return smp_load_acquire(&fifo->in) - fifo->out;	/* pairs with publish_in() */
}

/* Room, as the writer sees it: what is written after this was read before @out moved. */
static unsigned int unused(struct __kfifo *fifo)
{
	return fifo->mask + 1 - (fifo->in - smp_load_acquire(&fifo->out)); /* with publish_out() */
}

static void publish_in(struct __kfifo *fifo, unsigned int count)
{
	smp_store_release(&fifo->in, fifo->in + count);		/* pairs with used() */
}

static void publish_out(struct __kfifo *fifo, unsigned int count)
{
	smp_store_release(&fifo->out, fifo->out + count);	/* pairs with unused() */
}

/**
 * __kfifo_alloc() - allocate a buffer
 * @fifo: fifo
 * @size: elements, at least 2; rounded up to a power of two
 * @esize: bytes of one
 * @gfp_mask: how to allocate
 *
 * Return: 0, -EINVAL, -ENOMEM.
 */
int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp_mask)
{
	*fifo = (struct __kfifo) { .esize = esize };
	if (size < 2 || size > 1U << 31)
		return -EINVAL;

	size = roundup_pow_of_two(size);
	fifo->data = kmalloc_array(esize, size, gfp_mask);
	if (!fifo->data)
		return -ENOMEM;
	fifo->mask = size - 1;
	return 0;
}
EXPORT_SYMBOL(__kfifo_alloc);

/** __kfifo_free() - free what __kfifo_alloc() allocated; the fifo is uninitialised then */
void __kfifo_free(struct __kfifo *fifo)
{
	kfree(fifo->data);
	*fifo = (struct __kfifo) { };
}
EXPORT_SYMBOL(__kfifo_free);

/**
 * __kfifo_init() - use a buffer
 * @fifo: fifo
 * @buffer: buffer
 * @size: its bytes; the fifo gets the largest power of two of elements that fits
 * @esize: bytes of an element
 *
 * Return: 0, or -EINVAL if not even two elements fit.
 */
int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int size, size_t esize)
{
	*fifo = (struct __kfifo) { .esize = esize, .data = buffer };
	size /= esize;
	if (size < 2)
		return -EINVAL;
	fifo->mask = rounddown_pow_of_two(size) - 1;
	return 0;
}
EXPORT_SYMBOL(__kfifo_init);

/* --- Copying ---------------------------------------------------------------------------------- */

/*
 * The stretch of the ring that begins at index @off: its first byte, and the bytes up to the end.
 */
static void *stretch(struct __kfifo *fifo, unsigned int off, unsigned int len, size_t *first)
{
	unsigned int place = off & fifo->mask;

	*first = (size_t)min(len, fifo->mask + 1 - place) * fifo->esize;
	return fifo->data + (size_t)place * fifo->esize;
}

static void copy_in(struct __kfifo *fifo, const void *src, unsigned int len, unsigned int off)
{
	size_t first, bytes = (size_t)len * fifo->esize;
	void *to = stretch(fifo, off, len, &first);

	memcpy(to, src, first);
	memcpy(fifo->data, src + first, bytes - first);
}

static void copy_out(struct __kfifo *fifo, void *dst, unsigned int len, unsigned int off)
{
	size_t first, bytes = (size_t)len * fifo->esize;
	void *from = stretch(fifo, off, len, &first);

	memcpy(dst, from, first);
	memcpy(dst + first, fifo->data, bytes - first);
}

/* Both return the bytes that could not be copied. */
static size_t copy_from_user_in(struct __kfifo *fifo, const void __user *from, unsigned int len,
				unsigned int off)
{
	size_t first, left, bytes = (size_t)len * fifo->esize;
	void *to = stretch(fifo, off, len, &first);

	left = copy_from_user(to, from, first);
	if (left)
		return left + bytes - first;
	return copy_from_user(fifo->data, from + first, bytes - first);
}

static size_t copy_to_user_out(struct __kfifo *fifo, void __user *to, unsigned int len,
			       unsigned int off)
{
	size_t first, left, bytes = (size_t)len * fifo->esize;
	void *from = stretch(fifo, off, len, &first);

	left = copy_to_user(to, from, first);
	if (left)
		return left + bytes - first;
	return copy_to_user(to + first, fifo->data, bytes - first);
}

/* --- Elements --------------------------------------------------------------------------------- */

/** __kfifo_in() - append up to @len elements; how many were */
unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int len)
{
	len = min(len, unused(fifo));
	copy_in(fifo, buf, len, fifo->in);
	publish_in(fifo, len);
	return len;
}
EXPORT_SYMBOL(__kfifo_in);

/** __kfifo_out_peek() - read up to @len elements; how many were */
unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int len)
{
	len = min(len, used(fifo));
	copy_out(fifo, buf, len, fifo->out);
	return len;
}
EXPORT_SYMBOL(__kfifo_out_peek);

/** __kfifo_out() - take up to @len elements; how many were */
unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len)
{
	len = __kfifo_out_peek(fifo, buf, len);
	publish_out(fifo, len);
	return len;
}
EXPORT_SYMBOL(__kfifo_out);

/** __kfifo_out_linear() - up to @n elements in one piece; their offset to *@tail */
unsigned int __kfifo_out_linear(struct __kfifo *fifo, unsigned int *tail, unsigned int n)
{
	unsigned int place = fifo->out & fifo->mask;

	if (tail)
		*tail = place;
	return min3(n, used(fifo), fifo->mask + 1 - place);
}
EXPORT_SYMBOL(__kfifo_out_linear);

/**
 * __kfifo_from_user() - append elements from user space
 * @fifo: fifo
 * @from: bytes
 * @len: how many; a last part of an element is ignored
 * @copied: gets the bytes appended
 *
 * Return: 0, or -EFAULT: then whole elements that came in before the fault were appended.
 */
int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long len,
		      unsigned int *copied)
{
	unsigned int elements = min_t(unsigned long, len / fifo->esize, unused(fifo));
	size_t left = copy_from_user_in(fifo, from, elements, fifo->in);

	elements -= DIV_ROUND_UP(left, fifo->esize);
	*copied = elements * fifo->esize;
	publish_in(fifo, elements);
	return left ? -EFAULT : 0;
}
EXPORT_SYMBOL(__kfifo_from_user);

/** __kfifo_to_user() - take elements to user space; see __kfifo_from_user() */
int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long len,
		    unsigned int *copied)
{
	unsigned int elements = min_t(unsigned long, len / fifo->esize, used(fifo));
	size_t left = copy_to_user_out(fifo, to, elements, fifo->out);

	elements -= DIV_ROUND_UP(left, fifo->esize);
	*copied = elements * fifo->esize;
	publish_out(fifo, elements);
	return left ? -EFAULT : 0;
}
EXPORT_SYMBOL(__kfifo_to_user);

/* --- DMA -------------------------------------------------------------------------------------- */

static void set_piece(struct __kfifo *fifo, struct scatterlist *sg, void *at, size_t bytes,
		      dma_addr_t dma)
{
	sg_set_buf(sg, at, bytes);
	if (dma != DMA_MAPPING_ERROR) {
		sg_dma_address(sg) = dma + (at - fifo->data);
		sg_dma_len(sg) = bytes;
	}
}

/* Entries for @len elements from index @off on: one, or two round the end. */
static unsigned int setup_sgl(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
			      unsigned int len, unsigned int off, dma_addr_t dma)
{
	size_t first, bytes = (size_t)len * fifo->esize;
	void *at = stretch(fifo, off, len, &first);
	unsigned int n = 1;

	if (!nents || !len)
		return 0;

	set_piece(fifo, sgl, at, first, dma);
	if (bytes > first && nents > 1) {
		set_piece(fifo, sgl + 1, fifo->data, bytes - first, dma);
		n = 2;
	}
	sg_mark_end(sgl + n - 1);
	return n;
}

/** __kfifo_dma_in_prepare() - entries for up to @len bytes of free space; their number */
unsigned int __kfifo_dma_in_prepare(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				    unsigned int len, dma_addr_t dma)
{
	unsigned int elements = min_t(unsigned int, len / fifo->esize, unused(fifo));

	return setup_sgl(fifo, sgl, nents, elements, fifo->in, dma);
}
EXPORT_SYMBOL(__kfifo_dma_in_prepare);

/** __kfifo_dma_out_prepare() - entries for up to @len bytes that are in; their number */
unsigned int __kfifo_dma_out_prepare(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				     unsigned int len, dma_addr_t dma)
{
	unsigned int elements = min_t(unsigned int, len / fifo->esize, used(fifo));

	return setup_sgl(fifo, sgl, nents, elements, fifo->out, dma);
}
EXPORT_SYMBOL(__kfifo_dma_out_prepare);

/* --- Records ---------------------------------------------------------------------------------- */

/** __kfifo_max_r() - the longest record whose length fits its field, at most @len */
unsigned int __kfifo_max_r(unsigned int len, size_t recsize)
{
	unsigned int max = (1U << (recsize * 8)) - 1;

	return min(len, max);
}
EXPORT_SYMBOL(__kfifo_max_r);

/* Length of the record at the front. */
static unsigned int peek_length(struct __kfifo *fifo, size_t recsize)
{
	const u8 *data = fifo->data;
	unsigned int length = data[fifo->out & fifo->mask];

	if (recsize > 1)
		length |= data[(fifo->out + 1) & fifo->mask] << 8;
	return length;
}

static void write_length(struct __kfifo *fifo, unsigned int length, size_t recsize)
{
	u8 *data = fifo->data;

	data[fifo->in & fifo->mask] = length;
	if (recsize > 1)
		data[(fifo->in + 1) & fifo->mask] = length >> 8;
}

static bool fits(struct __kfifo *fifo, unsigned int len, size_t recsize)
{
	return len <= __kfifo_max_r(len, recsize) && (size_t)len + recsize <= unused(fifo);
}

/** __kfifo_len_r() - bytes of the record at the front; 0 if there is none */
unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize)
{
	return used(fifo) ? peek_length(fifo, recsize) : 0;
}
EXPORT_SYMBOL(__kfifo_len_r);

/** __kfifo_skip_r() - drop the record at the front, if there is one */
void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize)
{
	if (used(fifo))
		publish_out(fifo, peek_length(fifo, recsize) + recsize);
}
EXPORT_SYMBOL(__kfifo_skip_r);

/** __kfifo_in_r() - append a record; its length, or 0 if it doesn't fit */
unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len,
			  size_t recsize)
{
	if (!fits(fifo, len, recsize))
		return 0;
	write_length(fifo, len, recsize);
	copy_in(fifo, buf, len, fifo->in + recsize);
	publish_in(fifo, len + recsize);
	return len;
}
EXPORT_SYMBOL(__kfifo_in_r);

/** __kfifo_out_peek_r() - read up to @len bytes of the record at the front; how many */
unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len,
				size_t recsize)
{
	if (!used(fifo))
		return 0;
	len = min(len, peek_length(fifo, recsize));
	copy_out(fifo, buf, len, fifo->out + recsize);
	return len;
}
EXPORT_SYMBOL(__kfifo_out_peek_r);

/** __kfifo_out_r() - take the record at the front, cut to @len bytes; how many */
unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize)
{
	if (!used(fifo))
		return 0;
	len = __kfifo_out_peek_r(fifo, buf, len, recsize);
	__kfifo_skip_r(fifo, recsize);
	return len;
}
EXPORT_SYMBOL(__kfifo_out_r);

/** __kfifo_out_linear_r() - up to @n bytes of the record at the front that lie in one piece */
unsigned int __kfifo_out_linear_r(struct __kfifo *fifo, unsigned int *tail, unsigned int n,
				  size_t recsize)
{
	unsigned int place = (fifo->out + recsize) & fifo->mask;

	if (!used(fifo))
		return 0;
	if (tail)
		*tail = place;
	return min3(n, peek_length(fifo, recsize), fifo->mask + 1 - place);
}
EXPORT_SYMBOL(__kfifo_out_linear_r);

/** __kfifo_from_user_r() - append a record from user space; nothing if it doesn't fit or faults */
int __kfifo_from_user_r(struct __kfifo *fifo, const void __user *from, unsigned long len,
			unsigned int *copied, size_t recsize)
{
	len = __kfifo_max_r(len, recsize);
	*copied = 0;
	if (!fits(fifo, len, recsize))
		return 0;
	if (copy_from_user_in(fifo, from, len, fifo->in + recsize))
		return -EFAULT;
	write_length(fifo, len, recsize);
	*copied = len;
	publish_in(fifo, len + recsize);
	return 0;
}
EXPORT_SYMBOL(__kfifo_from_user_r);

/** __kfifo_to_user_r() - take a record to user space; it stays if that faults */
int __kfifo_to_user_r(struct __kfifo *fifo, void __user *to, unsigned long len,
		      unsigned int *copied, size_t recsize)
{
	unsigned int n;

	*copied = 0;
	if (!used(fifo))
		return 0;
	n = min_t(unsigned long, len, peek_length(fifo, recsize));
	if (copy_to_user_out(fifo, to, n, fifo->out + recsize))
		return -EFAULT;
	*copied = n;
	__kfifo_skip_r(fifo, recsize);
	return 0;
}
EXPORT_SYMBOL(__kfifo_to_user_r);

/** __kfifo_dma_in_prepare_r() - entries for a record of @len bytes; 0 if it doesn't fit */
unsigned int __kfifo_dma_in_prepare_r(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				      unsigned int len, size_t recsize, dma_addr_t dma)
{
	len = __kfifo_max_r(len, recsize);
	if (!fits(fifo, len, recsize))
		return 0;
	return setup_sgl(fifo, sgl, nents, len, fifo->in + recsize, dma);
}
EXPORT_SYMBOL(__kfifo_dma_in_prepare_r);

/** __kfifo_dma_in_finish_r() - a record of @len bytes was put there */
void __kfifo_dma_in_finish_r(struct __kfifo *fifo, unsigned int len, size_t recsize)
{
	len = __kfifo_max_r(len, recsize);
	write_length(fifo, len, recsize);
	publish_in(fifo, len + recsize);
}
EXPORT_SYMBOL(__kfifo_dma_in_finish_r);

/** __kfifo_dma_out_prepare_r() - entries for the record at the front, if @len bytes suffice */
unsigned int __kfifo_dma_out_prepare_r(struct __kfifo *fifo, struct scatterlist *sgl, int nents,
				       unsigned int len, size_t recsize, dma_addr_t dma)
{
	unsigned int length;

	if (!used(fifo))
		return 0;
	length = peek_length(fifo, recsize);
	if (length > len)
		return 0;
	return setup_sgl(fifo, sgl, nents, length, fifo->out + recsize, dma);
}
EXPORT_SYMBOL(__kfifo_dma_out_prepare_r);

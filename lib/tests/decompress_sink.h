/* SPDX-License-Identifier: MIT */
#ifndef _LIB_TESTS_DECOMPRESS_SINK_H
#define _LIB_TESTS_DECOMPRESS_SINK_H

/*
 * Where tests of <linux/decompress/generic.h> let output and messages go: the callbacks have no
 * argument. Included once by each suite, which says how much ROOM there is.
 */

#include <kunit/test.h>

#include <linux/decompress/generic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static struct {
	u8 *buf;
	size_t len, limit;
	const char *message;
} sink;

static long take_output(void *buf, unsigned long size)
{
	if (sink.len + size > sink.limit)
		return -1;
	memcpy(sink.buf + sink.len, buf, size);
	sink.len += size;
	return size;
}

static void take_error(char *message)
{
	sink.message = message;
}

static int sink_init(struct kunit *test)
{
	sink.buf = vmalloc(ROOM);
	return sink.buf ? 0 : -ENOMEM;
}

static void sink_exit(struct kunit *test)
{
	vfree(sink.buf);
	sink.buf = NULL;
}

/* Decompress a copy of exactly the input's size, so that KASAN sees a read past it. */
static int decompress_copy(struct kunit *test, decompress_fn decompress, const u8 *in, size_t len,
			   long *used)
{
	u8 *copy = kmemdup(in, len, GFP_KERNEL);
	int ret;

	KUNIT_ASSERT_TRUE(test, copy || !len);
	sink.len = 0;
	sink.limit = ROOM;
	sink.message = NULL;
	ret = decompress(copy, len, NULL, take_output, NULL, used, take_error);
	kfree(copy);
	return ret;
}

#endif /* _LIB_TESTS_DECOMPRESS_SINK_H */

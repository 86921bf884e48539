// SPDX-License-Identifier: MIT
/* XSAVE images in the compacted form, made by hand, become standard ones. */

#include <kunit/test.h>

#include <linux/random.h>
#include <linux/string.h>

#include <asm/fpu/compact.h>
#include <asm/fpu/types.h>

#define COMPACT		XCOMP_BV_COMPACTED_FORMAT
#define SUPPORTED	0x207ULL	/* x87, SSE, and components 2 and 9 */

/* As on today's processors, but for the order, which isn't that of the numbers. */
static const struct xstate_place places[64] = {
	[2] = { .offset = 832, .size = 256 },
	[9] = { .offset = 640, .size = 8, .aligned = true },
};

struct images {
	u8 from[1200] __aligned(64);
	u8 to[1200] __aligned(64);
};

static struct images *make(struct kunit *test, u64 xfeatures, u64 present)
{
	struct images *im = kunit_kzalloc(test, sizeof(*im), GFP_KERNEL);
	struct xregs_state *x;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, im);
	for (i = 0; i < sizeof(im->from); i++)
		im->from[i] = i * 7 + 1;
	x = (struct xregs_state *)im->from;
	memset(&x->header, 0, sizeof(x->header));
	x->header.xfeatures = xfeatures;
	x->header.xcomp_bv = COMPACT | present;
	memset(im->to, 0xa5, sizeof(im->to));
	return im;
}

static int expand(struct images *im, size_t to_size, size_t from_size)
{
	return xstate_expand(im->to, to_size, im->from, from_size, places, SUPPORTED);
}

static void xstate_components_go_to_their_places(struct kunit *test)
{
	struct images *im = make(test, 0x207, 0x207);
	struct xregs_state *x = (struct xregs_state *)im->to;

	KUNIT_ASSERT_EQ(test, expand(im, 1088, sizeof(im->from)), 0);
	KUNIT_EXPECT_MEMEQ(test, im->to, im->from, 512);
	KUNIT_EXPECT_EQ(test, x->header.xfeatures, 0x207);
	KUNIT_EXPECT_EQ(test, x->header.xcomp_bv, 0);
	KUNIT_EXPECT_MEMEQ(test, im->to + 832, im->from + 576, 256);
	/* 576 + 256 is a multiple of 64 already. */
	KUNIT_EXPECT_MEMEQ(test, im->to + 640, im->from + 832, 8);
	KUNIT_EXPECT_EQ(test, im->to[576], 0);
	KUNIT_EXPECT_EQ(test, im->to[1088], 0xa5);
}

static void xstate_an_absent_component_takes_no_room(struct kunit *test)
{
	struct images *im = make(test, 0x203, 0x203);

	KUNIT_ASSERT_EQ(test, expand(im, 1088, 584), 0);
	KUNIT_EXPECT_MEMEQ(test, im->to + 640, im->from + 576, 8);
	KUNIT_EXPECT_EQ(test, im->to[832], 0);
}

static void xstate_an_initial_component_is_zero(struct kunit *test)
{
	struct images *im = make(test, 0x203, 0x207);

	KUNIT_ASSERT_EQ(test, expand(im, 1088, sizeof(im->from)), 0);
	KUNIT_EXPECT_EQ(test, im->to[832], 0);
	KUNIT_EXPECT_EQ(test, im->to[832 + 255], 0);
	KUNIT_EXPECT_MEMEQ(test, im->to + 640, im->from + 832, 8);
}

static void xstate_bad_headers_are_refused(struct kunit *test)
{
	struct images *im = make(test, 3, 3);
	struct xregs_state *x = (struct xregs_state *)im->from;

	x->header.xcomp_bv = 3;			/* standard */
	KUNIT_EXPECT_EQ(test, expand(im, 1088, 1200), -EINVAL);
	x->header.xcomp_bv = COMPACT | 0xb;	/* a component that we don't know */
	KUNIT_EXPECT_EQ(test, expand(im, 1088, 1200), -EINVAL);
	x->header.xcomp_bv = COMPACT | 3;
	x->header.xfeatures = 7;		/* in use and not there */
	KUNIT_EXPECT_EQ(test, expand(im, 1088, 1200), -EINVAL);
	x->header.xfeatures = 3;
	x->header.reserved[5] = 1;
	KUNIT_EXPECT_EQ(test, expand(im, 1088, 1200), -EINVAL);
	x->header.reserved[5] = 0;
	KUNIT_EXPECT_EQ(test, im->to[0], 0xa5);
	KUNIT_EXPECT_EQ(test, expand(im, 1088, 1200), 0);
}

static void xstate_ends_are_kept(struct kunit *test)
{
	struct images *im = make(test, 7, 7);

	KUNIT_EXPECT_EQ(test, expand(im, 1088, 575), -EINVAL);
	KUNIT_EXPECT_EQ(test, expand(im, 1088, 831), -EINVAL);
	KUNIT_EXPECT_EQ(test, expand(im, 1087, 832), -EINVAL);
	KUNIT_EXPECT_EQ(test, expand(im, 575, 832), -EINVAL);
	KUNIT_EXPECT_EQ(test, im->to[0], 0xa5);
	KUNIT_EXPECT_EQ(test, expand(im, 1088, 832), 0);
}

/* Whatever the header says, nothing outside is read (KASAN) or written. */
static void xstate_noise_stays_inside(struct kunit *test)
{
	struct images *im = make(test, 0, 0);
	struct xregs_state *x = (struct xregs_state *)im->from;
	unsigned int i;

	for (i = 0; i < 20000; i++) {
		x->header.xfeatures = get_random_u64() & (i % 2 ? SUPPORTED : ~0ULL);
		x->header.xcomp_bv = (get_random_u64() & (i % 3 ? SUPPORTED : ~0ULL)) |
				     (i % 5 ? COMPACT : 0);
		expand(im, get_random_u32_below(1100), get_random_u32_below(1200));
		KUNIT_ASSERT_EQ(test, im->to[1100], 0xa5);
	}
}

static struct kunit_case xstate_compact_cases[] = {
	KUNIT_CASE(xstate_components_go_to_their_places),
	KUNIT_CASE(xstate_an_absent_component_takes_no_room),
	KUNIT_CASE(xstate_an_initial_component_is_zero),
	KUNIT_CASE(xstate_bad_headers_are_refused),
	KUNIT_CASE(xstate_ends_are_kept),
	KUNIT_CASE(xstate_noise_stays_inside),
	{}
};

static struct kunit_suite xstate_compact_suite = {
	.name = "xstate_compact",
	.test_cases = xstate_compact_cases,
};
kunit_test_suite(xstate_compact_suite);

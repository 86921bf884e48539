// SPDX-License-Identifier: MIT
/*
 * Tests of <net/checksum.h>: against sums of 16-bit words one by one, and a packet from the wire.
 */

#include <kunit/test.h>

#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/uio.h>
#include <net/checksum.h>
#include <net/ip6_checksum.h>

static u8 data[1600], copy[1600];

static int checksum_init(struct kunit *test)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 9);
	prandom_bytes_state(&rnd, data, sizeof(data));
	return 0;
}

/* As the RFC has it, in the machine's byte order. */
static u16 slow_sum(const u8 *p, int len, u32 start)
{
	u64 sum = start;
	u16 word;

	for (; len > 1; len -= 2, p += 2) {
		memcpy(&word, p, 2);
		sum += word;
	}
	if (len) {
		word = 0;
		memcpy(&word, p, 1);
		sum += word;
	}
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static u16 folded(__wsum sum)
{
	return (u16)~(__force u16)csum_fold(sum);
}

/* Two sums may differ in which of the two zeroes they are. */
static u16 value(__wsum sum)
{
	return folded(sum) % 0xffff;
}

static void every_length_at_every_address(struct kunit *test)
{
	static const u32 starts[] = { 0, 1, 0xffff, 0x10000, 0x12345678, 0xffffffff };
	unsigned int at, len, bad = 0, generic_bad = 0;

	for (at = 0; at < 17; at++) {
		for (len = 0; len < 300; len++) {
			u32 start = starts[len % 6];
			u16 want = slow_sum(data + at, len, start);

			bad += folded(csum_partial(data + at, len, (__force __wsum)start)) != want;
			generic_bad += folded(__generic_csum_partial(data + at, len,
							(__force __wsum)start)) != want;
		}
	}
	KUNIT_EXPECT_EQ(test, bad, 0U);
	KUNIT_EXPECT_EQ(test, generic_bad, 0U);
}

static void carries_come_round(struct kunit *test)
{
	unsigned int len, bad = 0;

	memset(data, 0xff, sizeof(data));
	for (len = 0; len <= sizeof(data); len++)
		bad += folded(csum_partial(data, len, (__force __wsum)~0u)) !=
		       slow_sum(data, len, ~0u);
	KUNIT_EXPECT_EQ(test, bad, 0U);
	memset(data, 0, 64);
	KUNIT_EXPECT_EQ(test, folded(csum_partial(data, 64, 0)), 0);
	KUNIT_EXPECT_EQ(test, (__force u16)ip_compute_csum(data, 64), 0xffff);
}

/* An IPv4 header with its check sum, b1 e6. */
static const u8 header[20] = {
	0x45, 0x00, 0x00, 0x3c, 0x1c, 0x46, 0x40, 0x00, 0x40, 0x06,
	0xb1, 0xe6, 0xac, 0x10, 0x0a, 0x63, 0xac, 0x10, 0x0a, 0x0c,
};

static void a_header_sums_to_zero(struct kunit *test)
{
	u8 h[20];
	__sum16 sum;

	KUNIT_EXPECT_EQ(test, (__force u16)ip_fast_csum(header, 5), 0);
	memcpy(h, header, 20);
	memset(h + 10, 0, 2);
	sum = ip_fast_csum(h, 5);
	KUNIT_EXPECT_MEMEQ(test, &sum, header + 10, 2);
}

static void the_pseudo_header_is_added(struct kunit *test)
{
	u8 pseudo[12] = { 10, 0, 0, 1, 192, 168, 255, 7, 0, 17, 0x12, 0x34 };
	__be32 saddr, daddr;
	u32 start;

	memcpy(&saddr, pseudo, 4);
	memcpy(&daddr, pseudo + 4, 4);
	for (start = 0xfffffffe; start != 3; start++)
		KUNIT_EXPECT_EQ(test, (u16)~(__force u16)csum_tcpudp_magic(saddr, daddr, 0x1234, 17,
								(__force __wsum)start),
				slow_sum(pseudo, 12, start));
}

/* Both addresses, then length and protocol with four bytes each. */
static void the_pseudo_header_of_ipv6_counts(struct kunit *test)
{
	u8 pseudo[40] = { [32] = 0x00, 0x01, 0x23, 0x45, [39] = 58 };
	struct in6_addr saddr, daddr;
	u32 start;
	int i;

	for (i = 0; i < 32; i++)
		pseudo[i] = 0xff - 7 * i;
	memcpy(&saddr, pseudo, 16);
	memcpy(&daddr, pseudo + 16, 16);
	for (start = 0xfffffffe; start != 3; start++)
		KUNIT_EXPECT_EQ(test, slow_sum(pseudo, 40, start),
				(u16)~(__force u16)csum_ipv6_magic(&saddr, &daddr, 0x12345, 58,
								   (__force __wsum)start));
}

static void sums_are_added_and_taken_away(struct kunit *test)
{
	__wsum whole = csum_partial(data, 101, 0), a, b;
	unsigned int cut;

	for (cut = 0; cut <= 101; cut++) {
		a = csum_partial(data, cut, 0);
		b = csum_partial(data + cut, 101 - cut, 0);
		KUNIT_EXPECT_EQ(test, value(csum_block_add(a, b, cut)), value(whole));
		KUNIT_EXPECT_EQ(test, value(csum_block_sub(whole, b, cut)), value(a));
	}
	KUNIT_EXPECT_EQ(test, (__force u32)csum_add((__force __wsum)~0u, (__force __wsum)1u), 1U);
	KUNIT_EXPECT_EQ(test, folded(csum_sub(whole, whole)), 0xffff);
	KUNIT_EXPECT_EQ(test, folded(csum_unfold(~csum_fold(whole))), folded(whole));
	KUNIT_EXPECT_EQ(test, csum_from32to16(0x1ffff), 1);
}

static void a_changed_field_corrects_the_sum(struct kunit *test)
{
	__be32 from, to = cpu_to_be32(0x08080404);
	__be16 old, new = cpu_to_be16(0x1111);
	__sum16 sum;
	u8 h[20];

	memcpy(h, header, 20);
	memcpy(&sum, h + 10, 2);
	memcpy(&from, h + 12, 4);
	memcpy(h + 12, &to, 4);
	csum_replace4(&sum, from, to);
	memcpy(h + 10, &sum, 2);
	KUNIT_EXPECT_EQ(test, (__force u16)ip_fast_csum(h, 5), 0);
	memcpy(&old, h + 4, 2);
	memcpy(h + 4, &new, 2);
	csum_replace2(&sum, old, new);
	memcpy(h + 10, &sum, 2);
	KUNIT_EXPECT_EQ(test, (__force u16)ip_fast_csum(h, 5), 0);
}

/* GRE and the like: the inner check sum was left out by the sender, the outer sum is known. */
static void a_check_sum_left_to_the_receiver_is_filled_in(struct kunit *test)
{
	__wsum all, delta;
	__sum16 want, field;
	__be16 old;

	memset(data + 30, 0xee, 2);
	memcpy(&old, data + 30, 2);
	all = csum_partial(data, 200, 0);
	want = csum_fold(csum_partial(data + 20, 180, 0));
	delta = remcsum_adjust(data, all, 20, 30);
	memcpy(&field, data + 30, 2);
	KUNIT_EXPECT_EQ(test, (__force u16)field, (__force u16)want);
	/* the change accounted for, the sum is that of the packet as it is now */
	KUNIT_EXPECT_EQ(test, value(csum_add(all, delta)), value(csum_partial(data, 200, 0)));
	remcsum_unadjust((__sum16 *)(data + 30), delta);
	memcpy(&field, data + 30, 2);
	KUNIT_EXPECT_EQ(test, (__force u16)field, (__force u16)old);
}

static void copies_copy_and_sum(struct kunit *test)
{
	unsigned int len;

	for (len = 0; len < 200; len += 7) {
		memset(copy, 0, sizeof(copy));
		KUNIT_EXPECT_EQ(test, folded(csum_partial_copy_nocheck(data + 3, copy, len)),
				slow_sum(data + 3, len, 0));
		KUNIT_EXPECT_MEMEQ(test, copy, data + 3, len);
		KUNIT_EXPECT_EQ(test, copy[len], 0);
	}
}

static void a_fault_gives_no_sum(struct kunit *test)
{
	/* an address of the kernel's is no user's */
	KUNIT_EXPECT_EQ(test, (__force u32)csum_and_copy_from_user((void __user *)data, copy, 16),
			0U);
	KUNIT_EXPECT_EQ(test, (__force u32)csum_and_copy_to_user(data, (void __user *)copy, 16),
			0U);
}

static void iterators_sum_over_odd_pieces(struct kunit *test)
{
	struct kvec kv[3] = { { data, 101 }, { data + 101, 0 }, { data + 101, 202 } };
	struct csum_state state = { 0 };
	struct iov_iter i;
	__wsum sum = 0;

	iov_iter_kvec(&i, ITER_SOURCE, kv, 3, 303);
	KUNIT_EXPECT_TRUE(test, csum_and_copy_from_iter_full(copy, 303, &sum, &i));
	KUNIT_EXPECT_MEMEQ(test, copy, data, 303);
	KUNIT_EXPECT_EQ(test, folded(sum), slow_sum(data, 303, 0));
	/* too few: all as it was */
	iov_iter_kvec(&i, ITER_SOURCE, kv, 3, 303);
	sum = (__force __wsum)5;
	KUNIT_EXPECT_FALSE(test, csum_and_copy_from_iter_full(copy, 304, &sum, &i));
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 303UL);
	KUNIT_EXPECT_EQ(test, (__force u32)sum, 5U);

	kv[0] = (struct kvec) { copy, 51 };
	kv[2] = (struct kvec) { copy + 51, 60 };
	memset(copy, 0, sizeof(copy));
	iov_iter_kvec(&i, ITER_DEST, kv, 3, 111);
	KUNIT_EXPECT_EQ(test, csum_and_copy_to_iter(data, 33, &state, &i), 33UL);
	KUNIT_EXPECT_EQ(test, csum_and_copy_to_iter(data + 33, 100, &state, &i), 78UL);
	KUNIT_EXPECT_MEMEQ(test, copy, data, 111);
	KUNIT_EXPECT_EQ(test, state.off, 111UL);
	KUNIT_EXPECT_EQ(test, folded(state.csum), slow_sum(data, 111, 0));

	state = (struct csum_state) { 0 };
	iov_iter_discard(&i, ITER_DEST, 50);
	KUNIT_EXPECT_EQ(test, csum_and_copy_to_iter(data, 60, &state, &i), 50UL);
	KUNIT_EXPECT_EQ(test, folded(state.csum), slow_sum(data, 50, 0));
}

static struct kunit_case checksum_cases[] = {
	KUNIT_CASE(every_length_at_every_address),
	KUNIT_CASE(carries_come_round),
	KUNIT_CASE(a_header_sums_to_zero),
	KUNIT_CASE(the_pseudo_header_is_added),
	KUNIT_CASE(the_pseudo_header_of_ipv6_counts),
	KUNIT_CASE(sums_are_added_and_taken_away),
	KUNIT_CASE(a_changed_field_corrects_the_sum),
	KUNIT_CASE(a_check_sum_left_to_the_receiver_is_filled_in),
	KUNIT_CASE(copies_copy_and_sum),
	KUNIT_CASE(a_fault_gives_no_sum),
	KUNIT_CASE(iterators_sum_over_odd_pieces),
	{}
};

static struct kunit_suite checksum_suite = {
	.name = "checksum",
	.init = checksum_init,
	.test_cases = checksum_cases,
};
kunit_test_suite(checksum_suite);

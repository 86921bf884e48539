// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/string.h>: blocks and strings, the machine's own versions against the portable.
 */

#include <kunit/test.h>

#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/fortify-string.h>
#include <linux/mm.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#define SEED 20241121

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

/* --- Blocks: all alignments and lengths round a word ------------------------------------------ */

#define ROOM 192

struct blocks {
	u8 a[ROOM], b[ROOM], c[ROOM];
};

static struct blocks *make_blocks(struct kunit *test)
{
	struct blocks *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, s);
	prandom_seed_state(&rnd, SEED);
	prandom_bytes_state(&rnd, s, sizeof(*s));
	return s;
}

typedef void *(*copy_fn)(void *, const void *, size_t);

static void copies_are_exact(struct kunit *test, copy_fn copy)
{
	struct blocks *s = make_blocks(test);
	int to, from, len, i;

	for (to = 0; to < 9; to++) {
		for (from = 0; from < 9; from++) {
			for (len = 0; len < 70; len++) {
				bool good = true;

				memset(s->c, 0xee, ROOM);
				KUNIT_ASSERT_PTR_EQ(test, copy(s->c + 16 + to, s->a + from, len),
						    (void *)(s->c + 16 + to));
				for (i = 0; i < ROOM; i++) {
					int k = i - 16 - to;

					good &= s->c[i] == (k >= 0 &&
							    k < len ? s->a[from + k] : 0xee);
				}
				KUNIT_ASSERT_TRUE_MSG(test, good, "to %d from %d len %d", to, from,
						      len);
			}
		}
	}
}

static void memcpy_copies_exactly_at_any_alignment(struct kunit *test)
{
	copies_are_exact(test, memcpy);
}

static void generic_memcpy_copies_exactly_at_any_alignment(struct kunit *test)
{
	copies_are_exact(test, __generic_memcpy);
}

static void moves_handle_overlap(struct kunit *test, copy_fn move)
{
	struct blocks *s = make_blocks(test);
	int to, from, len, i;

	for (to = 0; to < 40; to++) {
		for (from = 0; from < 40; from += 3) {
			for (len = 0; len < 100; len += 7) {
				for (i = 0; i < ROOM; i++)
					s->b[i] = s->c[i] = s->a[i];
				for (i = 0; i < len; i++)
					s->b[to + i] = s->a[from + i];
				KUNIT_ASSERT_PTR_EQ(test, move(s->c + to, s->c + from, len),
						    (void *)(s->c + to));
				KUNIT_ASSERT_EQ_MSG(test, __generic_memcmp(s->b, s->c, ROOM), 0,
						    "to %d from %d len %d", to, from, len);
			}
		}
	}
}

static void memmove_handles_overlap_both_ways(struct kunit *test)
{
	moves_handle_overlap(test, memmove);
}

static void generic_memmove_handles_overlap_both_ways(struct kunit *test)
{
	moves_handle_overlap(test, __generic_memmove);
}

static void memset_fills_exactly(struct kunit *test)
{
	struct blocks *s = make_blocks(test);
	int at, len, i;

	for (at = 0; at < 17; at++) {
		for (len = 0; len < 130; len++) {
			bool good = true;

			__generic_memset(s->a, 0x11, ROOM);
			KUNIT_ASSERT_PTR_EQ(test, memset(s->a + at, 0x1c3, len),
					    (void *)(s->a + at));
			__generic_memset(s->b, 0x11, ROOM);
			__generic_memset(s->b + at, 0x1c3, len);
			for (i = 0; i < ROOM; i++)
				good &= s->a[i] == s->b[i] &&
					s->a[i] == (i >= at && i < at + len ? 0xc3 : 0x11);
			KUNIT_ASSERT_TRUE_MSG(test, good, "at %d len %d", at, len);
		}
	}
}

static void wide_memsets_count_elements(struct kunit *test)
{
	u16 a[5] = { };
	u32 b[5] = { };
	u64 c[5] = { };

	KUNIT_EXPECT_PTR_EQ(test, memset16(a + 1, 0x1234, 3), (void *)(a + 1));
	KUNIT_EXPECT_EQ(test, a[0], 0);
	KUNIT_EXPECT_EQ(test, a[1], 0x1234);
	KUNIT_EXPECT_EQ(test, a[3], 0x1234);
	KUNIT_EXPECT_EQ(test, a[4], 0);
	memset32(b + 1, 0x12345678, 3);
	KUNIT_EXPECT_EQ(test, b[0], 0);
	KUNIT_EXPECT_EQ(test, b[3], 0x12345678);
	KUNIT_EXPECT_EQ(test, b[4], 0);
	memset64(c + 1, 0x123456789abcdef0ull, 3);
	KUNIT_EXPECT_EQ(test, c[0], 0);
	KUNIT_EXPECT_EQ(test, c[3], 0x123456789abcdef0ull);
	KUNIT_EXPECT_EQ(test, c[4], 0);
	memset_l((unsigned long *)c, 7, 2);
	KUNIT_EXPECT_EQ(test, c[1], 7);
	memset_p((void **)c, test, 1);
	KUNIT_EXPECT_EQ(test, c[0], (u64)(unsigned long)test);
}

static void memcmp_tells_the_order_of_the_first_difference(struct kunit *test)
{
	struct blocks *s = make_blocks(test);
	int at, len, diff;

	for (at = 0; at < 9; at++) {
		for (len = 0; len < 40; len++) {
			memcpy(s->b, s->a + at, len);
			KUNIT_ASSERT_EQ(test, memcmp(s->a + at, s->b, len), 0);
			KUNIT_ASSERT_EQ(test, bcmp(s->a + at, s->b, len), 0);
			for (diff = 0; diff < len; diff++) {
				s->b[diff] ^= 0x80;
				KUNIT_ASSERT_EQ(test, sign(memcmp(s->a + at, s->b, len)),
						s->a[at + diff] > s->b[diff] ? 1 : -1);
				KUNIT_ASSERT_EQ(test, sign(__generic_memcmp(s->a + at, s->b, len)),
						sign(memcmp(s->a + at, s->b, len)));
				KUNIT_ASSERT_NE(test, bcmp(s->a + at, s->b, len), 0);
				KUNIT_ASSERT_EQ(test, memcmp(s->a + at, s->b, diff), 0);
				s->b[diff] ^= 0x80;
			}
		}
	}
}

static void memchr_and_memscan_find_the_first(struct kunit *test)
{
	char text[] = "hello\200world";

	KUNIT_EXPECT_PTR_EQ(test, memchr(text, 'o', 11), (void *)(text + 4));
	KUNIT_EXPECT_NULL(test, memchr(text, 'o', 4));
	KUNIT_EXPECT_NULL(test, memchr(text, 'h', 0));
	KUNIT_EXPECT_PTR_EQ(test, memchr(text, 0x180, 11), (void *)(text + 5));
	KUNIT_EXPECT_PTR_EQ(test, __generic_memchr(text, 'w', 11), (void *)(text + 6));
	KUNIT_EXPECT_PTR_EQ(test, memscan(text, 'o', 11), (void *)(text + 4));
	KUNIT_EXPECT_PTR_EQ(test, memscan(text, 'x', 11), (void *)(text + 11));
	KUNIT_EXPECT_PTR_EQ(test, memscan(text, 'x', 0), (void *)text);
}

static void memchr_inv_finds_the_first_other_byte(struct kunit *test)
{
	struct blocks *s = make_blocks(test);
	int at, len, diff;

	memset(s->a, 0x5a, ROOM);
	for (at = 0; at < 9; at++) {
		for (len = 0; len < 40; len++) {
			KUNIT_ASSERT_NULL(test, memchr_inv(s->a + at, 0x15a, len));
			for (diff = 0; diff < len; diff++) {
				s->a[at + diff] = 0;
				KUNIT_ASSERT_PTR_EQ(test, memchr_inv(s->a + at, 0x5a, len),
						    (void *)(s->a + at + diff));
				s->a[at + diff] = 0x5a;
			}
		}
	}
	KUNIT_EXPECT_FALSE(test, mem_is_zero(s->a, 1));
	memset(s->a, 0, ROOM);
	KUNIT_EXPECT_TRUE(test, mem_is_zero(s->a, ROOM));
	KUNIT_EXPECT_TRUE(test, mem_is_zero(s->a, 0));
	KUNIT_EXPECT_EQ(test, memweight("\xff\x01\x80", 3), 10);
}

static void memcpy_and_pad_fills_the_rest(struct kunit *test)
{
	char to[8];

	memcpy_and_pad(to, 8, "abc", 3, '.');
	KUNIT_EXPECT_MEMEQ(test, to, "abc.....", 8);
	memcpy_and_pad(to, 4, "wxyz123", 7, '.');
	KUNIT_EXPECT_MEMEQ(test, to, "wxyz....", 8);
	unsafe_memcpy(to, "12", 2, /* the test says so */);
	KUNIT_EXPECT_MEMEQ(test, to, "12yz....", 8);
}

static void memzero_explicit_clears(struct kunit *test)
{
	char secret[16] = "secret";

	memzero_explicit(secret, sizeof(secret));
	KUNIT_EXPECT_TRUE(test, mem_is_zero(secret, sizeof(secret)));
}

static void memset_of_members_stops_at_the_end(struct kunit *test)
{
	struct s { u8 a; u32 b; u8 c[3]; } s;

	memset(&s, 0x11, sizeof(s));
	memset_after(&s, 0, a);
	KUNIT_EXPECT_EQ(test, s.a, 0x11);
	KUNIT_EXPECT_EQ(test, s.b, 0);
	KUNIT_EXPECT_EQ(test, s.c[2], 0);
	memset(&s, 0x11, sizeof(s));
	memset_startat(&s, 0x22, c);
	KUNIT_EXPECT_EQ(test, s.b, 0x11111111);
	KUNIT_EXPECT_EQ(test, s.c[0], 0x22);
	KUNIT_EXPECT_EQ(test, s.c[2], 0x22);
}

/* --- Length ----------------------------------------------------------------------------------- */

static void strlen_counts_up_to_the_nul(struct kunit *test)
{
	struct blocks *s = make_blocks(test);
	int at, len;

	for (at = 0; at < 17; at++) {
		for (len = 0; len < 100; len++) {
			char *p = (char *)s->a + at;

			memset(s->a, len & 1 ? 0x80 : 0x01, ROOM);
			p[len] = '\0';
			KUNIT_ASSERT_EQ(test, strlen(p), len);
			KUNIT_ASSERT_EQ(test, __generic_strlen(p), len);
			KUNIT_ASSERT_EQ(test, strnlen(p, len + 1), len);
			KUNIT_ASSERT_EQ(test, strnlen(p, len), len);
			KUNIT_ASSERT_EQ(test, strnlen(p, len / 2), len / 2);
			KUNIT_ASSERT_EQ(test, __generic_strnlen(p, SIZE_MAX), len);
		}
	}
}

/* A page whose end is the end of the mapping: vmalloc() leaves an unmapped page behind it. */
static char *end_of_a_mapping(struct kunit *test, void **page)
{
	*page = vmalloc(PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, *page);
	memset(*page, 'x', PAGE_SIZE);
	return *page + PAGE_SIZE;
}

static void nothing_behind_the_last_byte_is_read(struct kunit *test)
{
	char buf[64];
	void *page;
	char *end = end_of_a_mapping(test, &page);
	int len;

	for (len = 1; len < 40; len++) {
		char *s = end - len;

		/* unterminated up to the unmapped page */
		s[len - 1] = 'x';
		KUNIT_EXPECT_EQ(test, strnlen(s, len), len);
		KUNIT_EXPECT_EQ(test, strscpy(buf, s, min(len, 30)), -E2BIG);
		KUNIT_EXPECT_NULL(test, memchr(s, 'y', len));
		KUNIT_EXPECT_NULL(test, strnchr(s, len, 'y'));
		KUNIT_EXPECT_NULL(test, memchr_inv(s, 'x', len));
		KUNIT_EXPECT_EQ(test, memcmp(s, s, len), 0);
		KUNIT_EXPECT_EQ(test, strncmp(s, s, len), 0);
		memcpy(buf, s, len);
		/* terminated in the last byte */
		s[len - 1] = '\0';
		KUNIT_EXPECT_EQ(test, strlen(s), len - 1);
		KUNIT_EXPECT_EQ(test, strscpy(buf, s, sizeof(buf)), len - 1);
		KUNIT_EXPECT_EQ(test, strcmp(s, s), 0);
		KUNIT_EXPECT_NULL(test, strchr(s, 'y'));
	}
	vfree(page);
}

/* --- Copying ---------------------------------------------------------------------------------- */

static void strcpy_and_friends_copy_and_append(struct kunit *test)
{
	char buf[32];

	KUNIT_EXPECT_PTR_EQ(test, strcpy(buf, "one"), (char *)buf);
	KUNIT_EXPECT_STREQ(test, buf, "one");
	KUNIT_EXPECT_PTR_EQ(test, strcat(buf, "two"), (char *)buf);
	KUNIT_EXPECT_STREQ(test, buf, "onetwo");
	strncat(buf, "three", 2);
	KUNIT_EXPECT_STREQ(test, buf, "onetwoth");
	strncat(buf, "x", 9);
	KUNIT_EXPECT_STREQ(test, buf, "onetwothx");
	KUNIT_EXPECT_PTR_EQ(test, stpcpy(buf, "four"), (char *)buf + 4);
	KUNIT_EXPECT_STREQ(test, buf, "four");
}

static void strncpy_pads_and_may_not_terminate(struct kunit *test)
{
	char buf[8];

	memset(buf, '#', 8);
	KUNIT_EXPECT_PTR_EQ(test, strncpy(buf, "ab", 5), (char *)buf);
	KUNIT_EXPECT_MEMEQ(test, buf, "ab\0\0\0###", 8);
	strncpy(buf, "abcdefgh", 4);
	KUNIT_EXPECT_MEMEQ(test, buf, "abcd\0###", 8);
}

static void strlcat_returns_the_length_it_tried_to_make(struct kunit *test)
{
	char buf[8] = "abc";

	KUNIT_EXPECT_EQ(test, strlcat(buf, "de", 8), 5);
	KUNIT_EXPECT_STREQ(test, buf, "abcde");
	KUNIT_EXPECT_EQ(test, strlcat(buf, "fghij", 8), 10);
	KUNIT_EXPECT_STREQ(test, buf, "abcdefg");
}

static void strscpy_terminates_and_tells_truncation(struct kunit *test)
{
	char buf[8];

	KUNIT_EXPECT_EQ(test, strscpy(buf, "abc"), 3);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "1234567"), 7);
	KUNIT_EXPECT_EQ(test, strscpy(buf, "12345678"), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "1234567");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "xyz", 2), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "x");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "xyz", 1), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "");
	buf[0] = '!';
	KUNIT_EXPECT_EQ(test, strscpy(buf, "xyz", 0), -E2BIG);
	KUNIT_EXPECT_EQ(test, buf[0], '!');
	KUNIT_EXPECT_EQ(test, strscpy(buf, "", 1), 0);
}

static void strscpy_copies_any_length_at_any_alignment(struct kunit *test)
{
	struct blocks *s = make_blocks(test);
	int at, len, size;

	for (at = 0; at < 9; at++) {
		for (len = 0; len < 30; len++) {
			memset(s->a, 'a', ROOM);
			s->a[at + len] = '\0';
			for (size = 1; size < 40; size++) {
				ssize_t ret;

				memset(s->c, '#', ROOM);
				ret = strscpy((char *)s->c, (char *)s->a + at, size);
				KUNIT_ASSERT_EQ(test, ret, len < size ? len : -E2BIG);
				KUNIT_ASSERT_EQ(test, strlen((char *)s->c), min(len, size - 1));
				KUNIT_ASSERT_EQ(test, s->c[size], '#');
			}
		}
	}
}

static void strscpy_pad_clears_the_rest(struct kunit *test)
{
	char buf[8];

	memset(buf, '#', 8);
	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "ab"), 2);
	KUNIT_EXPECT_MEMEQ(test, buf, "ab\0\0\0\0\0\0", 8);
	memset(buf, '#', 8);
	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "ab", 4), 2);
	KUNIT_EXPECT_MEMEQ(test, buf, "ab\0\0####", 8);
	KUNIT_EXPECT_EQ(test, strscpy_pad(buf, "abcdefghi"), -E2BIG);
}

static void fixed_arrays_convert_to_and_from_strings(struct kunit *test)
{
	char field[4], text[8];

	strtomem_pad(field, "ab", '.');
	KUNIT_EXPECT_MEMEQ(test, field, "ab..", 4);
	strtomem_pad(field, "abcdef", '.');
	KUNIT_EXPECT_MEMEQ(test, field, "abcd", 4);
	strtomem(field, "xy");
	KUNIT_EXPECT_MEMEQ(test, field, "xycd", 4);
	memset(text, '#', 8);
	memtostr(text, field);
	KUNIT_EXPECT_MEMEQ(test, text, "xycd\0###", 8);
	memset(text, '#', 8);
	memtostr_pad(text, field);
	KUNIT_EXPECT_MEMEQ(test, text, "xycd\0\0\0\0", 8);
}

/* --- Comparing and searching ------------------------------------------------------------------ */

static void strcmp_orders_by_unsigned_characters(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcmp("abc", "abc"), 0);
	KUNIT_EXPECT_LT(test, strcmp("abc", "abd"), 0);
	KUNIT_EXPECT_GT(test, strcmp("abd", "abc"), 0);
	KUNIT_EXPECT_LT(test, strcmp("ab", "abc"), 0);
	KUNIT_EXPECT_GT(test, strcmp("abc", "ab"), 0);
	KUNIT_EXPECT_GT(test, strcmp("\200", "\177"), 0);
	KUNIT_EXPECT_EQ(test, strcmp("", ""), 0);
	KUNIT_EXPECT_EQ(test, __generic_strcmp("a", "a"), 0);
}

static void strncmp_looks_at_count_characters(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strncmp("abcX", "abcY", 3), 0);
	KUNIT_EXPECT_LT(test, strncmp("abcX", "abcY", 4), 0);
	KUNIT_EXPECT_EQ(test, strncmp("a", "b", 0), 0);
	KUNIT_EXPECT_EQ(test, strncmp("ab\0x", "ab\0y", 4), 0);
	KUNIT_EXPECT_GT(test, __generic_strncmp("b", "a", 9), 0);
}

static void case_is_ignored_by_strcasecmp(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcasecmp("HeLLo", "hEllO"), 0);
	KUNIT_EXPECT_LT(test, strcasecmp("abc", "ABD"), 0);
	KUNIT_EXPECT_EQ(test, strncasecmp("HELLOx", "helloY", 5), 0);
	KUNIT_EXPECT_NE(test, strncasecmp("HELLOx", "helloY", 6), 0);
	KUNIT_EXPECT_EQ(test, strncasecmp("a", "b", 0), 0);
}

static void strchr_and_its_kin_find_characters(struct kunit *test)
{
	const char *s = "abcabc";

	KUNIT_EXPECT_PTR_EQ(test, strchr(s, 'b'), (char *)s + 1);
	KUNIT_EXPECT_NULL(test, strchr(s, 'x'));
	KUNIT_EXPECT_PTR_EQ(test, strchr(s, '\0'), (char *)s + 6);
	KUNIT_EXPECT_PTR_EQ(test, strchrnul(s, 'c'), (char *)s + 2);
	KUNIT_EXPECT_PTR_EQ(test, strchrnul(s, 'x'), (char *)s + 6);
	KUNIT_EXPECT_PTR_EQ(test, strnchrnul(s, 2, 'c'), (char *)s + 2);
	KUNIT_EXPECT_PTR_EQ(test, strrchr(s, 'b'), (char *)s + 4);
	KUNIT_EXPECT_NULL(test, strrchr(s, 'x'));
	KUNIT_EXPECT_PTR_EQ(test, strrchr(s, '\0'), (char *)s + 6);
	KUNIT_EXPECT_PTR_EQ(test, strnchr(s, 2, 'b'), (char *)s + 1);
	KUNIT_EXPECT_NULL(test, strnchr(s, 2, 'c'));
	KUNIT_EXPECT_PTR_EQ(test, strnchr(s, 7, '\0'), (char *)s + 6);
	KUNIT_EXPECT_PTR_EQ(test, __generic_strchr(s, 'b'), (char *)s + 1);
	KUNIT_EXPECT_PTR_EQ(test, __generic_strrchr(s, 'b'), (char *)s + 4);
}

static void spans_count_members_of_a_set(struct kunit *test)
{
	const char *s = "aabbccdd";

	KUNIT_EXPECT_EQ(test, strspn(s, "ab"), 4);
	KUNIT_EXPECT_EQ(test, strspn(s, ""), 0);
	KUNIT_EXPECT_EQ(test, strspn(s, "abcd"), 8);
	KUNIT_EXPECT_EQ(test, strcspn(s, "dc"), 4);
	KUNIT_EXPECT_EQ(test, strcspn(s, ""), 8);
	KUNIT_EXPECT_PTR_EQ(test, strpbrk(s, "dc"), (char *)s + 4);
	KUNIT_EXPECT_NULL(test, strpbrk(s, "xyz"));
}

static void strsep_returns_empty_parts_too(struct kunit *test)
{
	char text[] = "a,,b;c";
	char *rest = text;

	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "a");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "b");
	KUNIT_EXPECT_STREQ(test, strsep(&rest, ",;"), "c");
	KUNIT_EXPECT_NULL(test, rest);
	KUNIT_EXPECT_NULL(test, strsep(&rest, ",;"));
}

static void strstr_finds_the_first_place(struct kunit *test)
{
	const char *s = "ababac";

	KUNIT_EXPECT_PTR_EQ(test, strstr(s, "abac"), (char *)s + 2);
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, ""), (char *)s);
	KUNIT_EXPECT_NULL(test, strstr(s, "abad"));
	KUNIT_EXPECT_NULL(test, strstr("ab", "abc"));
	KUNIT_EXPECT_PTR_EQ(test, strnstr(s, "aba", 5), (char *)s);
	KUNIT_EXPECT_NULL(test, strnstr(s, "abac", 5));
	KUNIT_EXPECT_PTR_EQ(test, strnstr(s, "abac", 6), (char *)s + 2);
}

static void prefixes_are_recognised(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, strstarts("kernel", "ker"));
	KUNIT_EXPECT_FALSE(test, strstarts("ker", "kernel"));
	KUNIT_EXPECT_EQ(test, str_has_prefix("kernel", "ker"), 3);
	KUNIT_EXPECT_EQ(test, str_has_prefix("kernel", "nel"), 0);
	KUNIT_EXPECT_STREQ(test, kbasename("/a/b/c"), "c");
	KUNIT_EXPECT_STREQ(test, kbasename("c"), "c");
	KUNIT_EXPECT_STREQ(test, kbasename("/a/"), "");
}

/* --- Copies in new memory --------------------------------------------------------------------- */

static void kstrdup_copies(struct kunit *test)
{
	char *a = kstrdup("hello", GFP_KERNEL);
	char *b = kstrndup("hello", 3, GFP_KERNEL);
	char *c = kmemdup_nul("hello", 2, GFP_KERNEL);
	char *d = kmemdup("hello", 6, GFP_KERNEL);

	KUNIT_EXPECT_STREQ(test, a, "hello");
	KUNIT_EXPECT_STREQ(test, b, "hel");
	KUNIT_EXPECT_STREQ(test, c, "he");
	KUNIT_EXPECT_STREQ(test, d, "hello");
	KUNIT_EXPECT_NULL(test, kstrdup(NULL, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kstrndup(NULL, 1, GFP_KERNEL));
	kfree(a);
	kfree(b);
	kfree(c);
	kfree(d);
}

static void kstrdup_const_does_not_copy_constants(struct kunit *test)
{
	static const char constant[] = "constant";
	char local[] = "local";
	const char *a = kstrdup_const(constant, GFP_KERNEL);
	const char *b = kstrdup_const(local, GFP_KERNEL);

	KUNIT_EXPECT_PTR_EQ(test, a, (const char *)constant);
	KUNIT_EXPECT_PTR_NE(test, b, (const char *)local);
	KUNIT_EXPECT_STREQ(test, b, "local");
	kfree_const(a);
	kfree_const(b);
}

static void copies_from_bad_user_addresses_fault(struct kunit *test)
{
	const void __user *kernel = (const void __user *)test;

	KUNIT_EXPECT_EQ(test, PTR_ERR(memdup_user(kernel, 8)), -EFAULT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(vmemdup_user(kernel, 8)), -EFAULT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(memdup_user_nul(kernel, 8)), -EFAULT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(strndup_user((const char __user *)kernel, 8)), -EFAULT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(memdup_array_user(kernel, 2, 4)), -EFAULT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(vmemdup_array_user(kernel, 2, 4)), -EFAULT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(memdup_array_user(kernel, SIZE_MAX, 4)), -EOVERFLOW);
	KUNIT_EXPECT_EQ(test, PTR_ERR(vmemdup_array_user(kernel, SIZE_MAX / 2, 4)), -EOVERFLOW);
}

static void classes_of_characters_are_latin_1(struct kunit *test)
{
	int c, upper = 0, lower = 0;

	for (c = 0; c < 256; c++) {
		upper += !!isupper(c);
		lower += !!islower(c);
		KUNIT_EXPECT_EQ(test, !!isalpha(c), !!isupper(c) + !!islower(c));
		KUNIT_EXPECT_EQ(test, !!isdigit(c), c >= '0' && c <= '9');
		if (c < 128)
			KUNIT_EXPECT_EQ(test, !!isprint(c), c >= ' ' && c < 127);
	}
	KUNIT_EXPECT_EQ(test, upper, 26 + 30);
	KUNIT_EXPECT_EQ(test, lower, 26 + 32);
	KUNIT_EXPECT_FALSE(test, isspace('\0'));
	KUNIT_EXPECT_TRUE(test, isspace('\v'));
	KUNIT_EXPECT_TRUE(test, isxdigit('f'));
	KUNIT_EXPECT_FALSE(test, isxdigit('g'));
	KUNIT_EXPECT_EQ(test, toupper('q'), 'Q');
	KUNIT_EXPECT_EQ(test, tolower('Q'), 'q');
	KUNIT_EXPECT_EQ(test, tolower('!'), '!');
}

static struct kunit_case string_cases[] = {
	KUNIT_CASE(memcpy_copies_exactly_at_any_alignment),
	KUNIT_CASE(generic_memcpy_copies_exactly_at_any_alignment),
	KUNIT_CASE(memmove_handles_overlap_both_ways),
	KUNIT_CASE(generic_memmove_handles_overlap_both_ways),
	KUNIT_CASE(memset_fills_exactly),
	KUNIT_CASE(wide_memsets_count_elements),
	KUNIT_CASE(memcmp_tells_the_order_of_the_first_difference),
	KUNIT_CASE(memchr_and_memscan_find_the_first),
	KUNIT_CASE(memchr_inv_finds_the_first_other_byte),
	KUNIT_CASE(memcpy_and_pad_fills_the_rest),
	KUNIT_CASE(memzero_explicit_clears),
	KUNIT_CASE(memset_of_members_stops_at_the_end),
	KUNIT_CASE(strlen_counts_up_to_the_nul),
	KUNIT_CASE(nothing_behind_the_last_byte_is_read),
	KUNIT_CASE(strcpy_and_friends_copy_and_append),
	KUNIT_CASE(strncpy_pads_and_may_not_terminate),
	KUNIT_CASE(strlcat_returns_the_length_it_tried_to_make),
	KUNIT_CASE(strscpy_terminates_and_tells_truncation),
	KUNIT_CASE(strscpy_copies_any_length_at_any_alignment),
	KUNIT_CASE(strscpy_pad_clears_the_rest),
	KUNIT_CASE(fixed_arrays_convert_to_and_from_strings),
	KUNIT_CASE(strcmp_orders_by_unsigned_characters),
	KUNIT_CASE(strncmp_looks_at_count_characters),
	KUNIT_CASE(case_is_ignored_by_strcasecmp),
	KUNIT_CASE(strchr_and_its_kin_find_characters),
	KUNIT_CASE(spans_count_members_of_a_set),
	KUNIT_CASE(strsep_returns_empty_parts_too),
	KUNIT_CASE(strstr_finds_the_first_place),
	KUNIT_CASE(prefixes_are_recognised),
	KUNIT_CASE(kstrdup_copies),
	KUNIT_CASE(kstrdup_const_does_not_copy_constants),
	KUNIT_CASE(copies_from_bad_user_addresses_fault),
	KUNIT_CASE(classes_of_characters_are_latin_1),
	{}
};

static struct kunit_suite string_suite = { .name = "string", .test_cases = string_cases };
kunit_test_suite(string_suite);

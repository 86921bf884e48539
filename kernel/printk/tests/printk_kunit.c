// SPDX-License-Identifier: MIT
/*
 * The log's ring and what printk() makes of a message.
 *
 * The ring is tested on small rings of its own; printk() by reading the real log back.
 */

#include <kunit/test.h>

#include <linux/delay.h>
#include <linux/irq_work.h>
#include <linux/kmsg_dump.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>

#include "../../locking/tests/storm.h"
#include "../internal.h"
#include "../ringbuffer.h"

DEFINE_PRINTKRB(ring, 4, 10);		/* 16 records, 1 KiB */

/* An empty ring, with numbers going on from where they were. */
static void ring_reset(struct printk_ringbuffer *rb)
{
	struct prb_reservation r;
	u32 i;

	/* Full turns: what was in it is gone. */
	for (i = 0; i < 2 * rb->desc_count; i++) {
		if (prb_reserve(&r, rb, 1))
			prb_commit(&r, true);
	}
}

static bool put(struct printk_ringbuffer *rb, const char *text, bool final)
{
	struct prb_reservation r;

	if (!prb_reserve(&r, rb, strlen(text)))
		return false;
	memcpy(r.text, text, strlen(text));
	r.desc->caller_id = 1;
	r.desc->level = 6;
	r.len = strlen(text);
	prb_commit(&r, final);
	return true;
}

static bool append(struct printk_ringbuffer *rb, const char *text, bool final)
{
	struct prb_reservation r;

	if (!prb_reopen(&r, rb, 1, strlen(text), 512))
		return false;
	memcpy(r.text + r.len, text, strlen(text));
	r.len += strlen(text);
	prb_commit(&r, final);
	return true;
}

static const char *get(struct printk_ringbuffer *rb, u64 seq)
{
	static char buf[600];
	struct printk_info info;

	if (prb_read(rb, seq, &info, buf, sizeof(buf) - 1))
		return "(none)";
	buf[info.text_len] = '\0';
	return buf;
}

static void a_record_is_read_as_written(struct kunit *test)
{
	u64 seq;

	ring_reset(&ring);
	seq = prb_next_seq(&ring);
	KUNIT_EXPECT_EQ(test, prb_read(&ring, seq, NULL, NULL, 0), PRB_NOT_YET);
	KUNIT_EXPECT_TRUE(test, put(&ring, "hello", true));
	KUNIT_EXPECT_STREQ(test, get(&ring, seq), "hello");
	KUNIT_EXPECT_EQ(test, prb_next_seq(&ring), seq + 1);
}

static void the_oldest_record_gives_way(struct kunit *test)
{
	u64 first;
	char text[8];
	int i;

	ring_reset(&ring);
	first = prb_next_seq(&ring);
	for (i = 0; i < 20; i++) {
		snprintf(text, sizeof(text), "%d", i);
		KUNIT_EXPECT_TRUE(test, put(&ring, text, true));
	}
	KUNIT_EXPECT_EQ(test, prb_read(&ring, first, NULL, NULL, 0), PRB_LOST);
	KUNIT_EXPECT_EQ(test, prb_first_seq(&ring), first + 4);
	KUNIT_EXPECT_STREQ(test, get(&ring, first + 4), "4");
	KUNIT_EXPECT_STREQ(test, get(&ring, first + 19), "19");
}

static void long_texts_wrap_and_stay_whole(struct kunit *test)
{
	char text[200];
	int i, j;

	ring_reset(&ring);
	for (i = 0; i < 50; i++) {
		int len = 30 + i * 3;

		for (j = 0; j < len; j++)
			text[j] = 'a' + (i + j) % 26;
		text[len] = '\0';
		KUNIT_ASSERT_TRUE(test, put(&ring, text, true));
		KUNIT_ASSERT_STREQ(test, get(&ring, prb_next_seq(&ring) - 1), text);
	}
}

static void too_long_a_text_is_refused(struct kunit *test)
{
	struct prb_reservation r;
	s64 failed = atomic64_read(&ring.failed);

	KUNIT_EXPECT_FALSE(test, prb_reserve(&r, &ring, 300));	/* more than a quarter */
	KUNIT_EXPECT_EQ(test, atomic64_read(&ring.failed), failed + 1);
}

static void an_open_record_grows_until_it_is_final(struct kunit *test)
{
	u64 seq;

	ring_reset(&ring);
	seq = prb_next_seq(&ring);
	KUNIT_EXPECT_TRUE(test, put(&ring, "one", false));
	KUNIT_EXPECT_EQ(test, prb_read(&ring, seq, NULL, NULL, 0), PRB_NOT_YET);
	KUNIT_EXPECT_TRUE(test, append(&ring, ", two and some more text to cross units", false));
	KUNIT_EXPECT_TRUE(test, append(&ring, ", three", true));
	KUNIT_EXPECT_STREQ(test, get(&ring, seq),
			   "one, two and some more text to cross units, three");
	KUNIT_EXPECT_FALSE(test, append(&ring, "no", true));
}

static void a_new_record_closes_the_open_one(struct kunit *test)
{
	u64 seq;

	ring_reset(&ring);
	seq = prb_next_seq(&ring);
	put(&ring, "open", false);
	put(&ring, "next", true);
	KUNIT_EXPECT_STREQ(test, get(&ring, seq), "open");
	KUNIT_EXPECT_FALSE(test, append(&ring, "late", true));
}

static void another_caller_does_not_append(struct kunit *test)
{
	struct prb_reservation r;

	ring_reset(&ring);
	put(&ring, "mine", false);
	KUNIT_EXPECT_FALSE(test, prb_reopen(&r, &ring, 2, 4, 512));
}

/* As if a writer had been stopped half-way: the ring fills up to it, and then refuses. */
static void an_unfinished_record_is_never_overwritten(struct kunit *test)
{
	struct prb_reservation stuck;
	int stored = 0, i;
	u64 seq;

	ring_reset(&ring);
	KUNIT_ASSERT_TRUE(test, prb_reserve(&stuck, &ring, 5));
	seq = stuck.seq;
	for (i = 0; i < 40; i++)
		stored += put(&ring, "x", true);
	KUNIT_EXPECT_EQ(test, stored, 15);
	memcpy(stuck.text, "stuck", 5);
	stuck.len = 5;
	prb_commit(&stuck, true);
	KUNIT_EXPECT_STREQ(test, get(&ring, seq), "stuck");
	KUNIT_EXPECT_TRUE(test, put(&ring, "y", true));
}

/* ---- storms ---------------------------------------------------------------------------- */

DEFINE_PRINTKRB(storm_ring, 6, 12);

#define STORM_RECORDS	5000

struct ring_storm {
	atomic_t	written;
	atomic_t	refused;
	atomic_t	torn;
	bool		stop;
};

/* "id:n:" and then n % 40 times the letter of id. */
static void write_checked(struct ring_storm *rs, int id, int n)
{
	struct prb_reservation r;
	u32 len, size = 20 + n % 40;

	if (!prb_reserve(&r, &storm_ring, size)) {
		atomic_inc(&rs->refused);
		return;
	}
	len = scnprintf(r.text, 20, "%d:%d:", id, n);
	memset(r.text + len, 'a' + id, n % 40);
	r.len = len + n % 40;
	prb_commit(&r, true);
	atomic_inc(&rs->written);
}

static bool text_is_whole(const char *text, u32 len)
{
	const char *body;
	int id, n;
	u32 i;

	if (sscanf(text, "%d:%d:", &id, &n) != 2)
		return false;
	body = strchr(strchr(text, ':') + 1, ':') + 1;
	if (len != body - text + n % 40)
		return false;
	for (i = body - text; i < len; i++) {
		if (text[i] != 'a' + id)
			return false;
	}
	return true;
}

static void read_checked(struct ring_storm *rs)
{
	u64 seq = prb_first_seq(&storm_ring);
	struct printk_info info;
	char text[80];

	while (!READ_ONCE(rs->stop)) {
		int err = prb_read(&storm_ring, seq, &info, text, sizeof(text) - 1);

		if (err == PRB_LOST) {
			seq = prb_first_seq(&storm_ring);
		} else if (err) {
			cond_resched();
		} else {
			text[min_t(u32, info.text_len, sizeof(text) - 1)] = '\0';
			if (info.text_len && !text_is_whole(text, info.text_len))
				atomic_inc(&rs->torn);
			seq++;
		}
	}
}

static void ring_storm(struct storm *s, int id)
{
	struct ring_storm *rs = s->data;
	int i;

	if (id == 0) {
		read_checked(rs);
		return;
	}
	for (i = 0; i < STORM_RECORDS; i++)
		write_checked(rs, id, i);
	if (id == 1)
		WRITE_ONCE(rs->stop, true);
}

static void readers_see_only_whole_records_in_a_storm(struct kunit *test)
{
	struct ring_storm rs = { };

	storm_run(test, ring_storm, &rs);
	KUNIT_EXPECT_EQ(test, atomic_read(&rs.torn), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&rs.written) + atomic_read(&rs.refused),
			STORM_RECORDS * (min(storm_threads(), STORM_MAX) - 1));
	KUNIT_EXPECT_GT(test, atomic_read(&rs.written), 0);
}

/* An interrupt writes on top of whatever writer it meets: as an NMI would. */
static struct ring_storm irq_rs;
static int irq_n;

static void write_in_irq(struct irq_work *work)
{
	write_checked(&irq_rs, 20, irq_n++);
}

static void interrupts_write_between_the_writers(struct kunit *test)
{
	struct irq_work work = IRQ_WORK_INIT_HARD(write_in_irq);
	int i;

	memset(&irq_rs, 0, sizeof(irq_rs));
	irq_n = 0;
	for (i = 0; i < 2000; i++) {
		irq_work_queue(&work);
		write_checked(&irq_rs, 3, i);
	}
	irq_work_sync(&work);
	KUNIT_EXPECT_GT(test, irq_n, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&irq_rs.written) + atomic_read(&irq_rs.refused),
			2000 + irq_n);
}

/* ---- printk() ------------------------------------------------------------------------------ */

/* Find the last message that begins with @start; its shown form. */
static bool log_has(const char *want)
{
	struct kmsg_dump_iter iter;
	static char line[1200];
	bool found = false;
	size_t len;

	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, true, line, sizeof(line), &len)) {
		if (strstr(line, want))
			found = true;
	}
	return found;
}

static void a_message_gets_level_and_time(struct kunit *test)
{
	printk(KERN_DEBUG "kunit-printk: level seven\n");
	KUNIT_EXPECT_TRUE(test, log_has("<7>["));
	KUNIT_EXPECT_TRUE(test, log_has("] kunit-printk: level seven\n"));
}

static void the_level_may_come_as_an_argument(struct kunit *test)
{
	static char line[128];
	struct kmsg_dump_iter iter;
	size_t len;
	bool found = false;

	printk("%skunit-printk: by %s\n", KERN_DEBUG, "argument");
	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, true, line, sizeof(line), &len))
		found |= strstr(line, "kunit-printk: by argument") && !strncmp(line, "<7>", 3);
	KUNIT_EXPECT_TRUE(test, found);
}

static void cont_goes_on_with_the_line(struct kunit *test)
{
	printk(KERN_DEBUG "kunit-printk: one");
	pr_cont(" two");
	pr_cont(" three\n");
	KUNIT_EXPECT_TRUE(test, log_has("kunit-printk: one two three\n"));
}

static void every_line_of_a_message_gets_a_prefix(struct kunit *test)
{
	struct printk_info info = { .text_len = 7, .level = 6, .ts_nsec = 1234567890 };
	char buf[100];

	printk_format_record(&info, "one\ntwo", false, true, buf, sizeof(buf));
	KUNIT_EXPECT_STREQ(test, buf, "[    1.234567] one\n[    1.234567] two\n");
	printk_format_record(&info, "one\ntwo", true, false, buf, sizeof(buf));
	KUNIT_EXPECT_STREQ(test, buf, "<6>one\n<6>two\n");
}

static void a_message_longer_than_a_record_is_cut(struct kunit *test)
{
	char *text = kunit_kzalloc(test, 3000, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, text);
	memset(text, 'x', 2999);
	KUNIT_EXPECT_LE(test, printk(KERN_DEBUG "kunit-printk: %s\n", text), PRINTK_MESSAGE_MAX);
}

static void deferred_messages_are_logged_at_once(struct kunit *test)
{
	printk_deferred(KERN_DEBUG "kunit-printk: deferred\n");
	KUNIT_EXPECT_TRUE(test, log_has("kunit-printk: deferred"));
}

static void once_is_once(struct kunit *test)
{
	int i, calls = 0;

	for (i = 0; i < 3; i++)
		DO_ONCE_LITE((void), calls++);
	KUNIT_EXPECT_EQ(test, calls, 1);
}

static void get_buffer_takes_the_newest_that_fit(struct kunit *test)
{
	struct kmsg_dump_iter iter;
	char buf[200];
	size_t len = 0;

	printk(KERN_DEBUG "kunit-printk: the last line\n");
	kmsg_dump_rewind(&iter);
	KUNIT_EXPECT_TRUE(test, kmsg_dump_get_buffer(&iter, true, buf, sizeof(buf) - 1, &len));
	KUNIT_EXPECT_LT(test, len, sizeof(buf));
	buf[len] = '\0';
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "the last line"));
}

/* ---- ratelimit ------------------------------------------------------------------------------- */

static void ratelimit_lets_a_burst_through_and_no_more(struct kunit *test)
{
	static DEFINE_RATELIMIT_STATE(rs, 100 * HZ, 3);
	int i, through = 0;

	ratelimit_set_flags(&rs, RATELIMIT_MSG_ON_RELEASE);
	for (i = 0; i < 10; i++)
		through += !!__ratelimit(&rs);
	KUNIT_EXPECT_EQ(test, through, 3);
	KUNIT_EXPECT_EQ(test, rs.missed, 7);
}

static void ratelimit_begins_anew_after_its_interval(struct kunit *test)
{
	static DEFINE_RATELIMIT_STATE(rs, 2, 1);

	ratelimit_set_flags(&rs, RATELIMIT_MSG_ON_RELEASE);
	KUNIT_EXPECT_TRUE(test, __ratelimit(&rs));
	KUNIT_EXPECT_FALSE(test, __ratelimit(&rs));
	schedule_timeout_uninterruptible(4);
	KUNIT_EXPECT_TRUE(test, __ratelimit(&rs));
}

static void ratelimit_of_interval_zero_never_limits(struct kunit *test)
{
	static DEFINE_RATELIMIT_STATE(rs, 0, 1);
	int i;

	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_TRUE(test, __ratelimit(&rs));
}

static struct kunit_case printk_cases[] = {
	KUNIT_CASE(a_record_is_read_as_written),
	KUNIT_CASE(the_oldest_record_gives_way),
	KUNIT_CASE(long_texts_wrap_and_stay_whole),
	KUNIT_CASE(too_long_a_text_is_refused),
	KUNIT_CASE(an_open_record_grows_until_it_is_final),
	KUNIT_CASE(a_new_record_closes_the_open_one),
	KUNIT_CASE(another_caller_does_not_append),
	KUNIT_CASE(an_unfinished_record_is_never_overwritten),
	KUNIT_CASE(readers_see_only_whole_records_in_a_storm),
	KUNIT_CASE(interrupts_write_between_the_writers),
	KUNIT_CASE(a_message_gets_level_and_time),
	KUNIT_CASE(the_level_may_come_as_an_argument),
	KUNIT_CASE(cont_goes_on_with_the_line),
	KUNIT_CASE(every_line_of_a_message_gets_a_prefix),
	KUNIT_CASE(a_message_longer_than_a_record_is_cut),
	KUNIT_CASE(deferred_messages_are_logged_at_once),
	KUNIT_CASE(once_is_once),
	KUNIT_CASE(get_buffer_takes_the_newest_that_fit),
	KUNIT_CASE(ratelimit_lets_a_burst_through_and_no_more),
	KUNIT_CASE(ratelimit_begins_anew_after_its_interval),
	KUNIT_CASE(ratelimit_of_interval_zero_never_limits),
	{}
};

static struct kunit_suite printk_suite = {
	.name = "printk",
	.test_cases = printk_cases,
};
kunit_test_suite(printk_suite);

MODULE_LICENSE("MIT");

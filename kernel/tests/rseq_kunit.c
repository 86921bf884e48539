// SPDX-License-Identifier: MIT
/*
 * Restartable sequences from the inside: the test thread registers an area in memory that it
 * borrows, and says itself what happened and where the "program" was. What programs see of it, and
 * the rules of rseq(2), are tested by tools/testing/selftests/rseq/.
 */

#include "../../mm/tests/user.h"

#include <linux/event_ring.h>
#include <linux/mm_cid.h>
#include <linux/rseq.h>
#include <linux/smp.h>

#define SIGNATURE	0x53053053
#define START		0x10000		/* of the sequence; nobody executes there */
#define LENGTH		0x100

struct program {
	unsigned long page;
	struct rseq __user *area;
	struct rseq_cs __user *cs;
	u64 abort_ip;
};

/* An area, a descriptor and a signature in one page. */
static struct program begin(struct kunit *test)
{
	struct program p = { .page = map_anon(1, PROT_RW) };
	struct rseq_cs cs = { .start_ip = START, .post_commit_offset = LENGTH };

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(p.page));
	p.area = (struct rseq __user *)p.page;
	p.cs = (struct rseq_cs __user *)(p.page + 64);
	p.abort_ip = cs.abort_ip = p.page + 132;
	KUNIT_ASSERT_EQ(test, put_user((u32)SIGNATURE, (u32 __user *)(p.page + 128)), 0);
	KUNIT_ASSERT_EQ(test, copy_to_user(p.cs, &cs, sizeof(cs)), 0UL);
	KUNIT_ASSERT_EQ(test, SYSCALL(rseq, p.page, 32, 0, SIGNATURE), 0);
	clear_thread_flag(TIF_RSEQ);
	return p;
}

static void end(struct kunit *test, struct program *p)
{
	KUNIT_EXPECT_EQ(test, SYSCALL(rseq, p->page, 32, RSEQ_FLAG_UNREGISTER, SIGNATURE), 0);
	KUNIT_EXPECT_EQ(test, current->mm_cid, MM_CID_NONE);
	clear_thread_flag(TIF_RSEQ);
}

/* The way to user mode, to @ip. Return: the address that it is entered at. */
static unsigned long go_to_user(struct program *p, unsigned long ip)
{
	struct pt_regs regs = { };

	put_user((u64)(unsigned long)p->cs, &p->area->rseq_cs);
	instruction_pointer_set(&regs, ip);
	__rseq_handle_notify_resume(NULL, &regs);
	return instruction_pointer(&regs);
}

static u64 section_of(struct program *p)
{
	u64 section = 1;

	get_user(section, &p->area->rseq_cs);
	return section;
}

static void each_event_aborts_once(struct kunit *test)
{
	struct program p = begin(test);

	preempt_disable();
	current->rseq_event_mask = 0;
	rseq_migrate(current);
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, test_thread_flag(TIF_RSEQ));
	KUNIT_EXPECT_EQ(test, go_to_user(&p, START), p.abort_ip);
	KUNIT_EXPECT_EQ(test, section_of(&p), 0);

	preempt_disable();
	rseq_preempt(current);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, go_to_user(&p, START + LENGTH - 1), p.abort_ip);
	end(test, &p);
}

/* Work for the task alone is no event. It may be preempted here, though, and that is one. */
static void without_an_event_a_sequence_goes_on(struct kunit *test)
{
	struct program p = begin(test);
	unsigned long ip;
	int tries = 0;

	do {
		WRITE_ONCE(current->rseq_event_mask, 0);
		ip = go_to_user(&p, START + 8);
	} while (ip != START + 8 && ++tries < 1000);
	KUNIT_EXPECT_EQ(test, ip, START + 8);
	KUNIT_EXPECT_EQ(test, section_of(&p), (u64)(unsigned long)p.cs);
	end(test, &p);
}

static void events_outside_are_forgotten(struct kunit *test)
{
	struct program p = begin(test);

	preempt_disable();
	rseq_preempt(current);
	preempt_enable();
	KUNIT_EXPECT_EQ(test, go_to_user(&p, START + LENGTH), START + LENGTH);
	KUNIT_EXPECT_EQ(test, section_of(&p), 0);
	KUNIT_EXPECT_EQ(test, go_to_user(&p, START - 1), START - 1);
	end(test, &p);
}

static void the_ids_are_those_of_now(struct kunit *test)
{
	struct program p = begin(test);
	u32 cpu_id, mm_cid;

	migrate_disable();
	go_to_user(&p, 0);
	KUNIT_EXPECT_EQ(test, get_user(cpu_id, &p.area->cpu_id), 0);
	KUNIT_EXPECT_EQ(test, get_user(mm_cid, &p.area->mm_cid), 0);
	KUNIT_EXPECT_EQ(test, cpu_id, raw_smp_processor_id());
	KUNIT_EXPECT_EQ(test, mm_cid, 0);
	migrate_enable();
	end(test, &p);
}

static void a_visit_that_faults_brings_the_page(struct kunit *test)
{
	struct program p = begin(test);

	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, p.page, PAGE_SIZE, 4 /* MADV_DONTNEED */), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 0);
	__rseq_handle_notify_resume(NULL, &(struct pt_regs){ });
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 1);
	end(test, &p);
}

static bool look(int event)
{
	bool suffices;

	local_irq_disable();
	current->rseq_event_mask = BIT(event);
	set_thread_flag(TIF_RSEQ);
	suffices = rseq_look_suffices(current);
	if (suffices)
		suffices = !current->rseq_event_mask && !test_thread_flag(TIF_RSEQ);
	local_irq_enable();
	return suffices;
}

static void a_switch_to_the_same_ids_needs_a_look(struct kunit *test)
{
	struct program p = begin(test);

	if (IS_ENABLED(CONFIG_DEBUG_RSEQ))
		kunit_skip(test, "DEBUG_RSEQ visits the area each time");
	go_to_user(&p, START - 1);
	KUNIT_EXPECT_EQ(test, section_of(&p), 0);
	KUNIT_EXPECT_TRUE(test, look(RSEQ_EVENT_PREEMPT_BIT));
	KUNIT_EXPECT_FALSE(test, look(RSEQ_EVENT_MIGRATE_BIT));
	KUNIT_EXPECT_FALSE(test, look(RSEQ_EVENT_NEW_IDS_BIT));
	/* In a sequence, perhaps. */
	put_user((u64)(unsigned long)p.cs, &p.area->rseq_cs);
	KUNIT_EXPECT_FALSE(test, look(RSEQ_EVENT_PREEMPT_BIT));
	KUNIT_EXPECT_TRUE(test, current->rseq_event_mask & BIT(RSEQ_EVENT_PREEMPT_BIT));
	put_user(0ULL, &p.area->rseq_cs);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, p.page, PAGE_SIZE, 4 /* MADV_DONTNEED */), 0);
	KUNIT_EXPECT_FALSE(test, look(RSEQ_EVENT_PREEMPT_BIT));
	end(test, &p);
}

static void tracepoints_record_updates_and_aborts(struct kunit *test)
{
	struct program p = begin(test);

	KUNIT_ASSERT_EQ(test, event_ring_enable(&rseq_ring, true), 0);
	preempt_disable();
	rseq_preempt(current);
	preempt_enable();
	go_to_user(&p, START);
	KUNIT_EXPECT_EQ(test, event_ring_count(&rseq_ring, RSEQ_TRACE_ABORT), 1);
	KUNIT_EXPECT_GE(test, event_ring_count(&rseq_ring, RSEQ_TRACE_UPDATE), 1);
	event_ring_free(&rseq_ring);
	end(test, &p);
}

static struct kunit_case rseq_cases[] = {
	KUNIT_CASE(each_event_aborts_once),
	KUNIT_CASE(without_an_event_a_sequence_goes_on),
	KUNIT_CASE(events_outside_are_forgotten),
	KUNIT_CASE(the_ids_are_those_of_now),
	KUNIT_CASE(a_visit_that_faults_brings_the_page),
	KUNIT_CASE(a_switch_to_the_same_ids_needs_a_look),
	KUNIT_CASE(tracepoints_record_updates_and_aborts),
	{}
};

static struct kunit_suite rseq_suite = {
	.name = "rseq",
	.init = mm_suite_init,
	.exit = mm_suite_exit,
	.test_cases = rseq_cases,
};
kunit_test_suite(rseq_suite);

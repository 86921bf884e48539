// SPDX-License-Identifier: MIT
/*
 * What rseq(2) refuses, what the kernel writes into the area, and what it does with the descriptor
 * of a sequence when something comes in between. That something is a trap: an undefined instruction
 * inside of the sequence, whose handler says where it was called from.
 */

#include "../kselftest.h"

#include <stddef.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "rseq.h"

#ifndef AT_RSEQ_FEATURE_SIZE
#define AT_RSEQ_FEATURE_SIZE	27
#define AT_RSEQ_ALIGN		28
#endif

#define UNREGISTER	1

/* ---- a sequence with a trap in it ---- */

/*
 * int trap_run(uint64_t *rseq_cs, const void *descriptor): 0 if the trap's handler was called from
 * the trap and the rest was done, 1 if that was at trap_abort, 2 at trap_other, which is as good a
 * place.
 */
int trap_run(volatile uint64_t *rseq_cs, const void *descriptor);
extern char trap_begin[], trap_end[], trap_abort[], trap_other[];

#if defined(__x86_64__)

asm(".pushsection .text\n"
    ".globl trap_run, trap_begin, trap_end, trap_abort, trap_other\n"
    "trap_run: movq %rsi, (%rdi)\n"
    "trap_begin: ud2\n"
    "	nop\n"
    "trap_end: xorl %eax, %eax\n"
    "	ret\n"
    ".byte 0x0f, 0xb9, 0x3d\n"
    ".long 0x53053053\n"
    "trap_abort: movl $1, %eax\n"
    "	ret\n"
    ".byte 0x0f, 0xb9, 0x3d\n"
    ".long 0x12345678\n"
    "trap_other: movl $2, %eax\n"
    "	ret\n"
    ".popsection\n");

static void *ip_of(ucontext_t *uc)
{
	return (void *)uc->uc_mcontext.gregs[REG_RIP];
}

static void skip_trap(ucontext_t *uc)
{
	uc->uc_mcontext.gregs[REG_RIP] += 2;
}

#else

asm(".pushsection .text\n"
    ".globl trap_run, trap_begin, trap_end, trap_abort, trap_other\n"
    "trap_run: str x1, [x0]\n"
    "trap_begin: .inst 0\n"
    "	nop\n"
    "trap_end: mov w0, #0\n"
    "	ret\n"
    ".inst 0xd428bc00\n"
    "trap_abort: mov w0, #1\n"
    "	ret\n"
    ".inst 0x12345678\n"
    "trap_other: mov w0, #2\n"
    "	ret\n"
    ".popsection\n");

static void *ip_of(ucontext_t *uc)
{
	return (void *)uc->uc_mcontext.pc;
}

static void skip_trap(ucontext_t *uc)
{
	uc->uc_mcontext.pc += 4;
}

#endif

static void *volatile trapped_at;

static void on_trap(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)info;
	trapped_at = ip_of(context);
	if (trapped_at == trap_begin)
		skip_trap(context);
}

static void handle_traps(void)
{
	struct sigaction sa = { .sa_sigaction = on_trap, .sa_flags = SA_SIGINFO };

	CHECK_EQ(sigaction(SIGILL, &sa, NULL), 0);
}

/* The right descriptor of the sequence with the trap. */
static struct rseq_descriptor right(void)
{
	return (struct rseq_descriptor) {
		.start_ip = (uintptr_t)trap_begin,
		.post_commit_offset = trap_end - trap_begin,
		.abort_ip = (uintptr_t)trap_abort,
	};
}

/* ---- registering ---- */

static void drop_the_librarys(void)
{
	if (!__rseq_size)
		SKIP("the C library hasn't registered an area");
	CHECK_EQ(rseq_call(rseq_area(), RSEQ_AREA_SIZE, UNREGISTER, RSEQ_SIG), 0);
}

static struct rseq_area mine __attribute__((aligned(64)));

static void the_c_library_registers(void)
{
	int cpu;

	if (!__rseq_size)
		SKIP("the C library hasn't registered an area");
	CHECK_ERR(rseq_call(rseq_area(), RSEQ_AREA_SIZE, 0, RSEQ_SIG), EBUSY);
	for (cpu = 0; cpu < sysconf(_SC_NPROCESSORS_ONLN); cpu++) {
		run_on(0, cpu);
		CHECK_EQ(rseq_area()->cpu_id, cpu);
		CHECK_EQ(rseq_area()->cpu_id_start, cpu);
		CHECK_EQ(sched_getcpu(), cpu);
	}
}

static void the_auxiliary_vector_tells_size_and_alignment(void)
{
	CHECK(getauxval(AT_RSEQ_FEATURE_SIZE) >= offsetof(struct rseq_area, mm_cid) + 4);
	CHECK_EQ(getauxval(AT_RSEQ_ALIGN), 32);
}

static void lengths_and_places_are_checked(void)
{
	static char room[8192] __attribute__((aligned(4096)));
	static const uint32_t good[] = { 32, 33, 64, 4096 }, bad[] = { 0, 1, 20, 28, 31 };
	unsigned int i;

	drop_the_librarys();
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK_ERR(rseq_call(room, bad[i], 0, RSEQ_SIG), EINVAL);
	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		CHECK_ERR(rseq_call(room + 8, good[i], 0, RSEQ_SIG), EINVAL);
		CHECK_ERR(rseq_call(room + 16, good[i], 0, RSEQ_SIG), EINVAL);
		CHECK_EQ(rseq_call(room + 4096, good[i], 0, RSEQ_SIG), 0);
		CHECK_EQ(rseq_call(room + 4096, good[i], UNREGISTER, RSEQ_SIG), 0);
	}
	CHECK_EQ(rseq_call(room + 32, 32, 0, RSEQ_SIG), 0);
	CHECK_EQ(rseq_call(room + 32, 32, UNREGISTER, RSEQ_SIG), 0);
}

static void unknown_flags_are_refused(void)
{
	drop_the_librarys();
	CHECK_ERR(rseq_call(&mine, 32, 2, RSEQ_SIG), EINVAL);
	CHECK_ERR(rseq_call(&mine, 32, 1 << 31, RSEQ_SIG), EINVAL);
	CHECK_EQ(rseq_call(&mine, 32, 0, RSEQ_SIG), 0);
	CHECK_ERR(rseq_call(&mine, 32, UNREGISTER | 2, RSEQ_SIG), EINVAL);
}

static void a_place_that_is_not_memory_is_efault(void)
{
	void *none = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	drop_the_librarys();
	CHECK_ERR(rseq_call((void *)-4096L, 32, 0, RSEQ_SIG), EFAULT);
	CHECK_ERR(rseq_call(none, 32, 0, RSEQ_SIG), EFAULT);
	/* Nothing was registered. */
	CHECK_ERR(rseq_call(none, 32, UNREGISTER, RSEQ_SIG), EINVAL);
}

static void a_second_registration_is_refused(void)
{
	static struct rseq_area other;

	drop_the_librarys();
	CHECK_EQ(rseq_call(&mine, 32, 0, 0x1234), 0);
	CHECK_ERR(rseq_call(&mine, 32, 0, 0x1234), EBUSY);
	CHECK_ERR(rseq_call(&mine, 32, 0, 0x1235), EPERM);
	CHECK_ERR(rseq_call(&mine, 64, 0, 0x1234), EINVAL);
	CHECK_ERR(rseq_call(&other, 32, 0, 0x1234), EINVAL);
}

static void only_what_was_registered_can_be_unregistered(void)
{
	static struct rseq_area other;

	drop_the_librarys();
	CHECK_ERR(rseq_call(&mine, 32, UNREGISTER, RSEQ_SIG), EINVAL);
	CHECK_ERR(rseq_call(NULL, 0, UNREGISTER, 0), EINVAL);
	CHECK_EQ(rseq_call(&mine, 32, 0, RSEQ_SIG), 0);
	CHECK_ERR(rseq_call(&other, 32, UNREGISTER, RSEQ_SIG), EINVAL);
	CHECK_ERR(rseq_call(&mine, 64, UNREGISTER, RSEQ_SIG), EINVAL);
	CHECK_ERR(rseq_call(&mine, 32, UNREGISTER, RSEQ_SIG + 1), EPERM);
	CHECK_EQ(rseq_call(&mine, 32, UNREGISTER, RSEQ_SIG), 0);
	CHECK_ERR(rseq_call(&mine, 32, UNREGISTER, RSEQ_SIG), EINVAL);
}

/* ---- the area ---- */

static void registration_fills_the_area_in(void)
{
	drop_the_librarys();
	run_on(0, 0);
	memset(&mine, 0x5a, sizeof(mine));
	mine.rseq_cs = 0;
	CHECK_EQ(rseq_call(&mine, 32, 0, RSEQ_SIG), 0);
	CHECK_EQ(mine.cpu_id_start, 0);
	CHECK_EQ(mine.cpu_id, 0);
	CHECK_EQ(mine.node_id, 0);
	CHECK_EQ(mine.mm_cid, 0);
	CHECK_EQ(mine.flags, 0x5a5a5a5a);
	CHECK_EQ(mine.pad, 0x5a5a5a5a);
}

static void unregistration_resets_it(void)
{
	drop_the_librarys();
	CHECK_EQ(rseq_call(&mine, 32, 0, RSEQ_SIG), 0);
	CHECK_EQ(rseq_call(&mine, 32, UNREGISTER, RSEQ_SIG), 0);
	CHECK_EQ(mine.cpu_id_start, 0);
	CHECK_EQ(mine.cpu_id, -1u);
	CHECK_EQ(mine.node_id, 0);
	CHECK_EQ(mine.mm_cid, 0);
}

/* A dead thread's area that a new one is given. */
static void registration_forgets_an_old_sequence(void)
{
	drop_the_librarys();
	handle_traps();
	mine.rseq_cs = 8;
	CHECK_EQ(rseq_call(&mine, 32, 0, RSEQ_SIG), 0);
	CHECK_EQ(mine.rseq_cs, 0);
	CHECK_EQ(trap_run(&mine.rseq_cs, NULL), 0);
}

static void what_is_only_to_be_read_is_put_right(void)
{
	volatile struct rseq_area *area = rseq_area();

	run_on(0, 0);
	handle_traps();
	area->cpu_id = 4711;
	area->cpu_id_start = 4711;
	area->node_id = 4711;
	area->mm_cid = 4711;
	CHECK_EQ(trap_run(&area->rseq_cs, NULL), 0);
	CHECK_EQ(area->cpu_id, 0);
	CHECK_EQ(area->cpu_id_start, 0);
	CHECK_EQ(area->node_id, 0);
	CHECK_EQ(area->mm_cid, 0);
}

static int register_unwritable(void *unused)
{
	void *area = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)unused;
	rseq_call(rseq_area(), RSEQ_AREA_SIZE, UNREGISTER, RSEQ_SIG);
	return rseq_call(area, 32, 0, RSEQ_SIG) ? 2 : 3;
}

static void an_area_that_cannot_be_written_is_fatal(void)
{
	CHECK_EQ(end_of(start_child(register_unwritable, NULL)), 128 + SIGSEGV);
}

static int unmap_area(void *unused)
{
	void *area = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)unused;
	rseq_call(rseq_area(), RSEQ_AREA_SIZE, UNREGISTER, RSEQ_SIG);
	if (rseq_call(area, 32, 0, RSEQ_SIG))
		return 2;
	munmap(area, 4096);
	handle_traps();
	return trap_run(&mine.rseq_cs, NULL);
}

static void an_area_that_is_gone_is_fatal(void)
{
	CHECK_EQ(end_of(start_child(unmap_area, NULL)), 128 + SIGSEGV);
}

/* Nothing but a switch happens: to sleep is one. */
static int sleep_without_area(void *unused)
{
	void *area = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)unused;
	rseq_call(rseq_area(), RSEQ_AREA_SIZE, UNREGISTER, RSEQ_SIG);
	if (rseq_call(area, 32, 0, RSEQ_SIG))
		return 2;
	usleep(1000);
	munmap(area, 4096);
	usleep(1000);
	return 3;
}

static void an_area_that_is_gone_is_fatal_at_a_switch_too(void)
{
	CHECK_EQ(end_of(start_child(sleep_without_area, NULL)), 128 + SIGSEGV);
}

/* The fault is taken on the way to user mode. */
static void an_area_that_is_not_in_memory_yet_is_faulted_in(void)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	volatile struct rseq_area *area = (void *)(pages + 4096);

	drop_the_librarys();
	handle_traps();
	CHECK_EQ(rseq_call(area, 32, 0, RSEQ_SIG), 0);
	CHECK_EQ(madvise(pages, 8192, MADV_DONTNEED), 0);
	CHECK_EQ(trap_run(&mine.rseq_cs, NULL), 0);
	CHECK(area->cpu_id < (uint32_t)sysconf(_SC_NPROCESSORS_CONF));
	CHECK_EQ(rseq_call(area, 32, UNREGISTER, RSEQ_SIG), 0);
}

/* ---- the descriptor ---- */

static void a_signal_aborts(void)
{
	struct rseq_descriptor cs = right();

	handle_traps();
	CHECK_EQ(trap_run(&rseq_area()->rseq_cs, &cs), 1);
	CHECK(trapped_at == trap_abort);
	CHECK_EQ(rseq_area()->rseq_cs, 0);
}

static void outside_of_the_sequence_nothing_is_aborted(void)
{
	struct rseq_descriptor before = right(), behind = right();

	handle_traps();
	/* It ends in front of the trap, and begins behind it. */
	before.start_ip = (uintptr_t)trap_run;
	before.post_commit_offset = trap_begin - (char *)trap_run;
	CHECK_EQ(trap_run(&rseq_area()->rseq_cs, &before), 0);
	CHECK(trapped_at == trap_begin);
	CHECK_EQ(rseq_area()->rseq_cs, 0);
	behind.start_ip++;
	CHECK_EQ(trap_run(&rseq_area()->rseq_cs, &behind), 0);
	CHECK(trapped_at == trap_begin);
	CHECK_EQ(rseq_area()->rseq_cs, 0);
}

static void an_empty_sequence_is_never_entered(void)
{
	struct rseq_descriptor cs = right();

	handle_traps();
	cs.post_commit_offset = 0;
	CHECK_EQ(trap_run(&rseq_area()->rseq_cs, &cs), 0);
	/* Then nothing is inside: the abort may be where it begins. */
	cs.start_ip = cs.abort_ip;
	CHECK_EQ(trap_run(&rseq_area()->rseq_cs, &cs), 0);
}

static int run_with(void *descriptor)
{
	handle_traps();
	return trap_run(&rseq_area()->rseq_cs, descriptor);
}

#define IS_FATAL(cs)	CHECK_EQ(end_of(start_child(run_with, (cs))), 128 + SIGSEGV)

static void an_unknown_version_is_fatal(void)
{
	struct rseq_descriptor cs = right();

	for (cs.version = 1; cs.version; cs.version <<= 1)
		IS_FATAL(&cs);
}

static void flags_are_fatal(void)
{
	struct rseq_descriptor cs = right();

	for (cs.flags = 1; cs.flags; cs.flags <<= 1)
		IS_FATAL(&cs);
}

static void flags_of_the_area_are_fatal(void)
{
	struct rseq_descriptor cs = right();
	uint32_t flag;

	for (flag = 1; flag; flag <<= 1) {
		rseq_area()->flags = flag;
		IS_FATAL(&cs);
	}
	/* But nobody looks at them, nor at the descriptor's, outside of a sequence. */
	handle_traps();
	cs.start_ip++;
	cs.flags = 1;
	CHECK_EQ(trap_run(&rseq_area()->rseq_cs, &cs), 0);
	rseq_area()->flags = 0;
}

static void a_range_outside_of_user_space_is_fatal(void)
{
	struct rseq_descriptor cs = right();

	cs.start_ip = -4096UL;
	IS_FATAL(&cs);
	cs = right();
	cs.post_commit_offset = 1UL << 62;
	IS_FATAL(&cs);
	cs = right();
	cs.abort_ip = 1UL << 63;
	IS_FATAL(&cs);
}

static void a_range_that_wraps_around_is_fatal(void)
{
	struct rseq_descriptor cs = right();

	cs.post_commit_offset = -cs.start_ip + 4096;
	IS_FATAL(&cs);
	cs.post_commit_offset = -1UL;
	IS_FATAL(&cs);
}

static void an_abort_inside_of_the_sequence_is_fatal(void)
{
	struct rseq_descriptor cs = right();

	cs.post_commit_offset = trap_other - trap_begin;
	IS_FATAL(&cs);
	cs = right();
	cs.abort_ip = cs.start_ip;
	IS_FATAL(&cs);
}

static void a_wrong_signature_is_fatal(void)
{
	struct rseq_descriptor cs = right();

	cs.abort_ip = (uintptr_t)trap_other;
	IS_FATAL(&cs);
	cs.abort_ip = (uintptr_t)trap_abort + 1;
	IS_FATAL(&cs);
}

/* The signature is the one that was registered. */
static int run_with_other_signature(void *descriptor)
{
	volatile struct rseq_area *area = rseq_area();

	rseq_call(area, RSEQ_AREA_SIZE, UNREGISTER, RSEQ_SIG);
	if (rseq_call(&mine, RSEQ_AREA_SIZE, 0, 0x12345678))
		return 3;
	handle_traps();
	return trap_run(&mine.rseq_cs, descriptor);
}

static void the_registered_signature_counts(void)
{
	struct rseq_descriptor cs = right();

	CHECK_EQ(end_of(start_child(run_with_other_signature, &cs)), 128 + SIGSEGV);
	cs.abort_ip = (uintptr_t)trap_other;
	CHECK_EQ(end_of(start_child(run_with_other_signature, &cs)), 2);
}

static void an_unreadable_signature_is_fatal(void)
{
	char *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct rseq_descriptor cs = right();

	cs.abort_ip = (uintptr_t)page + 64;
	IS_FATAL(&cs);
	cs.abort_ip = 3;
	IS_FATAL(&cs);
}

static void an_unreadable_descriptor_is_fatal(void)
{
	char *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	IS_FATAL(page);
	IS_FATAL((void *)8);
	IS_FATAL((void *)-4096L);
	IS_FATAL((void *)(1UL << 63));
}

/* Whether the thread is in the sequence can't be said of one that makes no sense. */
static void a_bad_descriptor_is_fatal_outside_of_it_too(void)
{
	struct rseq_descriptor cs = right();

	cs.start_ip = (uintptr_t)trap_run;
	cs.post_commit_offset = 1;
	cs.abort_ip = (uintptr_t)trap_other;
	IS_FATAL(&cs);
	cs.abort_ip = (uintptr_t)trap_abort;
	CHECK_EQ(end_of(start_child(run_with, &cs)), 0);
}

static void a_misaligned_descriptor_is_as_good(void)
{
	char room[sizeof(struct rseq_descriptor) + 1];
	struct rseq_descriptor cs = right();

	memcpy(room + 1, &cs, sizeof(cs));
	CHECK_EQ(end_of(start_child(run_with, room + 1)), 1);
}

static void on_segv(int sig)
{
	(void)sig;
	_exit(0);
}

/* SIGSEGV is a signal like any other: its handler sees what happened. */
static int run_with_handler(void *descriptor)
{
	struct sigaction sa = { .sa_handler = on_segv };

	sigaction(SIGSEGV, &sa, NULL);
	return run_with(descriptor);
}

static void a_handler_of_the_fatal_signal_is_called(void)
{
	struct rseq_descriptor cs = right();

	cs.version = 1;
	CHECK_EQ(end_of(start_child(run_with_handler, &cs)), 0);
}

/* ---- system calls ---- */

/*
 * A call inside of a sequence is against the rules, which a kernel with DEBUG_RSEQ enforces: the
 * boot that has it says so by debug_rseq=1.
 */
static int call_inside(void *unused)
{
	struct rseq_descriptor cs = right();
	int i;

	(void)unused;
	cs.start_ip = (uintptr_t)syscall & ~4095UL;
	cs.post_commit_offset = 1 << 14;
	if (cs.abort_ip - cs.start_ip < cs.post_commit_offset)
		return 3;
	/*
	 * Preempted in front of the call, the thread has left the sequence: hence more than once.
	 */
	for (i = 0; i < 100; i++) {
		rseq_area()->rseq_cs = (uintptr_t)&cs;
		syscall(SYS_getppid);
		rseq_area()->rseq_cs = 0;
	}
	return 0;
}

static void a_call_inside_is_fatal_where_that_is_checked(void)
{
	const char *debug = getenv("debug_rseq");
	int end = end_of(start_child(call_inside, NULL));

	if (end == 3)
		SKIP("syscall() lies where the abort does");
	if (debug && *debug == '1')
		CHECK_EQ(end, 128 + SIGSEGV);
	else if (end != 128 + SIGSEGV)
		CHECK_EQ(end, 0);
}

TESTS(
	TEST(the_c_library_registers),
	TEST(the_auxiliary_vector_tells_size_and_alignment),
	TEST(lengths_and_places_are_checked),
	TEST(unknown_flags_are_refused),
	TEST(a_place_that_is_not_memory_is_efault),
	TEST(a_second_registration_is_refused),
	TEST(only_what_was_registered_can_be_unregistered),
	TEST(registration_fills_the_area_in),
	TEST(unregistration_resets_it),
	TEST(registration_forgets_an_old_sequence),
	TEST(what_is_only_to_be_read_is_put_right),
	TEST(an_area_that_cannot_be_written_is_fatal),
	TEST(an_area_that_is_gone_is_fatal),
	TEST(an_area_that_is_gone_is_fatal_at_a_switch_too),
	TEST(an_area_that_is_not_in_memory_yet_is_faulted_in),
	TEST(a_signal_aborts),
	TEST(outside_of_the_sequence_nothing_is_aborted),
	TEST(an_empty_sequence_is_never_entered),
	TEST(an_unknown_version_is_fatal),
	TEST(flags_are_fatal),
	TEST(flags_of_the_area_are_fatal),
	TEST(a_range_outside_of_user_space_is_fatal),
	TEST(a_range_that_wraps_around_is_fatal),
	TEST(an_abort_inside_of_the_sequence_is_fatal),
	TEST(a_wrong_signature_is_fatal),
	TEST(the_registered_signature_counts),
	TEST(an_unreadable_signature_is_fatal),
	TEST(an_unreadable_descriptor_is_fatal),
	TEST(a_bad_descriptor_is_fatal_outside_of_it_too),
	TEST(a_misaligned_descriptor_is_as_good),
	TEST(a_handler_of_the_fatal_signal_is_called),
	TEST(a_call_inside_is_fatal_where_that_is_checked),
)

/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_RSEQ_H
#define SELFTESTS_RSEQ_H

/*
 * Restartable sequences for tests, on both machines.
 *
 * The C library has registered an area for each thread, which rseq_area() finds. Every sequence
 * here has the same frame, of which the operations are the middle:
 *
 *	SEQUENCE_BEGIN		area->rseq_cs = &descriptor
 *				1: if what @id points to in the area isn't @want: goto moved
 *	  ...			loads, a comparison, stores that don't matter if it is broken off
 *	  SPIN			so many turns that nobody needs, to be broken off in
 *	  a store		which commits
 *	SEQUENCE_END		2: and out of line, the signature and 4: goto aborted
 *
 * A sequence is left by a store or a jump; rseq_cs keeps the address, and the kernel clears it when
 * it sees that the thread is elsewhere.
 */

#include <sched.h>
#include <stdint.h>
#include <sys/rseq.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RSEQ_AREA_SIZE	32		/* what Debian's C library registers */

/* The area with the fields that the C library's struct rseq doesn't know. */
struct rseq_area {
	uint32_t cpu_id_start;
	uint32_t cpu_id;
	uint64_t rseq_cs;
	uint32_t flags;
	uint32_t node_id;
	uint32_t mm_cid;
	uint32_t pad;
} __attribute__((aligned(32)));

struct rseq_descriptor {
	uint32_t version;
	uint32_t flags;
	uint64_t start_ip;
	uint64_t post_commit_offset;
	uint64_t abort_ip;
} __attribute__((aligned(32)));

static inline volatile struct rseq_area *rseq_area(void)
{
	return (void *)((char *)__builtin_thread_pointer() + __rseq_offset);
}

static inline long rseq_call(volatile void *area, uint32_t len, int flags, uint32_t sig)
{
	return syscall(SYS_rseq, area, len, flags, sig);
}

/* How an operation ended. */
enum rseq_end {
	RSEQ_DONE,
	RSEQ_CHANGED,		/* what was compared is another by now */
	RSEQ_MOVED,		/* the id isn't the one that was wanted */
	RSEQ_ABORTED,
};

#if defined(__x86_64__)

#define SEQUENCE_BEGIN								\
	".pushsection rseq_descriptors, \"aw\", @progbits\n\t"			\
	".balign 32\n"								\
	"3:\t.long 0, 0\n\t"							\
	".quad 1f, 2f - 1f, 4f\n\t"						\
	".popsection\n\t"							\
	"leaq 3b(%%rip), %%rax\n\t"						\
	"movq %%rax, 8(%[area])\n"						\
	"1:\tcmpl %[want], (%[id])\n\t"						\
	"jne %l[moved]\n\t"

/* The signature is the operand of an undefined instruction. */
#define SEQUENCE_END								\
	"2:\n\t"								\
	".pushsection rseq_aborts, \"ax\", @progbits\n\t"			\
	".byte 0x0f, 0xb9, 0x3d\n\t"						\
	".long 0x53053053\n"							\
	"4:\tjmp %l[aborted]\n\t"						\
	".popsection\n\t"

#define SPIN									\
	"movl %[spin], %%eax\n"							\
	"5:\tsubl $1, %%eax\n\t"						\
	"jns 5b\n\t"

#define IF_NOT(p, value, label)							\
	"cmpq %[" value "], (%[" p "])\n\t"					\
	"jne %l[" label "]\n\t"
#define STORE(p, value)		"movq %[" value "], (%[" p "])\n\t"
#define LOAD(p)			"movq (%[" p "]), %%rcx\n\t"
#define STORE_LOADED(p)		"movq %%rcx, (%[" p "])\n\t"
#define UNTIL_SET(p)								\
	"5:\tcmpq $0, (%[" p "])\n\t"						\
	"je 5b\n\t"
#define SEQUENCE_CLOBBERS	"rax", "rcx", "cc", "memory"

#elif defined(__aarch64__)

#define SEQUENCE_BEGIN								\
	".pushsection rseq_descriptors, \"aw\"\n\t"				\
	".balign 32\n"								\
	"3:\t.long 0, 0\n\t"							\
	".quad 1f, 2f - 1f, 4f\n\t"						\
	".popsection\n\t"							\
	"adrp x9, 3b\n\t"							\
	"add x9, x9, :lo12:3b\n\t"						\
	"str x9, [%[area], #8]\n"						\
	"1:\tldr w9, [%[id]]\n\t"						\
	"cmp w9, %w[want]\n\t"							\
	"b.ne %l[moved]\n\t"

/* The signature is a brk that nobody uses. */
#define SEQUENCE_END								\
	"2:\n\t"								\
	".pushsection rseq_aborts, \"ax\"\n\t"					\
	".inst 0xd428bc00\n"							\
	"4:\tb %l[aborted]\n\t"							\
	".popsection\n\t"

#define SPIN									\
	"mov w9, %w[spin]\n"							\
	"5:\tsubs w9, w9, #1\n\t"						\
	"b.pl 5b\n\t"

#define IF_NOT(p, value, label)							\
	"ldr x9, [%[" p "]]\n\t"						\
	"cmp x9, %[" value "]\n\t"						\
	"b.ne %l[" label "]\n\t"
#define STORE(p, value)		"str %[" value "], [%[" p "]]\n\t"
#define LOAD(p)			"ldr x10, [%[" p "]]\n\t"
#define STORE_LOADED(p)		"str x10, [%[" p "]]\n\t"
#define UNTIL_SET(p)								\
	"5:\tldr x9, [%[" p "]]\n\t"						\
	"cbz x9, 5b\n\t"
#define SEQUENCE_CLOBBERS	"x9", "x10", "cc", "memory"

#else
#error "no restartable sequences for this machine"
#endif

#define SEQUENCE_INPUTS(area_, id_, want_)					\
	[area] "r" (area_), [id] "r" (id_), [want] "r" (want_)

/* The ends that all operations have. */
#define SEQUENCE_ENDS								\
	return RSEQ_DONE;							\
moved:										\
	return RSEQ_MOVED;							\
aborted:									\
	return RSEQ_ABORTED

/* If *p is still @expect: *q = @beside (which nobody sees unless it is done), *p = @next. */
static inline enum rseq_end rseq_store(volatile uint32_t *id, uint32_t want, volatile uint64_t *p,
				       uint64_t expect, uint64_t next, volatile uint64_t *q,
				       uint64_t beside, int spin)
{
	asm goto(SEQUENCE_BEGIN
		 IF_NOT("p", "expect", "changed")
		 STORE("q", "beside")
		 SPIN
		 STORE("p", "next")
		 SEQUENCE_END
		 : : SEQUENCE_INPUTS(rseq_area(), id, want), [p] "r" (p), [expect] "r" (expect),
		     [next] "r" (next), [q] "r" (q), [beside] "r" (beside), [spin] "r" (spin)
		 : SEQUENCE_CLOBBERS : moved, aborted, changed);
	SEQUENCE_ENDS;
changed:
	return RSEQ_CHANGED;
}

/* If *p is still @expect: *out = *q, *p = @next. */
static inline enum rseq_end rseq_take(volatile uint32_t *id, uint32_t want, volatile uint64_t *p,
				      uint64_t expect, uint64_t next, volatile uint64_t *q,
				      volatile uint64_t *out, int spin)
{
	asm goto(SEQUENCE_BEGIN
		 IF_NOT("p", "expect", "changed")
		 LOAD("q")
		 STORE_LOADED("out")
		 SPIN
		 STORE("p", "next")
		 SEQUENCE_END
		 : : SEQUENCE_INPUTS(rseq_area(), id, want), [p] "r" (p), [expect] "r" (expect),
		     [next] "r" (next), [q] "r" (q), [out] "r" (out), [spin] "r" (spin)
		 : SEQUENCE_CLOBBERS : moved, aborted, changed);
	SEQUENCE_ENDS;
changed:
	return RSEQ_CHANGED;
}

/* If *head is still @first: *head = *next, the field of @first that points to the one behind it. */
static inline enum rseq_end rseq_unlink(volatile uint32_t *id, uint32_t want,
					volatile uint64_t *head, uint64_t first,
					volatile uint64_t *next, int spin)
{
	asm goto(SEQUENCE_BEGIN
		 IF_NOT("head", "first", "changed")
		 LOAD("next")
		 SPIN
		 STORE_LOADED("head")
		 SEQUENCE_END
		 : : SEQUENCE_INPUTS(rseq_area(), id, want), [head] "r" (head),
		     [first] "r" (first), [next] "r" (next), [spin] "r" (spin)
		 : SEQUENCE_CLOBBERS : moved, aborted, changed);
	SEQUENCE_ENDS;
changed:
	return RSEQ_CHANGED;
}

/* *slot = @mark, and see whether it stays so: RSEQ_CHANGED if somebody else has written it. */
static inline enum rseq_end rseq_claim(volatile uint32_t *id, uint32_t want,
				       volatile uint64_t *slot,
				       uint64_t mark, int spin)
{
	asm goto(SEQUENCE_BEGIN
		 STORE("slot", "mark")
		 SPIN
		 IF_NOT("slot", "mark", "changed")
		 SEQUENCE_END
		 : : SEQUENCE_INPUTS(rseq_area(), id, want), [slot] "r" (slot),
		     [mark] "r" (mark), [spin] "r" (spin)
		 : SEQUENCE_CLOBBERS : moved, aborted, changed);
	SEQUENCE_ENDS;
changed:
	return RSEQ_CHANGED;
}

/* Stay in the sequence until *stop isn't 0, or it is broken off. */
static inline enum rseq_end rseq_stay(volatile uint32_t *id, uint32_t want, volatile uint64_t *stop)
{
	asm goto(SEQUENCE_BEGIN
		 UNTIL_SET("stop")
		 SEQUENCE_END
		 : : SEQUENCE_INPUTS(rseq_area(), id, want), [stop] "r" (stop)
		 : SEQUENCE_CLOBBERS : moved, aborted);
	SEQUENCE_ENDS;
}

/* ---- CPUs ---- */

static inline void run_on(pid_t tid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	CHECK_EQ(sched_setaffinity(tid, sizeof(set), &set), 0);
}

/* Return: how many of @cpus, the CPUs that we may use, there are. */
static inline int usable_cpus(int cpus[CPU_SETSIZE])
{
	cpu_set_t set;
	int cpu, n = 0;

	CHECK_EQ(sched_getaffinity(0, sizeof(set), &set), 0);
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &set))
			cpus[n++] = cpu;
	return n;
}

#endif /* SELFTESTS_RSEQ_H */

// SPDX-License-Identifier: MIT
/*
 * Single-step where an instruction is more than an instruction: it faults on the way, it is one of
 * a pair that wants no interruption, it repeats, it lies in the vDSO, it returns from a handler.
 */

#include <elf.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#include "trace.h"

/* Places in the code below. Global: they are reached by name from C. */
extern char fault_begin[], fault_end[], pair_begin[], pair_end[], repeat_begin[], repeat_end[];
long touch(volatile long *page), increment(volatile long *word), copy(char *to, const char *from);

#if defined(__x86_64__)
asm(".text\n"
    ".globl touch, increment, copy, fault_begin, fault_end, pair_begin, pair_end\n"
    ".globl repeat_begin, repeat_end\n"
    "touch:\n"
    "fault_begin: mov (%rdi), %rax\n"
    "	mov %rax, 8(%rdi)\n"
    "fault_end: ret\n"
    "increment:\n"
    "	mov $1, %eax\n"
    "pair_begin: lock xadd %rax, (%rdi)\n"
    "pair_end: ret\n"
    "copy:\n"
    "	mov $16, %ecx\n"
    "repeat_begin: rep movsb\n"
    "repeat_end: ret\n");
#else
asm(".text\n"
    ".globl touch, increment, copy, fault_begin, fault_end, pair_begin, pair_end\n"
    ".globl repeat_begin, repeat_end\n"
    "touch:\n"
    "fault_begin: ldr x1, [x0]\n"
    "	str x1, [x0, #8]\n"
    "fault_end: ret\n"
    "increment:\n"
    "pair_begin: ldxr x1, [x0]\n"
    "	add x1, x1, #1\n"
    "	stxr w2, x1, [x0]\n"
    "	cbnz w2, pair_begin\n"
    "pair_end: ret\n"
    "copy:\n"
    "	mov x2, #16\n"
    "repeat_begin: ldrb w3, [x1], #1\n"
    "	strb w3, [x0], #1\n"
    "	subs x2, x2, #1\n"
    "	b.ne repeat_begin\n"
    "repeat_end: ret\n");
#endif

static unsigned long pc_of(pid_t pid)
{
	struct user_regs_struct regs;

	get_regs(pid, &regs);
	return REG_PC(&regs);
}

static void step(pid_t pid)
{
	go_on(PTRACE_SINGLESTEP, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
}

/* A breakpoint instruction at @at is hit and taken away again. */
static void run_to(pid_t pid, const void *at)
{
	unsigned long address = (unsigned long)at, word, trap;
	struct user_regs_struct regs;

	CHECK_EQ(trace(PTRACE_PEEKTEXT, pid, address, (unsigned long)&word), 0);
#if defined(__x86_64__)
	trap = (word & ~0xffUL) | 0xcc;
#else
	trap = (word & ~0xffffffffUL) | 0xd4200000;
#endif
	CHECK_EQ(trace(PTRACE_POKETEXT, pid, address, trap), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(trace(PTRACE_POKETEXT, pid, address, word), 0);
	get_regs(pid, &regs);
	REG_PC(&regs) = address;
	set_regs(pid, &regs);
}

static void finish(pid_t pid)
{
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

/* ---- faults ---- */

static int touch_new_page(void)
{
	return touch(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) &
	       0;
}

/* The zero page is mapped by the read and replaced by the write: two faults, two steps. */
static void a_fault_on_the_way_is_no_step(void)
{
	pid_t pid = traced_child(touch_new_page);

	run_to(pid, fault_begin);
	step(pid);
	CHECK(pc_of(pid) > (unsigned long)fault_begin && pc_of(pid) < (unsigned long)fault_end);
	step(pid);
	CHECK_EQ(pc_of(pid), (unsigned long)fault_end);
	finish(pid);
}

static int touch_nothing(void)
{
	return touch((long *)64) & 0;
}

static void a_fault_that_is_a_signal_is_no_step_either(void)
{
	pid_t pid = traced_child(touch_nothing);

	run_to(pid, fault_begin);
	go_on(PTRACE_SINGLESTEP, pid, 0);
	CHECK_STOP(pid, SIGSEGV, 0);
	CHECK_EQ(pc_of(pid), (unsigned long)fault_begin);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

/* ---- exclusive pairs ---- */

static volatile long counter;

static int increment_counter(void)
{
	increment(&counter);
	return counter != 1;
}

/*
 * Each return to user mode ends an exclusive access, so the store never succeeds while stepped; a
 * debugger lets such a loop run to its end. On x86_64 it is one instruction.
 */
static void an_exclusive_pair_is_left_by_a_breakpoint(void)
{
	pid_t pid = traced_child(increment_counter);
	int n;

	run_to(pid, pair_begin);
#if defined(__x86_64__)
	(void)n;
	step(pid);
#else
	for (n = 0; n < 40; n++) {
		step(pid);
		CHECK(pc_of(pid) != (unsigned long)pair_end);
	}
	run_to(pid, pair_end);
#endif
	CHECK_EQ(pc_of(pid), (unsigned long)pair_end);
	finish(pid);
}

/* ---- repetition ---- */

static char source[17] = "sixteen letters!", target[17];

static int copy_string(void)
{
	copy(target, source);
	return strcmp(target, source) != 0;
}

static void a_repetition_comes_to_its_end(void)
{
	pid_t pid = traced_child(copy_string);
	int n;

	run_to(pid, repeat_begin);
	for (n = 0; pc_of(pid) != (unsigned long)repeat_end; n++) {
		CHECK(n < 100);
		step(pid);
	}
	/* One step for each turn. */
	CHECK(n >= 15);
	finish(pid);
}

/* ---- the vDSO ---- */

static __attribute__((noipa)) int marked(void)
{
	return 0;
}

/* One that doesn't begin anew when the clock ticked meanwhile: under steps that may be for ever. */
#ifdef __x86_64__
#define STRAIGHT_FUNCTION "__vdso_time"
#else
#define STRAIGHT_FUNCTION "__kernel_clock_getres"
#endif

/* By its dynamic symbols, which lie right before their names. NULL: no such function. */
static long (*vdso_function(const char *name))(long, void *)
{
	unsigned long base = getauxval(AT_SYSINFO_EHDR);
	const Elf64_Ehdr *head = (const void *)base;
	const Elf64_Phdr *part = (const void *)(base + head->e_phoff);
	const Elf64_Sym *symbol = NULL;
	const char *names = NULL;
	const Elf64_Dyn *dyn;

	while (part->p_type != PT_DYNAMIC)
		part++;
	for (dyn = (const void *)(base + part->p_offset); dyn->d_tag != DT_NULL; dyn++) {
		if (dyn->d_tag == DT_SYMTAB)
			symbol = (const void *)(base + dyn->d_un.d_ptr);
		if (dyn->d_tag == DT_STRTAB)
			names = (const void *)(base + dyn->d_un.d_ptr);
	}
	for (; symbol && (const char *)symbol < names; symbol++) {
		if (symbol->st_value && !strcmp(names + symbol->st_name, name))
			return (long (*)(long, void *))(base + symbol->st_value);
	}
	return NULL;
}

static int ask_the_time(void)
{
	long (*function)(long, void *) = vdso_function(STRAIGHT_FUNCTION);

	marked();
	/* The time, to nowhere; or the resolution of CLOCK_REALTIME. */
	function(0, NULL);
	marked();
	return 0;
}

static bool in_vdso(unsigned long pc)
{
	unsigned long vdso = getauxval(AT_SYSINFO_EHDR);

	return pc - vdso < 0x4000;
}

static void stepping_goes_through_the_vdso(void)
{
	int n, inside = 0;
	pid_t pid;

	if (!getauxval(AT_SYSINFO_EHDR) || !vdso_function(STRAIGHT_FUNCTION))
		SKIP("no vDSO");
	pid = traced_child(ask_the_time);

	run_to(pid, marked);
	for (n = 0; ; n++) {
		CHECK(n < 1000);
		step(pid);
		inside += in_vdso(pc_of(pid));
		if (inside && pc_of(pid) == (unsigned long)marked)
			break;
	}
	CHECK(inside > 1);
	finish(pid);
}

/* ---- a handler's return ---- */

static volatile int handled;

static void count(int sig)
{
	(void)sig;
	handled++;
}

static int interrupt_yourself(void)
{
	signal(SIGUSR1, count);
	raise(SIGUSR1);
	return handled != 1;
}

/* From the handler's last instruction over the trampoline and its system call. */
static void a_step_over_sigreturn_lands_where_it_was(void)
{
	pid_t pid = traced_child(interrupt_yourself);
	unsigned long interrupted;
	int n;

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	interrupted = pc_of(pid);
	go_on(PTRACE_SINGLESTEP, pid, SIGUSR1);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(pc_of(pid), (unsigned long)count);
	for (n = 0; pc_of(pid) != interrupted; n++) {
		CHECK(n < 200);
		step(pid);
	}
	/* And further from there. */
	step(pid);
	CHECK(pc_of(pid) != interrupted);
	finish(pid);
}

TESTS(
	TEST(a_fault_on_the_way_is_no_step),
	TEST(a_fault_that_is_a_signal_is_no_step_either),
	TEST(an_exclusive_pair_is_left_by_a_breakpoint),
	TEST(a_repetition_comes_to_its_end),
	TEST(stepping_goes_through_the_vdso),
	TEST(a_step_over_sigreturn_lands_where_it_was),
)

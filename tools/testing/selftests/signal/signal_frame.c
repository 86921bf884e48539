// SPDX-License-Identifier: MIT
/*
 * What a handler's frame holds and what may be written there; faults and their siginfo.
 */
#include <setjmp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>

#include "../kselftest.h"

static volatile sig_atomic_t got_sig, got_code;
static void *volatile got_addr;
static sigjmp_buf out;

static void jump_out(int sig, siginfo_t *info, void *ctx)
{
	(void)ctx;
	got_sig = sig;
	got_code = info->si_code;
	got_addr = info->si_addr;
	siglongjmp(out, 1);
}

static void catch(int sig)
{
	struct sigaction sa = { .sa_sigaction = jump_out, .sa_flags = SA_SIGINFO };

	CHECK_EQ(sigaction(sig, &sa, NULL), 0);
}

static void an_unmapped_address_is_maperr(void)
{
	volatile int *volatile p = (int *)0x10;

	catch(SIGSEGV);
	if (!sigsetjmp(out, 1))
		*p = 1;
	CHECK_EQ(got_sig, SIGSEGV);
	CHECK_EQ(got_code, SEGV_MAPERR);
	CHECK(got_addr == (void *)0x10);
}

static void a_forbidden_write_is_accerr(void)
{
	char *p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED);
	catch(SIGSEGV);
	if (!sigsetjmp(out, 1))
		*(volatile char *)(p + 5) = 1;
	CHECK_EQ(got_code, SEGV_ACCERR);
	CHECK(got_addr == p + 5);
}

static void jumping_into_data_is_accerr(void)
{
	char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	catch(SIGSEGV);
	*p = 0;
	if (!sigsetjmp(out, 1))
		((void (*)(void))p)();
	CHECK_EQ(got_code, SEGV_ACCERR);
	CHECK(got_addr == p);
}

static void an_undefined_instruction_is_sigill(void)
{
	catch(SIGILL);
	if (!sigsetjmp(out, 1))
#if defined(__x86_64__)
		asm volatile("ud2");
#else
		asm volatile(".inst 0");
#endif
	CHECK_EQ(got_sig, SIGILL);
	CHECK(got_code == ILL_ILLOPN || got_code == ILL_ILLOPC);
	CHECK(got_addr != NULL);
}

static void a_breakpoint_is_sigtrap(void)
{
	catch(SIGTRAP);
	if (!sigsetjmp(out, 1))
#if defined(__x86_64__)
		asm volatile("int3");
#else
		asm volatile("brk #0");
#endif
	CHECK_EQ(got_sig, SIGTRAP);
}

#if defined(__x86_64__)
static void a_division_by_zero_is_intdiv(void)
{
	catch(SIGFPE);
	if (!sigsetjmp(out, 1))
		asm volatile("xorl %%edx, %%edx; movl $1, %%eax; xorl %%ecx, %%ecx; divl %%ecx"
			     ::: "eax", "ecx", "edx");
	CHECK_EQ(got_sig, SIGFPE);
	CHECK_EQ(got_code, FPE_INTDIV);
}

static void a_privileged_instruction_is_sigsegv(void)
{
	catch(SIGSEGV);
	if (!sigsetjmp(out, 1))
		asm volatile("hlt");
	CHECK_EQ(got_sig, SIGSEGV);
	CHECK_EQ(got_code, SI_KERNEL);
}

static void an_address_that_is_not_canonical_is_sigsegv(void)
{
	volatile int *p = (int *)0x8000000000000000UL;

	catch(SIGSEGV);
	if (!sigsetjmp(out, 1))
		*p = 1;
	CHECK_EQ(got_sig, SIGSEGV);
}

static void sse_exceptions_have_codes(void)
{
	unsigned int mxcsr = 0x1f80 & ~(1u << 9);	/* unmask division by zero */

	catch(SIGFPE);
	if (!sigsetjmp(out, 1)) {
		asm volatile("ldmxcsr %0" :: "m" (mxcsr));
		asm volatile("movl $1, %%eax; cvtsi2ss %%eax, %%xmm0; xorps %%xmm1, %%xmm1; divss %%xmm1, %%xmm0"
			     ::: "eax", "xmm0", "xmm1");
		SKIP("this processor raises no SSE exceptions (QEMU's doesn't)");
	}
	CHECK_EQ(got_sig, SIGFPE);
	CHECK_EQ(got_code, FPE_FLTDIV);
}
#endif

static volatile int fp_seen;

/* Handlers use vector registers, too: what was in them must be back afterwards. */
static void clobber(int sig)
{
	double d = sig;
	int i;

	for (i = 0; i < 10; i++)
		d = d * 1.5 + 1;
	fp_seen = (int)d;
#if defined(__x86_64__)
	asm volatile("pcmpeqb %%xmm0, %%xmm0; pcmpeqb %%xmm7, %%xmm7; pcmpeqb %%xmm15, %%xmm15"
		     ::: "xmm0", "xmm7", "xmm15");
#else
	asm volatile("movi v0.16b, #255; movi v7.16b, #255; movi v31.16b, #255"
		     ::: "v0", "v7", "v31");
#endif
}

static void vector_registers_survive_a_handler(void)
{
	uint64_t before[6] = { 1, 2, 3, 4, 5, 6 }, after[6] = { 0 };
	long pid = getpid(), tid = syscall(SYS_gettid);

	CHECK(signal(SIGUSR1, clobber) != SIG_ERR);
#if defined(__x86_64__)
	long ret = SYS_tgkill;
	register long sig asm("rdx") = SIGUSR1;

	asm volatile("movdqu (%[b]), %%xmm0; movdqu 16(%[b]), %%xmm7; movdqu 32(%[b]), %%xmm15\n"
		     "syscall\n"
		     "movdqu %%xmm0, (%[a]); movdqu %%xmm7, 16(%[a]); movdqu %%xmm15, 32(%[a])"
		     : "+a" (ret) : "D" (pid), "S" (tid), "r" (sig), [b] "r" (before),
		     [a] "r" (after)
		     : "rcx", "r11", "memory", "xmm0", "xmm7", "xmm15");
	CHECK_EQ(ret, 0);
#else
	register long x8 asm("x8") = SYS_tgkill;
	register long x0 asm("x0") = pid;
	register long x1 asm("x1") = tid;
	register long x2 asm("x2") = SIGUSR1;

	asm volatile("ldr q0, [%[b]]; ldr q7, [%[b], #16]; ldr q31, [%[b], #32]\n"
		     "svc #0\n"
		     "str q0, [%[a]]; str q7, [%[a], #16]; str q31, [%[a], #32]"
		     : "+r" (x0) : "r" (x8), "r" (x1), "r" (x2), [b] "r" (before), [a] "r" (after)
		     : "memory", "v0", "v7", "v31");
	CHECK_EQ(x0, 0);
#endif
	CHECK(fp_seen != 0);
	CHECK_EQ(memcmp(before, after, sizeof(before)), 0);
}

#if defined(__x86_64__)
#define FRAME_PC(uc)	((uc)->uc_mcontext.gregs[REG_RIP])
#else
#define FRAME_PC(uc)	((uc)->uc_mcontext.pc)
#endif

static volatile int landed;

static void landing(void)
{
	landed = 1;
	_exit(EXIT_PASS);
}

static void redirect(int sig, siginfo_t *info, void *ctx)
{
	ucontext_t *uc = ctx;

	(void)sig;
	(void)info;
	FRAME_PC(uc) = (uintptr_t)landing;
#if defined(__x86_64__)
	uc->uc_mcontext.gregs[REG_RSP] = (uc->uc_mcontext.gregs[REG_RSP] & ~15L) - 136;
#endif
}

static void a_handler_may_change_where_it_returns_to(void)
{
	struct sigaction sa = { .sa_sigaction = redirect, .sa_flags = SA_SIGINFO };

	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	CHECK(0);
}

static int broken_kind;

static void break_frame(int sig, siginfo_t *info, void *ctx)
{
	ucontext_t *uc = ctx;

	(void)sig;
	(void)info;
#if defined(__x86_64__)
	switch (broken_kind) {
	case 0:		/* the kernel's code segment */
		uc->uc_mcontext.gregs[REG_CSGSFS] = 0x10;
		break;
	case 1:		/* reserved bits of MXCSR */
		uc->uc_mcontext.fpregs->mxcsr = 0xffffffff;
		break;
	case 2:		/* a floating-point image that isn't there */
		uc->uc_mcontext.fpregs = (void *)8;
		break;
	case 3:		/* an address that can't be */
		uc->uc_mcontext.gregs[REG_RIP] = 0x8000000000000000UL;
		break;
	case 4:		/* unknown components */
		((uint64_t *)uc->uc_mcontext.fpregs)[64] = ~0UL;
		break;
	case 5:		/* a kernel address */
		uc->uc_mcontext.gregs[REG_RIP] = 0xffffffff81000000UL;
		break;
	}
#else
	uint32_t *records = (uint32_t *)uc->uc_mcontext.__reserved;

	switch (broken_kind) {
	case 0:		/* kernel mode */
		uc->uc_mcontext.pstate = 5;
		break;
	case 1:		/* interrupts off */
		uc->uc_mcontext.pstate = 0x3c0;
		break;
	case 2:		/* an unknown record */
		records[0] = 0x12345678;
		break;
	case 3:		/* a record of no size */
		records[1] = 0;
		break;
	case 4:		/* an endless one */
		records[1] = 0xfffffff0;
		break;
	case 5:		/* a kernel address */
		uc->uc_mcontext.pc = 0xffff800080000000UL;
		break;
	}
#endif
}

static int return_through_broken_frame(void *arg)
{
	struct sigaction sa = { .sa_sigaction = break_frame, .sa_flags = SA_SIGINFO };

	broken_kind = *(int *)arg;
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	return 0;
}

#if defined(__x86_64__)
static int load_reserved_bits(void *arg)
{
	uint32_t all = ~0U;

	(void)arg;
	asm volatile("ldmxcsr %0" : : "m" (all));
	return 0;
}

/* Linux leaves the reserved bits of MXCSR to the processor; QEMU's doesn't mind them. */
static bool may_return_through(int kind)
{
	return kind == 1 && !end_of(start_child(load_reserved_bits, NULL));
}
#else
static bool may_return_through(int kind)
{
	(void)kind;
	return false;
}
#endif

static void a_broken_frame_is_sigsegv(void)
{
	int kind, end;

	for (kind = 0; kind < 6; kind++) {
		end = end_of(start_child(return_through_broken_frame, &kind));
		printf("# kind %d: %d\n", kind, end);
		CHECK(end == 128 + SIGSEGV || (!end && may_return_through(kind)));
	}
}

static int return_without_frame(void *arg)
{
	(void)arg;
	syscall(SYS_rt_sigreturn);
	return 0;
}

static void sigreturn_without_a_frame_does_not_crash(void)
{
	CHECK(end_of(start_child(return_without_frame, NULL)) != 0);
}

__attribute__((noinline)) static int overflow_stack(void *arg)
{
	volatile char big[4096];

	big[0] = arg != NULL;
	/* Never true; the compiler doesn't know. */
	if (big[0] == 77)
		return 0;
	return overflow_stack(arg) + big[0];
}

static int overflow_with_handler(void *arg)
{
	catch(SIGSEGV);		/* no alternate stack: the frame can't be written */
	return overflow_stack(arg);
}

static void no_room_for_a_frame_is_fatal(void)
{
	CHECK_EQ(end_of(start_child(overflow_with_handler, NULL)), 128 + SIGSEGV);
}

static int fault_while_blocked(void *arg)
{
	volatile int *volatile nowhere = NULL;
	sigset_t set;

	(void)arg;
	catch(SIGSEGV);
	sigemptyset(&set);
	sigaddset(&set, SIGSEGV);
	sigprocmask(SIG_BLOCK, &set, NULL);
	*nowhere = 1;
	return 0;
}

static void a_blocked_fault_is_fatal(void)
{
	CHECK_EQ(end_of(start_child(fault_while_blocked, NULL)), 128 + SIGSEGV);
}

TESTS(
	TEST(an_unmapped_address_is_maperr),
	TEST(a_forbidden_write_is_accerr),
	TEST(jumping_into_data_is_accerr),
	TEST(an_undefined_instruction_is_sigill),
	TEST(a_breakpoint_is_sigtrap),
#if defined(__x86_64__)
	TEST(a_division_by_zero_is_intdiv),
	TEST(a_privileged_instruction_is_sigsegv),
	TEST(an_address_that_is_not_canonical_is_sigsegv),
	TEST(sse_exceptions_have_codes),
#endif
	TEST(vector_registers_survive_a_handler),
	TEST(a_handler_may_change_where_it_returns_to),
	TEST(a_broken_frame_is_sigsegv),
	TEST(sigreturn_without_a_frame_does_not_crash),
	TEST(no_room_for_a_frame_is_fatal),
	TEST(a_blocked_fault_is_fatal),
)

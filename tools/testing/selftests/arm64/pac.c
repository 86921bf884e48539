// SPDX-License-Identifier: MIT
/* Signed pointers: whose keys, when they change, which are on, and a tracer's sets of them. */

#include <pthread.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <asm/hwcap.h>

#include "../ptrace/trace.h"

#ifndef NT_ARM_PAC_MASK
#define NT_ARM_PAC_MASK		0x406
#define NT_ARM_PACA_KEYS	0x407
#define NT_ARM_PACG_KEYS	0x408
#endif
#ifndef NT_ARM_PAC_ENABLED_KEYS
#define NT_ARM_PAC_ENABLED_KEYS	0x40a
#endif
#ifndef PR_PAC_SET_ENABLED_KEYS
#define PR_PAC_SET_ENABLED_KEYS	60
#define PR_PAC_GET_ENABLED_KEYS	61
#endif

#define ADDRESS_KEYS	0xfUL
#define CODE_MASK	0x007f000000000000UL	/* bits 48 to 54 */
#define PLAIN		0x0000123456789abcUL

#define SIGN(insn, p) ({						\
	uint64_t p_ = (p);						\
	asm volatile(".arch armv8.3-a\n	" insn " %0, %1" : "+r" (p_) : "r" (7UL)); \
	p_;								\
})

/* A code has seven bits and may be zero: many pointers have not all such. */
struct codes {
	uint64_t ia[16], ib[16], da[16], db[16];
};

static void sign_many(struct codes *c)
{
	int i;

	for (i = 0; i < 16; i++) {
		uint64_t p = PLAIN + i * 0x1000;

		c->ia[i] = SIGN("pacia", p);
		c->ib[i] = SIGN("pacib", p);
		c->da[i] = SIGN("pacda", p);
		c->db[i] = SIGN("pacdb", p);
	}
}

static bool is_plain(const uint64_t *codes)
{
	int i;

	for (i = 0; i < 16; i++) {
		if (codes[i] != PLAIN + i * 0x1000)
			return false;
	}
	return true;
}

static void need_pac(void)
{
	if (!(getauxval(AT_HWCAP) & HWCAP_PACA))
		SKIP("no pointer authentication");
}

static void a_signed_pointer_is_authenticated(void)
{
	struct codes c;
	int i;

	need_pac();
	sign_many(&c);
	CHECK(!is_plain(c.ia) && !is_plain(c.ib) && !is_plain(c.da) && !is_plain(c.db));
	for (i = 0; i < 16; i++) {
		CHECK_EQ(c.ia[i] & ~CODE_MASK, PLAIN + i * 0x1000);
		CHECK_EQ(SIGN("autia", c.ia[i]), PLAIN + i * 0x1000);
		CHECK_EQ(SIGN("autib", c.ib[i]), PLAIN + i * 0x1000);
		CHECK_EQ(SIGN("autda", c.da[i]), PLAIN + i * 0x1000);
		CHECK_EQ(SIGN("autdb", c.db[i]), PLAIN + i * 0x1000);
	}
}

static void *sign_in_thread(void *codes)
{
	sign_many(codes);
	return NULL;
}

static void threads_and_children_have_the_same_keys(void)
{
	struct codes mine, theirs;
	pthread_t thread;
	int fds[2];

	need_pac();
	sign_many(&mine);
	CHECK_EQ(pthread_create(&thread, NULL, sign_in_thread, &theirs), 0);
	pthread_join(thread, NULL);
	CHECK(!memcmp(&mine, &theirs, sizeof(mine)));
	CHECK_EQ(pipe(fds), 0);
	if (!fork()) {
		sign_many(&theirs);
		write(fds[1], &theirs, sizeof(theirs));
		_exit(0);
	}
	memset(&theirs, 0, sizeof(theirs));
	CHECK_EQ(read(fds[0], &theirs, sizeof(theirs)), sizeof(theirs));
	CHECK(!memcmp(&mine, &theirs, sizeof(mine)));
}

/* Ourselves again: writes its codes to standard output. */
static __attribute__((constructor)) void tell_codes(int argc, char **argv)
{
	struct codes c;

	if (argc != 2 || strcmp(argv[1], "codes"))
		return;
	sign_many(&c);
	write(1, &c, sizeof(c));
	_exit(0);
}

static void exec_makes_new_keys_and_switches_all_on(void)
{
	struct codes mine, theirs;
	int fds[2];

	need_pac();
	sign_many(&mine);
	CHECK_EQ(pipe(fds), 0);
	if (!fork()) {
		dup2(fds[1], 1);
		prctl(PR_PAC_SET_ENABLED_KEYS, 8, 0, 0, 0);
		execl("/proc/self/exe", "pac", "codes", (char *)NULL);
		_exit(1);
	}
	close(fds[1]);
	CHECK_EQ(read(fds[0], &theirs, sizeof(theirs)), sizeof(theirs));
	CHECK(memcmp(mine.ia, theirs.ia, sizeof(mine.ia)));
	CHECK(memcmp(mine.ib, theirs.ib, sizeof(mine.ib)));
	CHECK(memcmp(mine.da, theirs.da, sizeof(mine.da)));
	CHECK(memcmp(mine.db, theirs.db, sizeof(mine.db)) && !is_plain(theirs.db));
}

static void keys_are_reset_one_by_one(void)
{
	struct codes a, b;

	need_pac();
	sign_many(&a);
	CHECK_EQ(prctl(PR_PAC_RESET_KEYS, PR_PAC_APIBKEY, 0, 0, 0), 0);
	sign_many(&b);
	CHECK(!memcmp(a.ia, b.ia, sizeof(a.ia)) && !memcmp(a.da, b.da, sizeof(a.da)));
	CHECK(memcmp(a.ib, b.ib, sizeof(a.ib)));
	CHECK_EQ(prctl(PR_PAC_RESET_KEYS, 0, 0, 0, 0), 0);
	sign_many(&a);
	CHECK(memcmp(a.ia, b.ia, sizeof(a.ia)) && memcmp(a.da, b.da, sizeof(a.da)));
	CHECK_ERR(prctl(PR_PAC_RESET_KEYS, 0x20, 0, 0, 0), EINVAL);
	CHECK_ERR(prctl(PR_PAC_RESET_KEYS, 0, 1, 0, 0), EINVAL);
}

static void a_key_that_is_off_does_nothing(void)
{
	struct codes c;

	need_pac();
	CHECK_EQ(prctl(PR_PAC_GET_ENABLED_KEYS, 0, 0, 0, 0), ADDRESS_KEYS);
	CHECK_EQ(prctl(PR_PAC_SET_ENABLED_KEYS, PR_PAC_APIBKEY | PR_PAC_APDAKEY, PR_PAC_APDAKEY, 0,
		       0), 0);
	CHECK_EQ(prctl(PR_PAC_GET_ENABLED_KEYS, 0, 0, 0, 0), ADDRESS_KEYS & ~PR_PAC_APIBKEY);
	sign_many(&c);
	CHECK(is_plain(c.ib));
	CHECK(!is_plain(c.ia) && !is_plain(c.da) && !is_plain(c.db));
	CHECK_EQ(prctl(PR_PAC_SET_ENABLED_KEYS, ADDRESS_KEYS, ADDRESS_KEYS, 0, 0), 0);
	sign_many(&c);
	CHECK(!is_plain(c.ib));
	CHECK_ERR(prctl(PR_PAC_SET_ENABLED_KEYS, PR_PAC_APGAKEY, 0, 0, 0), EINVAL);
	CHECK_ERR(prctl(PR_PAC_SET_ENABLED_KEYS, PR_PAC_APIAKEY, PR_PAC_APIBKEY, 0, 0), EINVAL);
	CHECK_ERR(prctl(PR_PAC_GET_ENABLED_KEYS, 1, 0, 0, 0), EINVAL);
}

static void without_the_feature_all_is_einval(void)
{
	if (getauxval(AT_HWCAP) & HWCAP_PACA)
		SKIP("it is there");
	CHECK_ERR(prctl(PR_PAC_RESET_KEYS, 0, 0, 0, 0), EINVAL);
	CHECK_ERR(prctl(PR_PAC_SET_ENABLED_KEYS, 1, 1, 0, 0), EINVAL);
	CHECK_ERR(prctl(PR_PAC_GET_ENABLED_KEYS, 0, 0, 0, 0), EINVAL);
}

/* ---- a tracer's sets ---- */

static long move_set(int request, pid_t pid, int type, void *buf, size_t len)
{
	struct iovec iov = { buf, len };

	return trace(request, pid, type, (unsigned long)&iov) ? -errno : (long)iov.iov_len;
}

static struct codes expected;

/* With the keys that the tracer gave it, the codes of the tracer. */
static int sign_as_expected(void)
{
	struct codes c;

	asm volatile("brk #0" ::: "memory");
	sign_many(&c);
	return memcmp(&c, &expected, sizeof(c)) != 0;
}

static void a_tracer_gives_its_own_keys(void)
{
	uint64_t keys[8], again[8];
	struct user_regs_struct regs;
	pid_t pid, twin;

	need_pac();
	sign_many(&expected);
	/* A twin has our keys; what has new ones gets them from there. */
	twin = traced_child(return_0);
	CHECK_EQ(move_set(PTRACE_GETREGSET, twin, NT_ARM_PACA_KEYS, keys, sizeof(keys)), 64);
	prctl(PR_PAC_RESET_KEYS, ADDRESS_KEYS, 0, 0, 0);
	pid = traced_child(sign_as_expected);
	CHECK_EQ(move_set(PTRACE_GETREGSET, pid, NT_ARM_PACA_KEYS, again, sizeof(again)), 64);
	CHECK(memcmp(keys, again, sizeof(keys)));
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	get_regs(pid, &regs);
	regs.pc += 4;
	set_regs(pid, &regs);
	CHECK_EQ(move_set(PTRACE_SETREGSET, pid, NT_ARM_PACA_KEYS, keys, sizeof(keys)), 64);
	CHECK_EQ(move_set(PTRACE_GETREGSET, pid, NT_ARM_PACA_KEYS, again, sizeof(again)), 64);
	CHECK(!memcmp(keys, again, sizeof(keys)));
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
	go_on(PTRACE_CONT, twin, 0);
	CHECK_EXIT(twin, 0);
}

static int exit_with_keys(void)
{
	return prctl(PR_PAC_GET_ENABLED_KEYS, 0, 0, 0, 0);
}

static void a_tracer_switches_keys(void)
{
	unsigned long mask[2], keys = 0;
	pid_t pid;

	need_pac();
	pid = traced_child(exit_with_keys);
	CHECK_EQ(move_set(PTRACE_GETREGSET, pid, NT_ARM_PAC_MASK, mask, 16), 16);
	/* Down to the size of addresses, which Linux may have 52 bits of. */
	CHECK_EQ(mask[0], mask[1]);
	CHECK_EQ(mask[0] & ~CODE_MASK, 0);
	CHECK(mask[0] & (1UL << 54));
	CHECK(move_set(PTRACE_SETREGSET, pid, NT_ARM_PAC_MASK, mask, 16) < 0);
	CHECK_EQ(move_set(PTRACE_GETREGSET, pid, NT_ARM_PAC_ENABLED_KEYS, &keys, 8), 8);
	CHECK_EQ(keys, ADDRESS_KEYS);
	keys = 0x10;
	CHECK_EQ(move_set(PTRACE_SETREGSET, pid, NT_ARM_PAC_ENABLED_KEYS, &keys, 8), -EINVAL);
	keys = PR_PAC_APIAKEY | PR_PAC_APDBKEY;
	CHECK_EQ(move_set(PTRACE_SETREGSET, pid, NT_ARM_PAC_ENABLED_KEYS, &keys, 8), 8);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 9);
}

TESTS(
	TEST(a_signed_pointer_is_authenticated),
	TEST(threads_and_children_have_the_same_keys),
	TEST(exec_makes_new_keys_and_switches_all_on),
	TEST(keys_are_reset_one_by_one),
	TEST(a_key_that_is_off_does_nothing),
	TEST(without_the_feature_all_is_einval),
	TEST(a_tracer_gives_its_own_keys),
	TEST(a_tracer_switches_keys),
)

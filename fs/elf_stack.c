// SPDX-License-Identifier: MIT
/*
 * What a new program finds on its stack.
 *
 * The strings are there already: exec copied them before it knew what kind of file it was. Below
 * them goes what the ELF ABI wants, from sp upwards:
 *
 *	argc
 *	argv[0] ... argv[argc - 1], NULL
 *	envp[0] ... NULL
 *	auxiliary vector: pairs of words, AT_NULL last
 *	...
 *	16 random bytes (AT_RANDOM), "x86_64" or the like (AT_PLATFORM)
 *	...
 *	argument strings, environment strings, file name (AT_EXECFN), a word of 0
 *
 * It is written in two movements: first downwards what has an address in the vector, then, as all
 * lengths are known, upwards from sp.
 */

#include "elf_load.h"

#include <linux/auxvec.h>
#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/param.h>
#include <linux/personality.h>
#include <linux/random.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>

#define STACK_ALIGN(p)	((p) & ~0xfUL)	/* what both ABIs want of sp */

/* ---- downwards ---- */

/* Some bytes of chance below the strings. */
static unsigned long shuffle(unsigned long p)
{
	if (randomize_va_space && !(current->personality & ADDR_NO_RANDOMIZE))
		p -= get_random_u32_below(8192);
	return STACK_ALIGN(p);
}

/* Copy something below *@p. Return: its user address, or 0. */
static unsigned long put_below(unsigned long *p, const void *what, size_t len)
{
	*p = STACK_ALIGN(*p - len);
	return copy_to_user((void __user *)*p, what, len) ? 0 : *p;
}

/* ---- the auxiliary vector ---- */

/* A vector that is being filled: @next is the first free word of mm->saved_auxv. */
struct auxv {
	elf_addr_t *next;
};

static void auxv_add(struct auxv *auxv, elf_addr_t id, elf_addr_t value)
{
	*auxv->next++ = id;
	*auxv->next++ = value;
}

/* How ARCH_DLINFO, each machine's own pairs, adds one. */
#define NEW_AUX_ENT(id, value)	auxv_add(&auxv, (id), (elf_addr_t)(value))

/* Return: how many words are the program's, AT_NULL's two among them. */
static int fill_auxv(struct linux_binprm *bprm, const struct elf_tables *t,
		     unsigned long u_platform, unsigned long u_random)
{
	elf_addr_t *first = (elf_addr_t *)current->mm->saved_auxv;
	bool keeps_argv0 = bprm->interp_flags & BINPRM_FLAGS_PRESERVE_ARGV0;
	const struct cred *cred = current_cred();
	struct auxv auxv = { .next = first };
	int words;

	BUILD_BUG_ON(AT_VECTOR_SIZE < 2 * (2 + 20 + 1 + 1));

	ARCH_DLINFO;
	/* the machine */
	auxv_add(&auxv, AT_HWCAP, ELF_HWCAP);
	auxv_add(&auxv, AT_PAGESZ, ELF_EXEC_PAGESIZE);
	auxv_add(&auxv, AT_CLKTCK, USER_HZ);
	/* the program, for its interpreter */
	auxv_add(&auxv, AT_PHDR, t->phdr);
	auxv_add(&auxv, AT_PHENT, sizeof(struct elf_phdr));
	auxv_add(&auxv, AT_PHNUM, t->phnum);
	auxv_add(&auxv, AT_BASE, t->interp_base);
	auxv_add(&auxv, AT_FLAGS, keeps_argv0 ? AT_FLAGS_PRESERVE_ARGV0 : 0);
	auxv_add(&auxv, AT_ENTRY, t->entry);
	/* whose it is */
	auxv_add(&auxv, AT_UID, from_kuid_munged(cred->user_ns, cred->uid));
	auxv_add(&auxv, AT_EUID, from_kuid_munged(cred->user_ns, cred->euid));
	auxv_add(&auxv, AT_GID, from_kgid_munged(cred->user_ns, cred->gid));
	auxv_add(&auxv, AT_EGID, from_kgid_munged(cred->user_ns, cred->egid));
	auxv_add(&auxv, AT_SECURE, bprm->secureexec);
	/* the rest */
	auxv_add(&auxv, AT_RANDOM, u_random);
	auxv_add(&auxv, AT_HWCAP2, ELF_HWCAP2);
	auxv_add(&auxv, AT_EXECFN, bprm->exec);
	auxv_add(&auxv, AT_PLATFORM, u_platform);
	auxv_add(&auxv, AT_RSEQ_FEATURE_SIZE, offsetof(struct rseq, end));
	auxv_add(&auxv, AT_RSEQ_ALIGN, __alignof__(struct rseq));
	if (bprm->have_execfd)
		auxv_add(&auxv, AT_EXECFD, bprm->execfd);

	/* All that is left is AT_NULL, of which the program gets one pair. */
	words = auxv.next - first;
	memset(auxv.next, 0, (AT_VECTOR_SIZE - words) * sizeof(*first));
	return words + 2;
}

/* ---- upwards ---- */

/* Pointers to @n strings that lie one after the other from *@strings on, and a NULL. */
static int put_string_pointers(elf_addr_t __user **sp, unsigned long *strings, int n)
{
	long len;

	for (; n > 0; n--) {
		if (put_user((elf_addr_t)*strings, (*sp)++))
			return -EFAULT;
		len = strnlen_user((void __user *)*strings, MAX_ARG_STRLEN);
		if (!len || len > MAX_ARG_STRLEN)
			return -EINVAL;
		*strings += len;
	}
	return put_user(0, (*sp)++) ? -EFAULT : 0;
}

/* Both lists; /proc/PID/cmdline and environ are told where the strings are. */
static int put_string_lists(struct linux_binprm *bprm, elf_addr_t __user **sp)
{
	struct mm_struct *mm = current->mm;
	unsigned long strings = mm->arg_start;
	int err;

	err = put_string_pointers(sp, &strings, bprm->argc);
	if (err)
		return err;
	mm->arg_end = strings;
	mm->env_start = strings;
	err = put_string_pointers(sp, &strings, bprm->envc);
	mm->env_end = strings;
	return err;
}

/**
 * elf_fill_stack - write what the ABI wants on the new stack
 * @bprm: the exec; ->p is where the strings begin, and sp on return
 * @tables: where the program is
 *
 * Context: in the new mm; may sleep.
 * Return: 0; -EFAULT; -EINVAL if the strings have changed meanwhile.
 */
int elf_fill_stack(struct linux_binprm *bprm, const struct elf_tables *tables)
{
	static const char platform[] = ELF_PLATFORM;
	unsigned long p = shuffle(bprm->p), u_platform, u_random;
	elf_addr_t __user *sp;
	int words, err;
	u8 random[16];

	get_random_bytes(random, sizeof(random));
	u_platform = put_below(&p, platform, sizeof(platform));
	u_random = put_below(&p, random, sizeof(random));
	if (!u_platform || !u_random)
		return -EFAULT;
	words = fill_auxv(bprm, tables, u_platform, u_random);

	/* argc, two lists with their ends, the vector. */
	p -= (1 + bprm->argc + 1 + bprm->envc + 1 + words) * sizeof(*sp);
	bprm->p = STACK_ALIGN(p);
	sp = (elf_addr_t __user *)bprm->p;
	if (put_user((elf_addr_t)bprm->argc, sp++))
		return -EFAULT;
	err = put_string_lists(bprm, &sp);
	if (err)
		return err;
	return copy_to_user(sp, current->mm->saved_auxv, words * sizeof(*sp)) ? -EFAULT : 0;
}

// SPDX-License-Identifier: MIT
/*
 * ELF programs: static, static and position-independent, dynamic.
 *
 * A dynamic program names an interpreter (PT_INTERP: ld.so). Both are mapped; the interpreter is
 * started and finds the program by the auxiliary vector.
 *
 *	ET_EXEC			where it says
 *	ET_DYN, interpreter	near two thirds of the address space, at random
 *	ET_DYN, none		where mmap() puts things: it is ld.so itself, or a static PIE
 *	the interpreter		likewise
 *
 * Everything that headers can tell is checked before begin_new_exec() (elf_image.c), so that a
 * broken file is an errno; what fails after that kills the process.
 *
 * The stack that a program finds, from sp upwards:
 *
 *	argc, argv[0] ... NULL, envp[0] ... NULL, auxv pairs ... AT_NULL,
 *	16 random bytes, "x86_64" or the like, padding,
 *	argument strings, environment strings, file name, a word of 0
 */

#include <linux/auxvec.h>
#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/param.h>
#include <linux/personality.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>

#include "elf_image.h"

#define BAD_ADDR(x)	unlikely((unsigned long)(x) >= TASK_SIZE)

static int load_elf_binary(struct linux_binprm *bprm);

static struct linux_binfmt elf_format = {
	.load_binary	= load_elf_binary,
};

/**
 * struct elf_file - one of the two files: the program, or its interpreter
 * @file: the file
 * @ex: its header
 * @phdrs: its program headers, kvmalloc'd
 * @image: what they amount to
 */
struct elf_file {
	struct file *file;
	struct elfhdr ex;
	struct elf_phdr *phdrs;
	struct elf_image image;
};

/* ---- reading ---- */

static int elf_read(struct file *file, void *buf, size_t len, loff_t pos)
{
	ssize_t n = kernel_read(file, buf, len, &pos);

	if (unlikely(n != (ssize_t)len))
		return n < 0 ? n : -EIO;
	return 0;
}

/* Return: 0, -ENOEXEC, -ENOMEM, -EIO. */
static int load_elf_phdrs(struct elf_file *elf)
{
	size_t size = elf->ex.e_phnum * sizeof(struct elf_phdr);
	int err;

	elf->phdrs = kvmalloc(size, GFP_KERNEL);
	if (!elf->phdrs)
		return -ENOMEM;
	if (elf->ex.e_phoff > LLONG_MAX - size)
		return -ENOEXEC;
	err = elf_read(elf->file, elf->phdrs, size, elf->ex.e_phoff);
	return err == -EIO ? -ENOEXEC : err;
}

/* Return: 0, -ENOEXEC, -EINVAL. */
static int measure(struct elf_file *elf)
{
	return elf_image_measure(&elf->ex, elf->phdrs, TASK_SIZE, &elf->image);
}

static const struct elf_phdr *find_phdr(const struct elf_file *elf, u32 type)
{
	int i;

	for (i = 0; i < elf->ex.e_phnum; i++)
		if (elf->phdrs[i].p_type == type)
			return &elf->phdrs[i];
	return NULL;
}

/* The path in PT_INTERP, kmalloc'd. */
static char *read_interp_path(const struct elf_file *elf, const struct elf_phdr *ph)
{
	char *path;
	int err = -ENOEXEC;

	if (ph->p_filesz > PATH_MAX || ph->p_filesz < 2)
		return ERR_PTR(-ENOEXEC);
	if ((loff_t)ph->p_offset < 0)
		return ERR_PTR(-EINVAL);
	path = kmalloc(ph->p_filesz, GFP_KERNEL);
	if (!path)
		return ERR_PTR(-ENOMEM);
	err = elf_read(elf->file, path, ph->p_filesz, ph->p_offset);
	if (!err && path[ph->p_filesz - 1] != '\0')
		err = -ENOEXEC;
	if (err) {
		kfree(path);
		return ERR_PTR(err);
	}
	return path;
}

/* The interpreter, if the program has one. What is wrong with it is -ELIBBAD. */
static int open_interpreter(struct linux_binprm *bprm, const struct elf_file *elf,
			    struct elf_file *interp)
{
	const struct elf_phdr *ph = find_phdr(elf, PT_INTERP);
	char *path;
	int err;

	if (!ph)
		return 0;
	path = read_interp_path(elf, ph);
	if (IS_ERR(path))
		return PTR_ERR(path);
	interp->file = open_exec(path);
	kfree(path);
	if (IS_ERR(interp->file)) {
		err = PTR_ERR(interp->file);
		interp->file = NULL;
		return err;
	}
	would_dump(bprm, interp->file);
	err = elf_read(interp->file, &interp->ex, sizeof(interp->ex), 0);
	if (err)
		return err;
	if (elf_image_check(&interp->ex))
		return -ELIBBAD;
	err = load_elf_phdrs(interp);
	if (!err)
		err = measure(interp);
	return err && err != -ENOMEM ? -ELIBBAD : err;
}

static void close_elf(struct elf_file *elf, bool opened)
{
	if (opened && elf->file) {
		exe_file_allow_write_access(elf->file);
		fput(elf->file);
	}
	kvfree(elf->phdrs);
}

/* ---- mapping ---- */

static int elf_prot(const struct elf_phdr *ph)
{
	int prot = 0;

	if (ph->p_flags & PF_R)
		prot |= PROT_READ;
	if (ph->p_flags & PF_W)
		prot |= PROT_WRITE;
	if (ph->p_flags & PF_X)
		prot |= PROT_EXEC;
	return prot;
}

/*
 * The part of a segment that is in the file. With @total_size room is found for the whole image
 * first, and what this segment doesn't need is given back: the others go there.
 */
static unsigned long elf_map(struct file *file, unsigned long addr, const struct elf_phdr *ph,
			     int flags, unsigned long total_size)
{
	unsigned long size = ELF_PAGEALIGN(ph->p_filesz + ELF_PAGEOFFSET(ph->p_vaddr));
	unsigned long off = ph->p_offset - ELF_PAGEOFFSET(ph->p_vaddr);
	unsigned long map;

	addr = ELF_PAGESTART(addr);
	if (!total_size)
		return vm_mmap(file, addr, size, elf_prot(ph), flags, off);
	total_size = ELF_PAGEALIGN(total_size);
	map = vm_mmap(file, addr, max(size, total_size), elf_prot(ph), flags, off);
	if (!BAD_ADDR(map) && size < total_size)
		vm_munmap(map + size, total_size - size);
	return map;
}

/* The rest of the last page after what the file has belongs to the bss. */
static int padzero(unsigned long addr)
{
	unsigned long in_page = ELF_PAGEOFFSET(addr);

	if (in_page && clear_user((void __user *)addr, ELF_EXEC_PAGESIZE - in_page))
		return -EFAULT;
	return 0;
}

/* One segment. Return: where its first page is, or an errno. */
static unsigned long elf_load(struct file *file, unsigned long addr, const struct elf_phdr *ph,
			      int flags, unsigned long total_size)
{
	unsigned long map, zero_start, zero_end;
	int err;

	if (ph->p_filesz) {
		map = elf_map(file, addr, ph, flags, total_size);
		if (BAD_ADDR(map))
			return map;
		zero_start = map + ELF_PAGEOFFSET(ph->p_vaddr) + ph->p_filesz;
		zero_end = map + ELF_PAGEOFFSET(ph->p_vaddr) + ph->p_memsz;
		/* A segment that nobody writes to may keep what follows in the file. */
		if (zero_end > zero_start && padzero(zero_start) && (ph->p_flags & PF_W))
			return -EFAULT;
	} else {
		map = ELF_PAGESTART(addr);
		zero_start = map;
		zero_end = addr + ph->p_memsz;
	}
	zero_start = ELF_PAGEALIGN(zero_start);
	zero_end = ELF_PAGEALIGN(zero_end);
	if (zero_end <= zero_start)
		return map;
	err = vm_brk_flags(zero_start, zero_end - zero_start, ph->p_flags & PF_X ? VM_EXEC : 0);
	return err ? (unsigned long)err : map;
}

/* Where mmap() would put something of this size and alignment, beyond pages. */
static unsigned long find_aligned_place(const struct elf_image *image)
{
	unsigned long addr = vm_mmap(NULL, 0, image->span + image->align, PROT_NONE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, 0);

	if (BAD_ADDR(addr))
		return addr;
	vm_munmap(addr, image->span + image->align);
	return (addr + image->align - 1) & ~(image->align - 1);
}

/**
 * map_image - map all segments of a file
 * @elf: the file
 * @base: for ET_DYN: where the first segment should go; 0: anywhere
 * @biasp: gets what is to be added to the file's addresses
 *
 * The first segment finds room for all; the others are put beside it by MAP_FIXED.
 *
 * Return: 0 or an errno.
 */
static int map_image(const struct elf_file *elf, unsigned long base, unsigned long *biasp)
{
	const struct elf_image *image = &elf->image;
	unsigned long bias = 0, addr, total_size = image->span;
	int flags = MAP_PRIVATE | MAP_FIXED_NOREPLACE, i;
	bool first = true;

	if (elf->ex.e_type == ET_DYN) {
		if (!base && image->align > ELF_EXEC_PAGESIZE) {
			base = find_aligned_place(image);
			if (BAD_ADDR(base))
				return IS_ERR_VALUE(base) ? (int)base : -ENOMEM;
		}
		if (!base)
			flags = MAP_PRIVATE;
		bias = (base & ~(image->align - 1)) - image->first;
	} else {
		total_size = 0;
	}
	for (i = 0; i < elf->ex.e_phnum; i++) {
		const struct elf_phdr *ph = &elf->phdrs[i];

		if (ph->p_type != PT_LOAD)
			continue;
		addr = elf_load(elf->file, bias + ph->p_vaddr, ph, flags, total_size);
		if (BAD_ADDR(addr))
			return IS_ERR_VALUE(addr) ? (int)addr : -EINVAL;
		if (first && elf->ex.e_type == ET_DYN)
			bias = addr - image->first;
		/* Where segments overlap, the later one is what the program sees. */
		flags = MAP_PRIVATE | MAP_FIXED;
		total_size = 0;
		first = false;
	}
	*biasp = bias;
	return 0;
}

static unsigned long program_base(bool has_interp)
{
	unsigned long base;

	if (!has_interp)
		return 0;
	base = ELF_ET_DYN_BASE;
	if (current->flags & PF_RANDOMIZE)
		base += arch_mmap_rnd();
	return ELF_PAGESTART(base);
}

/* ---- the stack ---- */

/* Some bytes of chance below the strings; the ABI wants 16-byte alignment. */
static unsigned long arch_align_stack(unsigned long sp)
{
	if (randomize_va_space && !(current->personality & ADDR_NO_RANDOMIZE))
		sp -= get_random_u32_below(8192);
	return sp & ~0xfUL;
}

/* Copy something below *p, aligned. Return: its user address, or 0. */
static unsigned long put_below(unsigned long *p, const void *what, size_t len)
{
	*p = (*p - len) & ~0xfUL;
	return copy_to_user((void __user *)*p, what, len) ? 0 : *p;
}

struct elf_tables {
	unsigned long phdr, entry, interp_base;
	unsigned int phnum;
};

/* The pairs, into mm->saved_auxv. Return: how many words, AT_NULL's included. */
static int fill_auxv(struct linux_binprm *bprm, const struct elf_tables *t,
		     unsigned long u_platform, unsigned long u_random)
{
	const struct cred *cred = current_cred();
	elf_addr_t *base = (elf_addr_t *)current->mm->saved_auxv, *word = base;

#define NEW_AUX_ENT(id, val)	\
do {				\
	*word++ = (id);		\
	*word++ = (val);	\
} while (0)

	ARCH_DLINFO;
	NEW_AUX_ENT(AT_HWCAP, ELF_HWCAP);
	NEW_AUX_ENT(AT_PAGESZ, ELF_EXEC_PAGESIZE);
	NEW_AUX_ENT(AT_CLKTCK, USER_HZ);
	NEW_AUX_ENT(AT_PHDR, t->phdr);
	NEW_AUX_ENT(AT_PHENT, sizeof(struct elf_phdr));
	NEW_AUX_ENT(AT_PHNUM, t->phnum);
	NEW_AUX_ENT(AT_BASE, t->interp_base);
	NEW_AUX_ENT(AT_FLAGS, bprm->interp_flags & BINPRM_FLAGS_PRESERVE_ARGV0 ?
					AT_FLAGS_PRESERVE_ARGV0 : 0);
	NEW_AUX_ENT(AT_ENTRY, t->entry);
	NEW_AUX_ENT(AT_UID, from_kuid_munged(cred->user_ns, cred->uid));
	NEW_AUX_ENT(AT_EUID, from_kuid_munged(cred->user_ns, cred->euid));
	NEW_AUX_ENT(AT_GID, from_kgid_munged(cred->user_ns, cred->gid));
	NEW_AUX_ENT(AT_EGID, from_kgid_munged(cred->user_ns, cred->egid));
	NEW_AUX_ENT(AT_SECURE, bprm->secureexec);
	NEW_AUX_ENT(AT_RANDOM, u_random);
	NEW_AUX_ENT(AT_HWCAP2, ELF_HWCAP2);
	NEW_AUX_ENT(AT_EXECFN, bprm->exec);
	NEW_AUX_ENT(AT_PLATFORM, u_platform);
	NEW_AUX_ENT(AT_RSEQ_FEATURE_SIZE, offsetof(struct rseq, end));
	NEW_AUX_ENT(AT_RSEQ_ALIGN, __alignof__(struct rseq));
	if (bprm->have_execfd)
		NEW_AUX_ENT(AT_EXECFD, bprm->execfd);
	BUILD_BUG_ON(AT_VECTOR_SIZE < 2 * (2 + 20 + 1 + 1));
	/* The rest is AT_NULL; only one pair of it goes to the program. */
	memset(word, 0, (char *)(base + AT_VECTOR_SIZE) - (char *)word);
	return word - base + 2;
#undef NEW_AUX_ENT
}

/* Pointers to @n strings that lie one after the other from *strings on, and a NULL. */
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

static int create_elf_tables(struct linux_binprm *bprm, const struct elf_tables *t)
{
	static const char platform[] = ELF_PLATFORM;
	struct mm_struct *mm = current->mm;
	unsigned long p, strings, u_platform, u_random;
	int words, err;
	elf_addr_t __user *sp;
	u8 random[16];

	p = arch_align_stack(bprm->p);
	u_platform = put_below(&p, platform, sizeof(platform));
	get_random_bytes(random, sizeof(random));
	u_random = put_below(&p, random, sizeof(random));
	if (!u_platform || !u_random)
		return -EFAULT;
	words = fill_auxv(bprm, t, u_platform, u_random);
	/* argc, both lists with their ends, auxv. */
	bprm->p = (p - (1 + bprm->argc + 1 + bprm->envc + 1 + words) * sizeof(elf_addr_t)) & ~0xfUL;

	sp = (elf_addr_t __user *)bprm->p;
	if (put_user((elf_addr_t)bprm->argc, sp++))
		return -EFAULT;
	strings = mm->arg_start;
	err = put_string_pointers(&sp, &strings, bprm->argc);
	if (err)
		return err;
	mm->arg_end = strings;
	mm->env_start = strings;
	err = put_string_pointers(&sp, &strings, bprm->envc);
	if (err)
		return err;
	mm->env_end = strings;
	return copy_to_user(sp, mm->saved_auxv, words * sizeof(elf_addr_t)) ? -EFAULT : 0;
}

/* ---- loading ---- */

static int executable_stack(const struct elf_file *elf)
{
	const struct elf_phdr *ph = find_phdr(elf, PT_GNU_STACK);

	if (!ph)
		return EXSTACK_DEFAULT;
	return ph->p_flags & PF_X ? EXSTACK_ENABLE_X : EXSTACK_DISABLE_X;
}

static void note_layout(struct mm_struct *mm, const struct elf_image *image, unsigned long bias)
{
	mm->start_code = image->start_code + bias;
	mm->end_code = image->end_code + bias;
	mm->start_data = image->start_data + bias;
	mm->end_data = image->end_data + bias;
	mm->start_brk = ELF_PAGEALIGN(image->brk + bias);
	mm->brk = mm->start_brk;
}

/* The heap begins behind the program, a random distance from it. */
static void place_brk(struct mm_struct *mm, const struct elf_file *elf, bool has_interp)
{
	if (!(current->flags & PF_RANDOMIZE) || randomize_va_space < 2)
		return;
	/* ld.so run as a program lies among the mappings, where a heap couldn't grow. */
	if (elf->ex.e_type == ET_DYN && !has_interp)
		mm->brk = mm->start_brk = ELF_PAGESTART(ELF_ET_DYN_BASE);
	mm->brk = mm->start_brk = arch_randomize_brk(mm);
}

/* Everything after the point of no return. */
static int start_program(struct linux_binprm *bprm, struct elf_file *elf, struct elf_file *interp)
{
	struct elf_tables tables = { .phnum = elf->ex.e_phnum };
	struct pt_regs *regs = current_pt_regs();
	bool has_interp = interp->file;
	unsigned long bias, interp_bias, entry;
	struct mm_struct *mm;
	int err;

	SET_PERSONALITY(elf->ex);
	if (!(current->personality & ADDR_NO_RANDOMIZE) && randomize_va_space)
		current->flags |= PF_RANDOMIZE;
	setup_new_exec(bprm);
	err = setup_arg_pages(bprm, STACK_TOP, executable_stack(elf));
	if (err < 0)
		return err;

	mm = current->mm;
	err = map_image(elf, program_base(has_interp), &bias);
	if (err)
		return err;
	note_layout(mm, &elf->image, bias);
	tables.entry = entry = elf->ex.e_entry + bias;
	tables.phdr = elf->image.phdr + bias;
	if (has_interp) {
		err = map_image(interp, 0, &interp_bias);
		if (err)
			return err;
		tables.interp_base = interp->image.first + interp_bias;
		entry = interp->ex.e_entry + interp_bias;
	}
	if (BAD_ADDR(entry))
		return -EINVAL;
	set_binfmt(&elf_format);
	err = arch_setup_additional_pages(bprm, has_interp);
	if (err < 0)
		return err;
	err = create_elf_tables(bprm, &tables);
	if (err < 0)
		return err;
	mm->start_stack = bprm->p;
	place_brk(mm, elf, has_interp);
	/* For programs that read through a null pointer, as some old Unixes let them. */
	if (current->personality & MMAP_PAGE_ZERO)
		vm_mmap(NULL, 0, PAGE_SIZE, PROT_READ | PROT_EXEC, MAP_FIXED | MAP_PRIVATE, 0);

	ELF_PLAT_INIT(regs, bias);
	finalize_exec(bprm);
	start_thread(regs, entry, bprm->p);
	return 0;
}

static int load_elf_binary(struct linux_binprm *bprm)
{
	struct elf_file elf = { .file = bprm->file }, interp = { };
	int err;

	memcpy(&elf.ex, bprm->buf, sizeof(elf.ex));
	err = elf_image_check(&elf.ex);
	if (err)
		return err;
	if (!bprm->file->f_op->mmap)
		return -ENOEXEC;
	err = load_elf_phdrs(&elf);
	if (!err)
		err = open_interpreter(bprm, &elf, &interp);
	/*
	 * What Linux finds wrong only after the old program is gone, and kills: here it is still
	 * there.
	 */
	if (!err)
		err = measure(&elf);
	if (!err)
		err = begin_new_exec(bprm);
	if (!err)
		err = start_program(bprm, &elf, &interp);
	close_elf(&interp, true);
	close_elf(&elf, false);
	return err;
}

static int __init init_elf_binfmt(void)
{
	register_binfmt(&elf_format);
	return 0;
}
core_initcall(init_elf_binfmt);

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
 * exec has a point of no return, begin_new_exec(): before it an error is an errno and the old
 * program goes on; after it there is no program to go on, and the process is killed. So all that
 * headers can tell is read and checked first (elf_image.c):
 *
 *	read_program()			header, program headers
 *	read_interpreter()		its path, its header, its program headers
 *	measure()
 *	---- begin_new_exec() ----
 *	start_program()			new layout; map both (elf_map.c); stack (elf_stack.c);
 *					registers
 */

#include <linux/binfmts.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/personality.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "elf_load.h"

static int load_elf_binary(struct linux_binprm *bprm);

static struct linux_binfmt elf_format = {
	.load_binary	= load_elf_binary,
};

/* ---- reading: before the point of no return ---- */

static int read_exactly(struct file *file, void *buf, size_t len, loff_t pos)
{
	ssize_t n = kernel_read(file, buf, len, &pos);

	if (unlikely(n != (ssize_t)len))
		return n < 0 ? n : -EIO;
	return 0;
}

/* Return: 0, -ENOEXEC, -ENOMEM, -EIO. */
static int read_phdrs(struct elf_file *elf)
{
	size_t size = elf->ex.e_phnum * sizeof(struct elf_phdr);
	int err;

	elf->phdrs = kvmalloc(size, GFP_KERNEL);
	if (!elf->phdrs)
		return -ENOMEM;
	if (elf->ex.e_phoff > LLONG_MAX - size)
		return -ENOEXEC;
	err = read_exactly(elf->file, elf->phdrs, size, elf->ex.e_phoff);
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
	int err;

	if (ph->p_filesz > PATH_MAX || ph->p_filesz < 2)
		return ERR_PTR(-ENOEXEC);
	if ((loff_t)ph->p_offset < 0)
		return ERR_PTR(-EINVAL);
	path = kmalloc(ph->p_filesz, GFP_KERNEL);
	if (!path)
		return ERR_PTR(-ENOMEM);
	err = read_exactly(elf->file, path, ph->p_filesz, ph->p_offset);
	if (err)
		goto err_free;
	err = -ENOEXEC;
	if (path[ph->p_filesz - 1] != '\0')
		goto err_free;
	return path;

err_free:
	kfree(path);
	return ERR_PTR(err);
}

static int read_program(struct linux_binprm *bprm, struct elf_file *elf)
{
	int err;

	elf->file = bprm->file;
	memcpy(&elf->ex, bprm->buf, sizeof(elf->ex));
	err = elf_image_check(&elf->ex);
	if (err)
		return err;
	if (!elf->file->f_op->mmap)
		return -ENOEXEC;
	return read_phdrs(elf);
}

static int open_interpreter(struct linux_binprm *bprm, const char *path, struct elf_file *interp)
{
	struct file *file = open_exec(path);

	if (IS_ERR(file))
		return PTR_ERR(file);
	interp->file = file;
	would_dump(bprm, file);
	return read_exactly(file, &interp->ex, sizeof(interp->ex), 0);
}

/* If the program has one. What is wrong with what is in the file is -ELIBBAD. */
static int read_interpreter(struct linux_binprm *bprm, const struct elf_file *elf,
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
	err = open_interpreter(bprm, path, interp);
	kfree(path);
	if (err)
		return err;
	if (elf_image_check(&interp->ex))
		return -ELIBBAD;
	err = read_phdrs(interp);
	if (!err)
		err = measure(interp);
	return err && err != -ENOMEM ? -ELIBBAD : err;
}

static void close_interpreter(struct elf_file *interp)
{
	if (interp->file) {
		exe_file_allow_write_access(interp->file);
		fput(interp->file);
	}
	kvfree(interp->phdrs);
}

/* ---- starting: after it ---- */

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

static void choose_personality(const struct elf_file *elf)
{
	SET_PERSONALITY(elf->ex);
	if (!(current->personality & ADDR_NO_RANDOMIZE) && randomize_va_space)
		current->flags |= PF_RANDOMIZE;
}

/* Map both files. @entry gets the address of the first instruction. */
static int map_program(struct elf_file *elf, struct elf_file *interp, struct elf_tables *tables,
		       unsigned long *bias, unsigned long *entry)
{
	unsigned long interp_bias;
	int err;

	err = elf_map_image(elf, program_base(interp->file), bias);
	if (err)
		return err;
	note_layout(current->mm, &elf->image, *bias);
	tables->phnum = elf->ex.e_phnum;
	tables->phdr = elf->image.phdr + *bias;
	tables->entry = elf->ex.e_entry + *bias;
	*entry = tables->entry;
	if (interp->file) {
		err = elf_map_image(interp, 0, &interp_bias);
		if (err)
			return err;
		tables->interp_base = interp->image.first + interp_bias;
		*entry = interp->ex.e_entry + interp_bias;
	}
	return BAD_ADDR(*entry) ? -EINVAL : 0;
}

static int start_program(struct linux_binprm *bprm, struct elf_file *elf, struct elf_file *interp)
{
	struct pt_regs *regs = current_pt_regs();
	struct elf_tables tables = { };
	unsigned long bias, entry;
	int err;

	choose_personality(elf);
	setup_new_exec(bprm);
	err = setup_arg_pages(bprm, STACK_TOP, executable_stack(elf));
	if (err < 0)
		return err;
	err = map_program(elf, interp, &tables, &bias, &entry);
	if (err)
		return err;
	set_binfmt(&elf_format);
	err = arch_setup_additional_pages(bprm, interp->file != NULL);
	if (err < 0)
		return err;
	err = elf_fill_stack(bprm, &tables);
	if (err < 0)
		return err;
	current->mm->start_stack = bprm->p;
	place_brk(current->mm, elf, interp->file);
	/* For programs that read through a null pointer, as some old Unixes let them. */
	if (current->personality & MMAP_PAGE_ZERO)
		vm_mmap(NULL, 0, PAGE_SIZE, PROT_READ | PROT_EXEC, MAP_FIXED | MAP_PRIVATE, 0);

	ELF_PLAT_INIT(regs, bias);
	finalize_exec(bprm);
	start_thread(regs, entry, bprm->p);
	return 0;
}

/* ---- the format ---- */

static int load_elf_binary(struct linux_binprm *bprm)
{
	struct elf_file elf = { }, interp = { };
	int err;

	err = read_program(bprm, &elf);
	if (err)
		goto out;
	err = read_interpreter(bprm, &elf, &interp);
	if (err)
		goto out;
	/* Linux finds this out after the old program is gone, and kills; here it is still there. */
	err = measure(&elf);
	if (err)
		goto out;
	err = begin_new_exec(bprm);
	if (!err)
		err = start_program(bprm, &elf, &interp);
out:
	close_interpreter(&interp);
	kvfree(elf.phdrs);
	return err;
}

static int __init init_elf_binfmt(void)
{
	register_binfmt(&elf_format);
	return 0;
}
core_initcall(init_elf_binfmt);

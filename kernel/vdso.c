// SPDX-License-Identifier: MIT
/*
 * The vDSO: a small shared library of the kernel's in every program.
 *
 *	addr			one page of data (vdso/datapage.h), read only
 *	addr + PAGE_SIZE	the library: arch/X/vdso/, built into the image as it is
 *
 * Its place is chosen at each exec; AT_SYSINFO_EHDR tells the program. The library is position
 * independent and finds the data by its distance, so both are mapped together.
 */

#include <linux/binfmts.h>
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vdso.h>

#include <asm/elf.h>

/* The library, as tools/build made it. */
asm(".pushsection .rodata, \"a\"\n"
    ".balign 16\n"
    ".globl vdso_image_start, vdso_image_end\n"
    "vdso_image_start:\n"
    ".incbin \"" VDSO_IMAGE "\"\n"
    "vdso_image_end:\n"
    ".popsection\n");

extern const char vdso_image_start[], vdso_image_end[];

static struct page *vvar_pages[2] __ro_after_init;	/* ends with NULL */
static struct page **vdso_pages __ro_after_init;
static unsigned long vdso_size __ro_after_init;		/* bytes, whole pages; 0: there is none */

/* The program has moved the library: AT_SYSINFO_EHDR is history, but signals still need it. */
static int vdso_mremap(const struct vm_special_mapping *sm, struct vm_area_struct *new_vma)
{
	(void)sm;
	current->mm->context.vdso = (void __user *)new_vma->vm_start;
	return 0;
}

static struct vm_special_mapping vvar_mapping __ro_after_init = {
	.name = "[vvar]",
	.pages = vvar_pages,
};

static struct vm_special_mapping vdso_mapping __ro_after_init = {
	.name = "[vdso]",
	.mremap = vdso_mremap,
};

/* The mmap_lock is held for writing. */
static int map_both(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	vma = _install_special_mapping(mm, addr, PAGE_SIZE, VM_READ | VM_MAYREAD, &vvar_mapping);
	if (IS_ERR(vma))
		return PTR_ERR(vma);
	/* A debugger may write breakpoints into it, which makes a page its own. */
	vma = _install_special_mapping(mm, addr + PAGE_SIZE, vdso_size,
				       VM_READ | VM_EXEC | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC,
				       &vdso_mapping);
	if (IS_ERR(vma))
		return PTR_ERR(vma);
	mm->context.vdso = (void __user *)(addr + PAGE_SIZE);
	return 0;
}

/**
 * arch_setup_additional_pages - map the vDSO into a new program
 * @bprm: the program
 * @uses_interp: it has an interpreter
 *
 * Context: exec; may sleep. Return: 0 or -errno.
 */
int arch_setup_additional_pages(struct linux_binprm *bprm, int uses_interp)
{
	struct mm_struct *mm = current->mm;
	unsigned long addr;
	int ret;

	(void)bprm;
	(void)uses_interp;
	mm->context.vdso = NULL;
	if (!vdso_size)
		return 0;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	addr = get_unmapped_area(NULL, 0, PAGE_SIZE + vdso_size, 0, 0);
	ret = IS_ERR_VALUE(addr) ? (int)addr : map_both(mm, addr);
	mmap_write_unlock(mm);
	return ret;
}

/** vdso_entry - the address of the library's entry point in the current program, or 0 */
unsigned long vdso_entry(void)
{
	const struct elf64_hdr *ehdr = (const struct elf64_hdr *)vdso_image_start;
	unsigned long base = (__force unsigned long)current->mm->context.vdso;

	return base ? base + ehdr->e_entry : 0;
}

/* Pages of their own, since those of the image aren't the allocator's. */
static int __init vdso_init(void)
{
	unsigned long size = vdso_image_end - vdso_image_start;
	unsigned long i, nr = DIV_ROUND_UP(size, PAGE_SIZE);
	char *copy;

	copy = alloc_pages_exact(nr * PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);
	vdso_pages = kcalloc(nr + 1, sizeof(*vdso_pages), GFP_KERNEL);
	vvar_pages[0] = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!copy || !vdso_pages || !vvar_pages[0]) {
		pr_err("vdso: no memory, programs go without\n");
		return -ENOMEM;
	}
	memcpy(copy, vdso_image_start, size);
	for (i = 0; i < nr; i++)
		vdso_pages[i] = virt_to_page(copy + i * PAGE_SIZE);
	vdso_mapping.pages = vdso_pages;
	vdso_size = nr * PAGE_SIZE;
	vdso_set_data(page_address(vvar_pages[0]));
	return 0;
}
subsys_initcall(vdso_init);

// SPDX-License-Identifier: MIT
/*
 * mmap(2), munmap(2), brk(2), and the stack that grows.
 *
 * do_mmap() checks everything that can be checked, chooses the address, then commits: it unmaps
 * what a fixed mapping replaces, lets a neighbour grow if it says the same (mm/vma.c), else makes a
 * new VMA and asks the file for its operations. No page is brought; that is left to the first
 * access, or to MAP_POPULATE and locked memory after the lock is dropped.
 *
 * What is counted where:
 *
 *	total_vm		every page of every VMA, against RLIMIT_AS
 *	data_vm			private writable pages that are no stack, against RLIMIT_DATA
 *	vm_committed_as		pages that may have to exist: private writable, and shmem's
 *	locked_vm		of VM_LOCKED VMAs, against RLIMIT_MEMLOCK
 */

#include <linux/capability.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/overflow.h>
#include <linux/pagemap.h>
#include <linux/personality.h>
#include <linux/random.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/shmem_fs.h>
#include <linux/syscalls.h>
#include <asm/mmu_context.h>

#include "internal.h"
#include "vma.h"

int sysctl_max_map_count __read_mostly = 65530;
unsigned long stack_guard_gap __read_mostly = 256UL << PAGE_SHIFT;

/* ---- limits ---- */

/**
 * may_expand_vm - do RLIMIT_AS and RLIMIT_DATA allow more pages?
 * @mm: current's
 * @flags: of the VMA
 * @npages: how many more
 */
bool may_expand_vm(struct mm_struct *mm, vm_flags_t flags, unsigned long npages)
{
	if (mm->total_vm + npages > rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return false;
	return !is_data_mapping(flags) ||
	       mm->data_vm + npages <= rlimit(RLIMIT_DATA) >> PAGE_SHIFT;
}

/**
 * vm_stat_account - count pages that a mapping adds or removes
 * @mm: the address space, mmap_lock held for writing
 * @flags: VM_*, which say whether they count as code, stack or data too
 * @npages: how many, negative for fewer
 */
void vm_stat_account(struct mm_struct *mm, vm_flags_t flags, long npages)
{
	mm->total_vm += npages;
	if (is_exec_mapping(flags))
		mm->exec_vm += npages;
	else if (is_stack_mapping(flags))
		mm->stack_vm += npages;
	else if (is_data_mapping(flags))
		mm->data_vm += npages;
}

static bool mlock_allows(struct mm_struct *mm, vm_flags_t flags, unsigned long len)
{
	if (!(flags & VM_LOCKED) || capable(CAP_IPC_LOCK))
		return true;
	return mm->locked_vm + (len >> PAGE_SHIFT) <= rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT;
}

/* Private, writable, and not opened to overcommit: it counts as promised. */
static bool accountable(struct file *file, vm_flags_t flags)
{
	(void)file;
	return (flags & (VM_NORESERVE | VM_SHARED | VM_WRITE)) == VM_WRITE;
}

/* ---- protection ---- */

static pgprot_t protection_map(vm_flags_t flags)
{
	bool shared = flags & VM_SHARED, exec = flags & VM_EXEC;

	if (!(flags & VM_ACCESS_FLAGS))
		return PAGE_NONE;
	if (shared && (flags & VM_WRITE))
		return exec ? PAGE_SHARED_EXEC : PAGE_SHARED;
	if (!(flags & (VM_READ | VM_WRITE)) && exec)
		return PAGE_EXECONLY;
	/* Private and writable: read-only until the first write has made the page its own. */
	return exec ? PAGE_READONLY_EXEC : PAGE_READONLY;
}

/**
 * vm_get_page_prot - page-table bits of an area
 * @vm_flags: VM_READ, VM_WRITE, VM_EXEC, VM_SHARED and the like
 */
pgprot_t vm_get_page_prot(vm_flags_t vm_flags)
{
	return protection_map(vm_flags);
}

/**
 * vma_wants_writenotify - must the first write to a shared page be seen?
 * @vma: the VMA
 * @vm_page_prot: what its flags come to
 *
 * Then its pages start read-only, and the object is told (page_mkwrite) or the page marked dirty.
 */
bool vma_wants_writenotify(const struct vm_area_struct *vma, pgprot_t vm_page_prot)
{
	if ((vma->vm_flags & (VM_WRITE | VM_SHARED)) != (VM_WRITE | VM_SHARED))
		return false;
	(void)vm_page_prot;
	return vma->vm_ops && (vma->vm_ops->page_mkwrite || vma->vm_ops->pfn_mkwrite ||
			       (vma->vm_file && mapping_can_writeback(vma->vm_file->f_mapping)));
}

/**
 * vma_set_page_prot - set an area's page-table bits after its flags have changed
 * @vma: the area; if somebody wants to hear of the first write to a page, pages come read-only
 */
void vma_set_page_prot(struct vm_area_struct *vma)
{
	vm_flags_t flags = vma->vm_flags;
	pgprot_t prot = vm_get_page_prot(flags);

	if (vma_wants_writenotify(vma, prot))
		prot = vm_get_page_prot(flags & ~VM_SHARED);
	WRITE_ONCE(vma->vm_page_prot, prot);
}

/* ---- where ---- */

static unsigned long mmap_end(const struct mm_struct *mm)
{
	return mm->task_size;
}

static unsigned long search_bottomup(struct mm_struct *mm, unsigned long len)
{
	struct vm_unmapped_area_info info = {
		.length = len,
		.low_limit = mm->mmap_legacy_base,
		.high_limit = mmap_end(mm),
	};

	return vm_unmapped_area(&info);
}

static unsigned long search_topdown(struct mm_struct *mm, unsigned long len)
{
	struct vm_unmapped_area_info info = {
		.flags = VM_UNMAPPED_AREA_TOPDOWN,
		.length = len,
		.low_limit = max(PAGE_SIZE, mmap_min_addr),
		.high_limit = mm->mmap_base,
	};
	unsigned long addr = vm_unmapped_area(&info);

	/* A huge stack limit leaves little below: then above is better than nowhere. */
	return IS_ERR_VALUE(addr) ? search_bottomup(mm, len) : addr;
}

static bool range_is_free(struct mm_struct *mm, unsigned long addr, unsigned long len)
{
	struct vm_area_struct *prev, *next = find_vma_prev(mm, addr, &prev);

	return (!next || addr + len <= vm_start_gap(next)) && (!prev || addr >= prev->vm_end);
}

/**
 * get_unmapped_area - the address of a new mapping
 * @file: its file or NULL
 * @addr: where it must be (MAP_FIXED) or should be (0: anywhere)
 * @len: bytes, page aligned, not 0
 * @pgoff: page of the file
 * @flags: MAP_*
 *
 * Context: mmap_lock held for writing.
 * Return: the address; -ENOMEM, -EINVAL, -EPERM.
 */
unsigned long get_unmapped_area(struct file *file, unsigned long addr, unsigned long len,
				unsigned long pgoff, unsigned long flags)
{
	struct mm_struct *mm = current->mm;
	int err;

	if (len > mm->task_size)
		return -ENOMEM;
	if (file && file->f_op->get_unmapped_area) {
		addr = file->f_op->get_unmapped_area(file, addr, len, pgoff, flags);
		if (IS_ERR_VALUE(addr))
			return addr;
		if (addr > mm->task_size - len)
			return -ENOMEM;
		if (offset_in_page(addr))
			return -EINVAL;
	} else if (flags & MAP_FIXED) {
		if (addr > mm->task_size - len)
			return -ENOMEM;
		if (offset_in_page(addr))
			return -EINVAL;
	} else {
		addr = PAGE_ALIGN(addr);
		if (!addr || addr < mmap_min_addr || addr > mm->task_size - len ||
		    !range_is_free(mm, addr, len))
			addr = mm->mmap_base ? search_topdown(mm, len) : search_bottomup(mm, len);
		if (IS_ERR_VALUE(addr))
			return addr;
	}
	err = security_mmap_addr(addr);
	return err ? err : addr;
}

#ifndef arch_mmap_rnd
/* Bits of the address that chance decides, as Linux's vm.mmap_rnd_bits on 64-bit machines. */
#define MMAP_RND_BITS	28

/**
 * arch_mmap_rnd - how far from the stack's end mappings begin
 *
 * Return: bytes, whole pages.
 */
unsigned long arch_mmap_rnd(void)
{
	return (get_random_long() & ((1UL << MMAP_RND_BITS) - 1)) << PAGE_SHIFT;
}
#endif

/**
 * arch_pick_mmap_layout - decide where mappings of a new program go
 * @mm: the program's
 * @rlim_stack: its stack limit
 *
 * As a rule downwards from below the stack: room is kept for it to grow to its limit, at least
 * 128 MiB, at most five sixths of the address space. With no limit there is no such place, and
 * mappings go upwards from a third.
 */
void arch_pick_mmap_layout(struct mm_struct *mm, const struct rlimit *rlim_stack)
{
	unsigned long rnd = current->flags & PF_RANDOMIZE ? arch_mmap_rnd() : 0;
	unsigned long gap = rlim_stack->rlim_cur;
	/* The stack's own offset, and the gap below it. */
	unsigned long pad = stack_guard_gap + (16UL << 30);

	mm->mmap_legacy_base = PAGE_ALIGN(mm->task_size / 3) + rnd;
	if (rlim_stack->rlim_cur == RLIM_INFINITY ||
	    (current->personality & ADDR_COMPAT_LAYOUT)) {
		mm->mmap_base = 0;
		return;
	}
	if (gap + pad > gap)
		gap += pad;
	gap = clamp(gap, 128UL << 20, mm->task_size / 6 * 5);
	mm->mmap_base = PAGE_ALIGN(mm->task_size - gap - rnd);
}

/* ---- mapping ---- */

/*
 * Could the file have bytes at such places? Behind its largest offset the page numbers would turn
 * into positions that no longer fit a loff_t.
 */
static bool file_has_room(struct file *file, unsigned long pgoff, unsigned long len)
{
	struct inode *inode = file_inode(file);
	unsigned long most = ULONG_MAX;

	if (S_ISREG(inode->i_mode))
		most = inode->i_sb->s_maxbytes;
	else if (S_ISBLK(inode->i_mode) || S_ISSOCK(inode->i_mode))
		most = MAX_LFS_FILESIZE;
	else if (file->f_mode & FMODE_UNSIGNED_OFFSET)
		return true;
	return len <= most && pgoff <= (most - len) >> PAGE_SHIFT;
}

/* Rights that the file's own mode doesn't give. */
static int file_allows(struct file *file, unsigned long prot, unsigned long flags,
		       vm_flags_t *vm_flags)
{
	unsigned long supported = MAP_SHARED | MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS |
		MAP_DENYWRITE | MAP_EXECUTABLE | MAP_UNINITIALIZED | MAP_GROWSDOWN | MAP_LOCKED |
		MAP_NORESERVE | MAP_POPULATE | MAP_NONBLOCK | MAP_STACK | MAP_HUGETLB |
		MAP_FIXED_NOREPLACE;

	switch (flags & MAP_TYPE) {
	case MAP_SHARED_VALIDATE:
		if (flags & ~(supported | MAP_SHARED_VALIDATE))
			return -EOPNOTSUPP;
		fallthrough;
	case MAP_SHARED:
		if ((prot & PROT_WRITE) && !(file->f_mode & FMODE_WRITE))
			return -EACCES;
		*vm_flags |= VM_SHARED | VM_MAYSHARE;
		if (!(file->f_mode & FMODE_WRITE))
			*vm_flags &= ~(VM_MAYWRITE | VM_SHARED);
		fallthrough;
	case MAP_PRIVATE:
		if (!(file->f_mode & FMODE_READ))
			return -EACCES;
		if (path_noexec(&file->f_path)) {
			if (prot & PROT_EXEC)
				return -EPERM;
			*vm_flags &= ~VM_MAYEXEC;
		}
		if (!file->f_op->mmap)
			return -ENODEV;
		if (*vm_flags & VM_GROWSDOWN)
			return -EINVAL;
		return 0;
	default:
		return -EINVAL;
	}
}

static int anon_allows(unsigned long flags, unsigned long addr, unsigned long *pgoff,
		       vm_flags_t *vm_flags)
{
	switch (flags & MAP_TYPE) {
	case MAP_SHARED:
		if (*vm_flags & VM_GROWSDOWN)
			return -EINVAL;
		*pgoff = 0;
		*vm_flags |= VM_SHARED | VM_MAYSHARE;
		return 0;
	case MAP_PRIVATE:
		*pgoff = addr >> PAGE_SHIFT;
		return 0;
	default:
		return -EINVAL;
	}
}

/* The file's operations, or shmem's for shared anonymous memory. */
static int attach_object(struct vm_area_struct *vma, struct file *file)
{
	if (file) {
		vma->vm_file = get_file(file);
		return call_mmap(file, vma);
	}
	return vma->vm_flags & VM_SHARED ? shmem_zero_setup(vma) : 0;
}

static struct vm_area_struct *new_vma(struct file *file, unsigned long addr, unsigned long len,
				      vm_flags_t vm_flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	bool writable;
	int err;

	if (mm->map_count >= sysctl_max_map_count)
		return ERR_PTR(-ENOMEM);
	vma = vm_area_alloc(mm);
	if (!vma)
		return ERR_PTR(-ENOMEM);
	vma->vm_start = addr;
	vma->vm_end = addr + len;
	vma->vm_pgoff = pgoff;
	vm_flags_init(vma, vm_flags);
	vma->vm_page_prot = vm_get_page_prot(vm_flags);
	err = attach_object(vma, file);
	if (err)
		goto free_vma;
	/* Held from here until it is counted in the tree: nobody can seal the file in between. */
	writable = vma->vm_file && vma_is_shared_maywrite(vma);
	if (writable) {
		err = mapping_map_writable(vma->vm_file->f_mapping);
		if (err)
			goto close_vma;
	}
	vma_set_page_prot(vma);
	vma_link(mm, vma);
	if (writable)
		mapping_unmap_writable(vma->vm_file->f_mapping);
	return vma;

close_vma:
	if (vma->vm_ops && vma->vm_ops->close)
		vma->vm_ops->close(vma);
free_vma:
	if (vma->vm_file)
		fput(vma->vm_file);
	vm_area_free(vma);
	return ERR_PTR(err);
}

static unsigned long mmap_region(struct file *file, unsigned long addr, unsigned long len,
				 vm_flags_t vm_flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	unsigned long npages = len >> PAGE_SHIFT;
	struct vm_area_struct *vma;
	int err;

	/* Pages that it replaces may be what makes it fit. */
	if (!may_expand_vm(mm, vm_flags, npages)) {
		unsigned long replaced = 0;

		for (vma = find_vma_intersection(mm, addr, addr + len);
		     vma && vma->vm_start < addr + len; vma = vma->vm_next)
			replaced += (min(vma->vm_end, addr + len) - max(vma->vm_start, addr)) >>
				    PAGE_SHIFT;
		if (!may_expand_vm(mm, vm_flags, npages - replaced))
			return -ENOMEM;
	}
	if (accountable(file, vm_flags)) {
		err = security_vm_enough_memory_mm(mm, npages);
		if (err)
			return err;
		vm_flags |= VM_ACCOUNT;
	}
	err = do_vmi_munmap(mm, addr, addr + len);
	if (err)
		goto unaccount;
	vma = NULL;
	if (file || !(vm_flags & VM_SHARED))
		vma = vma_extend(mm, addr, addr + len, vm_flags, file, pgoff);
	if (!vma) {
		vma = new_vma(file, addr, len, vm_flags, pgoff);
		if (IS_ERR(vma)) {
			err = PTR_ERR(vma);
			goto unaccount;
		}
	}
	vm_stat_account(mm, vma->vm_flags, npages);
	if (vma->vm_flags & VM_LOCKED) {
		if (vma->vm_flags & VM_SPECIAL)
			vm_flags_clear(vma, VM_LOCKED_MASK);
		else
			mm->locked_vm += npages;
	}
	update_hiwater_vm(mm);
	return addr;

unaccount:
	if (vm_flags & VM_ACCOUNT)
		vm_unacct_memory(npages);
	return err;
}

/**
 * do_mmap - map something into current's address space
 * @file: what, NULL for anonymous memory
 * @addr: hint, or the address with MAP_FIXED
 * @len: bytes
 * @prot: PROT_*
 * @flags: MAP_*
 * @vm_flags: VM_* beyond what the others say
 * @pgoff: page of the file
 * @populate: set to the bytes to bring in at once, 0 as a rule
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: the address; -EINVAL, -ENOMEM, -EOVERFLOW, -EEXIST, -EAGAIN, -EPERM, -EACCES, -ENODEV,
 * -EOPNOTSUPP as mmap(2) says.
 */
unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, vm_flags_t vm_flags, unsigned long pgoff,
		      unsigned long *populate)
{
	struct mm_struct *mm = current->mm;
	int err;

	*populate = 0;
	if (!len)
		return -EINVAL;
	/* Old programs: what can be read can be executed. */
	if ((prot & PROT_READ) && (current->personality & READ_IMPLIES_EXEC) &&
	    !(file && path_noexec(&file->f_path)))
		prot |= PROT_EXEC;
	if (flags & MAP_FIXED_NOREPLACE)
		flags |= MAP_FIXED;
	if (!(flags & MAP_FIXED) && addr && addr < mmap_min_addr)
		addr = PAGE_ALIGN(mmap_min_addr);
	len = PAGE_ALIGN(len);
	if (!len)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if (mm->map_count > sysctl_max_map_count)
		return -ENOMEM;

	addr = get_unmapped_area(file, addr, len, pgoff, flags);
	if (IS_ERR_VALUE(addr))
		return addr;
	if ((flags & MAP_FIXED_NOREPLACE) && find_vma_intersection(mm, addr, addr + len))
		return -EEXIST;

	vm_flags |= calc_vm_prot_bits(prot, 0) | calc_vm_flag_bits(flags) | mm->def_flags |
		    VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
	if ((flags & MAP_LOCKED) && !capable(CAP_IPC_LOCK) && !rlimit(RLIMIT_MEMLOCK))
		return -EPERM;
	if (!mlock_allows(mm, vm_flags, len))
		return -EAGAIN;
	if (file && !file_has_room(file, pgoff, len))
		return -EOVERFLOW;
	err = file ? file_allows(file, prot, flags, &vm_flags)
		   : anon_allows(flags, addr, &pgoff, &vm_flags);
	if (err)
		return err;
	if ((flags & MAP_NORESERVE) && sysctl_overcommit_memory != OVERCOMMIT_NEVER)
		vm_flags |= VM_NORESERVE;

	addr = mmap_region(file, addr, len, vm_flags, pgoff);
	if (!IS_ERR_VALUE(addr) && ((vm_flags & VM_LOCKED_MASK) == VM_LOCKED ||
				    (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE))
		*populate = len;
	return addr;
}

/**
 * vm_mmap_pgoff - do_mmap() with its lock and checks of the security modules
 * @file: the object, or NULL for anonymous memory
 * @addr: where it had better be
 * @len: bytes
 * @prot: PROT_*
 * @flag: MAP_*
 * @pgoff: first page of @file
 *
 * Context: may sleep; takes mmap_lock for writing.
 * Return: the address; -EINTR on a fatal signal; an error as do_mmap(), or of a security module.
 */
unsigned long vm_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
			    unsigned long prot, unsigned long flag, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	unsigned long ret, populate;

	ret = security_mmap_file(file, prot, prot, flag);
	if (ret)
		return ret;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	ret = do_mmap(file, addr, len, prot, flag, 0, pgoff, &populate);
	mmap_write_unlock(mm);
	if (populate)
		mm_populate(ret, populate);
	return ret;
}

/**
 * vm_mmap - map a file, or anonymous memory, for the kernel's own purposes (exec)
 * @file: the object, or NULL
 * @addr: where it had better be
 * @len: bytes
 * @prot: PROT_*
 * @flag: MAP_*
 * @offset: bytes, page aligned
 *
 * Context: may sleep.
 * Return: the address; -EINVAL for a bad @offset; or an error as vm_mmap_pgoff().
 */
unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flag, unsigned long offset)
{
	if (unlikely(offset + PAGE_ALIGN(len) < offset))
		return -EINVAL;
	if (unlikely(offset_in_page(offset)))
		return -EINVAL;
	return vm_mmap_pgoff(file, addr, len, prot, flag, offset >> PAGE_SHIFT);
}
EXPORT_SYMBOL(vm_mmap);

static unsigned long ksys_mmap(unsigned long addr, unsigned long len, unsigned long prot,
			       unsigned long flags, unsigned long fd, unsigned long pgoff)
{
	struct file *file = NULL;
	unsigned long ret;

	/* Pages of 2 MiB are not to be had. */
	if (flags & MAP_HUGETLB)
		return flags & MAP_ANONYMOUS ? -ENOMEM : -EINVAL;
	if (!(flags & MAP_ANONYMOUS)) {
		file = fget(fd);
		if (!file)
			return -EBADF;
	}
	ret = vm_mmap_pgoff(file, addr, len, prot, flags, pgoff);
	if (file)
		fput(file);
	return ret;
}

SYSCALL_DEFINE6(mmap, unsigned long, addr, unsigned long, len, unsigned long, prot,
		unsigned long, flags, unsigned long, fd, unsigned long, off)
{
	if (offset_in_page(off))
		return -EINVAL;
	return ksys_mmap(addr, len, prot, flags, fd, off >> PAGE_SHIFT);
}

/* ---- unmapping ---- */

/* A VMA leaves: what it counted for goes. */
static void unaccount_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	long npages = vma_pages(vma);

	vm_stat_account(mm, vma->vm_flags, -npages);
	if (vma->vm_flags & VM_ACCOUNT)
		vm_unacct_memory(npages);
	if (vma->vm_flags & VM_LOCKED)
		mm->locked_vm -= npages;
}

/* Take the VMAs of [start, end), which has none across its ends, into a list by vm_next. */
static struct vm_area_struct *take_vmas(struct mm_struct *mm, unsigned long start,
					unsigned long end)
{
	struct vm_area_struct *vma, *next, *first = NULL, **tail = &first;

	for (vma = find_vma_intersection(mm, start, end); vma && vma->vm_start < end; vma = next) {
		next = vma->vm_next;
		vma_unlink(vma);
		unaccount_vma(mm, vma);
		vma->vm_next = NULL;
		*tail = vma;
		tail = &vma->vm_next;
	}
	return first;
}

/**
 * do_vmi_munmap - unmap whatever a range has
 * @mm: the address space
 * @start: page aligned
 * @end: page aligned
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: 0; -ENOMEM if a VMA could not be cut, and nothing was unmapped then.
 */
int do_vmi_munmap(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma_intersection(mm, start, end), *next;
	int err;

	if (!vma)
		return 0;
	if (vma->vm_start < start) {
		/* A hole in the middle makes one more. */
		if (end < vma->vm_end && mm->map_count >= sysctl_max_map_count)
			return -ENOMEM;
		err = split_vma(vma, start);
		if (err)
			return err;
	}
	vma = find_vma(mm, end - 1);
	if (vma && vma->vm_start < end && end < vma->vm_end) {
		err = split_vma(vma, end);
		if (err)
			return err;
	}
	update_hiwater_rss(mm);
	vma = take_vmas(mm, start, end);
	unmap_vmas_range(mm, vma, start, end);
	for (; vma; vma = next) {
		next = vma->vm_next;
		vma_remove(vma);
	}
	return 0;
}

/**
 * do_munmap - munmap(2) with the lock held
 * @mm: the address space
 * @start: page aligned
 * @len: bytes, rounded up to pages
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: 0; -EINVAL for a bad range; -ENOMEM.
 */
int do_munmap(struct mm_struct *mm, unsigned long start, size_t len)
{
	if (offset_in_page(start) || start > mm->task_size || len > mm->task_size - start)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len)
		return -EINVAL;
	return do_vmi_munmap(mm, start, start + len);
}

/**
 * vm_munmap - munmap(2) of current's address space, for the kernel
 * @start: page aligned
 * @len: bytes, rounded up to pages
 *
 * Context: may sleep; takes mmap_lock for writing.
 * Return: 0; -EINVAL, -ENOMEM; -EINTR on a fatal signal.
 */
int vm_munmap(unsigned long start, size_t len)
{
	struct mm_struct *mm = current->mm;
	int ret;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	ret = do_munmap(mm, start, len);
	mmap_write_unlock(mm);
	return ret;
}
EXPORT_SYMBOL(vm_munmap);

SYSCALL_DEFINE2(munmap, unsigned long, addr, size_t, len)
{
	return vm_munmap(untagged_addr(addr), len);
}

/* ---- brk ---- */

/* Anonymous memory over a free range. */
static int do_brk_flags(struct mm_struct *mm, unsigned long addr, unsigned long len,
			vm_flags_t flags)
{
	unsigned long ret;

	flags |= VM_DATA_DEFAULT_FLAGS | mm->def_flags;
	if (!may_expand_vm(mm, flags, len >> PAGE_SHIFT))
		return -ENOMEM;
	if (!mlock_allows(mm, flags, len))
		return -EAGAIN;
	ret = mmap_region(NULL, addr, len, flags, addr >> PAGE_SHIFT);
	return IS_ERR_VALUE(ret) ? (int)ret : 0;
}

/**
 * vm_brk_flags - anonymous memory at a fixed place, for exec
 * @addr: page aligned
 * @request: bytes
 * @flags: VM_EXEC or 0
 *
 * Return: 0; -ENOMEM, -EINVAL, -EINTR.
 */
int vm_brk_flags(unsigned long addr, unsigned long request, vm_flags_t flags)
{
	struct mm_struct *mm = current->mm;
	unsigned long len = PAGE_ALIGN(request);
	int ret;

	if (len < request)
		return -ENOMEM;
	if (!len)
		return 0;
	if (flags & ~VM_EXEC)
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	ret = get_unmapped_area(NULL, addr, len, 0, MAP_FIXED) == addr ? 0 : -ENOMEM;
	if (!ret)
		ret = do_brk_flags(mm, addr, len, flags);
	mmap_write_unlock(mm);
	if (!ret && (mm->def_flags & VM_LOCKED))
		mm_populate(addr, len);
	return ret;
}
EXPORT_SYMBOL(vm_brk_flags);

static bool data_limit_allows(struct mm_struct *mm, unsigned long brk)
{
	unsigned long limit = rlimit(RLIMIT_DATA);

	return limit == RLIM_INFINITY ||
	       brk - mm->start_brk + (mm->end_data - mm->start_data) <= limit;
}

/* brk(2): the new end, or the old one if it can't be moved. */
SYSCALL_DEFINE1(brk, unsigned long, brk)
{
	struct mm_struct *mm = current->mm;
	unsigned long oldbrk, newbrk, end;
	struct vm_area_struct *next;
	bool populate = false;

	if (mmap_write_lock_killable(mm))
		return -EINTR;
	end = mm->brk;
	if (brk < mm->start_brk || !data_limit_allows(mm, brk))
		goto out;
	newbrk = PAGE_ALIGN(brk);
	oldbrk = PAGE_ALIGN(mm->brk);
	if (brk <= mm->brk) {
		if (newbrk < oldbrk && do_vmi_munmap(mm, newbrk, oldbrk))
			goto out;
	} else if (newbrk > oldbrk) {
		/* Something in the way, or too near. */
		next = find_vma(mm, oldbrk);
		if (newbrk > mm->task_size || newbrk < oldbrk ||
		    (next && newbrk + PAGE_SIZE > vm_start_gap(next)))
			goto out;
		if (do_brk_flags(mm, oldbrk, newbrk - oldbrk, 0))
			goto out;
		populate = mm->def_flags & VM_LOCKED;
	}
	mm->brk = end = brk;
out:
	mmap_write_unlock(mm);
	if (populate)
		mm_populate(oldbrk, newbrk - oldbrk);
	return end;
}

/* ---- stacks ---- */

/**
 * expand_stack_locked - let a stack grow down to an address
 * @vma: the stack
 * @address: below it
 *
 * Context: mmap_lock held for writing.
 * Return: 0; -ENOMEM if a limit or a neighbour is in the way; -EPERM below mmap_min_addr.
 */
int expand_stack_locked(struct vm_area_struct *vma, unsigned long address)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *prev = vma->vm_prev;
	unsigned long grow;

	address &= PAGE_MASK;
	if (address < mmap_min_addr || address < FIRST_USER_ADDRESS)
		return -EPERM;
	if (address >= vma->vm_start)
		return 0;
	/* Another stack below keeps its own distance; PROT_NONE is somebody's guard page. */
	if (prev && !(prev->vm_flags & VM_GROWSDOWN) && vma_is_accessible(prev) &&
	    (address < prev->vm_end || address - prev->vm_end < stack_guard_gap))
		return -ENOMEM;
	if (prev && address < prev->vm_end)
		return -ENOMEM;
	grow = (vma->vm_start - address) >> PAGE_SHIFT;
	if (grow > vma->vm_pgoff || !may_expand_vm(mm, vma->vm_flags, grow))
		return -ENOMEM;
	if (vma->vm_end - address > rlimit(RLIMIT_STACK))
		return -ENOMEM;
	if (!mlock_allows(mm, vma->vm_flags, grow << PAGE_SHIFT))
		return -ENOMEM;
	if (security_vm_enough_memory_mm(mm, grow))
		return -ENOMEM;
	vma_set_range(vma, address, vma->vm_end, vma->vm_pgoff - grow);
	vm_stat_account(mm, vma->vm_flags, grow);
	if (vma->vm_flags & VM_LOCKED)
		mm->locked_vm += grow;
	update_hiwater_vm(mm);
	return 0;
}

/**
 * expand_stack - the VMA of an address, after growing a stack to it
 * @mm: the address space
 * @addr: the address
 *
 * Context: mmap_lock held for reading; it is dropped, taken for writing, and held for reading again
 * if a VMA is returned.
 * Return: the VMA, or NULL without the lock.
 */
struct vm_area_struct *expand_stack(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_read_unlock(mm);
	if (mmap_write_lock_killable(mm))
		return NULL;
	vma = find_vma(mm, addr);
	if (vma && (vma->vm_start <= addr || ((vma->vm_flags & VM_GROWSDOWN) &&
					      !expand_stack_locked(vma, addr)))) {
		mmap_write_downgrade(mm);
		return vma;
	}
	mmap_write_unlock(mm);
	return NULL;
}

/* ---- the end ---- */

/**
 * exit_mmap - unmap all, when the last user has gone
 * @mm: nobody else uses it
 *
 * Truncation may still come by way of the files: so first no file knows of the VMAs.
 *
 * Context: may sleep.
 */
void exit_mmap(struct mm_struct *mm)
{
	struct vm_area_struct *vma, *next;

	arch_exit_mmap(mm);
	/* Nobody is left to contend with; the lock is for those who check that it is held. */
	mmap_write_lock(mm);
	vma = take_vmas(mm, 0, mm->task_size);
	unmap_all(mm);
	for (; vma; vma = next) {
		next = vma->vm_next;
		vma_remove(vma);
		cond_resched();
	}
	mmap_write_unlock(mm);
	/* Nothing is left that the OOM killer could wait for. */
	set_bit(MMF_OOM_SKIP, &mm->flags);
}

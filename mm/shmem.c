// SPDX-License-Identifier: MIT
/*
 * Shared memory objects: inodes whose pages are nowhere but in the page cache.
 *
 * A folio of such an object is the only copy of its data. It comes when somebody writes it or
 * touches it through a mapping, and goes when the object is cut or ends; reading a hole brings
 * nothing. All folios are uptodate and "swapbacked", which is how rss counts them apart from files.
 *
 * Three accounts are kept, and always together:
 *
 *	info->alloced		folios of the object, as far as the other two know of them
 *	sbinfo->used_blocks	of all objects of a mount, against its size= limit
 *	vm_committed_as		what is promised: object by object when it is made with its size
 *				(shmem_file_setup), page by page if it is VM_NORESERVE (tmpfs files)
 *
 * A folio that is added is charged before. Folios that are removed leave by the page cache's own
 * functions; shmem_recalc() sees afterwards that alloced is more than nrpages, and gives back the
 * difference.
 *
 * Names, directories and mounts of tmpfs are in tmpfs.c; seals and memfd_create() in memfd.c.
 *
 * Lock order: i_rwsem > invalidate_lock > folio lock > info->lock. Faults take invalidate_lock
 * shared while they add, so that a hole that is being made stays empty until it is done.
 */

#include "shmem.h"

#include <linux/err.h>
#include <linux/export.h>
#include <linux/falloc.h>
#include <linux/file.h>
#include <linux/highmem.h>
#include <linux/init.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/uio.h>

#include "internal.h"

#define BLOCKS_PER_PAGE	(PAGE_SIZE / 512)

static struct kmem_cache *shmem_inode_cachep;

/* ---- accounts ---- */

static int charge_pages(struct inode *inode, long pages)
{
	struct shmem_inode_info *info = SHMEM_I(inode);
	struct shmem_sb_info *sbinfo = SHMEM_SB(inode->i_sb);

	if ((info->flags & VM_NORESERVE) && security_vm_enough_memory_mm(current->mm, pages))
		return -ENOSPC;
	if (atomic_long_add_return(pages, &sbinfo->used_blocks) > (long)sbinfo->max_blocks &&
	    sbinfo->max_blocks) {
		atomic_long_sub(pages, &sbinfo->used_blocks);
		if (info->flags & VM_NORESERVE)
			vm_unacct_memory(pages);
		return -ENOSPC;
	}
	spin_lock(&info->lock);
	info->alloced += pages;
	inode->i_blocks += pages * BLOCKS_PER_PAGE;
	spin_unlock(&info->lock);
	return 0;
}

static void uncharge_pages(struct inode *inode, long pages)
{
	struct shmem_inode_info *info = SHMEM_I(inode);

	spin_lock(&info->lock);
	info->alloced -= pages;
	inode->i_blocks -= pages * BLOCKS_PER_PAGE;
	spin_unlock(&info->lock);
	atomic_long_sub(pages, &SHMEM_SB(inode->i_sb)->used_blocks);
	if (info->flags & VM_NORESERVE)
		vm_unacct_memory(pages);
}

/*
 * After folios were removed. invalidate_lock is held for writing, or the inode is nobody's any
 * more: else a folio that is charged and not yet added would look like one that was removed.
 */
static void shmem_recalc(struct inode *inode)
{
	struct shmem_inode_info *info = SHMEM_I(inode);
	long gone = info->alloced - inode->i_mapping->nrpages;

	if (gone > 0)
		uncharge_pages(inode, gone);
}

/* The promise for the whole of an object that isn't VM_NORESERVE. */
static int charge_size(unsigned long flags, loff_t size)
{
	return flags & VM_NORESERVE ? 0 :
	       security_vm_enough_memory_mm(current->mm, DIV_ROUND_UP_ULL(size, PAGE_SIZE));
}

static void uncharge_size(unsigned long flags, loff_t size)
{
	if (!(flags & VM_NORESERVE))
		vm_unacct_memory(DIV_ROUND_UP_ULL(size, PAGE_SIZE));
}

static int recharge_size(unsigned long flags, loff_t oldsize, loff_t newsize)
{
	long more = DIV_ROUND_UP_ULL(newsize, PAGE_SIZE) - DIV_ROUND_UP_ULL(oldsize, PAGE_SIZE);

	if (flags & VM_NORESERVE)
		return 0;
	if (more > 0)
		return security_vm_enough_memory_mm(current->mm, more);
	vm_unacct_memory(-more);
	return 0;
}

/* ---- folios ---- */

/* A new folio, zeroed, charged, added and locked. invalidate_lock is held shared. */
static struct folio *add_folio(struct inode *inode, pgoff_t index)
{
	struct address_space *mapping = inode->i_mapping;
	gfp_t gfp = mapping_gfp_mask(mapping);
	struct folio *folio;
	int err;

	err = charge_pages(inode, 1);
	if (err)
		return ERR_PTR(err);
	folio = folio_alloc(gfp | __GFP_ZERO, 0);
	err = -ENOMEM;
	if (!folio)
		goto uncharge;
	folio_set_swapbacked(folio);
	folio_mark_uptodate(folio);
	err = filemap_add_folio(mapping, folio, index, gfp);
	if (err) {
		folio_put(folio);
		goto uncharge;
	}
	folio_mark_dirty(folio);
	return folio;

uncharge:
	uncharge_pages(inode, 1);
	return ERR_PTR(err);
}

/* The folio at an index, locked and referenced; made if there is none. */
static struct folio *get_folio(struct inode *inode, pgoff_t index)
{
	struct address_space *mapping = inode->i_mapping;
	struct folio *folio;

	do {
		folio = filemap_lock_folio(mapping, index);
		if (!IS_ERR(folio))
			return folio;
		filemap_invalidate_lock_shared(mapping);
		folio = add_folio(inode, index);
		filemap_invalidate_unlock_shared(mapping);
	} while (IS_ERR(folio) && PTR_ERR(folio) == -EEXIST);
	return folio;
}

/* ---- mappings ---- */

static vm_fault_t shmem_fault(struct vm_fault *vmf)
{
	struct inode *inode = file_inode(vmf->vma->vm_file);
	struct folio *folio;

	if (unlikely(vmf->pgoff >= DIV_ROUND_UP_ULL(i_size_read(inode), PAGE_SIZE)))
		return VM_FAULT_SIGBUS;
	folio = get_folio(inode, vmf->pgoff);
	if (IS_ERR(folio))
		return PTR_ERR(folio) == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
	/* Cut while we were busy? Under the lock the answer stays, and the folio can go at once. */
	if (unlikely(vmf->pgoff >= DIV_ROUND_UP_ULL(i_size_read(inode), PAGE_SIZE))) {
		folio_unlock(folio);
		folio_put(folio);
		shmem_truncate_range(inode, round_up(i_size_read(inode), PAGE_SIZE), -1);
		return VM_FAULT_SIGBUS;
	}
	vmf->page = folio_file_page(folio, vmf->pgoff);
	return VM_FAULT_LOCKED;
}

static const struct vm_operations_struct shmem_vm_ops = {
	.fault = shmem_fault,
	.map_pages = filemap_map_pages,
};

/* The same; another table tells /proc that the mapping has no name. */
static const struct vm_operations_struct shmem_anon_vm_ops = {
	.fault = shmem_fault,
	.map_pages = filemap_map_pages,
};

/**
 * vma_is_shmem - does an area map shared memory or tmpfs?
 * @vma: the area
 */
bool vma_is_shmem(const struct vm_area_struct *vma)
{
	return vma->vm_ops == &shmem_vm_ops || vma->vm_ops == &shmem_anon_vm_ops;
}

/* What is sealed against writing can't be mapped to be written, nor become so. */
static int check_write_seals(unsigned int seals, struct vm_area_struct *vma)
{
	if (!(seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) || !(vma->vm_flags & VM_SHARED))
		return 0;
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	vm_flags_clear(vma, VM_MAYWRITE);
	return 0;
}

static int shmem_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct inode *inode = file_inode(file);
	int err = check_write_seals(SHMEM_I(inode)->seals, vma);

	if (err)
		return err;
	file_accessed(file);
	vma->vm_ops = inode->i_nlink ? &shmem_vm_ops : &shmem_anon_vm_ops;
	return 0;
}

/* ---- reading and writing ---- */

/* Holes are read as zeroes and stay holes. */
static ssize_t shmem_file_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct inode *inode = file_inode(iocb->ki_filp);
	ssize_t done = 0;
	int err = 0;

	while (iov_iter_count(to)) {
		size_t offset = offset_in_page(iocb->ki_pos), bytes, copied;
		struct folio *folio = filemap_get_folio(inode->i_mapping,
							iocb->ki_pos >> PAGE_SHIFT);
		loff_t isize = i_size_read(inode);

		if (iocb->ki_pos >= isize) {
			if (!IS_ERR(folio))
				folio_put(folio);
			break;
		}
		bytes = min3((size_t)min_t(u64, isize - iocb->ki_pos, PAGE_SIZE),
			     PAGE_SIZE - offset, iov_iter_count(to));
		if (IS_ERR(folio)) {
			copied = iov_iter_zero(bytes, to);
		} else {
			copied = copy_folio_to_iter(folio, offset, bytes, to);
			folio_put(folio);
		}
		iocb->ki_pos += copied;
		done += copied;
		if (copied < bytes) {
			err = -EFAULT;
			break;
		}
		if (fatal_signal_pending(current)) {
			err = -EINTR;
			break;
		}
		cond_resched();
	}
	file_accessed(iocb->ki_filp);
	return done ? done : err;
}

static int shmem_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			     unsigned int len, struct folio **foliop, void **fsdata)
{
	struct inode *inode = mapping->host;
	unsigned int seals = SHMEM_I(inode)->seals;
	struct folio *folio;

	(void)file;
	(void)fsdata;
	if (seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE))
		return -EPERM;
	if ((seals & F_SEAL_GROW) && pos + len > inode->i_size)
		return -EPERM;
	folio = get_folio(inode, pos >> PAGE_SHIFT);
	if (IS_ERR(folio))
		return PTR_ERR(folio);
	*foliop = folio;
	return 0;
}

static int shmem_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			   unsigned int len, unsigned int copied, struct folio *folio,
			   void *fsdata)
{
	struct inode *inode = mapping->host;

	(void)file;
	(void)len;
	(void)fsdata;
	if (pos + copied > inode->i_size)
		i_size_write(inode, pos + copied);
	folio_mark_dirty(folio);
	folio_unlock(folio);
	folio_put(folio);
	return copied;
}

const struct address_space_operations shmem_aops = {
	.dirty_folio	= noop_dirty_folio,
	.write_begin	= shmem_write_begin,
	.write_end	= shmem_write_end,
	.error_remove_folio = generic_error_remove_folio,
};

/**
 * shmem_mapping - is a page cache one of shared memory or tmpfs?
 * @mapping: the page cache
 */
bool shmem_mapping(const struct address_space *mapping)
{
	return mapping->a_ops == &shmem_aops;
}

/* ---- cutting ---- */

static void truncate_range(struct inode *inode, loff_t start, loff_t end)
{
	struct address_space *mapping = inode->i_mapping;

	filemap_invalidate_lock(mapping);
	truncate_inode_pages_range(mapping, start, end);
	shmem_recalc(inode);
	filemap_invalidate_unlock(mapping);
}

/**
 * shmem_truncate_range - remove the pages of a range of bytes
 * @inode: of a shared memory object
 * @start: first byte
 * @end: last byte, inclusive; -1: the end
 *
 * Context: may sleep.
 */
void shmem_truncate_range(struct inode *inode, loff_t start, loff_t end)
{
	truncate_range(inode, start, end);
	inode_set_mtime_to_ts(inode, inode_set_ctime_current(inode));
}
EXPORT_SYMBOL_GPL(shmem_truncate_range);

/* Where data (or a hole) begins at or after @start; the end of the file is a hole. */
static loff_t seek_hole_data(struct address_space *mapping, loff_t start, loff_t end, int whence)
{
	pgoff_t index = start >> PAGE_SHIFT, last = (end - 1) >> PAGE_SHIFT, next;
	struct folio *folio;
	unsigned int n;

	for (;;) {
		next = index;
		n = index > last ? 0 : filemap_get_folios(mapping, &next, last, &folio, 1);
		if (!n)
			return whence == SEEK_DATA ? -ENXIO :
			       min_t(loff_t, end, max_t(loff_t, start,
							(loff_t)index << PAGE_SHIFT));
		next = folio->index;
		folio_put(folio);
		if (whence == SEEK_DATA)
			return max_t(loff_t, start, (loff_t)next << PAGE_SHIFT);
		if (next > index)
			return max_t(loff_t, start, (loff_t)index << PAGE_SHIFT);
		index++;
	}
}

static loff_t shmem_file_llseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file_inode(file);

	if (whence != SEEK_DATA && whence != SEEK_HOLE)
		return generic_file_llseek_size(file, offset, whence, MAX_LFS_FILESIZE,
						i_size_read(inode));
	inode_lock(inode);
	if (offset < 0 || offset >= inode->i_size)
		offset = -ENXIO;
	else
		offset = seek_hole_data(inode->i_mapping, offset, inode->i_size, whence);
	if (offset >= 0)
		offset = vfs_setpos(file, offset, MAX_LFS_FILESIZE);
	inode_unlock(inode);
	return offset;
}

static int punch_hole(struct inode *inode, loff_t offset, loff_t len)
{
	loff_t unmap_start = round_up(offset, PAGE_SIZE);
	loff_t unmap_end = round_down(offset + len, PAGE_SIZE);

	if (SHMEM_I(inode)->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE))
		return -EPERM;
	/* Mappings first; truncation takes those that come back meanwhile one by one. */
	if (unmap_end > unmap_start)
		unmap_mapping_range(inode->i_mapping, unmap_start, unmap_end - unmap_start, 0);
	shmem_truncate_range(inode, offset, offset + len - 1);
	return 0;
}

static int allocate_range(struct inode *inode, int mode, loff_t offset, loff_t len)
{
	pgoff_t start = offset >> PAGE_SHIFT, index;
	pgoff_t end = DIV_ROUND_UP_ULL(offset + len, PAGE_SIZE);
	struct shmem_sb_info *sbinfo = SHMEM_SB(inode->i_sb);
	int err = inode_newsize_ok(inode, offset + len);

	if (err)
		return err;
	if ((SHMEM_I(inode)->seals & F_SEAL_GROW) && offset + len > inode->i_size)
		return -EPERM;
	if (sbinfo->max_blocks && end - start > sbinfo->max_blocks)
		return -ENOSPC;
	for (index = start; index < end && !err; index++) {
		struct folio *folio;

		if (fatal_signal_pending(current)) {
			err = -EINTR;
			break;
		}
		folio = get_folio(inode, index);
		if (IS_ERR(folio)) {
			err = PTR_ERR(folio);
			break;
		}
		folio_unlock(folio);
		folio_put(folio);
		cond_resched();
	}
	if (err) {
		/* Nothing beyond the end stays that nobody could reach. */
		truncate_range(inode, max_t(loff_t, round_up(inode->i_size, PAGE_SIZE),
					    (loff_t)start << PAGE_SHIFT), -1);
		return err;
	}
	if (!(mode & FALLOC_FL_KEEP_SIZE) && offset + len > inode->i_size)
		i_size_write(inode, offset + len);
	inode_set_ctime_current(inode);
	return 0;
}

static long shmem_fallocate(struct file *file, int mode, loff_t offset, loff_t len)
{
	struct inode *inode = file_inode(file);
	int err;

	if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE))
		return -EOPNOTSUPP;
	inode_lock(inode);
	err = mode & FALLOC_FL_PUNCH_HOLE ? punch_hole(inode, offset, len)
					  : allocate_range(inode, mode, offset, len);
	if (!err)
		file_modified(file);
	inode_unlock(inode);
	return err;
}

const struct file_operations shmem_file_operations = {
	.mmap		= shmem_mmap,
	.open		= generic_file_open,
	.llseek		= shmem_file_llseek,
	.read_iter	= shmem_file_read_iter,
	.write_iter	= generic_file_write_iter,
	.fsync		= noop_fsync,
	.fallocate	= shmem_fallocate,
};

/* ---- attributes ---- */

static int shmem_resize(struct inode *inode, loff_t newsize)
{
	struct shmem_inode_info *info = SHMEM_I(inode);
	loff_t oldsize = inode->i_size, holebegin = round_up(newsize, PAGE_SIZE);
	int err;

	if ((newsize < oldsize && (info->seals & F_SEAL_SHRINK)) ||
	    (newsize > oldsize && (info->seals & F_SEAL_GROW)))
		return -EPERM;
	if (newsize == oldsize)
		return 0;
	err = recharge_size(info->flags, oldsize, newsize);
	if (err)
		return err;
	i_size_write(inode, newsize);
	if (newsize > oldsize)
		return 0;
	if (oldsize > holebegin)
		unmap_mapping_range(inode->i_mapping, holebegin, 0, 1);
	truncate_range(inode, newsize, -1);
	if (oldsize > holebegin)
		unmap_mapping_range(inode->i_mapping, holebegin, 0, 1);
	return 0;
}

static int shmem_setattr(struct mnt_idmap *idmap, struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	int err = setattr_prepare(idmap, dentry, attr);

	if (err)
		return err;
	if ((SHMEM_I(inode)->seals & F_SEAL_EXEC) && (attr->ia_valid & ATTR_MODE) &&
	    ((inode->i_mode ^ attr->ia_mode) & 0111))
		return -EPERM;
	if (S_ISREG(inode->i_mode) && (attr->ia_valid & ATTR_SIZE)) {
		loff_t oldsize = inode->i_size;

		err = shmem_resize(inode, attr->ia_size);
		if (err)
			return err;
		if (attr->ia_size != oldsize)
			inode_set_mtime_to_ts(inode, inode_set_ctime_current(inode));
	}
	setattr_copy(idmap, inode, attr);
	return 0;
}

static int shmem_getattr(struct mnt_idmap *idmap, const struct path *path, struct kstat *stat,
			 u32 request_mask, unsigned int query_flags)
{
	(void)query_flags;
	generic_fillattr(idmap, request_mask, d_inode(path->dentry), stat);
	return 0;
}

const struct inode_operations shmem_inode_operations = {
	.getattr	= shmem_getattr,
	.setattr	= shmem_setattr,
	.listxattr	= shmem_listxattr,
};

/* ---- inodes ---- */

/** shmem_alloc_inode - ->alloc_inode() of tmpfs */
struct inode *shmem_alloc_inode(struct super_block *sb)
{
	struct shmem_inode_info *info = kmem_cache_alloc(shmem_inode_cachep, GFP_KERNEL);

	(void)sb;
	return info ? &info->vfs_inode : NULL;
}

/** shmem_free_inode - ->free_inode() of tmpfs, after a grace period */
void shmem_free_inode(struct inode *inode)
{
	if (S_ISLNK(inode->i_mode))
		kfree(inode->i_link);
	kmem_cache_free(shmem_inode_cachep, SHMEM_I(inode));
}

/** shmem_evict_inode - ->evict_inode() of tmpfs: pages, promises and attributes go */
void shmem_evict_inode(struct inode *inode)
{
	struct shmem_inode_info *info = SHMEM_I(inode);

	if (shmem_mapping(inode->i_mapping)) {
		uncharge_size(info->flags, inode->i_size);
		inode->i_size = 0;
		truncate_inode_pages_final(inode->i_mapping);
		shmem_recalc(inode);
	}
	simple_xattrs_free(&info->xattrs, NULL);
	shmem_uncharge_inode(inode->i_sb);
	clear_inode(inode);
}

static void init_once(void *obj)
{
	struct shmem_inode_info *info = obj;

	spin_lock_init(&info->lock);
	inode_init_once(&info->vfs_inode);
}

/** shmem_inode_cache_init - make the cache for tmpfs inodes */
void __init shmem_inode_cache_init(void)
{
	shmem_inode_cachep = kmem_cache_create("shmem_inode_cache",
					       sizeof(struct shmem_inode_info), 0,
					       SLAB_PANIC | SLAB_ACCOUNT, init_once);
}

/* ---- objects without a name ---- */

static struct file *file_setup(const char *name, loff_t size, unsigned long flags,
			       unsigned int i_flags)
{
	struct inode *inode;
	struct file *file;

	if (size < 0 || size > MAX_LFS_FILESIZE)
		return ERR_PTR(-EINVAL);
	if (charge_size(flags, size))
		return ERR_PTR(-ENOMEM);
	inode = shmem_get_inode(shm_mnt->mnt_sb, NULL, S_IFREG | 0777, 0, flags);
	if (IS_ERR(inode)) {
		uncharge_size(flags, size);
		return ERR_CAST(inode);
	}
	/* From here on the inode gives the promise back when it ends. */
	inode->i_flags |= i_flags;
	inode->i_size = size;
	clear_nlink(inode);
	file = alloc_file_pseudo(inode, shm_mnt, name, O_RDWR, &shmem_file_operations);
	if (IS_ERR(file))
		iput(inode);
	return file;
}

/**
 * shmem_file_setup - a shared memory object, open for reading and writing
 * @name: for /proc/PID/maps
 * @size: bytes; it may change later
 * @flags: VM_NORESERVE: its pages are promised when they come, not now
 *
 * Context: may sleep.
 * Return: the file; an error pointer: -EINVAL, -ENOMEM, -ENOSPC, -ENFILE.
 */
struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags)
{
	return file_setup(name, size, flags, 0);
}
EXPORT_SYMBOL_GPL(shmem_file_setup);

/**
 * shmem_kernel_file_setup - shmem_file_setup() for the kernel's own use: no security module looks
 * at it
 * @name: for /proc/PID/maps
 * @size: bytes
 * @flags: VM_NORESERVE or 0
 *
 * Context: may sleep.
 * Return: as shmem_file_setup().
 */
struct file *shmem_kernel_file_setup(const char *name, loff_t size, unsigned long flags)
{
	return file_setup(name, size, flags, S_PRIVATE);
}
EXPORT_SYMBOL_GPL(shmem_kernel_file_setup);

/**
 * shmem_zero_setup - an object for a shared anonymous mapping
 * @vma: in no tree yet; it gets the file and its operations
 *
 * Context: mmap_lock held for writing; may sleep.
 * Return: 0; an error as shmem_file_setup().
 */
int shmem_zero_setup(struct vm_area_struct *vma)
{
	struct file *file = shmem_kernel_file_setup("dev/zero", vma->vm_end - vma->vm_start,
						    vma->vm_flags & VM_NORESERVE);

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (vma->vm_file)
		fput(vma->vm_file);
	vma->vm_file = file;
	vma->vm_ops = &shmem_anon_vm_ops;
	return 0;
}
EXPORT_SYMBOL_GPL(shmem_zero_setup);

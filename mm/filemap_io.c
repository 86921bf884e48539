// SPDX-License-Identifier: MIT
/*
 * read(2) and write(2) through the page cache.
 *
 * Reading takes each page from the cache, lets the file system fill it if it isn't uptodate, and
 * copies to the user. Writing asks the file system for a locked page (write_begin), copies from the
 * user with page faults disabled, and hands the page back (write_end). The fault has to be kept
 * out, as the page that it would need may be the one that is locked: what is to be copied is
 * faulted in before, and if it has gone again meanwhile, the round is repeated with less.
 */

#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/uio.h>

#include "internal.h"

/* ---- reading ---- */

/* Let the file system fill a locked folio, and wait. The lock is gone afterwards. */
static int fill_folio(struct file *file, struct address_space *mapping, struct folio *folio)
{
	int err;

	/* An error of an earlier try is no longer true. */
	err = mapping->a_ops->read_folio(file, folio);
	if (err)
		return err;
	err = folio_wait_locked_killable(folio);
	if (err)
		return err;
	return folio_test_uptodate(folio) ? 0 : -EIO;
}

/* A folio that is there, but may not be uptodate: make it so. */
static int update_folio(struct kiocb *iocb, struct address_space *mapping, struct folio *folio)
{
	int err;

	if (folio_test_uptodate(folio))
		return 0;
	if (iocb->ki_flags & (IOCB_NOWAIT | IOCB_NOIO))
		return -EAGAIN;
	filemap_invalidate_lock_shared(mapping);
	err = folio_lock_killable(folio);
	if (err)
		goto out;
	if (!folio->mapping) {
		folio_unlock(folio);
		err = AOP_TRUNCATED_PAGE;
	} else if (folio_test_uptodate(folio)) {
		folio_unlock(folio);
	} else {
		err = fill_folio(iocb->ki_filp, mapping, folio);
	}
out:
	filemap_invalidate_unlock_shared(mapping);
	return err;
}

/* The folio at an index, uptodate, with a reference. AOP_TRUNCATED_PAGE: try again. */
static int get_filled_folio(struct kiocb *iocb, pgoff_t index, struct folio **foliop)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	struct folio *folio = filemap_get_entry(mapping, index);
	int err;

	if (!folio) {
		if (iocb->ki_flags & (IOCB_NOWAIT | IOCB_NOIO))
			return -EAGAIN;
		/* Against truncation between adding and filling. */
		filemap_invalidate_lock_shared(mapping);
		folio = filemap_alloc_folio(mapping_gfp_mask(mapping), 0);
		err = folio ? filemap_add_folio(mapping, folio, index,
						mapping_gfp_constraint(mapping, GFP_KERNEL)) :
			      -ENOMEM;
		if (!err)
			err = fill_folio(iocb->ki_filp, mapping, folio);
		filemap_invalidate_unlock_shared(mapping);
		if (err && folio)
			folio_put(folio);
		if (err)
			return err == -EEXIST ? AOP_TRUNCATED_PAGE : err;
		*foliop = folio;
		return 0;
	}
	err = update_folio(iocb, mapping, folio);
	if (err) {
		folio_put(folio);
		return err;
	}
	*foliop = folio;
	return 0;
}

/**
 * filemap_read - read from the page cache
 * @iocb: file and position, which is moved
 * @iter: where to
 * @already_read: bytes that were read before, added to the result
 *
 * Context: may sleep.
 * Return: bytes; 0 at the end of the file; -errno if nothing could be read.
 */
ssize_t filemap_read(struct kiocb *iocb, struct iov_iter *iter, ssize_t already_read)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	struct inode *inode = mapping->host;
	int err = 0;

	if (unlikely(iocb->ki_pos >= inode->i_sb->s_maxbytes))
		return 0;
	if (unlikely(!iov_iter_count(iter)))
		return 0;
	iov_iter_truncate(iter, inode->i_sb->s_maxbytes - iocb->ki_pos);
	do {
		size_t offset = offset_in_page(iocb->ki_pos), bytes, copied;
		struct folio *folio;
		loff_t isize;

		if (unlikely(iocb->ki_pos >= i_size_read(inode)))
			break;
		err = get_filled_folio(iocb, iocb->ki_pos >> PAGE_SHIFT, &folio);
		if (err == AOP_TRUNCATED_PAGE) {
			err = 0;
			continue;
		}
		if (err)
			break;
		/*
		 * The size is read after the page was found uptodate: bytes beyond it may be
		 * anything, and a write extends the size only when its data is there.
		 */
		isize = i_size_read(inode);
		if (unlikely(iocb->ki_pos >= isize)) {
			folio_put(folio);
			break;
		}
		bytes = min3((size_t)(isize - iocb->ki_pos), PAGE_SIZE - offset,
			     iov_iter_count(iter));
		folio_mark_accessed(folio);
		copied = copy_folio_to_iter(folio, offset, bytes, iter);
		folio_put(folio);
		iocb->ki_pos += copied;
		already_read += copied;
		if (copied < bytes) {
			err = -EFAULT;
			break;
		}
		if (fatal_signal_pending(current)) {
			err = -EINTR;
			break;
		}
		cond_resched();
	} while (iov_iter_count(iter));
	file_accessed(iocb->ki_filp);
	return already_read ? already_read : err;
}
EXPORT_SYMBOL_GPL(filemap_read);

/**
 * generic_file_read_iter - ->read_iter() of file systems with a page cache
 * @iocb: where; IOCB_DIRECT past the cache
 * @iter: where to
 *
 * Context: may sleep.
 * Return: bytes, 0 at the end; or an error of reading.
 */
ssize_t generic_file_read_iter(struct kiocb *iocb, struct iov_iter *iter)
{
	struct address_space *mapping = iocb->ki_filp->f_mapping;
	ssize_t ret = 0;

	if (!iov_iter_count(iter))
		return 0;
	if (iocb->ki_flags & IOCB_DIRECT) {
		ret = filemap_write_and_wait_range(mapping, iocb->ki_pos,
						   iocb->ki_pos + iov_iter_count(iter) - 1);
		if (ret < 0)
			return ret;
		file_accessed(iocb->ki_filp);
		ret = mapping->a_ops->direct_IO(iocb, iter);
		if (ret >= 0)
			iocb->ki_pos += ret;
		/* The rest, if the device did only a part. */
		if (ret < 0 || !iov_iter_count(iter) ||
		    iocb->ki_pos >= i_size_read(mapping->host))
			return ret;
	}
	return filemap_read(iocb, iter, ret);
}
EXPORT_SYMBOL(generic_file_read_iter);

/**
 * read_cache_folio - a page of an object for the kernel's own use
 * @mapping: the object's
 * @index: page number
 * @file: passed to the file system, or NULL
 *
 * Context: may sleep.
 * Return: the folio, uptodate, referenced; an error pointer.
 */
struct folio *read_cache_folio(struct address_space *mapping, pgoff_t index, struct file *file)
{
	struct folio *folio;
	int err;

	do {
		folio = __filemap_get_folio(mapping, index, FGP_LOCK | FGP_CREAT,
					    mapping_gfp_mask(mapping));
		if (IS_ERR(folio))
			return folio;
		if (folio_test_uptodate(folio)) {
			folio_unlock(folio);
			return folio;
		}
		err = fill_folio(file, mapping, folio);
		if (!err)
			return folio;
		folio_put(folio);
	} while (err == AOP_TRUNCATED_PAGE);
	return ERR_PTR(err);
}
EXPORT_SYMBOL(read_cache_folio);

/* ---- writing ---- */

/**
 * generic_perform_write - write into the page cache
 * @iocb: file and position, which is moved
 * @i: what
 *
 * Context: may sleep; the inode's i_rwsem is held for writing.
 * Return: bytes; -errno if none.
 */
ssize_t generic_perform_write(struct kiocb *iocb, struct iov_iter *i)
{
	struct file *file = iocb->ki_filp;
	struct address_space *mapping = file->f_mapping;
	const struct address_space_operations *a_ops = mapping->a_ops;
	loff_t pos = iocb->ki_pos;
	ssize_t written = 0;
	int status = 0;
	size_t limit = PAGE_SIZE;

	do {
		size_t offset = offset_in_page(pos), bytes, copied;
		struct folio *folio;
		void *fsdata = NULL;

		bytes = min3(PAGE_SIZE - offset, limit, iov_iter_count(i));
		if (unlikely(fault_in_iov_iter_readable(i, bytes) == bytes)) {
			status = -EFAULT;
			break;
		}
		if (fatal_signal_pending(current)) {
			status = -EINTR;
			break;
		}
		status = a_ops->write_begin(file, mapping, pos, bytes, &folio, &fsdata);
		if (unlikely(status < 0))
			break;
		copied = copy_folio_from_iter_atomic(folio, offset, bytes, i);
		flush_dcache_folio(folio);
		status = a_ops->write_end(file, mapping, pos, bytes, copied, folio, fsdata);
		if (unlikely(status != copied)) {
			iov_iter_revert(i, copied - max(status, 0));
			if (unlikely(status < 0))
				break;
		}
		cond_resched();
		if (unlikely(!status)) {
			/*
			 * A page went between the touch and the copy: what is there now is enough.
			 */
			limit = copied ? copied : PAGE_SIZE;
			continue;
		}
		limit = PAGE_SIZE;
		pos += status;
		written += status;
	} while (iov_iter_count(i));

	if (!written)
		return status;
	iocb->ki_pos += written;
	return written;
}
EXPORT_SYMBOL(generic_perform_write);

/**
 * __generic_file_write_iter - generic_file_write_iter() without the lock and the sync
 * @iocb: where
 * @from: the data
 *
 * Context: the inode's i_rwsem held for writing; generic_write_checks() was called.
 * Return: bytes; or an error of writing.
 */
ssize_t __generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	ssize_t ret;

	ret = file_remove_privs(file);
	if (ret)
		return ret;
	ret = file_update_time(file);
	if (ret)
		return ret;
	if (iocb->ki_flags & IOCB_DIRECT) {
		ret = generic_file_direct_write(iocb, from);
		if (ret < 0 || !iov_iter_count(from))
			return ret;
		return direct_write_fallback(iocb, from, ret, generic_perform_write(iocb, from));
	}
	return generic_perform_write(iocb, from);
}
EXPORT_SYMBOL(__generic_file_write_iter);

/**
 * generic_file_write_iter - ->write_iter() of file systems with a page cache
 * @iocb: where; IOCB_DIRECT past the cache
 * @from: the data
 *
 * Context: may sleep; takes i_rwsem for writing.
 * Return: bytes; as generic_write_checks(); or an error of writing. write(2).
 */
ssize_t generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	ssize_t ret;

	inode_lock(inode);
	ret = generic_write_checks(iocb, from);
	if (ret > 0)
		ret = __generic_file_write_iter(iocb, from);
	inode_unlock(inode);
	if (ret > 0)
		ret = generic_write_sync(iocb, ret);
	return ret;
}
EXPORT_SYMBOL(generic_file_write_iter);

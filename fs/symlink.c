// SPDX-License-Identifier: MIT
/*
 * The text of a symbolic link: where it is kept, and how readlink(2) and the walk get it.
 *
 *	i_link		in memory for as long as the inode: the walk needs no call
 *	->get_link()	the file system hands it out, with a call that gives it back;
 *			page_get_link() for those that keep it in the first page of the inode
 */

#include <linux/delayed_call.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/security.h>
#include <linux/uaccess.h>

/* ---- symlinks' texts ---- */

/**
 * readlink_copy - hand a link's text to a program, without a NUL
 * @buffer: the program's
 * @buflen: its bytes; what doesn't fit is cut off
 * @link: the text
 * @linklen: its bytes
 *
 * Context: may sleep.
 * Return: bytes copied, -EFAULT. readlink(2).
 */
int readlink_copy(char __user *buffer, int buflen, const char *link, int linklen)
{
	int len = min(linklen, buflen);

	return copy_to_user(buffer, link, len) ? -EFAULT : len;
}

/**
 * vfs_get_link - a symlink's text
 * @dentry: the symlink
 * @done: gives the text back
 *
 * Return: the text; ERR_PTR(-EINVAL) if it is no symlink, and what the file system says.
 */
const char *vfs_get_link(struct dentry *dentry, struct delayed_call *done)
{
	struct inode *inode = d_inode(dentry);
	int error;

	if (!d_is_symlink(dentry))
		return ERR_PTR(-EINVAL);
	error = security_inode_readlink(dentry);
	return error ? ERR_PTR(error) : inode->i_op->get_link(dentry, inode, done);
}
EXPORT_SYMBOL(vfs_get_link);

/**
 * vfs_readlink - a symlink's text to a program, without a NUL
 * @dentry: the symlink
 * @buffer: user memory
 * @buflen: its bytes; a longer text is cut
 *
 * Return: bytes, -EINVAL, -EFAULT, what the file system says.
 */
int vfs_readlink(struct dentry *dentry, char __user *buffer, int buflen)
{
	struct inode *inode = d_inode(dentry);
	DEFINE_DELAYED_CALL(done);
	const char *link;
	int res;

	if (inode->i_op->readlink)
		return inode->i_op->readlink(dentry, buffer, buflen);
	if (!d_is_symlink(dentry))
		return -EINVAL;
	link = READ_ONCE(inode->i_link);
	if (!link) {
		link = inode->i_op->get_link(dentry, inode, &done);
		if (IS_ERR(link))
			return PTR_ERR(link);
	}
	res = readlink_copy(buffer, buflen, link, strlen(link));
	do_delayed_call(&done);
	return res;
}
EXPORT_SYMBOL(vfs_readlink);

/**
 * page_get_link - ->get_link() of file systems that keep the text in the page cache
 * @dentry: the link; NULL in a walk under RCU
 * @inode: its inode
 * @done: puts the page when the text was walked
 *
 * Context: may sleep.
 * Return: the text; ERR_PTR(-ECHILD) under RCU; an error of reading.
 */
const char *page_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done)
{
	struct address_space *mapping = inode->i_mapping;
	struct folio *folio;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	folio = read_cache_folio(mapping, 0, NULL);
	if (IS_ERR(folio))
		return ERR_CAST(folio);
	set_delayed_call(done, page_put_link, folio);
	((char *)folio_address(folio))[min_t(loff_t, inode->i_size, PAGE_SIZE - 1)] = 0;
	return folio_address(folio);
}
EXPORT_SYMBOL(page_get_link);

/**
 * page_put_link - give back the text of page_get_link()
 * @arg: the folio
 */
void page_put_link(void *arg)
{
	folio_put(arg);
}
EXPORT_SYMBOL(page_put_link);

/**
 * page_symlink - write a link's text into its page
 * @inode: the link, new
 * @symname: the text
 * @len: its bytes with the NUL
 *
 * Context: may sleep.
 * Return: 0, or what write_begin() and write_end() say.
 */
int page_symlink(struct inode *inode, const char *symname, int len)
{
	struct address_space *mapping = inode->i_mapping;
	struct folio *folio;
	void *fsdata = NULL;
	int err;

	err = mapping->a_ops->write_begin(NULL, mapping, 0, len - 1, &folio, &fsdata);
	if (err)
		return err;
	memcpy(folio_address(folio), symname, len - 1);
	err = mapping->a_ops->write_end(NULL, mapping, 0, len - 1, len - 1, folio, fsdata);
	if (err < 0)
		return err;
	mark_inode_dirty(inode);
	return 0;
}
EXPORT_SYMBOL(page_symlink);

const struct inode_operations page_symlink_inode_operations = {
	.get_link = page_get_link,
};
EXPORT_SYMBOL(page_symlink_inode_operations);

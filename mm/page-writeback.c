// SPDX-License-Identifier: MIT
/* Storing dirty pages of an object, as far as its file system has a place for them. */

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/sched.h>

#define WAIT_BATCH	16

/* Wait for those that are being stored. */
static void wait_range(struct address_space *mapping, loff_t lstart, loff_t lend)
{
	pgoff_t index = lstart >> PAGE_SHIFT, end = lend >> PAGE_SHIFT;
	struct folio *folios[WAIT_BATCH];
	unsigned int n, i;

	while (index <= end && (n = filemap_get_folios(mapping, &index, end, folios, WAIT_BATCH))) {
		for (i = 0; i < n; i++) {
			folio_wait_writeback(folios[i]);
			folio_put(folios[i]);
		}
		cond_resched();
	}
}

/**
 * filemap_write_and_wait_range - store a part of an object
 * @mapping: the object's
 * @lstart: first byte
 * @lend: last byte
 *
 * Context: may sleep.
 * Return: 0; -EIO, -ENOSPC, also of an earlier writeback that nobody was told of.
 */
int filemap_write_and_wait_range(struct address_space *mapping, loff_t lstart, loff_t lend)
{
	int err = 0;

	if (!mapping->nrpages || lend < lstart)
		return 0;
	if (mapping_can_writeback(mapping)) {
		if (mapping->a_ops->writepages)
			err = mapping->a_ops->writepages(mapping, NULL);
		wait_range(mapping, lstart, lend);
	}
	if (!err && test_and_clear_bit(AS_ENOSPC, &mapping->flags))
		err = -ENOSPC;
	if (!err && test_and_clear_bit(AS_EIO, &mapping->flags))
		err = -EIO;
	return err;
}
EXPORT_SYMBOL(filemap_write_and_wait_range);

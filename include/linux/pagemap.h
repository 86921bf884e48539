/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

/*
 * Bringing user pages in before they are needed: a caller that is about to touch user memory where
 * it can't take a page fault (a lock is held, a page of the cache is half written) does this first,
 * then works with page faults disabled, and starts again if a page has gone meanwhile.
 */

#include <linux/compiler.h>
#include <linux/types.h>

size_t fault_in_readable(const char __user *uaddr, size_t size);
size_t fault_in_writeable(char __user *uaddr, size_t size);
size_t fault_in_subpage_writeable(char __user *uaddr, size_t size);
size_t fault_in_safe_writeable(const char __user *uaddr, size_t size);

#endif /* _LINUX_PAGEMAP_H */

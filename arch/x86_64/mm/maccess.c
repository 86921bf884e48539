// SPDX-License-Identifier: MIT
/* Which addresses may copy_from_kernel_nofault() try? */

#include <linux/uaccess.h>

#include <asm/cpufeature.h>
#include <asm/processor.h>

/* Sign-extended from the highest bit that is translated? Others fault without a page fault. */
static bool is_canonical(unsigned long addr)
{
	return ((long)(addr << 16) >> 16) == (long)addr;
}

/**
 * copy_from_kernel_nofault_allowed - may the kernel probe that address?
 *
 * User memory isn't its to probe. The fixup of a non-canonical address would work as well; refusing
 * it here keeps a general-protection fault out of the log's reach.
 */
bool copy_from_kernel_nofault_allowed(const void *unsafe_src, size_t size)
{
	unsigned long addr = (unsigned long)unsafe_src;

	(void)size;
	return addr >= TASK_SIZE_MAX + PAGE_SIZE && is_canonical(addr);
}

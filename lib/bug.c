// SPDX-License-Identifier: MIT
/*
 * From a trapping instruction to what it means: the table of BUG()s and WARN()s.
 *
 * Each of them in the code is one instruction that traps, and an entry in the section __bug_table
 * with its address, file, line and flags. The machine's trap handler asks report_bug() what to do:
 *
 *	WARN	reported; the handler steps over the instruction
 *	BUG	announced; the handler ends the task (die())
 *	none	it was no BUG(): a genuine bad instruction
 *
 * Addresses and file names are stored as distances from their own field, so that the table needs
 * no relocation. It is short, and a trap is rare: the search is linear.
 */

#include <linux/bug.h>

#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>

#include <asm/ptrace.h>

extern struct bug_entry __start___bug_table[], __stop___bug_table[];

static unsigned long bug_addr(const struct bug_entry *bug)
{
	return (unsigned long)&bug->bug_addr_disp + bug->bug_addr_disp;
}

/**
 * bug_get_file_line() - where in the source an entry is
 * @bug: the entry
 * @file: gets the file's name
 * @line: gets the line
 */
void bug_get_file_line(struct bug_entry *bug, const char **file, unsigned int *line)
{
	*file = (const char *)&bug->file_disp + bug->file_disp;
	*line = bug->line;
}

/**
 * find_bug() - the entry of a trapping instruction
 * @bugaddr: its address
 *
 * Return: the entry, or NULL.
 */
struct bug_entry *find_bug(unsigned long bugaddr)
{
	struct bug_entry *bug;

	for (bug = __start___bug_table; bug < __stop___bug_table; bug++) {
		if (bug_addr(bug) == bugaddr)
			return bug;
	}
	return NULL;
}

/* For a WARN_ONCE: true if it has been reported; else remember that it is now. */
static bool bug_done(struct bug_entry *bug)
{
	if (!(bug->flags & BUGFLAG_ONCE))
		return false;
	if (READ_ONCE(bug->flags) & BUGFLAG_DONE)
		return true;
	/* Two CPUs at once may both report. */
	WRITE_ONCE(bug->flags, bug->flags | BUGFLAG_DONE);
	return false;
}

/**
 * report_bug() - an instruction trapped that may be a BUG() or a WARN()
 * @bugaddr: its address
 * @regs: at the trap
 *
 * Context: The trap's, that is any.
 * Return: what it was.
 */
enum bug_trap_type report_bug(unsigned long bugaddr, struct pt_regs *regs)
{
	struct bug_entry *bug;
	unsigned int line;
	const char *file;

	if (!is_valid_bugaddr(bugaddr))
		return BUG_TRAP_TYPE_NONE;
	bug = find_bug(bugaddr);
	if (!bug)
		return BUG_TRAP_TYPE_NONE;
	if (bug_done(bug))
		return BUG_TRAP_TYPE_WARN;

	bug_get_file_line(bug, &file, &line);
	if (!(bug->flags & BUGFLAG_NO_CUT_HERE))
		printk(KERN_DEFAULT CUT_HERE);

	if (is_warning_bug(bug)) {
		__warn(file, line, (void *)bugaddr, BUG_GET_TAINT(bug), regs, NULL);
		return BUG_TRAP_TYPE_WARN;
	}
	pr_crit("kernel BUG at %s:%u!\n", file, line);
	return BUG_TRAP_TYPE_BUG;
}

/**
 * generic_bug_clear_once() - let every WARN_ONCE() speak once more
 */
void generic_bug_clear_once(void)
{
	struct bug_entry *bug;

	for (bug = __start___bug_table; bug < __stop___bug_table; bug++)
		WRITE_ONCE(bug->flags, bug->flags & ~BUGFLAG_DONE);
}

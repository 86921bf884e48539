// SPDX-License-Identifier: MIT
/*
 * KASAN: the report. What was done, by whom; what the address belongs to; who allocated and freed
 * that; and the shadow round it.
 *
 * One report at a time (report_lock); what the report itself touches is not checked
 * (current->kasan_depth).
 */

#define pr_fmt(fmt) fmt

#include <linux/kallsyms.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stackdepot.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <asm/sections.h>

#include "../slab.h"
#include "kasan.h"

#define SHADOW_PER_ROW	16
#define ROWS_AROUND	2

static DEFINE_RAW_SPINLOCK(report_lock);

/* ---- what kind of bug ---- */

static const char *shadow_bug(u8 shadow)
{
	switch (shadow) {
	case 0 ... KASAN_GRANULE_SIZE - 1:
	case KASAN_SLAB_REDZONE:
	case KASAN_PAGE_REDZONE:
		return "slab-out-of-bounds";
	case KASAN_PAGE_FREE:
		return "use-after-free";
	case KASAN_SLAB_FREE:
		return "slab-use-after-free";
	case KASAN_GLOBAL_REDZONE:
		return "global-out-of-bounds";
	case KASAN_STACK_LEFT:
	case KASAN_STACK_MID:
	case KASAN_STACK_RIGHT:
	case KASAN_STACK_PARTIAL:
		return "stack-out-of-bounds";
	case KASAN_ALLOCA_LEFT:
	case KASAN_ALLOCA_RIGHT:
		return "alloca-out-of-bounds";
	case KASAN_VMALLOC_INVALID:
		return "vmalloc-out-of-bounds";
	default:
		return "unknown-crash";
	}
}

/* The first byte of a range that may not be accessed. */
static const void *first_bad(const void *addr, size_t size)
{
	const void *p = addr;

	if (!addr_has_shadow(addr))
		return addr;
	while (p < addr + size && kasan_byte_accessible(p))
		p++;
	return p < addr + size ? p : addr;
}

static const char *bug_type(const void *addr, size_t size)
{
	const void *bad = first_bad(addr, size);
	u8 *shadow;

	if ((unsigned long)addr + size < (unsigned long)addr)
		return "out-of-bounds";
	if (!addr_has_shadow(addr)) {
		if ((unsigned long)addr < PAGE_SIZE)
			return "null-ptr-deref";
		return (unsigned long)addr < TASK_SIZE ? "user-memory-access" :
							 "wild-memory-access";
	}
	shadow = kasan_mem_to_shadow(bad);
	/* A partly good granule: what follows says why the rest isn't. */
	if (*shadow > 0 && *shadow < KASAN_GRANULE_SIZE)
		shadow++;
	return shadow_bug(*shadow);
}

/* ---- parts of the text ---- */

static void print_track(const char *what, const struct kasan_track *track)
{
	pr_err("%s by task %u:\n", what, track->pid);
	if (track->stack)
		stack_depot_print(track->stack);
	else
		pr_err("(stack is not available)\n");
	pr_err("\n");
}

/* Bytes at the start of an object that its user may access; the whole if it is free. */
static size_t accessible_size(struct kmem_cache *s, const void *object)
{
	size_t size = 0;

	while (size < s->object_size && kasan_byte_accessible(object + size))
		size++;
	return size ?: s->object_size;
}

static void describe_object(struct kmem_cache *s, const void *object, const void *addr)
{
	size_t size = accessible_size(s, object);
	const char *where = "inside";
	ptrdiff_t distance = addr - object;
	const char *state = *(u8 *)kasan_mem_to_shadow(object) == KASAN_SLAB_FREE ? "freed" :
										   "allocated";

	if (addr < object) {
		where = "to the left of";
		distance = object - addr;
	} else if (addr >= object + size) {
		where = "to the right of";
		distance = addr - (object + size);
	}
	pr_err("The buggy address belongs to the object at %px\n which belongs to the cache %s of size %u\n",
	       object, s->name, s->object_size);
	pr_err("The buggy address is located %td bytes %s\n %s %zu-byte region [%px, %px)\n\n",
	       distance, where, state, size, object, object + size);
}

static void print_slab_object(struct slab *slab, const void *addr)
{
	struct kmem_cache *s = slab->slab_cache;
	void *object = nearest_obj(s, slab, addr);
	struct kasan_meta *meta = kasan_get_meta(s, object);

	if (!(s->flags & SLAB_KASAN))
		return;
	if (meta->alloc.stack)
		print_track("Allocated", &meta->alloc);
	if (meta->free.stack && *(u8 *)kasan_mem_to_shadow(object) == KASAN_SLAB_FREE)
		print_track("Freed", &meta->free);
	describe_object(s, object, addr);
}

static void describe_address(const void *addr)
{
	struct vm_struct *vm;

	if (!addr_has_shadow(addr))
		return;
	if (is_vmalloc_addr(addr)) {
		vm = find_vm_area(addr);
		if (vm)
			pr_err("The buggy address belongs to the virtual mapping at\n [%px, %px) created by:\n %pS\n\n",
			       vm->addr, vm->addr + vm->size, vm->caller);
		if (addr >= task_stack_page(current) &&
		    addr < task_stack_page(current) + THREAD_SIZE)
			pr_err("The buggy address belongs to stack of task %s/%d\n\n",
			       current->comm, task_pid_nr(current));
	} else if (is_kernel((unsigned long)addr)) {
		pr_err("The buggy address belongs to the variable:\n %pS\n\n", addr);
	} else if (virt_addr_valid(addr)) {
		struct slab *slab = virt_to_slab(addr);

		if (slab)
			print_slab_object(slab, addr);
		pr_err("The buggy address belongs to the physical page:\n");
		dump_page(virt_to_head_page(addr), "kasan: bad access detected");
		pr_err("\n");
	}
}

static void print_shadow(const void *addr)
{
	u8 *shadow = kasan_mem_to_shadow(addr);
	u8 *row = (u8 *)round_down((unsigned long)shadow, SHADOW_PER_ROW);
	int i;

	if (!addr_has_shadow(addr))
		return;
	pr_err("Memory state around the buggy address:\n");
	for (i = -ROWS_AROUND; i <= ROWS_AROUND; i++) {
		u8 *line = row + i * SHADOW_PER_ROW, bytes[SHADOW_PER_ROW];

		/* A row outside of the shadow's mapping ends the picture. */
		if (!addr_has_shadow(kasan_shadow_to_mem(line)))
			continue;
		__memcpy(bytes, line, sizeof(bytes));
		pr_err("%c%px: %16ph\n", i ? ' ' : '>', kasan_shadow_to_mem(line), bytes);
		if (!i)
			pr_err(" %*c\n", (int)(2 * sizeof(long) + 2 + 3 * (shadow - row) + 1), '^');
	}
}

/* ---- the report ---- */

static void start_report(unsigned long *flags)
{
	kasan_disable_current();
	raw_spin_lock_irqsave(&report_lock, *flags);
	pr_err("==================================================================\n");
}

static void end_report(unsigned long *flags, enum report_verdict verdict)
{
	pr_err("==================================================================\n");
	raw_spin_unlock_irqrestore(&report_lock, *flags);
	if (verdict == REPORT_REAL) {
		check_panic_on_warn("KASAN");
		add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
	}
	kasan_enable_current();
}

static bool reports_wanted(void)
{
	return kasan_ready && !current->kasan_depth;
}

/**
 * kasan_report() - an access that isn't allowed
 * @addr: first byte
 * @size: bytes
 * @is_write: how
 * @ip: by whom
 *
 * Context: Any. The access goes on when it returns.
 * Return: true, since it was one; false if reports are off for the task.
 */
bool kasan_report(const void *addr, size_t size, bool is_write, unsigned long ip)
{
	enum report_verdict verdict;
	unsigned long flags;
	const char *type;

	if (!reports_wanted())
		return false;
	type = bug_type(addr, size);
	verdict = report_begin(REPORT_KASAN, type);
	start_report(&flags);
	pr_err("BUG: KASAN: %s in %pS\n", type, (void *)ip);
	pr_err("%s of size %zu at addr %px by task %s/%d\n\n", is_write ? "Write" : "Read", size,
	       addr, current->comm, task_pid_nr(current));
	dump_stack_lvl(KERN_ERR);
	pr_err("\n");
	describe_address(first_bad(addr, size));
	print_shadow(first_bad(addr, size));
	end_report(&flags, verdict);
	return true;
}

/* A free of what isn't allocated, or isn't an object's start. */
void kasan_report_invalid_free(void *object, unsigned long ip, enum kasan_report_type type)
{
	const char *what = type == KASAN_REPORT_DOUBLE_FREE ? "double-free" : "invalid-free";
	enum report_verdict verdict;
	unsigned long flags;

	if (!reports_wanted())
		return;
	verdict = report_begin(REPORT_KASAN, what);
	start_report(&flags);
	pr_err("BUG: KASAN: %s in %pS\n", what, (void *)ip);
	pr_err("Free of addr %px by task %s/%d\n\n", object, current->comm, task_pid_nr(current));
	dump_stack_lvl(KERN_ERR);
	pr_err("\n");
	describe_address(object);
	print_shadow(object);
	end_report(&flags, verdict);
}

/**
 * kasan_non_canonical_hook() - a fault at a shadow address: say in words which pointer was so wild
 * @addr: the shadow's address, the only one that the oops which follows shows
 *
 * Context: any: the fault handler of a bad kernel address.
 */
void kasan_non_canonical_hook(unsigned long addr)
{
	unsigned long orig;
	const char *type;

	if (addr < KASAN_SHADOW_OFFSET)
		return;
	orig = (unsigned long)kasan_shadow_to_mem((void *)addr);
	if (orig < PAGE_SIZE)
		type = "null-ptr-deref";
	else if (orig < TASK_SIZE)
		type = "probably user-memory-access";
	else
		type = "maybe wild-memory-access";
	pr_alert("KASAN: %s in range [0x%016lx-0x%016lx]\n", type, orig,
		 orig + KASAN_GRANULE_SIZE - 1);
}

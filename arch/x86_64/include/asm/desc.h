/* SPDX-License-Identifier: MIT */
/* The per-CPU GDT and the one IDT, and how they are loaded. */
#ifndef _ASM_X86_DESC_H
#define _ASM_X86_DESC_H

#include <linux/percpu.h>
#include <asm/desc_defs.h>
#include <asm/processor.h>
#include <asm/segment.h>

struct gdt_page {
	struct desc_struct gdt[GDT_ENTRIES];
} __aligned(PAGE_SIZE);

DECLARE_PER_CPU_PAGE_ALIGNED(struct gdt_page, gdt_page);

/** get_cpu_gdt_rw - a CPU's descriptor table, to be written */
static inline struct desc_struct *get_cpu_gdt_rw(unsigned int cpu)
{
	return per_cpu(gdt_page, cpu).gdt;
}

/** load_idt - this CPU's interrupts go by that table */
static inline void load_idt(const struct desc_ptr *dtr)
{
	asm volatile("lidt %0" : : "m" (*dtr));
}

/** load_gdt - this CPU's segments are those of that table */
static inline void load_gdt(const struct desc_ptr *dtr)
{
	asm volatile("lgdt %0" : : "m" (*dtr));
}

/** store_idt - which table this CPU's interrupts go by */
static inline void store_idt(struct desc_ptr *dtr)
{
	asm volatile("sidt %0" : "=m" (*dtr));
}

/** load_tr - this CPU's task register: the selector of its TSS */
static inline void load_tr(u16 selector)
{
	asm volatile("ltr %w0" : : "q" (selector));
}

/** load_ldt - this CPU's local descriptor table; 0: none */
static inline void load_ldt(u16 selector)
{
	asm volatile("lldt %w0" : : "q" (selector));
}

/* Early IDT while there is no per-CPU area; the real one; one more gate in it. */
void idt_setup_early_handler(void);
void idt_setup_traps(void);
void idt_setup_interrupts(void);
void idt_load_current(void);

void switch_gdt_and_percpu_base(int cpu);
void cpu_init_exception_handling(void);

#endif /* _ASM_X86_DESC_H */

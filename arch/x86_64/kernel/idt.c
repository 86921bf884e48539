// SPDX-License-Identifier: MIT
/*
 * The interrupt descriptor table: one, shared by all CPUs, in three stages.
 *
 *	idt_setup_early_handler()	exceptions only, on the stack they find
 *	idt_setup_traps()		the real exception handlers, with IST stacks
 *	idt_setup_interrupts()		vectors 32 and up
 *
 * It is read-only once booting is over: the accessed state of a gate isn't stored.
 */

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/linkage.h>
#include <linux/string.h>

#include <asm/desc.h>
#include <asm/irq_vectors.h>
#include <asm/page_types.h>
#include <asm/trapnr.h>

static gate_desc idt_table[IDT_ENTRIES] __aligned(16) __ro_after_init;

static struct desc_ptr idt_descr __ro_after_init = {
	.size = sizeof(idt_table) - 1,
	.address = (unsigned long)idt_table,
};

extern char early_idt_handlers[], irq_entries_start[];
#define IRQ_STUB_SIZE	16

#define NO_IST	0
#define IST(slot)	((slot) + 1)

static void __init set_gate(unsigned int vector, const void *handler, unsigned int ist,
			    unsigned int dpl)
{
	unsigned long addr = (unsigned long)handler;

	idt_table[vector] = (gate_desc) {
		.offset_low = (u16)addr,
		.segment = __KERNEL_CS,
		.bits = { .ist = ist, .type = GATE_INTERRUPT, .dpl = dpl, .p = 1 },
		.offset_middle = (u16)(addr >> 16),
		.offset_high = (u32)(addr >> 32),
	};
}

#define DECLARE_ENTRY(name) asmlinkage void name(void)
DECLARE_ENTRY(asm_exc_divide_error);
DECLARE_ENTRY(asm_exc_debug);
DECLARE_ENTRY(asm_exc_nmi);
DECLARE_ENTRY(asm_exc_int3);
DECLARE_ENTRY(asm_exc_overflow);
DECLARE_ENTRY(asm_exc_bounds);
DECLARE_ENTRY(asm_exc_invalid_op);
DECLARE_ENTRY(asm_exc_device_not_available);
DECLARE_ENTRY(asm_exc_double_fault);
DECLARE_ENTRY(asm_exc_coproc_segment_overrun);
DECLARE_ENTRY(asm_exc_invalid_tss);
DECLARE_ENTRY(asm_exc_segment_not_present);
DECLARE_ENTRY(asm_exc_stack_segment);
DECLARE_ENTRY(asm_exc_general_protection);
DECLARE_ENTRY(asm_exc_page_fault);
DECLARE_ENTRY(asm_exc_coprocessor_error);
DECLARE_ENTRY(asm_exc_alignment_check);
DECLARE_ENTRY(asm_exc_machine_check);
DECLARE_ENTRY(asm_exc_simd_coprocessor_error);
DECLARE_ENTRY(asm_exc_virtualization);
DECLARE_ENTRY(asm_exc_control_protection);
DECLARE_ENTRY(asm_exc_unknown);

struct trap_gate {
	u8 vector;
	u8 ist;
	u8 dpl;		/* 3: a user program may raise it with an int instruction */
	void (*entry)(void);
};

static const struct trap_gate trap_gates[] __initconst = {
	{ X86_TRAP_DE,	NO_IST, 0, asm_exc_divide_error },
	{ X86_TRAP_DB,	IST(IST_INDEX_DB), 0, asm_exc_debug },
	{ X86_TRAP_NMI,	IST(IST_INDEX_NMI), 0, asm_exc_nmi },
	{ X86_TRAP_BP,	NO_IST, 3, asm_exc_int3 },
	{ X86_TRAP_OF,	NO_IST, 3, asm_exc_overflow },
	{ X86_TRAP_BR,	NO_IST, 0, asm_exc_bounds },
	{ X86_TRAP_UD,	NO_IST, 0, asm_exc_invalid_op },
	{ X86_TRAP_NM,	NO_IST, 0, asm_exc_device_not_available },
	{ X86_TRAP_DF,	IST(IST_INDEX_DF), 0, asm_exc_double_fault },
	{ X86_TRAP_OLD_MF, NO_IST, 0, asm_exc_coproc_segment_overrun },
	{ X86_TRAP_TS,	NO_IST, 0, asm_exc_invalid_tss },
	{ X86_TRAP_NP,	NO_IST, 0, asm_exc_segment_not_present },
	{ X86_TRAP_SS,	NO_IST, 0, asm_exc_stack_segment },
	{ X86_TRAP_GP,	NO_IST, 0, asm_exc_general_protection },
	{ X86_TRAP_PF,	NO_IST, 0, asm_exc_page_fault },
	{ X86_TRAP_SPURIOUS, NO_IST, 0, asm_exc_unknown },
	{ X86_TRAP_MF,	NO_IST, 0, asm_exc_coprocessor_error },
	{ X86_TRAP_AC,	NO_IST, 0, asm_exc_alignment_check },
	{ X86_TRAP_MC,	IST(IST_INDEX_MCE), 0, asm_exc_machine_check },
	{ X86_TRAP_XF,	NO_IST, 0, asm_exc_simd_coprocessor_error },
	{ X86_TRAP_VE,	NO_IST, 0, asm_exc_virtualization },
	{ X86_TRAP_CP,	NO_IST, 0, asm_exc_control_protection },
};

/** idt_load_current - this CPU takes its interrupts by the table from now on */
void idt_load_current(void)
{
	load_idt(&idt_descr);
}

/** idt_setup_early_handler - all exceptions go to one handler, which reports them. Context: boot */
void __init idt_setup_early_handler(void)
{
	unsigned int i;

	for (i = 0; i < NUM_EXCEPTION_VECTORS; i++)
		set_gate(i, early_idt_handlers + i * IRQ_STUB_SIZE, NO_IST, 0);
	idt_load_current();
}

/**
 * idt_setup_traps - gates of the exceptions
 *
 * Context: boot, with the stacks that they name in the TSS.
 */
void __init idt_setup_traps(void)
{
	unsigned int i;

	/* Only with a TSS may a gate name an IST slot: cpu_init() comes before. */
	for (i = 0; i < ARRAY_SIZE(trap_gates); i++)
		set_gate(trap_gates[i].vector, trap_gates[i].entry, trap_gates[i].ist,
			 trap_gates[i].dpl);
}

/** idt_setup_interrupts - gates of the vectors 32 to 255. Context: boot */
void __init idt_setup_interrupts(void)
{
	unsigned int i;

	for (i = FIRST_EXTERNAL_VECTOR; i < NR_VECTORS; i++)
		set_gate(i, irq_entries_start + (i - FIRST_EXTERNAL_VECTOR) * IRQ_STUB_SIZE,
			 NO_IST, 0);
}

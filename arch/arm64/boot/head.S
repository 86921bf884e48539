/* SPDX-License-Identifier: MIT */
/*
 * From the boot loader's hand-off to start_kernel(), and for the other CPUs from the firmware's to
 * secondary_start_kernel().
 *
 * The loader puts the image at any 2 MiB boundary of RAM and jumps to its first byte with: MMU off,
 * data cache off or clean over the image, interrupts masked, x0 the physical address of the device
 * tree, at EL2 or EL1. We run at EL1: from EL2 the few controls that EL1 depends on are set, and we
 * drop.
 *
 * Three sets of tables take part:
 *   idmap_pg_dir   (TTBR0) the page of .idmap.text at its physical address, read-only and
 *                  executable: the instructions round the switching-on of the MMU have the same
 *                  address before and after
 *   init_pg_dir    (TTBR1) the image at its link address in 2 MiB blocks, until paging_init() has
 *                  built
 *   swapper_pg_dir (TTBR1) the real one, with rights per segment; the other CPUs start on it
 *
 * Before the MMU is on, every address of a symbol is PC-relative (adr_l), hence physical.
 *
 * Registers kept through the boot CPU's path:
 *   x20  physical address of _text
 *   x21  physical address of the device tree
 */
#include <linux/linkage.h>
#include <asm/assembler.h>
#include <asm/memory.h>
#include <asm/pgtable-hwdef.h>
#include <asm/pgtable-prot.h>
#include <asm/ptrace.h>
#include <asm/sysreg.h>
#include <generated/asm-offsets.h>

/* Memory types by MT_* index; translation of both halves. */
#define MAIR_EL1_SET	((0xff << (8 * MT_NORMAL)) | (0x44 << (8 * MT_NORMAL_NC)) | \
			 (0x00 << (8 * MT_DEVICE_nGnRnE)) | (0x04 << (8 * MT_DEVICE_nGnRE)))
#define TCR_EL1_SET	(TCR_T0SZ | TCR_T1SZ | TCR_IRGN_WBWA | TCR_ORGN_WBWA | TCR_SH_INNER | \
			 TCR_TG0_4K | TCR_TG1_4K | TCR_TBI0)

/* The header that the loader reads: Linux's boot protocol for arm64. */
	.section .head.text, "ax"
	b	primary_entry			/* code0 */
	.long	0				/* code1 */
	.quad	0				/* offset from a 2 MiB boundary */
	.quad	_end - . + 16			/* size in memory, bss included: _end - _text */
	.quad	0xa				/* little-endian, 4 KiB pages, anywhere in RAM */
	.quad	0
	.quad	0
	.quad	0
	.ascii	"ARM\x64"
	.long	0

SYM_CODE_START(primary_entry)
	mov	x21, x0
	adr_l	x20, _text
	bl	init_kernel_el
	bl	create_idmap
	bl	create_init_map
	bl	__cpu_setup
	adr_l	x1, init_pg_dir
	mov_q	x2, __primary_switched
	b	__enable_mmu
SYM_CODE_END(primary_entry)

/*
 * A CPU started by PSCI CPU_ON. Its task and stack are in secondary_data.
 */
SYM_CODE_START(secondary_entry)
	bl	init_kernel_el
	bl	__cpu_setup
	adr_l	x1, swapper_pg_dir
	mov_q	x2, __secondary_switched
	b	__enable_mmu
SYM_CODE_END(secondary_entry)

/*
 * Leave for EL1 with its own stack pointer and everything masked, whatever level we were entered
 * at. Clobbers x0, x1. Returns to its caller.
 */
SYM_FUNC_START_LOCAL(init_kernel_el)
	mrs	x0, CurrentEL
	cmp	x0, #CurrentEL_EL2
	b.eq	1f

	mov_q	x0, INIT_SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x0
	isb
	mov_q	x0, INIT_PSTATE_EL1
	msr	spsr_el1, x0
	msr	elr_el1, lr
	eret

1:	mov_q	x0, INIT_SCTLR_EL2_MMU_OFF
	msr	sctlr_el2, x0
	isb
	/* EL1 is AArch64; nothing is trapped or redirected, the keys of signed pointers neither. */
	mov_q	x0, (HCR_RW | HCR_APK | HCR_API)
	msr	hcr_el2, x0
	isb
	mov	x0, #3				/* EL1 may use the physical counter and timer */
	msr	cnthctl_el2, x0
	msr	cntvoff_el2, xzr
	mrs	x0, midr_el1			/* EL1 sees the real identification */
	msr	vpidr_el2, x0
	mrs	x0, mpidr_el1
	msr	vmpidr_el2, x0
	msr	hstr_el2, xzr
	mov	x0, #0x33ff			/* no trap for FPSIMD */
	msr	cptr_el2, x0
	msr	vttbr_el2, xzr

	/* SVE, if there is any: no trap, and the longest vectors. */
	mrs	x0, SYS_ID_AA64PFR0_EL1
	ubfx	x0, x0, #ID_AA64PFR0_SVE_SHIFT, #4
	cbz	x0, 4f
	mov	x0, #(0x33ff & ~CPTR_EL2_TZ)
	msr	cptr_el2, x0
	isb
	mov	x0, #ZCR_ELx_LEN_MASK
	msr	SYS_ZCR_EL2, x0
4:
	/* All performance counters to EL1, if there are any; no debug traps. */
	mov	x0, xzr
	mrs	x1, SYS_ID_AA64DFR0_EL1
	ubfx	x1, x1, #8, #4
	cbz	x1, 2f
	cmp	x1, #0xf
	b.eq	2f
	mrs	x0, pmcr_el0
	ubfx	x0, x0, #11, #5
2:	msr	mdcr_el2, x0

	/* A GICv3 CPU interface in system registers: open it to EL1. */
	mrs	x0, SYS_ID_AA64PFR0_EL1
	ubfx	x0, x0, #ID_AA64PFR0_GIC_SHIFT, #4
	cbz	x0, 3f
	mrs	x0, SYS_ICC_SRE_EL2
	orr	x0, x0, #(1 << 0)		/* SRE */
	orr	x0, x0, #(1 << 3)		/* EL1 may set its own SRE */
	msr	SYS_ICC_SRE_EL2, x0
	isb
	mrs	x0, SYS_ICC_SRE_EL2
	tbz	x0, #0, 3f			/* a GICv2 in fact */
	msr	SYS_ICH_HCR_EL2, xzr

3:	adr_l	x0, el2_vectors
	msr	vbar_el2, x0
	mov_q	x0, INIT_SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x0
	mov_q	x0, INIT_PSTATE_EL1
	msr	spsr_el2, x0
	msr	elr_el2, lr
	eret
SYM_FUNC_END(init_kernel_el)

/*
 * idmap_pg_dir: one page. The four tables follow one another. .idmap.text is at most 2 KiB, aligned
 * to that.
 */
SYM_FUNC_START_LOCAL(create_idmap)
	adr_l	x0, idmap_pg_dir
	adr_l	x1, __idmap_text_start
	mov	x5, x0
	mov	x2, #PGDIR_SHIFT
1:	lsr	x3, x1, x2			/* index into the table at x0 */
	and	x3, x3, #(PTRS_PER_PTE - 1)
	add	x4, x0, #PAGE_SIZE
	orr	x6, x4, #DESC_TABLE
	str	x6, [x0, x3, lsl #3]
	mov	x0, x4
	sub	x2, x2, #9
	cmp	x2, #PAGE_SHIFT
	b.ne	1b
	lsr	x3, x1, x2
	and	x3, x3, #(PTRS_PER_PTE - 1)
	and	x1, x1, #PAGE_MASK
	mov_q	x6, _KERNEL_PROT_ROX
	orr	x6, x6, x1
	str	x6, [x0, x3, lsl #3]
	add	x1, x0, #PAGE_SIZE
	mov	x0, x5
	b	inval_tables
SYM_FUNC_END(create_idmap)

/*
 * init_pg_dir: [_text, _end) at KIMAGE_VADDR by 2 MiB blocks, all below one GiB entry.
 */
SYM_FUNC_START_LOCAL(create_init_map)
	adr_l	x0, init_pg_dir
	mov	x5, x0
	mov_q	x1, KIMAGE_VADDR
	add	x4, x0, #PAGE_SIZE
	orr	x6, x4, #DESC_TABLE
	ubfx	x3, x1, #PGDIR_SHIFT, #9
	str	x6, [x0, x3, lsl #3]
	add	x0, x4, #PAGE_SIZE
	orr	x6, x0, #DESC_TABLE
	ubfx	x3, x1, #PUD_SHIFT, #9
	str	x6, [x4, x3, lsl #3]

	ubfx	x3, x1, #PMD_SHIFT, #9
	adr_l	x4, _end
	mov_q	x6, (_KERNEL_PROT_RWX & ~PTE_TABLE_BIT)
	mov	x2, x20
1:	orr	x7, x6, x2
	str	x7, [x0, x3, lsl #3]
	add	x3, x3, #1
	add	x2, x2, #PMD_SIZE
	cmp	x2, x4
	b.lo	1b
	add	x1, x0, #PAGE_SIZE
	mov	x0, x5
	/* fall through */
SYM_FUNC_END(create_init_map)

/*
 * We wrote [x0, x1) past the caches; lines of it that a loader left there would hide what we wrote.
 */
SYM_FUNC_START_LOCAL(inval_tables)
	dmb	sy
	dcache_line_size x2, x3
1:	dc	ivac, x0
	add	x0, x0, x2
	cmp	x0, x1
	b.lo	1b
	dsb	sy
	ret
SYM_FUNC_END(inval_tables)

/*
 * Translation and FPSIMD controls of this CPU. Returns in x0 what SCTLR_EL1 should become. Clobbers
 * x1 to x4.
 */
SYM_FUNC_START_LOCAL(__cpu_setup)
	tlbi	vmalle1
	dsb	nsh
	mov_q	x1, CPACR_EL1_FPEN
	msr	cpacr_el1, x1
	mov_q	x1, MDSCR_EL1_TDCC
	msr	mdscr_el1, x1
	msr	oslar_el1, xzr			/* locked by reset: no debug exceptions */
	isb

	mov_q	x1, MAIR_EL1_SET
	msr	mair_el1, x1

	mov_q	x1, TCR_EL1_SET
	mrs	x2, SYS_ID_AA64MMFR0_EL1
	ubfx	x3, x2, #ID_AA64MMFR0_PARANGE_SHIFT, #4
	mov	x4, #5				/* 48 bits is what our descriptors hold */
	cmp	x3, x4
	csel	x3, x4, x3, hi
	bfi	x1, x3, #TCR_IPS_SHIFT, #3
	ubfx	x3, x2, #ID_AA64MMFR0_ASID_SHIFT, #4
	cmp	x3, #2
	cset	x3, eq
	bfi	x1, x3, #TCR_AS_SHIFT, #1
	msr	tcr_el1, x1
	mov_q	x0, INIT_SCTLR_EL1_MMU_ON
	ret
SYM_FUNC_END(__cpu_setup)

/*
 * x0: SCTLR_EL1; x1: physical address of the TTBR1 table; x2: where to go on, a link address.
 * This page is the one that idmap_pg_dir maps.
 */
	.section .idmap.text, "ax"
SYM_DATA_START(__idmap_text_start)
SYM_CODE_START(__enable_mmu)
	adr_l	x3, idmap_pg_dir
	msr	ttbr0_el1, x3
	msr	ttbr1_el1, x1
	isb
	msr	sctlr_el1, x0
	isb
	ic	iallu			/* what was fetched before did not come by our tables */
	dsb	nsh
	isb
	br	x2
SYM_CODE_END(__enable_mmu)

/*
 * void idmap_replace_ttbr1(phys_addr_t table): change TTBR1 while nothing is fetched or read
 * through it. Called at its physical address. Interrupts off.
 */
SYM_CODE_START(idmap_replace_ttbr1)
	adr_l	x1, reserved_pg_dir
	msr	ttbr1_el1, x1
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	msr	ttbr1_el1, x0
	isb
	ret
SYM_CODE_END(idmap_replace_ttbr1)

	.section .init.text, "ax"
/* On link addresses now; the stack is init_task's. */
SYM_CODE_START_LOCAL(__primary_switched)
	adr_l	x4, init_task
	bl	init_task_stack

	adr_l	x5, vectors
	msr	vbar_el1, x5
	isb

	adr_l	x4, _text
	sub	x4, x4, x20
	str_l	x4, kimage_voffset, x5

	adr_l	x0, __bss_start
	adr_l	x1, __bss_stop
1:	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	cmp	x0, x1
	b.lo	1b

	str_l	x21, __fdt_pointer, x5
	/* The per-CPU template itself, until setup_per_cpu_areas(). */
	msr	tpidr_el1, xzr
#ifdef CONFIG_KASAN
	bl	kasan_early_init
#endif
	bl	start_kernel
	brk	#0x100
SYM_CODE_END(__primary_switched)

	.text
SYM_CODE_START_LOCAL(__secondary_switched)
	adr_l	x5, vectors
	msr	vbar_el1, x5
	isb
	adr_l	x0, secondary_data
	ldr	x4, [x0, #SECONDARY_DATA_TASK]
	bl	init_task_stack
	ldr	w0, [x4, #TSK_TI_CPU]
	adr_l	x1, __per_cpu_offset
	ldr	x0, [x1, x0, lsl #3]
	msr	tpidr_el1, x0
	bl	secondary_start_kernel
	brk	#0x100
SYM_CODE_END(__secondary_switched)

/*
 * Make x4 the current task: SP at the frame its last return would leave through, a frame record of
 * zeroes as the end of every backtrace. Keeps x4, clobbers x5.
 */
SYM_FUNC_START_LOCAL(init_task_stack)
	msr	sp_el0, x4
	ldr	x5, [x4, #TSK_STACK]
	add	x5, x5, #THREAD_SIZE
	sub	sp, x5, #PT_REGS_SIZE
	stp	xzr, xzr, [sp, #S_STACKFRAME]
	add	x29, sp, #S_STACKFRAME
	ret
SYM_FUNC_END(init_task_stack)

/* Nothing of ours runs at EL2 any more; whoever gets there stays. */
	.balign	2048
SYM_DATA_START(el2_vectors)
	.rept	16
	.balign	128
	b	.
	.endr
SYM_DATA_END(el2_vectors)

	.section .data..page_aligned, "aw"
	.balign	PAGE_SIZE
SYM_DATA_START(idmap_pg_dir)
	.fill	4 * PAGE_SIZE, 1, 0
SYM_DATA_END(idmap_pg_dir)
SYM_DATA_START(swapper_pg_dir)
	.fill	PAGE_SIZE, 1, 0
SYM_DATA_END(swapper_pg_dir)

	.section .init.data, "aw"
	.balign	PAGE_SIZE
SYM_DATA_START(init_pg_dir)
	.fill	3 * PAGE_SIZE, 1, 0
SYM_DATA_END(init_pg_dir)

	.section .rodata, "a"
	.balign	PAGE_SIZE
SYM_DATA_START(reserved_pg_dir)
	.fill	PAGE_SIZE, 1, 0
SYM_DATA_END(reserved_pg_dir)

	.section .data..ro_after_init, "aw"
	.balign	8
SYM_DATA_START(kimage_voffset)
	.quad	0
SYM_DATA_END(kimage_voffset)
SYM_DATA_START(__fdt_pointer)
	.quad	0
SYM_DATA_END(__fdt_pointer)

	.section .note.GNU-stack, "", %progbits

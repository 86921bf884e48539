// SPDX-License-Identifier: MIT
/*
 * Writing to kernel text: see <asm/text-patching.h>.
 *
 * text_poke_bp() on a five-byte instruction, old bytes o, new bytes n:
 *
 *	bytes		then
 *	o o o o o
 *	C o o o o	every CPU synchronises: all see int3 or have left the old one
 *	C n n n n	every CPU synchronises: the tail is new for all
 *	n n n n n	every CPU synchronises: int3 is gone for all
 *	n		once more, for CPUs that are programs: see write_first_bytes()
 *
 * A CPU that executes the int3 looks the address up in the vector of places being
 * patched and emulates the new instruction. The vector's lifetime is a count of
 * users: the handler takes a reference if the count isn't zero, and the patcher, when
 * done, drops its own and waits for the handlers.
 *
 *	patcher				CPU at int3
 *	-------				-----------
 *	vec, nr = ...
 *	refs = 1 (release)		traps
 *	write int3			refs != 0? ++refs (acquire): look up, emulate, --refs
 *	...				refs == 0?  the int3 is gone: execute again
 *	--refs; wait for 0
 *
 * "Synchronise" is an IPI whose return by iret serialises; it also drops this CPU's
 * translation of the writable alias, should it have been fetched speculatively.
 */

#include <asm/text-patching.h>

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/memory.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/fixmap.h>
#include <asm/nops.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>

/* Serialises all changes of kernel text. Outer to nothing but cpu_hotplug_lock. */
DEFINE_MUTEX(text_mutex);

const u8 x86_nop5[NOP5_INSN_SIZE] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

/* --- Through the alias ------------------------------------------------------------------------ */

/*
 * Copy to text through the fixmap. Interrupts are off, so this CPU alone uses the two
 * slots; text_mutex or early boot keeps others away.
 */
static void noinline write_through_alias(void *addr, const void *opcode, size_t len)
{
	unsigned long first = __pa_symbol(addr) & PAGE_MASK;
	unsigned long last = (__pa_symbol(addr) + len - 1) & PAGE_MASK;
	unsigned long alias = __fix_to_virt(FIX_TEXT_POKE0);
	unsigned long flags;

	local_irq_save(flags);
	__set_fixmap(FIX_TEXT_POKE0, first, PAGE_KERNEL);
	if (last != first)
		__set_fixmap(FIX_TEXT_POKE1, last, PAGE_KERNEL);
	memcpy((void *)(alias + offset_in_page(addr)), opcode, len);
	/* The write is done before the alias goes away. */
	barrier();
	__set_fixmap(FIX_TEXT_POKE0, 0, FIXMAP_PAGE_CLEAR);
	if (last != first)
		__set_fixmap(FIX_TEXT_POKE1, 0, FIXMAP_PAGE_CLEAR);
	sync_core();
	local_irq_restore(flags);
}

/**
 * text_poke_early - change text while only one CPU is up
 * @addr: where
 * @opcode: bytes
 * @len: their number, at most a page
 *
 * Context: boot. No CPU may be executing the place, this one included.
 */
void text_poke_early(void *addr, const void *opcode, size_t len)
{
	write_through_alias(addr, opcode, len);
}

/**
 * text_poke - change text that no CPU can be executing
 * @addr: where
 * @opcode: bytes
 * @len: their number, at most a page
 *
 * The other CPUs notice after text_poke_sync().
 *
 * Context: text_mutex held. Return: @addr.
 */
void *text_poke(void *addr, const void *opcode, size_t len)
{
	lockdep_assert_held(&text_mutex);
	write_through_alias(addr, opcode, len);
	BUG_ON(memcmp(addr, opcode, len));
	return addr;
}

static void do_sync_core(void *unused)
{
	(void)unused;
	flush_tlb_one_kernel(__fix_to_virt(FIX_TEXT_POKE0));
	flush_tlb_one_kernel(__fix_to_virt(FIX_TEXT_POKE1));
	sync_core();
}

/** text_poke_sync - after it no CPU executes an old copy of patched text. Context: interrupts on */
void text_poke_sync(void)
{
	on_each_cpu(do_sync_core, NULL, 1);
}

/* --- Under the feet of others ----------------------------------------------------------------- */

struct text_poke_loc {
	s32 rel_addr;		/* from _stext */
	s32 disp;		/* of the new jump or call, from its end */
	u8 len;
	u8 opcode;		/* what to emulate: a jump, or else a nop */
	u8 text[POKE_MAX_OPCODE_SIZE];
};

#define TP_VEC_MAX	(PAGE_SIZE / sizeof(struct text_poke_loc))

/* Guarded by text_mutex; read by the int3 handler under a reference. */
static struct text_poke_loc tp_vec[TP_VEC_MAX];
static int tp_vec_nr;
static atomic_t tp_refs;

static __always_inline void *tp_addr(const struct text_poke_loc *tp)
{
	return _stext + tp->rel_addr;
}

static __always_inline const struct text_poke_loc *find_loc(const void *ip)
{
	int low = 0, high = tp_vec_nr;

	while (low < high) {
		int mid = (low + high) / 2;
		const struct text_poke_loc *tp = &tp_vec[mid];

		if (tp_addr(tp) == ip)
			return tp;
		if (tp_addr(tp) < ip)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static __always_inline bool in_text(const void *p)
{
	return p >= (void *)_stext && p < (void *)_etext;
}

/**
 * poke_int3_handler - is this int3 ours?
 * @regs: of the trap
 *
 * Context: #BP, before the context is established: may hit in entry code.
 * Return: true if the trap has been dealt with.
 */
noinstr bool poke_int3_handler(struct pt_regs *regs)
{
	const struct text_poke_loc *tp;
	bool handled = false;
	void *ip;

	if (user_mode(regs))
		return false;
	/* Pairs with the release in text_poke_bp_batch(): the vector is complete. */
	if (!raw_atomic_inc_not_zero(&tp_refs))
		goto maybe_gone;

	ip = (void *)regs->ip - INT3_INSN_SIZE;
	tp = find_loc(ip);
	if (tp) {
		void *next = ip + tp->len;

		switch (tp->opcode) {
		case JMP32_INSN_OPCODE:
		case JMP8_INSN_OPCODE:
			regs->ip = (unsigned long)next + tp->disp;
			break;
		default:
			regs->ip = (unsigned long)next;
			break;
		}
		handled = true;
	}
	raw_atomic_dec(&tp_refs);
	return handled;

maybe_gone:
	/* Trapped before the int3 was taken back, looked after: just try again. */
	ip = (void *)regs->ip - INT3_INSN_SIZE;
	if (in_text(ip) && READ_ONCE(*(u8 *)ip) != INT3_INSN_OPCODE) {
		regs->ip = (unsigned long)ip;
		return true;
	}
	return false;
}

static bool write_tails(void)
{
	bool any = false;
	int i;

	for (i = 0; i < tp_vec_nr; i++) {
		if (tp_vec[i].len <= INT3_INSN_SIZE)
			continue;
		text_poke(tp_addr(&tp_vec[i]) + INT3_INSN_SIZE,
			  tp_vec[i].text + INT3_INSN_SIZE, tp_vec[i].len - INT3_INSN_SIZE);
		any = true;
	}
	return any;
}

/*
 * The last step, done twice: before and after the CPUs synchronise. Why?
 *
 * A processor that has synchronised fetches what memory holds. An emulator keeps its
 * translation of code until somebody writes there, and one that translates on several
 * host threads (seen with the TCG of QEMU 7.2) may file a translation after the very
 * write that should have dropped it:
 *
 *	patcher				CPU A, translating
 *	-------				------------------
 *					reads the int3
 *	writes n: nothing on file
 *	for this byte, all well
 *					files "raise #BP"
 *	sends the IPI			finds the interrupt pending: synchronises
 *
 * From now on every CPU that comes by, A or not, finds "raise #BP" on file, looks into
 * memory, sees no int3, tries again: for ever.
 *
 * A has answered the IPI, so whatever it read before the write has been filed by now; what
 * it reads afterwards is new. Hence a second write of the same byte, after the IPI, drops
 * the last stale translation. No further IPI is due: who runs that translation till then
 * traps, and is sent on as if by the new instruction. The earlier steps need no second
 * write: each is followed by one to the same instruction, which does the same service.
 * To a real processor the store means nothing.
 */
static void write_first_bytes(void)
{
	int i;

	for (i = 0; i < tp_vec_nr; i++)
		text_poke(tp_addr(&tp_vec[i]), tp_vec[i].text, INT3_INSN_SIZE);
}

static void text_poke_bp_batch(void)
{
	const u8 int3 = INT3_INSN_OPCODE;
	int i;

	lockdep_assert_held(&text_mutex);
	if (!tp_vec_nr)
		return;

	/* Pairs with the handler's reference: it sees the vector. */
	atomic_set_release(&tp_refs, 1);

	for (i = 0; i < tp_vec_nr; i++)
		text_poke(tp_addr(&tp_vec[i]), &int3, INT3_INSN_SIZE);
	text_poke_sync();

	if (write_tails())
		text_poke_sync();

	write_first_bytes();
	text_poke_sync();
	write_first_bytes();

	/* Handlers that hold a reference still read the vector. */
	if (!atomic_dec_and_test(&tp_refs))
		atomic_cond_read_acquire(&tp_refs, !VAL);
	tp_vec_nr = 0;
}

static void init_loc(struct text_poke_loc *tp, void *addr, const void *opcode, size_t len)
{
	s8 disp8;

	memcpy(tp->text, opcode, len);
	tp->rel_addr = (char *)addr - _stext;
	tp->len = len;
	tp->opcode = tp->text[0];
	tp->disp = 0;
	if (tp->opcode == JMP32_INSN_OPCODE) {
		memcpy(&tp->disp, tp->text + 1, sizeof(tp->disp));
	} else if (tp->opcode == JMP8_INSN_OPCODE) {
		memcpy(&disp8, tp->text + 1, sizeof(disp8));
		tp->disp = disp8;
	}
}

/**
 * text_poke_queue - have one instruction replaced at the next text_poke_finish()
 * @addr: where
 * @opcode: the new instruction: a nop or a jump
 * @len: its length, that of the old one too; at most POKE_MAX_OPCODE_SIZE
 *
 * Context: text_mutex held; may sleep.
 */
void text_poke_queue(void *addr, const void *opcode, size_t len)
{
	/* The handler searches by bisection: addresses ascend within a batch. */
	if (tp_vec_nr == TP_VEC_MAX || (tp_vec_nr && tp_addr(&tp_vec[tp_vec_nr - 1]) >= addr))
		text_poke_bp_batch();
	init_loc(&tp_vec[tp_vec_nr], addr, opcode, len);
	tp_vec_nr++;
}

/**
 * text_poke_finish - replace what text_poke_queue() has got
 *
 * Context: text_mutex held; may sleep.
 */
void text_poke_finish(void)
{
	text_poke_bp_batch();
}

/**
 * text_poke_bp - replace one instruction that CPUs may be executing
 * @addr: where
 * @opcode: the new instruction
 * @len: its length, that of the old one too
 *
 * Context: text_mutex held; may sleep.
 */
void text_poke_bp(void *addr, const void *opcode, size_t len)
{
	text_poke_bp_batch();
	text_poke_queue(addr, opcode, len);
	text_poke_bp_batch();
}

/**
 * text_gen_insn - make a jump or call of five bytes
 * @buf: gets it
 * @opcode: JMP32_INSN_OPCODE, CALL_INSN_OPCODE
 * @addr: where it will stand
 * @dest: where it goes
 */
void text_gen_insn(u8 *buf, u8 opcode, const void *addr, const void *dest)
{
	s32 disp = dest - (addr + JMP32_INSN_SIZE);

	buf[0] = opcode;
	memcpy(buf + 1, &disp, sizeof(disp));
}

// SPDX-License-Identifier: MIT
/*
 * The time stamp counter: how fast it runs, and whether it can be a clock.
 *
 * Rate.  Asked, in this order: CPUID leaf 0x15 (crystal and ratio), the hypervisor's leaf
 * 0x40000010.  Only if neither knows is it measured, against a counter of known rate, and the
 * APIC timer with it:
 *
 *	     tsc --+----------------- CALIBRATE_US --------------+--
 *	     ref --+---------------------------------------------+--
 *	 one reading: tsc, the others, tsc; the closest of several counts, and the
 *	 middle of it is the moment
 *
 * The window is short, because it is paid for at every boot; the error (some tenths of a
 * microsecond in CALIBRATE_US) is too large for a clock to live with.  So the first end of the
 * window is kept, and the second is read again REFINE_MS later, when that costs nothing; then
 * "tsc" is offered as a clock.  Until then "tsc-early" is, at the first measurement's rate, as
 * sched_clock() is, which needn't be exact: some parts in ten thousand for a moment are a smaller
 * evil than a clock that every reader has to leave the CPU for (under a hypervisor an HPET read is
 * an exit, and in QEMU all readers queue for one lock).
 *
 * Trust.  A TSC that changes its rate or stops or differs between CPUs is no clock.  CPUID tells
 * of the first two; a hypervisor which we know to hand out one counter to all CPUs is trusted
 * without.  "tsc=unstable" and "tsc=reliable" overrule.
 */
#define pr_fmt(fmt) "tsc: " fmt

#include <linux/clocksource.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/sched_clock.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/cpuid.h>
#include <asm/processor.h>
#include <asm/tsc.h>

#define CALIBRATE_US	300
#define REFINE_MS	250
#define PAIR_TRIES	5

unsigned int tsc_khz __ro_after_init;
unsigned int cpu_khz __ro_after_init;
static unsigned int apic_timer_khz __ro_after_init;

static enum { TSC_JUDGE, TSC_RELIABLE, TSC_UNSTABLE } tsc_verdict __ro_after_init;

/* The rate came from CPUID: nothing to refine. */
static bool tsc_rate_known;

static struct ref_clock *tsc_ref;

/* One moment by the counters: TSC, reference, and (while it is being measured) APIC timer. */
struct tsc_pair {
	u64 tsc;
	u64 ref;
	u32 apic;
};
static struct tsc_pair tsc_first;

/**
 * x86_apic_timer_khz - rate of the local APIC's timer, divider included
 * Return: kHz, 0 before tsc_init() or if it doesn't count.
 */
unsigned int x86_apic_timer_khz(void)
{
	return apic_timer_khz;
}

/**
 * tsc_rate_from_window - rate of a counter by another one
 * @tsc_ticks: ticks of the one
 * @ref_ticks: of the other in the same time
 * @ref_freq: whose rate in Hz is this
 * Return: kHz, 0 if the window was empty or the result doesn't fit.
 */
u64 tsc_rate_from_window(u64 tsc_ticks, u64 ref_ticks, u64 ref_freq)
{
	u64 khz;

	if (!ref_ticks)
		return 0;
	khz = mul_u64_u64_div_u64(tsc_ticks, ref_freq, ref_ticks * 1000);
	return khz > U32_MAX ? 0 : khz;
}

static u32 no_apic_count(void)
{
	return 0;
}

/* Reads the counters at one moment, as nearly as can be had. */
static struct tsc_pair read_pair(struct ref_clock *ref, u32 (*apic_count)(void))
{
	struct tsc_pair best = { 0, 0, 0 };
	u64 before, after, value, spread = U64_MAX;
	u32 apic;
	int i;

	for (i = 0; i < PAIR_TRIES; i++) {
		before = rdtsc_ordered();
		value = ref->read();
		apic = apic_count();
		after = rdtsc_ordered();
		if (after - before >= spread)
			continue;
		spread = after - before;
		best.tsc = before + spread / 2;
		best.ref = value;
		best.apic = apic;
	}
	return best;
}

static struct ref_clock *__init choose_ref(void)
{
	if (!hpet_ref_clock.start(&hpet_ref_clock))
		return &hpet_ref_clock;
	if (!pm_timer_ref_clock.start(&pm_timer_ref_clock))
		return &pm_timer_ref_clock;
	pit_ref_clock.start(&pit_ref_clock);
	return &pit_ref_clock;
}

/* Waits for CALIBRATE_US by the reference, but not for ever if it stands still. */
static void __init wait_window(struct ref_clock *ref, u64 start)
{
	u64 ticks = div_u64(ref->freq * CALIBRATE_US, 1000000);
	int tries;

	for (tries = 1000000; tries; tries--) {
		if (((ref->read() - start) & ref->mask) >= ticks)
			return;
	}
}

static void __init measure(void)
{
	struct tsc_pair end;
	u64 ref_ticks;

	tsc_ref = choose_ref();
	apic_timer_calibration_start();
	tsc_first = read_pair(tsc_ref, apic_timer_calibration_count);
	wait_window(tsc_ref, tsc_first.ref);
	end = read_pair(tsc_ref, apic_timer_calibration_count);

	ref_ticks = (end.ref - tsc_first.ref) & tsc_ref->mask;
	if (!tsc_khz && boot_cpu_has(X86_FEATURE_TSC))
		tsc_khz = tsc_rate_from_window(end.tsc - tsc_first.tsc, ref_ticks, tsc_ref->freq);
	if (!apic_timer_khz)
		apic_timer_khz = tsc_rate_from_window(end.apic - tsc_first.apic, ref_ticks,
						      tsc_ref->freq);
}

/* --- what CPUID knows --- */

static void __init ask_cpuid(void)
{
	unsigned int denominator, numerator, crystal, unused;

	if (cpuid_eax(0) < 0x15)
		return;
	cpuid(0x15, &denominator, &numerator, &crystal, &unused);
	if (!denominator || !numerator || !crystal)
		return;
	tsc_khz = div_u64((u64)crystal * numerator, denominator * 1000ULL);
	/* The crystal drives the APIC timer too; we divide by 16. */
	apic_timer_khz = crystal / 1000 / 16;
}

/* VMware's leaf, which QEMU and others offer too: rates of TSC and APIC bus in kHz. */
static void __init ask_hypervisor(void)
{
	unsigned int eax, ebx, ecx, edx;

	if (!boot_cpu_has(X86_FEATURE_HYPERVISOR))
		return;
	cpuid(0x40000000, &eax, &ebx, &ecx, &edx);
	if (eax < 0x40000010 || eax > 0x400000ff)
		return;
	cpuid(0x40000010, &eax, &ebx, &ecx, &edx);
	tsc_khz = eax;
	apic_timer_khz = ebx / 16;
}

/* QEMU's emulator gives all CPUs one counter, though it has no way to say so. */
static bool __init hypervisor_is_tcg(void)
{
	unsigned int eax, sig[3];

	if (!boot_cpu_has(X86_FEATURE_HYPERVISOR))
		return false;
	cpuid(0x40000000, &eax, &sig[0], &sig[1], &sig[2]);
	return !memcmp(sig, "TCGTCGTCGTCG", 12);
}

static void __init judge(void)
{
	if (tsc_verdict != TSC_JUDGE)
		return;
	if (boot_cpu_has(X86_FEATURE_CONSTANT_TSC) && boot_cpu_has(X86_FEATURE_NONSTOP_TSC))
		tsc_verdict = TSC_RELIABLE;
	else if (hypervisor_is_tcg())
		tsc_verdict = TSC_RELIABLE;
	else
		tsc_verdict = TSC_UNSTABLE;
}

/**
 * tsc_is_reliable - can it be a clock?
 */
bool tsc_is_reliable(void)
{
	return tsc_khz && tsc_verdict == TSC_RELIABLE;
}

/* --- clocks --- */

static u64 read_tsc(struct clocksource *cs)
{
	(void)cs;
	return rdtsc_ordered();
}

static struct clocksource clocksource_tsc = {
	.name	= "tsc",
	.vdso_clock_mode = VDSO_CLOCKMODE_COUNTER,
	.rating	= 300,
	.read	= read_tsc,
	.mask	= CLOCKSOURCE_MASK(64),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
	.id	= CSID_X86_TSC,
};

static struct clocksource clocksource_tsc_early = {
	.name	= "tsc-early",
	.rating	= 299,
	.read	= read_tsc,
	.mask	= CLOCKSOURCE_MASK(64),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
	.id	= CSID_X86_TSC_EARLY,
};

static u64 notrace tsc_sched_clock_read(void)
{
	return rdtsc();
}

static void register_tsc(unsigned int khz)
{
	__clocksource_register_scale(&clocksource_tsc, 1000, khz);
}

static void replace_early_tsc(unsigned int khz)
{
	register_tsc(khz);
	clocksource_unregister(&clocksource_tsc_early);
}

static void tsc_refine(struct work_struct *work);
static DECLARE_DELAYED_WORK(tsc_refine_work, tsc_refine);

/* The second end of the window, REFINE_MS later and a thousand times as precise. */
static void tsc_refine(struct work_struct *work)
{
	struct tsc_pair end = read_pair(tsc_ref, no_apic_count);
	u64 khz = tsc_rate_from_window(end.tsc - tsc_first.tsc,
				       (end.ref - tsc_first.ref) & tsc_ref->mask, tsc_ref->freq);
	u64 slack = tsc_khz / 100;

	(void)work;
	/* A reference that wrapped meanwhile, or a guest that was stopped, shows as nonsense. */
	if (khz < tsc_khz - slack || khz > tsc_khz + slack) {
		pr_warn("second measurement (%llu kHz) disagrees, keeping %u kHz\n", khz, tsc_khz);
		khz = tsc_khz;
	}
	pr_info("%llu.%03llu MHz, refined by %s\n", khz / 1000, khz % 1000, tsc_ref->name);
	replace_early_tsc(khz);
}

static int __init tsc_start_refining(void)
{
	if (!tsc_is_reliable() || tsc_rate_known)
		return 0;
	/* The PIT wraps within the longer window. */
	if (tsc_ref == &pit_ref_clock)
		replace_early_tsc(tsc_khz);
	else
		schedule_delayed_work(&tsc_refine_work, msecs_to_jiffies(REFINE_MS));
	return 0;
}
device_initcall(tsc_start_refining);

/**
 * tsc_init - learn the rates of TSC and APIC timer
 *
 * Context: time_init(), interrupts off; the APIC is set up.
 */
void __init tsc_init(void)
{
	ask_cpuid();
	if (!tsc_khz)
		ask_hypervisor();
	tsc_rate_known = tsc_khz && apic_timer_khz;
	if (!tsc_rate_known)
		measure();
	judge();
	cpu_khz = tsc_khz;
	if (!tsc_khz) {
		pr_warn("no time stamp counter\n");
		return;
	}
	pr_info("%u.%03u MHz %s, %s\n", tsc_khz / 1000, tsc_khz % 1000,
		tsc_rate_known ? "by CPUID" : tsc_ref->name,
		tsc_is_reliable() ? "reliable" : "not used as a clock");
	sched_clock_register(tsc_sched_clock_read, 64, tsc_khz * 1000ULL);
	if (!tsc_is_reliable())
		return;
	if (tsc_rate_known)
		register_tsc(tsc_khz);
	else
		__clocksource_register_scale(&clocksource_tsc_early, 1000, tsc_khz);
}

static int __init parse_tsc(char *arg)
{
	if (arg && !strcmp(arg, "unstable"))
		tsc_verdict = TSC_UNSTABLE;
	else if (arg && !strcmp(arg, "reliable"))
		tsc_verdict = TSC_RELIABLE;
	return 0;
}
early_param("tsc", parse_tsc);

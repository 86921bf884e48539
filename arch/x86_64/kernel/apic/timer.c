// SPDX-License-Identifier: MIT
/*
 * The local APIC's timer: each CPU's alarm clock.
 *
 * It counts down from the initial count, at the bus clock divided by 16, and raises its vector
 * at zero.  Used one-shot only.  Nothing says how fast the bus clock is unless CPUID does, so
 * its rate is measured in the same short window in which the TSC's is (tsc.c).
 *
 * The timer stops in deep sleep states of old CPUs; we enter none but HLT.
 */
#define pr_fmt(fmt) "APIC timer: " fmt

#include <linux/clockchips.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/irq_vectors.h>
#include <asm/tsc.h>

/* Below this the time to program it is no longer small against the time it measures. */
#define MIN_TICKS	16
#define MAX_TICKS	0x7fffffff

static DEFINE_PER_CPU(struct clock_event_device, lapic_events);

static void timer_program(u32 ticks)
{
	apic_write(APIC_TMICT, ticks);
}

static int lapic_next_event(unsigned long delta, struct clock_event_device *evt)
{
	(void)evt;
	timer_program(delta);
	return 0;
}

static int lapic_timer_shutdown(struct clock_event_device *evt)
{
	(void)evt;
	apic_write(APIC_LVTT, APIC_LVT_MASKED | LOCAL_TIMER_VECTOR);
	timer_program(0);
	return 0;
}

static int lapic_timer_set_oneshot(struct clock_event_device *evt)
{
	(void)evt;
	apic_write(APIC_TDCR, APIC_TDR_DIV_16);
	apic_write(APIC_LVTT, APIC_LVT_TIMER_ONESHOT | LOCAL_TIMER_VECTOR);
	return 0;
}

static void register_this_cpu(void)
{
	struct clock_event_device *evt = this_cpu_ptr(&lapic_events);

	*evt = (struct clock_event_device) {
		.name			= "lapic",
		.features		= CLOCK_EVT_FEAT_ONESHOT,
		.rating			= 150,
		.irq			= -1,
		.cpumask		= cpumask_of(smp_processor_id()),
		.set_next_event		= lapic_next_event,
		.set_state_oneshot	= lapic_timer_set_oneshot,
		.set_state_oneshot_stopped = lapic_timer_shutdown,
		.set_state_shutdown	= lapic_timer_shutdown,
	};
	lapic_timer_shutdown(evt);
	clockevents_config_and_register(evt, x86_apic_timer_khz() * 1000U, MIN_TICKS, MAX_TICKS);
}

/**
 * setup_boot_APIC_clock - register the boot CPU's timer
 * Context: time_init(), rate known, interrupts off.
 */
void __init setup_boot_APIC_clock(void)
{
	if (!x86_apic_timer_khz())
		panic("the APIC timer does not count\n");
	pr_info("%u.%03u MHz\n", x86_apic_timer_khz() / 1000, x86_apic_timer_khz() % 1000);
	register_this_cpu();
}

/**
 * setup_secondary_APIC_clock - register this CPU's timer
 * Context: CPU coming up, interrupts off, after apic_ap_setup().
 */
void setup_secondary_APIC_clock(void)
{
	register_this_cpu();
}

/**
 * local_apic_timer_interrupt - the alarm rang
 * Context: hard interrupt.
 */
void local_apic_timer_interrupt(void)
{
	struct clock_event_device *evt = this_cpu_ptr(&lapic_events);

	/* One that was on its way while the timer was shut down: nobody waits for it. */
	if (!evt->event_handler)
		return;
	evt->event_handler(evt);
}

/**
 * apic_timer_calibration_start - let the timer run freely, silent
 * Context: interrupts off, before it is registered.
 */
void __init apic_timer_calibration_start(void)
{
	apic_write(APIC_TDCR, APIC_TDR_DIV_16);
	apic_write(APIC_LVTT, APIC_LVT_MASKED | LOCAL_TIMER_VECTOR);
	timer_program(0xffffffff);
}

/**
 * apic_timer_calibration_count - ticks since apic_timer_calibration_start()
 * Context: interrupts off.
 * Return: ticks.
 */
u32 __init apic_timer_calibration_count(void)
{
	return 0xffffffff - apic_read(APIC_TMCCT);
}

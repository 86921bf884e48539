// SPDX-License-Identifier: MIT
/*
 * The PC's oldest timer, as the last resort for measuring the TSC.
 *
 * Channel 2 of the 8253 counts down at 1.193182 MHz when its gate (port 0x61, bit 0) is up.  It
 * drives the speaker, whose own switch (bit 1) stays off.  With 16 bits it wraps after 55 ms:
 * good for a window of microseconds, not as a clock.
 */
#include <linux/init.h>
#include <linux/types.h>

#include <asm/io.h>
#include <asm/tsc.h>

#define PIT_HZ		1193182
#define PIT_CH2		0x42
#define PIT_COMMAND	0x43
#define   PIT_CH2_LATCH	0x80
#define   PIT_CH2_MODE0	0xb0	/* low then high byte, count down once */
#define SPEAKER_PORT	0x61
#define   SPEAKER_GATE2	0x01
#define   SPEAKER_ON	0x02

static int __init pit_start(struct ref_clock *ref)
{
	u8 speaker = inb(SPEAKER_PORT);

	(void)ref;
	outb((speaker & ~SPEAKER_ON) | SPEAKER_GATE2, SPEAKER_PORT);
	outb(PIT_CH2_MODE0, PIT_COMMAND);
	outb(0xff, PIT_CH2);
	outb(0xff, PIT_CH2);
	return 0;
}

static u64 pit_read(void)
{
	u8 low, high;

	outb(PIT_CH2_LATCH, PIT_COMMAND);
	low = inb(PIT_CH2);
	high = inb(PIT_CH2);
	return 0xffff - (high << 8 | low);
}

struct ref_clock pit_ref_clock = {
	.name = "PIT",
	.freq = PIT_HZ,
	.mask = 0xffff,
	.start = pit_start,
	.read = pit_read,
};

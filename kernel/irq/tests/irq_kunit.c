// SPDX-License-Identifier: MIT
/*
 * The interrupt core over a controller that exists in memory only: it counts what is asked of its
 * lines, and a test makes them fire by a call.
 */
#include <kunit/device.h>
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "../../tests/patience.h"

#define WAIT	PATIENCE

/* What the controller remembers of its one line. */
struct fake_line {
	unsigned int irq;
	int masks, unmasks, acks, eois, startups, shutdowns, retriggers, affinities;
	bool masked, fail_type;
	unsigned int type;
	struct cpumask affinity;
};

static struct fake_line *line_of(struct irq_data *d)
{
	return irq_data_get_irq_chip_data(d);
}

static void fake_mask(struct irq_data *d)
{
	line_of(d)->masks++;
	line_of(d)->masked = true;
}

static void fake_unmask(struct irq_data *d)
{
	line_of(d)->unmasks++;
	line_of(d)->masked = false;
}

static void fake_ack(struct irq_data *d)
{
	line_of(d)->acks++;
}

static void fake_eoi(struct irq_data *d)
{
	line_of(d)->eois++;
}

static int fake_retrigger(struct irq_data *d)
{
	line_of(d)->retriggers++;
	return 1;
}

static int fake_set_type(struct irq_data *d, unsigned int type)
{
	if (line_of(d)->fail_type)
		return -EINVAL;
	line_of(d)->type = type;
	return IRQ_SET_MASK_OK;
}

static int fake_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	struct fake_line *line = line_of(d);

	line->affinities++;
	cpumask_copy(&line->affinity, mask);
	irq_data_update_effective_affinity(d, cpumask_of(cpumask_first(mask)));
	return IRQ_SET_MASK_OK;
}

static struct irq_chip fake_chip = {
	.name = "fake",
	.irq_mask = fake_mask,
	.irq_unmask = fake_unmask,
	.irq_ack = fake_ack,
	.irq_eoi = fake_eoi,
	.irq_retrigger = fake_retrigger,
	.irq_set_type = fake_set_type,
	.irq_set_affinity = fake_set_affinity,
};

static void free_line(void *data)
{
	struct fake_line *line = data;

	irq_set_chip_and_handler(line->irq, NULL, NULL);
	irq_free_desc(line->irq);
}

static struct fake_line *new_line(struct kunit *test, irq_flow_handler_t flow)
{
	struct fake_line *line = kunit_kzalloc(test, sizeof(*line), GFP_KERNEL);
	int irq;

	KUNIT_ASSERT_NOT_NULL(test, line);
	irq = irq_alloc_desc_from(100, NUMA_NO_NODE);
	KUNIT_ASSERT_GT(test, irq, 0);
	line->irq = irq;
	line->masked = true;
	irq_set_chip_data(irq, line);
	irq_set_chip_and_handler(irq, &fake_chip, flow);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_line, line), 0);
	return line;
}

/* The hardware's part: an interrupt arrives on this CPU. */
static void fire(struct fake_line *line)
{
	unsigned long flags;

	local_irq_save(flags);
	irq_enter();
	generic_handle_irq(line->irq);
	irq_exit();
	local_irq_restore(flags);
}

/* A device: what its handlers saw. */
struct device_seen {
	irqreturn_t answer;
	atomic_t hard, threads;
	bool in_hardirq, irqs_off, thread_in_task, thread_fifo;
	bool masked_in_thread;
	struct fake_line *line;
	int hard_in_thread;
	struct completion entered, may_end, done;
};

static void device_init(struct device_seen *dev, struct fake_line *line, irqreturn_t answer)
{
	memset(dev, 0, sizeof(*dev));
	dev->answer = answer;
	dev->line = line;
	init_completion(&dev->entered);
	init_completion(&dev->may_end);
	init_completion(&dev->done);
}

static irqreturn_t device_hard(int irq, void *dev_id)
{
	struct device_seen *dev = dev_id;

	dev->in_hardirq = in_hardirq();
	dev->irqs_off = irqs_disabled();
	atomic_inc(&dev->hard);
	return dev->answer;
}

static irqreturn_t device_thread(int irq, void *dev_id)
{
	struct device_seen *dev = dev_id;

	dev->thread_in_task = in_task() && !irqs_disabled();
	dev->thread_fifo = current->policy == SCHED_FIFO;
	dev->masked_in_thread = dev->line->masked;
	atomic_inc(&dev->threads);
	complete(&dev->done);
	return IRQ_HANDLED;
}

static irqreturn_t device_held_thread(int irq, void *dev_id)
{
	struct device_seen *dev = dev_id;

	complete(&dev->entered);
	wait_for_completion_timeout(&dev->may_end, WAIT);
	return device_thread(irq, dev_id);
}

static void request_starts_the_line_and_free_stops_it(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "one", &dev), 0);
	KUNIT_EXPECT_FALSE(test, line->masked);
	KUNIT_EXPECT_TRUE(test, irq_has_action(line->irq));
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 1);
	KUNIT_EXPECT_TRUE(test, dev.in_hardirq);
	KUNIT_EXPECT_TRUE(test, dev.irqs_off);
	KUNIT_EXPECT_EQ(test, kstat_irqs_usr(line->irq), 1);
	KUNIT_EXPECT_STREQ(test, (const char *)free_irq(line->irq, &dev), "one");
	KUNIT_EXPECT_TRUE(test, line->masked);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line->irq));
}

static void bad_requests_are_refused(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_EXPECT_EQ(test, request_irq(line->irq, device_hard, IRQF_SHARED, "x", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(line->irq, NULL, 0, "x", &dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(NR_IRQS + 1, device_hard, 0, "x", &dev), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(IRQ_NOTCONNECTED, device_hard, 0, "x", &dev), -ENOTCONN);
	/* A thread alone on a line that is not masked for it would never get to run. */
	KUNIT_EXPECT_EQ(test, request_threaded_irq(line->irq, NULL, device_thread, 0, "x", &dev),
			-EINVAL);
	irq_set_status_flags(line->irq, IRQ_NOREQUEST);
	KUNIT_EXPECT_EQ(test, request_irq(line->irq, device_hard, 0, "x", &dev), -EINVAL);
	irq_clear_status_flags(line->irq, IRQ_NOREQUEST);
	line->fail_type = true;
	KUNIT_EXPECT_EQ(test, request_irq(line->irq, device_hard, IRQF_TRIGGER_RISING, "x", &dev),
			-EINVAL);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line->irq));
}

static void shared_line_calls_all_handlers(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen a, b, c;

	device_init(&a, line, IRQ_NONE);
	device_init(&b, line, IRQ_HANDLED);
	device_init(&c, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, IRQF_SHARED, "a", &a), 0);
	KUNIT_EXPECT_EQ(test, request_irq(line->irq, device_hard, IRQF_SHARED, "b", &b), 0);
	KUNIT_EXPECT_EQ(test, request_irq(line->irq, device_hard, 0, "c", &c), -EBUSY);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&a.hard), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&b.hard), 1);
	KUNIT_EXPECT_EQ(test, kstat_irqs_usr(line->irq), 1);
	free_irq(line->irq, &a);
	KUNIT_EXPECT_FALSE(test, line->masked);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&a.hard), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&b.hard), 2);
	free_irq(line->irq, &b);
	KUNIT_EXPECT_TRUE(test, line->masked);
}

static void disable_nests(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "dev", &dev), 0);
	disable_irq(line->irq);
	disable_irq_nosync(line->irq);
	/* Lazily: the line is masked when it fires. */
	KUNIT_EXPECT_FALSE(test, line->masked);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 0);
	KUNIT_EXPECT_TRUE(test, line->masked);
	enable_irq(line->irq);
	KUNIT_EXPECT_TRUE(test, line->masked);
	enable_irq(line->irq);
	KUNIT_EXPECT_FALSE(test, line->masked);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 1);
	free_irq(line->irq, &dev);
}

static void unbalanced_enable_is_reported(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "dev", &dev), 0);
	kunit_expect_report(test, REPORT_WARN);
	enable_irq(line->irq);
	free_irq(line->irq, &dev);
}

static void noautoen_stays_off_until_enabled(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, IRQF_NO_AUTOEN, "dev", &dev), 0);
	KUNIT_EXPECT_TRUE(test, line->masked);
	enable_irq(line->irq);
	KUNIT_EXPECT_FALSE(test, line->masked);
	free_irq(line->irq, &dev);
}

static void edge_while_disabled_is_made_up_for(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_edge_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, IRQF_TRIGGER_RISING, "dev", &dev),
			0);
	KUNIT_EXPECT_EQ(test, line->type, IRQ_TYPE_EDGE_RISING);
	disable_irq(line->irq);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 0);
	enable_irq(line->irq);
	KUNIT_EXPECT_EQ(test, line->retriggers, 1);
	/* Nothing came: nothing is made up. */
	disable_irq(line->irq);
	enable_irq(line->irq);
	KUNIT_EXPECT_EQ(test, line->retriggers, 1);
	free_irq(line->irq, &dev);
}

static void each_flow_talks_to_the_chip_in_its_way(struct kunit *test)
{
	struct fake_line *level = new_line(test, handle_level_irq);
	struct fake_line *edge = new_line(test, handle_edge_irq);
	struct fake_line *eoi = new_line(test, handle_fasteoi_irq);
	struct fake_line *simple = new_line(test, handle_simple_irq);
	struct fake_line *lines[] = { level, edge, eoi, simple };
	struct device_seen dev[4];
	int i;

	for (i = 0; i < 4; i++) {
		device_init(&dev[i], lines[i], IRQ_HANDLED);
		KUNIT_EXPECT_EQ(test, request_irq(lines[i]->irq, device_hard, 0, "dev", &dev[i]),
				0);
		lines[i]->masks = lines[i]->unmasks = 0;
		fire(lines[i]);
		KUNIT_EXPECT_EQ(test, atomic_read(&dev[i].hard), 1);
		KUNIT_EXPECT_FALSE(test, lines[i]->masked);
	}
	KUNIT_EXPECT_EQ(test, level->masks, 1);
	KUNIT_EXPECT_EQ(test, level->acks, 1);
	KUNIT_EXPECT_EQ(test, level->unmasks, 1);
	KUNIT_EXPECT_EQ(test, edge->acks, 1);
	KUNIT_EXPECT_EQ(test, edge->masks, 0);
	KUNIT_EXPECT_EQ(test, eoi->eois, 1);
	KUNIT_EXPECT_EQ(test, eoi->masks, 0);
	KUNIT_EXPECT_EQ(test, eoi->acks, 0);
	KUNIT_EXPECT_EQ(test, simple->acks + simple->eois + simple->masks, 0);
	for (i = 0; i < 4; i++)
		free_irq(lines[i]->irq, &dev[i]);
}

/* Fires its own line while it runs, once. */
static irqreturn_t refire_hard(int irq, void *dev_id)
{
	struct device_seen *dev = dev_id;

	if (atomic_inc_return(&dev->hard) == 1)
		generic_handle_irq(irq);
	return IRQ_HANDLED;
}

static void edge_during_its_handler_is_handled_again(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_edge_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, refire_hard, 0, "dev", &dev), 0);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 2);
	KUNIT_EXPECT_FALSE(test, line->masked);
	free_irq(line->irq, &dev);
}

static void thread_handler_runs_in_a_fifo_thread(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_edge_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_WAKE_THREAD);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line->irq, device_hard, device_thread, 0, "dev",
						   &dev), 0);
	fire(line);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&dev.done, WAIT));
	synchronize_irq(line->irq);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.threads), 1);
	KUNIT_EXPECT_TRUE(test, dev.thread_in_task);
	KUNIT_EXPECT_TRUE(test, dev.thread_fifo);
	free_irq(line->irq, &dev);
}

static void oneshot_line_is_masked_while_its_thread_runs(struct kunit *test)
{
	static const irq_flow_handler_t flows[] = { handle_level_irq, handle_fasteoi_irq };
	struct device_seen dev;
	int i;

	for (i = 0; i < 2; i++) {
		struct fake_line *line = new_line(test, flows[i]);

		device_init(&dev, line, 0);
		KUNIT_ASSERT_EQ(test, request_threaded_irq(line->irq, NULL, device_held_thread,
							   IRQF_ONESHOT, "dev", &dev), 0);
		fire(line);
		KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&dev.entered, WAIT));
		KUNIT_EXPECT_TRUE(test, line->masked);
		complete(&dev.may_end);
		synchronize_irq(line->irq);
		KUNIT_EXPECT_TRUE(test, dev.masked_in_thread);
		KUNIT_EXPECT_FALSE(test, line->masked);
		free_irq(line->irq, &dev);
	}
}

static void shared_oneshot_waits_for_all_threads(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen a, b;

	device_init(&a, line, 0);
	device_init(&b, line, 0);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line->irq, NULL, device_held_thread,
						   IRQF_ONESHOT | IRQF_SHARED, "a", &a), 0);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line->irq, NULL, device_held_thread,
						   IRQF_ONESHOT | IRQF_SHARED, "b", &b), 0);
	fire(line);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&a.entered, WAIT));
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&b.entered, WAIT));
	complete(&a.may_end);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&a.done, WAIT));
	msleep(5);
	KUNIT_EXPECT_TRUE(test, line->masked);
	complete(&b.may_end);
	synchronize_irq(line->irq);
	KUNIT_EXPECT_FALSE(test, line->masked);
	free_irq(line->irq, &a);
	free_irq(line->irq, &b);
}

static void free_irq_waits_for_the_thread(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, 0);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line->irq, NULL, device_thread, IRQF_ONESHOT,
						   "dev", &dev), 0);
	fire(line);
	free_irq(line->irq, &dev);
	/* Woken before the end, it has run. */
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.threads), 1);
}

static void disable_irq_waits_for_the_thread(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, 0);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line->irq, NULL, device_thread, IRQF_ONESHOT,
						   "dev", &dev), 0);
	fire(line);
	disable_irq(line->irq);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.threads), 1);
	/* Its thread was done while the line was disabled: unmasked by the enable only. */
	enable_irq(line->irq);
	KUNIT_EXPECT_FALSE(test, line->masked);
	free_irq(line->irq, &dev);
}

static void irq_wake_thread_runs_the_thread(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_edge_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(line->irq, device_hard, device_thread, 0, "dev",
						   &dev), 0);
	irq_wake_thread(line->irq, &dev);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&dev.done, WAIT));
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 0);
	free_irq(line->irq, &dev);
}

static void affinity_reaches_the_chip(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_edge_irq);
	int last = cpumask_last(cpu_online_mask);
	struct device_seen dev;
	struct cpumask none;

	device_init(&dev, line, IRQ_HANDLED);
	/* Before the start it is remembered, and applied by it. */
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line->irq, cpumask_of(last)), 0);
	KUNIT_EXPECT_EQ(test, line->affinities, 0);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "dev", &dev), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&line->affinity, cpumask_of(last)));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_get_effective_affinity_mask(line->irq),
					      cpumask_of(last)));
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line->irq, cpumask_of(0)), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(irq_get_affinity_mask(line->irq), cpumask_of(0)));
	cpumask_clear(&none);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line->irq, &none), -EINVAL);
	free_irq(line->irq, &dev);

	irq_set_status_flags(line->irq, IRQ_NO_BALANCING);
	KUNIT_EXPECT_EQ(test, irq_can_set_affinity(line->irq), 0);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line->irq, cpumask_of(0)), -EIO);
}

struct told {
	struct irq_affinity_notify notify;
	struct completion told, released;
	struct cpumask mask;
	bool in_task;
};

static void note_told(struct irq_affinity_notify *notify, const cpumask_t *mask)
{
	struct told *t = container_of(notify, struct told, notify);

	cpumask_copy(&t->mask, mask);
	t->in_task = in_task() && !irqs_disabled();
	complete(&t->told);
}

static void note_released(struct kref *ref)
{
	complete(&container_of(ref, struct told, notify.kref)->released);
}

static void told_init(struct told *t)
{
	memset(t, 0, sizeof(*t));
	init_completion(&t->told);
	init_completion(&t->released);
	t->notify.notify = note_told;
	t->notify.release = note_released;
}

static void a_notifier_is_told_where_the_line_goes(struct kunit *test)
{
	struct told *t = kunit_kzalloc(test, 2 * sizeof(*t), GFP_KERNEL);
	struct fake_line *line = new_line(test, handle_edge_irq);
	int last = cpumask_last(cpu_online_mask);
	struct device_seen dev;

	KUNIT_ASSERT_NOT_NULL(test, t);
	told_init(&t[0]);
	told_init(&t[1]);
	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_EXPECT_EQ(test, irq_set_affinity_notifier(~0U, &t[0].notify), -EINVAL);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "dev", &dev), 0);
	KUNIT_ASSERT_EQ(test, irq_set_affinity_notifier(line->irq, &t[0].notify), 0);
	KUNIT_EXPECT_EQ(test, t[0].notify.irq, line->irq);

	KUNIT_EXPECT_EQ(test, irq_set_affinity(line->irq, cpumask_of(last)), 0);
	KUNIT_ASSERT_NE(test, wait_for_completion_timeout(&t[0].told, WAIT), 0UL);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&t[0].mask, cpumask_of(last)));
	KUNIT_EXPECT_TRUE(test, t[0].in_task);
	KUNIT_EXPECT_FALSE(test, completion_done(&t[0].released));

	/* Another takes its place, and it is let go. */
	KUNIT_ASSERT_EQ(test, irq_set_affinity_notifier(line->irq, &t[1].notify), 0);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&t[0].released, WAIT), 0UL);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(line->irq, cpumask_of(0)), 0);
	KUNIT_ASSERT_NE(test, wait_for_completion_timeout(&t[1].told, WAIT), 0UL);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&t[1].mask, cpumask_of(0)));
	KUNIT_EXPECT_FALSE(test, completion_done(&t[0].told));
	KUNIT_ASSERT_EQ(test, irq_set_affinity_notifier(line->irq, NULL), 0);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&t[1].released, WAIT), 0UL);
	free_irq(line->irq, &dev);
}

static void a_line_freed_with_its_notifier_is_reported(struct kunit *test)
{
	struct told *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);
	struct fake_line *line = new_line(test, handle_edge_irq);
	struct device_seen dev;

	KUNIT_ASSERT_NOT_NULL(test, t);
	told_init(t);
	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "dev", &dev), 0);
	KUNIT_ASSERT_EQ(test, irq_set_affinity_notifier(line->irq, &t->notify), 0);
	kunit_expect_report(test, REPORT_WARN);
	free_irq(line->irq, &dev);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&t->released, WAIT), 0UL);
}

/*
 * Nobody handles it 100,000 times in a row: the line is shut off. A pause of a tenth of a second
 * (the host may make one) starts the count over, so it may take a few windows.
 */
static void screaming_line_is_shut_off(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;
	int i;

	device_init(&dev, line, IRQ_NONE);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "dev", &dev), 0);
	for (i = 0; i < 1000000 && !irqd_irq_disabled(irq_get_irq_data(line->irq)); i++)
		fire(line);
	KUNIT_EXPECT_TRUE(test, irqd_irq_disabled(irq_get_irq_data(line->irq)));
	KUNIT_EXPECT_EQ(test, i % 100000, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), i);
	free_irq(line->irq, &dev);
}

static void occasional_strays_are_forgiven(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;
	int i;

	device_init(&dev, line, IRQ_NONE);
	KUNIT_ASSERT_EQ(test, request_irq(line->irq, device_hard, 0, "dev", &dev), 0);
	for (i = 0; i < 100000; i++) {
		dev.answer = i % 100 ? IRQ_NONE : IRQ_HANDLED;
		fire(line);
	}
	KUNIT_EXPECT_FALSE(test, irqd_irq_disabled(irq_get_irq_data(line->irq)));
	free_irq(line->irq, &dev);
}

/* ---- per-CPU lines ---- */

static DEFINE_PER_CPU(int, percpu_fired);

static irqreturn_t percpu_hard(int irq, void *dev_id)
{
	++*(int *)dev_id;
	return IRQ_HANDLED;
}

static void enable_and_fire_here(void *data)
{
	struct fake_line *line = data;

	enable_percpu_irq(line->irq, IRQ_TYPE_NONE);
	fire(line);
	disable_percpu_irq(line->irq);
}

static void percpu_line_hands_each_cpu_its_own_data(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_percpu_devid_irq);
	int cpu;

	KUNIT_ASSERT_EQ(test, irq_set_percpu_devid(line->irq), 0);
	KUNIT_EXPECT_EQ(test, irq_set_percpu_devid(line->irq), -EINVAL);
	KUNIT_ASSERT_EQ(test, request_percpu_irq(line->irq, percpu_hard, "percpu", &percpu_fired),
			0);
	KUNIT_EXPECT_EQ(test, request_percpu_irq(line->irq, percpu_hard, "percpu", &percpu_fired),
			-EBUSY);
	for_each_possible_cpu(cpu)
		per_cpu(percpu_fired, cpu) = 0;
	on_each_cpu(enable_and_fire_here, line, 1);
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, per_cpu(percpu_fired, cpu), 1);
		KUNIT_EXPECT_EQ(test, kstat_irqs_cpu(line->irq, cpu), 1);
	}
	free_percpu_irq(line->irq, &percpu_fired);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line->irq));
}

/* ---- domains ---- */

static int fake_map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw)
{
	irq_domain_set_info(d, virq, hw, &fake_chip, d->host_data, handle_level_irq, NULL, NULL);
	return hw == 13 ? -EPERM : 0;
}

static const struct irq_domain_ops fake_domain_ops = {
	.map = fake_map,
	.xlate = irq_domain_xlate_twocell,
};

static void remove_domain(void *data)
{
	irq_domain_remove(data);
}

static struct irq_domain *new_domain(struct kunit *test, bool tree, struct fwnode_handle *fwnode)
{
	struct fake_line *line = kunit_kzalloc(test, sizeof(*line), GFP_KERNEL);
	struct irq_domain *d;

	KUNIT_ASSERT_NOT_NULL(test, line);
	d = tree ? irq_domain_create_tree(fwnode, &fake_domain_ops, line) :
		   irq_domain_create_linear(fwnode, 32, &fake_domain_ops, line);
	KUNIT_ASSERT_NOT_NULL(test, d);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, remove_domain, d), 0);
	return d;
}

static void mapping_is_made_once_and_found(struct kunit *test)
{
	int tree;

	for (tree = 0; tree < 2; tree++) {
		struct irq_domain *d = new_domain(test, tree, NULL);
		unsigned int a, b;

		KUNIT_EXPECT_EQ(test, irq_find_mapping(d, 5), 0);
		a = irq_create_mapping(d, 5);
		b = irq_create_mapping(d, 6);
		KUNIT_EXPECT_NE(test, a, 0);
		KUNIT_EXPECT_NE(test, a, b);
		KUNIT_EXPECT_EQ(test, irq_create_mapping(d, 5), a);
		KUNIT_EXPECT_EQ(test, irq_find_mapping(d, 5), a);
		KUNIT_EXPECT_EQ(test, irq_get_irq_data(a)->hwirq, 5);
		/* map() refuses: nothing is left behind. */
		KUNIT_EXPECT_EQ(test, irq_create_mapping(d, 13), 0);
		KUNIT_EXPECT_EQ(test, irq_find_mapping(d, 13), 0);
		irq_dispose_mapping(a);
		irq_dispose_mapping(b);
		KUNIT_EXPECT_EQ(test, irq_find_mapping(d, 5), 0);
	}
}

static void domain_line_fires_by_its_own_number(struct kunit *test)
{
	struct irq_domain *d = new_domain(test, true, NULL);
	unsigned int irq = irq_create_mapping(d, 70000);
	struct device_seen dev;
	unsigned long flags;

	KUNIT_ASSERT_NE(test, irq, 0);
	device_init(&dev, d->host_data, IRQ_HANDLED);
	KUNIT_EXPECT_EQ(test, request_irq(irq, device_hard, 0, "dev", &dev), 0);
	local_irq_save(flags);
	irq_enter();
	generic_handle_domain_irq(d, 70000);
	irq_exit();
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 1);
	KUNIT_EXPECT_EQ(test, generic_handle_domain_irq(d, 70001), -EINVAL);
	free_irq(irq, &dev);
	irq_dispose_mapping(irq);
}

static void firmware_cells_are_translated(struct kunit *test)
{
	struct fwnode_handle *fwnode = irq_domain_alloc_named_fwnode("kunit-irq");
	struct irq_fwspec spec = { .fwnode = fwnode, .param_count = 2,
				   .param = { 9, IRQ_TYPE_LEVEL_LOW } };
	struct irq_domain *d;
	unsigned int irq;

	KUNIT_ASSERT_NOT_NULL(test, fwnode);
	d = new_domain(test, false, fwnode);
	KUNIT_EXPECT_PTR_EQ(test, irq_find_matching_fwnode(fwnode, DOMAIN_BUS_ANY), d);
	irq = irq_create_fwspec_mapping(&spec);
	KUNIT_EXPECT_NE(test, irq, 0);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(d, 9), irq);
	KUNIT_EXPECT_EQ(test, irq_get_trigger_type(irq), IRQ_TYPE_LEVEL_LOW);
	/* Once more: the same line; with another type: refused. */
	KUNIT_EXPECT_EQ(test, irq_create_fwspec_mapping(&spec), irq);
	spec.param[1] = IRQ_TYPE_EDGE_RISING;
	KUNIT_EXPECT_EQ(test, irq_create_fwspec_mapping(&spec), 0);
	irq_dispose_mapping(irq);
	irq_domain_free_fwnode(fwnode);
}

static int parent_alloc(struct irq_domain *d, unsigned int virq, unsigned int n, void *arg)
{
	irq_hw_number_t hw = *(irq_hw_number_t *)arg;
	unsigned int i;

	for (i = 0; i < n; i++)
		irq_domain_set_info(d, virq + i, 100 + hw + i, &fake_chip, d->host_data,
				    handle_fasteoi_irq, NULL, NULL);
	return 0;
}

static const struct irq_domain_ops parent_ops = {
	.alloc = parent_alloc,
	.free = irq_domain_free_irqs_common,
};

static struct irq_chip child_chip = {
	.name = "child",
	.irq_mask = irq_chip_mask_parent,
	.irq_unmask = irq_chip_unmask_parent,
	.irq_eoi = irq_chip_eoi_parent,
	.irq_set_affinity = irq_chip_set_affinity_parent,
};

static int child_alloc(struct irq_domain *d, unsigned int virq, unsigned int n, void *arg)
{
	irq_hw_number_t hw = *(irq_hw_number_t *)arg;
	unsigned int i;

	for (i = 0; i < n; i++)
		irq_domain_set_hwirq_and_chip(d, virq + i, hw + i, &child_chip, NULL);
	return irq_domain_alloc_irqs_parent(d, virq, n, arg);
}

static const struct irq_domain_ops child_ops = {
	.alloc = child_alloc,
	.free = irq_domain_free_irqs_top,
};

static void hierarchy_passes_calls_to_the_parent(struct kunit *test)
{
	struct fake_line *line = kunit_kzalloc(test, sizeof(*line), GFP_KERNEL);
	irq_hw_number_t hw = 4;
	struct irq_domain *parent, *child;
	struct device_seen dev;
	int irq;

	KUNIT_ASSERT_NOT_NULL(test, line);
	parent = irq_domain_create_tree(NULL, &parent_ops, line);
	KUNIT_ASSERT_NOT_NULL(test, parent);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, remove_domain, parent), 0);
	child = irq_domain_create_hierarchy(parent, 0, 16, NULL, &child_ops, NULL);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, remove_domain, child), 0);

	irq = irq_domain_alloc_irqs(child, 1, NUMA_NO_NODE, &hw);
	KUNIT_ASSERT_GT(test, irq, 0);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(child, 4), irq);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(parent, 104), irq);
	KUNIT_EXPECT_STREQ(test, irq_get_chip(irq)->name, "child");

	line->irq = irq;
	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_EXPECT_EQ(test, request_irq(irq, device_hard, 0, "dev", &dev), 0);
	KUNIT_EXPECT_EQ(test, line->unmasks, 1);
	fire(line);
	KUNIT_EXPECT_EQ(test, line->eois, 1);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(irq, cpumask_of(0)), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&line->affinity, cpumask_of(0)));
	free_irq(irq, &dev);
	irq_domain_free_irqs(irq, 1);
	KUNIT_EXPECT_EQ(test, irq_find_mapping(parent, 104), 0);
}

static void numbers_are_given_out_and_taken_back(struct kunit *test)
{
	int a = irq_alloc_descs(-1, 300, 4, NUMA_NO_NODE);
	int b;

	KUNIT_ASSERT_GE(test, a, 300);
	KUNIT_EXPECT_NOT_NULL(test, irq_to_desc(a + 3));
	KUNIT_EXPECT_EQ(test, irq_alloc_desc_at(a + 1, NUMA_NO_NODE), -EEXIST);
	b = irq_alloc_desc_from(a, NUMA_NO_NODE);
	KUNIT_EXPECT_GT(test, b, a + 3);
	KUNIT_EXPECT_EQ(test, irq_alloc_descs(-1, NR_IRQS - 2, 4, NUMA_NO_NODE), -ENOSPC);
	irq_free_descs(a, 4);
	KUNIT_EXPECT_NULL(test, irq_to_desc(a));
	KUNIT_EXPECT_EQ(test, irq_alloc_desc_at(a + 1, NUMA_NO_NODE), a + 1);
	irq_free_desc(a + 1);
	if (b > 0)
		irq_free_desc(b);
}

/* ---- lines as a device's managed resources ---- */

static void a_managed_line_is_given_back_with_the_device(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device *owner = kunit_device_register(test, "irq-owner");
	struct device_seen dev;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, owner);
	device_init(&dev, line, IRQ_HANDLED);
	KUNIT_ASSERT_EQ(test, devm_request_irq(owner, line->irq, device_hard, 0, NULL, &dev), 0);
	KUNIT_EXPECT_STREQ(test, irq_to_desc(line->irq)->action->name, "irq-owner");
	KUNIT_EXPECT_EQ(test, devm_request_irq(owner, line->irq, device_hard, 0, "two", &line),
			-EBUSY);
	fire(line);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 1);
	kunit_device_unregister(test, owner);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line->irq));
	KUNIT_EXPECT_TRUE(test, line->masked);
}

static void a_managed_line_can_be_given_back_early(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device *owner = kunit_device_register(test, "irq-owner");
	struct device_seen dev;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, owner);
	device_init(&dev, line, IRQ_WAKE_THREAD);
	KUNIT_ASSERT_EQ(test, devm_request_threaded_irq(owner, line->irq, device_hard,
							device_thread, IRQF_ONESHOT, "mine", &dev),
			0);
	fire(line);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&dev.done, WAIT), 0UL);
	devm_free_irq(owner, line->irq, &dev);
	KUNIT_EXPECT_FALSE(test, irq_has_action(line->irq));
	KUNIT_EXPECT_EQ(test, devm_request_any_context_irq(owner, line->irq, device_hard, 0, "any",
							   &dev), IRQC_IS_HARDIRQ);
	kunit_expect_report(test, REPORT_WARN);
	devm_free_irq(owner, line->irq, test);
	KUNIT_EXPECT_TRUE(test, irq_has_action(line->irq));
}

/* The line of a controller behind a slow bus, whose interrupts are found by its thread. */
static void a_nested_line_is_handled_in_a_thread(struct kunit *test)
{
	struct fake_line *line = new_line(test, handle_level_irq);
	struct device_seen dev;

	device_init(&dev, line, IRQ_HANDLED);
	irq_set_nested_thread(line->irq, true);
	KUNIT_EXPECT_EQ(test, request_any_context_irq(line->irq, device_hard, 0, "nested", &dev),
			IRQC_IS_NESTED);
	handle_nested_irq(line->irq);
	KUNIT_EXPECT_EQ(test, atomic_read(&dev.hard), 1);
	KUNIT_EXPECT_FALSE(test, dev.in_hardirq);
	free_irq(line->irq, &dev);
}

static struct kunit_case irq_cases[] = {
	KUNIT_CASE(request_starts_the_line_and_free_stops_it),
	KUNIT_CASE(bad_requests_are_refused),
	KUNIT_CASE(shared_line_calls_all_handlers),
	KUNIT_CASE(disable_nests),
	KUNIT_CASE(unbalanced_enable_is_reported),
	KUNIT_CASE(noautoen_stays_off_until_enabled),
	KUNIT_CASE(edge_while_disabled_is_made_up_for),
	KUNIT_CASE(each_flow_talks_to_the_chip_in_its_way),
	KUNIT_CASE(edge_during_its_handler_is_handled_again),
	KUNIT_CASE(thread_handler_runs_in_a_fifo_thread),
	KUNIT_CASE(oneshot_line_is_masked_while_its_thread_runs),
	KUNIT_CASE(shared_oneshot_waits_for_all_threads),
	KUNIT_CASE(free_irq_waits_for_the_thread),
	KUNIT_CASE(disable_irq_waits_for_the_thread),
	KUNIT_CASE(irq_wake_thread_runs_the_thread),
	KUNIT_CASE(affinity_reaches_the_chip),
	KUNIT_CASE(a_notifier_is_told_where_the_line_goes),
	KUNIT_CASE(a_line_freed_with_its_notifier_is_reported),
	KUNIT_CASE(screaming_line_is_shut_off),
	KUNIT_CASE(occasional_strays_are_forgiven),
	KUNIT_CASE(percpu_line_hands_each_cpu_its_own_data),
	KUNIT_CASE(mapping_is_made_once_and_found),
	KUNIT_CASE(domain_line_fires_by_its_own_number),
	KUNIT_CASE(firmware_cells_are_translated),
	KUNIT_CASE(hierarchy_passes_calls_to_the_parent),
	KUNIT_CASE(numbers_are_given_out_and_taken_back),
	KUNIT_CASE(a_managed_line_is_given_back_with_the_device),
	KUNIT_CASE(a_managed_line_can_be_given_back_early),
	KUNIT_CASE(a_nested_line_is_handled_in_a_thread),
	{}
};

static struct kunit_suite irq_suite = {
	.name = "irq",
	.test_cases = irq_cases,
};
kunit_test_suite(irq_suite);

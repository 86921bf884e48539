// SPDX-License-Identifier: MIT
/*
 * irq_chip_*_parent(): what the inner controller is asked, and what is said when it can't.
 * Two levels stand here without a line; stacks with lines are in irq_kunit.c.
 */
#include <kunit/test.h>

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irq.h>

/* What the inner controller was asked last. */
static const char *asked;
static bool inner_state;

#define DEFINE_VOID(name) \
static void inner_##name(struct irq_data *data) { asked = #name; }
DEFINE_VOID(ack)
DEFINE_VOID(mask)
DEFINE_VOID(mask_ack)
DEFINE_VOID(unmask)
DEFINE_VOID(eoi)
DEFINE_VOID(enable)
DEFINE_VOID(disable)
DEFINE_VOID(release)

static int inner_set_wake(struct irq_data *data, unsigned int on)
{
	asked = "set_wake";
	return on ? 5 : 6;
}

static int inner_request(struct irq_data *data)
{
	asked = "request";
	return -EBUSY;
}

static int inner_get_state(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	*state = which == IRQCHIP_STATE_MASKED && inner_state;
	return 0;
}

static int inner_set_state(struct irq_data *data, enum irqchip_irq_state which, bool state)
{
	inner_state = state;
	return which == IRQCHIP_STATE_MASKED ? 0 : -EINVAL;
}

static struct irq_chip able = {
	.name = "able",
	.irq_ack = inner_ack,
	.irq_mask = inner_mask,
	.irq_mask_ack = inner_mask_ack,
	.irq_unmask = inner_unmask,
	.irq_eoi = inner_eoi,
	.irq_enable = inner_enable,
	.irq_disable = inner_disable,
	.irq_set_wake = inner_set_wake,
	.irq_request_resources = inner_request,
	.irq_release_resources = inner_release,
	.irq_get_irqchip_state = inner_get_state,
	.irq_set_irqchip_state = inner_set_state,
};

/* Masks and unmasks, nothing else. */
static struct irq_chip plain = {
	.name = "plain",
	.irq_mask = inner_mask,
	.irq_unmask = inner_unmask,
};

struct stack {
	struct irq_data inner, outer;
};

static struct irq_data *stack_on(struct stack *s, struct irq_chip *chip)
{
	*s = (struct stack){ .inner.chip = chip, .outer.parent_data = &s->inner };
	return &s->outer;
}

static void inner_controller_is_asked(struct kunit *test)
{
	struct stack s;
	struct irq_data *outer = stack_on(&s, &able);
	bool state = false;

#define EXPECT_ASKED(call, name)			\
	asked = "nothing";				\
	call(outer);					\
	KUNIT_EXPECT_STREQ(test, asked, name)
	EXPECT_ASKED(irq_chip_ack_parent, "ack");
	EXPECT_ASKED(irq_chip_mask_parent, "mask");
	EXPECT_ASKED(irq_chip_mask_ack_parent, "mask_ack");
	EXPECT_ASKED(irq_chip_unmask_parent, "unmask");
	EXPECT_ASKED(irq_chip_eoi_parent, "eoi");
	EXPECT_ASKED(irq_chip_enable_parent, "enable");
	EXPECT_ASKED(irq_chip_disable_parent, "disable");
	EXPECT_ASKED(irq_chip_release_resources_parent, "release");
	KUNIT_EXPECT_EQ(test, irq_chip_set_wake_parent(outer, 1), 5);
	KUNIT_EXPECT_EQ(test, irq_chip_set_wake_parent(outer, 0), 6);
	KUNIT_EXPECT_EQ(test, irq_chip_request_resources_parent(outer), -EBUSY);
	KUNIT_EXPECT_EQ(test, irq_chip_set_parent_state(outer, IRQCHIP_STATE_MASKED, true), 0);
	KUNIT_EXPECT_EQ(test, irq_chip_get_parent_state(outer, IRQCHIP_STATE_MASKED, &state), 0);
	KUNIT_EXPECT_TRUE(test, state);
	KUNIT_EXPECT_EQ(test, irq_chip_set_parent_state(outer, IRQCHIP_STATE_PENDING, true),
			-EINVAL);
}

static void what_it_can_not_do_is_said_or_done_otherwise(struct kunit *test)
{
	struct stack s;
	struct irq_data *outer = stack_on(&s, &plain);
	bool state = true;

	EXPECT_ASKED(irq_chip_enable_parent, "unmask");
	EXPECT_ASKED(irq_chip_disable_parent, "mask");
	EXPECT_ASKED(irq_chip_release_resources_parent, "nothing");
	KUNIT_EXPECT_EQ(test, irq_chip_set_affinity_parent(outer, cpumask_of(0), false), -ENOSYS);
	KUNIT_EXPECT_EQ(test, irq_chip_set_type_parent(outer, IRQ_TYPE_EDGE_RISING), -ENOSYS);
	KUNIT_EXPECT_EQ(test, irq_chip_set_wake_parent(outer, 1), -ENOSYS);
	KUNIT_EXPECT_EQ(test, irq_chip_request_resources_parent(outer), 0);
	KUNIT_EXPECT_EQ(test, irq_chip_set_parent_state(outer, IRQCHIP_STATE_MASKED, true), 0);
	KUNIT_EXPECT_EQ(test, irq_chip_get_parent_state(outer, IRQCHIP_STATE_MASKED, &state), 0);
	KUNIT_EXPECT_TRUE(test, state);
	KUNIT_EXPECT_EQ(test, irq_chip_retrigger_hierarchy(outer), 0);
}

static void who_skips_wake_is_not_asked(struct kunit *test)
{
	struct irq_chip deaf = able;
	struct stack s;
	struct irq_data *outer = stack_on(&s, &deaf);

	deaf.flags = IRQCHIP_SKIP_SET_WAKE;
	asked = "nothing";
	KUNIT_EXPECT_EQ(test, irq_chip_set_wake_parent(outer, 1), 0);
	KUNIT_EXPECT_STREQ(test, asked, "nothing");
}

static struct kunit_case parent_cases[] = {
	KUNIT_CASE(inner_controller_is_asked),
	KUNIT_CASE(what_it_can_not_do_is_said_or_done_otherwise),
	KUNIT_CASE(who_skips_wake_is_not_asked),
	{}
};

static struct kunit_suite parent_suite = {
	.name = "irq_parent",
	.test_cases = parent_cases,
};
kunit_test_suite(parent_suite);
MODULE_LICENSE("MIT");

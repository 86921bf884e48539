// SPDX-License-Identifier: MIT
/*
 * Interrupts as managed resources (<linux/device/devres.h>): the line is given back when the driver
 * lets go of the device, after what it took later and before what it took earlier. So a handler may
 * use what was there when it was asked for.
 */

#include <linux/device.h>
#include <linux/interrupt.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>

struct claim {
	unsigned int irq;
	void *dev_id;
};

static void claim_release(struct device *dev, void *res)
{
	struct claim *c = res;

	(void)dev;
	free_irq(c->irq, c->dev_id);
}

static int claim_match(struct device *dev, void *res, void *match_data)
{
	struct claim *c = res, *wanted = match_data;

	(void)dev;
	return c->irq == wanted->irq && c->dev_id == wanted->dev_id;
}

/* @ret is what asking for the line said, negative if it failed. Returns it. */
static int keep_or_free(struct device *dev, struct claim *c, int ret)
{
	if (ret < 0)
		devres_free(c);
	else
		devres_add(dev, c);
	return ret;
}

static struct claim *new_claim(unsigned int irq, void *dev_id)
{
	struct claim *c = devres_alloc(claim_release, sizeof(*c), GFP_KERNEL);

	if (c)
		*c = (struct claim){ .irq = irq, .dev_id = dev_id };
	return c;
}

/**
 * devm_request_threaded_irq - request_threaded_irq() for as long as the driver has the device
 * @dev: the device
 * @irq: the line
 * @handler: called in hard irq context; NULL: only wakes the thread
 * @thread_fn: called in a thread; NULL: there is none
 * @irqflags: IRQF_*
 * @devname: for show; must stay valid; NULL: the device's name
 * @dev_id: argument of the handlers
 *
 * devm_free_irq() gives the line back early. Context: may sleep.
 * Return: 0, -ENOMEM, and as request_threaded_irq().
 */
int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread_fn, unsigned long irqflags,
			      const char *devname, void *dev_id)
{
	struct claim *c = new_claim(irq, dev_id);

	if (!c)
		return -ENOMEM;
	return keep_or_free(dev, c, request_threaded_irq(irq, handler, thread_fn, irqflags,
							 devname ?: dev_name(dev), dev_id));
}
EXPORT_SYMBOL(devm_request_threaded_irq);

/**
 * devm_request_any_context_irq - request_any_context_irq() for as long as the driver has the device
 *
 * Parameters as above. Return: IRQC_IS_HARDIRQ or IRQC_IS_NESTED; errors as above.
 */
int devm_request_any_context_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
				 unsigned long irqflags, const char *devname, void *dev_id)
{
	struct claim *c = new_claim(irq, dev_id);

	if (!c)
		return -ENOMEM;
	return keep_or_free(dev, c, request_any_context_irq(irq, handler, irqflags,
							    devname ?: dev_name(dev), dev_id));
}
EXPORT_SYMBOL(devm_request_any_context_irq);

/** devm_free_irq - give back early what these calls gave. May sleep. */
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id)
{
	struct claim wanted = { .irq = irq, .dev_id = dev_id };

	WARN(devres_release(dev, claim_release, claim_match, &wanted),
	     "the device doesn't have irq %u\n", irq);
}
EXPORT_SYMBOL(devm_free_irq);

// SPDX-License-Identifier: MIT
/*
 * A stack of controllers: a line passes through several, each with an irq_data of its own, and a
 * controller whose part of a job is nothing has the next inner one do it. These are the callbacks
 * for that: a chip names them in its struct irq_chip.
 *
 * Context of all: the descriptor's lock is held, but for the resources, which may sleep.
 */
#include <linux/irq.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>

/**
 * irq_chip_enable_parent - for irq_enable(): have the next inner controller do it
 * @data: this level's
 *
 * The parent has the callback, or irq_unmask() in its place.
 */
void irq_chip_enable_parent(struct irq_data *data)
{
	data = data->parent_data;
	if (data->chip->irq_enable)
		data->chip->irq_enable(data);
	else
		data->chip->irq_unmask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_enable_parent);

/**
 * irq_chip_disable_parent - for irq_disable(): the parent's, or else its irq_mask()
 * @data: this level's
 */
void irq_chip_disable_parent(struct irq_data *data)
{
	data = data->parent_data;
	if (data->chip->irq_disable)
		data->chip->irq_disable(data);
	else
		data->chip->irq_mask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_disable_parent);

/**
 * irq_chip_ack_parent - for irq_ack(): the parent's, which must exist
 * @data: this level's
 */
void irq_chip_ack_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_ack(data);
}
EXPORT_SYMBOL_GPL(irq_chip_ack_parent);

/**
 * irq_chip_mask_parent - for irq_mask(): the parent's, which must exist
 * @data: this level's
 */
void irq_chip_mask_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_mask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_mask_parent);

/**
 * irq_chip_unmask_parent - for irq_unmask(): the parent's, which must exist
 * @data: this level's
 */
void irq_chip_unmask_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_unmask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_unmask_parent);

/**
 * irq_chip_eoi_parent - for irq_eoi(): the parent's, which must exist
 * @data: this level's
 */
void irq_chip_eoi_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_eoi(data);
}
EXPORT_SYMBOL_GPL(irq_chip_eoi_parent);

/**
 * irq_chip_set_affinity_parent - for irq_set_affinity(): the parent's
 * @data: this level's
 * @dest: the CPUs asked for
 * @force: also CPUs that are not online
 *
 * Return: the parent's answer, IRQ_SET_MASK_* or an error; -ENOSYS if it has none.
 */
int irq_chip_set_affinity_parent(struct irq_data *data, const struct cpumask *dest, bool force)
{
	data = data->parent_data;
	return data->chip->irq_set_affinity ?
	       data->chip->irq_set_affinity(data, dest, force) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_set_affinity_parent);

/**
 * irq_chip_set_type_parent - for irq_set_type(): the parent's
 * @data: this level's
 * @type: IRQ_TYPE_*
 *
 * Return: the parent's answer, IRQ_SET_MASK_* or an error; -ENOSYS if it has none.
 */
int irq_chip_set_type_parent(struct irq_data *data, unsigned int type)
{
	data = data->parent_data;
	return data->chip->irq_set_type ? data->chip->irq_set_type(data, type) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_set_type_parent);

/**
 * irq_chip_retrigger_hierarchy - for irq_retrigger(): the first controller further in that can
 * @data: this level's
 *
 * Return: what it says: non-zero if it worked; 0 if none can.
 */
int irq_chip_retrigger_hierarchy(struct irq_data *data)
{
	for (data = data->parent_data; data; data = data->parent_data)
		if (data->chip && data->chip->irq_retrigger)
			return data->chip->irq_retrigger(data);
	return 0;
}
EXPORT_SYMBOL_GPL(irq_chip_retrigger_hierarchy);

/**
 * irq_chip_mask_ack_parent - for irq_mask_ack(): the parent's, which must exist
 * @data: this level's
 */
void irq_chip_mask_ack_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_mask_ack(data);
}
EXPORT_SYMBOL_GPL(irq_chip_mask_ack_parent);

/**
 * irq_chip_set_wake_parent - for irq_set_wake(): the parent's
 * @data: this level's
 * @on: shall the line wake the system?
 *
 * Return: the parent's answer; 0 if it wants not to be asked (IRQCHIP_SKIP_SET_WAKE); -ENOSYS if it
 * can't.
 */
int irq_chip_set_wake_parent(struct irq_data *data, unsigned int on)
{
	data = data->parent_data;
	if (data->chip->flags & IRQCHIP_SKIP_SET_WAKE)
		return 0;
	return data->chip->irq_set_wake ? data->chip->irq_set_wake(data, on) : -ENOSYS;
}
EXPORT_SYMBOL_GPL(irq_chip_set_wake_parent);

/**
 * irq_chip_get_parent_state - for irq_get_irqchip_state(): the parent's
 * @data: this level's
 * @which: IRQCHIP_STATE_*
 * @state: the answer; as it was if the parent has none
 *
 * Return: the parent's answer; 0 if it has none.
 */
int irq_chip_get_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	data = data->parent_data;
	if (!data || !data->chip->irq_get_irqchip_state)
		return 0;
	return data->chip->irq_get_irqchip_state(data, which, state);
}
EXPORT_SYMBOL_GPL(irq_chip_get_parent_state);

/**
 * irq_chip_set_parent_state - for irq_set_irqchip_state(): the parent's
 * @data: this level's
 * @which: IRQCHIP_STATE_*
 * @val: what it is to be
 *
 * Return: the parent's answer; 0 if it has none.
 */
int irq_chip_set_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool val)
{
	data = data->parent_data;
	if (!data || !data->chip->irq_set_irqchip_state)
		return 0;
	return data->chip->irq_set_irqchip_state(data, which, val);
}
EXPORT_SYMBOL_GPL(irq_chip_set_parent_state);

/**
 * irq_chip_request_resources_parent - for irq_request_resources(): the parent's
 * @data: this level's
 *
 * Return: the parent's answer; 0 if it needs none.
 */
int irq_chip_request_resources_parent(struct irq_data *data)
{
	data = data->parent_data;
	return data->chip->irq_request_resources ? data->chip->irq_request_resources(data) : 0;
}
EXPORT_SYMBOL_GPL(irq_chip_request_resources_parent);

/**
 * irq_chip_release_resources_parent - for irq_release_resources(): the parent's, if it has one
 * @data: this level's
 */
void irq_chip_release_resources_parent(struct irq_data *data)
{
	data = data->parent_data;
	if (data->chip->irq_release_resources)
		data->chip->irq_release_resources(data);
}
EXPORT_SYMBOL_GPL(irq_chip_release_resources_parent);

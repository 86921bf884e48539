// SPDX-License-Identifier: MIT
/*
 * Platform devices: <linux/platform_device.h>.
 *
 *	/sys/devices/platform/<name>	a device without another parent
 *	/sys/bus/platform		their bus
 *
 * What an allocated device owns, its copies of resources and data among it, goes with its last
 * reference. A device that the caller has as a static struct is the caller's, release() included.
 */
#include <linux/platform_device.h>

#include <linux/err.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

struct device platform_bus = {
	.init_name	= "platform",
};
EXPORT_SYMBOL_GPL(platform_bus);

/* Numbers of devices that wanted one found. */
static DEFINE_IDA(auto_ids);

/* A device that was allocated, with its name. */
struct platform_object {
	struct platform_device pdev;
	char name[];
};

/* ---- making ---- */

static void platform_object_release(struct device *dev)
{
	struct platform_device *pdev = to_platform_device(dev);

	kfree(dev->platform_data);
	kfree(pdev->resource);
	kfree(pdev->driver_override);
	kfree(container_of(pdev, struct platform_object, pdev));
}

/**
 * platform_device_alloc - make a device, not added yet
 * @name: of its kind, copied
 * @id: its number, or PLATFORM_DEVID_*
 *
 * Context: may sleep.
 * Return: the device, for platform_device_put(); NULL.
 */
struct platform_device *platform_device_alloc(const char *name, int id)
{
	struct platform_object *object;

	object = kzalloc(struct_size(object, name, strlen(name) + 1), GFP_KERNEL);
	if (!object)
		return NULL;
	strcpy(object->name, name);
	object->pdev.name = object->name;
	object->pdev.id = id;
	device_initialize(&object->pdev.dev);
	object->pdev.dev.release = platform_object_release;
	return &object->pdev;
}
EXPORT_SYMBOL_GPL(platform_device_alloc);

/**
 * platform_device_add_resources - give a device resources, in place of those it has
 * @pdev: from platform_device_alloc(), not added yet
 * @res: copied; may be NULL
 * @num: how many
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num)
{
	struct resource *copy = NULL;

	if (res) {
		copy = kmemdup_array(res, num, sizeof(*res), GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	}
	kfree(pdev->resource);
	pdev->resource = copy;
	pdev->num_resources = num;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_resources);

/**
 * platform_device_add_data - give a device data for its driver, in place of what it has
 * @pdev: from platform_device_alloc(), not added yet
 * @data: copied; dev_get_platdata() finds it. May be NULL
 * @size: bytes
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size)
{
	void *copy = NULL;

	if (data) {
		copy = kmemdup(data, size, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	}
	kfree(pdev->dev.platform_data);
	pdev->dev.platform_data = copy;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_data);

/* ---- adding ---- */

static int set_name(struct platform_device *pdev)
{
	int id;

	switch (pdev->id) {
	case PLATFORM_DEVID_NONE:
		return dev_set_name(&pdev->dev, "%s", pdev->name);
	case PLATFORM_DEVID_AUTO:
		id = ida_alloc(&auto_ids, GFP_KERNEL);
		if (id < 0)
			return id;
		pdev->id = id;
		pdev->id_auto = true;
		return dev_set_name(&pdev->dev, "%s.%d.auto", pdev->name, id);
	default:
		return dev_set_name(&pdev->dev, "%s.%d", pdev->name, pdev->id);
	}
}

static void give_id_back(struct platform_device *pdev)
{
	if (!pdev->id_auto)
		return;
	ida_free(&auto_ids, pdev->id);
	pdev->id = PLATFORM_DEVID_AUTO;
	pdev->id_auto = false;
}

/* The first @n resources leave the trees of what is taken. */
static void release_resources(struct platform_device *pdev, unsigned int n)
{
	while (n--) {
		if (pdev->resource[n].parent)
			release_resource(&pdev->resource[n]);
	}
}

static struct resource *tree_of(const struct resource *r)
{
	if (r->parent)
		return r->parent;
	if (resource_type(r) == IORESOURCE_MEM)
		return &iomem_resource;
	return resource_type(r) == IORESOURCE_IO ? &ioport_resource : NULL;
}

static int claim_resources(struct platform_device *pdev)
{
	unsigned int i;

	for (i = 0; i < pdev->num_resources; i++) {
		struct resource *r = &pdev->resource[i], *tree = tree_of(r);

		if (!r->name)
			r->name = dev_name(&pdev->dev);
		if (tree && insert_resource(tree, r)) {
			dev_err(&pdev->dev, "failed to claim resource %u: %pR\n", i, r);
			release_resources(pdev, i);
			return -EBUSY;
		}
	}
	return 0;
}

/**
 * platform_device_add - show a device to the world and to the drivers
 * @pdev: initialised, as platform_device_alloc() does
 *
 * Context: may sleep; calls a driver's probe().
 * Return: 0; -EBUSY if somebody has its addresses; -EEXIST if the name is taken; -ENOMEM. Then
 * platform_device_put().
 */
int platform_device_add(struct platform_device *pdev)
{
	int err;

	if (!pdev->dev.parent)
		pdev->dev.parent = &platform_bus;
	pdev->dev.bus = &platform_bus_type;
	err = set_name(pdev);
	if (err)
		goto err_id;
	err = claim_resources(pdev);
	if (err)
		goto err_id;
	err = device_add(&pdev->dev);
	if (err)
		goto err_resources;
	return 0;

err_resources:
	release_resources(pdev, pdev->num_resources);
err_id:
	give_id_back(pdev);
	return err;
}
EXPORT_SYMBOL_GPL(platform_device_add);

/** platform_device_del - undo platform_device_add(), driver first. @pdev may be NULL or an error */
void platform_device_del(struct platform_device *pdev)
{
	if (IS_ERR_OR_NULL(pdev))
		return;
	device_del(&pdev->dev);
	give_id_back(pdev);
	release_resources(pdev, pdev->num_resources);
}
EXPORT_SYMBOL_GPL(platform_device_del);

/** platform_device_put - undo platform_device_alloc(). @pdev may be NULL or an error */
void platform_device_put(struct platform_device *pdev)
{
	if (!IS_ERR_OR_NULL(pdev))
		put_device(&pdev->dev);
}
EXPORT_SYMBOL_GPL(platform_device_put);

/**
 * platform_device_register - initialise a device and add it
 * @pdev: with a name, and a release() of its own if it is not to live for ever
 *
 * Context: may sleep.
 * Return: as platform_device_add().
 */
int platform_device_register(struct platform_device *pdev)
{
	device_initialize(&pdev->dev);
	return platform_device_add(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_register);

/** platform_device_unregister - platform_device_del() and platform_device_put() */
void platform_device_unregister(struct platform_device *pdev)
{
	platform_device_del(pdev);
	platform_device_put(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_unregister);

/** platform_add_devices - platform_device_register() of @num; all or none: 0 or the errno */
int platform_add_devices(struct platform_device **devs, int num)
{
	int i, err = 0;

	for (i = 0; i < num && !err; i++)
		err = platform_device_register(devs[i]);
	if (!err)
		return 0;
	for (i -= 2; i >= 0; i--)
		platform_device_unregister(devs[i]);
	return err;
}
EXPORT_SYMBOL_GPL(platform_add_devices);

/**
 * platform_device_register_full - make and add a device
 * @pdevinfo: what it is to be; copied where it matters
 *
 * Context: may sleep.
 * Return: the device, for platform_device_unregister(); ERR_PTR(-ENOMEM) or what
 * platform_device_add() said.
 */
struct platform_device *platform_device_register_full(const struct platform_device_info *pdevinfo)
{
	struct platform_device *pdev = platform_device_alloc(pdevinfo->name, pdevinfo->id);
	int err;

	if (!pdev)
		return ERR_PTR(-ENOMEM);
	pdev->dev.parent = pdevinfo->parent;
	pdev->dev.fwnode = pdevinfo->fwnode;
	err = platform_device_add_resources(pdev, pdevinfo->res, pdevinfo->num_res);
	err = err ?: platform_device_add_data(pdev, pdevinfo->data, pdevinfo->size_data);
	err = err ?: platform_device_add(pdev);
	if (!err)
		return pdev;
	platform_device_put(pdev);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(platform_device_register_full);

/* ---- what a driver asks ---- */

/** platform_get_resource - the @num'th (from 0) of a kind (IORESOURCE_MEM, ...), or NULL */
struct resource *platform_get_resource(struct platform_device *dev, unsigned int type,
				       unsigned int num)
{
	u32 i;

	for (i = 0; i < dev->num_resources; i++) {
		if (resource_type(&dev->resource[i]) == type && num-- == 0)
			return &dev->resource[i];
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource);

/** platform_get_resource_byname - the resource of a kind and a name, or NULL */
struct resource *platform_get_resource_byname(struct platform_device *dev, unsigned int type,
					      const char *name)
{
	u32 i;

	for (i = 0; i < dev->num_resources; i++) {
		struct resource *r = &dev->resource[i];

		if (r->name && resource_type(r) == type && !strcmp(r->name, name))
			return r;
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource_byname);

static int irq_of(const struct resource *r)
{
	if (!r)
		return -ENXIO;
	return WARN(!r->start, "0 is an invalid IRQ number\n") ? -EINVAL : (int)r->start;
}

/**
 * platform_get_irq_optional - an interrupt that the device may have
 * @dev: the device
 * @num: which, from 0
 *
 * Return: its number, above 0; -ENXIO if there is none; -EINVAL for a 0, which is reported.
 */
int platform_get_irq_optional(struct platform_device *dev, unsigned int num)
{
	return irq_of(platform_get_resource(dev, IORESOURCE_IRQ, num));
}
EXPORT_SYMBOL_GPL(platform_get_irq_optional);

/** platform_get_irq - platform_get_irq_optional() of one that must be there: says so if it isn't */
int platform_get_irq(struct platform_device *dev, unsigned int num)
{
	int irq = platform_get_irq_optional(dev, num);

	if (irq < 0)
		return dev_err_probe(&dev->dev, irq, "IRQ index %u not found\n", num);
	return irq;
}
EXPORT_SYMBOL_GPL(platform_get_irq);

/** platform_get_irq_byname - platform_get_irq() by name */
int platform_get_irq_byname(struct platform_device *dev, const char *name)
{
	int irq = irq_of(platform_get_resource_byname(dev, IORESOURCE_IRQ, name));

	if (irq < 0)
		return dev_err_probe(&dev->dev, irq, "IRQ %s not found\n", name);
	return irq;
}
EXPORT_SYMBOL_GPL(platform_get_irq_byname);

/** platform_irq_count - how many interrupts the device has */
int platform_irq_count(struct platform_device *dev)
{
	int n = 0;

	while (platform_get_resource(dev, IORESOURCE_IRQ, n))
		n++;
	return n;
}
EXPORT_SYMBOL_GPL(platform_irq_count);

/** devm_platform_ioremap_resource - devm_ioremap_resource() of the @index'th memory resource */
void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index)
{
	return devm_ioremap_resource(&pdev->dev,
				     platform_get_resource(pdev, IORESOURCE_MEM, index));
}
EXPORT_SYMBOL_GPL(devm_platform_ioremap_resource);

/* ---- the bus ---- */

/* In a driver's table? Then the row is noted. */
static bool in_table(struct platform_device *pdev, const struct platform_device_id *id)
{
	for (; id->name[0]; id++) {
		if (!strcmp(pdev->name, id->name)) {
			pdev->id_entry = id;
			return true;
		}
	}
	return false;
}

static int platform_match(struct device *dev, const struct device_driver *drv)
{
	const struct platform_driver *pdrv =
		container_of_const(drv, struct platform_driver, driver);
	struct platform_device *pdev = to_platform_device(dev);

	if (pdev->driver_override)
		return !strcmp(pdev->driver_override, drv->name);
	if (pdrv->id_table)
		return in_table(pdev, pdrv->id_table);
	return !strcmp(pdev->name, drv->name);
}

static int platform_probe(struct device *dev)
{
	struct platform_driver *drv = to_platform_driver(dev->driver);
	int err = drv->probe ? drv->probe(to_platform_device(dev)) : 0;

	if (err == -EPROBE_DEFER && drv->prevent_deferred_probe) {
		dev_warn(dev, "probe deferral not supported\n");
		return -ENXIO;
	}
	return err;
}

static void platform_remove(struct device *dev)
{
	struct platform_driver *drv = to_platform_driver(dev->driver);

	if (drv->remove)
		drv->remove(to_platform_device(dev));
}

static ssize_t modalias_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, PLATFORM_MODULE_PREFIX "%s\n", to_platform_device(dev)->name);
}
static DEVICE_ATTR_RO(modalias);

static struct attribute *platform_dev_attrs[] = {
	&dev_attr_modalias.attr,
	NULL,
};
ATTRIBUTE_GROUPS(platform_dev);

const struct bus_type platform_bus_type = {
	.name		= "platform",
	.dev_groups	= platform_dev_groups,
	.match		= platform_match,
	.probe		= platform_probe,
	.remove		= platform_remove,
};
EXPORT_SYMBOL_GPL(platform_bus_type);

/**
 * __platform_driver_register - the function under platform_driver_register()
 * @drv: the driver
 * @owner: its module
 *
 * Context: may sleep; calls probe() for the devices that fit.
 * Return: 0; -EBUSY if the name is taken; -ENOMEM.
 */
int __platform_driver_register(struct platform_driver *drv, struct module *owner)
{
	drv->driver.owner = owner;
	drv->driver.bus = &platform_bus_type;
	return driver_register(&drv->driver);
}
EXPORT_SYMBOL_GPL(__platform_driver_register);

/** platform_driver_unregister - undo platform_driver_register(): its devices lose it */
void platform_driver_unregister(struct platform_driver *drv)
{
	driver_unregister(&drv->driver);
}
EXPORT_SYMBOL_GPL(platform_driver_unregister);

static int __init platform_bus_init(void)
{
	int err = device_register(&platform_bus);

	if (err) {
		put_device(&platform_bus);
		return err;
	}
	err = bus_register(&platform_bus_type);
	if (err)
		device_unregister(&platform_bus);
	return err;
}
postcore_initcall(platform_bus_init);

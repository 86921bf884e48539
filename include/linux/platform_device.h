/* SPDX-License-Identifier: MIT */
#ifndef _PLATFORM_DEVICE_H_
#define _PLATFORM_DEVICE_H_

/*
 * Platform devices: those that no bus can find, so that code says where they are. A device has a
 * name, a number, and resources; it comes together with the driver of its name, or the one that has
 * its name in a table.
 *
 *	pdev = platform_device_alloc("thing", PLATFORM_DEVID_NONE);
 *	platform_device_add_resources(pdev, res, n);
 *	platform_device_add(pdev);			/sys/devices/platform/thing
 *	...
 *	platform_device_unregister(pdev);		platform_device_put() before _add() or when
 *							that has failed
 *
 * drivers/base/platform.c; the document is driver-api/driver-model/platform.rst.
 */

#include <linux/device.h>
#include <linux/ioport.h>
#include <linux/mod_devicetable.h>

#define PLATFORM_DEVID_NONE	(-1)	/* the name is the name alone */
#define PLATFORM_DEVID_AUTO	(-2)	/* a number is found: "name.<n>.auto" */

/**
 * struct platform_device - one device
 * @name: of its kind
 * @id: its number, or PLATFORM_DEVID_*
 * @id_auto: the number was found
 * @dev: the device
 * @num_resources: how many
 * @resource: where it is, which interrupts it raises
 * @id_entry: the row of the driver's table that fits
 * @driver_override: the only driver that may have it, or NULL
 */
struct platform_device {
	const char *name;
	int id;
	bool id_auto;
	struct device dev;
	u32 num_resources;
	struct resource *resource;
	const struct platform_device_id *id_entry;
	const char *driver_override;
};

/**
 * struct platform_driver - a driver
 * @probe: take this device: as struct device_driver's
 * @remove: let go of it
 * @remove_new: its name for a while
 * @driver: name and the rest; bus, probe and remove are platform.c's
 * @id_table: names of devices; NULL: the driver's own name
 * @prevent_deferred_probe: -EPROBE_DEFER is a no
 */
struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	union {
		void (*remove)(struct platform_device *pdev);
		void (*remove_new)(struct platform_device *pdev);
	};
	struct device_driver driver;
	const struct platform_device_id *id_table;
	bool prevent_deferred_probe;
};

/* What platform_device_register_full() is to make; see struct platform_device. */
struct platform_device_info {
	struct device *parent;
	struct fwnode_handle *fwnode;
	const char *name;
	int id;
	const struct resource *res;
	unsigned int num_res;
	const void *data;
	size_t size_data;
};

#define to_platform_device(x)	container_of((x), struct platform_device, dev)
#define to_platform_driver(drv)	container_of((drv), struct platform_driver, driver)
#define platform_get_device_id(pdev)	((pdev)->id_entry)
#define dev_is_platform(dev)	((dev)->bus == &platform_bus_type)

extern const struct bus_type platform_bus_type;
extern struct device platform_bus;

struct platform_device *platform_device_alloc(const char *name, int id);
int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num);
int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size);
int platform_device_add(struct platform_device *pdev);
void platform_device_del(struct platform_device *pdev);
void platform_device_put(struct platform_device *pdev);
int platform_device_register(struct platform_device *pdev);
void platform_device_unregister(struct platform_device *pdev);
int platform_add_devices(struct platform_device **devs, int num);
struct platform_device *platform_device_register_full(const struct platform_device_info *pdevinfo);

/**
 * platform_device_register_resndata - make and add a device with resources and data
 * @parent: NULL: platform_bus
 * @name: of its kind
 * @id: its number, or PLATFORM_DEVID_*
 * @res: copied
 * @num: of @res
 * @data: for its driver, copied; NULL
 * @size: of @data, bytes
 *
 * Context: may sleep.
 * Return: the device, for platform_device_unregister(); ERR_PTR of platform_device_add()'s errno.
 */
static inline struct platform_device *
platform_device_register_resndata(struct device *parent, const char *name, int id,
				  const struct resource *res, unsigned int num,
				  const void *data, size_t size)
{
	const struct platform_device_info info = {
		.parent = parent, .name = name, .id = id, .res = res, .num_res = num,
		.data = data, .size_data = size,
	};

	return platform_device_register_full(&info);
}

/** platform_device_register_simple - platform_device_register_resndata() without parent and data */
static inline struct platform_device *
platform_device_register_simple(const char *name, int id, const struct resource *res,
				unsigned int num)
{
	return platform_device_register_resndata(NULL, name, id, res, num, NULL, 0);
}

/** platform_device_register_data - platform_device_register_resndata() without resources */
static inline struct platform_device *
platform_device_register_data(struct device *parent, const char *name, int id, const void *data,
			      size_t size)
{
	return platform_device_register_resndata(parent, name, id, NULL, 0, data, size);
}

struct resource *platform_get_resource(struct platform_device *dev, unsigned int type,
				       unsigned int num);
struct resource *platform_get_resource_byname(struct platform_device *dev, unsigned int type,
					      const char *name);
int platform_get_irq(struct platform_device *dev, unsigned int num);
int platform_get_irq_optional(struct platform_device *dev, unsigned int num);
int platform_get_irq_byname(struct platform_device *dev, const char *name);
int platform_irq_count(struct platform_device *dev);
void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index);

/** platform_get_drvdata - what the driver keeps with the device */
static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

/** platform_set_drvdata - let the driver's data be kept with the device */
static inline void platform_set_drvdata(struct platform_device *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

#define platform_driver_register(drv)	__platform_driver_register(drv, THIS_MODULE)
int __platform_driver_register(struct platform_driver *drv, struct module *owner);
void platform_driver_unregister(struct platform_driver *drv);

#define module_platform_driver(__platform_driver) \
	module_driver(__platform_driver, platform_driver_register, platform_driver_unregister)
#define builtin_platform_driver(__platform_driver) \
	builtin_driver(__platform_driver, platform_driver_register)

#endif /* _PLATFORM_DEVICE_H_ */

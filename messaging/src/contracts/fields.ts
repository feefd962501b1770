import { z } from 'zod';

/** An order's id: a UUID (version 7 when Holdfast made it). */
export const orderId = z.uuid();
/** A stock keeping unit: 1 to 200 characters. */
export const sku = z.string().min(1).max(200);
/** Units of one SKU in one order: 1 to 1,000,000. */
export const quantity = z.int().min(1).max(1_000_000);
/** An aggregate's version after a change, counted from 1. */
export const versionNumber = z.int().min(1);
/** ISO 3166-1 alpha-2. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/);
/** An amount of money as a decimal string, so that no float ever holds it. */
export const decimalAmount = z.string().regex(/^\d+(\.\d+)?$/);
/** An instant in UTC, ISO 8601 with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 });

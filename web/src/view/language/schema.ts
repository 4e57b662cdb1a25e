/** JSON Schema (draft 7) for `condition.schema`: checks a value without generating code, so that a strict CSP holds. */

import { isEqual, isObject } from "./json";

type Schema = Record<string, unknown>;
type Rule = (value: unknown, argument: unknown, schema: Schema) => boolean;

const FORMATS: Record<string, RegExp> = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  url: /^[a-z][a-z0-9+.-]*:\S+$/i,
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^\d{2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$/i,
  "date-time": /^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})?$/i,
  uuid: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  ipv4: /^(\d{1,3}\.){3}\d{1,3}$/,
};

const RULES: Record<string, Rule> = {
  type: (value, types) => (Array.isArray(types) ? types : [types]).some((type) => hasType(value, String(type))),
  enum: (value, options) => (options as unknown[]).some((option) => isEqual(option, value)),
  const: (value, expected) => isEqual(value, expected),
  minLength: ifText((text, limit) => [...text].length >= Number(limit)),
  maxLength: ifText((text, limit) => [...text].length <= Number(limit)),
  pattern: ifText((text, pattern) => toPattern(String(pattern)).test(text)),
  format: ifText((text, format) => FORMATS[String(format)]?.test(text) ?? true),
  minimum: ifNumber((number, limit) => number >= limit),
  maximum: ifNumber((number, limit) => number <= limit),
  exclusiveMinimum: ifNumber((number, limit) => number > limit),
  exclusiveMaximum: ifNumber((number, limit) => number < limit),
  multipleOf: ifNumber((number, factor) => Math.abs(number / factor - Math.round(number / factor)) < 1e-9),
  minItems: ifArray((items, limit) => items.length >= Number(limit)),
  maxItems: ifArray((items, limit) => items.length <= Number(limit)),
  uniqueItems: ifArray((items, unique) => !unique || items.every((item, i) => items.findIndex((o) => isEqual(o, item)) === i)),
  contains: ifArray((items, schema) => items.some((item) => matchesSchema(item, schema))),
  items: ifArray((items, schemas, schema) =>
    items.every((item, index) =>
      Array.isArray(schemas)
        ? matchesSchema(item, index < schemas.length ? schemas[index] : (schema.additionalItems ?? true))
        : matchesSchema(item, schemas),
    ),
  ),
  required: ifRecord((record, keys) => (keys as string[]).every((key) => record[key] !== undefined)),
  minProperties: ifRecord((record, limit) => Object.keys(record).length >= Number(limit)),
  maxProperties: ifRecord((record, limit) => Object.keys(record).length <= Number(limit)),
  propertyNames: ifRecord((record, schema) => Object.keys(record).every((key) => matchesSchema(key, schema))),
  properties: ifRecord((record, schemas) =>
    Object.entries(schemas as Schema).every(([key, schema]) => !(key in record) || matchesSchema(record[key], schema)),
  ),
  patternProperties: ifRecord((record, schemas) =>
    Object.entries(schemas as Schema).every(([pattern, schema]) =>
      Object.keys(record).every((key) => !toPattern(pattern).test(key) || matchesSchema(record[key], schema)),
    ),
  ),
  additionalProperties: ifRecord((record, schema, parent) =>
    Object.keys(record)
      .filter((key) => !isDeclared(key, parent))
      .every((key) => matchesSchema(record[key], schema)),
  ),
  allOf: (value, schemas) => (schemas as unknown[]).every((schema) => matchesSchema(value, schema)),
  anyOf: (value, schemas) => (schemas as unknown[]).some((schema) => matchesSchema(value, schema)),
  oneOf: (value, schemas) => (schemas as unknown[]).filter((schema) => matchesSchema(value, schema)).length === 1,
  not: (value, schema) => !matchesSchema(value, schema),
  if: (value, schema, parent) => matchesSchema(value, (matchesSchema(value, schema) ? parent.then : parent.else) ?? true),
};

/** Whether a value matches a JSON schema; an absent value has no type, so it matches no schema that names one. */
export function matchesSchema(value: unknown, schema: unknown): boolean {
  if (typeof schema === "boolean") return schema;
  if (!isObject(schema)) return true;
  return Object.entries(schema).every(([keyword, argument]) => RULES[keyword]?.(value, argument, schema) ?? true);
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type && value !== undefined;
  }
}

function isDeclared(key: string, schema: Schema): boolean {
  const patterns = Object.keys((schema.patternProperties as Schema | undefined) ?? {});
  return Object.hasOwn((schema.properties as Schema | undefined) ?? {}, key) || patterns.some((p) => toPattern(p).test(key));
}

function toPattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    // Patterns written for other engines escape more than the unicode mode allows.
    return new RegExp(pattern);
  }
}

function ifText(rule: (text: string, argument: unknown) => boolean): Rule {
  return (value, argument) => typeof value !== "string" || rule(value, argument);
}

function ifNumber(rule: (number: number, argument: number) => boolean): Rule {
  return (value, argument) => typeof value !== "number" || rule(value, Number(argument));
}

function ifArray(rule: (items: unknown[], argument: unknown, schema: Schema) => boolean): Rule {
  return (value, argument, schema) => !Array.isArray(value) || rule(value, argument, schema);
}

function ifRecord(rule: (record: Schema, argument: unknown, schema: Schema) => boolean): Rule {
  return (value, argument, schema) => !isObject(value) || rule(value, argument, schema);
}

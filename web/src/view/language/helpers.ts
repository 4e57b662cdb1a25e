/** Helpers: small functions of the language, computed from their evaluated properties. */

import type { Node } from "./config";
import type { Evaluate } from "./evaluate";
import { isEqual, isObject, toText } from "./json";
import type { Scope } from "./scope";

type Helper = (node: Node, scope: Scope, evaluate: Evaluate) => unknown;

const SEARCH_URLS: Record<string, string> = {
  yandex: "https://yandex.ru/search/?text=",
  "yandex/images": "https://yandex.ru/images/search?text=",
  "yandex/video": "https://yandex.ru/video/search?text=",
  "yandex/news": "https://news.yandex.ru/yandsearch?text=",
  "yandex/collections": "https://yandex.ru/collections/search/?text=",
  google: "https://www.google.com/search?q=",
  "google/images": "https://www.google.com/search?tbm=isch&q=",
  "google/news": "https://news.google.com/search?q=",
  bing: "https://www.bing.com/search?q=",
  "mail.ru": "https://go.mail.ru/search?q=",
  wikipedia: "https://wikipedia.org/w/index.php?search=",
};

export const HELPERS: Record<string, Helper> = {
  "helper.if": (node, scope, evaluate) => evaluate(evaluate(node.condition, scope) ? node.then : node.else, scope),
  "helper.switch": chooseCase,
  "helper.join": (node, scope, evaluate) => {
    const items = toArray(evaluate(node.items, scope)).filter((item) => item !== undefined && item !== null);
    return items.map(toText).join(toText(evaluate(node.by, scope)));
  },
  "helper.replace": (node, scope, evaluate) => {
    const text = evaluate(node.data, scope);
    const find = toText(evaluate(node.find, scope));
    return typeof text === "string" && find !== "" ? text.replaceAll(find, () => toText(evaluate(node.replace, scope))) : text;
  },
  "helper.concat-arrays": (node, scope, evaluate) =>
    toArray(evaluate(node.items, scope)).flatMap((item) => (item === undefined ? [] : toArray(item))),
  "helper.transform": (node, scope, evaluate) =>
    toArray(evaluate(node.items, scope)).map((item, index) =>
      evaluate(node.into, scope.forItem(node, index, item, isEqual)),
    ),
  "helper.text-transform": (node, scope, evaluate) =>
    transformText(evaluate(node.data, scope), toText(evaluate(node.transformation, scope))),
  "helper.entries2object": (node, scope, evaluate) =>
    Object.fromEntries(
      toArray(evaluate(node.entries, scope))
        .filter(isObject)
        .map((entry) => [toText(entry.key), entry.value]),
    ),
  "helper.object2entries": (node, scope, evaluate) => {
    const value = evaluate(node.data, scope);
    return isObject(value) ? Object.entries(value).map(([key, item]) => ({ key, value: item })) : [];
  },
  "helper.search-query": (node, scope, evaluate) => {
    const engine = toText(evaluate(node.engine, scope)) || "yandex";
    return (SEARCH_URLS[engine] ?? SEARCH_URLS.google) + encodeURIComponent(toText(evaluate(node.query, scope)));
  },
  "helper.translate": (node, scope, evaluate) => {
    const key = toText(evaluate(node.key, scope));
    return scope.task.suite.services.translations[key] ?? key;
  },
  // The server proxies files itself, so the path is a name for `resolveMedia`.
  "helper.proxy": (node, scope, evaluate) => evaluate(node.path, scope),
};

function chooseCase(node: Node, scope: Scope, evaluate: Evaluate): unknown {
  const cases = toArray(node.cases).filter(isObject);
  const chosen = cases.find((candidate) => evaluate(candidate.condition, scope));
  return evaluate(chosen ? chosen.result : node.default, scope);
}

function transformText(value: unknown, transformation: string): unknown {
  if (typeof value !== "string") return value;
  switch (transformation) {
    case "uppercase":
      return value.toLocaleUpperCase();
    case "lowercase":
      return value.toLocaleLowerCase();
    case "capitalize":
      return value.charAt(0).toLocaleUpperCase() + value.slice(1);
    default:
      return value;
  }
}

function toArray(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The worker's own keys: what a page of keys lists, and what happens when a key is given to something else. */

import { beforeEach, describe, expect, it } from "vitest";

import type { Hotkey } from "../src/view";
import { pressedKey } from "../src/view/state/hotkeys";
import { type OwnKeys, USUAL_KEYS, assignKey, findOwnKeys, keepOwnKeys, listKeys, pageActionOf } from "../src/worker/own-keys";

const LABELS = { instruction: "Instruction", undo: "Undo" };
const NAMES = ["1", "2"];

/** The keys of a view whose config names these keys. */
function hotkeys(keys: OwnKeys, names: readonly string[] = NAMES): Hotkey[] {
  return names.map((name) => ({ name, key: pressedKey(name, keys.tasks), label: name }));
}

const rows = (keys: OwnKeys, names?: readonly string[]) => listKeys(hotkeys(keys, names), keys, LABELS);
const shown = (keys: OwnKeys, names?: readonly string[]) => rows(keys, names).map(({ key }) => key);
const assign = (keys: OwnKeys, id: string, key: string) => assignKey(keys, rows(keys), id, key);

describe("own keys", () => {
  it.each<[string, string, string, (string | null)[]]>([
    ["a free key", "task:1", "j", ["j", "2", "i", "u"]],
    ["the key of another answer: they swap", "task:1", "2", ["2", "1", "i", "u"]],
    ["the key of the page: they swap", "task:1", "u", ["u", "2", "i", "1"]],
    ["a key of the page for another", "page:undo", "z", ["1", "2", "i", "z"]],
    ["its own key", "task:1", "1", ["1", "2", "i", "u"]],
  ])("%s", (_, id, key, expected) => expect(shown(assign(USUAL_KEYS, id, key))).toEqual(expected));

  it("given back are the usual ones again", () => {
    expect(assign(assign(USUAL_KEYS, "task:1", "2"), "task:1", "1")).toEqual(USUAL_KEYS);
  });

  it("never mean two things, whatever is assigned in whatever order", () => {
    const ids = ["task:1", "task:2", "page:undo", "page:instruction"];
    let keys: OwnKeys = USUAL_KEYS;
    for (let round = 0; round < 200; round += 1) {
      keys = assign(keys, ids[round % ids.length] ?? "", "12iuz"[(round * 7) % 5] ?? "");
      const used = shown(keys);
      expect(new Set(used).size, JSON.stringify(keys)).toBe(ids.length);
      expect(used).not.toContain(null);
    }
  });

  it("that other work gave away are free here, and there they show as missing", () => {
    const elsewhere = assignKey(USUAL_KEYS, rows(USUAL_KEYS, ["5"]), "task:5", "k");
    const keys = assign(elsewhere, "task:1", "k");
    expect(shown(keys)).toEqual(["k", "2", "i", "u"]);
    expect(shown(keys, ["5"])).toEqual(["5", "i", "u"]);
    expect(shown(elsewhere, ["k"])).toEqual([null, "i", "u"]);
  });

  it("of a task come before those of the page", () => {
    const [, undo] = rows(USUAL_KEYS, ["u"]).filter((row) => row.id.startsWith("page:"));
    expect(undo?.key).toBeNull();
  });

  it("name what the page does", () => {
    expect(pageActionOf("u", USUAL_KEYS)).toBe("undo");
    expect(pageActionOf("u", assign(USUAL_KEYS, "page:undo", "z"))).toBeUndefined();
    expect(pageActionOf("z", assign(USUAL_KEYS, "page:undo", "z"))).toBe("undo");
  });
});

describe("own keys on a device", () => {
  beforeEach(() => localStorage.clear());

  it("belong to a worker", () => {
    const keys = assign(USUAL_KEYS, "task:1", "j");
    keepOwnKeys("ann", keys);
    expect(findOwnKeys("ann")).toEqual(keys);
    expect(findOwnKeys("bob")).toBe(USUAL_KEYS);
  });
});

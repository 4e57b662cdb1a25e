import { cleanup, configure } from "@testing-library/preact";
import { afterEach, vi } from "vitest";

afterEach(cleanup);

// What ends as soon as it has happened may wait for long: a busy machine fails no test.
configure({ asyncUtilTimeout: 60_000 });

// What jsdom lacks: players neither play nor load, dialogs do not open, objects have no addresses.
HTMLMediaElement.prototype.play = vi.fn(async function play(this: HTMLMediaElement) {
  Object.defineProperty(this, "paused", { value: false, configurable: true });
  this.dispatchEvent(new Event("play"));
});
HTMLMediaElement.prototype.pause = vi.fn(function pause(this: HTMLMediaElement) {
  Object.defineProperty(this, "paused", { value: true, configurable: true });
  this.dispatchEvent(new Event("pause"));
});
HTMLMediaElement.prototype.load = vi.fn();
HTMLDialogElement.prototype.showModal = vi.fn(function showModal(this: HTMLDialogElement) {
  this.open = true;
});
HTMLDialogElement.prototype.close = vi.fn(function close(this: HTMLDialogElement) {
  this.open = false;
});
URL.createObjectURL = vi.fn(() => "blob:local");
URL.revokeObjectURL = vi.fn();

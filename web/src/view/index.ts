/**
 * The renderer of the view language.
 *
 * In: a Template Builder config, the tasks of a suite and drafts of their outputs. Out: outputs, validity and events.
 * It never talks to a server: uploads and media addresses are hooks of the page around it.
 */

import "../design/design.css";
import "./view.css";

export { Icon } from "./Icon";
export { Markdown, SafeHtml } from "./SafeHtml";
export { TaskSuite } from "./TaskSuite";
export type { TaskSuiteHandle, TaskSuiteProps, Validity } from "./TaskSuite";
export type { Json, JsonObject } from "./language/json";
export { renderTaskSuite } from "./render";
export type { RenderedTaskSuite } from "./render";
export { mediaOfTask } from "./prefetch";
export { keyOfEvent } from "./state/hotkeys";
export type { Hotkey, KeyMap } from "./state/hotkeys";
export type { Coordinates, FindFile, ResolveMedia, StoredFile, Upload, UploadOptions } from "./state/services";
export type { Task, Validation, ValidationError } from "./state/suite-state";
export { ENGLISH, loadTexts } from "./texts";
export type { TextKey, Texts } from "./texts";

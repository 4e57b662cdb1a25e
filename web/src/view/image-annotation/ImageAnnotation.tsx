/** Marking objects on an image with points, rectangles and polygons. */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";

import "./image-annotation.css";
import { Icon, type IconName } from "../Icon";
import { optionsOf } from "../fields/choice";
import { KeyMapContext } from "../key-map";
import { isEqual, isObject } from "../language/json";
import { type ImageAnnotationKeys, imageAnnotationKeys } from "../language/plugins";
import { sizeOf, useMediaAddress } from "../media";
import { pressedKey } from "../state/hotkeys";
import type { Instance } from "../state/instance";
import type { KeyWidget } from "../state/task-state";
import type { TextKey } from "../texts";
import { Editor, type Mode } from "./editor";
import { Stage, ZOOM_STEP, zoomTo } from "./Stage";
import type { ShapeKind } from "./shapes";

const KINDS: readonly ShapeKind[] = ["point", "rectangle", "polygon"];

/** How many label colours the style sheet has. */
const COLOR_COUNT = 8;

const HINTS: Readonly<Record<Mode, TextKey>> = {
  select: "image.hintSelect",
  point: "image.hintPoint",
  rectangle: "image.hintRectangle",
  polygon: "image.hintPolygon",
};

export function ImageAnnotation({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const url = instance.text("image");
  const { src, hasFailed } = useMediaAddress(instance, url);
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  const isDisabled = instance.isDisabled();
  instance.isEditable = !isDisabled;
  const editor = useMemo(() => createEditor(instance), [instance]);
  const keys = useMemo(() => imageAnnotationKeys(suite.config), [suite]);
  const zoom = useSignal(1);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (isDisabled ? undefined : listen(instance, editor, keys)), [instance, editor, keys, isDisabled]);

  if (hasFailed || brokenUrl === url) {
    return (
      <div class="mh-placeholder">
        <p>{suite.t("media.imageFailed")}</p>
        <button type="button" class="mh-button mh-button-small" onClick={() => setBrokenUrl(null)}>
          {suite.t("error.retry")}
        </button>
      </div>
    );
  }
  const position = (label: unknown) => editor.labels.findIndex((candidate) => isEqual(candidate.value, label));
  const colorOf = (label: unknown) => Math.max(position(label), 0) % COLOR_COUNT;
  const nameOf = (label: unknown) => editor.labels[position(label)]?.label ?? "";
  const size = sizeOf(instance);
  const zoomBy = (factor: number) => zoomTo(zoom.value * factor, zoom, root.current?.querySelector<HTMLElement>(".mh-stage-viewport") ?? null);
  return (
    <div ref={root} class="mh-annotation">
      {!isDisabled && <Toolbar instance={instance} editor={editor} keys={keys} />}
      {src !== null && (
        <Stage
          editor={editor}
          src={src}
          name={suite.t("image.canvas")}
          isDisabled={isDisabled}
          zoom={zoom}
          class={size.class}
          style={size.style}
          colorOf={colorOf}
          nameOf={nameOf}
          onError={() => setBrokenUrl(url)}
        />
      )}
      <div class="mh-annotation-bar">
        {!isDisabled && <p class="mh-annotation-hint">{suite.t(HINTS[editor.mode.value])}</p>}
        <div class="mh-zoom" role="group">
          <Tool icon="minus" label={suite.t("image.zoomOut")} isDisabled={zoom.value <= 1} onClick={() => zoomBy(1 / ZOOM_STEP)} />
          <button type="button" class="mh-tool mh-zoom-level" title={suite.t("image.zoomFit")} onClick={() => zoomBy(0)}>
            {`${Math.round(zoom.value * 100)} %`}
          </button>
          <Tool icon="plus" label={suite.t("image.zoomIn")} onClick={() => zoomBy(ZOOM_STEP)} />
        </div>
      </div>
      <ShapeList instance={instance} editor={editor} isDisabled={isDisabled} colorOf={colorOf} nameOf={nameOf} />
    </div>
  );
}

function Toolbar({ instance, editor, keys }: { instance: Instance; editor: Editor; keys: ImageAnnotationKeys }): VNode {
  const { suite } = instance.task;
  const keyMap = useContext(KeyMapContext);
  const badge = (name: string | undefined) => {
    const key = name && pressedKey(name, keyMap);
    return key && <kbd class="mh-key">{key.toUpperCase()}</kbd>;
  };
  const isDrawing = editor.draft.value.length > 0;
  return (
    <div class="mh-annotation-tools">
      <div class="mh-segments" role="group" aria-label={suite.t("image.tools")}>
        {editor.modes.map((mode) => (
          <button key={mode} type="button" class="mh-segment" aria-pressed={editor.mode.value === mode} onClick={() => editor.setMode(mode)}>
            <Icon name={mode} />
            <span>{suite.t(`image.${mode}`)}</span>
            {badge(keys.modes[mode])}
          </button>
        ))}
      </div>
      {editor.labels.length > 0 && (
        <div class="mh-labels" role="group" aria-label={suite.t("image.labels")}>
          {editor.labels.map((label, index) => (
            <button
              key={index}
              type="button"
              class={`mh-label-chip mh-color-${index % COLOR_COUNT}`}
              aria-pressed={isEqual(editor.label.value, label.value)}
              onClick={() => editor.setLabel(label.value)}
            >
              <i aria-hidden="true" />
              {label.label}
              {badge(keys.labels[index])}
            </button>
          ))}
        </div>
      )}
      <div class="mh-annotation-actions" role="group">
        <Tool icon="check" label={suite.t("image.confirm")} isDisabled={!isDrawing} onClick={() => editor.confirm()} />
        <Tool icon="close" label={suite.t("image.cancel")} isDisabled={!isDrawing && editor.selected.value === null} onClick={() => editor.cancel()} />
        <Tool icon="undo" label={suite.t("image.undo")} isDisabled={!isDrawing && !editor.canUndo.value} onClick={() => editor.undo()} />
        <Tool icon="redo" label={suite.t("image.redo")} isDisabled={!editor.canRedo.value} onClick={() => editor.redo()} />
        <Tool icon="trash" label={suite.t("image.delete")} isDisabled={editor.selected.value === null} onClick={() => editor.remove()} />
      </div>
    </div>
  );
}

interface ShapeListProps {
  readonly instance: Instance;
  readonly editor: Editor;
  readonly isDisabled: boolean;
  readonly colorOf: (label: unknown) => number;
  readonly nameOf: (label: unknown) => string;
}

function ShapeList({ instance, editor, isDisabled, colorOf, nameOf }: ShapeListProps): VNode {
  const { suite } = instance.task;
  const shapes = editor.shapes.value;
  if (shapes.length === 0) return <p class="mh-annotation-none">{suite.t("image.none")}</p>;
  return (
    <ol class="mh-shape-list" aria-label={suite.t("image.shapes")}>
      {shapes.map((shape, index) => {
        const name = nameOf(shape.label) || suite.t(`image.${shape.shape}`);
        return (
          <li key={index} class={`mh-shape-item mh-color-${colorOf(shape.label)}`}>
            <button
              type="button"
              class="mh-shape-button"
              disabled={isDisabled}
              aria-pressed={editor.selected.value === index}
              onClick={() => editor.select(index)}
            >
              <i aria-hidden="true" />
              {suite.t("image.shape", { number: index + 1, shape: name })}
            </button>
            {!isDisabled && <Tool icon="close" label={suite.t("file.remove", { name: `${index + 1}` })} onClick={() => editor.remove(index)} />}
          </li>
        );
      })}
    </ol>
  );
}

function Tool({ icon, label, isDisabled, onClick }: { icon: IconName; label: string; isDisabled?: boolean; onClick: () => unknown }): VNode {
  return (
    <button type="button" class="mh-tool" aria-label={label} title={label} disabled={isDisabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function createEditor(instance: Instance): Editor {
  const asked = instance.get("shapes");
  const chosen = isObject(asked) ? KINDS.filter((kind) => asked[kind] === true) : [];
  const modes: Mode[] = ["select", ...(chosen.length > 0 ? chosen : KINDS)];
  return new Editor(() => instance.value(), (shapes) => instance.setValue(shapes), modes, optionsOf({ get: () => instance.get("labels") }));
}

/** Listen to the keys of the tool while its task is the active one. */
function listen(instance: Instance, editor: Editor, keys: ImageAnnotationKeys): () => void {
  const press = (key: string): boolean => {
    const mode = editor.modes.find((candidate) => keys.modes[candidate] === key);
    const label = editor.labels[keys.labels.indexOf(key)];
    if (mode) editor.setMode(mode);
    else if (label) editor.setLabel(label.value);
    else if (key === keys.confirm) return editor.confirm();
    else if (key === keys.cancel) return editor.cancel();
    else return false;
    return true;
  };
  const { suite } = instance.task;
  const widget: KeyWidget = {
    press,
    list: () => [
      ...editor.modes.map((mode) => ({ name: keys.modes[mode], label: suite.t(`image.${mode}`) })),
      ...editor.labels.slice(0, keys.labels.length).map(({ label }, i) => ({ name: keys.labels[i] ?? "", label })),
      { name: keys.confirm, label: suite.t("image.confirm") },
      { name: keys.cancel, label: suite.t("image.cancel") },
    ],
    takeBack: () => editor.takeBack(),
  };
  instance.task.keyWidgets.add(widget);
  return () => instance.task.keyWidgets.delete(widget);
}

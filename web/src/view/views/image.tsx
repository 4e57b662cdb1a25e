/** Images: shown in the width of the task, turned, and opened larger. */

import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";

import { Icon } from "../Icon";
import { sizeOf, useMediaAddress } from "../media";
import type { Instance } from "../state/instance";

export function ImageView({ instance }: { instance: Instance }): VNode {
  const { suite } = instance.task;
  const url = instance.text("url");
  const { src, hasFailed } = useMediaAddress(instance, url);
  const [turns, setTurns] = useState(0);
  const [shape, setShape] = useState<number | null>(null);
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const size = sizeOf(instance);

  instance.handles.rotate = (direction) => setTurns((count) => (count + (direction === "left" ? 3 : 1)) % 4);
  instance.handles.toggleOpen = () => (dialog.current?.open ? dialog.current.close() : dialog.current?.showModal?.());

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
  const isPopup = instance.node.popup === undefined || instance.flag("popup");
  const isSideways = turns % 2 === 1;
  const image = src !== null && (
    <img
      src={src}
      alt={instance.text("label") || suite.t("media.image")}
      loading={instance.flag("noLazyLoad") ? "eager" : "lazy"}
      class={isPopup ? `mh-turn-${turns} mh-zoomable` : `mh-turn-${turns}`}
      onClick={isPopup ? () => instance.handles.toggleOpen?.() : undefined}
      onLoad={(event) => setShape(event.currentTarget.naturalHeight / event.currentTarget.naturalWidth)}
      onError={() => setBrokenUrl(url)}
    />
  );
  const classes = ["mh-image", size.class, instance.flag("noBorder") ? "" : "mh-bordered", instance.flag("scrollable") ? "mh-scrollable" : ""];
  return (
    <div
      class={classes.filter(Boolean).join(" ")}
      style={size.style}
      tabIndex={instance.flag("scrollable") ? 0 : undefined}
    >
      <div class={isSideways ? "mh-image-stage mh-sideways" : "mh-image-stage"} style={isSideways && shape ? { aspectRatio: String(shape) } : {}}>
        {image}
      </div>
      <div class="mh-image-tools">
        {instance.flag("rotatable") && (
          <>
            <ToolButton name="rotate-left" label={suite.t("media.rotateLeft")} onClick={() => instance.handles.rotate?.("left")} />
            <ToolButton name="rotate-right" label={suite.t("media.rotateRight")} onClick={() => instance.handles.rotate?.("right")} />
          </>
        )}
        {isPopup && <ToolButton name="expand" label={suite.t("media.open")} onClick={() => instance.handles.toggleOpen?.()} />}
      </div>
      <dialog ref={dialog} class="mh-lightbox" aria-label={suite.t("media.image")} onClick={() => dialog.current?.close()}>
        {src !== null && <img src={src} alt={instance.text("label") || suite.t("media.image")} loading="lazy" class={`mh-turn-${turns}`} />}
        <ToolButton name="close" label={suite.t("media.close")} onClick={() => dialog.current?.close()} />
      </dialog>
    </div>
  );
}

function ToolButton({ name, label, onClick }: { name: "rotate-left" | "rotate-right" | "expand" | "close"; label: string; onClick: () => void }): VNode {
  return (
    <button type="button" class="mh-tool" aria-label={label} title={label} onClick={onClick}>
      <Icon name={name} />
    </button>
  );
}

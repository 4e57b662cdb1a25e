/** A dialog over the page; Escape and the button close it. */

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, closeLabel, onClose, children }: DialogProps): VNode {
  const element = useRef<HTMLDialogElement>(null);
  const isOver = useRef(false);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // Gives the focus back to where it was.
    return () => dialog?.close();
  }, []);
  // Told at once and once: the browser tells later that a dialog is closed, when the same one may be open again.
  const leave = () => {
    if (!isOver.current) onClose();
    isOver.current = true;
  };
  return (
    <dialog ref={element} class="site-dialog" aria-labelledby={titleId} onCancel={(event) => (event.preventDefault(), leave())} onClose={leave}>
      <header>
        <h2 id={titleId}>{title}</h2>
        <button type="button" class="mh-button mh-button-small" onClick={leave}>
          {closeLabel}
        </button>
      </header>
      <div class="site-dialog-body" tabIndex={0}>{children}</div>
    </dialog>
  );
}

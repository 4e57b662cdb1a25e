/** Links, embedded pages and buttons that act. */

import type { VNode } from "preact";

import { checkAction, runAction } from "../language/actions";
import { isObject, toText } from "../language/json";
import { sizeOf, useMediaAddress } from "../media";
import { toSafeLink } from "../safe-url";
import type { Instance } from "../state/instance";

export function LinkView({ instance }: { instance: Instance }): VNode {
  const url = instance.text("url");
  return <SafeLink instance={instance} url={url} text={instance.text("content") || url} />;
}

export function LinkGroup({ instance }: { instance: Instance }): VNode {
  const links = instance.get("links");
  return (
    <ul class="mh-link-group">
      {(Array.isArray(links) ? links : []).filter(isObject).map((link, index) => (
        <li key={index}>
          <SafeLink
            instance={instance}
            url={toText(link.url)}
            text={toText(link.content) || toText(link.url)}
            class={link.theme === "primary" ? "mh-button mh-button-primary" : "mh-button"}
          />
        </li>
      ))}
    </ul>
  );
}

function SafeLink({ instance, url, text, ...rest }: { instance: Instance; url: string; text: string; class?: string }): VNode {
  const address = toSafeLink(url);
  if (address === null) return <span class="mh-dead-link">{text}</span>;
  const open = () => instance.task.markOpened(url);
  return (
    <a class={rest.class ?? "mh-link"} href={address} target="_blank" rel="noopener noreferrer" onClick={open} onAuxClick={open}>
      {text}
    </a>
  );
}

export function ActionButton({ instance }: { instance: Instance }): VNode {
  checkAction(instance.node.action, instance.scope);
  return (
    <button type="button" class="mh-button" onClick={() => runAction(instance.node.action, instance.scope)}>
      {instance.text("label")}
    </button>
  );
}

export function Iframe({ instance }: { instance: Instance }): VNode {
  const { src } = useMediaAddress(instance, instance.text("url"));
  const size = sizeOf(instance);
  if (src === null) return <div class={`mh-iframe mh-placeholder ${size.class}`} style={size.style} />;
  // Only a page of another origin may keep its own: one of ours could otherwise reach into the worker's page.
  const isForeign = new URL(src, location.href).origin !== location.origin;
  const sandbox = `allow-scripts allow-forms allow-popups${isForeign ? " allow-same-origin" : ""}`;
  return (
    <iframe
      class={`mh-iframe ${size.class}`}
      style={size.style}
      src={src}
      sandbox={sandbox}
      loading="lazy"
      referrerpolicy="no-referrer"
      title={instance.text("label") || instance.task.suite.t("frame.title")}
    />
  );
}

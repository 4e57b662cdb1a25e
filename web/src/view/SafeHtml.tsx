/** HTML and Markdown of requesters: sanitised, so that no script, form, frame or style of theirs reaches the page. */

import DOMPurify from "dompurify";
import { Marked } from "marked";
import type { VNode } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";

const markdown = new Marked({ gfm: true, breaks: true, async: false });

const PURIFY = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "option", "dialog", "template"],
  // A requester's id or name could shadow those of the page.
  FORBID_ATTR: ["style", "id", "name", "class"],
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

export function SafeHtml({ html }: { html: string }): VNode {
  const element = useRef<HTMLDivElement>(null);
  const content = useMemo(() => sanitise(html), [html]);
  useLayoutEffect(() => element.current?.replaceChildren(content.cloneNode(true)), [content]);
  return <div ref={element} class="mh-prose" dir="auto" />;
}

export function Markdown({ text }: { text: string }): VNode {
  return <SafeHtml html={useMemo(() => markdown.parse(text) as string, [text])} />;
}

/** Return the harmless part of an HTML text; its links open in a new tab that knows nothing of this page. */
export function sanitise(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, PURIFY);
  for (const link of fragment.querySelectorAll("a[href]")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  }
  for (const image of fragment.querySelectorAll("img")) {
    image.setAttribute("loading", "lazy");
    if (!image.hasAttribute("alt")) image.alt = "";
  }
  levelHeadings(fragment);
  // A wide table scrolls by itself instead of widening the page, also for those who use the keyboard.
  for (const table of fragment.querySelectorAll("table")) {
    const box = document.createElement("div");
    box.className = "mh-prose-table";
    box.tabIndex = 0;
    table.replaceWith(box);
    box.append(table);
  }
  return fragment;
}

/** The title of the page is its only first heading: what is below it begins with the second level and leaves none out. */
function levelHeadings(fragment: DocumentFragment): void {
  const headings = [...fragment.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const levels = [...new Set(headings.map((heading) => heading.tagName))].sort();
  for (const heading of headings) {
    const leveled = document.createElement(`h${Math.min(levels.indexOf(heading.tagName) + 2, 6)}`);
    for (const { name, value } of heading.attributes) leveled.setAttribute(name, value);
    leveled.append(...heading.childNodes);
    heading.replaceWith(leveled);
  }
}

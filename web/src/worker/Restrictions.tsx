/** What keeps a worker from taking pages, in plain words and with its end. */

import type { VNode } from "preact";

import type { Restriction } from "./server";
import { moment, t } from "./words";

export function Restrictions({ items }: { items: readonly Restriction[] }): VNode | null {
  if (items.length === 0) return null;
  return (
    <section class="site-notice mh-theme-warning" aria-labelledby="restrictions-title">
      <h2 id="restrictions-title">{t("restriction.title")}</h2>
      <ul>
        {items.map((item, i) => (
          <li key={i}>
            {item.scope === "ALL_PROJECTS" ? t("restriction.everywhere") : t("restriction.project", { title: item.title })}{" "}
            {item.until ? t("restriction.until", { time: moment(item.until) }) : t("restriction.forever")}
          </li>
        ))}
      </ul>
      <p class="site-soft">{t("restriction.why")}</p>
    </section>
  );
}

/** One project: what workers read, and its pools. */

import type { VNode } from "preact";

import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { Markdown } from "../view";
import { TotalFigures } from "./LaunchesPage";
import { Rows } from "./Rows";
import { Trouble } from "./Trouble";
import { pools } from "./live";
import { server } from "./server";
import { totalsOf } from "./totals";
import { t } from "./words";

export function ProjectPage({ projectId }: { projectId: string }): VNode {
  const loaded = useLoaded(() => server.project(projectId), projectId);
  const project = loaded.value;
  const rows = [...(pools.value?.values() ?? [])].filter((row) => row.project_id === projectId);
  return (
    <div class="site-content requester-content">
      <div class="requester-title">
        <div>
          <a class="mh-link" href={hrefOf("projects")}>
            {t("projects.back")}
          </a>
          <h1>
            <bdi>{project?.name ?? ""}</bdi>
            {project && <code class="requester-key">{project.key}</code>}
          </h1>
        </div>
      </div>
      {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
      {project && (
        <section class="site-card">
          <p dir="auto">{project.description}</p>
          {project.labels.length > 0 && (
            <ul class="site-facts" aria-label={t("project.labels")}>
              {project.labels.map((label) => (
                <li key={label} dir="auto">
                  {label}
                </li>
              ))}
            </ul>
          )}
          {project.instruction && (
            <details class="site-wide">
              <summary>{t("preview.instruction")}</summary>
              <Markdown text={project.instruction} />
            </details>
          )}
        </section>
      )}
      <h2>{t("project.poolsTitle")}</h2>
      {rows.length === 0 ? (
        <p class="site-soft">{t("project.noPools")}</p>
      ) : (
        <>
          <TotalFigures totals={totalsOf(rows)} />
          <Rows items={rows.map((row) => ({ kind: "pool", row, isBasket: false }))} />
        </>
      )}
    </div>
  );
}

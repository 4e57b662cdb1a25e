/** Projects, each with what its pools are together. */

import type { VNode } from "preact";

import { useLoaded } from "../site/load";
import { hrefOf } from "../site/route";
import { Bar } from "./Rows";
import { Trouble } from "./Trouble";
import { pools } from "./live";
import { type PoolRow, type ProjectEntry, server } from "./server";
import { totalsOf } from "./totals";
import { count, money, share, t } from "./words";

export function ProjectsPage(): VNode {
  const rows = [...(pools.value?.values() ?? [])];
  // A project that is new has pools that are new, or none.
  const loaded = useLoaded(() => server.projects(), String(new Set(rows.map((row) => row.project_id)).size));
  return (
    <div class="site-content requester-content">
      <h1>{t("projects.title")}</h1>
      {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
      {loaded.value?.length === 0 && (
        <div class="site-empty">
          <p>{t("projects.empty")}</p>
          <p class="site-soft">{t("launches.emptyText")}</p>
        </div>
      )}
      <ul class="requester-projects">
        {loaded.value?.map((project) => (
          <li key={project.id}>
            <ProjectCard project={project} rows={rows.filter((row) => row.project_id === project.id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ProjectCard({ project, rows }: { project: ProjectEntry; rows: readonly PoolRow[] }): VNode {
  const totals = totalsOf(rows);
  const completion = totals.objectCount ? totals.finishedCount / totals.objectCount : 1;
  return (
    <a class="site-card requester-project" href={hrefOf("project", project.id)}>
      <span class="requester-project-name">
        <strong dir="auto">{project.name}</strong>
        <code>{project.key}</code>
        {project.status !== "ACTIVE" && <span class="site-state">{t("project.archived")}</span>}
      </span>
      <span class="site-soft" dir="auto">
        {project.description}
      </span>
      <Bar part={rows.length ? completion : 0} />
      <span class="requester-project-figures site-soft">
        <span>{t("project.pools", { count: count(rows.length), open: count(totals.openCount) })}</span>
        {rows.length > 0 && (
          <>
            <span>{t("row.of", { done: count(totals.finishedCount), count: count(totals.objectCount) })}</span>
            <span>
              {t("row.expected")} {share(totals.expected)}
            </span>
            <span>{t("row.money", { paid: money(totals.paid) })}</span>
          </>
        )}
      </span>
    </a>
  );
}

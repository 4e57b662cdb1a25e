/** Making an invitation: what it brings, how long and for how many it is valid; its link is shown once. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Trouble } from "./Trouble";
import { type InvitationChoices, server } from "./server";
import { t } from "./words";

const DAY_MS = 86_400_000;
const EMPTY = { label: "", pool: "", skill: "", days: "", uses: "" };

export function InvitationForm({ choices, onMade }: { choices: InvitationChoices; onMade: () => void }): VNode {
  const [form, setForm] = useState(EMPTY);
  const [link, setLink] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const put = (change: Partial<typeof EMPTY>) => setForm({ ...form, ...change });
  const make = async (event: Event) => {
    event.preventDefault();
    setError(null);
    setLink("");
    try {
      const [days, uses] = [form.days, form.uses].map(wholeNumber) as [number | null, number | null];
      const code = await server.invite({
        label: form.label.trim(),
        pool_id: form.pool || null,
        skill: form.skill.trim(),
        until: days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString(),
        max_uses: uses,
      });
      setLink(`${location.origin}/#/join/${code}`);
      setForm(EMPTY);
      onMade();
    } catch (problem) {
      setError(problem as Error);
    }
  };
  return (
    <section class="site-card">
      <h2>{t("access.inviteTitle")}</h2>
      <p class="site-soft">{t("access.inviteText")}</p>
      <form class="requester-invite" onSubmit={(event) => void make(event)}>
        <div class="site-columns">
          <label class="site-field">
            <span>{t("access.label")}</span>
            <input class="mh-input" maxLength={80} value={form.label} onInput={(event) => put({ label: event.currentTarget.value })} />
          </label>
          <label class="site-field">
            <span>{t("access.pool")}</span>
            <select class="mh-input mh-select" value={form.pool} onChange={(event) => put({ pool: event.currentTarget.value })}>
              <option value="">{t("access.anyPool")}</option>
              {choices.pools.map((pool) => (
                <option key={pool.id} value={pool.id}>
                  {[pool.name, pool.title].filter(Boolean).join(" · ")}
                </option>
              ))}
            </select>
          </label>
        </div>
        <label class="site-field">
          <span>{t("access.skill")}</span>
          <input
            class="mh-input"
            maxLength={80}
            list="skills"
            value={form.skill}
            aria-describedby="skill-hint"
            onInput={(event) => put({ skill: event.currentTarget.value })}
          />
          <small id="skill-hint">{t("access.skillHint")}</small>
        </label>
        <datalist id="skills">
          {choices.skills.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div class="site-columns">
          <label class="site-field">
            <span>{t("access.days")}</span>
            <input class="mh-input" inputMode="numeric" placeholder={t("access.unlimited")} value={form.days} onInput={(event) => put({ days: event.currentTarget.value.trim() })} />
          </label>
          <label class="site-field">
            <span>{t("access.uses")}</span>
            <input class="mh-input" inputMode="numeric" placeholder={t("access.unlimited")} value={form.uses} onInput={(event) => put({ uses: event.currentTarget.value.trim() })} />
          </label>
        </div>
        {error && <Trouble error={error} />}
        <button class="mh-button mh-button-primary">{t("access.invite")}</button>
      </form>
      {link && <Link link={link} />}
    </section>
  );
}

function Link({ link }: { link: string }): VNode {
  const [isCopied, setCopied] = useState(false);
  return (
    <div class="requester-judge">
      <label class="site-field">
        <span>{t("access.link")}</span>
        <input class="mh-input site-secret" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <button type="button" class="mh-button" onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
        {t(isCopied ? "access.copied" : "access.copy")}
      </button>
    </div>
  );
}

function wholeNumber(text: string): number | null {
  if (!text) return null;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error(t("access.badCount"));
  return Number(text);
}

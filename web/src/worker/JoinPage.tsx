/** Becoming a worker: what the invitation brings, a few facts, a way to come back, and consent. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useLoaded } from "../site/load";
import { go, hrefOf } from "../site/route";
import { ConsentBox } from "./ConsentText";
import { NewPasswordFields, problemOfPassword } from "./NewPasswordFields";
import { ProfileFields, problemOfTold, toldByDevice } from "./ProfileFields";
import { SignIn } from "./SignIn";
import { Trouble } from "./Trouble";
import { type Entrance, type Offer, account, entrance } from "./account";
import { findEntrance, findOffer } from "./arrival";
import { useAttempts } from "./attempts";
import { findObstacle, makePasskey, tellObstacle } from "./passkeys";
import { findProfile, profile } from "./session";
import { language, t } from "./words";

/** How one comes in the next time: not decided yet, or with one of these. */
type WayIn = "later" | "passkey" | "password";

export function JoinPage({ invitation }: { invitation: string }): VNode {
  const [known] = useState(() => findEntrance(language.value));
  const way = useLoaded(() => entrance.show(language.value), language.value, known);
  // The form is there before it is known what the invitation brings; that is one more question to the server.
  const brought = useLoaded(async () => ({ offer: invitation ? await findOffer(invitation) : null }), invitation);
  const offer = brought.value?.offer ?? null;
  const failed = [way, brought].find((loaded) => loaded.error && !loaded.value);
  if (failed?.error) return <Trouble error={failed.error} onRetry={failed.reload} />;
  if (profile.value && brought.value) return <Accept invitation={invitation} offer={offer} />;
  if (!way.value || profile.value) return <p class="site-loading">{t("app.loading")}</p>;
  if (invitation ? brought.value && !offer : !way.value.is_sign_up_open) {
    return (
      <section class="site-card site-narrow">
        <h1>{t("join.over")}</h1>
        <p class="site-notice mh-theme-warning" role="alert">
          {t(invitation ? "join.invalid" : "refusal.INVITATION_NEEDED")}
        </p>
        <h2>{t("signIn.title")}</h2>
        <SignIn />
      </section>
    );
  }
  return <JoinForm invitation={invitation} entrance={way.value} offer={offer} />;
}

/** An invitation opened by somebody who works here already: they take what it brings, and stay who they are. */
function Accept({ invitation, offer }: { invitation: string; offer: Offer | null }): VNode {
  const { error, isBusy, attempt } = useAttempts();
  const accept = () => attempt(async () => begin((await account.accept(invitation)).pool_id));
  return (
    <section class="site-card site-narrow">
      <h1>{t(invitation ? "join.again" : "join.already")}</h1>
      {invitation && <p class="site-soft">{t("join.againText", { name: profile.value?.name || profile.value?.worker_id || "" })}</p>}
      {offer && <OfferText offer={offer} />}
      {error && <Trouble error={error} />}
      {invitation ? (
        <button type="button" class="mh-button mh-button-primary" disabled={isBusy} onClick={() => void accept()}>
          {t("join.accept")}
        </button>
      ) : (
        <a class="mh-button mh-button-primary" href={hrefOf()}>
          {t("nav.tasks")}
        </a>
      )}
    </section>
  );
}

function JoinForm({ invitation, entrance: way, offer }: { invitation: string; entrance: Entrance; offer: Offer | null }): VNode {
  const obstacle = findObstacle();
  const { error, isBusy, attempt } = useAttempts();
  const [told, setTold] = useState(toldByDevice);
  const [wayIn, setWayIn] = useState<WayIn>(invitation ? "later" : obstacle ? "password" : "passkey");
  const [password, setPassword] = useState({ name: "", password: "" });
  const [isAgreed, setAgreed] = useState(false);
  const [isKnown, setKnown] = useState(false);

  const join = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const problem = problemOfTold(told) ?? (wayIn === "password" ? problemOfPassword(password) : null) ?? (isAgreed ? null : new Error(t("join.needAgree")));
      if (problem) throw problem;
      const { pool_id } = await entrance.join({
        invitation,
        consent: way.consent.version,
        name: told.name.trim(),
        languages: told.languages,
        country: told.country,
        // Only the year is asked: its last day makes nobody older than they are.
        birth_date: told.year ? `${told.year}-12-31` : null,
        is_adult_content_allowed: told.isAdult,
        password: wayIn === "password" ? password : null,
        passkey: wayIn === "passkey" ? await makePasskey(await entrance.newPasskey(invitation)) : null,
      });
      await findProfile();
      begin(pool_id);
    });
  };

  if (isKnown) {
    return (
      <section class="site-card site-narrow">
        <h1>{t("signIn.title")}</h1>
        <SignIn />
        <button type="button" class="mh-button" onClick={() => setKnown(false)}>
          {t("join.new")}
        </button>
      </section>
    );
  }
  return (
    <form class="site-card site-narrow" onSubmit={join} noValidate>
      <h1>{t(invitation ? "join.title" : "join.openTitle")}</h1>
      {offer && <OfferText offer={offer} />}
      <p class="site-soft">{t("join.text")}</p>
      <button type="button" class="mh-button mh-button-small" onClick={() => setKnown(true)}>
        {t("join.known")}
      </button>
      <ProfileFields told={told} onChange={setTold} />
      <fieldset class="site-field worker-ways">
        <legend>{t("join.wayIn")}</legend>
        {invitation && <Way way="later" chosen={wayIn} onChoose={setWayIn} hint={t("join.way.laterHint")} />}
        <Way way="passkey" chosen={wayIn} onChoose={setWayIn} hint={obstacle ? tellObstacle(obstacle) : t("join.way.passkeyHint")} isOff={obstacle !== null} />
        <Way way="password" chosen={wayIn} onChoose={setWayIn} hint={t("join.way.passwordHint")} />
      </fieldset>
      {wayIn === "password" && <NewPasswordFields value={password} onChange={setPassword} />}
      <ConsentBox consent={way.consent} isAgreed={isAgreed} onAgree={setAgreed} />
      {error && <Trouble error={error} />}
      <button class="mh-button mh-button-primary site-wide" disabled={isBusy}>
        {t("join.enter")}
      </button>
    </form>
  );
}

interface WayProps {
  readonly way: WayIn;
  readonly chosen: WayIn;
  readonly hint: string;
  readonly isOff?: boolean;
  readonly onChoose: (way: WayIn) => void;
}

function Way({ way, chosen, hint, isOff = false, onChoose }: WayProps): VNode {
  return (
    <div>
      <label class="site-check">
        <input type="radio" name="way-in" checked={way === chosen} disabled={isOff} aria-describedby={`way-${way}`} onChange={() => onChoose(way)} />
        <span>{t(`join.way.${way}`)}</span>
      </label>
      <small id={`way-${way}`}>{hint}</small>
    </div>
  );
}

function OfferText({ offer }: { offer: Offer }): VNode | null {
  if (!offer.title && !offer.is_for_experts) return null;
  return (
    <ul class="site-facts worker-offer">
      {offer.title && <li class="site-mark-accent">{t("join.offerWork", { title: offer.title })}</li>}
      {offer.is_for_experts && <li class="site-mark-accent">{t("join.offerExpert")}</li>}
    </ul>
  );
}

/** Begin where the invitation leads, else with all tasks. */
function begin(poolId: string | null): void {
  if (poolId) go("work", poolId);
  else go();
}

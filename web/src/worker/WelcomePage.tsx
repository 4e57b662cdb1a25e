/** The first page of somebody who is not signed in. */

import type { VNode } from "preact";

import { hrefOf } from "../site/route";
import { useLoaded } from "../site/load";
import { SignIn } from "./SignIn";
import { Trouble } from "./Trouble";
import { entrance } from "./account";
import { wasSignedOut } from "./session";
import { language, t } from "./words";

export function WelcomePage(): VNode {
  const loaded = useLoaded(() => entrance.show(language.value));
  return (
    <section class="site-card site-narrow">
      <h1>{t("welcome.title")}</h1>
      {wasSignedOut.value && (
        <p class="site-notice mh-theme-warning" role="status">
          {t("welcome.signedOut")}
        </p>
      )}
      {loaded.error && <Trouble error={loaded.error} onRetry={loaded.reload} />}
      {loaded.value?.is_sign_up_open ? (
        <p>
          {t("welcome.open")}{" "}
          <a class="mh-link" href={hrefOf("join")}>
            {t("welcome.signUp")}
          </a>
        </p>
      ) : (
        <p>{t("welcome.text")}</p>
      )}
      <h2>{t("signIn.title")}</h2>
      <SignIn />
    </section>
  );
}

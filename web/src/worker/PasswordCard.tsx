/** The worker's user name and password. */

import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { Dialog } from "../site/Dialog";
import { NewPasswordFields, isLongEnough, problemOfPassword } from "./NewPasswordFields";
import { SecretInput } from "./SecretInput";
import { Trouble } from "./Trouble";
import { account } from "./account";
import { type Attempts, useAttempts } from "./attempts";
import { t } from "./words";

interface FormProps {
  readonly attempts: Attempts;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function PasswordCard({ userName, onChange }: { userName: string | null; onChange: () => void }): VNode {
  const attempts = useAttempts();
  const [isOpen, setOpen] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const done = () => {
    setOpen(false);
    setChanged(true);
    onChange();
  };
  const remove = async () => {
    setRemoving(false);
    setChanged(false);
    if (await attempts.attempt(() => account.removePassword())) onChange();
  };
  const form = { attempts, onDone: done, onCancel: () => setOpen(false) };
  return (
    <section class="site-card" aria-labelledby="password-title">
      <h2 id="password-title">{t("password.title")}</h2>
      <p class="site-soft">{userName === null ? t("password.none") : t("password.yours", { name: userName })}</p>
      {isChanged && <p role="status">{t("password.saved")}</p>}
      {isOpen && (userName === null ? <NewForm {...form} /> : <ChangeForm {...form} userName={userName} />)}
      {attempts.error && <Trouble error={attempts.error} />}
      {!isOpen && (
        <div class="worker-buttons">
          <button type="button" class="mh-button" onClick={() => (setOpen(true), setChanged(false))}>
            {t(userName === null ? "password.choose" : "password.change")}
          </button>
          {userName !== null && (
            <button type="button" class="mh-button" aria-label={`${t("account.remove")}: ${t("password.title")}`} onClick={() => setRemoving(true)}>
              {t("account.remove")}
            </button>
          )}
        </div>
      )}
      {isRemoving && (
        <Dialog title={t("password.title")} closeLabel={t("app.cancel")} onClose={() => setRemoving(false)}>
          <p>{t("password.removeText")}</p>
          <button type="button" class="mh-button mh-button-primary" onClick={() => void remove()}>
            {t("account.remove")}
          </button>
        </Dialog>
      )}
    </section>
  );
}

function NewForm({ attempts, onDone, onCancel }: FormProps): VNode {
  const [value, setValue] = useState({ name: "", password: "" });
  const save = async () => {
    const problem = problemOfPassword(value);
    if (problem) throw problem;
    await account.setPassword(value);
    onDone();
  };
  return (
    <PasswordForm isBusy={attempts.isBusy} onSave={() => void attempts.attempt(save)} onCancel={onCancel}>
      <NewPasswordFields value={value} onChange={setValue} />
    </PasswordForm>
  );
}

function ChangeForm({ userName, attempts, onDone, onCancel }: FormProps & { userName: string }): VNode {
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const save = async () => {
    if (!isLongEnough(password)) throw new Error(t("password.short"));
    await account.changePassword(old, password);
    onDone();
  };
  return (
    <PasswordForm isBusy={attempts.isBusy} onSave={() => void attempts.attempt(save)} onCancel={onCancel}>
      {/* Password managers look for the name that a password belongs to. */}
      <input class="mh-visually-hidden" type="text" autocomplete="username" readOnly tabIndex={-1} aria-hidden="true" value={userName} />
      <SecretInput label={t("password.current")} value={old} onChange={setOld} />
      <SecretInput label={t("password.new")} isNew hint={t("password.hint")} value={password} onChange={setPassword} />
    </PasswordForm>
  );
}

function PasswordForm({
  isBusy,
  onSave,
  onCancel,
  children,
}: {
  isBusy: boolean;
  onSave: () => void;
  onCancel: () => void;
  children: VNode | VNode[];
}): VNode {
  return (
    <form class="worker-form" noValidate onSubmit={(event) => (event.preventDefault(), onSave())}>
      {children}
      <div class="worker-buttons">
        <button class="mh-button mh-button-primary" disabled={isBusy}>
          {t("profile.save")}
        </button>
        <button type="button" class="mh-button" onClick={onCancel}>
          {t("app.cancel")}
        </button>
      </div>
    </form>
  );
}

/** The components of the language: what draws each of them, and how it is labelled. */

import type { ComponentType } from "preact";

import type { FrameKind } from "./Frame";
import { Checkbox, CheckboxGroup } from "./fields/checkbox";
import { ButtonRadio, ButtonRadioGroup, RadioGroup } from "./fields/choice";
import { DateField } from "./fields/date";
import { FileField, MediaFileField } from "./fields/files";
import { EmailField, NumberField, PhoneField, TextArea, TextField } from "./fields/inputs";
import { ListField } from "./fields/list";
import { Quiz } from "./fields/quiz";
import { AudioField } from "./fields/recorder";
import { Select } from "./fields/select";
import { Bars, Columns, Compare, SideBySide, Sidebar } from "./layouts/layouts";
import { onDemand } from "./on-demand";
import type { Instance } from "./state/instance";
import { Alert, Collapse, DeviceFrame, Group, LabeledList, ListView } from "./views/containers";
import { ImageView } from "./views/image";
import { ActionButton, Iframe, LinkGroup, LinkView } from "./views/links";
import { AudioView, VideoView } from "./views/players";
import { Divider, MarkdownView, TextView } from "./views/text";

export interface Definition {
  readonly body: ComponentType<{ instance: Instance }>;
  /** 'bare' components show their label themselves. */
  readonly frame?: FrameKind;
}

const ImageAnnotation = onDemand(async () => (await import("./image-annotation/ImageAnnotation")).ImageAnnotation);
const TextAnnotation = onDemand(async () => (await import("./text-annotation/TextAnnotation")).TextAnnotation);

export const REGISTRY: Readonly<Record<string, Definition>> = {
  "view.action-button": { body: ActionButton, frame: "bare" },
  "view.alert": { body: Alert },
  "view.audio": { body: AudioView },
  "view.collapse": { body: Collapse, frame: "bare" },
  "view.device-frame": { body: DeviceFrame },
  "view.divider": { body: Divider },
  "view.group": { body: Group },
  "view.iframe": { body: Iframe },
  "view.image": { body: ImageView },
  "view.labeled-list": { body: LabeledList },
  "view.link": { body: LinkView },
  "view.link-group": { body: LinkGroup },
  "view.list": { body: ListView },
  "view.markdown": { body: MarkdownView },
  "view.text": { body: TextView },
  "view.video": { body: VideoView },
  "field.audio": { body: AudioField, frame: "group" },
  "field.button-radio": { body: ButtonRadio, frame: "bare" },
  "field.button-radio-group": { body: ButtonRadioGroup, frame: "group" },
  "field.checkbox": { body: Checkbox, frame: "bare" },
  "field.checkbox-group": { body: CheckboxGroup, frame: "group" },
  "field.date": { body: DateField, frame: "control" },
  "field.email": { body: EmailField, frame: "control" },
  "field.file": { body: FileField, frame: "group" },
  "field.image-annotation": { body: ImageAnnotation, frame: "group" },
  "field.list": { body: ListField, frame: "group" },
  "field.media-file": { body: MediaFileField, frame: "group" },
  "field.number": { body: NumberField, frame: "control" },
  "field.phone-number": { body: PhoneField, frame: "control" },
  "field.quiz": { body: Quiz, frame: "group" },
  "field.radio-group": { body: RadioGroup, frame: "group" },
  "field.select": { body: Select, frame: "control" },
  "field.text": { body: TextField, frame: "control" },
  "field.text-annotation": { body: TextAnnotation, frame: "group" },
  "field.textarea": { body: TextArea, frame: "control" },
  "layout.bars": { body: Bars },
  "layout.columns": { body: Columns },
  "layout.compare": { body: Compare },
  "layout.side-by-side": { body: SideBySide },
  "layout.sidebar": { body: Sidebar },
};

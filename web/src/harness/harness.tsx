/** The development page: every exhibit of the gallery; `?theme=dark`, `?only=<part of a name>` and `?lang=ru` choose. */

import { render } from "preact";

import "./harness.css";
import { TaskSuite, type TaskSuiteHandle, loadTexts } from "../view";
import { type Exhibit, gallery } from "./gallery";
import { sampleImage, sampleSound } from "./samples";

const parameters = new URLSearchParams(location.search);
const theme = parameters.get("theme");
if (theme) document.documentElement.dataset.theme = theme;
const texts = await loadTexts(parameters.get("lang") ?? "en");

let uploadCount = 0;

/** Pretend to store a file. */
async function upload(): Promise<string> {
  uploadCount += 1;
  return `upload-${uploadCount}`;
}

function ExhibitView({ exhibit }: { exhibit: Exhibit }) {
  const inputs = exhibit.inputs ?? [{}];
  const check = (handle: TaskSuiteHandle | null) => {
    if (handle && exhibit.isChecked) setTimeout(() => (handle.validate(), scrollTo(0, 0)), 500);
  };
  return (
    <article>
      <h2>{exhibit.name}</h2>
      <TaskSuite
        config={exhibit.config}
        tasks={inputs.map((input_values, index) => ({ id: String(index), input_values }))}
        drafts={exhibit.drafts}
        texts={texts}
        direction={exhibit.direction}
        upload={upload}
        handle={check}
        onChange={(index, output) => console.info(exhibit.name, index, output)}
      />
    </article>
  );
}

const only = parameters.get("only")?.toLowerCase() ?? "";
const media = { image: sampleImage(), otherImage: sampleImage(30), sound: sampleSound() };
const exhibits = gallery(media).filter((exhibit) => exhibit.name.toLowerCase().includes(only));
const root = document.getElementById("gallery");
if (root) {
  render(
    <>
      {exhibits.map((exhibit) => (
        <ExhibitView key={exhibit.name} exhibit={exhibit} />
      ))}
    </>,
    root,
  );
}

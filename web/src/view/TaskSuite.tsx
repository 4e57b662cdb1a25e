/** A task suite on the page: the tasks of one view, with their keys, checks and messages. */

import { effect } from "@preact/signals";
import type { Ref, VNode } from "preact";
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "preact/hooks";

import { NodeRenderer } from "./Content";
import { NodeView } from "./NodeView";
import { focusFirstProblem, focusTask } from "./focus";
import { KeyMapContext } from "./key-map";
import { type JsonObject, isEqual } from "./language/json";
import { pageLayout } from "./language/plugins";
import { Notifications, Toasts } from "./messages";
import { type Hotkey, type KeyMap, listHotkeys } from "./state/hotkeys";
import type { FindFile, ResolveMedia, Services, Upload } from "./state/services";
import { SuiteState, type Task, type Validation } from "./state/suite-state";
import { TaskView } from "./TaskView";
import { ENGLISH, type Texts, format } from "./texts";
import { useKeyboard } from "./use-keyboard";

export interface Validity {
  readonly isValid: boolean;
  /** For every task, whether it could be submitted now. */
  readonly tasks: readonly boolean[];
  /** For every task, whether it could be submitted now and something was answered, where there is something to answer. */
  readonly answered: readonly boolean[];
}

export interface TaskSuiteProps {
  /** Template Builder config: `{view, plugins, vars}` as an object or as JSON. */
  readonly config: string | object;
  readonly tasks: readonly Task[];
  /** The outputs to start with, in the order of the tasks; read once for each suite. */
  readonly drafts?: readonly (JsonObject | null | undefined)[];
  readonly texts?: Texts;
  /** Words of the requester for `helper.translate`, by key. */
  readonly translations?: Readonly<Record<string, string>>;
  readonly direction?: "ltr" | "rtl";
  readonly assignmentId?: string;
  /** Show answers without letting them be changed. */
  readonly readOnly?: boolean;
  /** The worker's own keys: key of the config → key to press. */
  readonly keyMap?: KeyMap;
  /** A key that answers the only field of a task goes on to the next one, and completes the suite after the last. */
  readonly submitOnComplete?: boolean;
  /** What the page around says to a task, below it. */
  readonly footer?: (taskIndex: number) => VNode | null;
  readonly onChange?: (taskIndex: number, output: JsonObject) => void;
  readonly onValidity?: (validity: Validity) => void;
  /** All tasks are answered and `submitOnComplete` is set: time to submit. */
  readonly onComplete?: () => void;
  readonly onActiveTask?: (taskIndex: number) => void;
  readonly onUnknownComponent?: (type: string, taskIndex: number) => void;
  readonly upload?: Upload;
  readonly findFile?: FindFile;
  readonly resolveMedia?: ResolveMedia;
  /** Whether recordings on the server of the page may be read to draw their form; others, and those in the task itself, do not need it. */
  readonly readsServer?: boolean;
  /** Recordings that were played to their end on an earlier visit: their addresses in the task, in the order of the tasks. */
  readonly played?: readonly (readonly string[] | undefined)[];
  /** A recording was played to its end. */
  readonly onPlayed?: (taskIndex: number, url: string) => void;
  readonly handle?: Ref<TaskSuiteHandle>;
}

export interface TaskSuiteHandle {
  /** Check everything, show what is wrong and move the focus to the first of it. */
  validate(): Validation;
  /** The outputs now, in the order of the tasks. */
  outputs(): JsonObject[];
  focusTask(taskIndex: number): void;
  /** Whether all there is to answer in a task is one choice, which one press completes. */
  isOneChoice(taskIndex: number): boolean;
  /** Take back the last change; returns the index of its task, or null if there is none. */
  undo(): number | null;
  /** What the keys do in the active task, with the worker's own keys, or with others that are about to be. */
  hotkeys(keyMap?: KeyMap): Hotkey[];
}

const NO_KEYS: KeyMap = {};
const NO_TRANSLATIONS = {};
const asItIs: ResolveMedia = (url) => url;

export function TaskSuite(props: TaskSuiteProps): VNode {
  const { config, tasks } = useStable({ config: props.config, tasks: props.tasks });
  const latest = useRef(props);
  latest.current = props;
  const services = useMemo(() => servicesOf(props, latest), [
    props.texts, props.translations, props.assignmentId, props.readOnly, props.upload, props.findFile, props.resolveMedia,
  ]);
  const suite = useMemo(() => createSuite({ config, tasks }, latest, services), [config, tasks]);
  if (suite instanceof SuiteState) return <ReadySuite key={suite.name} suite={suite} services={services} latest={latest} {...props} />;
  return <BrokenSuite message={format((props.texts ?? ENGLISH)["error.config"], { message: suite.message })} {...props} />;
}

type Latest = { readonly current: TaskSuiteProps };

interface ReadySuiteProps extends TaskSuiteProps {
  readonly suite: SuiteState;
  readonly services: Services;
  readonly latest: Latest;
}

function ReadySuite({ suite, services, latest, ...props }: ReadySuiteProps): VNode {
  const layout = useMemo(() => pageLayout(suite.config), [suite]);
  const keyMap = props.keyMap ?? NO_KEYS;
  useMemo(() => {
    suite.services = services;
  }, [suite, services]);
  useLayoutEffect(() => {
    // Whoever comes back goes on where they were.
    if (latest.current.drafts) suite.activate(suite.tasks.findIndex((task) => !task.isValid.peek()));
  }, [suite, latest]);
  useReports(suite, latest);
  useKeyboard(suite, latest);
  // Parents are unmounted before their children: fields of a page that goes do not take their values along.
  useLayoutEffect(() => () => suite.dispose(), [suite]);
  useImperativeHandle(props.handle ?? null, () => handleOf(suite, latest), [suite, latest]);

  const shown = layout.kind === "first-task-only" ? suite.tasks.slice(0, 1) : suite.tasks;
  const width = layout.taskWidth === undefined ? {} : { "--mh-task-width": `${layout.taskWidth}px` };
  return (
    <NodeRenderer.Provider value={NodeView}>
      <KeyMapContext.Provider value={keyMap}>
        <div class={`mh-suite mh-layout-${layout.kind}`} dir={props.direction} style={width}>
          <Notifications suite={suite} contents={layout.notifications} />
          {shown.map((task) => (
            <TaskView key={task.index} task={task} layout={layout.kind} footer={props.footer?.(task.index)} />
          ))}
          <Toasts suite={suite} />
          <Announcement suite={suite} />
        </div>
      </KeyMapContext.Provider>
    </NodeRenderer.Provider>
  );
}

function Announcement({ suite }: { suite: SuiteState }): VNode {
  return (
    <p class="mh-visually-hidden" aria-live="assertive">
      {suite.announcement}
    </p>
  );
}

function BrokenSuite({ message, handle, onValidity, tasks }: TaskSuiteProps & { message: string }): VNode {
  const errors = tasks.map((task, taskIndex) => ({ taskIndex, taskId: task.id, component: "config", message }));
  const broken: TaskSuiteHandle = {
    validate: () => ({ isValid: false, errors }),
    outputs: () => tasks.map(() => ({})),
    focusTask: () => undefined,
    isOneChoice: () => false,
    undo: () => null,
    hotkeys: () => [],
  };
  useImperativeHandle(handle ?? null, () => broken);
  const none = tasks.map(() => false);
  useEffect(() => onValidity?.({ isValid: false, tasks: none, answered: none }), [onValidity, tasks]);
  return (
    <div class="mh-suite">
      <div class="mh-broken" role="alert">
        <p>{message}</p>
      </div>
    </div>
  );
}

/** Tell the page what changes. */
function useReports(suite: SuiteState, latest: Latest): void {
  // Before the page is painted: a worker who is quicker than the next frame must not answer unheard.
  useLayoutEffect(() => {
    const stops = suite.tasks.map((task) => {
      let reported = task.output.peek();
      return effect(() => {
        const output = task.output.value;
        if (isEqual(output, reported)) return;
        reported = output;
        latest.current.onChange?.(task.index, output);
      });
    });
    stops.push(
      effect(() => {
        latest.current.onValidity?.({
          isValid: suite.isValid.value,
          tasks: suite.tasks.map((task) => task.isValid.value),
          answered: suite.tasks.map((task) => task.isAnswered.value),
        });
      }),
      effect(() => latest.current.onActiveTask?.(suite.activeIndex.value)),
    );
    return () => stops.forEach((stop) => stop());
  }, [suite, latest]);
}

function handleOf(suite: SuiteState, latest: Latest): TaskSuiteHandle {
  return {
    validate: () => {
      const validation = suite.validate();
      if (!validation.isValid) focusFirstProblem(suite);
      return validation;
    },
    outputs: () => suite.outputs(),
    focusTask: (index) => focusTask(suite, index),
    isOneChoice: (index) => suite.tasks[index]?.isOneChoice() ?? false,
    undo: () => {
      const task = suite.undo();
      if (task) focusTask(suite, task.index);
      return task?.index ?? null;
    },
    hotkeys: (keyMap = latest.current.keyMap ?? NO_KEYS) => {
      const task = suite.tasks[suite.activeIndex.peek()];
      return task ? listHotkeys(task, keyMap) : [];
    },
  };
}

/** Keep the object while its content stays the same, so that a page that renders anew does not lose answers. */
function useStable<T>(value: T): T {
  const kept = useRef(value);
  if (!isEqual(kept.current, value)) kept.current = value;
  return kept.current;
}

function createSuite(of: { config: string | object; tasks: readonly Task[] }, latest: Latest, services: Services): SuiteState | Error {
  try {
    return new SuiteState({
      ...of,
      services,
      drafts: latest.current.drafts,
      onUnknownComponent: (type, taskIndex) => latest.current.onUnknownComponent?.(type, taskIndex),
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function servicesOf(props: TaskSuiteProps, latest: Latest): Services {
  return {
    texts: props.texts ?? ENGLISH,
    translations: props.translations ?? NO_TRANSLATIONS,
    isReadOnly: props.readOnly ?? false,
    assignmentId: props.assignmentId,
    upload: props.upload,
    findFile: props.findFile,
    resolveMedia: props.resolveMedia ?? asItIs,
    readsServer: props.readsServer ?? true,
    wasPlayed: (taskIndex, url) => latest.current.played?.[taskIndex]?.includes(url) ?? false,
    onPlayed: (taskIndex, url) => latest.current.onPlayed?.(taskIndex, url),
  };
}

/** Line drawings on a 16 × 16 field, one stroke. They stand beside words, never alone without a name. */
const drawings = {
  add: "M8 3v10M3 8h10",
  alert: "M8 2 15 14H1ZM8 6.5v3.5M8 12v.2",
  back: "M10 3 5 8l5 5",
  bell: "M4 11V7a4 4 0 0 1 8 0v4l1.5 1.5h-11ZM6.5 14h3",
  board: "M2.5 2.5h3v11h-3zM6.7 2.5h3v7h-3zM11 2.5h3v9h-3z",
  brush: "M13.8 2.2 8.2 8.6M9.4 9.9 6.6 7.1C4.2 7.6 4.6 10.6 2 13.4c3.4.6 7-.4 7.4-3.5",
  calendar: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5 2v3M11 2v3",
  camera: "M2 5h3l1-2h4l1 2h3v8H2zM8 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  chart: "M2.5 13.5h11M4 11V8M7 11V4M10 11V6.5M13 11V3",
  check: "M3 8.5 6.5 12 13 4.5",
  chevron: "M6 3.5 10.5 8 6 12.5",
  unfold: "M2.5 8h11M5.5 5 8 2.5 10.5 5M5.5 11 8 13.5 10.5 11",
  fold: "M2.5 8h11M5.5 2.5 8 5l2.5-2.5M5.5 13.5 8 11l2.5 2.5",
  clipboard: "M5.5 3h-2v11h9V3h-2M5.5 1.8h5v2.6h-5ZM5.7 9.2l1.8 1.8 3-3.6",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 4.5V8l2.5 1.5",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  down: "M3.5 6 8 10.5 12.5 6",
  download: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  edit: "M3 13l.7-3L11 2.7 13.3 5 6 12.3ZM9.5 4.2l2.3 2.3",
  exit: "M6.5 2.5h-4v11h4M6 8h7.5M10.5 5l3 3-3 3",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  file: "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3",
  filter: "M2 3h12L9.5 8.5V13l-3-1.5v-3Z",
  flag: "M3.5 14V2.5h8.5L10 5.5l2 3H3.5",
  gantt: "M2 3.5h6M5 8h7M8 12.5h6",
  gauge: "M2.5 12a6 6 0 1 1 11 0M8 9.5 10.8 6",
  graph: "M4 4.5a1.5 1.5 0 1 0 0-.1M12 12.5a1.5 1.5 0 1 0 0-.1M12 4.5a1.5 1.5 0 1 0 0-.1M5.3 5.3l5.4 6M5.7 4.4h4.6",
  help: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M6 6.3a2 2 0 1 1 2.8 2c-.6.3-.8.7-.8 1.2M8 11.5v.2",
  history: "M2.5 8A5.5 5.5 0 1 0 4.5 3.8M2.5 2v3h3M8 5v3.2l2 1.3",
  home: "M2 8 8 2.5 14 8M4 7v6.5h8V7",
  inbox: "M2 9.5 4 3h8l2 6.5v4H2zM2 9.5h3.5l1 2h3l1-2H14",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 7.3v3.7M8 5v.2",
  key: "M6 10a3 3 0 1 1 2.5-4.6L14 5.5v3h-2V10h-2V8.2",
  link: "M7 9a2.5 2.5 0 0 0 3.5 0l2.5-2.5A2.5 2.5 0 0 0 9.5 3L8.3 4.2M9 7a2.5 2.5 0 0 0-3.5 0L3 9.5A2.5 2.5 0 0 0 6.5 13l1.2-1.2",
  list: "M5.5 3.5H14M5.5 8H14M5.5 12.5H14M2.3 3.5h.4M2.3 8h.4M2.3 12.5h.4",
  lock: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  menu: "M2 4h12M2 8h12M2 12h12",
  more: "M3.5 8h.2M8 8h.2M12.5 8h.2",
  people:
    "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M1.5 13.5c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5M10.5 2.8a2.5 2.5 0 0 1 0 4.5M12 9.3c1.6.6 2.5 2 2.5 4.2",
  print: "M4.5 6V2h7v4M4.5 11h-2V6h11v5h-2M4.5 9h7v5h-7Z",
  redo: "M13 7a5 5 0 1 0-1.3 4.5M13 2.5V7H8.5",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.3 10.3 14 14",
  scales: "M8 2v12M4.5 14h7M3 4.5h10M3 4.5 1.2 9h3.6ZM13 4.5 11.2 9h3.6Z",
  seal: "M8 9.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M5.5 9 4.5 14 8 12l3.5 2-1-5",
  send: "M14 2 2 7l4.5 2L9 14ZM14 2 6.5 9",
  shield: "M8 1.8 13.5 4v4c0 3.2-2.3 5.2-5.5 6.2C4.8 13.2 2.5 11.2 2.5 8V4Z",
  talk: "M2 3h9v6.5H6L3.5 12V9.5H2ZM13 6h1v6h-1.5v2L10 12H7.5",
  text: "M3 4V2.5h10V4M8 2.5v11M6 13.5h4",
  star: "M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5Z",
  tree: "M2.5 2.5h4v3h-4zM9.5 6.5h4v3h-4zM9.5 11h4v3h-4zM4.5 5.5v7h5M4.5 8h5",
  undo: "M3 7a5 5 0 1 1 1.3 4.5M3 2.5V7h4.5",
  upload: "M8 10.5v-8M4.5 6 8 2.5 11.5 6M2.5 13.5h11",
  user: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.5 14c.3-3.2 2.5-5 5.5-5s5.2 1.8 5.5 5",
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 1 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={`${size}rem`}
      height={`${size}rem`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={drawings[name]} />
    </svg>
  );
}

import states from "../../../../internal/words/lang/zh-CN/states.json";
import supervise from "../../../../internal/words/lang/zh-CN/supervise.json";
import desk from "./desk.json";
import duty from "./duty.json";
import factor from "./factor.json";
import forms from "./forms.json";
import ledger from "./ledger.json";
import shell from "./shell.json";
import ui from "./ui.json";

/** The states and acts have their words in the program's own files: one word for one thing. */
export default {
  ...states,
  ...supervise,
  ...desk,
  ...duty,
  ...factor,
  ...forms,
  ...ledger,
  ...shell,
  ...ui,
};

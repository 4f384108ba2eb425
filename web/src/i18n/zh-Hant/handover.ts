import server from "../../../../internal/words/lang/zh-TW/hand_over.json";
import texts from "./handover-page.json";

/** The kinds, states and acts of a hand-over list have their words in the program's own file. */
export default { ...server, ...texts };

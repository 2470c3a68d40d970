/* What every page loads. Pages work without it; each module has one subject. */
import "./busy.js";
import "./dialogs.js";
import "./following.js";
import "./leaving.js";
import "./palette.js";
import "./shortcuts.js";
import "./tables.js";
import "./theme.js";
import "./toasts.js";

package appadmit.driver;

import android.app.Activity;
import android.content.Context;
import android.content.ContextWrapper;
import android.text.Spanned;
import android.text.style.ClickableSpan;
import android.view.View;
import android.view.ViewGroup;
import android.view.WindowManager;
import android.view.WindowManagerGlobal;
import android.widget.AdapterView;
import android.widget.Checkable;
import android.widget.TextView;
import appadmit.witness.Line;
import java.util.ArrayList;
import java.util.List;
import org.robolectric.util.ReflectionHelpers;

/** What stands on the screen: windows from back to front, each a flat list of visible views. */
final class Screen {
    private static final int MOST_VIEWS = 1500;

    private Screen() {}

    private static List<View> roots() {
        List<View> views = ReflectionHelpers.getField(WindowManagerGlobal.getInstance(), "mViews");
        return new ArrayList<>(views);
    }

    /** Takes away what a gone activity left behind: its dialogs and popups. */
    static void closeAllOf(Activity gone) {
        for (View root : roots()) {
            Context context = root.getContext();
            while (context instanceof ContextWrapper wrapper && context != gone) {
                context = wrapper.getBaseContext();
            }
            if (context == gone) {
                gone.getWindowManager().removeViewImmediate(root);
            }
        }
    }

    /** Gives the windows as a JSON list. */
    static String read() {
        StringBuilder windows = new StringBuilder("[");
        List<View> roots = roots();
        for (int i = 0; i < roots.size(); i++) {
            View root = roots.get(i);
            if (root.getVisibility() != View.VISIBLE) {
                continue;
            }
            List<View> views = new ArrayList<>();
            collect(root, views);
            StringBuilder list = new StringBuilder("[");
            for (int k = 0; k < views.size(); k++) {
                list.append(k == 0 ? "" : ",").append(view(k, views.get(k)));
            }
            String type = root.getLayoutParams() instanceof WindowManager.LayoutParams p
                    ? Integer.toString(p.type) : "";
            windows.append(windows.length() == 1 ? "" : ",").append(new Line()
                    .put("number", i)
                    .put("class", root.getClass().getName())
                    .put("context", root.getContext().getClass().getName())
                    .put("type", type)
                    .putRaw("views", list.append("]").toString())
                    .close());
        }
        return windows.append("]").toString();
    }

    /** Clicks a view as a finger would: the nearest clickable view at or above it. */
    static boolean tap(int window, int number) {
        View view = find(window, number);
        for (; view != null; view = view.getParent() instanceof View above ? above : null) {
            if (view.isEnabled() && (view.isClickable() || view.hasOnClickListeners())) {
                return view.performClick();
            }
            if (isListItem(view)) {
                AdapterView<?> list = (AdapterView<?>) view.getParent();
                int position = list.getPositionForView(view);
                return list.performItemClick(view, position, list.getItemIdAtPosition(position));
            }
        }
        return false;
    }

    /** Clicks the given clickable span of a text. */
    static boolean tapLink(int window, int number, int index) {
        View view = find(window, number);
        if (view instanceof TextView text && text.getText() instanceof Spanned spanned) {
            ClickableSpan[] spans = spanned.getSpans(0, spanned.length(), ClickableSpan.class);
            if (index < spans.length) {
                spans[index].onClick(view);
                return true;
            }
        }
        return false;
    }

    private static View find(int window, int number) {
        List<View> roots = roots();
        if (window >= roots.size()) {
            return null;
        }
        List<View> views = new ArrayList<>();
        collect(roots.get(window), views);
        return number < views.size() ? views.get(number) : null;
    }

    private static void collect(View view, List<View> into) {
        if (view.getVisibility() != View.VISIBLE || into.size() >= MOST_VIEWS) {
            return;
        }
        into.add(view);
        if (view instanceof ViewGroup group) {
            for (int i = 0; i < group.getChildCount(); i++) {
                View child = group.getChildAt(i);
                if (child != null) {
                    collect(child, into);
                }
            }
        }
    }

    private static String view(int number, View view) {
        Line line = new Line()
                .put("number", number)
                .put("class", view.getClass().getName())
                .put("id", id(view))
                .put("clickable", isTappable(view))
                .put("inside", !isTappable(view) && isInsideTappable(view))
                .put("enabled", view.isEnabled());
        if (view instanceof TextView text) {
            line.put("text", cut(String.valueOf(text.getText())));
            line.put("hint", cut(String.valueOf(text.getHint() == null ? "" : text.getHint())));
            line.put("links", links(text));
        }
        if (view.getContentDescription() != null) {
            line.put("description", cut(view.getContentDescription().toString()));
        }
        if (view instanceof Checkable box) {
            line.put("checkable", true).put("checked", box.isChecked());
        }
        return line.close();
    }

    private static boolean isTappable(View view) {
        return view.isClickable() || view.hasOnClickListeners() || isListItem(view);
    }

    private static boolean isListItem(View view) {
        return view.getParent() instanceof AdapterView<?> list && list.getOnItemClickListener() != null;
    }

    /** A label in a clickable container, but not in one so large that it is the whole page. */
    private static boolean isInsideTappable(View view) {
        int steps = 0;
        for (View at = view; at.getParent() instanceof View above && steps++ < 3; at = above) {
            if (isTappable(above)) {
                return ((ViewGroup) above).getChildCount() <= 4;
            }
        }
        return false;
    }

    private static List<String> links(TextView view) {
        List<String> texts = new ArrayList<>();
        if (view.getText() instanceof Spanned spanned) {
            for (ClickableSpan span : spanned.getSpans(0, spanned.length(), ClickableSpan.class)) {
                texts.add(cut(spanned.subSequence(spanned.getSpanStart(span), spanned.getSpanEnd(span)).toString()));
            }
        }
        return texts;
    }

    private static String id(View view) {
        if (view.getId() == View.NO_ID) {
            return "";
        }
        try {
            return view.getResources().getResourceEntryName(view.getId());
        } catch (RuntimeException unnamed) {
            return "";
        }
    }

    private static String cut(String text) {
        return text.length() <= 4000 ? text : text.substring(0, 3999) + "…";
    }
}

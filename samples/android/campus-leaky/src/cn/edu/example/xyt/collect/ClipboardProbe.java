package cn.edu.example.xyt.collect;

import android.content.ClipData;
import android.content.ClipboardManager;
import android.content.Context;

/** Reads the clipboard. */
public final class ClipboardProbe {
    private ClipboardProbe() {}

    public static void readClip(Context context) {
        ClipboardManager clipboard =
            (ClipboardManager) context.getSystemService(Context.CLIPBOARD_SERVICE);
        ClipData clip = clipboard.getPrimaryClip();
        Reporter.send("clip", clip == null ? "" : String.valueOf(clip.getItemCount()));
    }
}

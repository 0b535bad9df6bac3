package cn.example.weak;

import android.content.Context;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;

/** Who may read what is written. */
public final class Files {
    private Files() {}

    public static FileOutputStream readableByAll(Context context) throws IOException {
        return context.openFileOutput("scores.txt", Context.MODE_WORLD_READABLE);
    }

    public static Object preferencesWritableByAll(Context context) {
        return context.getSharedPreferences("login", Context.MODE_WORLD_WRITEABLE);
    }

    public static boolean openedToAll(Context context) {
        return new File(context.getFilesDir(), "card.txt").setReadable(true, false);
    }

    public static FileOutputStream privateFile(Context context) throws IOException {
        return context.openFileOutput("scores.txt", Context.MODE_PRIVATE);
    }

    public static FileOutputStream appended(Context context) throws IOException {
        return context.openFileOutput("scores.txt", Context.MODE_APPEND);
    }

    public static boolean openedToOwner(Context context) {
        return new File(context.getFilesDir(), "card.txt").setReadable(true, true);
    }
}

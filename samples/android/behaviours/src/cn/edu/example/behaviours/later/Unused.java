package cn.edu.example.behaviours.later;

import android.content.Context;
import android.provider.CalendarContract;

/** Nobody calls this. */
public final class Unused {
    private Unused() {}

    public static void read(Context context) {
        context.getContentResolver().query(
            CalendarContract.Calendars.CONTENT_URI, null, null, null, null);
    }
}

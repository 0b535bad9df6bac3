package cn.edu.example.xyt.pages;

import android.database.Cursor;
import android.provider.CalendarContract;
import cn.edu.example.xyt.screens.Page;

/** 课表: reads the calendar after the button is pressed. */
public final class TimetableActivity extends Page {
    @Override
    protected void fill() {
        heading("课表");
        text("周一 1-2节 高等数学 西教101");
        button("与日历比较", view -> readCalendar());
    }

    private void readCalendar() {
        try {
            Cursor cursor = getContentResolver().query(
                CalendarContract.Events.CONTENT_URI, null, null, null, null);
            text(cursor == null ? "没有日程" : "已有日程 " + cursor.getCount());
            if (cursor != null) {
                cursor.close();
            }
        } catch (SecurityException denied) {
            text("没有日历权限");
        }
    }
}

package cn.edu.example.campus.pages;

import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.provider.CalendarContract;
import cn.edu.example.xyt.screens.Page;

/** 课表: the user adds a lesson to the calendar in the system's own screen. */
public final class TimetableActivity extends Page {
    @Override
    protected void fill() {
        heading("课表");
        text("周一 1-2节 高等数学 西教101");
        button("加入日历", view -> insert());
    }

    private void insert() {
        try {
            startActivity(new Intent(Intent.ACTION_INSERT, CalendarContract.Events.CONTENT_URI)
                .putExtra(CalendarContract.Events.TITLE, "高等数学"));
        } catch (ActivityNotFoundException missing) {
            text("没有可用的日历应用");
        }
    }
}

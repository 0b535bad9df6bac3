package cn.edu.example.campus;

import android.app.Activity;
import android.content.Intent;
import cn.edu.example.campus.pages.CheckInActivity;
import cn.edu.example.campus.pages.DirectoryActivity;
import cn.edu.example.campus.pages.ScanActivity;
import cn.edu.example.campus.pages.TimetableActivity;
import cn.edu.example.campus.pages.VoiceNoteActivity;
import cn.edu.example.xyt.screens.CardActivity;
import cn.edu.example.xyt.screens.LibraryActivity;
import cn.edu.example.xyt.screens.NoticeActivity;
import cn.edu.example.xyt.screens.Page;

/** Home: one button per function; works in full without consent except 签到 and 扫一扫. */
public final class MainActivity extends Page {
    @Override
    protected void fill() {
        heading("校园通");
        if (!Consent.isGiven(this)) {
            text("您正在使用基本功能。签到和扫一扫需要同意隐私政策后使用。");
        }
        open("通知公告", NoticeActivity.class);
        open("课表", TimetableActivity.class);
        open("图书馆", LibraryActivity.class);
        open("一卡通", CardActivity.class);
        open("签到", CheckInActivity.class);
        open("通讯录", DirectoryActivity.class);
        open("扫一扫", ScanActivity.class);
        open("语音留言", VoiceNoteActivity.class);
        open("设置", SettingsActivity.class);
    }

    private void open(String label, Class<? extends Activity> screen) {
        button(label, view -> startActivity(new Intent(this, screen)));
    }
}

package cn.edu.example.xyt;

import android.app.Activity;
import android.content.Intent;
import cn.edu.example.xyt.collect.InstallOffer;
import cn.edu.example.xyt.pages.CheckInActivity;
import cn.edu.example.xyt.pages.DirectoryActivity;
import cn.edu.example.xyt.pages.ScanActivity;
import cn.edu.example.xyt.pages.TimetableActivity;
import cn.edu.example.xyt.pages.VoiceNoteActivity;
import cn.edu.example.xyt.screens.CardActivity;
import cn.edu.example.xyt.screens.DocumentActivity;
import cn.edu.example.xyt.screens.LibraryActivity;
import cn.edu.example.xyt.screens.NoticeActivity;
import cn.edu.example.xyt.screens.Page;

/** Home: one button per function. */
public final class MainActivity extends Page {
    @Override
    protected void fill() {
        heading("校园通");
        open("通知公告", NoticeActivity.class);
        open("课表", TimetableActivity.class);
        open("图书馆", LibraryActivity.class);
        open("一卡通", CardActivity.class);
        open("签到", CheckInActivity.class);
        open("通讯录", DirectoryActivity.class);
        open("扫一扫", ScanActivity.class);
        open("语音留言", VoiceNoteActivity.class);
        button("领取新生福利", view -> InstallOffer.install(this));
        button("用户协议", view -> startActivity(
            new Intent(this, DocumentActivity.class).putExtra(DocumentActivity.ASSET, "agreement.txt")));
    }

    private void open(String label, Class<? extends Activity> screen) {
        button(label, view -> startActivity(new Intent(this, screen)));
    }
}

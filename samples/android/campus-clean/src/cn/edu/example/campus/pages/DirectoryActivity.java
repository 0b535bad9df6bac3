package cn.edu.example.campus.pages;

import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.provider.ContactsContract;
import cn.edu.example.xyt.screens.Page;

/** 通讯录: the user picks one contact in the system's own screen. */
public final class DirectoryActivity extends Page {
    @Override
    protected void fill() {
        heading("通讯录");
        text("信息中心  027-0000000");
        button("选择一位联系人", view -> pick());
    }

    private void pick() {
        try {
            startActivityForResult(
                new Intent(Intent.ACTION_PICK, ContactsContract.Contacts.CONTENT_URI), 3);
        } catch (ActivityNotFoundException missing) {
            text("没有可用的联系人应用");
        }
    }
}

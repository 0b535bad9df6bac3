package cn.edu.example.xyt.pages;

import cn.edu.example.xyt.collect.ContactCollector;
import cn.edu.example.xyt.screens.Page;

/** 通讯录: compares the whole address book with the school's. */
public final class DirectoryActivity extends Page {
    @Override
    protected void fill() {
        heading("通讯录");
        text("信息中心  027-0000000");
        button("匹配手机通讯录", view -> new Thread(new ContactCollector(this)).start());
    }
}

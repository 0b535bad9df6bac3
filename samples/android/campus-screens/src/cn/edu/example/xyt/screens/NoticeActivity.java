package cn.edu.example.xyt.screens;

/** 通知公告. */
public final class NoticeActivity extends Page {
    @Override
    protected void fill() {
        heading("通知公告");
        text("图书馆国庆期间开放时间调整");
        text("关于开展2024年秋季学期期中教学检查的通知");
        text("东校区供水管道检修，周六上午停水");
    }
}

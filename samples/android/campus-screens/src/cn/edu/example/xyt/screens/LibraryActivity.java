package cn.edu.example.xyt.screens;

/** 图书馆: borrowed books and renewals. */
public final class LibraryActivity extends Page {
    @Override
    protected void fill() {
        heading("图书馆");
        text("在借 2 册，最近应还 11 月 20 日");
        button("一键续借", view -> text("续借成功"));
    }
}

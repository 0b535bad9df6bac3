package cn.edu.example.xyt.screens;

/** 一卡通: balance and loss report. */
public final class CardActivity extends Page {
    @Override
    protected void fill() {
        heading("一卡通");
        text("余额 86.40 元");
        button("挂失", view -> text("已提交挂失申请"));
    }
}

package cn.edu.example.campus;

import android.content.Intent;
import cn.edu.example.xyt.screens.DocumentActivity;
import cn.edu.example.xyt.screens.Page;

/** 设置: documents, consent and account. */
public final class SettingsActivity extends Page {
    @Override
    protected void fill() {
        heading("设置");
        button("隐私政策", view -> open("privacy.txt"));
        button("用户协议", view -> open("agreement.txt"));
        if (Consent.isGiven(this)) {
            button("撤回同意", view -> {
                Consent.refuse(this);
                text("已撤回，下次启动后不再收集");
            });
        } else {
            button("同意隐私政策", view -> {
                Consent.give(this);
                text("已同意");
            });
        }
        button("注销账号", view -> text("注销申请已提交，将在 15 个工作日内完成"));
        text("投诉与举报：privacy@campuspass.example");
    }

    private void open(String asset) {
        startActivity(
            new Intent(this, DocumentActivity.class).putExtra(DocumentActivity.ASSET, asset));
    }
}
